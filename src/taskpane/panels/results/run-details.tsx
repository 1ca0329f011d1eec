import type { ReactElement } from "react";
import type { RunSummary } from "../../../app/collateral-app";
import type { SolveRecord } from "../../../core/optimization/allocation-outcome";
import { shareAboveBest } from "../../../core/optimization/share-above-best";
import { FigureTable } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";

/** How the answer was found, for the file note. */
export const RunDetails = (props: { readonly summary: RunSummary; readonly solve: SolveRecord }): ReactElement => {
  const { text, version } = usePaneContext();
  const { summary, solve } = props;
  const above = shareAboveBest(solve.objective, solve.gap);
  const rows: readonly (readonly [string, string])[] = [
    ["Run", summary.runId],
    ["Finished", text.time(summary.finishedAt)],
    ["Engine", solve.reason ? `${solve.engine}: ${solve.reason}` : solve.engine],
    [
      "Proof",
      solve.isOptimal
        ? "Cheapest possible, proved"
        : Number.isFinite(above)
          ? `At most ${text.share(above)} above the best possible`
          : Number.isFinite(solve.bound)
            ? `At most ${text.money(solve.objective - solve.bound)} above the best possible, over the cost horizon`
            : "None: no bound was found in time",
    ],
    ["Second engine", summary.secondOpinion?.text ?? ""],
    ["Same again", solve.isReproducible ? "Same inputs give the same answer" : "Not reproducible: ended by hand or by the clock"],
    ["Size", `${text.count(solve.columns)} choices, ${text.count(solve.rows)} rules`],
    ["Time", `${text.seconds(solve.seconds)} s, ${text.count(solve.iterations)} iterations`],
    ["Inputs", summary.inputHash ?? ""],
    ["Version", version],
  ];
  return (
    <FigureTable
      caption="Details of the run"
      columns={[{ title: "What" }, { title: "Value" }]}
      rows={rows.filter(([, value]) => value !== "").map(([name, value]) => ({ key: name, cells: [name, value] }))}
    />
  );
};
