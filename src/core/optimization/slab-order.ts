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
