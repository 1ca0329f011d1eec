import { runToEnd } from "../basics/run-to-end";
import type { LinearModel } from "./linear-model";
import { layOutNetwork, listKeptRows } from "./network/network-layout";

/** A model taken apart into a network and the few rows that keep it from being one. */
export interface SideRowSplit {
  /** Rows of the original model that are not in the network, ascending. */
  readonly sideRows: Int32Array;
  /** Row of the original model for each row of the network. */
  readonly networkRows: Int32Array;
  /** All columns, without the side rows. */
  readonly network: LinearModel;
}

/** More side rows than this share of all rows make the network a poor guide to the answer. */
const MOST_SIDE_ROWS = 0.1;

/**
 * Finds a few rows without which a linear model is a network: issuer caps across agreements, limits on a share of the
 * total posted, budgets.
 *
 * Greedy: the row that is in most of the columns with too many entries goes first, until none is left.
 *
 * @returns undefined when the model is a network already, has integers, or too many rows would have to go
 */
export function splitSideRows(model: LinearModel): SideRowSplit | undefined {
  return runToEnd(splitSideRowsInSteps(model));
}

/** The same in steps: with a million columns it takes half a second. */
export function* splitSideRowsInSteps(model: LinearModel): Generator<undefined, SideRowSplit | undefined> {
  if (model.integer) return undefined;
  const isSide = new Uint8Array(model.rowCount);
  const most = Math.max(5, Math.floor(MOST_SIDE_ROWS * model.rowCount));
  for (let count = 0; count < most;) {
    const networkRows = Int32Array.from([...isSide.keys()].filter((r) => !isSide[r]));
    const network = dropRows(model, isSide, networkRows);
    yield;
    const layout = layOutNetwork(network);
    if (layout.crowdedRows.length === 0) {
      const sideRows = Int32Array.from([...isSide.keys()].filter((r) => isSide[r]));
      return sideRows.length > 0 ? { sideRows, networkRows, network } : undefined;
    }
    yield;
    // Dropping a row may undo a nesting, so the rest is laid out again afterwards.
    for (const row of yield* chooseRowsToDrop(network, layout.nesting.parent, most - count)) {
      isSide[networkRows[row]!] = 1;
      count++;
    }
    yield;
  }
  return undefined;
}

/** Chooses rows, the most frequent one first, until every column keeps at most two entries or `most` are chosen. */
function* chooseRowsToDrop(network: LinearModel, parent: Int32Array, most: number): Generator<undefined, number[]> {
  const { starts } = network;
  // The kept entries of the crowded columns, one column after the other, and how many of them are too many.
  const kept: number[] = [];
  const begins: number[] = [0];
  const surplus: number[] = [];
  const count = new Int32Array(network.rowCount);
  for (let c = 0; c < network.columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    if (to - from <= 2) continue;
    const column = listKeptRows(network, parent, from, to);
    if (column.surplus <= 0) continue;
    for (const row of column.rows) {
      kept.push(row);
      count[row]!++;
    }
    begins.push(kept.length);
    surplus.push(column.surplus);
  }
  const chosen: number[] = [];
  while (chosen.length < most) {
    yield;
    const row = indexOfLargest(count);
    if (count[row] === 0) break;
    chosen.push(row);
    for (let column = 0; column < surplus.length; column++) {
      if (surplus[column] === 0) continue;
      const end = begins[column + 1]!;
      let k = begins[column]!;
      while (k < end && kept[k] !== row) k++;
      if (k === end || --surplus[column]! > 0) continue;
      for (k = begins[column]!; k < end; k++) count[kept[k]!]!--;
    }
    count[row] = 0;
  }
  return chosen;
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
  return {
    ...model,
    rowCount: kept.length,
    rowLower: Float64Array.from(kept, (row) => model.rowLower[row]!),
    rowUpper: Float64Array.from(kept, (row) => model.rowUpper[row]!),
    starts,
    indices: indices.subarray(0, count),
    values: values.subarray(0, count),
  };
}
