import { DomainError } from "../basics/domain-error";
import { saccrParameters, type SaccrParameters } from "../regulation/saccr-parameters";
import { normalCumulative } from "./internal/normal";

/** One trade as SA-CCR needs it. Years are counted from today. */
export interface SaccrTrade {
  readonly tradeId: string;
  readonly nettingSet: string;
  readonly parameters: SaccrParameters;
  /** > 0, in the reporting currency; for equities and commodities price x units. */
  readonly notional: number;
  /** 1 = long in the primary risk factor, or the option or protection is bought; -1 = short or sold. */
  readonly direction: 1 | -1;
  /** > 0 = owed to us. */
  readonly marketValue: number;
  readonly currency?: string;
  /** Reference entity, index, currency pair or commodity type; a start with `basis` or `volatility` makes such a set of its own. */
  readonly hedgingSet?: string;
  readonly subClass?: string;
  readonly startYears?: number;
  readonly endYears?: number;
  readonly maturityYears?: number;
  readonly optionType?: "call" | "put";
  readonly strike?: number;
  readonly underlyingPrice?: number;
  readonly optionExpiryYears?: number;
  readonly attachment?: number;
  readonly detachment?: number;
  /** `trades row 3`, for messages. */
  readonly at: string;
}

/** A trade as it stands in a table: its class in words. */
export type SaccrTradeText = Omit<SaccrTrade, "parameters"> & { readonly assetClass: string };

/**
 * Matches a trade with the supervisory table.
 *
 * @param isUnverifiedAllowed whether a row of the table that is from memory may be used
 * @throws DomainError badInput naming the trade's row
 */
export const toSaccrTrade = (text: SaccrTradeText, isUnverifiedAllowed: boolean): SaccrTrade => {
  const parameters = saccrParameters(text);
  if (parameters.status === "unverified" && !isUnverifiedAllowed) {
    throw new DomainError(
      "badInput",
      `${text.at}: the ${parameters.assetClass} factor is from memory, unverified. Add unverified=allowed to use it.`,
    );
  }
  return { ...text, parameters };
};

const businessDaysPerYear = 250;
/** Ten business days, the floor of durations and maturities. */
const floorYears = 10 / businessDaysPerYear;

const needed = (trade: SaccrTrade, column: string, value: number | undefined, isPositive = false): number => {
  if (value === undefined || (isPositive && !(value > 0))) {
    throw new DomainError("badInput", `${trade.at}: ${column} is ${value ?? "blank"}. It is needed${isPositive ? " above 0" : ""} for this trade.`);
  }
  return value;
};

/**
 * Calculates the supervisory duration: (exp(-0.05 S) - exp(-0.05 E)) / 0.05, at least ten business days.
 *
 * @source Basel Framework CRE52.34
 */
export const supervisoryDuration = (startYears: number, endYears: number): number =>
  Math.max(floorYears, (Math.exp(-0.05 * Math.max(0, startYears)) - Math.exp(-0.05 * endYears)) / 0.05);

/** Tells whether the notional of a class is multiplied with a duration. */
const hasDuration = (trade: SaccrTrade): boolean => ["interestRate", "creditSingleName", "creditIndex"].includes(trade.parameters.assetClass);

/** Calculates the adjusted notional d of a trade. @source Basel Framework CRE52.33 to CRE52.37 */
export const adjustedNotional = (trade: SaccrTrade): number => {
  if (!hasDuration(trade)) return trade.notional;
  const end = needed(trade, "endYears", trade.endYears ?? trade.maturityYears, true);
  const start = trade.startYears ?? 0;
  if (end <= start) throw new DomainError("badInput", `${trade.at}: endYears ${end} is not after startYears ${start}.`);
  return trade.notional * supervisoryDuration(start, end);
};

/**
 * Calculates the supervisory delta of a trade: the direction, the option's simplified Black-Scholes delta, or that of a tranche.
 *
 * @source Basel Framework CRE52.38 to CRE52.41
 */
export const supervisoryDelta = (trade: SaccrTrade): number => {
  if (trade.attachment !== undefined || trade.detachment !== undefined) {
    const attachment = needed(trade, "attachment", trade.attachment);
    const detachment = needed(trade, "detachment", trade.detachment, true);
    return (trade.direction * 15) / ((1 + 14 * attachment) * (1 + 14 * detachment));
  }
  if (trade.optionType === undefined) return trade.direction;
  const price = needed(trade, "underlyingPrice", trade.underlyingPrice, true);
  const strike = needed(trade, "strike", trade.strike, true);
  const expiry = needed(trade, "optionExpiryYears", trade.optionExpiryYears, true);
  const deviation = trade.parameters.optionVolatility * Math.sqrt(expiry);
  const d1 = Math.log(price / strike) / deviation + 0.5 * deviation;
  return trade.optionType === "call" ? trade.direction * normalCumulative(d1) : -trade.direction * normalCumulative(-d1);
};

/**
 * Calculates the maturity factor: sqrt(min(M, 1)) with M at least ten business days, or 1.5 sqrt(MPOR / 250) where margined.
 *
 * @param marginPeriodDays business days; undefined = unmargined
 * @source Basel Framework CRE52.48 to CRE52.52
 */
export const maturityFactor = (trade: SaccrTrade, marginPeriodDays: number | undefined): number => {
  if (marginPeriodDays !== undefined) return 1.5 * Math.sqrt(marginPeriodDays / businessDaysPerYear);
  const maturity = needed(trade, "maturityYears", trade.maturityYears ?? trade.endYears ?? trade.optionExpiryYears);
  return Math.sqrt(Math.min(1, Math.max(floorYears, maturity)));
};

/** Calculates the effective notional D = d * MF * delta. @source Basel Framework CRE52.30 */
export const effectiveNotional = (trade: SaccrTrade, marginPeriodDays: number | undefined): number =>
  adjustedNotional(trade) * maturityFactor(trade, marginPeriodDays) * supervisoryDelta(trade);
