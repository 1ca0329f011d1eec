import { assembleModel, type LinearModel } from "../linear-model";

/** A primal-dual pair of a model; the reduced costs follow from the dual. */
export interface Pair {
  readonly primal: Float64Array;
  readonly dual: Float64Array;
}

/** A smaller model with the same optimum, and the way back. */
export interface Reduction {
  readonly model: LinearModel;
  /** What was done, in words for the run log, such as `1700 of 2000 rows alike`. */
  readonly what: string;
  /** Takes an optimal pair of the smaller model back to one of the model that was reduced. */
  readonly undo: (pair: Pair) => Pair;
}

/** A model without some columns, which stay at fixed values, and without some rows. */
export interface Selection {
  readonly model: LinearModel;
  /** Column of the original for each column. */
  readonly columns: Int32Array;
  readonly rows: Int32Array;
}

/**
 * Leaves columns and rows out of a model.
 *
 * @param isDropped 1 for each column to leave out; its value of `fixed` moves into the row bounds and the constant
 * @param isRowDropped 1 for each row to leave out
 */
export function selectModel(model: LinearModel, isDropped: Uint8Array, fixed: Float64Array, isRowDropped: Uint8Array): Selection {
  const columns = listZeros(isDropped);
  const rows = listZeros(isRowDropped);
  const rowPlace = new Int32Array(model.rowCount).fill(-1);
  rows.forEach((row, k) => (rowPlace[row] = k));
  const shift = new Float64Array(model.rowCount);
  let objectiveOffset = model.objectiveOffset;
  for (let c = 0; c < model.columnCount; c++) {
    const value = fixed[c]!;
    if (!isDropped[c] || value === 0) continue;
    objectiveOffset += model.objective[c]! * value;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) shift[model.indices[k]!]! += model.values[k]! * value;
  }
  const starts = new Int32Array(columns.length + 1);
  const indices = new Int32Array(model.indices.length);
  const values = new Float64Array(model.values.length);
  let count = 0;
  columns.forEach((c, place) => {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const row = rowPlace[model.indices[k]!]!;
      if (row < 0) continue;
      indices[count] = row;
      values[count++] = model.values[k]!;
    }
    starts[place + 1] = count;
  });
  const selected = assembleModel({
    columnCount: columns.length,
    rowCount: rows.length,
    objective: pick(model.objective, columns),
    objectiveOffset,
    columnLower: pick(model.columnLower, columns),
    columnUpper: pick(model.columnUpper, columns),
    rowLower: Float64Array.from(rows, (row) => model.rowLower[row]! - shift[row]!),
    rowUpper: Float64Array.from(rows, (row) => model.rowUpper[row]! - shift[row]!),
    starts,
    indices: indices.slice(0, count),
    values: values.slice(0, count),
  });
  return { model: selected, columns, rows };
}

/** Puts the values of a selection back among the fixed ones, and its duals among zeros. */
export function expandPair(
  { columns, rows }: Selection,
  { primal, dual }: Pair,
  fixed: Float64Array,
  rowCount: number,
): { primal: Float64Array; dual: Float64Array } {
  const full = { primal: fixed.slice(), dual: new Float64Array(rowCount) };
  columns.forEach((c, place) => (full.primal[c] = primal[place]!));
  rows.forEach((row, place) => (full.dual[row] = dual[place]!));
  return full;
}

function listZeros(flags: Uint8Array): Int32Array {
  const list: number[] = [];
  for (let k = 0; k < flags.length; k++) if (!flags[k]) list.push(k);
  return Int32Array.from(list);
}

function pick(values: Float64Array, places: Int32Array): Float64Array {
  return Float64Array.from(places, (place) => values[place]!);
}
