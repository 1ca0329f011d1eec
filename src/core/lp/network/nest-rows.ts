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

interface Container {
  readonly row: number;
  readonly multiple: number;
}

/** The rows that may contain each row, as linked lists in vectors: one pass over a million columns goes through them. */
interface Candidates {
  /** First candidate of each row, -1 for none; shape (rowCount). */
  readonly first: Int32Array;
  /** Candidate after each, -1 for the last. */
  readonly next: Int32Array;
  readonly row: Int32Array;
  readonly multiple: Float64Array;
}

/**
 * Lists for each row the rows that contain it. Of two equal rows the one with the lower index is nested in the other.
 *
 * The first column of a row names the candidates; one pass over all columns then drops those that fail anywhere.
 */
function findContainers(model: LinearModel, sizes: RowSizes): Map<number, Container[]> {
  const candidates = listCandidates(model, sizes);
  const { first, next, row, multiple } = candidates;
  if (row.length > 0) dropCandidates(model, candidates);
  const containers = new Map<number, Container[]>();
  for (let k = 0; k < model.rowCount; k++) {
    const found: Container[] = [];
    for (let q = first[k]!; q >= 0; q = next[q]!) found.push({ row: row[q]!, multiple: multiple[q]! });
    if (found.length > 0) containers.set(k, found);
  }
  return containers;
}

function listCandidates(model: LinearModel, { size, first }: RowSizes): Candidates {
  const firstOf = new Int32Array(model.rowCount).fill(-1);
  const next: number[] = [];
  const row: number[] = [];
  const multiple: number[] = [];
  for (let k = 0; k < model.rowCount; k++) {
    if (first[k]! < 0) continue;
    const from = model.starts[first[k]!]!;
    const to = model.starts[first[k]! + 1]!;
    const own = coefficientAt(model, k, from, to);
    for (let e = to - 1; e >= from; e--) {
      const outer = model.indices[e]!;
      if (outer === k || size[outer]! < size[k]! || (size[outer] === size[k] && outer < k)) continue;
      next.push(firstOf[k]!);
      row.push(outer);
      multiple.push(model.values[e]! / own);
      firstOf[k] = row.length - 1;
    }
  }
  return { first: firstOf, next: Int32Array.from(next), row: Int32Array.from(row), multiple: Float64Array.from(multiple) };
}

/** Takes those candidates off the lists that do not have one of the row's columns, or not in the same multiple. */
function dropCandidates({ columnCount, starts, indices, values }: LinearModel, { first, next, row, multiple }: Candidates): void {
  for (let c = 0; c < columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    for (let e = from; e < to; e++) {
      const inner = indices[e]!;
      let before = -1;
      for (let q = first[inner]!; q >= 0; q = next[q]!) {
        const expected = values[e]! * multiple[q]!;
        let actual = 0;
        for (let k = from; k < to; k++) if (indices[k] === row[q]) actual = values[k]!;
        if (Math.abs(actual - expected) <= SAME * Math.abs(expected)) before = q;
        else if (before < 0) first[inner] = next[q]!;
        else next[before] = next[q]!;
      }
    }
  }
}

/** Coefficients that differ by no more than this share are the same multiple. */
const SAME = 1e-13;

function isMultiple(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= SAME * Math.abs(expected);
}

function coefficientAt(model: LinearModel, row: number, from: number, to: number): number {
  for (let k = from; k < to; k++) if (model.indices[k] === row) return model.values[k]!;
  return 0;
}
