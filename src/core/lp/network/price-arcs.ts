import { AT_LOWER, AT_UPPER, type Network } from "./network";

/**
 * Two lists that spare the search through all arcs: the active arcs, which were improving or nearly so when all were
 * last looked at, and the candidates, a few improving ones of them (multiple partial pricing).
 */
export interface Pricing {
  readonly candidates: Int32Array;
  count: number;
  /** Pivots taken from the present candidates. */
  used: number;
  readonly active: ActiveArcs;
  /** Place in the active list at which the next block begins. */
  position: number;
  /** Arc at which the next search through all begins. */
  turn: number;
  /** Arcs priced so far, for measurements. */
  priced: number;
}

/** The active arcs with their data side by side: picked one by one out of a million they would miss every cache. */
export interface ActiveArcs {
  readonly arc: Int32Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly tailCoefficient: Float64Array;
  readonly headCoefficient: Float64Array;
  readonly cost: Float64Array;
  count: number;
}

/** How many candidates end a refill, are kept of it, and how many pivots they serve. */
const LIST = { wanted: 64, kept: 200, room: 4096, pivots: 40 };
const SMALLEST_BLOCK = 512;
/** Up to this many arcs all of them are active. */
const ALL_ACTIVE = 8192;
/** Share of the arcs that is active, aimed at with a sample; dual pivots make do with fewer. */
const ACTIVE_SHARE = 0.1;
const NEAR_SHARE = 0.03;
const SAMPLE = 2048;
/** So many improving arcs at a time join the active ones; when less than 1/DENSE of all had them, all are chosen anew. */
const FEW = 64;
const DENSE = 8;
const MANY = -1;
/** A reduced cost within this share of the terms it was made of is rounding noise. */
const NOISE = 1e-15;

export function createPricing(arcCount: number): Pricing {
  const room = arcCount <= ALL_ACTIVE ? arcCount : Math.ceil(2 * ACTIVE_SHARE * arcCount);
  return {
    candidates: new Int32Array(LIST.room),
    count: 0,
    used: 0,
    active: {
      arc: new Int32Array(room),
      tail: new Int32Array(room),
      head: new Int32Array(room),
      tailCoefficient: new Float64Array(room),
      headCoefficient: new Float64Array(room),
      cost: new Float64Array(room),
      count: 0,
    },
    position: 0,
    turn: 0,
    priced: 0,
  };
}

/**
 * Chooses the entering arc: the best of the candidates, refilled from the active arcs when they are used up or old;
 * only when no active arc improves are all arcs looked at.
 *
 * Reduced cost of arc e = cost - tailCoefficient potential(tail) - headCoefficient potential(head); it improves when
 * negative at zero or positive at capacity.
 *
 * @param tolerance reduced costs up to this count as zero
 * @returns -1 when no arc improves
 */
export function chooseEntering(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  if (pricing.count > 0 && pricing.used < LIST.pivots) {
    const arc = chooseFromList(network, potential, state, pricing, tolerance);
    if (arc >= 0) return arc;
  }
  const arc = refillList(network, potential, state, pricing, tolerance);
  if (arc >= 0) return arc;
  const added = addImprovingArcs(network, potential, state, pricing, tolerance);
  if (added === 0) return -1;
  if (added === MANY) activateArcs(network, potential, state, pricing);
  return refillList(network, potential, state, pricing, tolerance);
}

/** Chooses the improving arc with the lowest number: slow, but with findLeaving's strict rule it cannot cycle. */
export function chooseLowestEntering(network: Network, potential: Float64Array, state: Uint8Array, tolerance: number): number {
  for (let e = 0; e < network.realArcCount; e++) {
    if (state[e]! > AT_UPPER) continue;
    if (gainOf(network, potential, state, e) > tolerance && !isNoise(network, potential, e)) return e;
  }
  return -1;
}

/** What one unit of an arc saves; negative where it costs. */
export function gainOf(
  { tail, head, tailCoefficient, headCoefficient, cost }: Network,
  potential: Float64Array,
  state: Uint8Array,
  e: number,
): number {
  const reduced = cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
  return state[e] === AT_LOWER ? -reduced : reduced;
}

function isNoise(network: Network, potential: Float64Array, e: number): boolean {
  const { cost } = network;
  const tail = network.tailCoefficient[e]! * potential[network.tail[e]!]!;
  const head = network.headCoefficient[e]! * potential[network.head[e]!]!;
  return Math.abs(cost[e]! - tail - head) <= NOISE * (Math.abs(cost[e]!) + Math.abs(tail) + Math.abs(head));
}

function chooseFromList(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const { candidates } = pricing;
  let best = -1;
  let bestGain = tolerance;
  let kept = 0;
  for (let k = 0; k < pricing.count; k++) {
    const e = candidates[k]!;
    if (state[e]! > AT_UPPER) continue;
    const gain = gainOf(network, potential, state, e);
    if (gain <= tolerance) continue;
    candidates[kept++] = e;
    if (gain > bestGain) {
      bestGain = gain;
      best = e;
    }
  }
  pricing.count = kept;
  pricing.used++;
  return best >= 0 && isNoise(network, potential, best) ? -1 : best;
}

/** Makes the few arcs with the best reduced costs active, for dual pivots, and lists them. */
export function listNearArcs(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing): ActiveArcs {
  if (pricing.active.count === 0) activateArcs(network, potential, state, pricing, NEAR_SHARE);
  return pricing.active;
}

/**
 * Goes round all arcs from where it last stopped and adds improving ones to the active list, which has none of them
 * any more. Where they are rare, as near the optimum and after an edit, that is much cheaper than choosing the active
 * arcs anew.
 *
 * @returns how many were added, 0 when no arc at all improves; MANY when the active arcs should be chosen anew
 */
function addImprovingArcs(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const { realArcCount, tail, head, tailCoefficient, headCoefficient, cost } = network;
  const { active, candidates } = pricing;
  if (active.count === 0) return MANY;
  const room = Math.min(FEW, active.arc.length - active.count);
  let found = 0;
  let e = pricing.turn < realArcCount ? pricing.turn : 0;
  let seen = 0;
  for (; seen < realArcCount && found < room; seen++) {
    const reduced = cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
    const at = state[e]!;
    // Nearly all arcs are where they should be: at zero with a reduced cost above it, or basic with none.
    if ((at === AT_LOWER ? reduced < -tolerance : at === AT_UPPER && reduced > tolerance) && !isNoise(network, potential, e)) {
      candidates[found++] = e;
    }
    e = e + 1 === realArcCount ? 0 : e + 1;
  }
  pricing.turn = e;
  pricing.priced += seen;
  if (seen < realArcCount && seen * DENSE < realArcCount) return MANY;
  // The new ones are at the end of the list; that is where the next refill begins.
  pricing.position = found > 0 ? active.count : 0;
  for (let k = 0; k < found; k++) putActive(network, active, active.count++, candidates[k]!);
  return found;
}

function putActive(network: Network, active: ActiveArcs, place: number, e: number): void {
  active.arc[place] = e;
  active.tail[place] = network.tail[e]!;
  active.head[place] = network.head[e]!;
  active.tailCoefficient[place] = network.tailCoefficient[e]!;
  active.headCoefficient[place] = network.headCoefficient[e]!;
  active.cost[place] = network.cost[e]!;
}

/** Chooses the active arcs anew: those whose reduced cost is improving or among the least bad share. */
function activateArcs(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, share = ACTIVE_SHARE): void {
  const { realArcCount, tail, head, tailCoefficient, headCoefficient, cost } = network;
  const { active } = pricing;
  const worst = active.arc.length < realArcCount ? chooseLimit(network, potential, state, share) : -Infinity;
  let count = 0;
  for (let e = 0; e < realArcCount; e++) {
    const at = state[e]!;
    if (at > AT_UPPER) continue;
    const reduced = cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
    const gain = at === AT_LOWER ? -reduced : reduced;
    if (gain < worst) continue;
    let place = count;
    if (count === active.arc.length) {
      // More than there is room for: an improving arc replaces another, in any place.
      if (gain <= 0) continue;
      place = e % count;
    } else count++;
    putActive(network, active, place, e);
  }
  active.count = count;
  pricing.position = 0;
  pricing.priced += realArcCount;
}

/** Estimates from a sample the gain above which a share of the arcs lies, never more than zero. */
function chooseLimit(network: Network, potential: Float64Array, state: Uint8Array, share: number): number {
  const stride = Math.max(1, Math.floor(network.realArcCount / SAMPLE));
  const gains = new Float64Array(Math.ceil(network.realArcCount / stride));
  let count = 0;
  for (let e = 0; e < network.realArcCount; e += stride) {
    if (state[e]! <= AT_UPPER) gains[count++] = gainOf(network, potential, state, e);
  }
  if (count === 0) return -Infinity;
  const sorted = gains.subarray(0, count).sort();
  return Math.min(0, sorted[Math.floor(count * (1 - share))]!);
}

/** Scans blocks of the active arcs from where the last refill ended until there are enough candidates. */
function refillList(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const { candidates } = pricing;
  const { arc, tail, head, tailCoefficient, headCoefficient, cost, count: activeCount } = pricing.active;
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(activeCount / 32));
  let count = 0;
  let best = -1;
  let bestGain = tolerance;
  let position = pricing.position;
  let seen = 0;
  while (seen < activeCount && count < LIST.wanted) {
    const end = Math.min(position + block, activeCount);
    for (let k = position; k < end; k++) {
      const reduced = cost[k]! - tailCoefficient[k]! * potential[tail[k]!]! - headCoefficient[k]! * potential[head[k]!]!;
      // A basic arc's reduced cost is zero, so that most arcs need no look at their state.
      if (reduced >= -tolerance && reduced <= tolerance) continue;
      const e = arc[k]!;
      const at = state[e]!;
      if (at > AT_UPPER) continue;
      const gain = at === AT_LOWER ? -reduced : reduced;
      if (gain <= tolerance || isNoise(network, potential, e)) continue;
      if (count < LIST.room) candidates[count++] = e;
      if (gain > bestGain) {
        bestGain = gain;
        best = e;
      }
    }
    seen += end - position;
    position = end >= activeCount ? 0 : end;
  }
  pricing.priced += seen;
  pricing.position = position;
  pricing.used = 0;
  pricing.count = count > LIST.kept ? keepBest(network, potential, state, candidates, count, bestGain) : count;
  return best;
}

/** Keeps the candidates that save at least a third of what the best one does. */
function keepBest(network: Network, potential: Float64Array, state: Uint8Array, candidates: Int32Array, count: number, bestGain: number): number {
  let kept = 0;
  for (let k = 0; k < count && kept < LIST.kept; k++) {
    const e = candidates[k]!;
    if (gainOf(network, potential, state, e) > 0.3 * bestGain) candidates[kept++] = e;
  }
  return kept;
}
