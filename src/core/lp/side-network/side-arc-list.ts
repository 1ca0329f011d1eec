import type { ActiveArcs } from "../network/active-arcs";
import { AT_UPPER, FIXED } from "../network/network";
import { sidePrice, type SideNetwork } from "./side-network";

/**
 * Arcs that are improving or nearly so, with their data side by side: picked one by one out of all arcs they would miss every cache.
 *
 * An arc at its capacity is kept with its signs turned, a fixed one with none of its data, so that "reduced cost
 * below zero" means "improves" for every arc that is not basic.
 */
export interface SideArcList extends ActiveArcs {
  /** The arc's side row, the number of side rows for none; -1 for several. */
  readonly row: Int32Array;
  /** The entry there; for several rows the sign that the arc is kept with. */
  readonly value: Float64Array;
}

/** Makes an empty list with room for all arcs. */
export function createSideArcList(arcCount: number): SideArcList {
  return {
    arc: new Int32Array(arcCount),
    tail: new Int32Array(arcCount),
    head: new Int32Array(arcCount),
    tailCoefficient: new Float64Array(arcCount),
    headCoefficient: new Float64Array(arcCount),
    cost: new Float64Array(arcCount),
    row: new Int32Array(arcCount),
    value: new Float64Array(arcCount),
    placeOf: new Int32Array(arcCount).fill(-1),
    count: 0,
  };
}

/** Puts an arc behind the others. @param at where the arc is */
export function addSideArc(side: SideNetwork, list: SideArcList, e: number, at: number): void {
  putSideArc(side, list, list.count++, e, at);
}

/** Tells the list where an arc is now; every change of a state must be told. Artificial arcs are in no list. */
export function moveSideArc(side: SideNetwork, list: SideArcList, e: number, at: number): void {
  if (e >= side.network.realArcCount) return;
  const place = list.placeOf[e]!;
  if (place >= 0) putSideArc(side, list, place, e, at);
}

function putSideArc(
  { network, realCost, sideCount, sideStarts, sideRows, sideValues }: SideNetwork,
  list: SideArcList,
  place: number,
  e: number,
  at: number,
) {
  const sign = at === AT_UPPER ? -1 : at === FIXED ? 0 : 1;
  list.arc[place] = e;
  list.placeOf[e] = place;
  list.tail[place] = network.tail[e]!;
  list.head[place] = network.head[e]!;
  list.tailCoefficient[place] = sign * network.tailCoefficient[e]!;
  list.headCoefficient[place] = sign * network.headCoefficient[e]!;
  list.cost[place] = sign * realCost[e]!;
  const first = sideStarts[e]!;
  const entries = sideStarts[e + 1]! - first;
  list.row[place] = entries === 0 ? sideCount : entries === 1 ? sideRows[first]! : -1;
  list.value[place] = entries === 1 ? sign * sideValues[first]! : sign;
}

/** Reduced cost of the arc in a place, with the sign that it is kept with. @param w duals of the side rows, and 0 behind them */
export function reducedCostInPlace(side: SideNetwork, list: SideArcList, potential: Float64Array, w: Float64Array, place: number): number {
  const { tail, head, tailCoefficient, headCoefficient, cost, row, value } = list;
  const r = row[place]!;
  const price = r < 0 ? sidePrice(side, w, list.arc[place]!) : w[r]!;
  return (
    cost[place]! - tailCoefficient[place]! * potential[tail[place]!]! - headCoefficient[place]! * potential[head[place]!]! - value[place]! * price
  );
}
