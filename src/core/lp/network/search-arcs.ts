import { putActive, type ActiveArcs } from "./active-arcs";
import { AT_LOWER, AT_UPPER, type Network } from "./network";
import { ACTIVE_SHARE, chooseActive, clearPricing, gainOf, isImproving, type Pricing } from "./price-arcs";

/** The share of the arcs that is active is aimed at with a sample; dual pivots, which look at all of them each, make do with fewer. */
const SAMPLE = 2048;
const NEAR = { share: 0.005, least: 512 };
/** So many improving arcs at a time join the active ones; when less than 1/DENSE of all had them, all are chosen anew. */
const FEW = 64;
const DENSE = 8;
const MANY = -1;

/** What is read off the last look at all arcs, so that handing on the answer needs none of its own. */
export interface Finish {
  /** Filled with the reduced costs of the first arcs, those of a model's columns, times `unit`; shape (columnCount). */
  readonly reduced: Float64Array;
  readonly unit: number;
  /** The prices of the answer, which prove it wherever the potentials do, and 0 for the node that does not exist; shape (nodeCount + 1). */
  priceNodes(potential: Float64Array, state: Uint8Array): Float64Array;
}

/**
 * Chooses the entering arc: the best of the active ones; only when none of them improves are all arcs looked at.
 *
 * @param tolerance reduced costs up to this count as zero
 * @returns -1 when no arc improves
 */
export function chooseEntering(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, tolerance: number): number {
  const arc = chooseActive(potential, state, pricing, tolerance);
  if (arc >= 0) return arc;
  const added = addImprovingArcs(network, potential, state, pricing, tolerance);
  if (added === 0) return -1;
  if (added === MANY) activateArcs(network, potential, state, pricing, ACTIVE_SHARE);
  return chooseActive(potential, state, pricing, tolerance);
}

/** Makes the few arcs with the best reduced costs active, for dual pivots, and lists them. */
export function listNearArcs(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing): ActiveArcs {
  const { realArcCount } = network;
  const share = Math.min(1, Math.max(NEAR.share, NEAR.least / realArcCount));
  if (pricing.active.count === 0) activateArcs(network, potential, state, pricing, share);
  return pricing.active;
}

/**
 * Looks at all arcs a last time, at the prices of the answer, and notes their reduced costs. Improving ones, if there are any after
 * all, become active, and the answer is not yet one.
 *
 * @returns whether no arc improves
 */
export function proveNoneImproves(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  pricing: Pricing,
  tolerance: number,
  { reduced, unit, priceNodes }: Finish,
): boolean {
  const { realArcCount } = network;
  const columnCount = reduced.length;
  const price = priceNodes(potential, state);
  const room = Math.min(FEW, pricing.active.arc.length - pricing.active.count);
  const search = { found: 0, room, end: 0 };
  priceArcs(network, price, potential, state, pricing, tolerance, 0, columnCount, reduced, unit, search);
  const rest = new Float64Array(realArcCount - columnCount);
  if (search.end === columnCount) priceArcs(network, price, potential, state, pricing, tolerance, columnCount, realArcCount, rest, unit, search);
  pricing.turn = search.end;
  pricing.priced += search.end;
  if (search.found === 0 && search.end === realArcCount) return true;
  if (search.end * DENSE < realArcCount || room === 0) activateArcs(network, potential, state, pricing, ACTIVE_SHARE);
  else joinCandidates(network, state, pricing, search.found);
  return false;
}

/** Where a search has come to. */
interface Search {
  /** Improving arcs so far, which are in `candidates`, and how many at most. */
  found: number;
  readonly room: number;
  /** Arc after the last one that was looked at. */
  end: number;
}

/** Notes the reduced costs of a run of arcs and lists the improving ones, until there is no more room for these. */
function priceArcs(
  network: Network,
  price: Float64Array,
  potential: Float64Array,
  state: Uint8Array,
  { candidates }: Pricing,
  tolerance: number,
  from: number,
  to: number,
  reducedCosts: Float64Array,
  unit: number,
  search: Search,
): void {
  const { tail, head, tailCoefficient, headCoefficient, cost } = network;
  let { found } = search;
  let e = from;
  for (; e < to; e++) {
    const reduced = cost[e]! - tailCoefficient[e]! * price[tail[e]!]! - headCoefficient[e]! * price[head[e]!]!;
    reducedCosts[e - from] = reduced * unit;
    const at = state[e]!;
    // Nearly all arcs are where they should be: at zero with a reduced cost above it, or basic with none.
    if (at === AT_LOWER ? reduced >= -tolerance : at !== AT_UPPER || reduced <= tolerance) continue;
    if (!isImproving(network, potential, state, e, tolerance)) continue;
    if (found === search.room) break;
    candidates[found++] = e;
  }
  search.found = found;
  search.end = e;
}

/** Puts the arcs that a search has listed as candidates at the end of the active list; that is where the next refill begins. */
function joinCandidates(network: Network, state: Uint8Array, pricing: Pricing, found: number): void {
  const { active, candidates } = pricing;
  pricing.count = 0;
  pricing.position = found > 0 ? active.count : 0;
  for (let k = 0; k < found; k++) putActive(network, active, active.count++, candidates[k]!, state[candidates[k]!]!);
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
    if ((at === AT_LOWER ? reduced < -tolerance : at === AT_UPPER && reduced > tolerance) && isImproving(network, potential, state, e, tolerance)) {
      candidates[found++] = e;
    }
    e = e + 1 === realArcCount ? 0 : e + 1;
  }
  pricing.turn = e;
  pricing.priced += seen;
  if (seen * DENSE < realArcCount) return MANY;
  joinCandidates(network, state, pricing, found);
  return found;
}

/** Chooses the active arcs anew: those whose reduced cost is improving or among the least bad share. */
function activateArcs(network: Network, potential: Float64Array, state: Uint8Array, pricing: Pricing, share: number): void {
  const { realArcCount, tail, head, tailCoefficient, headCoefficient, cost } = network;
  const { active } = pricing;
  clearPricing(pricing);
  const room = active.arc.length;
  const worst = room < realArcCount ? chooseLimit(network, potential, state, share) : -Infinity;
  let count = 0;
  for (let e = 0; e < realArcCount; e++) {
    const at = state[e]!;
    if (at > AT_UPPER) continue;
    const reduced = cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
    const gain = at === AT_LOWER ? -reduced : reduced;
    if (gain < worst) continue;
    if (count < room) putActive(network, active, count++, e, at);
    else if (gain > 0) {
      // More than there is room for: an improving arc replaces another, in any place.
      active.placeOf[active.arc[e % room]!] = -1;
      putActive(network, active, e % room, e, at);
    }
  }
  active.count = count;
  pricing.position = 0;
  pricing.priced += realArcCount;
}

/** Estimates from a sample the gain above which a share of the arcs lies, never more than zero. */
function chooseLimit(network: Network, potential: Float64Array, state: Uint8Array, share: number): number {
  const stride = Math.max(1, Math.floor(network.realArcCount / SAMPLE));
  const gains = new Float64Array(2 * SAMPLE);
  let count = 0;
  for (let e = 0; e < network.realArcCount; e += stride) {
    if (state[e]! <= AT_UPPER) gains[count++] = gainOf(network, potential, state, e);
  }
  if (count === 0) return -Infinity;
  const sorted = gains.subarray(0, count).sort();
  return Math.min(0, sorted[Math.floor(count * (1 - share))]!);
}
