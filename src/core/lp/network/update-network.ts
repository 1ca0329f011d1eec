import type { LinearModel } from "../linear-model";
import { supplyMovedColumns, type NetworkIndex } from "./build-network";
import { findDifference, findIntegerDifference } from "./find-difference";
import { columnNests } from "./nest-rows";
import { AT_LOWER, BASIC, FIXED, type Network } from "./network";
import { assembleLayout, NO_ENTRY, type NetworkLayout } from "./network-layout";
import { placeRows } from "./place-rows";

/** A network together with the model that it was built from, kept from one solve to the next. */
export interface PreparedNetwork {
  readonly model: LinearModel;
  readonly network: Network;
  readonly index: NetworkIndex;
  readonly layout: NetworkLayout;
  /** Where each arc was in the answer, for the next start; undefined when there was none. */
  readonly state: Uint8Array | undefined;
}

/** Puts a prepared network together; all are made here, so that what works on them is compiled once. */
export function assemblePrepared(parts: PreparedNetwork): PreparedNetwork {
  const { model, network, index, layout, state } = parts;
  return { model, network, index, layout, state };
}

/** Scaled coefficients and the largest supply may be between 1/ROOM and ROOM before everything is scaled anew. */
const ROOM = 2 ** 12;
const SUPPLY_ROOM = 2 ** 4;
/** When more than this share of the costs has changed, the scale of costs may no longer fit. */
const MANY_COSTS = 0.25;

/**
 * Changes a network to that of an edited model, arc by arc where a column has changed and every row's arc.
 *
 * After an edit of calls, prices, haircuts or costs nearly everything is as it was: comparing the arrays, where they
 * are not the very same ones, takes a fraction of the time of building the network again.
 *
 * @returns undefined when the change goes too far (another pattern, other nestings, bounds that come or go, numbers of
 *   another size); the network is then of no use any more and has to be built from the model
 */
export function updateNetwork(prepared: PreparedNetwork, model: LinearModel): PreparedNetwork | undefined {
  const { model: before, index, layout } = prepared;
  if (model.integer || before.columnCount !== model.columnCount || before.rowCount !== model.rowCount) return undefined;
  if (index.negativePart.size > 0 || !hasSamePattern(before, model)) return undefined;
  if (!updateColumns(prepared, model) || !updateRows(prepared, model)) return undefined;
  // It shall come out as a network built from nothing.
  prepared.network.tailCoefficient.fill(0, prepared.network.realArcCount);
  const { starts, indices, values } = model;
  return assemblePrepared({ ...prepared, model, layout: assembleLayout({ ...layout, starts, indices, values }) });
}

function hasSamePattern(a: LinearModel, b: LinearModel): boolean {
  return (
    a.values.length === b.values.length && findIntegerDifference(a.starts, b.starts, 0) < 0 && findIntegerDifference(a.indices, b.indices, 0) < 0
  );
}

function updateColumns(prepared: PreparedNetwork, model: LinearModel): boolean {
  const { model: before } = prepared;
  for (const [old, now] of [
    [before.columnLower, model.columnLower],
    [before.columnUpper, model.columnUpper],
  ] as const) {
    for (let c = findDifference(old, now, 0); c >= 0; c = findDifference(old, now, c + 1)) {
      if (!updateColumn(prepared, model, c)) return false;
    }
  }
  let costs = 0;
  for (let c = findDifference(before.objective, model.objective, 0); c >= 0; c = findDifference(before.objective, model.objective, c + 1)) {
    if (++costs > MANY_COSTS * model.columnCount || !updateColumn(prepared, model, c)) return false;
  }
  for (let k = findDifference(before.values, model.values, 0); k >= 0;) {
    const c = columnOf(model.starts, k);
    if (!columnNests(model, prepared.index.nesting, c) || !updateColumn(prepared, model, c)) return false;
    k = findDifference(before.values, model.values, model.starts[c + 1]!);
  }
  return true;
}

/** Finds the column of an entry. */
function columnOf(starts: Int32Array, entry: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! <= entry) low = middle;
    else high = middle;
  }
  return low;
}

/** Writes a column's arc anew. @returns false when it would be another kind of arc */
function updateColumn({ network, index, layout, state }: PreparedNetwork, model: LinearModel, c: number): boolean {
  const { scale, base, mirrored } = index;
  const lower = model.columnLower[c]!;
  const upper = model.columnUpper[c]!;
  const isMirrored = lower === -Infinity;
  if (isMirrored !== (mirrored[c] === 1) || (lower !== 0 && !index.isMoved)) return false;
  base[c] = isMirrored ? upper : lower;
  const sign = (isMirrored ? -1 : 1) * (scale.arcFactor ? scale.arcFactor[c]! : 1);
  const from = model.starts[c]!;
  const coefficient = (entry: number, node: number): number =>
    entry === NO_ENTRY ? 0 : sign * model.values[from + entry]! * (scale.nodeFactor ? scale.nodeFactor[node]! : 1);
  const tail = coefficient(layout.tailEntry[c]!, network.tail[c]!);
  const head = coefficient(layout.headEntry[c]!, network.head[c]!);
  if (!isInRange(tail, network.tailCoefficient[c]!) || !isInRange(head, network.headCoefficient[c]!)) return false;
  network.tailCoefficient[c] = tail;
  network.headCoefficient[c] = head;
  network.cost[c] = sign * model.objective[c]! * scale.objective;
  network.capacity[c] = isMirrored ? Infinity : (upper - lower) / scale.amount / (scale.arcFactor ? scale.arcFactor[c]! : 1);
  if (state) fitState(network, state, c);
  return true;
}

/** Moves an arc from where its new capacity does not let it be. */
function fitState({ capacity }: Network, state: Uint8Array, e: number): void {
  if (state[e] === BASIC) return;
  if (!(capacity[e]! > 0)) state[e] = FIXED;
  else if (state[e] === FIXED || capacity[e] === Infinity) state[e] = AT_LOWER;
}

/** Entries may change in size but neither come nor go nor turn round. */
function isInRange(now: number, before: number): boolean {
  if (now === 0 || before === 0) return now === before;
  return now > 0 === before > 0 && Math.abs(now) >= 1 / ROOM && Math.abs(now) <= ROOM;
}

/** Writes the rows' arcs and all supplies anew. @returns false when a row's arc would be another one */
function updateRows({ network, index, layout, state }: PreparedNetwork, model: LinearModel): boolean {
  const { slackArc, linkArc, supply, capacity, tailCoefficient, headCoefficient, tail, head, nodeCount } = network;
  const { scale, nesting } = index;
  const slacks = slackArc.slice();
  const links = linkArc.slice();
  supply.fill(0);
  if (index.isMoved) supplyMovedColumns(model, layout, supply, index.base);
  if (placeRows(model, nesting, network, index.isMoved, index.hasNegative, index).length > 0) return false;
  if (findIntegerDifference(slacks, slackArc, 0) >= 0 || findIntegerDifference(links, linkArc, 0) >= 0) return false;
  let largest = 0;
  for (let n = 0; n < nodeCount; n++) {
    supply[n]! *= (scale.nodeFactor ? scale.nodeFactor[n]! : 1) / scale.amount;
    largest = Math.max(largest, Math.abs(supply[n]!));
  }
  for (let e = model.columnCount; e < network.realArcCount; e++) {
    const arcFactor = scale.arcFactor ? scale.arcFactor[e]! : 1;
    capacity[e]! /= scale.amount * arcFactor;
    if (state) fitState(network, state, e);
    if (!scale.nodeFactor) continue;
    tailCoefficient[e]! *= arcFactor * scale.nodeFactor[tail[e]!]!;
    headCoefficient[e]! *= arcFactor * scale.nodeFactor[head[e]!]!;
  }
  return largest === 0 || (largest >= 1 / SUPPLY_ROOM && largest <= SUPPLY_ROOM);
}
