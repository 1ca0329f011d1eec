import type { ReactElement } from "react";
import type { AllocationOutcome, Baseline } from "../../../core/optimization/allocation-outcome";
import { FigureTable, Minor, type FigureRow } from "../../components/figure-table";
import { usePaneContext } from "../../components/pane-context";
import { Prose } from "../../components/prose";
import { Section } from "../../components/section";

const names: Readonly<Record<Baseline["name"], string>> = { today: "Today", waterfall: "Waterfall" };
const says: Readonly<Record<Baseline["name"], string>> = { today: "postings as they are", waterfall: "call by call, cheapest first" };

const daysPerYear = 365;

/** How many moves, and what they cost once. */
const MovesCell = (props: { readonly moves: number; readonly once: number }): ReactElement => {
  const { text } = usePaneContext();
  return (
    <>
      {text.count(props.moves)}
      {props.once > 0 && <Minor>{`${text.money(props.once)} once`}</Minor>}
    </>
  );
};

/** How many calls are covered, what is short of the others in base currency, and limits that are not kept. */
const CoveredCell = (props: {
  readonly covered: number;
  readonly of: number;
  readonly shortfall?: number | undefined;
  readonly brokenLimits?: number | undefined;
}): ReactElement => {
  const { text } = usePaneContext();
  const { covered, of, shortfall = 0, brokenLimits = 0 } = props;
  return (
    <>
      {`${text.count(covered)}/${text.count(of)}`}
      {covered < of && shortfall > 0 && <Minor>{`${text.money(shortfall)} short`}</Minor>}
      {brokenLimits > 0 && <Minor>{`${text.count(brokenLimits)} ${brokenLimits === 1 ? "limit" : "limits"} broken`}</Minor>}
    </>
  );
};

/** Cost beside what is posted today and what filling call by call would cost. */
export const CostSection = (props: { readonly outcome: AllocationOutcome; readonly covered: number; readonly total: number }): ReactElement => {
  const { state, text } = usePaneContext();
  const { outcome, covered, total } = props;
  const earlier = state.earlierResult;
  const row = (key: string, name: string, hint: string, costPerDay: number, isCovered: ReactElement, moves: ReactElement): FigureRow => ({
    key,
    isStrong: key === "this",
    cells: [
      <>
        {name}
        <Minor>{hint}</Minor>
      </>,
      text.money(costPerDay),
      isCovered,
      moves,
    ],
  });
  const isWhole = covered === total;
  const label = !outcome.solve.isOptimal ? "best found" : isWhole ? "cheapest possible, moves included" : "least short, then cheapest";
  const today = outcome.baselines.find((baseline) => baseline.name === "today");
  const saving = today && today.costPerDay - outcome.costPerDay;
  return (
    <Section title={`Cost, ${outcome.baseCurrency} a day`}>
      <FigureTable
        caption="Cost compared with today and with a waterfall"
        columns={[{ title: "" }, { title: "Cost", isNumber: true }, { title: "Covered", isNumber: true }, { title: "Moves", isNumber: true }]}
        rows={[
          row(
            "this",
            "This run",
            label,
            outcome.costPerDay,
            <CoveredCell covered={covered} of={total} shortfall={outcome.shortfall} />,
            <MovesCell moves={outcome.movements.length} once={outcome.movementCost} />,
          ),
          ...outcome.baselines.map((baseline) =>
            row(
              baseline.name,
              names[baseline.name],
              says[baseline.name],
              baseline.costPerDay,
              <CoveredCell covered={baseline.covered} of={total} shortfall={baseline.shortfall} brokenLimits={baseline.brokenLimits} />,
              <MovesCell moves={baseline.movements} once={baseline.movementCost ?? 0} />,
            ),
          ),
          ...(earlier?.outcome === undefined || earlier.outcome.baseCurrency !== outcome.baseCurrency
            ? []
            : [
                row(
                  "earlier",
                  "Run before",
                  text.time(earlier.finishedAt),
                  earlier.outcome.costPerDay,
                  <CoveredCell covered={earlier.coveredCalls} of={earlier.totalCalls} shortfall={earlier.outcome.shortfall} />,
                  <MovesCell moves={earlier.outcome.movements.length} once={earlier.outcome.movementCost} />,
                ),
              ]),
        ]}
      />
      {/* With a call short the costs are of different things, so no saving is claimed. */}
      {isWhole && saving !== undefined && saving !== 0 && (
        <Prose isQuiet>
          {`${saving > 0 ? "Saves" : "Costs"} ${text.money(Math.abs(saving))} ${outcome.baseCurrency} a day ${saving > 0 ? "against" : "more than"} today, ` +
            `about ${text.money(Math.abs(saving) * daysPerYear)} a year.` +
            (today && today.covered < covered ? ` Today covers only ${text.count(today.covered)} of ${text.count(total)} calls.` : "")}
        </Prose>
      )}
      {outcome.movementCost > 0 && (
        <Prose isQuiet>
          {`The moves cost ${text.money(outcome.movementCost)} ${outcome.baseCurrency} once. They are weighed against the cost a day over horizonDays of tblSettings.`}
        </Prose>
      )}
    </Section>
  );
};
