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
  const isNetwork = placeEntries(model, nesting.parent, tailEntry, headEntry);
  return { starts, indices, values, nesting, tailEntry, headEntry, crowdedRows: isNetwork ? [] : listCrowdedRows(model, nesting.parent) };
}

/**
 * Notes the entries of each column that are not counted through a row nested in theirs.
 *
 * @returns whether no column has more than two of them, or is counted twice by two rows that overlap in one
 */
function placeEntries(
  { columnCount, rowCount, starts, indices }: LinearModel,
  parent: Int32Array,
  tailEntry: Uint8Array,
  headEntry: Uint8Array,
): boolean {
  // Column after the last one that was seen to count a row through another; for all rows above one of its rows.
  const countedBy = new Int32Array(rowCount);
  // The same, for the row directly above only: two of them would count the column twice.
  const directlyBy = new Int32Array(rowCount);
  let fits = true;
  for (let c = 0; c < columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    for (let k = from; k < to; k++) {
      const direct = parent[indices[k]!]!;
      if (direct < 0) continue;
      if (directlyBy[direct] === c + 1) fits = false;
      directlyBy[direct] = c + 1;
      for (let above = direct; above >= 0; above = parent[above]!) countedBy[above] = c + 1;
    }
    let count = 0;
    for (let k = from; k < to; k++) {
      if (countedBy[indices[k]!] === c + 1) continue;
      if (count === 0) tailEntry[c] = k - from;
      else headEntry[c] = k - from;
      count++;
    }
    if (count > 2 || to - from >= NO_ENTRY) fits = false;
  }
  return fits;
}

function listCrowdedRows(model: LinearModel, parent: Int32Array): number[] {
  const { starts } = model;
  const crowded = new Int32Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    const { rows, surplus } = listKeptRows(model, parent, starts[c]!, starts[c + 1]!);
    if (surplus <= 0 && starts[c + 1]! - starts[c]! < NO_ENTRY) continue;
    for (const row of rows) crowded[row]!++;
  }
  const rows = [...crowded.keys()].filter((row) => crowded[row]! > 0);
  return rows.sort((a, b) => crowded[b]! - crowded[a]! || a - b);
}

/**
 * Lists the rows of a column that it keeps an entry in and the rows that overlap in it (two that are nested in one
 * row, which would count the column twice), and how many of them have to go for it to become an arc.
 */
export function listKeptRows(model: LinearModel, parent: Int32Array, from: number, to: number): { rows: readonly number[]; surplus: number } {
  const rows: number[] = [];
  let overlaps = false;
  for (let k = from; k < to; k++) if (!isCoveredByNested(model, parent, model.indices[k]!, from, to)) rows.push(model.indices[k]!);
  const surplus = rows.length - 2;
  for (let k = from; k < to; k++) {
    const row = model.indices[k]!;
    if (parent[row]! < 0 || !sharesParent(model, parent, row, from, to)) continue;
    overlaps = true;
    if (!rows.includes(row)) rows.push(row);
  }
  return { rows, surplus: overlaps ? Math.max(1, surplus) : surplus };
}

function sharesParent(model: LinearModel, parent: Int32Array, row: number, from: number, to: number): boolean {
  for (let k = from; k < to; k++) if (model.indices[k] !== row && parent[model.indices[k]!] === parent[row]) return true;
  return false;
}

/** Tells whether a row counts this column through another of the column's rows that is nested in it. */
function isCoveredByNested(model: LinearModel, parent: Int32Array, row: number, from: number, to: number): boolean {
  for (let k = from; k < to; k++) {
    if (model.indices[k] !== row && isNestedIn(parent, model.indices[k]!, row)) return true;
  }
  return false;
}
