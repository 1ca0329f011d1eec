import { assembleModel, type LinearModel } from "../linear-model";
import { expandPair, selectModel, type Reduction } from "./reduction";

/**
 * Turns rows with one column into bounds of that column: a call that nothing can cover but its shortfall, a reserve on a
 * single holding. What the row would have cost is read back from the column's reduced cost.
 */
export function rowsToBounds(model: LinearModel): Reduction | undefined {
  const { columnCount, rowCount, starts, indices, values } = model;
  const size = new Int32Array(rowCount);
  for (const row of indices) size[row]!++;
  const columnLower = model.columnLower.slice();
  const columnUpper = model.columnUpper.slice();
  /** Row that a column's bound comes from and its coefficient there; -1 for the column's own. */
  const lowerFrom = new Int32Array(columnCount).fill(-1);
  const upperFrom = new Int32Array(columnCount).fill(-1);
  const coefficient = new Float64Array(rowCount);
  const isRowDropped = new Uint8Array(rowCount);
  let count = 0;
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const row = indices[k]!;
      const value = values[k]!;
      if (size[row] !== 1 || value === 0) continue;
      const ends = [model.rowLower[row]! / value, model.rowUpper[row]! / value];
      const lower = Math.min(ends[0]!, ends[1]!);
      const upper = Math.max(ends[0]!, ends[1]!);
      if (lower > columnLower[c]!) {
        columnLower[c] = lower;
        lowerFrom[c] = row;
      }
      if (upper < columnUpper[c]!) {
        columnUpper[c] = upper;
        upperFrom[c] = row;
      }
      if (columnLower[c]! > columnUpper[c]!) return undefined;
      coefficient[row] = value;
      isRowDropped[row] = 1;
      count++;
    }
  }
  if (count === 0) return undefined;
  const none = new Float64Array(columnCount);
  const selection = selectModel(assembleModel({ ...model, columnLower, columnUpper }), new Uint8Array(columnCount), none, isRowDropped);
  return {
    model: selection.model,
    what: `${count} rows of one column`,
    undo: (pair) => {
      const full = expandPair(selection, pair, none, rowCount);
      for (let c = 0; c < columnCount; c++) {
        if (lowerFrom[c]! < 0 && upperFrom[c]! < 0) continue;
        let reduced = model.objective[c]!;
        for (let k = starts[c]!; k < starts[c + 1]!; k++) reduced -= values[k]! * full.dual[indices[k]!]!;
        const row = reduced > 0 ? lowerFrom[c]! : upperFrom[c]!;
        if (row >= 0 && reduced !== 0) full.dual[row] = reduced / coefficient[row]!;
      }
      return full;
    },
  };
}
