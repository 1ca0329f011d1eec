import type { ReactElement } from "react";
import type { CoverageLine, ExceededLimit, UnmetMinimum } from "../../../core/optimization/allocation-outcome";
import { FigureTable, Minor } from "../../components/figure-table";
import { IntentIcon } from "../../components/intent-icon";
import { usePaneContext } from "../../components/pane-context";
import { Section } from "../../components/section";
import { ShowAll } from "../../components/show-all";

/** Each call: what it requires, what is posted after haircut, and whether that covers it; short ones first. */
export const CoverageSection = (props: {
  readonly coverage: readonly CoverageLine[];
  readonly unmet?: readonly UnmetMinimum[];
  readonly exceeded?: readonly ExceededLimit[];
}): ReactElement => {
  const { text } = usePaneContext();
  const beside = (line: CoverageLine): string => {
    // A shortfall is never rounded away: what is not covered must not look exact.
    if (!line.isCovered) return `${text.rest(line.shortfall, line.required) || text.money(line.shortfall)} short`;
    const excess = text.rest(line.excess, line.required);
    return excess === "" ? "exact" : `${excess} over`;
  };
  const lines = [...props.coverage].sort((a, b) => Number(a.isCovered) - Number(b.isCovered));
  return (
    <Section title="Coverage" hint="In each call's currency, after haircut.">
      <ShowAll items={lines} first={12} noun="calls">
        {(shown) => (
          <FigureTable
            caption="Coverage of each call"
            columns={[{ title: "Call" }, { title: "Required", isNumber: true }, { title: "Posted", isNumber: true }]}
            rows={shown.map((line) => ({
              key: line.agreementId,
              cells: [
                <>
                  {line.agreementId}
                  <Minor>
                    <IntentIcon intent={line.isCovered ? "success" : "error"} /> {line.isCovered ? "Covered" : "Short"}
                  </Minor>
                </>,
                <>
                  {text.money(line.required)}
                  <Minor>{line.currency}</Minor>
                </>,
                <>
                  {text.money(line.posted)}
                  <Minor>{beside(line)}</Minor>
                </>,
              ],
            }))}
          />
        )}
      </ShowAll>
      {props.unmet !== undefined && props.unmet.length > 0 && <UnmetTable unmet={props.unmet} />}
      {props.exceeded !== undefined && props.exceeded.length > 0 && <ExceededTable exceeded={props.exceeded} />}
    </Section>
  );
};

/** Hard maximums that what cannot be recalled yet exceeds, each in its own unit. */
const ExceededTable = (props: { readonly exceeded: readonly ExceededLimit[] }): ReactElement => {
  const { text } = usePaneContext();
  return (
    <ShowAll items={props.exceeded} first={6} noun="limits">
      {(shown) => (
        <FigureTable
          caption="Limits exceeded by what cannot be recalled yet"
          columns={[{ title: "Limit" }, { title: "Allowed", isNumber: true }, { title: "Posted", isNumber: true }]}
          rows={shown.map((one) => ({
            key: one.name,
            cells: [
              <>
                {one.name}
                <Minor>
                  <IntentIcon intent="error" /> Exceeded
                </Minor>
              </>,
              <>
                {text.money(one.allowed)}
                <Minor>{one.unit}</Minor>
              </>,
              <>
                {text.money(one.posted)}
                <Minor>{`${text.money(one.excess)} above`}</Minor>
              </>,
            ],
          }))}
        />
      )}
    </ShowAll>
  );
};

/** Hard minimums that could not be held, each in its own unit. */
const UnmetTable = (props: { readonly unmet: readonly UnmetMinimum[] }): ReactElement => {
  const { text } = usePaneContext();
  return (
    <ShowAll items={props.unmet} first={6} noun="minimums">
      {(shown) => (
        <FigureTable
          caption="Minimums that are not met"
          columns={[{ title: "Minimum" }, { title: "Needed", isNumber: true }, { title: "Reached", isNumber: true }]}
          rows={shown.map((one) => ({
            key: one.name,
            cells: [
              <>
                {one.name}
                <Minor>
                  <IntentIcon intent="error" /> Not met
                </Minor>
              </>,
              <>
                {text.money(one.needed)}
                <Minor>{one.unit}</Minor>
              </>,
              <>
                {text.money(one.reached)}
                <Minor>{`${text.money(one.missing)} missing`}</Minor>
              </>,
            ],
          }))}
        />
      )}
    </ShowAll>
  );
};
