import type { LinearModel } from "../linear-model";
import { expandPair, selectModel, type Reduction } from "./reduction";

/**
 * Leaves out what decides nothing: columns of zero width, columns in no row, rows without bounds or without columns, and
 * rows that no values within the columns' bounds can break.
 *
 * @returns undefined where there is nothing of the kind, or something that only an engine should judge (a row that
 *   cannot be kept, an income without end)
 */
export function dropIdle(model: LinearModel): Reduction | undefined {
  const isDropped = new Uint8Array(model.columnCount);
  const fixed = new Float64Array(model.columnCount);
  let columns = 0;
  for (let c = 0; c < model.columnCount; c++) {
    const lower = model.columnLower[c]!;
    const upper = model.columnUpper[c]!;
    const isEmpty = model.starts[c] === model.starts[c + 1];
    if (lower !== upper && !isEmpty) continue;
    const cost = model.objective[c]!;
    const value = cost > 0 ? lower : cost < 0 ? upper : Math.min(Math.max(0, lower), upper);
    if (!Number.isFinite(value)) return undefined;
    isDropped[c] = 1;
    fixed[c] = value;
    columns++;
  }
  const isRowDropped = findIdleRows(model);
  if (!isRowDropped) return undefined;
  const rows = isRowDropped.reduce((sum, flag) => sum + flag, 0);
  if (columns + rows === 0) return undefined;
  const selection = selectModel(model, isDropped, fixed, isRowDropped);
  return {
    model: selection.model,
    what: `${columns} columns and ${rows} rows that decide nothing`,
    // A row that cannot bind has no price.
    undo: (pair) => expandPair(selection, pair, fixed, model.rowCount),
  };
}

/** Flags the rows that always hold; undefined when one never does. */
function findIdleRows({
  columnCount,
  rowCount,
  columnLower,
  columnUpper,
  rowLower,
  rowUpper,
  starts,
  indices,
  values,
}: LinearModel): Uint8Array | undefined {
  const least = new Float64Array(rowCount);
  const most = new Float64Array(rowCount);
  for (let c = 0; c < columnCount; c++) {
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const row = indices[k]!;
      const value = values[k]!;
      if (value === 0) continue;
      least[row]! += value > 0 ? value * lower : value * upper;
      most[row]! += value > 0 ? value * upper : value * lower;
    }
  }
  const isIdle = new Uint8Array(rowCount);
  for (let r = 0; r < rowCount; r++) {
    if (least[r]! > rowUpper[r]! || most[r]! < rowLower[r]!) return undefined;
    if (least[r]! >= rowLower[r]! && most[r]! <= rowUpper[r]!) isIdle[r] = 1;
  }
  return isIdle;
}
