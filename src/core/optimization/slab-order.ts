import type { AllocationIndex } from "./allocation-index";
import { allSlices } from "./model-rows/pool-rows";
import type { AllocationProblem } from "./problem-shape";

/**
 * Finds balances whose slabs were filled out of order: a later slab used while one before it is not full.
 *
 * A linear program does that only where holding a low value pays (a yielding asset and a cap on value); such slabs need binaries.
 *
 * @returns indices of pools
 */
export const slabsOutOfOrder = (problem: AllocationProblem, index: AllocationIndex, primal: Float64Array): number[] =>
  problem.pools.flatMap((pool, p) => {
    if (pool.mode === "cliff") return [];
    const widths = allSlices(pool).map((slice) => (slice.units * pool.unitValue) / index.scale);
    const filled = index.sliceColumns[p]!.map((column) => primal[column]!);
    const isOpen = (k: number): boolean => filled[k - 1]! < widths[k - 1]! - 1e-9 * Math.max(1, widths[k - 1]!) && filled[k]! > 1e-9;
    return filled.some((_, k) => k > 0 && isOpen(k)) ? [p] : [];
  });

/**
 * The same postings with the slabs of some balances filled in order: what they are worth more covers what is short there, or is beyond what
 * is required. Whether every rule still holds is for the caller to check.
 */
export const filledInOrder = (problem: AllocationProblem, index: AllocationIndex, primal: Float64Array, pools: readonly number[]): Float64Array => {
  const point = Float64Array.from(primal);
  for (const p of pools) {
    const pool = problem.pools[p]!;
    const columns = index.sliceColumns[p]!;
    let left = columns.reduce((sum, column) => sum + primal[column]!, 0);
    let gained = 0;
    allSlices(pool).forEach(({ units, ratio }, k) => {
      const part = Math.min(left, (units * pool.unitValue) / index.scale);
      gained += ratio * (part - primal[columns[k]!]!);
      point[columns[k]!] = part;
      left -= part;
    });
    const [shortfall, excess] = [index.shortfall[pool.demand]!, index.excess[pool.demand]!];
    const covers = Math.min(point[shortfall]!, gained);
    point[shortfall]! -= covers;
    point[excess]! += gained - covers;
  }
  return point;
};
