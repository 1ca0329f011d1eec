import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import { scheduleRate } from "../regulation/margin-schedule";

/** One trade as the initial margin schedule needs it; amounts in one currency. */
export interface ScheduleTrade {
  readonly tradeId: string;
  readonly nettingSet: string;
  readonly assetClass: string;
  /** > 0. */
  readonly notional: number;
  /** > 0 = owed to us. */
  readonly marketValue: number;
  readonly maturityYears?: number;
  /** `trades row 3`, for messages. */
  readonly at: string;
}

/** post: what we post, computed with the counterparty's replacement cost; collect: what we collect, with ours. */
export type ScheduleSide = "post" | "collect";

/** Schedule margin of one netting set. */
export interface ScheduleMargin {
  readonly nettingSet: string;
  readonly margin: number;
  readonly gross: number;
  readonly netToGross: number;
  readonly explanation: Explanation;
}

/**
 * Calculates the ratio of net to gross replacement cost; 1 where the gross replacement cost is 0.
 *
 * @param values market values as the side that collects sees them, > 0 = owed to it
 */
export const netToGrossRatio = (values: readonly number[]): number => {
  const gross = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return gross === 0
    ? 1
    : Math.max(
        0,
        values.reduce((sum, value) => sum + value, 0),
      ) / gross;
};

/**
 * Calculates the standardised initial margin of one netting set: 0.4 Gross + 0.6 NGR Gross.
 *
 * The two sides differ: what we post is computed with the counterparty's replacement cost, hence with -marketValue.
 *
 * @throws DomainError badInput naming the trade's row
 * @source 12 CFR 45 Appendix A; BCBS-IOSCO d499 Appendix A
 */
export const scheduleMargin = (nettingSet: string, trades: readonly ScheduleTrade[], side: ScheduleSide = "post"): ScheduleMargin => {
  const parts = trades.map((trade): Explanation => {
    if (!(trade.notional > 0)) throw new DomainError("badInput", `${trade.at}: notional is ${trade.notional}. Write it above 0.`);
    const found = scheduleRate(trade.assetClass, trade.maturityYears, trade.at);
    return {
      name: trade.tradeId,
      value: found.rate * trade.notional,
      unit: "money",
      note: `${found.rate} * ${trade.notional}${found.note === undefined ? "" : `; ${found.note}`}`,
      from: [],
    };
  });
  const gross = parts.reduce((sum, part) => sum + Number(part.value), 0);
  const netToGross = netToGrossRatio(trades.map((trade) => (side === "post" ? -trade.marketValue : trade.marketValue)));
  const margin = 0.4 * gross + 0.6 * netToGross * gross;
  return {
    nettingSet,
    margin,
    gross,
    netToGross,
    explanation: {
      name: `initial margin ${nettingSet}`,
      value: margin,
      unit: "money",
      note: `0.4 * Gross + 0.6 * NGR * Gross, ${side === "post" ? "what we post" : "what we collect"}`,
      from: [
        { name: "Gross", value: gross, unit: "money", note: "umr_im_schedule, 12 CFR 45 Appendix A", from: parts },
        { name: "NGR", value: netToGross, unit: "decimal", note: side === "post" ? "on -marketValue" : "on marketValue", from: [] },
        { name: "saved by netting", value: gross - margin, unit: "money", note: "Gross - margin", from: [] },
      ],
    },
  };
};
