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
  const containers = findContainers(model, measureRows(model));
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

/** Tells whether a nesting found before still holds for a model with the same pattern and other values. */
export function nestingHolds(model: LinearModel, nesting: RowNesting): boolean {
  for (let c = 0; c < model.columnCount; c++) if (!columnNests(model, nesting, c)) return false;
  return true;
}

/** Tells whether the entries of one column fit a nesting found before. */
export function columnNests(model: LinearModel, { parent, multiple }: RowNesting, c: number): boolean {
  const from = model.starts[c]!;
  const to = model.starts[c + 1]!;
  for (let k = from; k < to; k++) {
    const row = model.indices[k]!;
    if (parent[row]! < 0) continue;
    if (!isMultiple(coefficientAt(model, parent[row]!, from, to), model.values[k]! * multiple[row]!)) return false;
  }
  return true;
}

interface RowSizes {
  readonly size: Int32Array;
  /** First column of each row, -1 where the row has none or none with more than two entries. */
  readonly first: Int32Array;
}

function measureRows(model: LinearModel): RowSizes {
  const size = new Int32Array(model.rowCount);
  const first = new Int32Array(model.rowCount).fill(-1);
  const isWanted = new Uint8Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    const from = model.starts[c]!;
    const to = model.starts[c + 1]!;
    for (let k = from; k < to; k++) {
      const row = model.indices[k]!;
      if (size[row]!++ === 0) first[row] = c;
      if (to - from > 2) isWanted[row] = 1;
    }
  }
  for (let r = 0; r < model.rowCount; r++) if (!isWanted[r]) first[r] = -1;
  return { size, first };
}

/**
 * Lists for each row the rows that contain it. Of two equal rows the one with the lower index is nested in the other.
 *
 * The first column of a row names the candidates; one pass over all columns then drops those that fail anywhere.
 */
function findContainers(model: LinearModel, { size, first }: RowSizes): Map<number, Container[]> {
  const candidates: Container[][] = [];
  let left = 0;
  for (let k = 0; k < model.rowCount; k++) {
    candidates.push(first[k]! < 0 ? NO_CONTAINER : listCandidates(model, k, first[k]!, size));
    left += candidates[k]!.length;
  }
  for (let c = 0; c < model.columnCount && left > 0; c++) {
    const from = model.starts[c]!;
    const to = model.starts[c + 1]!;
    for (let e = from; e < to; e++) {
      const row = model.indices[e]!;
      const list = candidates[row]!;
      for (let k = list.length - 1; k >= 0; k--) {
        const { row: outer, multiple } = list[k]!;
        if (isMultiple(coefficientAt(model, outer, from, to), model.values[e]! * multiple)) continue;
        list.splice(k, 1);
        left--;
      }
    }
  }
  const containers = new Map<number, Container[]>();
  candidates.forEach((list, k) => {
    if (list.length > 0) containers.set(k, list);
  });
  return containers;
}

interface Container {
  readonly row: number;
  readonly multiple: number;
}

const NO_CONTAINER: Container[] = [];

function listCandidates(model: LinearModel, k: number, column: number, size: Int32Array): Container[] {
  const from = model.starts[column]!;
  const to = model.starts[column + 1]!;
  const own = coefficientAt(model, k, from, to);
  const found: Container[] = [];
  for (let e = from; e < to; e++) {
    const row = model.indices[e]!;
    if (row === k || size[row]! < size[k]! || (size[row] === size[k] && row < k)) continue;
    found.push({ row, multiple: model.values[e]! / own });
  }
  return found;
}

function isMultiple(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-13 * Math.abs(expected);
}

function coefficientAt(model: LinearModel, row: number, from: number, to: number): number {
  for (let k = from; k < to; k++) if (model.indices[k] === row) return model.values[k]!;
  return 0;
}
