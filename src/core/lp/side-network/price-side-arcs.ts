import { AT_LOWER, AT_UPPER } from "../network/network";
import type { SideNetwork } from "./side-network";

/** Arcs that are improving or nearly so, with their data side by side, and the few improving ones of them. */
export interface SidePricing {
  readonly arc: Int32Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly tailCoefficient: Float64Array;
  readonly headCoefficient: Float64Array;
  readonly cost: Float64Array;
  /** 1 where the arc is already in the list; shape (realArcCount). */
  readonly isListed: Uint8Array;
  /** 1 where what seemed to be saved was rounding noise, until everything is computed anew; arcs, then totals. */
  readonly isNoise: Uint8Array;
  count: number;
  position: number;
  readonly candidates: Int32Array;
  readonly gains: Float64Array;
  candidateCount: number;
  /** Times that the candidates have served. */
  used: number;
  /** The best candidates, best first. */
  readonly queue: Int32Array;
  queued: number;
  next: number;
}

const LIST = { wanted: 128, room: 1024, rounds: 4, queue: 16 };
/** Arcs that are listed: all with a reduced cost up to that of the given share of them. */
const NEAR_SHARE = 0.05;
const SAMPLE = 2048;
const SMALLEST_BLOCK = 1024;
/** Candidates that save less than this share of what the best one does wait. */
const GOOD_SHARE = 0.3;

export function createSidePricing(arcCount: number, sideCount: number): SidePricing {
  return {
    arc: new Int32Array(arcCount),
    tail: new Int32Array(arcCount),
    head: new Int32Array(arcCount),
    tailCoefficient: new Float64Array(arcCount),
    headCoefficient: new Float64Array(arcCount),
    cost: new Float64Array(arcCount),
    isListed: new Uint8Array(arcCount),
    isNoise: new Uint8Array(arcCount + sideCount),
    count: 0,
    position: 0,
    candidates: new Int32Array(LIST.room),
    gains: new Float64Array(LIST.room),
    candidateCount: 0,
    used: 0,
    queue: new Int32Array(LIST.queue),
    queued: 0,
    next: 0,
  };
}

/** Cost - A'potential - D'w of an arc. */
export function reducedCost(side: SideNetwork, potential: Float64Array, w: Float64Array, e: number): number {
  const { network, realCost, sideStarts, sideRows, sideValues } = side;
  let reduced =
    realCost[e]! - network.tailCoefficient[e]! * potential[network.tail[e]!]! - network.headCoefficient[e]! * potential[network.head[e]!]!;
  for (let k = sideStarts[e]!, end = sideStarts[e + 1]!; k < end; k++) reduced -= sideValues[k]! * w[sideRows[k]!]!;
  return reduced;
}

/** What one unit of an arc saves; negative where it costs, -Infinity for one that cannot move. */
export function gainOf(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, e: number): number {
  if (state[e]! > AT_UPPER) return -Infinity;
  const reduced = reducedCost(side, potential, w, e);
  return state[e] === AT_LOWER ? -reduced : reduced;
}

/**
 * Queues the few arcs that save most among the candidates, which are refilled when used up; false when no arc saves anything.
 *
 * @param potential up to date, as are w and state
 */
export function queueArcs(
  side: SideNetwork,
  potential: Float64Array,
  w: Float64Array,
  state: Uint8Array,
  pricing: SidePricing,
  tolerance: number,
): boolean {
  if (pricing.candidateCount > 0 && pricing.used < LIST.rounds && queueBest(side, potential, w, state, pricing, tolerance)) return true;
  if (pricing.count === 0) listNearArcs(side, potential, w, state, pricing);
  if (refill(side, potential, w, state, pricing, tolerance) === 0) {
    if (addImproving(side, potential, w, state, pricing, tolerance) === 0) return false;
    refill(side, potential, w, state, pricing, tolerance);
  }
  return queueBest(side, potential, w, state, pricing, tolerance);
}

/**
 * Finds the improving arc with the lowest number, which together with the strict leaving rule cannot cycle.
 *
 * @param isNoise see SidePricing; what turned out to save nothing would be found for ever
 */
export function chooseLowestArc(
  side: SideNetwork,
  potential: Float64Array,
  w: Float64Array,
  state: Uint8Array,
  isNoise: Uint8Array,
  tolerance: number,
): number {
  for (let e = 0; e < side.network.realArcCount; e++) if (!isNoise[e] && gainOf(side, potential, w, state, e) > tolerance) return e;
  return -1;
}

function queueBest(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, pricing: SidePricing, tolerance: number): boolean {
  const { candidates, gains, queue } = pricing;
  let kept = 0;
  for (let k = 0; k < pricing.candidateCount; k++) {
    const e = candidates[k]!;
    const gain = gainOf(side, potential, w, state, e);
    if (gain <= tolerance || pricing.isNoise[e]) continue;
    gains[kept] = gain;
    candidates[kept++] = e;
  }
  pricing.candidateCount = kept;
  pricing.used++;
  pricing.next = 0;
  pricing.queued = 0;
  let least = Infinity;
  while (pricing.queued < queue.length && pricing.queued < kept) {
    let best = pricing.queued;
    for (let k = best + 1; k < kept; k++) if (gains[k]! > gains[best]!) best = k;
    if (pricing.queued === 0) least = GOOD_SHARE * gains[best]!;
    if (gains[best]! < least) break;
    swap(candidates, best, pricing.queued);
    swap(gains, best, pricing.queued);
    queue[pricing.queued] = candidates[pricing.queued]!;
    pricing.queued++;
  }
  return pricing.queued > 0;
}

function swap(values: Int32Array | Float64Array, a: number, b: number): void {
  const kept = values[a]!;
  values[a] = values[b]!;
  values[b] = kept;
}

function put({ network, realCost }: SideNetwork, pricing: SidePricing, e: number): void {
  const place = pricing.count++;
  pricing.arc[place] = e;
  pricing.tail[place] = network.tail[e]!;
  pricing.head[place] = network.head[e]!;
  pricing.tailCoefficient[place] = network.tailCoefficient[e]!;
  pricing.headCoefficient[place] = network.headCoefficient[e]!;
  pricing.cost[place] = realCost[e]!;
  pricing.isListed[e] = 1;
}

function listNearArcs(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, pricing: SidePricing): void {
  const { realArcCount } = side.network;
  const stride = Math.max(1, Math.floor(realArcCount / SAMPLE));
  const gains = new Float64Array(Math.ceil(realArcCount / stride));
  let count = 0;
  for (let e = 0; e < realArcCount; e += stride) if (state[e]! <= AT_UPPER) gains[count++] = gainOf(side, potential, w, state, e);
  const sorted = gains.subarray(0, count).sort();
  const least = realArcCount <= 4 * SAMPLE || count === 0 ? -Infinity : Math.min(0, sorted[Math.floor(count * (1 - NEAR_SHARE))]!);
  for (let e = 0; e < realArcCount; e++) {
    // What is basic now may be at a bound later; what is fixed never moves.
    if (state[e] === 3 || pricing.isListed[e]) continue;
    if (state[e]! > AT_UPPER || gainOf(side, potential, w, state, e) >= least) put(side, pricing, e);
  }
}

/** Looks through blocks of the listed arcs until there are enough candidates; returns their number. */
function refill(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, pricing: SidePricing, tolerance: number): number {
  const { sideStarts, sideRows, sideValues } = side;
  const { arc, tail, head, tailCoefficient, headCoefficient, cost, candidates, isNoise, count: listed } = pricing;
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(listed / 16));
  let count = 0;
  let position = pricing.position;
  let seen = 0;
  while (seen < listed && count < LIST.wanted) {
    if (position >= listed) position = 0;
    const end = Math.min(position + block, listed, position + listed - seen);
    for (let k = position; k < end; k++) {
      const e = arc[k]!;
      const at = state[e]!;
      if (at > AT_UPPER) continue;
      let reduced = cost[k]! - tailCoefficient[k]! * potential[tail[k]!]! - headCoefficient[k]! * potential[head[k]!]!;
      for (let s = sideStarts[e]!, stop = sideStarts[e + 1]!; s < stop; s++) reduced -= sideValues[s]! * w[sideRows[s]!]!;
      if ((at === AT_LOWER ? -reduced : reduced) > tolerance && count < LIST.room && !isNoise[e]) candidates[count++] = e;
    }
    seen += end - position;
    position = end;
  }
  pricing.position = position;
  pricing.candidateCount = count;
  pricing.used = 0;
  return count;
}

/** Lists all improving arcs that are not yet listed; returns their number. */
function addImproving(
  side: SideNetwork,
  potential: Float64Array,
  w: Float64Array,
  state: Uint8Array,
  pricing: SidePricing,
  tolerance: number,
): number {
  const before = pricing.count;
  for (let e = 0; e < side.network.realArcCount; e++) {
    if (!pricing.isListed[e] && gainOf(side, potential, w, state, e) > tolerance) put(side, pricing, e);
  }
  pricing.position = before;
  return pricing.count - before;
}
