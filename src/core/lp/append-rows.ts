import type { LinearModel } from "./linear-model";

/** A row over the columns of a model, in its own units. */
export interface AppendedRow {
  /** Shape (columnCount); zeros make no entry. */
  readonly coefficients: ArrayLike<number>;
  readonly lower: number;
  readonly upper: number;
}

/** Adds rows below those of a model. */
export function appendRows(model: LinearModel, rows: readonly AppendedRow[]): LinearModel {
  const starts = new Int32Array(model.columnCount + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      indices.push(model.indices[k]!);
      values.push(model.values[k]!);
    }
    rows.forEach(({ coefficients }, row) => {
      if (coefficients[c]! === 0) return;
      indices.push(model.rowCount + row);
      values.push(coefficients[c]!);
    });
    starts[c + 1] = indices.length;
  }
  return {
    ...model,
    rowCount: model.rowCount + rows.length,
    starts,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    rowLower: Float64Array.from([...model.rowLower, ...rows.map(({ lower }) => lower)]),
    rowUpper: Float64Array.from([...model.rowUpper, ...rows.map(({ upper }) => upper)]),
  };
}
