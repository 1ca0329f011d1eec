import type { LinearModel } from "../lp/linear-model";
import type { NamedRule } from "./allocation-index";

/** Takes rules out of a model: their rows and bounds no longer bind. */
export const withoutRules = (model: LinearModel, rules: Iterable<NamedRule>): LinearModel => {
  const rowLower = Float64Array.from(model.rowLower);
  const rowUpper = Float64Array.from(model.rowUpper);
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  for (const rule of rules) {
    for (const row of rule.rows) {
      rowLower[row] = -Infinity;
      rowUpper[row] = Infinity;
    }
    for (const bound of rule.bounds ?? []) {
      columnLower[bound.column] = bound.lower;
      columnUpper[bound.column] = bound.upper;
    }
  }
  return { ...model, rowLower, rowUpper, columnLower, columnUpper };
};

/** Sets bounds of some columns. */
export const withColumnBounds = (model: LinearModel, bounds: Iterable<readonly [column: number, lower: number, upper: number]>): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  for (const [column, lower, upper] of bounds) {
    columnLower[column] = lower;
    columnUpper[column] = upper;
  }
  return { ...model, columnLower, columnUpper };
};

/** Appends a column with its entries (rows in rising order); it costs nothing. */
export const withColumn = (
  model: LinearModel,
  entries: readonly (readonly [row: number, value: number])[],
  upper = Infinity,
  isInteger = false,
): LinearModel => {
  const sorted = [...entries].sort((a, b) => a[0] - b[0]);
  const append = (values: Float64Array, value: number): Float64Array => concatenate(values, [value]);
  return {
    ...model,
    columnCount: model.columnCount + 1,
    objective: append(model.objective, 0),
    columnLower: append(model.columnLower, 0),
    columnUpper: append(model.columnUpper, upper),
    starts: Int32Array.from({ length: model.columnCount + 2 }, (_, c) =>
      c <= model.columnCount ? model.starts[c]! : model.starts[model.columnCount]! + sorted.length,
    ),
    indices: concatenateIndices(
      model.indices,
      sorted.map(([row]) => row),
    ),
    values: concatenate(
      model.values,
      sorted.map(([, value]) => value),
    ),
    ...(model.integer === undefined
      ? {}
      : { integer: Uint8Array.from({ length: model.columnCount + 1 }, (_, c) => (c < model.columnCount ? model.integer![c]! : isInteger ? 1 : 0)) }),
  };
};

/** Replaces one coefficient that is already in the model. */
export const withEntry = (model: LinearModel, row: number, column: number, value: number): LinearModel => {
  const values = Float64Array.from(model.values);
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) if (model.indices[k] === row) values[k] = value;
  return { ...model, values };
};

/** The objective that counts one column only. */
export const onlyColumn = (model: LinearModel, column: number): LinearModel => {
  const objective = new Float64Array(model.columnCount);
  objective[column] = 1;
  return { ...model, objective, objectiveOffset: 0 };
};

const concatenate = (values: Float64Array, more: readonly number[]): Float64Array => {
  const result = new Float64Array(values.length + more.length);
  result.set(values);
  result.set(more, values.length);
  return result;
};

const concatenateIndices = (values: Int32Array, more: readonly number[]): Int32Array => {
  const result = new Int32Array(values.length + more.length);
  result.set(values);
  result.set(more, values.length);
  return result;
};
