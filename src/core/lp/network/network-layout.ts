import type { LinearModel } from "../linear-model";
import { isNestedIn, nestRows, nestingHolds, type RowNesting } from "./nest-rows";

/** Which entries of each column make its arc, as worked out from the pattern of a matrix; kept for the next solve. */
export interface NetworkLayout {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly nesting: RowNesting;
  /** Place of the tail's and the head's entry within the column, NO_ENTRY for none; shape (columnCount). */
  readonly tailEntry: Uint8Array;
  readonly headEntry: Uint8Array;
  /** Rows of columns that keep more than two entries, the most frequent first; empty for a network. */
  readonly crowdedRows: readonly number[];
}

export const NO_ENTRY = 255;

/**
 * Works out whether and how a matrix is that of a network.
 *
 * After a call, price or cost has been edited the matrix is the same, after a haircut its pattern; `previous` then
 * saves most of the work.
 */
export function layOutNetwork(model: LinearModel, previous?: NetworkLayout): NetworkLayout {
  const { starts, indices, values } = model;
  if (previous && isSame(starts, previous.starts) && isSame(indices, previous.indices)) {
    if (isSame(values, previous.values) || nestingHolds(model, previous.nesting)) {
      return { ...previous, starts, indices, values };
    }
  }
  return layOutAnew(model);
}

function isSame(a: Int32Array | Float64Array, b: Int32Array | Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

function layOutAnew(model: LinearModel): NetworkLayout {
  const { starts, indices, values } = model;
  const nesting = nestRows(model);
  const tailEntry = new Uint8Array(model.columnCount).fill(NO_ENTRY);
  const headEntry = new Uint8Array(model.columnCount).fill(NO_ENTRY);
  const crowded = new Int32Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    let count = 0;
    for (let k = from; k < to; k++) {
      // Also where there are but two entries: one of them may be counted through the other.
      if (isCoveredByNested(model, nesting.parent, indices[k]!, from, to)) continue;
      if (count === 0) tailEntry[c] = k - from;
      else headEntry[c] = k - from;
      count++;
    }
    if (count <= 2 && to - from < NO_ENTRY) continue;
    for (let k = from; k < to; k++) {
      if (isCoveredByNested(model, nesting.parent, indices[k]!, from, to)) continue;
      crowded[indices[k]!]!++;
    }
  }
  const crowdedRows = [...crowded.keys()].filter((row) => crowded[row]! > 0);
  crowdedRows.sort((a, b) => crowded[b]! - crowded[a]! || a - b);
  return { starts, indices, values, nesting, tailEntry, headEntry, crowdedRows };
}

/** Tells whether a row counts this column through another of the column's rows that is nested in it. */
export function isCoveredByNested(model: LinearModel, parent: Int32Array, row: number, from: number, to: number): boolean {
  for (let k = from; k < to; k++) {
    if (model.indices[k] !== row && isNestedIn(parent, model.indices[k]!, row)) return true;
  }
  return false;
}
