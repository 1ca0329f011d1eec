import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import type { AgreementRow, PositionRow } from "../collateral/book";
import type { ScenarioParameterRow } from "./scenario-parameters";
import type { VenuePosition } from "./venue-margin";
import type { VenueSlab } from "./venue-slabs";

/** What a requirement is computed from, besides the agreement's own row. Amounts are in the agreement's currency. */
export interface RequirementInputs {
  /** After-haircut value of what we have posted under this agreement, settled and in transit, less disputed. */
  readonly heldValue: number;
  /** Least credit support amount, before minimum transfer amount and rounding: the independent amount under marginApproach greaterOf. */
  readonly leastAmount?: number;
  /** The whole positions table; rows of other agreements are left out. */
  readonly positions: readonly PositionRow[];
  /** The rules table, for marginMethod venue without margins in the agreement's row. */
  readonly rules?: readonly VenueSlab[];
  /** The parameters table, for marginMethod grid where parameterSet does not name a stored set. */
  readonly parameters?: readonly ScenarioParameterRow[];
  /** Joint price history by underlying, one price per period, oldest first, all of one length; NaN where a price is missing. For var and es. */
  readonly prices?: ReadonlyMap<string, readonly number[]>;
  /** ISO time at which positions are valued and rules must be in force. */
  readonly asOf?: string;
}

/** The amount to cover, >= 0 in the agreement's currency, and why it is that. */
export interface Requirement {
  readonly requirement: number;
  readonly explanation: Explanation;
}

/** Name of the part that says what positions together need less than one by one. */
export const savedByNetting = "saved by netting";

/** One number without parts. */
export const leaf = (name: string, value: number | string, unit: string, note?: string): Explanation => ({
  name,
  value,
  unit,
  from: [],
  ...(note === undefined ? {} : { note }),
});

/** A refusal that starts with the agreement. */
export const refuseAgreement = (agreement: AgreementRow, message: string): DomainError =>
  new DomainError("badInput", `Agreement ${agreement.agreementId}: ${message}`.slice(0, 120));

/** The agreement's own positions, at least one. @throws DomainError badInput */
export const ownPositions = (agreement: AgreementRow, inputs: RequirementInputs, method: string): readonly PositionRow[] => {
  const own = inputs.positions.filter((position) => position.agreementId === agreement.agreementId);
  if (own.length === 0) throw refuseAgreement(agreement, `marginMethod ${method} needs rows in positions. Add them or change the method.`);
  return own;
};

/** `positions row 3`, for messages. */
export const placeOf = (position: PositionRow): string => `positions row ${position.origin.row}`;

/**
 * Price of the agreement's currency in the quote currency of its positions: 1, or the price of a coin where the agreement is kept in one that
 * the positions name.
 */
export const priceOfCurrency = (agreement: AgreementRow, positions: readonly VenuePosition[]): number => {
  const code = agreement.currency.toUpperCase();
  const own = positions.filter((position) => position.underlying.toUpperCase() === code);
  const future = own.find((position) => position.contractType !== "option" && position.contractType !== "quanto");
  const quanto = positions.find((position) => position.contractType === "quanto" && position.settlementCurrency?.toUpperCase() === code);
  return future?.markPrice ?? own.find((position) => position.contractType === "option")?.underlyingPrice ?? quanto?.settlementPrice ?? 1;
};

/** A filled cell of a position. @throws DomainError badInput naming row and column */
export const neededCell = <T>(position: PositionRow, column: string, value: T | undefined): T => {
  if (value === undefined) throw new DomainError("badInput", `${placeOf(position)}: ${column} is blank. Its agreement's method needs it.`);
  return value;
};

/** Brings a row of the positions table to what venue and scenario margin take. @throws DomainError badInput for a bilateral trade */
export const toVenuePosition = (position: PositionRow): VenuePosition => {
  const {
    origin: _origin,
    agreementId: _agreementId,
    nettingSet: _set,
    assetClass: _class,
    notional: _notional,
    maturityYears: _maturity,
    marketValue: _value,
    ...columns
  } = position;
  if (position.contractType === "trade")
    throw new DomainError("badInput", `${placeOf(position)}: a trade has no venue margin. Use marginMethod schedule or saccr.`);
  // A worthless option has the price 0; a future has not: its margin would be 0.
  if (position.markPrice < 0 || (position.markPrice === 0 && position.contractType !== "option"))
    throw new DomainError("badInput", `${placeOf(position)}: markPrice is ${position.markPrice}. It must be above 0.`);
  return {
    ...columns,
    multiplier: position.multiplier ?? 1,
    marginMode: position.marginMode ?? "cross",
    openOrderQuantity: position.openOrderQuantity ?? 0,
    at: placeOf(position),
  };
};
