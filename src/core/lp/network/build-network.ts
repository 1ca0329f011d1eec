import type { LinearModel } from "../linear-model";
import type { Network } from "./network";
import { isNestedIn, nestRows, type RowNesting } from "./nest-rows";
import { scaleNetwork, type NetworkScale } from "./scale-network";

/** What each part of the network stands for in the linear model that it was built from. */
export interface NetworkIndex {
  readonly columnCount: number;
  readonly nesting: RowNesting;
  /** Value of each column where its arc carries nothing; shape (columnCount). */
  readonly base: Float64Array;
  /** 1 where the arc counts downwards from the column's upper bound. */
  readonly mirrored: Uint8Array;
  /** Arc of the negative part of a free column, by column. */
  readonly negativePart: ReadonlyMap<number, number>;
  /** Nested rows whose lower bound of the link is only implied by the columns, 1 where so; shape (rowCount). */
  readonly impliedLower: Uint8Array;
  /** Value of the row's total where its link or slack carries nothing; shape (rowCount). */
  readonly rowBase: Float64Array;
  readonly scale: NetworkScale;
}

export type NetworkForm =
  | { readonly kind: "network"; readonly network: Network; readonly index: NetworkIndex }
  /** @param rows rows that a column with too many entries is in, most frequent first */
  | { readonly kind: "other"; readonly reason: string; readonly rows: readonly number[] };

/**
 * Turns a linear model into a network when its matrix allows it: after nested rows have become nodes of their own,
 * every column has at most two entries left.
 *
 * Arc c is column c for every column; behind the columns come the links of nested rows, the slacks of the others and
 * the negative parts of free columns.
 */
export function buildNetwork(model: LinearModel): NetworkForm {
  if (model.integer) return { kind: "other", reason: "it has whole numbers", rows: [] };
  const nesting = nestRows(model);
  const draft = createDraft(model, countExtraArcs(model, nesting));
  const tooLong = placeColumns(model, nesting, draft);
  if (tooLong.size > 0) {
    const rows = [...tooLong.entries()].sort((a, b) => b[1] - a[1]).map(([row]) => row);
    return { kind: "other", reason: "columns are in more than two rows", rows };
  }
  const { impliedLower, rowBase } = placeRows(model, nesting, draft);
  const negativePart = placeNegativeParts(draft);
  const network = draft.network;
  const scale = scaleNetwork(network);
  const index = {
    columnCount: model.columnCount,
    nesting,
    base: draft.base,
    mirrored: draft.mirrored,
    negativePart,
    impliedLower,
    rowBase,
    scale,
  };
  return { kind: "network", network, index };
}

interface Draft {
  readonly network: Network;
  readonly base: Float64Array;
  readonly mirrored: Uint8Array;
  readonly free: number[];
  nextArc: number;
}

/** Counts the slacks, links and negative parts that there may be at most; arcs left over stay at zero capacity. */
function countExtraArcs(model: LinearModel, nesting: RowNesting): number {
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

function createDraft(model: LinearModel, extraArcs: number): Draft {
  const nodeCount = model.rowCount;
  const realArcCount = model.columnCount + extraArcs;
  const arcs = realArcCount + nodeCount;
  return {
    network: {
      nodeCount,
      realArcCount,
      tail: new Int32Array(arcs).fill(nodeCount),
      head: new Int32Array(arcs).fill(nodeCount),
      tailCoefficient: new Float64Array(arcs),
      headCoefficient: new Float64Array(arcs),
      capacity: new Float64Array(arcs),
      cost: new Float64Array(arcs),
      supply: new Float64Array(nodeCount),
      slackArc: new Int32Array(nodeCount).fill(-1),
      linkArc: new Int32Array(nodeCount).fill(-1),
    },
    base: new Float64Array(model.columnCount),
    mirrored: new Uint8Array(model.columnCount),
    free: [],
    nextArc: model.columnCount,
  };
}

/** Places every column as an arc; returns the rows of those with more than two entries, with how often. */
function placeColumns(model: LinearModel, nesting: RowNesting, draft: Draft): Map<number, number> {
  const { network, base, mirrored } = draft;
  const tooLong = new Map<number, number>();
  for (let c = 0; c < model.columnCount; c++) {
    const lower = model.columnLower[c]!;
    const upper = model.columnUpper[c]!;
    const isMirrored = lower === -Infinity && upper < Infinity;
    const sign = isMirrored ? -1 : 1;
    base[c] = isMirrored ? upper : lower === -Infinity ? 0 : lower;
    mirrored[c] = isMirrored ? 1 : 0;
    if (lower === -Infinity && upper === Infinity) draft.free.push(c);
    network.cost[c] = sign * model.objective[c]!;
    network.capacity[c] = lower === -Infinity ? Infinity : upper - lower;
    let count = 0;
    const from = model.starts[c]!;
    const to = model.starts[c + 1]!;
    for (let k = from; k < to; k++) {
      const row = model.indices[k]!;
      if (to - from > 2 && isCoveredByNested(model, nesting.parent, row, from, to)) continue;
      placeEnd(network, c, row, sign * model.values[k]!, count++);
      if (base[c] !== 0) network.supply[row]! -= model.values[k]! * base[c]!;
    }
    if (count > 2) {
      for (let k = from; k < to; k++) tooLong.set(model.indices[k]!, (tooLong.get(model.indices[k]!) ?? 0) + 1);
    }
  }
  return tooLong;
}

/** Tells whether a row counts this column through another of the column's rows that is nested in it. */
function isCoveredByNested(model: LinearModel, parent: Int32Array, row: number, from: number, to: number): boolean {
  for (let k = from; k < to; k++) {
    if (model.indices[k] !== row && isNestedIn(parent, model.indices[k]!, row)) return true;
  }
  return false;
}

function placeEnd(network: Network, arc: number, node: number, coefficient: number, position: number): void {
  if (position === 0) {
    network.tail[arc] = node;
    network.tailCoefficient[arc] = coefficient;
  } else {
    network.head[arc] = node;
    network.headCoefficient[arc] = coefficient;
  }
}

/**
 * Gives each row its slack or, when nested, its link to the row above, so that every row becomes an equality.
 *
 * A link's total cannot fall below what the columns' own bounds allow; that implied bound keeps a limit with no lower
 * bound from being counted downwards from its limit, where nobody wants it.
 */
function placeRows(
  model: LinearModel,
  nesting: RowNesting,
  draft: Draft,
): { impliedLower: Uint8Array; rowBase: Float64Array } {
  const { network } = draft;
  const impliedLower = new Uint8Array(model.rowCount);
  const rowBase = new Float64Array(model.rowCount);
  const least = leastTotals(model, nesting);
  for (let r = 0; r < model.rowCount; r++) {
    const isNested = nesting.parent[r]! >= 0;
    let lower = model.rowLower[r]!;
    const upper = model.rowUpper[r]!;
    if (isNested && lower < least[r]! && least[r]! <= upper) {
      lower = least[r]!;
      impliedLower[r] = 1;
    }
    if (!isNested && lower === upper) {
      network.supply[r]! += lower;
      continue;
    }
    const arc = draft.nextArc++;
    const fromUpper = lower === -Infinity && upper < Infinity;
    const start = fromUpper ? upper : lower === -Infinity ? 0 : lower;
    // The total of the row is start + sign * flow; the row reads A x - sign * flow = start.
    const sign = fromUpper ? -1 : 1;
    rowBase[r] = start;
    network.supply[r]! += start;
    network.capacity[arc] = lower === -Infinity ? Infinity : upper - lower;
    placeEnd(network, arc, r, -sign, 0);
    if (isNested) {
      const above = nesting.parent[r]!;
      placeEnd(network, arc, above, sign * nesting.multiple[r]!, 1);
      network.supply[above]! -= nesting.multiple[r]! * start;
      network.linkArc[r] = arc;
    } else {
      network.slackArc[r] = arc;
    }
    if (lower === -Infinity && upper === Infinity) draft.free.push(arc);
  }
  return { impliedLower, rowBase };
}

/** Computes the least total that the bounds of its columns let each nested row have; -Infinity for the others. */
function leastTotals(model: LinearModel, nesting: RowNesting): Float64Array {
  const least = new Float64Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const r = model.indices[k]!;
      if (nesting.parent[r]! < 0) continue;
      const a = model.values[k]!;
      least[r]! += a > 0 ? a * model.columnLower[c]! : a * model.columnUpper[c]!;
    }
  }
  return least.map((value, r) => (nesting.parent[r]! >= 0 && value > -Infinity ? value : -Infinity));
}

/** Splits every free arc into two that only grow. */
function placeNegativeParts(draft: Draft): Map<number, number> {
  const { network } = draft;
  const negativePart = new Map<number, number>();
  for (const arc of draft.free) {
    const negative = draft.nextArc++;
    network.tail[negative] = network.tail[arc]!;
    network.head[negative] = network.head[arc]!;
    network.tailCoefficient[negative] = -network.tailCoefficient[arc]!;
    network.headCoefficient[negative] = -network.headCoefficient[arc]!;
    network.capacity[negative] = Infinity;
    network.cost[negative] = -network.cost[arc]!;
    negativePart.set(arc, negative);
  }
  return negativePart;
}

