import type { AllocationOutcome, RuleCheck, UnmetMinimum } from "../allocation-outcome";
import { same } from "./book-facts";
import { startTally } from "./rule-tally";

/** A minimum that the quantities do not reach, or a maximum that they exceed, as the checker sees it. Amounts in base currency, or units of an asset for pins. */
export interface SeenMiss {
  /** A minimum, or a maximum that what is locked exceeds. */
  readonly kind: UnmetMinimum["kind"] | "maximum";
  readonly row: number;
  readonly scope: string;
  readonly group: string;
  readonly needed: number;
  readonly reached: number;
  /** What one of the declared unit is worth in these amounts. */
  readonly worth: number;
  readonly unit: string;
}

/** The minimums that an outcome says it misses, held against what the checker sees. */
export interface DeclaredMisses {
  /** True where the outcome declares this miss; its amounts are then checked. */
  admits(seen: SeenMiss, tolerance: number): boolean;
  /** The check of all declarations: right amounts, nothing declared that is met. */
  result(): RuleCheck;
}

/** Starts the comparison: every hard minimum that is missed must be declared with its amounts, or the check of its rule fails. */
export const declaredMisses = (outcome: AllocationOutcome): DeclaredMisses => {
  const exceeded = (outcome.exceeded ?? []).map((one) => ({
    ...one,
    kind: "maximum" as const,
    needed: one.allowed,
    reached: one.posted,
    missing: -one.excess,
  }));
  const tally = startTally(exceeded.length === 0 ? "Minimums not met" : "Minimums not met, limits exceeded", "money or units");
  const open = new Set([...(outcome.unmet ?? []), ...exceeded]);
  return {
    admits: (seen, tolerance) => {
      const told = [...open].find(
        (one) => one.kind === seen.kind && one.row === seen.row && same(one.scope, seen.scope) && same(one.group, seen.group),
      );
      if (told === undefined) return false;
      open.delete(told);
      const off = Math.max(
        Math.abs(told.needed * seen.worth - seen.needed),
        Math.abs(told.reached * seen.worth - seen.reached),
        Math.abs((told.needed - told.reached - told.missing) * seen.worth),
      );
      tally.note(same(told.unit, seen.unit) ? off : Infinity, tolerance, told.name);
      return true;
    },
    result: () => {
      for (const told of open) tally.note(Infinity, 0, `${told.name} ${told.kind === "maximum" ? "is not exceeded" : "is met"}`);
      return tally.result();
    },
  };
};
