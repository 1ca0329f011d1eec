import { AT_UPPER, FIXED, type Network } from "./network";

/**
 * The arcs that pricing looks at first, with their data side by side: picked one by one out of a million they would
 * miss every cache.
 *
 * An arc at its capacity is kept with its signs turned, a fixed one with none of its data, so that "reduced cost
 * below zero" means "improves" for every arc that is not basic, and basic ones have none.
 */
export interface ActiveArcs {
  readonly arc: Int32Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly tailCoefficient: Float64Array;
  readonly headCoefficient: Float64Array;
  readonly cost: Float64Array;
  /** Place of each real arc in this list, -1 for those that are not in it; shape (realArcCount). */
  readonly placeOf: Int32Array;
  count: number;
}

/** Makes an empty list. @param room how many arcs it may hold */
export function createActiveArcs(realArcCount: number, room: number): ActiveArcs {
  return {
    arc: new Int32Array(room),
    tail: new Int32Array(room),
    head: new Int32Array(room),
    tailCoefficient: new Float64Array(room),
    headCoefficient: new Float64Array(room),
    cost: new Float64Array(room),
    placeOf: new Int32Array(realArcCount).fill(-1),
    count: 0,
  };
}

/** Empties the list, as when costs have changed. */
export function clearActiveArcs(active: ActiveArcs): void {
  const { arc, placeOf, count } = active;
  for (let k = 0; k < count; k++) placeOf[arc[k]!] = -1;
  active.count = 0;
}

/** Puts an arc into a place of the list. @param at where the arc is */
export function putActive(network: Network, active: ActiveArcs, place: number, e: number, at: number): void {
  const sign = at === AT_UPPER ? -1 : at === FIXED ? 0 : 1;
  active.arc[place] = e;
  active.placeOf[e] = place;
  active.tail[place] = network.tail[e]!;
  active.head[place] = network.head[e]!;
  active.tailCoefficient[place] = sign * network.tailCoefficient[e]!;
  active.headCoefficient[place] = sign * network.headCoefficient[e]!;
  active.cost[place] = sign * network.cost[e]!;
}

/**
 * Tells the list where an arc is now; every change of a state must be told. Artificial arcs are in no list.
 *
 * An arc that leaves the basis joins the list while there is room: of all arcs it is the one that is next to come back, and dual
 * pivots that did not know of it would take another one and leave it improving.
 */
export function moveActive(network: Network, active: ActiveArcs, e: number, at: number): void {
  if (e >= network.realArcCount) return;
  const place = active.placeOf[e]!;
  if (place >= 0) putActive(network, active, place, e, at);
  else if (at <= AT_UPPER && active.count < active.arc.length) putActive(network, active, active.count++, e, at);
}

/** Looks up where every arc of the list is, as when a basis has been repaired. */
export function refreshActive(network: Network, active: ActiveArcs, state: Uint8Array): void {
  for (let k = 0; k < active.count; k++) putActive(network, active, k, active.arc[k]!, state[active.arc[k]!]!);
}
