import { regulationTable } from "../regulation/regulation-tables";
import type { RegulationRow } from "../regulation/regulation-table";
import type { ScenarioParameters } from "./scenario-parameters";

export type VolatilityState = "up" | "same" | "down";

/** One scenario of the grid of an underlying. */
export interface GridScenario {
  readonly label: string;
  /** Simple return of the underlying. */
  readonly move: number;
  readonly volatility: VolatilityState;
  /** Share of the loss that counts (the extreme scenarios of SPAN). */
  readonly weight: number;
  /** Extended moves reach beyond the price range: futures stop at its edge, and losses up to the dampener do not count. */
  readonly isExtended: boolean;
}

interface SpanRow extends RegulationRow {
  readonly scenario: number;
  readonly priceMove: number;
  readonly volatilityMove: number;
  readonly weight: number;
}

/** Tells whether an underlying's parameters are of the SPAN kind (scan ranges) rather than of the grid kind (price range). */
export const isSpan = (parameters: ScenarioParameters, underlying: string): boolean => parameters.number("priceScanRange", underlying) !== undefined;

/**
 * Builds the scenarios of an underlying: the sixteen of SPAN, or price buckets x volatility states and the extended moves.
 *
 * @throws DomainError badInput where the price range is missing
 * @source CME SPAN (table span_scenarios); Deribit portfolio margin
 */
export const scenarioGrid = (parameters: ScenarioParameters, underlying: string): readonly GridScenario[] => {
  if (isSpan(parameters, underlying)) return spanGrid(parameters.needed("priceScanRange", underlying));
  const given = parameters.list("priceMove", underlying);
  const moves =
    given.length > 0 ? given : buckets(parameters.needed("priceRange", underlying), parameters.number("bucketsEachSide", underlying) ?? 4);
  const hasVolatility =
    (parameters.number("volatilityRangeUp", underlying) ?? 0) > 0 || (parameters.number("volatilityRangeDown", underlying) ?? 0) > 0;
  const states: readonly VolatilityState[] = hasVolatility ? ["up", "same", "down"] : ["same"];
  const standard = moves.flatMap((move) =>
    states.map((volatility): GridScenario => ({
      label: `price ${percent(move)}, volatility ${volatility}`,
      move,
      volatility,
      weight: 1,
      isExtended: false,
    })),
  );
  const extended = parameters.list("extendedMove", underlying).map((move): GridScenario => ({
    label: `extended ${percent(move)}`,
    move,
    volatility: hasVolatility ? "up" : "same",
    weight: parameters.number("extendedTableFactor", underlying) ?? 1,
    isExtended: true,
  }));
  return [...standard, ...extended];
};

const buckets = (range: number, eachSide: number): readonly number[] =>
  Array.from({ length: 2 * eachSide + 1 }, (_, index) => (range * (index - eachSide)) / eachSide);

const spanGrid = (range: number): readonly GridScenario[] =>
  regulationTable<SpanRow>("span_scenarios").rows.map((row) => ({
    label: `scenario ${row.scenario}: price ${percent(row.priceMove * range)}, volatility ${row.volatilityMove > 0 ? "up" : row.volatilityMove < 0 ? "down" : "same"}`,
    move: Math.max(-1 + 1e-9, row.priceMove * range),
    volatility: row.volatilityMove > 0 ? "up" : row.volatilityMove < 0 ? "down" : "same",
    weight: row.weight,
    isExtended: false,
  }));

const percent = (share: number): string => `${share > 0 ? "+" : ""}${Number((100 * share).toPrecision(4))} %`;

const daysOfReference = 30;
/** An option in its last hour has no larger shock than one hour before expiry. */
const shortestDays = 1 / 24;

/**
 * Calculates the relative volatility shock of an option: shock30 * (30 / days)^power.
 *
 * @param shock30 shock of an option with 30 days, decimal
 * @source Deribit portfolio margin
 */
export const volatilityShock = (shock30: number, days: number, power: number): number =>
  shock30 * Math.pow(daysOfReference / Math.max(shortestDays, days), power);

/**
 * Calculates the volatility of an option in a scenario: up at least the minimum, down never below a hundredth of what it was.
 */
export const shockedVolatility = (
  parameters: ScenarioParameters,
  underlying: string,
  volatility: number,
  days: number,
  state: VolatilityState,
): number => {
  if (state === "same") return volatility;
  const scan = parameters.number("volatilityScanRange", underlying);
  if (isSpan(parameters, underlying))
    return state === "up" ? volatility * (1 + (scan ?? 0)) : Math.max(0.01 * volatility, volatility * (1 - (scan ?? 0)));
  const power = parameters.number(days < daysOfReference ? "shortTermVegaPower" : "longTermVegaPower", underlying) ?? 0;
  if (state === "up") {
    const shocked = volatility * (1 + volatilityShock(parameters.number("volatilityRangeUp", underlying) ?? 0, days, power));
    return Math.max(shocked, parameters.number("minVolatilityForShockUp", underlying) ?? 0);
  }
  const shocked = volatility * (1 - volatilityShock(parameters.number("volatilityRangeDown", underlying) ?? 0, days, power));
  return Math.max(0.01 * volatility, shocked);
};
