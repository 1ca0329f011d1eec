import { pairValues, type Quantities } from "./collateral-value";
import type { AllocationProblem, LimitCase } from "./problem-shape";

/** What hard maximums still allow while postings are added one by one. */
export interface LimitRoom {
  /** Units of a pair that every limit on it still allows. @param ratio value per market value of the next unit */
  unitsOf(p: number, ratio: number): number;
  /** Counts units that were added and what they cover, base currency. */
  note(p: number, units: number, value: number): void;
}

/**
 * Starts counting against the hard maximums of the book.
 *
 * A share of what is posted is measured against what will be posted when the calls in its scope are covered.
 *
 * @param quantities units posted already
 */
export const createLimitRoom = (problem: AllocationProblem, quantities: Quantities): LimitRoom => {
  const limitsOf = new Map<number, number[]>();
  const used = new Float64Array(problem.limits.length);
  const total = totalsWhenCovered(problem);
  const values = pairValues(problem, quantities);
  problem.limits.forEach((limit, l) => {
    if (limit.isSoft || limit.direction !== "max") return;
    for (const p of limit.members) {
      const known = limitsOf.get(p);
      if (known === undefined) limitsOf.set(p, [l]);
      else known.push(l);
      used[l]! += limitWeight(problem, limit, p, quantities[p]!, values[p]!);
    }
  });
  return {
    unitsOf: (p, ratio) =>
      (limitsOf.get(p) ?? []).reduce((least, l) => {
        const limit = problem.limits[l]!;
        if (limit.appliesAbove !== undefined && total[l]! <= limit.appliesAbove) return least;
        const each = limitWeight(problem, limit, p, 1, problem.supplies[problem.pairs[p]!.supply]!.unitValue * ratio);
        return each <= 0 ? least : Math.min(least, Math.max(0, limitAmount(limit, total[l]!) - used[l]!) / each);
      }, Infinity),
    note: (p, units, value) => {
      for (const l of limitsOf.get(p) ?? []) used[l]! += limitWeight(problem, problem.limits[l]!, p, units, value);
    },
  };
};

/** The amount of a limit where `total` is posted in its scope. */
export const limitAmount = (limit: LimitCase, total: number): number =>
  Math.max(limit.basis === "posted" ? limit.limit * total : limit.limit, limit.basis === "units" ? 0 : (limit.orAmount ?? 0));

/** What units of a pair weigh in a limit: units, market value or value after haircut. */
export const limitWeight = (problem: AllocationProblem, limit: LimitCase, p: number, units: number, value: number): number => {
  if (limit.basis === "units") return units;
  return limit.valueBasis === "market" ? units * problem.supplies[problem.pairs[p]!.supply]!.unitValue : value;
};

/** Value after haircut is what is required, market value is at least that. */
const totalWhenCovered = (problem: AllocationProblem, limit: LimitCase): number =>
  [...new Set(limit.scope.map((p) => problem.pairs[p]!.demand))].reduce((sum, d) => sum + problem.demands[d]!.required, 0);

/** What will be posted in the scope of every limit when its calls are covered; limits of one scope share its list of pairs, which is gone through once. */
export const totalsWhenCovered = (problem: AllocationProblem): Float64Array => {
  const known = new Map<readonly number[], number>();
  return Float64Array.from(problem.limits, (limit) => {
    const total = known.get(limit.scope) ?? totalWhenCovered(problem, limit);
    known.set(limit.scope, total);
    return total;
  });
};

/** Counts the hard limits, maximums and minimums, that quantities break by more than a cent, which is rounding. */
export const brokenLimits = (problem: AllocationProblem, quantities: Quantities): number => {
  const values = pairValues(problem, quantities);
  // Limits of one scope share its list of pairs: thousands of limits on single assets go through it once.
  const totals = new Map<string, Map<readonly number[], number>>();
  const sumOf = (key: string, pairs: readonly number[], weight: (p: number) => number): number => {
    const known = totals.get(key) ?? new Map<readonly number[], number>();
    totals.set(key, known);
    const sum = known.get(pairs) ?? pairs.reduce((all, p) => all + weight(p), 0);
    known.set(pairs, sum);
    return sum;
  };
  return problem.limits.filter((limit) => {
    if (limit.isSoft) return false;
    const weightOf = (p: number): number => limitWeight(problem, limit, p, quantities[p]!, values[p]!);
    const weigh = (pairs: readonly number[]): number => pairs.reduce((sum, p) => sum + weightOf(p), 0);
    const total = sumOf(limit.basis === "units" ? "units" : limit.valueBasis, limit.scope, weightOf);
    const size = limit.basis === "units" ? sumOf("size", limit.scope, (p) => values[p]!) : total;
    if (limit.appliesAbove !== undefined && size <= limit.appliesAbove) return false;
    const off = weigh(limit.members) - limitAmount(limit, total);
    return (limit.direction === "max" ? off : -off) > problem.cent + 1e-9 * total;
  }).length;
};
