import { coveredValues, poolUnits, poolValue, type Quantities } from "./collateral-value";
import { createLimitRoom, type LimitRoom } from "./limit-room";
import { inventoryRoom, reuseOf } from "./inventory-reuse";
import { allSlices } from "./model-rows/pool-rows";
import type { AllocationProblem } from "./problem-shape";

/** How the waterfall is filled; by default as a desk would from nothing. */
export interface WaterfallOptions {
  /** What is posted before it begins, units by pair; default what must stay. */
  readonly from?: Quantities;
  /** True where what is recalled in a run is not posted again in it, as the model has it. */
  readonly isApart?: boolean;
  /** True where the cost of moving counts beside the carry. */
  readonly countsMovements?: boolean;
}

/**
 * Fills agreement by agreement (by priority, then id), always with what is cheapest per unit of covered value: what a desk does by hand.
 *
 * A tiered asset is taken slab by slab. Inventory, pins, whole lots, smallest pieces and maximum limits are kept; minimums, caps on movements
 * and the liquidity buffer are not looked at, movement costs only where that is asked for.
 */
export const waterfallQuantities = (
  problem: AllocationProblem,
  { from, isApart = false, countsMovements = false }: WaterfallOptions = {},
): Quantities => {
  const { pairs, supplies, demands, settings } = problem;
  const quantities = Float64Array.from(pairs, (pair, p) => Math.max(pair.atLeast, from?.[p] ?? 0));
  const stays = Uint8Array.from(supplies, (supply) => (isApart && reuseOf(supply, settings) === "apart" ? 1 : 0));
  const isShut = Uint8Array.from(supplies, (supply) => (isApart && reuseOf(supply, settings) === "none" ? 1 : 0));
  const left = Float64Array.from(supplies, (supply, s) => (stays[s] === 1 ? inventoryRoom(supply, settings) : supply.available));
  pairs.forEach((pair, p) => (left[pair.supply]! -= Math.max(0, quantities[p]! - (stays[pair.supply] === 1 ? pair.today : 0))));
  const order = demands.map((_, d) => d).sort((a, b) => demands[a]!.rank - demands[b]!.rank || a - b);
  const ofDemand: number[][] = demands.map(() => []);
  pairs.forEach((pair, p) => ofDemand[pair.demand]!.push(p));
  const state = { problem, quantities, left, stays, isShut, countsMovements, room: createLimitRoom(problem, quantities) };
  for (const d of order) fillDemand(state, d, ofDemand[d]!);
  return quantities;
};

interface Filling {
  readonly problem: AllocationProblem;
  readonly quantities: Quantities;
  /** Units of each line that may still be posted; where it stays apart, delivered. */
  readonly left: Float64Array;
  /** By line: 1 where what is posted today may stay beside that. */
  readonly stays: Uint8Array;
  /** By line: 1 where nothing new may be delivered. */
  readonly isShut: Uint8Array;
  readonly countsMovements: boolean;
  readonly room: LimitRoom;
}

/** Cents below which nothing is missing. */
const nothing = 1e-7;

const fillDemand = (filling: Filling, d: number, members: readonly number[]): void => {
  const { problem, quantities } = filling;
  const { pairs, demands } = problem;
  let missing = demands[d]!.required - coveredValues(problem, quantities, members)[d]!;
  // Without slabs and movements a price never changes: these pairs stand in their order, the others are looked at each time.
  const isFixed = (p: number): boolean => !filling.countsMovements && pairs[p]!.pool < 0;
  const prices = new Map(members.filter(isFixed).map((p) => [p, priceOf(filling, p, missing)]));
  const inOrder = [...prices.keys()].filter((p) => prices.get(p)! < Infinity).sort((p, q) => prices.get(p)! - prices.get(q)! || p - q);
  const open = new Set(members.filter((p) => !isFixed(p)));
  let next = 0;
  while (missing > nothing * problem.cent) {
    const first = inOrder[next];
    let best = first ?? -1;
    let least = first === undefined ? Infinity : prices.get(first)!;
    for (const p of open) {
      const cost = priceOf(filling, p, missing);
      if (cost < least || (cost === least && p < best)) [best, least] = [p, cost];
    }
    if (best < 0) return;
    const gained = fill(filling, best, missing);
    // Where the room grows with what is posted, ever smaller gains would never end.
    if (gained <= nothing * problem.cent && !open.delete(best)) next += 1;
    missing -= gained;
  }
};

/** Cost of the next unit of value, a year. */
const priceOf = (filling: Filling, p: number, missing: number): number => {
  const { ratio } = currentSlab(filling.problem, p, filling.quantities);
  if (ratio <= 0) return Infinity;
  return (filling.problem.pairs[p]!.costs.carryRate + (filling.countsMovements ? movementRate(filling, p, missing / ratio) : 0)) / ratio;
};

/** What moving adds to the carry of a pair, a year: what stays saves its recall, what is delivered spreads its fixed cost over what is missing. */
const movementRate = ({ problem, quantities, left }: Filling, p: number, wanted: number): number => {
  const { supply, today, costs } = problem.pairs[p]!;
  const { unitValue } = problem.supplies[supply]!;
  const { horizonDays, dayCount } = problem.settings;
  const perYear = dayCount / Math.max(1, horizonDays);
  if (quantities[p]! < today) return -perYear * (costs.recallRate + costs.recallFixed / (today * unitValue));
  const isMoved = quantities[p]! > today;
  const amount = Math.max(problem.cent, Math.min(wanted, left[supply]! * unitValue));
  return perYear * (costs.deliverRate + (isMoved ? 0 : costs.deliverFixed / amount));
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
const fill = ({ problem, quantities, left, stays, isShut, countsMovements, room }: Filling, p: number, missing: number): number => {
  const pair = problem.pairs[p]!;
  const supply = problem.supplies[pair.supply]!;
  const slab = currentSlab(problem, p, quantities);
  // What is posted today may stay without drawing on what is free.
  const staying = Math.max(0, pair.today - quantities[p]!);
  const beside = stays[pair.supply] === 1 ? staying : 0;
  // What stays has a price of its own.
  const mostNew = isShut[pair.supply] === 1 || (countsMovements && staying > 0) ? staying : Infinity;
  const most = Math.max(0, Math.min(left[pair.supply]! + beside, mostNew, pair.atMost - quantities[p]!, room.unitsOf(p, slab.ratio)));
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
  left[pair.supply]! -= Math.max(0, added - beside);
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
