import { clearActiveArcs } from "../network/active-arcs";
import { AT_LOWER, AT_UPPER, FIXED } from "../network/network";
import { addSideArc, createSideArcList, reducedCostInPlace, type SideArcList } from "./side-arc-list";
import { sidePrice, type SideNetwork } from "./side-network";

/** Three storeys of lists that spare the search through all arcs. */
export interface SidePricing {
  /** Arcs that were improving or nearly so when all were last looked at. */
  readonly list: SideArcList;
  /** 1 where what seemed to be saved was rounding noise, until everything is computed anew; arcs, then totals. */
  readonly isNoise: Uint8Array;
  /** Place in the list at which the next block begins. */
  position: number;
  /** Places in the list of the few improving ones, and what they save. */
  readonly candidates: Int32Array;
  readonly gains: Float64Array;
  candidateCount: number;
  /** Times that the candidates have served. */
  used: number;
  /** The arcs that save most of them, the best first. */
  readonly queue: Int32Array;
  queued: number;
  next: number;
}

const LIST = { wanted: 512, room: 2048, rounds: 4, queue: 16 };
/** Arcs that are listed: all with a reduced cost up to that of the given share of them. */
const NEAR_SHARE = 0.05;
const SAMPLE = 2048;
const SMALLEST_BLOCK = 1024;
/** Candidates that save less than this share of what the best one does wait. */
const GOOD_SHARE = 0.3;

export function createSidePricing(arcCount: number, sideCount: number): SidePricing {
  return {
    list: createSideArcList(arcCount),
    isNoise: new Uint8Array(arcCount + sideCount),
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

/** Forgets all lists, as when costs have changed. */
export function clearSidePricing(pricing: SidePricing): void {
  clearActiveArcs(pricing.list);
  pricing.candidateCount = 0;
  pricing.queued = 0;
}

/** What one unit of an arc saves; negative where it costs, -Infinity for one that cannot move. */
export function gainOf(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, e: number): number {
  const at = state[e]!;
  if (at > AT_UPPER) return -Infinity;
  const { network, realCost } = side;
  const atEnds = network.tailCoefficient[e]! * potential[network.tail[e]!]! + network.headCoefficient[e]! * potential[network.head[e]!]!;
  const reduced = realCost[e]! - atEnds - sidePrice(side, w, e);
  return at === AT_LOWER ? -reduced : reduced;
}

/**
 * Queues the few arcs that save most among the candidates, which are refilled when used up; false when no arc saves anything.
 *
 * @param potential up to date, as are w and state
 * @param w duals of the side rows, and 0 behind them
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
  if (pricing.list.count === 0) listNearArcs(side, potential, w, state, pricing);
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
  const { candidates, gains, queue, list, isNoise } = pricing;
  let kept = 0;
  for (let k = 0; k < pricing.candidateCount; k++) {
    const place = candidates[k]!;
    const e = list.arc[place]!;
    const gain = -reducedCostInPlace(side, list, potential, w, place);
    if (gain <= tolerance || state[e]! > AT_UPPER || isNoise[e]) continue;
    gains[kept] = gain;
    candidates[kept++] = place;
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
    queue[pricing.queued] = list.arc[candidates[pricing.queued]!]!;
    pricing.queued++;
  }
  return pricing.queued > 0;
}

function swap(values: Int32Array | Float64Array, a: number, b: number): void {
  const kept = values[a]!;
  values[a] = values[b]!;
  values[b] = kept;
}

function listNearArcs(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, { list }: SidePricing): void {
  const { realArcCount } = side.network;
  const stride = Math.max(1, Math.floor(realArcCount / SAMPLE));
  const gains = new Float64Array(Math.ceil(realArcCount / stride));
  let count = 0;
  for (let e = 0; e < realArcCount; e += stride) if (state[e]! <= AT_UPPER) gains[count++] = gainOf(side, potential, w, state, e);
  const sorted = gains.subarray(0, count).sort();
  const least = realArcCount <= 4 * SAMPLE || count === 0 ? -Infinity : Math.min(0, sorted[Math.floor(count * (1 - NEAR_SHARE))]!);
  for (let e = 0; e < realArcCount; e++) {
    const at = state[e]!;
    // What is basic now may be at a bound later; what is fixed never moves.
    if (at === FIXED || list.placeOf[e]! >= 0) continue;
    if (at > AT_UPPER || gainOf(side, potential, w, state, e) >= least) addSideArc(side, list, e, at);
  }
}

/** Looks through blocks of the listed arcs until there are enough candidates; returns their number. */
function refill(side: SideNetwork, potential: Float64Array, w: Float64Array, state: Uint8Array, pricing: SidePricing, tolerance: number): number {
  const { list, candidates, isNoise } = pricing;
  const { arc, tail, head, tailCoefficient, headCoefficient, cost, row, value, count: listed } = list;
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(listed / 16));
  let count = 0;
  let position = pricing.position;
  let seen = 0;
  while (seen < listed && count < LIST.wanted) {
    if (position >= listed) position = 0;
    const end = Math.min(position + block, listed, position + listed - seen);
    for (let k = position; k < end; k++) {
      const r = row[k]!;
      const price = r < 0 ? sidePrice(side, w, arc[k]!) : w[r]!;
      const atEnds = tailCoefficient[k]! * potential[tail[k]!]! + headCoefficient[k]! * potential[head[k]!]!;
      if (cost[k]! - atEnds - value[k]! * price >= -tolerance || count === LIST.room) continue;
      const e = arc[k]!;
      if (state[e]! <= AT_UPPER && !isNoise[e]) candidates[count++] = k;
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
  const { list } = pricing;
  const before = list.count;
  for (let e = 0; e < side.network.realArcCount; e++) {
    if (list.placeOf[e]! < 0 && gainOf(side, potential, w, state, e) > tolerance) addSideArc(side, list, e, state[e]!);
  }
  pricing.position = before;
  return list.count - before;
}
