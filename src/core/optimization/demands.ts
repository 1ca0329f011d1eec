import type { Issue } from "../basics/issue";
import type { Explanation } from "../basics/explanation";
import type { AgreementRow } from "../collateral/book";
import type { RateOf } from "./fx-rates";
import type { HoldingBalance } from "./holdings-today";
import type { Demand } from "./problem-shape";
import { rowIssue } from "./row-issue";

/** Requirement of each agreement by its id, >= 0 in the agreement's currency. */
export type RequirementMap = ReadonlyMap<string, { readonly requirement: number; readonly explanation?: Explanation }>;

/** Turns agreements into demands in base currency; over-post caps are filled in when the pairs are known. */
export const buildDemands = (
  agreements: readonly AgreementRow[],
  requirements: RequirementMap,
  balances: readonly HoldingBalance[],
  rateOf: RateOf,
  issues: Issue[],
): Demand[] => {
  const ranks = serviceRanks(agreements);
  return agreements.map((row, index) => {
    const rate = rateOf(row.currency);
    if (rate === undefined) {
      issues.push(
        rowIssue(
          row.origin,
          "error",
          "missing-fx",
          `No fx rate for ${row.currency}, the currency of ${row.agreementId}.`,
          `Add ${row.currency} to tblFx.`,
        ),
      );
    }
    const given = requirements.get(row.agreementId);
    const requirement = given?.requirement ?? row.requirement;
    if (requirement === undefined) {
      issues.push(
        rowIssue(
          row.origin,
          "error",
          "blank-requirement",
          `${row.agreementId} has no requirement.`,
          "Fill requirement, or the terms that it is computed from.",
        ),
      );
    }
    const debt = balances
      .filter((balance) => balance.agreement === row && balance.debt > 0)
      .reduce((sum, balance) => sum + balance.debt * balance.asset.price * (rateOf(balance.asset.priceCurrency) ?? 0), 0);
    const amount = Math.max(0, requirement ?? 0);
    return {
      row,
      agreementId: row.agreementId,
      rate: rate ?? 1,
      requirement: amount,
      debt,
      required: amount * (rate ?? 1) + debt,
      overPostCap: 0,
      roundingRoom: 0,
      heldAnyway: 0,
      rank: ranks[index] ?? 0,
      // Variation margin is due first when priorities are equal.
      weight: row.marginType === "VM" ? 2 : 1,
      ...(given?.explanation === undefined ? {} : { explanation: given.explanation }),
    };
  });
};

/** Ranks priorities 1, 2, ... from 0 without gaps; agreements without a priority come last. */
const serviceRanks = (agreements: readonly AgreementRow[]): number[] => {
  const priorities = agreements.map((row) => row.priority ?? Infinity);
  const levels = [...new Set(priorities)].sort((a, b) => a - b);
  return priorities.map((priority) => levels.indexOf(priority));
};
