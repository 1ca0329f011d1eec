import type { AllocationProblem, ValuePool } from "./problem-shape";

/** The part of a problem that values need. */
export type Valued = Pick<AllocationProblem, "pairs" | "pools" | "supplies" | "demands">;

/** Units posted after the run, by pair of the problem. */
export type Quantities = Float64Array;

/**
 * Values a balance in its slabs, base currency: the debt in full first, then slab by slab, or all at the last slab's ratio where
 * the rule is a cliff.
 */
export const poolValue = (pool: ValuePool, units: number): number => {
  const repaid = Math.min(units, pool.debt);
  let left = units - repaid;
  let value = repaid;
  if (pool.mode === "cliff") {
    let upTo = 0;
    const band = pool.slices.find((slice) => (upTo += slice.units) >= left * (1 - 1e-12)) ?? pool.slices[pool.slices.length - 1];
    return (value + left * (band?.ratio ?? 0)) * pool.unitValue;
  }
  for (const slice of pool.slices) {
    const part = Math.min(left, slice.units);
    value += part * slice.ratio;
    left -= part;
    if (left <= 0) break;
  }
  return value * pool.unitValue;
};

/** Units of all inventory lines of a pool together. */
export const poolUnits = (pool: ValuePool, quantities: Quantities): number => pool.pairs.reduce((sum, pair) => sum + quantities[pair]!, 0);

/** Collateral value of every pair, base currency; a slab value is shared by units between the inventory lines. */
export const pairValues = (problem: Valued, quantities: Quantities): Float64Array => {
  const values = new Float64Array(problem.pairs.length);
  problem.pairs.forEach((pair, p) => {
    if (pair.pool < 0) values[p] = quantities[p]! * problem.supplies[pair.supply]!.unitValue * pair.valueRatio;
  });
  for (const pool of problem.pools) {
    const units = poolUnits(pool, quantities);
    if (units <= 0) continue;
    const value = poolValue(pool, units);
    for (const pair of pool.pairs) values[pair] = (value * quantities[pair]!) / units;
  }
  return values;
};

/** Collateral value at every demand, base currency; of some pairs only, if named. */
export const coveredValues = (problem: Valued, quantities: Quantities, only?: readonly number[]): Float64Array => {
  const covered = new Float64Array(problem.demands.length);
  if (only === undefined) {
    const values = pairValues(problem, quantities);
    problem.pairs.forEach((pair, p) => (covered[pair.demand]! += values[p]!));
    return covered;
  }
  const pools = new Set<number>();
  for (const p of only) {
    const pair = problem.pairs[p]!;
    if (pair.pool >= 0) pools.add(pair.pool);
    else covered[pair.demand]! += quantities[p]! * problem.supplies[pair.supply]!.unitValue * pair.valueRatio;
  }
  for (const index of pools) covered[problem.pools[index]!.demand]! += poolValue(problem.pools[index]!, poolUnits(problem.pools[index]!, quantities));
  return covered;
};

/** Carrying cost of quantities, base currency per day. */
export const costPerDayOf = (problem: AllocationProblem, quantities: Quantities): number =>
  problem.pairs.reduce((sum, pair, p) => sum + quantities[p]! * problem.supplies[pair.supply]!.unitValue * pair.costs.carryRate, 0) /
  problem.settings.dayCount;
