import type { ModelBuilder } from "../../lp/model-builder";
import { addCostedColumn, type AllocationIndex } from "../allocation-index";
import type { AllocationProblem, ValuePool } from "../problem-shape";
import { isFalling } from "../value-slices";

/**
 * Adds the slabs: sum of the asset's lines posted there = sum of the slab columns, each with its own value ratio.
 *
 * Falling ratios need no binaries; rising ones and cliffs do.
 */
export const addPoolRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  problem.pools.forEach((pool, p) => {
    const row = builder.addRow({ lower: 0, upper: 0 });
    for (const pair of pool.pairs) {
      const { keep, deliver } = index;
      if (keep[pair]! >= 0) builder.addEntry(row, keep[pair]!, 1);
      builder.addEntry(row, deliver[pair]!, 1);
    }
    const columns = pool.mode === "cliff" ? addCliff(builder, index, problem, pool, row) : addMarginal(builder, index, problem, pool, row);
    (index.sliceColumns as (readonly number[])[])[p] = columns;
  });
};

const unitOf = (index: AllocationIndex, pool: ValuePool): number => pool.unitValue / index.scale;

/** Most that the pool can ever hold, model units: the exact bound for binaries. */
const poolMaximum = (index: AllocationIndex, problem: AllocationProblem, pool: ValuePool): number =>
  pool.pairs.reduce((sum, pair) => sum + problem.supplies[problem.pairs[pair]!.supply]!.available * unitOf(index, pool), 0);

const addSlice = (builder: ModelBuilder, index: AllocationIndex, pool: ValuePool, row: number, width: number, ratio: number): number => {
  const column = addCostedColumn(builder, index, 0, 0, width);
  builder.addEntry(row, column, -1);
  builder.addEntry(index.coverageRow[pool.demand]!, column, ratio);
  return column;
};

const addMarginal = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, pool: ValuePool, row: number): number[] => {
  const slices = allSlices(pool);
  const unit = unitOf(index, pool);
  const columns = slices.map((slice) => addSlice(builder, index, pool, row, slice.units * unit, slice.ratio));
  if (!isFalling(slices) || problem.orderedPools.has(problem.pools.indexOf(pool))) orderSlices(builder, index, problem, pool, columns);
  return columns;
};

/** Slabs with the debt in front: what is posted first repays it in full. */
export const allSlices = (pool: ValuePool): ValuePool["slices"] => (pool.debt > 0 ? [{ units: pool.debt, ratio: 1 }, ...pool.slices] : pool.slices);

/** Forces slabs to fill in order: the next opens only when the one before is full. */
export const orderSlices = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  pool: ValuePool,
  columns: readonly number[],
): void => {
  const maximum = poolMaximum(index, problem, pool);
  const slices = allSlices(pool);
  for (let k = 1; k < columns.length; k++) {
    const before = slices[k - 1]!.units * unitOf(index, pool);
    // A slab that is wider than all there is never fills: the switch stays off, and the slabs behind it stay empty.
    const opens = addCostedColumn(builder, index, 0, 0, 1, true);
    const fill = builder.addRow({ lower: 0 });
    builder.addEntry(fill, columns[k - 1]!, 1);
    builder.addEntry(fill, opens, -before);
    const gate = builder.addRow({ upper: 0 });
    builder.addEntry(gate, columns[k]!, 1);
    builder.addEntry(gate, opens, -Math.min(maximum, slices[k]!.units * unitOf(index, pool)));
  }
};

/** A cliff values the whole balance at the ratio of the slab in which it ends: one band is chosen. */
const addCliff = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, pool: ValuePool, row: number): number[] => {
  const unit = unitOf(index, pool);
  const maximum = poolMaximum(index, problem, pool);
  const columns: number[] = [];
  const bands: number[] = [];
  if (pool.debt > 0) columns.push(addSlice(builder, index, pool, row, pool.debt * unit, 1));
  const one = builder.addRow({ upper: 1 });
  let from = 0;
  pool.slices.forEach((slice, k) => {
    const to = Math.min(maximum, from + slice.units * unit);
    const column = addSlice(builder, index, pool, row, Math.max(0, to), slice.ratio);
    const band = addCostedColumn(builder, index, 0, 0, from <= maximum ? 1 : 0, true);
    builder.addEntry(one, band, 1);
    const upper = builder.addRow({ upper: 0 });
    builder.addEntry(upper, column, 1);
    builder.addEntry(upper, band, -Math.max(0, to));
    if (k > 0) {
      // A balance exactly on the edge belongs to the slab below it.
      const lower = builder.addRow({ lower: 0 });
      builder.addEntry(lower, column, 1);
      builder.addEntry(lower, band, -from * (1 + 1e-9));
    }
    columns.push(column);
    bands.push(band);
    from += slice.units * unit;
  });
  if (pool.debt > 0) requireRepaidFirst(builder, columns[0]!, bands, pool.debt * unit);
  return columns;
};

const requireRepaidFirst = (builder: ModelBuilder, debtColumn: number, bands: readonly number[], debt: number): void => {
  const row = builder.addRow({ lower: 0 });
  builder.addEntry(row, debtColumn, 1);
  for (const band of bands) builder.addEntry(row, band, -debt);
};
