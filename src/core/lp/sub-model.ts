import type { LinearModel } from "./linear-model";

/** Some columns of a model while all others stay where they are, with only the rows that these columns are in. */
export interface SubModel {
  readonly model: LinearModel;
  /** Column of the whole model for each column. */
  readonly columns: Int32Array;
}

/** What a difference of amounts may be off by, as a share of them. */
const NOISE = 1e-13;

/**
 * Takes some columns out of a model. What the others contribute at `point` moves into the bounds of the rows.
 *
 * @param columns ascending
 * @param point value of every column of the whole model; shape (columnCount)
 */
export const extractSubModel = (model: LinearModel, columns: Int32Array, point: Float64Array): SubModel => {
  const { starts, indices, values } = model;
  const place = new Int32Array(model.rowCount).fill(-1);
  const isFree = new Uint8Array(model.columnCount);
  const rows: number[] = [];
  let entries = 0;
  for (const c of columns) {
    isFree[c] = 1;
    entries += starts[c + 1]! - starts[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) if (place[indices[k]!]! < 0) place[indices[k]!] = rows.push(indices[k]!) - 1;
  }
  const shift = new Float64Array(rows.length);
  const size = new Float64Array(rows.length);
  let objectiveOffset = model.objectiveOffset;
  for (let c = 0; c < model.columnCount; c++) {
    if (isFree[c] === 1 || point[c] === 0) continue;
    objectiveOffset += model.objective[c]! * point[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const row = place[indices[k]!]!;
      if (row < 0) continue;
      const term = values[k]! * point[c]!;
      shift[row]! += term;
      size[row] = Math.max(size[row]!, Math.abs(term));
    }
  }
  // What is left of a bound that the others use up is rounding noise: as a bound it would be broken by columns that are all at zero.
  const rest = (bound: number, r: number): number => (Math.abs(bound - shift[r]!) <= NOISE * size[r]! ? 0 : bound - shift[r]!);
  const sub = {
    columnCount: columns.length,
    rowCount: rows.length,
    objective: Float64Array.from(columns, (c) => model.objective[c]!),
    objectiveOffset,
    columnLower: Float64Array.from(columns, (c) => model.columnLower[c]!),
    columnUpper: Float64Array.from(columns, (c) => model.columnUpper[c]!),
    rowLower: Float64Array.from(rows, (row, r) => rest(model.rowLower[row]!, r)),
    rowUpper: Float64Array.from(rows, (row, r) => rest(model.rowUpper[row]!, r)),
    starts: new Int32Array(columns.length + 1),
    indices: new Int32Array(entries),
    values: new Float64Array(entries),
  };
  let count = 0;
  columns.forEach((c, own) => {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      sub.indices[count] = place[indices[k]!]!;
      sub.values[count++] = values[k]!;
    }
    sub.starts[own + 1] = count;
  });
  const integer = Uint8Array.from(columns, (c) => model.integer?.[c] ?? 0);
  return { model: integer.includes(1) ? { ...sub, integer } : sub, columns };
};

/** Puts the values of a sub-model's columns into a copy of the whole point. */
export const putBack = ({ columns }: SubModel, primal: Float64Array, point: Float64Array): Float64Array => {
  const whole = Float64Array.from(point);
  columns.forEach((c, own) => (whole[c] = primal[own]!));
  return whole;
};
