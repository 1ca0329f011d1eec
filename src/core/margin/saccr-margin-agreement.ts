import type { Explanation } from "../basics/explanation";
import { aggregateAddOn } from "./saccr-add-on";
import { saccrExposure, saccrMultiplier, type SaccrNettingSet } from "./saccr-exposure";
import type { SaccrTrade } from "./saccr-trade";

/** One netting set under a margin agreement that covers several. */
export interface CoveredNettingSet {
  readonly terms: SaccrNettingSet;
  readonly trades: readonly SaccrTrade[];
}

/** Exposure at default of a margin agreement that covers several netting sets. */
export interface SaccrAgreementExposure {
  readonly exposureAtDefault: number;
  readonly replacementCost: number;
  readonly potentialFutureExposure: number;
  readonly explanation: Explanation;
}

const alpha = 1.4;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Shares collateral out among the netting sets, for their multipliers: first up to the market values of its own sign, what is left of collateral
 * received in proportion to the add-ons.
 *
 * @returns amounts that add up to the collateral; undefined where more is posted than the negative market values: every multiplier is then 1
 * @source Basel Framework CRE52.76 FAQ1
 */
export const allocateCollateral = (collateral: number, values: readonly number[], addOns: readonly number[]): readonly number[] | undefined => {
  const sign = collateral < 0 ? -1 : 1;
  const amount = Math.abs(collateral);
  const first = values.map((value) => Math.max(0, sign * value));
  const needed = sum(first);
  if (amount <= needed) return first.map((part) => (needed === 0 ? 0 : (sign * amount * part) / needed));
  if (sign < 0) return undefined;
  const left = amount - needed;
  const weight = sum(addOns);
  return first.map((part, index) => part + left * (weight === 0 ? 1 / values.length : (addOns[index] ?? 0) / weight));
};

/**
 * Calculates the exposure at default of one margin agreement over several netting sets:
 * RC = max(sum max(V, 0) - max(C, 0), 0) + max(sum min(V, 0) - min(C, 0), 0), and the sum of the unmargined PFEs.
 *
 * @param sets their `collateral` amounts are added to the agreement's C (variation margin and independent amounts)
 * @throws DomainError badInput naming the trade's row and column
 * @source Basel Framework CRE52.75, CRE52.76 with FAQ1
 */
export const saccrAgreementExposure = (agreement: string, sets: readonly CoveredNettingSet[]): SaccrAgreementExposure => {
  const values = sets.map((set) => sum(set.trades.map((trade) => trade.marketValue)));
  const addOns = sets.map((set) => aggregateAddOn(set.trades, undefined));
  const amounts = addOns.map((addOn) => Number(addOn.value));
  const collateral = sum(sets.map((set) => set.terms.collateral));
  const owed = sum(values.map((value) => Math.max(0, value)));
  const owing = sum(values.map((value) => Math.min(0, value)));
  const cost = Math.max(0, owed - Math.max(0, collateral)) + Math.max(0, owing - Math.min(0, collateral));
  const allocated = allocateCollateral(collateral, values, amounts);
  const futures = sets.map((set, index): Explanation => {
    const [value, amount, share] = [values[index] ?? 0, amounts[index] ?? 0, allocated?.[index]];
    const multiplier = share === undefined ? 1 : saccrMultiplier(value, share, amount);
    const note =
      share === undefined ? "more is posted than is owed: multiplier 1" : `V ${value}, ${share} of the collateral, multiplier ${multiplier}`;
    const from = addOns[index] === undefined ? [] : [addOns[index]];
    return { name: `PFE ${set.terms.nettingSet}`, value: multiplier * amount, unit: "money", note, from };
  });
  const future = sum(futures.map((part) => Number(part.value)));
  const exposure = alpha * (cost + future);
  const leaf = (name: string, value: number, note: string): Explanation => ({ name, value, unit: "money", note, from: [] });
  return {
    exposureAtDefault: exposure,
    replacementCost: cost,
    potentialFutureExposure: future,
    explanation: {
      name: `EAD ${agreement}`,
      value: exposure,
      unit: "money",
      note: `1.4 * (RC + PFE), one margin agreement over ${sets.length} netting sets (CRE52.75)`,
      from: [
        {
          ...leaf("RC", cost, "max(sum max(V, 0) - max(C, 0), 0) + max(sum min(V, 0) - min(C, 0), 0)"),
          from: [
            leaf("sum max(V, 0)", owed, "owed to us, netting set by netting set"),
            leaf("sum min(V, 0)", owing, "owed by us"),
            leaf("C", collateral, "collateral of the agreement, > 0 received"),
          ],
        },
        { ...leaf("PFE", future, "sum of the unmargined PFEs of the netting sets (CRE52.76)"), from: futures },
      ],
    },
  };
};

/** An exposure under the name of its netting set or margin agreement. */
export interface NamedExposure {
  readonly name: string;
  readonly value: number;
  readonly explanation: Explanation;
}

const warning: Explanation = { name: "warning", value: "unverified", unit: "", note: "a crypto factor from memory was used", from: [] };

/**
 * Calculates the exposures of netting sets: those that share a margin agreement together, the others alone; in the order in which they appear.
 *
 * @throws DomainError badInput naming the trade's row and column
 */
export const saccrAnswers = (sets: readonly CoveredNettingSet[], isCapped: boolean): readonly NamedExposure[] => {
  const groups = new Map<string, CoveredNettingSet[]>();
  for (const set of sets) {
    const { marginAgreement, nettingSet } = set.terms;
    const key = marginAgreement === undefined ? `set ${nettingSet}` : `agreement ${marginAgreement}`;
    groups.set(key, [...(groups.get(key) ?? []), set]);
  }
  return [...groups.values()].map((members) => {
    const [only] = members;
    const name = (members.length > 1 ? only?.terms.marginAgreement : only?.terms.nettingSet) ?? "";
    const answer =
      members.length === 1 && only !== undefined ? saccrExposure(only.trades, only.terms, isCapped) : saccrAgreementExposure(name, members);
    const isUnverified = members.some((set) => set.trades.some((trade) => trade.parameters.status === "unverified"));
    const from = isUnverified ? [warning, ...answer.explanation.from] : answer.explanation.from;
    return { name, value: answer.exposureAtDefault, explanation: { ...answer.explanation, name: "EAD", from } };
  });
};
