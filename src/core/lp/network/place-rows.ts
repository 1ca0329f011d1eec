import type { LinearModel } from "../linear-model";
import type { RowNesting } from "./nest-rows";
import type { Network } from "./network";

/** What a row's arc is counted from. */
export interface RowBases {
  /** Nested rows whose lower bound of the link is only implied by the columns, 1 where so; shape (rowCount). */
  readonly impliedLower: Uint8Array;
  /** Value of the row's total where its link or slack carries nothing; shape (rowCount). */
  readonly rowBase: Float64Array;
}

/** Counts the slacks, links and negative parts that there may be at most; arcs left over stay at zero capacity. */
export function countExtraArcs(model: LinearModel, nesting: RowNesting): number {
  let total = 0;
  for (let r = 0; r < model.rowCount; r++) {
    const isFree = model.rowLower[r] === -Infinity && model.rowUpper[r] === Infinity;
    if (nesting.parent[r]! >= 0 || isFree) total += 2;
    else if (model.rowLower[r] !== model.rowUpper[r]) total++;
  }
  for (let c = 0; c < model.columnCount; c++) {
    if (model.columnLower[c] === -Infinity && model.columnUpper[c] === Infinity) total++;
  }
  return total;
}

/**
 * Gives each row its slack or, when nested, its link to the row above, so that every row becomes an equality, and adds
 * what it asks for to the supplies.
 *
 * A link's total cannot fall below what the columns' own bounds allow; that implied bound keeps a limit with no lower
 * bound from being counted downwards from its limit, where nobody wants it.
 *
 * @param isMoved whether any column's lower bound is other than zero
 * @param hasNegative whether any entry of the matrix is negative
 * @param bases filled in
 * @returns the arcs of rows that are free in both directions
 */
export function placeRows(
  model: LinearModel,
  nesting: RowNesting,
  network: Network,
  isMoved: boolean,
  hasNegative: boolean,
  bases: RowBases,
): number[] {
  const { impliedLower, rowBase } = bases;
  const { supply } = network;
  const least = leastTotals(model, nesting, isMoved || hasNegative);
  const free: number[] = [];
  let nextArc = model.columnCount;
  network.slackArc.fill(-1);
  network.linkArc.fill(-1);
  for (let r = 0; r < model.rowCount; r++) {
    const isNested = nesting.parent[r]! >= 0;
    let lower = model.rowLower[r]!;
    const upper = model.rowUpper[r]!;
    impliedLower[r] = 0;
    rowBase[r] = 0;
    if (isNested && lower < least[r]! && least[r]! <= upper) {
      lower = least[r]!;
      impliedLower[r] = 1;
    }
    if (!isNested && lower === upper) {
      supply[r]! += lower;
      continue;
    }
    const arc = nextArc++;
    const fromUpper = lower === -Infinity && upper < Infinity;
    const start = fromUpper ? upper : lower === -Infinity ? 0 : lower;
    // The total of the row is start + sign * flow; the row reads A x - sign * flow = start.
    const sign = fromUpper ? -1 : 1;
    rowBase[r] = start;
    supply[r]! += start;
    network.capacity[arc] = lower === -Infinity ? Infinity : upper - lower;
    network.tail[arc] = r;
    network.tailCoefficient[arc] = -sign;
    if (isNested) {
      const above = nesting.parent[r]!;
      network.head[arc] = above;
      network.headCoefficient[arc] = sign * nesting.multiple[r]!;
      supply[above]! -= nesting.multiple[r]! * start;
      network.linkArc[r] = arc;
    } else {
      network.slackArc[r] = arc;
    }
    if (lower === -Infinity && upper === Infinity) free.push(arc);
  }
  return free;
}

/**
 * Computes the least total that the bounds of its columns let each nested row have; -Infinity for the others.
 *
 * @param isAny whether any column adds to it: the usual one starts at zero and counts positively, which adds nothing
 */
function leastTotals(model: LinearModel, nesting: RowNesting, isAny: boolean): Float64Array {
  const { starts, indices, values, columnLower, columnUpper } = model;
  const least = new Float64Array(model.rowCount);
  for (let r = 0; r < least.length; r++) least[r] = nesting.parent[r]! >= 0 ? 0 : -Infinity;
  for (let c = 0; isAny && c < model.columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const a = values[k]!;
      const bound = a > 0 ? columnLower[c]! : columnUpper[c]!;
      if (a !== 0 && bound !== 0) least[indices[k]!]! += a * bound;
    }
  }
  return least;
}
