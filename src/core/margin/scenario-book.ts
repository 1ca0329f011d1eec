import { DomainError } from "../basics/domain-error";
import { black76 } from "./black-76";
import { shockedVolatility, type GridScenario } from "./scenario-grid";
import type { ScenarioParameters } from "./scenario-parameters";
import { isCoinSettled, type VenuePosition } from "./venue-margin";

const millisecondsPerDay = 86_400_000;
const daysPerYear = 365;

/** What a book's amounts are in. */
export type BookUnit = "coin" | "value";

/** A position made ready for revaluation. */
export interface ScenarioPosition {
  readonly position: VenuePosition;
  readonly isCoin: boolean;
  readonly forward: number;
  /** Days to expiry; 0 for a perpetual. */
  readonly days: number;
  readonly option?: { readonly type: "call" | "put"; readonly strike: number; readonly volatility: number };
}

const refuse = (position: VenuePosition, message: string): DomainError => new DomainError("badInput", `${position.at}: ${message}`.slice(0, 120));

/**
 * Checks that a position has what its revaluation needs.
 *
 * @param asOf UTC milliseconds; undefined = none given
 * @throws DomainError badInput naming row and column
 */
export const toScenarioPosition = (position: VenuePosition, asOf: number | undefined): ScenarioPosition => {
  if (position.contractType === "quanto") throw refuse(position, "quanto contracts are not in the scenario grid. Leave the row out.");
  const isOption = position.contractType === "option";
  const isCoin = position.contractType === "inverse" || (isOption && isCoinSettled(position));
  if (position.expiry !== undefined && asOf === undefined) throw refuse(position, "an expiry needs the option asOf=2026-11-22.");
  // A date without a time is its midnight: what expires today still counts today.
  if (position.expiry !== undefined && asOf !== undefined && Date.parse(position.expiry) + millisecondsPerDay <= asOf)
    throw refuse(position, `it expired on ${position.expiry.slice(0, 10)}, before asOf. Take the row out.`);
  const days = position.expiry === undefined || asOf === undefined ? 0 : Math.max(0, (Date.parse(position.expiry) - asOf) / millisecondsPerDay);
  if (!isOption) return { position, isCoin, forward: position.markPrice, days };
  const { underlyingPrice, strike, optionType, volatility } = position;
  if (underlyingPrice === undefined) throw refuse(position, "underlyingPrice is blank. An option needs it.");
  if (strike === undefined) throw refuse(position, "strike is blank. An option needs it.");
  if (optionType === undefined) throw refuse(position, "optionType is blank. Write call or put.");
  if (volatility === undefined) throw refuse(position, "volatility is blank. Write it as an annual decimal such as 0.6.");
  if (volatility > 10) throw refuse(position, `volatility ${volatility} is above 10. Write 0.6 for 60 %.`);
  if (position.expiry === undefined) throw refuse(position, "expiry is blank. An option needs it.");
  return { position, isCoin, forward: underlyingPrice, days, option: { type: optionType, strike, volatility } };
};

/** Profit of one position in a scenario, in coin where it settles in coin and the unit is coin, else in the quote currency. */
export const scenarioProfit = (row: ScenarioPosition, scenario: GridScenario, parameters: ScenarioParameters, unit: BookUnit): number => {
  const { position, forward } = row;
  const size = position.quantity * position.multiplier;
  const range = parameters.number("priceRange", position.underlying) ?? Infinity;
  const move = row.option === undefined && scenario.isExtended ? Math.max(-range, Math.min(range, scenario.move)) : scenario.move;
  const shocked = forward * (1 + move);
  if (row.option === undefined) {
    if (!row.isCoin) return size * (shocked - forward);
    const coins = size * (1 / forward - 1 / shocked);
    return unit === "coin" ? coins : coins * shocked;
  }
  const { type, strike, volatility } = row.option;
  const years = row.days / daysPerYear;
  const before = black76(type, forward, strike, volatility, years).value;
  const after = black76(
    type,
    shocked,
    strike,
    shockedVolatility(parameters, position.underlying, volatility, row.days, scenario.volatility),
    years,
  ).value;
  if (!row.isCoin) return size * (after - before);
  const coins = size * (after / shocked - before / forward);
  return unit === "coin" ? coins : coins * shocked;
};

/** Change of a position's value in the quote currency per 1.00 return of the underlying. */
export const moneyPerReturn = (row: ScenarioPosition): number => {
  const size = row.position.quantity * row.position.multiplier;
  if (row.option === undefined) return row.isCoin ? size : size * row.forward;
  return size * row.forward * black76(row.option.type, row.forward, row.option.strike, row.option.volatility, row.days / daysPerYear).delta;
};

/** Delta of one position in coins of the underlying. */
export const positionDelta = (row: ScenarioPosition): number => {
  const size = row.position.quantity * row.position.multiplier;
  if (row.option === undefined) return row.isCoin ? size / row.forward : size;
  const { value, delta } = black76(row.option.type, row.forward, row.option.strike, row.option.volatility, row.days / daysPerYear);
  // Part of a coin-settled option's move is in the coin that it pays: its delta less its price in coin.
  return size * (row.isCoin ? delta - value / row.forward : delta);
};
