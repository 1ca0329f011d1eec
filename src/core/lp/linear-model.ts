/**
 * A linear or mixed-integer program: minimise objective'x + objectiveOffset
 * subject to rowLower <= A x <= rowUpper, columnLower <= x <= columnUpper.
 *
 * A is stored by columns (CSC). Infinite bounds are ±Infinity. Nothing in it has a name: the index that is
 * built together with the model knows what each column and row means.
 */
export interface LinearModel {
  readonly columnCount: number;
  readonly rowCount: number;
  /** Cost of one unit of each column; shape (columnCount). */
  readonly objective: Float64Array;
  readonly objectiveOffset: number;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** CSC: entries of column c are starts[c] .. starts[c + 1] - 1; shape (columnCount + 1). */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** 1 where the column must be integer; absent for a pure LP. */
  readonly integer?: Uint8Array;
}

/**
 * Copies a model's parts into an object with the same hidden class for every model, however it was made: spread, parsed
 * or cloned from a page. Loops over it are then compiled once. The arrays are the same ones.
 */
export function assembleModel(parts: LinearModel): LinearModel {
  const model: LinearModel = {
    columnCount: parts.columnCount,
    rowCount: parts.rowCount,
    objective: parts.objective,
    objectiveOffset: parts.objectiveOffset,
    columnLower: parts.columnLower,
    columnUpper: parts.columnUpper,
    rowLower: parts.rowLower,
    rowUpper: parts.rowUpper,
    starts: parts.starts,
    indices: parts.indices,
    values: parts.values,
  };
  return parts.integer ? { ...model, integer: parts.integer } : model;
}
