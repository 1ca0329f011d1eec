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
  const { unmet = [], exceeded = [] } = props;
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
      {unmet.length > 0 && (
        <MissedLimits
          caption="Minimums that are not met"
          noun="minimums"
          titles={["Minimum", "Needed", "Reached"]}
          verdict="Not met"
          missed={unmet.map((one) => ({ ...one, bound: one.needed, difference: `${text.money(one.missing)} missing` }))}
        />
      )}
      {exceeded.length > 0 && (
        <MissedLimits
          caption="Limits exceeded by what cannot be recalled yet"
          noun="limits"
          titles={["Limit", "Allowed", "Posted"]}
          verdict="Exceeded"
          missed={exceeded.map((one) => ({ ...one, bound: one.allowed, reached: one.posted, difference: `${text.money(one.excess)} above` }))}
        />
      )}
    </Section>
  );
};

/** A limit that is not kept: what it is, what it asks for, what is there and how that differs. */
interface MissedLimit {
  readonly name: string;
  readonly unit: string;
  readonly bound: number;
  readonly reached: number;
  /** How far off, in words. */
  readonly difference: string;
}

/** Hard limits that could not be held, each in its own unit. */
const MissedLimits = (props: {
  readonly caption: string;
  readonly noun: string;
  readonly titles: readonly [string, string, string];
  readonly verdict: string;
  readonly missed: readonly MissedLimit[];
}): ReactElement => {
  const { text } = usePaneContext();
  const [what, bound, reached] = props.titles;
  return (
    <ShowAll items={props.missed} first={6} noun={props.noun}>
      {(shown) => (
        <FigureTable
          caption={props.caption}
          columns={[{ title: what }, { title: bound, isNumber: true }, { title: reached, isNumber: true }]}
          rows={shown.map((one) => ({
            key: one.name,
            cells: [
              <>
                {one.name}
                <Minor>
                  <IntentIcon intent="error" /> {props.verdict}
                </Minor>
              </>,
              <>
                {text.money(one.bound)}
                <Minor>{one.unit}</Minor>
              </>,
              <>
                {text.money(one.reached)}
                <Minor>{one.difference}</Minor>
              </>,
            ],
          }))}
        />
      )}
    </ShowAll>
  );
};
