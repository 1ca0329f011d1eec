import type { LinearModel } from "../linear-model";

/**
 * Which rows are nested in which: row k is nested in row j when every column of k is also in j and its coefficients
 * in j are the same multiple of those in k. Then j may count the total of k instead of k's columns one by one.
 */
export interface RowNesting {
  /** Row that a row is directly nested in, -1 for none; shape (rowCount). */
  readonly parent: Int32Array;
  /** Coefficient in the parent per unit of the row's total; shape (rowCount). */
  readonly multiple: Float64Array;
}

/**
 * Finds the nested rows of a model, from the matrix alone.
 *
 * A limit on a class of assets at an agreement is nested in the agreement's cover, an over-post cap in it too, and so
 * on in any depth. Only rows that have a column with more than two entries are looked at: the others need no nesting.
 *
 * @source Laminar families of sets, as in the proof that nested capacities keep a network a network
 */
export function nestRows(model: LinearModel): RowNesting {
  const parent = new Int32Array(model.rowCount).fill(-1);
  const multiple = new Float64Array(model.rowCount);
  const { rowSize, wanted } = measureRows(model);
  if (!wanted.includes(1)) return { parent, multiple };
  const { starts, columns } = listColumnsOfRows(model, rowSize);
  const containers = new Map<number, { row: number; multiple: number }[]>();
  for (let k = 0; k < model.rowCount; k++) {
    if (!wanted[k] || rowSize[k] === 0) continue;
    const found = findContainers(model, k, columns.subarray(starts[k]!, starts[k + 1]!), rowSize);
    if (found.length > 0) containers.set(k, found);
  }
  for (const [k, found] of containers) {
    // The direct parents are those that contain no other container of k.
    const direct = found.filter(
      ({ row }) => !found.some((other) => other.row !== row && containers.get(other.row)?.some((outer) => outer.row === row)),
    );
    // Nested both in an asset's inventory and in an agreement's cover (a class of one asset): either makes a network,
    // and hanging it under the row that asks for something leaves the inventory a plain giver.
    const chosen = direct.find(({ row }) => model.rowLower[row]! > -Infinity) ?? direct[0]!;
    parent[k] = chosen.row;
    multiple[k] = chosen.multiple;
  }
  return { parent, multiple };
}

/** Tells whether row `outer` contains row `inner` directly or through others. */
export function isNestedIn(parent: Int32Array, inner: number, outer: number): boolean {
  for (let row = parent[inner]!; row >= 0; row = parent[row]!) if (row === outer) return true;
  return false;
}

function measureRows(model: LinearModel): { rowSize: Int32Array; wanted: Uint8Array } {
  const rowSize = new Int32Array(model.rowCount);
  const wanted = new Uint8Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    const isLong = model.starts[c + 1]! - model.starts[c]! > 2;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      rowSize[model.indices[k]!]!++;
      if (isLong) wanted[model.indices[k]!] = 1;
    }
  }
  return { rowSize, wanted };
}

function listColumnsOfRows(model: LinearModel, rowSize: Int32Array): { starts: Int32Array; columns: Int32Array } {
  const starts = new Int32Array(model.rowCount + 1);
  for (let r = 0; r < model.rowCount; r++) starts[r + 1] = starts[r]! + rowSize[r]!;
  const next = starts.slice();
  const columns = new Int32Array(model.values.length);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) columns[next[model.indices[k]!]!++] = c;
  }
  return { starts, columns };
}

/** Lists the rows that contain row k. Of two equal rows the one with the lower index is nested in the other. */
function findContainers(
  model: LinearModel,
  k: number,
  columns: Int32Array,
  rowSize: Int32Array,
): { row: number; multiple: number }[] {
  const first = columns[0]!;
  const found: { row: number; multiple: number }[] = [];
  for (let entry = model.starts[first]!; entry < model.starts[first + 1]!; entry++) {
    const row = model.indices[entry]!;
    if (row === k || rowSize[row]! < rowSize[k]! || (rowSize[row] === rowSize[k] && row < k)) continue;
    const multiple = model.values[entry]! / coefficientAt(model, k, first);
    if (columns.every((c) => isMultiple(coefficientAt(model, row, c), coefficientAt(model, k, c) * multiple))) {
      found.push({ row, multiple });
    }
  }
  return found;
}

function isMultiple(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-13 * Math.abs(expected);
}

function coefficientAt(model: LinearModel, row: number, column: number): number {
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
    if (model.indices[k] === row) return model.values[k]!;
  }
  return 0;
}
