import { runToEnd } from "../../basics/run-to-end";
import type { LinearModel } from "../linear-model";
import { assembleNetwork, type Network } from "./network";
import type { RowNesting } from "./nest-rows";
import { countExtraArcs, placeRows, type RowBases } from "./place-rows";
import { layOutNetworkInSteps, NO_ENTRY, type NetworkLayout } from "./network-layout";
import { scaleNetwork, type NetworkScale } from "./scale-network";

/** What each part of the network stands for in the linear model that it was built from. */
export interface NetworkIndex extends RowBases {
  readonly columnCount: number;
  readonly nesting: RowNesting;
  /** Value of each column where its arc carries nothing; shape (columnCount). */
  readonly base: Float64Array;
  /** 1 where the arc counts downwards from the column's upper bound. */
  readonly mirrored: Uint8Array;
  /** Arc of the negative part of a free column, by column. */
  readonly negativePart: ReadonlyMap<number, number>;
  /** Whether any column counts from elsewhere than zero. */
  readonly isMoved: boolean;
  /** Whether any entry of the matrix is negative. */
  readonly hasNegative: boolean;
  readonly scale: NetworkScale;
}

export type NetworkForm =
  | {
      readonly kind: "network";
      readonly network: Network;
      readonly index: NetworkIndex;
      readonly layout: NetworkLayout;
    }
  | { readonly kind: "other"; readonly reason: string };

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
  return runToEnd(buildNetworkInSteps(model, previous, spare));
}

/** The same in steps, for callers that must listen in between. */
export function* buildNetworkInSteps(model: LinearModel, previous?: NetworkLayout, spare?: Network): Generator<undefined, NetworkForm> {
  if (model.integer) return { kind: "other", reason: "it has whole numbers" };
  const layout = yield* layOutNetworkInSteps(model, previous);
  if (layout.crowdedColumns.length > 0) return { kind: "other", reason: "columns are in more than two rows" };
  const { nesting } = layout;
  yield;
  const draft = createDraft(model, countExtraArcs(model, nesting), spare);
  const { network } = draft;
  placeColumns(model, layout, draft);
  yield;
  const bases = { impliedLower: new Uint8Array(model.rowCount), rowBase: new Float64Array(model.rowCount) };
  const hasNegative = isAnyNegative(model.values);
  const freeRows = placeRows(model, nesting, network, draft.isMoved, hasNegative, bases);
  const negativePart = placeNegativeParts(network, [...draft.free, ...freeRows]);
  yield;
  noteArcRanges(network);
  const scale = scaleNetwork(network);
  const index: NetworkIndex = {
    columnCount: model.columnCount,
    nesting,
    base: draft.base,
    mirrored: draft.mirrored,
    negativePart,
    impliedLower: bases.impliedLower,
    rowBase: bases.rowBase,
    isMoved: draft.isMoved,
    hasNegative,
    scale,
  };
  return { kind: "network", network, index, layout };
}

/** Notes between which numbers the arcs of each node are: those of an asset, or of an agreement, are mostly side by side. */
function noteArcRanges({ realArcCount, tail, head, firstArc, lastArc }: Network): void {
  firstArc.fill(realArcCount);
  lastArc.fill(-1);
  for (let e = 0; e < realArcCount; e++) {
    const a = tail[e]!;
    const b = head[e]!;
    lastArc[a] = e;
    lastArc[b] = e;
    if (firstArc[a] === realArcCount) firstArc[a] = e;
    if (firstArc[b] === realArcCount) firstArc[b] = e;
  }
}

function isAnyNegative(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (values[k]! < 0) return true;
  return false;
}

interface Draft {
  readonly network: Network;
  readonly base: Float64Array;
  readonly mirrored: Uint8Array;
  readonly free: number[];
  isMoved: boolean;
}

function createDraft(model: LinearModel, extraArcs: number, spare: Network | undefined): Draft {
  const nodeCount = model.rowCount;
  const realArcCount = model.columnCount + extraArcs;
  const fits = spare !== undefined && spare.nodeCount === nodeCount && spare.realArcCount === realArcCount;
  const network = fits ? spare : createEmptyNetwork(nodeCount, realArcCount);
  network.tail.fill(nodeCount);
  network.head.fill(nodeCount);
  if (fits) {
    for (const part of [network.tailCoefficient, network.headCoefficient, network.capacity, network.cost, network.supply]) part.fill(0);
  }
  return {
    network,
    base: new Float64Array(model.columnCount),
    mirrored: new Uint8Array(model.columnCount),
    free: [],
    isMoved: false,
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
    firstArc: new Int32Array(nodeCount + 1),
    lastArc: new Int32Array(nodeCount + 1),
  });
}

/** Places every column as an arc. */
function placeColumns(model: LinearModel, layout: NetworkLayout, draft: Draft): void {
  const { tailEntry, headEntry } = layout;
  const { tail, head, tailCoefficient, headCoefficient, cost, capacity } = draft.network;
  const { starts, indices, values, objective, columnLower, columnUpper } = model;
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
    if (lower !== 0) moveToBound(draft, c, lower, upper);
  }
  if (draft.isMoved) supplyMovedColumns(model, layout, draft.network.supply, draft.base);
}

/** Notes from where a column with another lower bound than zero is counted, and in which direction. */
function moveToBound(draft: Draft, c: number, lower: number, upper: number): void {
  const { network, base, mirrored, free } = draft;
  draft.isMoved = true;
  if (lower > -Infinity) {
    base[c] = lower;
    return;
  }
  network.capacity[c] = Infinity;
  if (upper === Infinity) free.push(c);
  else {
    base[c] = upper;
    mirrored[c] = 1;
    network.tailCoefficient[c] = -network.tailCoefficient[c]!;
    network.headCoefficient[c] = -network.headCoefficient[c]!;
    network.cost[c] = -network.cost[c]!;
  }
}

/** Takes what columns deliver where they are counted from off the supplies of the rows that their arcs end in. */
export function supplyMovedColumns(model: LinearModel, layout: NetworkLayout, supply: Float64Array, base: Float64Array): void {
  const { tailEntry, headEntry } = layout;
  const { starts, indices, values } = model;
  for (let c = 0; c < model.columnCount; c++) {
    if (base[c] === 0) continue;
    for (const entry of [tailEntry[c]!, headEntry[c]!]) {
      if (entry === NO_ENTRY) continue;
      const k = starts[c]! + entry;
      supply[indices[k]!]! -= values[k]! * base[c]!;
    }
  }
}

/** Splits every free arc into two that only grow; the second ones are the last of the arcs. */
function placeNegativeParts(network: Network, free: readonly number[]): Map<number, number> {
  const negativePart = new Map<number, number>();
  let negative = network.realArcCount - free.length;
  for (const arc of free) {
    network.tail[negative] = network.tail[arc]!;
    network.head[negative] = network.head[arc]!;
    network.tailCoefficient[negative] = -network.tailCoefficient[arc]!;
    network.headCoefficient[negative] = -network.headCoefficient[arc]!;
    network.capacity[negative] = Infinity;
    network.cost[negative] = -network.cost[arc]!;
    negativePart.set(arc, negative++);
  }
  return negativePart;
}
