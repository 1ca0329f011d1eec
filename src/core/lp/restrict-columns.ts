import type { LinearModel } from "./linear-model";

/** A model with some of the columns of another, the others staying where they are, and rows that may be bent at a price. */
export interface RestrictedModel {
  readonly model: LinearModel;
  /** Column of the original model for each column; bending columns follow them. */
  readonly columns: Int32Array;
}

/**
 * Builds the model of some columns of another. The columns left out stay at `fixed`, which moves into the row bounds.
 *
 * Each of the `bendable` rows gets two columns at the price `penalty` per unit that let it be broken, so that a point
 * which respects only the other rows can start the search.
 *
 * @param columns ascending
 * @param fixed value of every column of the original while it is left out; shape (columnCount)
 * @param penalty cost per unit of each bendable row; same length as `bendable`
 */
export function restrictColumns(
  model: LinearModel,
  columns: Int32Array,
  fixed: Float64Array,
  bendable: Int32Array,
  penalty: Float64Array,
): RestrictedModel {
  const chosen = new Uint8Array(model.columnCount);
  for (const c of columns) chosen[c] = 1;
  const shift = new Float64Array(model.rowCount);
  let offset = model.objectiveOffset;
  let entries = 2 * bendable.length;
  for (let c = 0; c < model.columnCount; c++) {
    if (chosen[c]) {
      entries += model.starts[c + 1]! - model.starts[c]!;
      continue;
    }
    const value = fixed[c]!;
    if (value === 0) continue;
    offset += model.objective[c]! * value;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) shift[model.indices[k]!]! += model.values[k]! * value;
  }
  const columnCount = columns.length + 2 * bendable.length;
  const restricted = {
    columnCount,
    rowCount: model.rowCount,
    objective: new Float64Array(columnCount),
    objectiveOffset: offset,
    columnLower: new Float64Array(columnCount),
    columnUpper: new Float64Array(columnCount).fill(Infinity),
    rowLower: model.rowLower.map((bound, r) => bound - shift[r]!),
    rowUpper: model.rowUpper.map((bound, r) => bound - shift[r]!),
    starts: new Int32Array(columnCount + 1),
    indices: new Int32Array(entries),
    values: new Float64Array(entries),
  };
  const integer = model.integer ? new Uint8Array(columnCount) : undefined;
  let count = 0;
  columns.forEach((c, place) => {
    restricted.objective[place] = model.objective[c]!;
    restricted.columnLower[place] = model.columnLower[c]!;
    restricted.columnUpper[place] = model.columnUpper[c]!;
    if (integer) integer[place] = model.integer![c]!;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      restricted.indices[count] = model.indices[k]!;
      restricted.values[count++] = model.values[k]!;
    }
    restricted.starts[place + 1] = count;
  });
  for (let k = 0; k < 2 * bendable.length; k++) {
    const place = columns.length + k;
    restricted.objective[place] = penalty[k >> 1]!;
    restricted.indices[count] = bendable[k >> 1]!;
    restricted.values[count++] = k % 2 === 0 ? 1 : -1;
    restricted.starts[place + 1] = count;
  }
  return { model: integer ? { ...restricted, integer } : restricted, columns };
}

/** Puts the values of a restricted model's columns back among those that were left out. */
export function expandPrimal({ columns }: RestrictedModel, primal: Float64Array, fixed: Float64Array): Float64Array {
  const full = fixed.slice();
  columns.forEach((c, place) => (full[c] = primal[place]!));
  return full;
}
