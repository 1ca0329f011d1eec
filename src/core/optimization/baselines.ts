import type { Baseline } from "./allocation-outcome";
import { costPerDayOf, coveredValues, poolUnits, poolValue, type Quantities } from "./collateral-value";
import { postingChanges } from "./movements";
import type { AllocationProblem } from "./problem-shape";

/** Cost and coverage of today's posting and of a cheapest-to-deliver waterfall, beside the optimum. */
export const baselinesOf = (problem: AllocationProblem): Baseline[] => [
  ...(problem.holdings.length > 0 ? [baseline("today", problem, todayQuantities(problem))] : []),
  baseline("waterfall", problem, waterfallQuantities(problem)),
];

/** Units posted today by pair. */
export const todayQuantities = (problem: AllocationProblem): Quantities => Float64Array.from(problem.pairs, (pair) => pair.today);

const baseline = (name: Baseline["name"], problem: AllocationProblem, quantities: Quantities): Baseline => {
  const covered = coveredValues(problem, quantities);
  const shortfalls = problem.demands.map((demand, d) => Math.max(0, demand.required - covered[d]!));
  // What is posted where it is not eligible costs its carry as well.
  const eligible = new Set(problem.pairs.map((pair) => `${pair.supply}|${pair.demand}`));
  const stranded = problem.holdings
    .filter((held) => !eligible.has(`${held.supply}|${held.demand}`))
    .reduce((sum, held) => sum + held.units * problem.supplies[held.supply]!.unitValue * problem.recallCosts(held.supply, held.demand).carryRate, 0);
  return {
    name,
    costPerDay: costPerDayOf(problem, quantities) + (name === "today" ? stranded / problem.settings.dayCount : 0),
    movements: name === "today" ? 0 : postingChanges(problem, quantities).length,
    covered: problem.demands.filter((demand, d) => shortfalls[d]! <= 0.01 * demand.rate).length,
    shortfall: shortfalls.reduce((sum, short) => sum + (short <= 0.01 ? 0 : short), 0),
  };
};

/**
 * Fills agreement by agreement (by priority, then id) with the asset that is cheapest per unit of covered value: what a desk does by hand.
 *
 * Limits and movement costs are not looked at.
 */
export const waterfallQuantities = (problem: AllocationProblem): Quantities => {
  const { pairs, supplies, demands } = problem;
  const quantities = Float64Array.from(pairs, (pair) => pair.atLeast);
  const left = Float64Array.from(supplies, (supply) => supply.available);
  pairs.forEach((pair) => (left[pair.supply]! -= pair.atLeast));
  const order = demands.map((_, d) => d).sort((a, b) => demands[a]!.rank - demands[b]!.rank || a - b);
  const ofDemand: number[][] = demands.map(() => []);
  pairs.forEach((pair, p) => ofDemand[pair.demand]!.push(p));
  for (const d of order) {
    const members = [...(ofDemand[d] ?? [])];
    members.sort((a, b) => pairs[a]!.costs.carryRate / pairs[a]!.valueRatio - pairs[b]!.costs.carryRate / pairs[b]!.valueRatio || a - b);
    let missing = demands[d]!.required - coveredValues(problem, quantities, members)[d]!;
    for (const p of members) {
      if (missing <= 0) break;
      missing -= fill(problem, p, quantities, left, missing);
    }
  }
  return quantities;
};

/** Posts what is missing from one inventory line, as far as it goes, and says what it covers. */
const fill = (problem: AllocationProblem, p: number, quantities: Quantities, left: Float64Array, missing: number): number => {
  const pair = problem.pairs[p]!;
  const supply = problem.supplies[pair.supply]!;
  const room = Math.max(0, Math.min(left[pair.supply]!, pair.atMost - quantities[p]!));
  const needed = pair.pool < 0 ? missing / (supply.unitValue * pair.valueRatio) : unitsForValue(problem, pair.pool, quantities, missing, room);
  const steps = supply.hasLots ? Math.ceil(needed / supply.step) * supply.step : needed;
  const added = supply.hasLots ? Math.min(steps, Math.floor(room / supply.step) * supply.step) : Math.min(steps, room);
  const pool = problem.pools[pair.pool];
  const before = pool === undefined ? 0 : poolValue(pool, poolUnits(pool, quantities));
  quantities[p]! += added;
  left[pair.supply]! -= added;
  return pool === undefined ? added * supply.unitValue * pair.valueRatio : poolValue(pool, poolUnits(pool, quantities)) - before;
};

/** Units that raise a balance by a value, at most `room`: bisection, because slabs make the value a bent line. */
const unitsForValue = (problem: AllocationProblem, index: number, quantities: Quantities, value: number, room: number): number => {
  const pool = problem.pools[index]!;
  const now = poolUnits(pool, quantities);
  const base = poolValue(pool, now);
  if (poolValue(pool, now + room) - base < value) return room;
  let low = 0;
  let high = room;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (poolValue(pool, now + middle) - base < value) low = middle;
    else high = middle;
  }
  return high;
};
