import { runToEnd } from "../basics/run-to-end";
import { assembleModel, type LinearModel } from "./linear-model";
import { findDifference, findIntegerDifference } from "./network/find-difference";
import { layOutNetwork, listKeptRows, type NetworkLayout } from "./network/network-layout";

/** A model taken apart into a network and the few rows that keep it from being one. */
export interface SideRowSplit {
  /** Rows of the original model that are not in the network, ascending. */
  readonly sideRows: Int32Array;
  /** Row of the original model for each row of the network. */
  readonly networkRows: Int32Array;
  /** All columns, without the side rows. */
  readonly network: LinearModel;
  /** How the network is laid out. */
  readonly layout: NetworkLayout;
  /** The model that was taken apart. */
  readonly model: LinearModel;
}

/** More side rows than this share of all rows make the network a poor guide to the answer. */
const MOST_SIDE_ROWS = 0.1;

/**
 * Finds a few rows without which a linear model is a network: issuer caps across agreements, limits on a share of the
 * total posted, budgets.
 *
 * Greedy: the row that is in most of the columns with too many entries goes first, until none is left.
 *
 * @param mostShare rows that may go, as a share of all
 * @param previous how an earlier model was taken apart: it serves again where the pattern is the same, as after an edit
 * @returns undefined when the model is a network already, has integers, or too many rows would have to go
 */
export function splitSideRows(model: LinearModel, mostShare?: number, previous?: SideRowSplit): SideRowSplit | undefined {
  return runToEnd(splitSideRowsInSteps(model, mostShare, previous));
}

/** The same in steps: with a million columns it takes half a second. */
export function* splitSideRowsInSteps(
  model: LinearModel,
  mostShare = MOST_SIDE_ROWS,
  previous?: SideRowSplit,
): Generator<undefined, SideRowSplit | undefined> {
  if (model.integer) return undefined;
  const most = Math.max(5, Math.floor(mostShare * model.rowCount));
  const again = previous && previous.sideRows.length <= most ? splitAlike(model, previous) : undefined;
  if (again) return again;
  yield;
  const isSide = new Uint8Array(model.rowCount);
  for (let count = 0; count < most;) {
    const networkRows = Int32Array.from([...isSide.keys()].filter((r) => !isSide[r]));
    const network = count === 0 ? model : dropRows(model, isSide, networkRows);
    yield;
    const layout = layOutNetwork(network);
    if (layout.crowdedColumns.length === 0) {
      const sideRows = Int32Array.from([...isSide.keys()].filter((r) => isSide[r]));
      return sideRows.length > 0 ? { sideRows, networkRows, network, layout, model } : undefined;
    }
    yield;
    // Dropping a row may undo a nesting, so the rest is laid out again afterwards.
    const chosen = yield* chooseRowsToDrop(network, layout, most - count);
    // Columns that are too long for the layout stay so whatever goes.
    if (chosen.length === 0) return undefined;
    for (const row of chosen) isSide[networkRows[row]!] = 1;
    count += chosen.length;
    yield;
  }
  return undefined;
}

/** Takes a model apart like an earlier one with the same pattern; undefined where it is another, or nestings no longer hold. */
function splitAlike(model: LinearModel, previous: SideRowSplit): SideRowSplit | undefined {
  const { model: before, sideRows, networkRows } = previous;
  if (before.rowCount !== model.rowCount || before.columnCount !== model.columnCount || before.values.length !== model.values.length)
    return undefined;
  if (findIntegerDifference(before.starts, model.starts, 0) >= 0 || findIntegerDifference(before.indices, model.indices, 0) >= 0) return undefined;
  const { starts, indices } = previous.network;
  const isKnown = findDifference(before.values, model.values, 0) < 0;
  const values = isKnown ? previous.network.values : keepValues(model, sideRows, indices.length);
  const network = assembleModel({ ...keepRows(model, networkRows), starts, indices, values });
  const layout = layOutNetwork(network, previous.layout);
  return layout.crowdedColumns.length === 0 ? { sideRows, networkRows, network, layout, model } : undefined;
}

/** Chooses rows, the most frequent one first, until every column keeps at most two entries or `most` are chosen. */
function* chooseRowsToDrop(network: LinearModel, layout: NetworkLayout, most: number): Generator<undefined, number[]> {
  const crowd = listCrowd(network, layout);
  const { begins, rows, surplus, count } = crowd;
  yield;
  const { first, columns } = listColumnsOfRows(crowd, network.rowCount);
  const chosen: number[] = [];
  while (chosen.length < most) {
    yield;
    const row = indexOfLargest(count);
    if (count[row] === 0) break;
    chosen.push(row);
    for (let at = first[row]!; at < first[row + 1]!; at++) {
      const column = columns[at]!;
      if (surplus[column] === 0 || --surplus[column]! > 0) continue;
      for (let k = begins[column]!; k < begins[column + 1]!; k++) count[rows[k]!]!--;
    }
    count[row] = 0;
  }
  return chosen;
}

/** The columns with too many entries, numbered anew. */
interface Crowd {
  /** Kept rows of column k are rows[begins[k]] .. rows[begins[k + 1] - 1]. */
  readonly begins: Int32Array;
  readonly rows: Int32Array;
  /** How many rows have to go; shape (columns of the crowd). */
  readonly surplus: Int32Array;
  /** In how many of the columns that are still too many each row is; shape (rowCount). */
  readonly count: Int32Array;
}

function listCrowd(network: LinearModel, { crowdedColumns, nesting }: NetworkLayout): Crowd {
  const { starts } = network;
  let room = 0;
  for (const c of crowdedColumns) room += starts[c + 1]! - starts[c]!;
  const rows = new Int32Array(room);
  const begins = new Int32Array(crowdedColumns.length + 1);
  const surplus = new Int32Array(crowdedColumns.length);
  const count = new Int32Array(network.rowCount);
  const kept = { count: 0, surplus: 0 };
  for (let column = 0; column < crowdedColumns.length; column++) {
    const at = begins[column]!;
    listKeptRows(network, nesting.parent, crowdedColumns[column]!, rows, at, kept);
    // A column may be crowded for its sheer length only: no row of it has to go.
    const isTooMany = kept.surplus > 0;
    surplus[column] = isTooMany ? kept.surplus : 0;
    begins[column + 1] = at + (isTooMany ? kept.count : 0);
    for (let k = at; k < begins[column + 1]!; k++) count[rows[k]!]!++;
  }
  return { begins, rows, surplus, count };
}

/** Lists for each row the columns of the crowd that it is in, in one run a row. */
function listColumnsOfRows({ begins, rows, count }: Crowd, rowCount: number): { first: Int32Array; columns: Int32Array } {
  const first = new Int32Array(rowCount + 1);
  for (let r = 0; r < rowCount; r++) first[r + 1] = first[r]! + count[r]!;
  const next = first.slice();
  const columns = new Int32Array(first[rowCount]!);
  for (let column = 0; column + 1 < begins.length; column++) {
    for (let k = begins[column]!; k < begins[column + 1]!; k++) columns[next[rows[k]!]!++] = column;
  }
  return { first, columns };
}

function indexOfLargest(values: Int32Array): number {
  let largest = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[largest]!) largest = k;
  return largest;
}

function dropRows(model: LinearModel, isSide: Uint8Array, kept: Int32Array): LinearModel {
  const place = new Int32Array(model.rowCount).fill(-1);
  kept.forEach((row, k) => (place[row] = k));
  const starts = new Int32Array(model.columnCount + 1);
  const indices = new Int32Array(model.indices.length);
  const values = new Float64Array(model.values.length);
  let count = 0;
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const row = model.indices[k]!;
      if (isSide[row]) continue;
      indices[count] = place[row]!;
      values[count++] = model.values[k]!;
    }
    starts[c + 1] = count;
  }
  return assembleModel({ ...keepRows(model, kept), starts, indices: indices.subarray(0, count), values: values.subarray(0, count) });
}

/** The model with the bounds of some of its rows. */
function keepRows(model: LinearModel, kept: Int32Array): LinearModel {
  return {
    ...model,
    rowCount: kept.length,
    rowLower: Float64Array.from(kept, (row) => model.rowLower[row]!),
    rowUpper: Float64Array.from(kept, (row) => model.rowUpper[row]!),
  };
}

/** The entries outside the side rows, in their order. */
function keepValues({ rowCount, indices, values }: LinearModel, sideRows: Int32Array, count: number): Float64Array {
  const isSide = new Uint8Array(rowCount);
  for (const row of sideRows) isSide[row] = 1;
  const kept = new Float64Array(count);
  for (let k = 0, place = 0; k < values.length; k++) if (!isSide[indices[k]!]) kept[place++] = values[k]!;
  return kept;
}
