import { findRoot, isBelow, type Forest } from "./forest";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "./network";
import { moveActive, type ActiveArcs } from "./active-arcs";
import { applyStep, computeStep, exchange, type Step } from "./pivot";

/** What came of a try to mend one flow. */
export type DualOutcome = "mended" | "feasible" | "stuck";

/** Flows this far outside their bounds (largest amount = 1) are to be mended. */
const VIOLATION = 1e-11;
/** Entering arcs whose effect is smaller than this share of the largest possible one would spoil the numbers. */
const SMALLEST_EFFECT = 1e-7;

/** Rows with more nodes than this share of all are cleared as a whole. */
const DENSE = 1 / 32;
/** So few nodes are asked for their arcs, which are all looked at when there are no more than so many. */
const FEW = { nodes: 16, arcs: 1024 };

/** What dual pivots keep from one to the next. */
export interface DualWork {
  /** Row of the basis inverse, all zeros between two pivots but for the run of nodes of the last one; shape (nodeCount + 1). */
  readonly row: Float64Array;
  /** First node of that run and its length. */
  from: number;
  length: number;
  /** Between which numbers the arcs are that end at one of these nodes. */
  firstArc: number;
  lastArc: number;
}

export function createDualWork(nodeCount: number): DualWork {
  return { row: new Float64Array(nodeCount + 1), from: -1, length: 0, firstArc: 0, lastArc: -1 };
}

/**
 * Makes one pivot of the dual simplex: the basic arc that is furthest outside its bounds leaves at the bound, and the
 * arc comes in that mends it at the least increase of cost per unit, |reduced cost| / |effect|.
 *
 * Used after an edit, when the old basis still has good prices and only some flows no longer fit: a few dual pivots
 * do what takes the primal simplex thousands. Arcs whose reduced cost has the wrong sign count as free; the primal
 * simplex tidies up behind.
 *
 * @param active arcs to choose from, unless none of them will do or the row has so few arcs that all can be looked at; told where
 *   the two arcs of the pivot are
 */
export function makeDualPivot(network: Network, forest: Forest, state: Uint8Array, step: Step, work: DualWork, active: ActiveArcs): DualOutcome {
  const node = findWorst(network, forest);
  if (node < 0) return "feasible";
  const leavingArc = forest.arc[node]!;
  const missing = forest.flow[node]! < 0;
  const bound = missing ? 0 : network.capacity[leavingArc]!;
  const smallest = SMALLEST_EFFECT * computeRow(forest, node, work);
  const entering = findEntering(network, forest, state, work, active, missing, smallest);
  if (entering < 0) return "stuck";
  const direction = state[entering] === AT_LOWER ? 1 : -1;
  computeStep(network, forest, step, entering);
  const length = (forest.flow[node]! - bound) / (direction * step.delta[node]!);
  if (!(length >= 0) || length === Infinity) return "stuck";
  applyStep(forest, step, direction * length);
  const canReturn = network.capacity[leavingArc]! > 0 && leavingArc < network.realArcCount;
  state[leavingArc] = !canReturn ? FIXED : missing ? AT_LOWER : AT_UPPER;
  state[entering] = BASIC;
  moveActive(network, active, leavingArc, state[leavingArc]!);
  moveActive(network, active, entering, BASIC);
  clearRow(forest, work);
  exchange(network, forest, node, entering, direction === 1 ? length : network.capacity[entering]! - length);
  return "mended";
}

/** Finds the arc that is furthest outside its bounds: mended in another order they take many more pivots. */
function findWorst({ capacity, nodeCount }: Network, { arc, flow }: Forest): number {
  let worst = -1;
  let largest = VIOLATION;
  for (let n = 0; n < nodeCount; n++) {
    const outside = flow[n]! < 0 ? -flow[n]! : flow[n]! - capacity[arc[n]!]!;
    if (outside > largest) {
      largest = outside;
      worst = n;
    }
  }
  return worst;
}

/**
 * Computes the row of the basis inverse that belongs to the arc of `node`: the prices at which one unit of that arc is
 * worth 1 and every other basic arc nothing.
 *
 * Below the node they follow the ratios from 1 / coefficient on; elsewhere they are zero, unless the tree's cycle
 * closes below the node, when the root gets a price too and everything follows it.
 *
 * @returns the largest of them
 */
function computeRow(forest: Forest, node: number, work: DualWork): number {
  const { parent, factor, ratio, partner } = forest;
  const { row } = work;
  clearRow(forest, work);
  row[node] = factor[node]!;
  const largest = spread(forest, node, work, -1);
  if (parent[node]! < 0) return largest;
  const root = findRoot(forest, node);
  const other = partner[root]!;
  if (other < 0 || !isBelow(forest, other, node)) return largest;
  row[root] = -ratio[root]! * row[other]! * factor[root]!;
  return spread(forest, root, work, node);
}

/** Spreads the price of `top` over the nodes below; `node` has one of its own besides. @returns the largest */
function spread({ parent, factor, ratio, next, size }: Forest, top: number, work: DualWork, node: number): number {
  const { row } = work;
  let largest = Math.abs(row[top]!);
  let n = next[top]!;
  for (let left = size[top]! - 1; left > 0; left--) {
    const price = ratio[n]! * row[parent[n]!]! + (n === node ? factor[n]! : 0);
    row[n] = price;
    const absolute = Math.abs(price);
    if (absolute > largest) largest = absolute;
    n = next[n]!;
  }
  work.from = top;
  work.length = size[top]!;
  return largest;
}

/** Makes the row zero again, before its nodes are threaded otherwise. */
function clearRow({ next }: Forest, work: DualWork): void {
  if (work.length > DENSE * work.row.length) {
    work.row.fill(0);
    work.length = 0;
    return;
  }
  let n = work.from;
  for (let left = work.length; left > 0; left--) {
    work.row[n] = 0;
    n = next[n]!;
  }
  work.length = 0;
}

/** Chooses the entering arc among those that end at the row's nodes where these are few, otherwise among the active ones if one will do. */
function findEntering(
  network: Network,
  forest: Forest,
  state: Uint8Array,
  work: DualWork,
  active: ActiveArcs,
  missing: boolean,
  smallest: number,
): number {
  const { potential } = forest;
  const isSmall = work.length <= FEW.nodes;
  if (isSmall) findRange(network, forest, work);
  if (!isSmall || work.lastArc - work.firstArc >= FEW.arcs) {
    const entering = findCheapest(active, potential, state, work.row, missing, smallest);
    if (entering >= 0) return entering;
    if (!isSmall) findRange(network, forest, work);
  }
  return findCheapestOfAll(network, potential, state, work, missing, smallest);
}

/** Finds between which numbers the arcs of the row's nodes are. */
function findRange({ firstArc, lastArc, realArcCount }: Network, { next }: Forest, work: DualWork): void {
  let first = realArcCount;
  let last = -1;
  let n = work.from;
  for (let left = work.length; left > 0; left--) {
    if (firstArc[n]! < first) first = firstArc[n]!;
    if (lastArc[n]! > last) last = lastArc[n]!;
    n = next[n]!;
  }
  work.firstArc = first;
  work.lastArc = last;
}

/** Finds the active arc that mends the row at the least cost; among equals the one with the largest effect. */
function findCheapest(active: ActiveArcs, potential: Float64Array, state: Uint8Array, row: Float64Array, missing: boolean, smallest: number): number {
  const { arc, tail, head, tailCoefficient, headCoefficient, cost, count } = active;
  // Growing an arc takes its entry in the row from the flow in question.
  const sign = missing ? -1 : 1;
  let best = -1;
  let bestRatio = Infinity;
  let bestEffect = 0;
  for (let k = 0; k < count; k++) {
    const effect = sign * (tailCoefficient[k]! * row[tail[k]!]! + headCoefficient[k]! * row[head[k]!]!);
    if (effect <= smallest) continue;
    const reduced = cost[k]! - tailCoefficient[k]! * potential[tail[k]!]! - headCoefficient[k]! * potential[head[k]!]!;
    // Few are better than the best so far; only they are worth a division and a look at the state.
    if (reduced > bestRatio * effect || state[arc[k]!]! > AT_UPPER) continue;
    const perUnit = reduced <= 0 ? 0 : reduced / effect;
    if (perUnit < bestRatio || (perUnit === bestRatio && effect > bestEffect)) {
      bestRatio = perUnit;
      bestEffect = effect;
      best = arc[k]!;
    }
  }
  return best;
}

/** The same among all arcs that the row may have an effect on. */
function findCheapestOfAll(
  network: Network,
  potential: Float64Array,
  state: Uint8Array,
  { row, firstArc, lastArc }: DualWork,
  missing: boolean,
  smallest: number,
): number {
  const { tail, head, tailCoefficient, headCoefficient, cost } = network;
  let best = -1;
  let bestRatio = Infinity;
  let bestEffect = 0;
  for (let e = firstArc; e <= lastArc; e++) {
    const atTail = row[tail[e]!]!;
    const atHead = row[head[e]!]!;
    // Most arcs end at none of the row's nodes, and need not be looked at any further.
    if (atTail === 0 && atHead === 0) continue;
    const raw = tailCoefficient[e]! * atTail + headCoefficient[e]! * atHead;
    if (raw >= -smallest && raw <= smallest) continue;
    const at = state[e]!;
    if (at > AT_UPPER) continue;
    // Shrinking an arc from its capacity gives what growing it takes.
    const effect = (at === AT_LOWER) === missing ? -raw : raw;
    if (effect <= smallest) continue;
    const reduced = cost[e]! - tailCoefficient[e]! * potential[tail[e]!]! - headCoefficient[e]! * potential[head[e]!]!;
    const dear = at === AT_LOWER ? reduced : -reduced;
    const perUnit = dear <= 0 ? 0 : dear / effect;
    if (perUnit < bestRatio || (perUnit === bestRatio && effect > bestEffect)) {
      bestRatio = perUnit;
      bestEffect = effect;
      best = e;
    }
  }
  return best;
}
