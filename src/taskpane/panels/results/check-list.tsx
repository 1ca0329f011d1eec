import type { ReactElement } from "react";
import type { CheckReport } from "../../../core/optimization/allocation-outcome";
import { FigureTable, Minor } from "../../components/figure-table";
import { IntentIcon } from "../../components/intent-icon";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";

/** Every rule that was recomputed from the tables, with its verdict in words; failures first. */
export const CheckList = (props: { readonly report: CheckReport }): ReactElement => {
  const { text } = usePaneContext();
  const checks = [...props.report.checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <>
      <Prose isQuiet>Recomputed from your tables, independently of the solver, before anything was written.</Prose>
      <FigureTable
        caption="Checks"
        columns={[{ title: "Rule" }, { title: "Checked", isNumber: true }, { title: "Verdict", isNumber: true }]}
        rows={checks.map((check) => ({
          key: check.rule,
          cells: [
            <>
              {check.rule}
              {!check.passed && (
                <Minor>{[`off by ${text.money(check.largestViolation)} ${check.unit}`, check.detail].filter(Boolean).join(", ")}</Minor>
              )}
            </>,
            text.count(check.count),
            <>
              <IntentIcon intent={check.passed ? "success" : "error"} /> {check.passed ? "OK" : "Failed"}
            </>,
          ],
        }))}
      />
    </>
  );
};
