import type { RuleCheck } from "../allocation-outcome";

/** Counts the instances of one rule and keeps the largest violation. */
export interface RuleTally {
  /**
   * Notes one instance.
   *
   * @param violation by how much the rule is broken; 0 or less when it holds
   * @param tolerance what is still taken as held
   */
  note(violation: number, tolerance: number, detail: string): void;
  result(): RuleCheck;
}

/** Starts the tally of a rule. */
export const startTally = (rule: string, unit: string): RuleTally => {
  let count = 0;
  let worst = 0;
  let passed = true;
  let detail = "";
  return {
    note: (violation, tolerance, where) => {
      count += 1;
      // A violation that is no number is the worst of all.
      const size = Number.isNaN(violation) ? Infinity : Math.max(0, violation);
      const isBroken = size > tolerance;
      if (size > worst) {
        worst = size;
        detail = where;
      }
      if (isBroken) passed = false;
    },
    result: () => ({ rule, count, largestViolation: worst, unit, passed, detail: passed && worst === 0 ? "" : detail }),
  };
};

/**
 * Money within which amounts count as equal: 0.01, or what is worth a cent of base currency where that is less; or a 1e-11th of large amounts.
 *
 * @param cent base currency that is a trifle, from the facts
 * @param rate base currency per unit of the money
 */
export const moneyTolerance = (amount: number, cent: number, rate = 1): number => Math.max(Math.min(0.01, cent / rate), Math.abs(amount) * 1e-11);
