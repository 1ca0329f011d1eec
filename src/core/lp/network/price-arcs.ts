import { clearActiveArcs, createActiveArcs, type ActiveArcs } from "./active-arcs";
import { AT_LOWER, AT_UPPER, type Network } from "./network";

/**
 * Two lists that spare the search through all arcs: the active arcs, which were improving or nearly so when all were
 * last looked at, and the candidates, a few improving ones of them (multiple partial pricing).
 */
export interface Pricing {
  /** Places in the active list. */
  readonly candidates: Int32Array;
  count: number;
  /** Reduced cost of the best of them when they were last looked at. */
  least: number;
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

/** How many candidates end a refill, are kept of it, and how many pivots they serve. */
const LIST = { wanted: 256, kept: 200, room: 4096, pivots: 40 };
const SMALLEST_BLOCK = 512;
/** Up to this many arcs all of them are active. */
const ALL_ACTIVE = 8192;
/** Share of the arcs that is active. */
export const ACTIVE_SHARE = 0.1;
/** A reduced cost within this share of the terms it was made of is rounding noise. */
const NOISE = 1e-15;

export function createPricing(arcCount: number): Pricing {
  return {
    candidates: new Int32Array(LIST.room),
    count: 0,
    least: 0,
    used: 0,
    active: createActiveArcs(arcCount, arcCount <= ALL_ACTIVE ? arcCount : Math.ceil(2 * ACTIVE_SHARE * arcCount)),
    position: 0,
    turn: 0,
    priced: 0,
  };
}

/** Makes the lists of a run that is over as new. */
export function resetPricing(pricing: Pricing): Pricing {
  clearPricing(pricing);
  pricing.position = 0;
  pricing.turn = 0;
  pricing.priced = 0;
  return pricing;
}

/** Forgets both lists, as when costs have changed. */
export function clearPricing(pricing: Pricing): void {
  clearActiveArcs(pricing.active);
  pricing.count = 0;
}

/**
 * Chooses the entering arc among the active ones: the best of the candidates, which are refilled when they are used up or old.
 *
 * Reduced cost of arc e = cost - tailCoefficient potential(tail) - headCoefficient potential(head); it improves when
 * negative at zero or positive at capacity.
 *
 * @param tolerance reduced costs up to this count as zero
 * @returns -1 when no active arc improves
 */
export function chooseActive(potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  if (pricing.count > 0 && pricing.used < LIST.pivots) {
    const arc = chooseFromList(potential, state, pricing, tolerance);
    if (arc >= 0) return arc;
  }
  return refillList(potential, state, pricing, tolerance);
}

/** Chooses the improving arc with the lowest number: slow, but with findLeaving's strict rule it cannot cycle. */
export function chooseLowestEntering(network: Network, potential: Float64Array, state: Uint8Array, tolerance: number): number {
  for (let e = 0; e < network.realArcCount; e++) {
    if (state[e]! <= AT_UPPER && isImproving(network, potential, state, e, tolerance)) return e;
  }
  return -1;
}

/** Tells whether an arc that is at a bound saves more than rounding noise. */
export function isImproving(network: Network, potential: Float64Array, state: Uint8Array, e: number, tolerance: number): boolean {
  return gainOf(network, potential, state, e) > tolerance && !isNoise(network, potential, e);
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

/** Takes the best candidate, and those off the list that no longer improve. */
function chooseFromList(potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const { candidates, count } = pricing;
  const { arc, tail, head, tailCoefficient, headCoefficient, cost } = pricing.active;
  let best = -1;
  let least = -tolerance;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const place = candidates[k]!;
    const atTail = tailCoefficient[place]! * potential[tail[place]!]!;
    const atHead = headCoefficient[place]! * potential[head[place]!]!;
    const reduced = cost[place]! - atTail - atHead;
    if (reduced >= -tolerance || state[arc[place]!]! > AT_UPPER) continue;
    if (-reduced <= NOISE * (Math.abs(cost[place]!) + Math.abs(atTail) + Math.abs(atHead))) continue;
    candidates[kept++] = place;
    if (reduced < least) {
      least = reduced;
      best = arc[place]!;
    }
  }
  pricing.count = kept;
  pricing.used++;
  pricing.least = least;
  return best;
}

/** Scans blocks of the active arcs from where the last refill ended until there are enough candidates. */
function refillList(potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const { candidates, active } = pricing;
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(active.count / 32));
  let position = pricing.position;
  let seen = 0;
  pricing.count = 0;
  while (seen < active.count && pricing.count < LIST.wanted) {
    const end = Math.min(position + block, active.count);
    pricing.count = scanBlock(potential, active, candidates, pricing.count, position, end, tolerance);
    seen += end - position;
    position = end >= active.count ? 0 : end;
  }
  pricing.priced += seen;
  pricing.position = position;
  pricing.used = 0;
  const best = chooseFromList(potential, state, pricing, tolerance);
  if (pricing.count > LIST.kept) keepBest(potential, pricing);
  return best;
}

/**
 * Adds the improving arcs of a block to the candidates. This loop is where most of the time of a large book goes:
 * one test a place, and nothing else.
 *
 * @returns how many candidates there are now
 */
function scanBlock(
  potential: Float64Array,
  { tail, head, tailCoefficient, headCoefficient, cost }: ActiveArcs,
  candidates: Int32Array,
  count: number,
  from: number,
  to: number,
  tolerance: number,
): number {
  let found = count;
  for (let k = from; k < to; k++) {
    const reduced = cost[k]! - tailCoefficient[k]! * potential[tail[k]!]! - headCoefficient[k]! * potential[head[k]!]!;
    if (reduced < -tolerance && found < LIST.room) candidates[found++] = k;
  }
  return found;
}

/** Keeps the candidates that save at least a third of what the best one does. */
function keepBest(potential: Float64Array, pricing: Pricing): void {
  const { candidates, count, least } = pricing;
  const { tail, head, tailCoefficient, headCoefficient, cost } = pricing.active;
  let kept = 0;
  for (let k = 0; k < count && kept < LIST.kept; k++) {
    const place = candidates[k]!;
    const reduced = cost[place]! - tailCoefficient[place]! * potential[tail[place]!]! - headCoefficient[place]! * potential[head[place]!]!;
    if (reduced < 0.3 * least) candidates[kept++] = place;
  }
  pricing.count = kept;
}
