import { DomainError } from "../basics/domain-error";
import type { AgreementRow } from "../collateral/book";
import {
  leaf,
  neededCell,
  ownPositions,
  placeOf,
  priceOfCurrency,
  refuseAgreement,
  savedByNetting,
  toVenuePosition,
  type Requirement,
  type RequirementInputs,
} from "./requirement-inputs";
import { moneyPerReturn, toScenarioPosition } from "./scenario-book";

export type TailMeasure = "var" | "es";

/** A product n(1 - c) that is a whole number but for rounding noise counts as whole. */
const snapped = (count: number): number => (Math.abs(count - Math.round(count)) < 1e-9 * Math.max(1, count) ? Math.round(count) : count);

/**
 * Calculates a historical tail loss: value-at-risk as the inclusive quantile (type 7), expected shortfall after Acerbi and Tasche.
 *
 * @param profits one per scenario, < 0 = loss
 * @param confidence decimal, such as 0.99
 * @returns loss, > 0 = loss
 */
export const tailLoss = (profits: readonly number[], confidence: number, measure: TailMeasure): number => {
  const sorted = [...profits].sort((a, b) => a - b);
  if (measure === "var") {
    const place = snapped((sorted.length - 1) * (1 - confidence));
    const lower = Math.floor(place);
    const [a, b] = [sorted[lower] ?? 0, sorted[Math.min(lower + 1, sorted.length - 1)] ?? 0];
    return -(a + (place - lower) * (b - a));
  }
  const count = snapped(sorted.length * (1 - confidence));
  const whole = Math.floor(count);
  if (whole === 0) return -(sorted[0] ?? 0);
  const sum = sorted.slice(0, whole).reduce((total, profit) => total + profit, 0);
  return -(sum + (count - whole) * (sorted[whole] ?? 0)) / count;
};

interface Exposure {
  readonly underlying: string;
  readonly money: number;
}

/** Money, in the agreement's currency, that a simple return of 1 in the underlying would give: market value of the position, or its delta. */
const exposures = (agreement: AgreementRow, inputs: RequirementInputs, measure: TailMeasure): readonly Exposure[] => {
  const asOf = inputs.asOf === undefined ? undefined : Date.parse(inputs.asOf);
  const rows = ownPositions(agreement, inputs, measure);
  const trade = rows.find((row) => row.contractType === "trade");
  if (trade !== undefined) throw new DomainError("badInput", `${placeOf(trade)}: a trade has no price history. Use marginMethod schedule or saccr.`);
  const price = priceOfCurrency(agreement, rows.map(toVenuePosition));
  return rows.map((row) => {
    const position = toScenarioPosition(toVenuePosition(row), row.contractType === "option" ? asOf : (asOf ?? 0));
    if (row.contractType === "option") neededCell(row, "volatility", row.volatility);
    return { underlying: row.underlying, money: moneyPerReturn(position) / price };
  });
};

/** Joint simple returns of the underlyings; a period in which a price is missing is left out for all of them. */
const jointReturns = (
  agreement: AgreementRow,
  underlyings: readonly string[],
  prices: ReadonlyMap<string, readonly number[]>,
): readonly (readonly number[])[] => {
  const series = underlyings.map((name) => {
    const found = prices.get(name);
    if (found === undefined) throw refuseAgreement(agreement, `prices has no column ${name}. Add it or change marginMethod.`);
    return found;
  });
  const periods = Math.min(...series.map((one) => one.length));
  const rows: number[][] = [];
  for (let period = 1; period < periods; period += 1) {
    const returns = series.map((one) => (one[period] ?? NaN) / (one[period - 1] ?? NaN) - 1);
    if (returns.every(Number.isFinite)) rows.push(returns);
  }
  return rows;
};

/**
 * Margin as value-at-risk or expected shortfall of the joint price history: delta exposures times simple returns, scaled with sqrt(horizonDays).
 *
 * Confidence defaults to 0.99 for var and 0.975 for es, horizonDays to 1 period.
 *
 * @throws DomainError badInput naming agreement, row or column; tooLittleData where the tail holds less than one scenario
 */
export const historyRequirement = (agreement: AgreementRow, inputs: RequirementInputs, measure: TailMeasure): Requirement => {
  if (inputs.prices === undefined) throw refuseAgreement(agreement, `marginMethod ${measure} needs the table prices. Add it.`);
  const positions = exposures(agreement, inputs, measure);
  const exposureOf = new Map<string, number>();
  for (const { underlying, money } of positions) exposureOf.set(underlying, (exposureOf.get(underlying) ?? 0) + money);
  const names = [...exposureOf.keys()];
  const returns = jointReturns(agreement, names, inputs.prices);
  const confidence = agreement.confidence ?? (measure === "var" ? 0.99 : 0.975);
  if (snapped(returns.length * (1 - confidence)) < 1) {
    throw new DomainError(
      "tooLittleData",
      `Agreement ${agreement.agreementId}: ${returns.length} joint returns are too few for confidence ${confidence}.`,
    );
  }
  const scale = Math.sqrt(agreement.horizonDays ?? 1);
  const profits = returns.map((row) => row.reduce((sum, move, index) => sum + move * (exposureOf.get(names[index] ?? "") ?? 0), 0));
  const requirement = Math.max(0, scale * tailLoss(profits, confidence, measure));
  const marginOf = (name: string, money: number): number => {
    const index = names.indexOf(name);
    return Math.max(
      0,
      scale *
        tailLoss(
          returns.map((row) => (row[index] ?? 0) * money),
          confidence,
          measure,
        ),
    );
  };
  const alone = [...exposureOf].map(([name, money]) => leaf(`${name} alone`, marginOf(name, money), agreement.currency, `exposure ${money}`));
  const sum = positions.reduce((total, { underlying, money }) => total + marginOf(underlying, money), 0);
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit: agreement.currency,
      note: `${measure === "var" ? "value-at-risk" : "expected shortfall"} at ${confidence}, historical, sqrt(${agreement.horizonDays ?? 1}) of the period`,
      from: [
        leaf("joint returns", returns.length, "periods"),
        ...alone,
        leaf(savedByNetting, sum - requirement, agreement.currency, `positions one by one would need ${sum}`),
      ],
    },
  };
};
