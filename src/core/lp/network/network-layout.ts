import { runToEnd } from "../../basics/run-to-end";
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
  /** Columns that keep more than two entries or would be counted twice; empty for a network. */
  readonly crowdedColumns: Int32Array;
}

export const NO_ENTRY = 255;

/** Puts a layout together; all are made here, so that what works on them is compiled once. */
export function assembleLayout(parts: NetworkLayout): NetworkLayout {
  const { starts, indices, values, nesting, tailEntry, headEntry, crowdedColumns } = parts;
  return { starts, indices, values, nesting, tailEntry, headEntry, crowdedColumns };
}

/**
 * Works out whether and how a matrix is that of a network.
 *
 * After a call, price or cost has been edited the matrix is the same, after a haircut its pattern; `previous` then
 * saves most of the work.
 */
export function layOutNetwork(model: LinearModel, previous?: NetworkLayout): NetworkLayout {
  return runToEnd(layOutNetworkInSteps(model, previous));
}

/** The same in steps, for callers that must listen in between. */
export function* layOutNetworkInSteps(model: LinearModel, previous?: NetworkLayout): Generator<undefined, NetworkLayout> {
  const { starts, indices, values } = model;
  if (previous && isSame(starts, previous.starts) && isSame(indices, previous.indices)) {
    if (isSame(values, previous.values) || nestingHolds(model, previous.nesting)) {
      return assembleLayout({ ...previous, starts, indices, values });
    }
  }
  const nesting = nestRows(model);
  yield;
  const tailEntry = new Uint8Array(model.columnCount).fill(NO_ENTRY);
  const headEntry = new Uint8Array(model.columnCount).fill(NO_ENTRY);
  const crowded = new Int32Array(model.columnCount);
  const count = placeEntries(model, nesting.parent, tailEntry, headEntry, crowded);
  return assembleLayout({ starts, indices, values, nesting, tailEntry, headEntry, crowdedColumns: crowded.slice(0, count) });
}

function isSame(a: Int32Array | Float64Array, b: Int32Array | Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/**
 * Notes the entries of each column that are not counted through a row nested in theirs.
 *
 * @param crowded filled with the columns that have more than two of them, or are counted twice by two rows that overlap in one
 * @returns how many these are
 */
function placeEntries(
  { columnCount, rowCount, starts, indices }: LinearModel,
  parent: Int32Array,
  tailEntry: Uint8Array,
  headEntry: Uint8Array,
  crowded: Int32Array,
): number {
  // Column after the last one that was seen to count a row through another; for all rows above one of its rows.
  const countedBy = new Int32Array(rowCount);
  // The same, for the row directly above only: two of them would count the column twice.
  const directlyBy = new Int32Array(rowCount);
  let found = 0;
  for (let c = 0; c < columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    let fits = to - from < NO_ENTRY;
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
    if (count > 2 || !fits) crowded[found++] = c;
  }
  return found;
}

/** What a column keeps: how many rows were listed, and how many of them have to go for it to become an arc. */
export interface KeptRows {
  count: number;
  surplus: number;
}

/**
 * Lists the rows of a column that it keeps an entry in and the rows that overlap in it (two that are nested in one
 * row, which would count the column twice).
 *
 * @param rows filled from place `at` on
 */
export function listKeptRows(model: LinearModel, parent: Int32Array, c: number, rows: Int32Array, at: number, kept: KeptRows): void {
  const { starts, indices } = model;
  const from = starts[c]!;
  const to = starts[c + 1]!;
  let end = at;
  let overlaps = false;
  for (let k = from; k < to; k++) if (!isCoveredByNested(model, parent, indices[k]!, from, to)) rows[end++] = indices[k]!;
  kept.surplus = end - at - 2;
  for (let k = from; k < to; k++) {
    const row = indices[k]!;
    if (parent[row]! < 0 || !sharesParent(model, parent, row, from, to)) continue;
    overlaps = true;
    let place = at;
    while (place < end && rows[place] !== row) place++;
    if (place === end) rows[end++] = row;
  }
  kept.count = end - at;
  if (overlaps) kept.surplus = Math.max(1, kept.surplus);
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
