import type { BasisState } from "../lp/parametric/basis-state";
import type { AllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";

/** Model units and prices that are nothing. */
const nothing = 1e-9;

/**
 * Shuts the slabs that would pay to be filled before the one that the balance reaches next.
 *
 * Without switches a linear program may fill a slab of low value first, which pays where covering less is cheaper: where more covered costs, or
 * an amount after haircut is limited. Nothing is in those slabs, so that the answer stays as it is; only prices and ranges would speak of
 * postings that cannot be.
 *
 * @param basis an optimal basis; not changed
 * @returns undefined where no slab would pay
 */
export const holdSlabOrder = ({ pools }: AllocationProblem, { index }: AllocationModel, basis: BasisState): BasisState | undefined => {
  const shut = pools.flatMap((pool, p) => (pool.mode === "cliff" ? [] : outOfOrder(index.sliceColumns[p] ?? [], basis)));
  if (shut.length === 0) return undefined;
  const upper = Float64Array.from(basis.upper);
  for (const column of shut) upper[column] = basis.lower[column]!;
  return { ...basis, upper };
};

/** The empty slabs behind the first that is not full, where their price is the lower one. */
const outOfOrder = (columns: readonly number[], { value, upper, price }: BasisState): number[] => {
  const next = columns.findIndex((column) => value[column]! < upper[column]! - nothing);
  if (next < 0) return [];
  return columns.slice(next + 1).filter((column) => value[column]! <= nothing && price[column]! < price[columns[next]!]! - nothing);
};
