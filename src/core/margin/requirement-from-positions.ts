import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import type { AgreementRow, PositionRow } from "../collateral/book";
import { calculateMarginCall } from "./margin-call";
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
import { saccrExposure } from "./saccr-exposure";
import { toSaccrTrade, type SaccrTrade } from "./saccr-trade";
import { scenarioMargin } from "./scenario-margin";
import { arrangeScenarioParameters, storedScenarioParameters, type ScenarioParameters } from "./scenario-parameters";
import { scheduleMargin, type ScheduleTrade } from "./schedule-margin";
import { positionProfit, venueMargin, withSettlementPrices } from "./venue-margin";
import { arrangeSlabs, type MarginKind } from "./venue-slabs";

const grouped = <T extends { readonly nettingSet: string }>(rows: readonly T[]): readonly (readonly [string, readonly T[]])[] =>
  [...new Set(rows.map((row) => row.nettingSet))].map((name) => [name, rows.filter((row) => row.nettingSet === name)] as const);

/** The rows of the agreement's netting set, or all where it names none. */
const tradesOf = (agreement: AgreementRow, inputs: RequirementInputs, method: string): readonly PositionRow[] => {
  const own = ownPositions(agreement, inputs, method);
  if (agreement.nettingSet === undefined) return own;
  const rows = own.filter((position) => position.nettingSet === agreement.nettingSet);
  if (rows.length === 0) throw refuseAgreement(agreement, `no position has the nettingSet ${agreement.nettingSet}.`);
  return rows;
};

const setOf = (agreement: AgreementRow, position: PositionRow): string => position.nettingSet ?? agreement.nettingSet ?? agreement.agreementId;

const netting = (alone: number, together: number, unit: string): Explanation =>
  leaf(savedByNetting, alone - together, unit, `positions one by one would need ${alone}`);

/**
 * Initial margin by the regulatory schedule, less the threshold, through minimum transfer amount and rounding.
 *
 * @throws DomainError badInput naming agreement, row or column
 */
export const scheduleRequirement = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const trades = tradesOf(agreement, inputs, "schedule").map((position): ScheduleTrade => ({
    tradeId: position.instrument,
    nettingSet: setOf(agreement, position),
    assetClass: classOf(position).assetClass,
    notional: Math.abs(neededCell(position, "notional", position.notional)),
    marketValue: neededCell(position, "marketValue", position.marketValue),
    ...(position.maturityYears === undefined ? {} : { maturityYears: position.maturityYears }),
    at: placeOf(position),
  }));
  const sets = grouped(trades).map(([name, rows]) => scheduleMargin(name, rows, "post"));
  const margin = sets.reduce((sum, set) => sum + set.margin, 0);
  const unit = agreement.currency;
  const initial: Explanation = { name: "initial margin by schedule", value: margin, unit, from: sets.map((set) => set.explanation) };
  const call = calculateMarginCall({
    form: "im",
    exposure: margin,
    heldValue: inputs.heldValue,
    threshold: agreement.threshold ?? 0,
    minimumTransferAmount: agreement.minimumTransferAmount ?? 0,
    rounding: agreement.roundingDelivery ?? 0,
    roundingReturn: agreement.roundingReturn ?? 0,
    leastAmount: inputs.leastAmount ?? 0,
    isTwoWay: false,
  });
  const requirement = Math.max(0, inputs.heldValue + call.amount);
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit,
      note: "held value + delivery, or - return, on max(0, initial margin - threshold)",
      from: [initial, leaf("held value", inputs.heldValue, unit, "after haircut"), { ...call.explanation, unit }],
    },
  };
};

/** The class may carry its subclass behind a colon: `commodity: Oil/Gas`, `credit: BBB`. */
const classOf = (position: PositionRow): { readonly assetClass: string; readonly subClass?: string } => {
  const [assetClass = "", subClass] = neededCell(position, "assetClass", position.assetClass)
    .split(":")
    .map((text) => text.trim());
  return { assetClass, ...(subClass === undefined || subClass === "" ? {} : { subClass }) };
};

/** Their exposure to us: market values are turned, quantities give the direction, the underlying is the hedging set. */
const toTrade = (agreement: AgreementRow, position: PositionRow, asOf: string | undefined): SaccrTrade => {
  const isOption = position.optionType !== undefined;
  const years = position.expiry === undefined || asOf === undefined ? undefined : (Date.parse(position.expiry) - Date.parse(asOf)) / 86_400_000 / 365;
  return toSaccrTrade(
    {
      tradeId: position.instrument,
      nettingSet: setOf(agreement, position),
      ...classOf(position),
      notional: Math.abs(neededCell(position, "notional", position.notional)),
      direction: position.quantity < 0 ? 1 : -1,
      marketValue: -neededCell(position, "marketValue", position.marketValue),
      currency: (position.settlementCurrency ?? agreement.currency).toUpperCase(),
      hedgingSet: position.underlying,
      ...(position.maturityYears === undefined ? {} : { maturityYears: position.maturityYears, endYears: position.maturityYears }),
      ...(position.optionType === undefined ? {} : { optionType: position.optionType }),
      ...(position.strike === undefined ? {} : { strike: position.strike }),
      ...(position.underlyingPrice === undefined ? {} : { underlyingPrice: position.underlyingPrice }),
      ...(isOption && years !== undefined ? { optionExpiryYears: years } : {}),
      at: placeOf(position),
    },
    false,
  );
};

/**
 * The counterparty's SA-CCR exposure to us, unmargined and before collateral.
 *
 * @throws DomainError badInput naming agreement, row or column
 */
export const saccrRequirement = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const trades = tradesOf(agreement, inputs, "saccr").map((position) => toTrade(agreement, position, inputs.asOf));
  const exposureOf = (name: string, rows: readonly SaccrTrade[]): ReturnType<typeof saccrExposure> =>
    saccrExposure(rows, { nettingSet: name, collateral: 0, isMargined: false });
  const sets = grouped(trades).map(([name, rows]) => exposureOf(name, rows));
  const requirement = sets.reduce((sum, set) => sum + set.exposureAtDefault, 0);
  const alone = trades.reduce((sum, trade) => sum + exposureOf(trade.nettingSet, [trade]).exposureAtDefault, 0);
  const unit = agreement.currency;
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit,
      note: "SA-CCR exposure of the counterparty to us",
      from: [...sets.map((set) => ({ ...set.explanation, name: `EAD ${set.nettingSet}` })), netting(alone, requirement, unit)],
    },
  };
};

const parametersOf = (agreement: AgreementRow, inputs: RequirementInputs): ScenarioParameters => {
  if (inputs.parameters !== undefined && inputs.parameters.length > 0) return arrangeScenarioParameters(inputs.parameters);
  if (agreement.parameterSet === undefined) throw refuseAgreement(agreement, "parameterSet is blank. Name a set or fill tblParameters.");
  return arrangeScenarioParameters(storedScenarioParameters(agreement.parameterSet, inputs.asOf === undefined ? undefined : Date.parse(inputs.asOf)));
};

/**
 * Scenario margin of the agreement's positions; in coin where the agreement's currency is the one underlying.
 *
 * @throws DomainError badInput naming agreement, row, column or parameter
 */
export const gridRequirement = (agreement: AgreementRow, inputs: RequirementInputs): Requirement => {
  const positions = ownPositions(agreement, inputs, "grid").map(toVenuePosition);
  const parameters = parametersOf(agreement, inputs);
  const asOf = inputs.asOf === undefined ? undefined : Date.parse(inputs.asOf);
  const unit = positions.every((position) => position.underlying.toUpperCase() === agreement.currency.toUpperCase()) ? "coin" : "value";
  // A margin in money owed in a coin that only some positions are in.
  const price = unit === "coin" ? 1 : priceOfCurrency(agreement, positions);
  const answer = scenarioMargin(positions, parameters, asOf, unit);
  const requirement = answer.margin / price;
  const alone = positions.reduce((sum, position) => sum + scenarioMargin([position], parameters, asOf, unit).margin, 0) / price;
  return {
    requirement,
    explanation: {
      name: "requirement",
      value: requirement,
      unit: agreement.currency,
      note: price === 1 ? "worst loss over the scenario grid" : `worst loss over the scenario grid / price ${price} of ${agreement.currency}`,
      from: [answer.explanation, netting(alone, requirement, agreement.currency)],
    },
  };
};

/** Initial and maintenance margin and profit by the venue's slabs, in the agreement's currency. */
export interface SlabMargins {
  readonly initial: Explanation;
  readonly maintenance: Explanation;
  readonly profit: number;
}

/**
 * Calculates venue margins from positions and rules, for an agreement whose row holds none.
 *
 * @throws DomainError badInput naming agreement, row or column
 */
export const slabMargins = (agreement: AgreementRow, inputs: RequirementInputs): SlabMargins => {
  if (inputs.rules === undefined || inputs.rules.length === 0) {
    throw refuseAgreement(agreement, "initialMargin and maintenanceMargin are blank. Fill one, or positions and tblRules.");
  }
  const positions = withSettlementPrices(ownPositions(agreement, inputs, "venue").map(toVenuePosition), new Map());
  const book = arrangeSlabs(inputs.rules, inputs.asOf);
  const price = priceOfCurrency(agreement, positions);
  const futures = positions.filter((position) => ["linear", "inverse", "quanto"].includes(position.contractType));
  const profit = futures.reduce((sum, position) => {
    const own = positionProfit(position);
    if (position.contractType === "linear") return sum + own / price;
    // A coin pays its own profit: one that is the agreement's currency needs no price.
    const coin = (position.contractType === "inverse" ? position.underlying : (position.settlementCurrency ?? "")).toUpperCase();
    if (coin === agreement.currency.toUpperCase()) return sum + own;
    return sum + (own * (position.contractType === "inverse" ? position.markPrice : (position.settlementPrice ?? NaN))) / price;
  }, 0);
  if (!Number.isFinite(profit)) throw new DomainError("badInput", `Agreement ${agreement.agreementId}: a position's prices give no finite profit.`);
  const marginOf = (kind: MarginKind): Explanation => {
    const together = venueMargin(positions, book, kind);
    const total = Number(together.value) / price;
    const alone = positions.reduce((sum, position) => sum + Number(venueMargin([position], book, kind).value), 0) / price;
    const parts = together.from.map((part) =>
      typeof part.value === "number" ? { ...part, value: part.value / price, unit: agreement.currency } : part,
    );
    return { ...together, value: total, unit: agreement.currency, from: [...parts, netting(alone, total, agreement.currency)] };
  };
  return { initial: marginOf("initial"), maintenance: marginOf("maintenance"), profit };
};
