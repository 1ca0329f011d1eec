import { coveredValues, poolUnits, poolValue, type Quantities } from "./collateral-value";
import { coverTolerance } from "./cover-tolerance";
import type { AllocationProblem } from "./problem-shape";

/**
 * Writes quantities in steps that can be delivered, so that what the solver covered stays covered.
 *
 * Every quantity is first cut to the step below; then each agreement gets back what the cutting took, in the finest steps, within inventory.
 * A quantity within half a step of today's is today's: no movement for rounding.
 *
 * @param exact units by pair as solved
 * @returns units by pair, multiples of the supply's step, or today's quantity, or all that is left of the line
 */
export const roundQuantities = (problem: AllocationProblem, exact: Quantities): Quantities => {
  const { pairs, supplies, demands } = problem;
  const rounded = new Float64Array(pairs.length);
  const target = coveredValues(problem, exact);
  const left: Left = {
    all: Float64Array.from(supplies, (supply) => supply.available),
    // What comes back in this run is not there to be delivered.
    fresh: Float64Array.from(supplies, (supply) =>
      problem.settings.sameDayReuse ? supply.available : Math.max(0, supply.available - supply.postedToday),
    ),
  };
  pairs.forEach((pair, p) => {
    rounded[p] = cutToStep(problem, p, exact[p]!);
    left.all[pair.supply]! -= rounded[p]!;
    left.fresh[pair.supply]! -= Math.max(0, rounded[p]! - pair.today);
  });
  const ofDemand: number[][] = demands.map(() => []);
  pairs.forEach((pair, p) => {
    if (exact[p]! > 0 || rounded[p]! > 0) ofDemand[pair.demand]!.push(p);
  });
  demands.forEach((demand, d) => {
    // The solver may be short by its own tolerance: aim at the whole requirement when it is that close.
    const solved = target[d]!;
    const goal = solved > demand.required - Math.max(problem.cent, demand.required * 1e-7) ? demand.required : solved;
    topUp(problem, d, ofDemand[d]!, goal, rounded, left);
  });
  return rounded;
};

/** Units of each supply that are not given out: of all, and of what may be newly delivered. */
interface Left {
  readonly all: Float64Array;
  readonly fresh: Float64Array;
}

const cutToStep = (problem: AllocationProblem, p: number, units: number): number => {
  const pair = problem.pairs[p]!;
  const supply = problem.supplies[pair.supply]!;
  if (units <= 0) return 0;
  if (Math.abs(units - pair.today) <= 0.5 * (supply.hasLots ? 1e-6 * supply.step : supply.step)) return pair.today;
  // Nobody moves less than a cent; what it would have covered is made up by lines that move anyhow.
  const isDust = !supply.hasLots && Math.abs(units - pair.today) * supply.unitValue < problem.cent;
  if (isDust && pair.today >= pair.atLeast && pair.today <= pair.atMost && (units > pair.today || !problem.settings.sameDayReuse)) return pair.today;
  // Less than half a cent is below what an engine tells from nothing: no delivery of its own.
  if (units * supply.unitValue < problem.cent * (pair.today > 0 ? 1e-4 : 0.5) && pair.atLeast <= 0) return 0;
  // A ten-thousandth below a step is engine noise, not a smaller quantity.
  const steps = Math.floor(units / supply.step + 1e-4);
  const cut = tidy(steps * supply.step);
  // Bounds from pins and locks need not be multiples of the step.
  return Math.min(Math.max(cut, pair.atLeast), Math.max(pair.atLeast, Math.min(pair.atMost, supply.available)));
};

/** Takes off the binary dust of a multiplication, such as 0.30000000000000004. */
const tidy = (value: number): number => Number(value.toPrecision(15));

const topUp = (problem: AllocationProblem, d: number, members: readonly number[], goal: number, rounded: Quantities, left: Left): void => {
  const { pairs, supplies } = problem;
  const stepValue = (p: number): number => supplies[pairs[p]!.supply]!.step * supplies[pairs[p]!.supply]!.unitValue;
  // A line that the engine's noise alone opened would be one delivery of next to nothing: it comes after the lines that are there anyway.
  const opensLine = (p: number): number => (rounded[p] === 0 || supplies[pairs[p]!.supply]!.hasLots ? 1 : 0);
  const order = [...members].sort(
    (a, b) => opensLine(a) - opensLine(b) || stepValue(a) - stepValue(b) || pairs[a]!.costs.carryRate - pairs[b]!.costs.carryRate || a - b,
  );
  const { rate } = problem.demands[d]!;
  const trifle = coverTolerance(rate, problem.cent, goal / rate) * rate;
  for (const p of order) {
    const missing = goal - coveredValues(problem, rounded, members)[d]!;
    if (missing <= Math.max(1e-7 * problem.cent, goal * 1e-12)) return;
    const pair = pairs[p]!;
    const supply = supplies[pair.supply]!;
    // A cent on a line that is left alone would be one movement more.
    if (pair.today > 0 && rounded[p] === pair.today && countsMovements(problem, p)) continue;
    // Nor is a whole lot posted for what counts as covered anyhow: it might break a limit.
    if (supply.hasLots && missing <= 0.95 * trifle) continue;
    if (rounded[p] === pair.today && missing <= 0.2 * trifle) continue;
    const gain = marginalValue(problem, rounded, p, supply.step);
    if (gain <= 0) continue;
    const wanted = Math.ceil(missing / gain - 1e-9) * supply.step;
    const free = left.fresh[pair.supply]! + Math.max(0, pair.today - rounded[p]!);
    const room = Math.min(left.all[pair.supply]!, free, pair.atMost - rounded[p]!, roomInBand(problem, rounded, p, supply.step));
    const added = wanted <= room ? wanted : supply.hasLots ? Math.floor(room / supply.step + 1e-9) * supply.step : room;
    if (added <= 0) continue;
    const next = tidy(rounded[p]! + added);
    left.all[pair.supply]! -= next - rounded[p]!;
    left.fresh[pair.supply]! -= Math.max(0, next - Math.max(pair.today, rounded[p]!));
    rounded[p] = next;
  }
};

/** Units, in steps, that a cliff still takes before its next slab: a trace more would take value off the whole balance. */
const roomInBand = (problem: AllocationProblem, rounded: Quantities, p: number, step: number): number => {
  const pool = problem.pools[problem.pairs[p]!.pool];
  if (pool === undefined || pool.mode !== "cliff") return Infinity;
  const units = poolUnits(pool, rounded);
  let upTo = pool.debt;
  const isIn = pool.slices.some((slice) => (upTo += slice.units) >= units * (1 - 1e-12));
  return isIn ? Math.max(0, Math.floor((upTo - units) / step + 1e-6) * step) : Infinity;
};

const countsMovements = (problem: AllocationProblem, p: number): boolean => {
  const { deliverFixed, minimumPiece } = problem.pairs[p]!.costs;
  return problem.caps.length > 0 || deliverFixed > 0 || minimumPiece > 0;
};

const marginalValue = (problem: AllocationProblem, rounded: Quantities, p: number, step: number): number => {
  const pair = problem.pairs[p]!;
  if (pair.pool < 0) return step * problem.supplies[pair.supply]!.unitValue * pair.valueRatio;
  const pool = problem.pools[pair.pool]!;
  const units = poolUnits(pool, rounded);
  return poolValue(pool, units + step) - poolValue(pool, units);
};
