import { coveredValues, poolUnits, poolValue, type Quantities } from "./collateral-value";
import { createLimitRoom, type LimitRoom } from "./limit-room";
import { allSlices } from "./model-rows/pool-rows";
import type { AllocationProblem } from "./problem-shape";

/**
 * Fills agreement by agreement (by priority, then id), always with what is cheapest per unit of covered value: what a desk does by hand.
 *
 * A tiered asset is taken slab by slab. Inventory, pins, whole lots, smallest pieces and maximum limits are kept; minimums, movement costs,
 * caps on movements and the liquidity buffer are not looked at.
 */
export const waterfallQuantities = (problem: AllocationProblem): Quantities => {
  const { pairs, supplies, demands } = problem;
  const quantities = Float64Array.from(pairs, (pair) => pair.atLeast);
  const left = Float64Array.from(supplies, (supply) => supply.available);
  pairs.forEach((pair) => (left[pair.supply]! -= pair.atLeast));
  const order = demands.map((_, d) => d).sort((a, b) => demands[a]!.rank - demands[b]!.rank || a - b);
  const ofDemand: number[][] = demands.map(() => []);
  pairs.forEach((pair, p) => ofDemand[pair.demand]!.push(p));
  const state = { problem, quantities, left, room: createLimitRoom(problem, quantities) };
  for (const d of order) fillDemand(state, d, ofDemand[d]!);
  return quantities;
};

interface Filling {
  readonly problem: AllocationProblem;
  readonly quantities: Quantities;
  readonly left: Float64Array;
  readonly room: LimitRoom;
}

/** Cents below which nothing is missing. */
const nothing = 1e-7;

const fillDemand = (filling: Filling, d: number, members: readonly number[]): void => {
  const { problem, quantities } = filling;
  const { pairs, demands } = problem;
  let missing = demands[d]!.required - coveredValues(problem, quantities, members)[d]!;
  const open = new Set(members);
  while (missing > nothing * problem.cent && open.size > 0) {
    let best = -1;
    let least = Infinity;
    for (const p of open) {
      const { ratio } = currentSlab(problem, p, quantities);
      const cost = ratio > 0 ? pairs[p]!.costs.carryRate / ratio : Infinity;
      if (cost < least) [best, least] = [p, cost];
    }
    if (best < 0) return;
    const gained = fill(filling, best, missing);
    // Where the room grows with what is posted, ever smaller gains would never end.
    if (gained <= nothing * problem.cent) open.delete(best);
    missing -= gained;
  }
};

/** The slab that the next unit falls into, and how many units it still takes. */
const currentSlab = (problem: AllocationProblem, p: number, quantities: Quantities): { ratio: number; units: number } => {
  const pair = problem.pairs[p]!;
  const pool = problem.pools[pair.pool];
  if (pool === undefined) return { ratio: pair.valueRatio, units: Infinity };
  const slices = allSlices(pool);
  if (pool.mode === "cliff") return { ratio: slices[0]?.ratio ?? 0, units: Infinity };
  let before = poolUnits(pool, quantities);
  for (const slice of slices) {
    if (before < slice.units * (1 - 1e-12)) return { ratio: slice.ratio, units: slice.units - before };
    before = Math.max(0, before - slice.units);
  }
  return { ratio: 0, units: Infinity };
};

/** Posts what is missing from one inventory line, at most up to the end of its slab, and says what it covers. */
const fill = ({ problem, quantities, left, room }: Filling, p: number, missing: number): number => {
  const pair = problem.pairs[p]!;
  const supply = problem.supplies[pair.supply]!;
  const slab = currentSlab(problem, p, quantities);
  const most = Math.max(0, Math.min(left[pair.supply]!, pair.atMost - quantities[p]!, room.unitsOf(p, slab.ratio)));
  const pool = problem.pools[pair.pool];
  const wanted = pool?.mode === "cliff" ? unitsForValue(problem, pair.pool, quantities, missing, most) : missing / (supply.unitValue * slab.ratio);
  let added = Math.min(wanted, slab.units);
  if (quantities[p]! <= pair.today && quantities[p]! + added > pair.today) {
    // A delivery below the smallest piece is not made.
    added = Math.max(added, pair.today - quantities[p]! + pair.costs.minimumPiece / supply.unitValue);
    if (pair.costs.minimumPiece > 0 && added > most) return 0;
  }
  if (supply.hasLots) {
    const after = Math.ceil((quantities[p]! + added) / supply.step - 1e-9) * supply.step;
    added = after - quantities[p]!;
    if (added > most) added = Math.floor((quantities[p]! + most) / supply.step + 1e-9) * supply.step - quantities[p]!;
  }
  added = Math.min(added, most);
  if (added * supply.unitValue <= nothing * problem.cent) return 0;
  const before = pool === undefined ? 0 : poolValue(pool, poolUnits(pool, quantities));
  quantities[p]! += added;
  left[pair.supply]! -= added;
  const gained = pool === undefined ? added * supply.unitValue * pair.valueRatio : poolValue(pool, poolUnits(pool, quantities)) - before;
  room.note(p, added, gained);
  return gained;
};

/** Units that raise a balance by a value, at most `room`: bisection, because a cliff makes the value jump. */
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
