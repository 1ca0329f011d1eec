import type { LinearModel } from "./linear-model";

/**
 * Builds the model that asks how far the rows of another are from having a solution.
 *
 * minimise sum(over + under) subject to rowLower <= A x + under - over <= rowUpper, bounds as before. It always has a
 * solution, and its optimum is zero exactly when the original model has one. Columns columnCount .. columnCount + 2
 * rowCount - 1 are under and over of each row in turn.
 */
export function buildElasticModel(model: LinearModel): LinearModel {
  const extra = 2 * model.rowCount;
  const columnCount = model.columnCount + extra;
  const entries = model.values.length;
  const objective = new Float64Array(columnCount).fill(1, model.columnCount);
  const starts = new Int32Array(columnCount + 1);
  const indices = new Int32Array(entries + extra);
  const values = new Float64Array(entries + extra);
  starts.set(model.starts);
  indices.set(model.indices);
  values.set(model.values);
  for (let k = 0; k < extra; k++) {
    starts[model.columnCount + k + 1] = entries + k + 1;
    indices[entries + k] = k >> 1;
    values[entries + k] = k % 2 === 0 ? 1 : -1;
  }
  const elastic = {
    ...model,
    columnCount,
    objective,
    objectiveOffset: 0,
    columnLower: extend(model.columnLower, columnCount, 0),
    columnUpper: extend(model.columnUpper, columnCount, Infinity),
    starts,
    indices,
    values,
  };
  if (!model.integer) return elastic;
  const integer = new Uint8Array(columnCount);
  integer.set(model.integer);
  return { ...elastic, integer };
}

function extend(values: Float64Array, length: number, fill: number): Float64Array {
  const longer = new Float64Array(length).fill(fill);
  longer.set(values);
  return longer;
}
