import { AT_LOWER, AT_UPPER, type Network } from "./network";

/** A short list of promising arcs, refilled from blocks of the whole list (multiple partial pricing). */
export interface Pricing {
  readonly candidates: Int32Array;
  count: number;
  /** Pivots taken from the present list. */
  used: number;
  /** Arc at which the next block begins. */
  position: number;
  /** Arcs priced so far, for measurements. */
  priced: number;
}

/** How many candidates end a refill, are kept of it, and how many pivots they serve. */
const LIST = { wanted: 64, kept: 200, room: 4096, pivots: 40 };
const SMALLEST_BLOCK = 512;
/** A reduced cost within this share of the terms it was made of is rounding noise. */
const NOISE = 1e-15;

export function createPricing(): Pricing {
  return { candidates: new Int32Array(LIST.room), count: 0, used: 0, position: 0, priced: 0 };
}

/**
 * Chooses the entering arc: the best of the present list, refilled when it is empty or old.
 *
 * Reduced cost of arc e = cost - tailCoefficient potential(tail) - headCoefficient potential(head); it improves when
 * negative at zero or positive at capacity.
 *
 * @param tolerance reduced costs up to this count as zero
 * @returns -1 when no arc improves
 */
export function chooseEntering(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  pricing: Pricing,
  tolerance: number,
): number {
  if (pricing.count > 0 && pricing.used < LIST.pivots) {
    const arc = chooseFromList(network, potential, state, pricing, tolerance);
    if (arc >= 0) return arc;
  }
  return refillList(network, potential, state, pricing, tolerance);
}

/** Chooses the improving arc with the lowest number: slow, but with findLeaving's strict rule it cannot cycle. */
export function chooseLowestEntering(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  tolerance: number,
): number {
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
  const reduced =
    cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
  return state[e] === AT_LOWER ? -reduced : reduced;
}

function isNoise(network: Network, potential: Float64Array, e: number): boolean {
  const { cost } = network;
  const tail = network.tailCoefficient[e]! * potential[network.tail[e]!]!;
  const head = network.headCoefficient[e]! * potential[network.head[e]!]!;
  return Math.abs(cost[e]! - tail - head) <= NOISE * (Math.abs(cost[e]!) + Math.abs(tail) + Math.abs(head));
}

function chooseFromList(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  pricing: Pricing,
  tolerance: number,
): number {
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

/** Scans blocks from where the last refill ended until there are enough candidates or all arcs have been seen. */
function refillList(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  pricing: Pricing,
  tolerance: number,
): number {
  const { realArcCount, tail, head, tailCoefficient, headCoefficient, cost } = network;
  const { candidates } = pricing;
  const block = Math.max(SMALLEST_BLOCK, Math.ceil(realArcCount / 64));
  let count = 0;
  let best = -1;
  let bestGain = tolerance;
  let position = pricing.position;
  for (let seen = 0; seen < realArcCount && count < LIST.wanted; ) {
    const end = Math.min(position + block, realArcCount);
    for (let e = position; e < end; e++) {
      const at = state[e]!;
      if (at > AT_UPPER) continue;
      const reduced =
        cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
      const gain = at === AT_LOWER ? -reduced : reduced;
      if (gain <= tolerance || isNoise(network, potential, e)) continue;
      if (count < LIST.room) candidates[count++] = e;
      if (gain > bestGain) {
        bestGain = gain;
        best = e;
      }
    }
    seen += end - position;
    position = end >= realArcCount ? 0 : end;
    pricing.priced += end - position;
  }
  pricing.position = position;
  pricing.used = 0;
  pricing.count = count > LIST.kept ? keepBest(network, potential, state, candidates, count, bestGain) : count;
  return best;
}

/** Keeps the candidates that save at least a third of what the best one does. */
function keepBest(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  candidates: Int32Array,
  count: number,
  bestGain: number,
): number {
  let kept = 0;
  for (let k = 0; k < count && kept < LIST.kept; k++) {
    const e = candidates[k]!;
    if (gainOf(network, potential, state, e) > 0.3 * bestGain) candidates[kept++] = e;
  }
  return kept;
}
