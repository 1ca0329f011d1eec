import type { ReactElement } from "react";
import type { RunSummary } from "../../../app/collateral-app";
import type { SolveRecord } from "../../../core/optimization/allocation-outcome";
import { FigureTable } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";

/** How the answer was found, for the file note. */
export const RunDetails = (props: { readonly summary: RunSummary; readonly solve: SolveRecord }): ReactElement => {
  const { text, version } = usePaneContext();
  const { summary, solve } = props;
  const rows: readonly (readonly [string, string])[] = [
    ["Run", summary.runId],
    ["Finished", text.time(summary.finishedAt)],
    ["Engine", solve.reason ? `${solve.engine}: ${solve.reason}` : solve.engine],
    [
      "Proof",
      solve.isOptimal
        ? "Cheapest possible, proved"
        : Number.isFinite(solve.gap)
          ? `At most ${text.share(solve.gap)} above the best possible`
          : "None: no bound was found in time",
    ],
    ["Second engine", summary.secondOpinion?.text ?? ""],
    ["Same again", solve.isReproducible ? "Same inputs give the same answer" : "Not reproducible: ended by the clock"],
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
