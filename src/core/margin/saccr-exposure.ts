import type { Explanation } from "../basics/explanation";
import { aggregateAddOn } from "./saccr-add-on";
import type { SaccrTrade } from "./saccr-trade";

/** The collateral terms of a netting set; amounts in the reporting currency. */
export interface SaccrNettingSet {
  readonly nettingSet: string;
  /** C: net collateral after haircut, > 0 received, < 0 posted. */
  readonly collateral: number;
  readonly isMargined: boolean;
  readonly threshold?: number;
  readonly minimumTransferAmount?: number;
  /** Net independent collateral amount, > 0 received. */
  readonly nica?: number;
  /** Margin period of risk in business days. */
  readonly marginPeriodDays?: number;
  /** Name of the margin agreement, where one covers several netting sets. */
  readonly marginAgreement?: string;
}

/** Exposure at default of one netting set and its parts. */
export interface SaccrExposure {
  readonly nettingSet: string;
  readonly exposureAtDefault: number;
  readonly replacementCost: number;
  readonly potentialFutureExposure: number;
  readonly multiplier: number;
  readonly addOn: number;
  readonly explanation: Explanation;
}

const alpha = 1.4;
const multiplierFloor = 0.05;

/**
 * Calculates the multiplier that recognises excess collateral: min(1, 0.05 + 0.95 exp((V - C) / (1.9 AddOn))).
 *
 * @source Basel Framework CRE52.23
 */
export const saccrMultiplier = (value: number, collateral: number, addOn: number): number => {
  if (addOn === 0) return 1;
  return Math.min(1, multiplierFloor + (1 - multiplierFloor) * Math.exp((value - collateral) / (2 * (1 - multiplierFloor) * addOn)));
};

/**
 * Calculates the replacement cost: max(V - C, 0), or max(V - C, TH + MTA - NICA, 0) where margined.
 *
 * @source Basel Framework CRE52.10, CRE52.18
 */
export const replacementCost = (value: number, terms: SaccrNettingSet): number => {
  const uncovered = value - terms.collateral;
  if (!terms.isMargined) return Math.max(uncovered, 0);
  return Math.max(uncovered, (terms.threshold ?? 0) + (terms.minimumTransferAmount ?? 0) - (terms.nica ?? 0), 0);
};

interface Parts {
  readonly cost: number;
  readonly multiplier: number;
  readonly addOn: Explanation;
  readonly exposure: number;
}

/** EAD = 1.4 (RC + multiplier * AddOn) from the value, the terms and the add-on. @source Basel Framework CRE52.1, CRE52.20 */
export const saccrParts = (value: number, terms: SaccrNettingSet, addOn: Explanation): Parts => {
  const amount = Number(addOn.value);
  const cost = replacementCost(value, terms);
  const multiplier = saccrMultiplier(value, terms.collateral, amount);
  return { cost, multiplier, addOn, exposure: alpha * (cost + multiplier * amount) };
};

/**
 * Calculates the exposure at default of one netting set under SA-CCR.
 *
 * A margined set's exposure is capped at that of the same set unmargined; `isCapped = false` leaves the cap out.
 *
 * @throws DomainError badInput naming the trade's row and column
 * @source Basel Framework CRE52.1, CRE52.2
 */
export const saccrExposure = (trades: readonly SaccrTrade[], terms: SaccrNettingSet, isCapped = true): SaccrExposure => {
  const value = trades.reduce((sum, trade) => sum + trade.marketValue, 0);
  const period = terms.isMargined ? (terms.marginPeriodDays ?? 10) : undefined;
  const parts = saccrParts(value, terms, aggregateAddOn(trades, period));
  const unmargined =
    terms.isMargined && isCapped ? saccrParts(value, { ...terms, isMargined: false }, aggregateAddOn(trades, undefined)).exposure : Infinity;
  const exposure = Math.min(parts.exposure, unmargined);
  const part = (name: string, amount: number | string, note = "", unit = "money"): Explanation => ({ name, value: amount, unit, note, from: [] });
  const future = parts.multiplier * Number(parts.addOn.value);
  return {
    nettingSet: terms.nettingSet,
    exposureAtDefault: exposure,
    replacementCost: parts.cost,
    potentialFutureExposure: future,
    multiplier: parts.multiplier,
    addOn: Number(parts.addOn.value),
    explanation: {
      name: "EAD",
      value: exposure,
      unit: "money",
      note: exposure < parts.exposure ? `capped at the unmargined exposure (CRE52.2); ${parts.exposure} without the cap` : "1.4 * (RC + PFE)",
      from: [
        {
          ...part("RC", parts.cost, terms.isMargined ? "max(V - C, TH + MTA - NICA, 0)" : "max(V - C, 0)"),
          from: [part("V", value, `${trades.length} trades`), part("C", terms.collateral, "after haircut, > 0 received")],
        },
        {
          ...part("PFE", future, "multiplier * aggregate add-on"),
          from: [part("multiplier", parts.multiplier, "min(1, 0.05 + 0.95 exp((V - C) / (1.9 AddOn)))", "decimal"), parts.addOn],
        },
        part("margin period", period ?? "unmargined", "business days", period === undefined ? "" : "days"),
      ],
    },
  };
};
