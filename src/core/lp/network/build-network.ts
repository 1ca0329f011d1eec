import type { LinearModel } from "../linear-model";
import { assembleNetwork, type Network } from "./network";
import type { RowNesting } from "./nest-rows";
import { layOutNetwork, NO_ENTRY, type NetworkLayout } from "./network-layout";
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
  | {
      readonly kind: "network";
      readonly network: Network;
      readonly index: NetworkIndex;
      readonly layout: NetworkLayout;
    }
  /** @param rows rows that a column with too many entries is in, most frequent first */
  | { readonly kind: "other"; readonly reason: string; readonly rows: readonly number[] };

/**
 * Turns a linear model into a network when its matrix allows it: after nested rows have become nodes of their own,
 * every column has at most two entries left.
 *
 * Arc c is column c for every column; behind the columns come the links of nested rows, the slacks of the others and
 * the negative parts of free columns.
 *
 * @param previous layout of an earlier model, which saves working it out where the matrix is the same
 * @param spare network that is no longer needed; its arrays are used again where they have the right size
 */
export function buildNetwork(model: LinearModel, previous?: NetworkLayout, spare?: Network): NetworkForm {
  if (model.integer) return { kind: "other", reason: "it has whole numbers", rows: [] };
  const layout = layOutNetwork(model, previous);
  if (layout.crowdedRows.length > 0) {
    return { kind: "other", reason: "columns are in more than two rows", rows: layout.crowdedRows };
  }
  const { nesting } = layout;
  const draft = createDraft(model, countExtraArcs(model, nesting), spare);
  placeColumns(model, layout, draft);
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
  return { kind: "network", network, index, layout };
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

function createDraft(model: LinearModel, extraArcs: number, spare: Network | undefined): Draft {
  const nodeCount = model.rowCount;
  const realArcCount = model.columnCount + extraArcs;
  const fits = spare !== undefined && spare.nodeCount === nodeCount && spare.realArcCount === realArcCount;
  const network = fits ? spare : createEmptyNetwork(nodeCount, realArcCount);
  network.tail.fill(nodeCount);
  network.head.fill(nodeCount);
  network.slackArc.fill(-1);
  network.linkArc.fill(-1);
  if (fits) {
    for (const part of [network.tailCoefficient, network.headCoefficient, network.capacity, network.cost, network.supply]) part.fill(0);
  }
  return {
    network,
    base: new Float64Array(model.columnCount),
    mirrored: new Uint8Array(model.columnCount),
    free: [],
    nextArc: model.columnCount,
  };
}

function createEmptyNetwork(nodeCount: number, realArcCount: number): Network {
  const arcs = realArcCount + nodeCount;
  return assembleNetwork({
    nodeCount,
    realArcCount,
    tail: new Int32Array(arcs),
    head: new Int32Array(arcs),
    tailCoefficient: new Float64Array(arcs),
    headCoefficient: new Float64Array(arcs),
    capacity: new Float64Array(arcs),
    cost: new Float64Array(arcs),
    supply: new Float64Array(nodeCount),
    slackArc: new Int32Array(nodeCount),
    linkArc: new Int32Array(nodeCount),
  });
}

/** Places every column as an arc. */
function placeColumns(model: LinearModel, { tailEntry, headEntry }: NetworkLayout, draft: Draft): void {
  const { base, mirrored } = draft;
  const { tail, head, tailCoefficient, headCoefficient, cost, capacity } = draft.network;
  const { starts, indices, values, objective, columnLower, columnUpper } = model;
  let isMoved = false;
  for (let c = 0; c < model.columnCount; c++) {
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    const from = starts[c]!;
    if (tailEntry[c]! !== NO_ENTRY) {
      tail[c] = indices[from + tailEntry[c]!]!;
      tailCoefficient[c] = values[from + tailEntry[c]!]!;
    }
    if (headEntry[c]! !== NO_ENTRY) {
      head[c] = indices[from + headEntry[c]!]!;
      headCoefficient[c] = values[from + headEntry[c]!]!;
    }
    cost[c] = objective[c]!;
    capacity[c] = upper - lower;
    if (lower !== 0) {
      moveToBound(draft, c, lower, upper);
      isMoved = true;
    }
  }
  if (!isMoved) return;
  for (let c = 0; c < model.columnCount; c++) {
    if (mirrored[c]) {
      tailCoefficient[c] = -tailCoefficient[c]!;
      headCoefficient[c] = -headCoefficient[c]!;
      cost[c] = -cost[c]!;
    }
    if (base[c] === 0) continue;
    const sign = mirrored[c] ? -1 : 1;
    if (tailEntry[c]! !== NO_ENTRY) draft.network.supply[tail[c]!]! -= sign * tailCoefficient[c]! * base[c]!;
    if (headEntry[c]! !== NO_ENTRY) draft.network.supply[head[c]!]! -= sign * headCoefficient[c]! * base[c]!;
  }
}

/** Notes from where a column with another lower bound than zero is counted, and in which direction. */
function moveToBound({ network, base, mirrored, free }: Draft, c: number, lower: number, upper: number): void {
  if (lower > -Infinity) {
    base[c] = lower;
    return;
  }
  network.capacity[c] = Infinity;
  if (upper === Infinity) free.push(c);
  else {
    base[c] = upper;
    mirrored[c] = 1;
  }
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
function placeRows(model: LinearModel, nesting: RowNesting, draft: Draft): { impliedLower: Uint8Array; rowBase: Float64Array } {
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
  const { starts, indices, values, columnLower, columnUpper } = model;
  const least = new Float64Array(model.rowCount).map((_, r) => (nesting.parent[r]! >= 0 ? 0 : -Infinity));
  let hasNegative = false;
  for (let k = 0; k < values.length && !hasNegative; k++) hasNegative = values[k]! < 0;
  for (let c = 0; c < model.columnCount; c++) {
    // The usual column starts at zero and counts positively, which adds nothing to any total.
    if (columnLower[c] === 0 && !hasNegative) continue;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const a = values[k]!;
      const bound = a > 0 ? columnLower[c]! : columnUpper[c]!;
      if (bound !== 0) least[indices[k]!]! += a * bound;
    }
  }
  return least;
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
