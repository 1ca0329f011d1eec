import { findRoot, isBelow, type Forest } from "./forest";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "./network";
import type { ActiveArcs } from "./price-arcs";
import { applyStep, computeStep, exchange, type Step } from "./pivot";

/** What came of a try to mend one flow. */
export type DualOutcome = "mended" | "feasible" | "stuck";

/** Flows this far outside their bounds (largest amount = 1) are to be mended. */
const VIOLATION = 1e-11;
/** Entering arcs whose effect is smaller than this share of the largest possible one would spoil the numbers. */
const SMALLEST_EFFECT = 1e-7;

/**
 * Makes one pivot of the dual simplex: the basic arc that is furthest outside its bounds leaves at the bound, and the
 * arc comes in that mends it at the least increase of cost per unit, |reduced cost| / |effect|.
 *
 * Used after an edit, when the old basis still has good prices and only some flows no longer fit: a few dual pivots
 * do what takes the primal simplex thousands. Arcs whose reduced cost has the wrong sign count as free; the primal
 * simplex tidies up behind.
 *
 * @param row room for one number a node and one more; shape (nodeCount + 1)
 * @param arcs arcs to choose from; undefined for all of them
 */
export function makeDualPivot(
  network: Network,
  forest: Forest,
  state: Uint8Array,
  step: Step,
  row: Float64Array,
  arcs: ActiveArcs | undefined,
): DualOutcome {
  const node = findWorst(network, forest);
  if (node < 0) return "feasible";
  const leavingArc = forest.arc[node]!;
  const missing = forest.flow[node]! < 0;
  const bound = missing ? 0 : network.capacity[leavingArc]!;
  computeRow(forest, node, row);
  const entering = findCheapest(network, forest, state, row, missing, arcs);
  if (entering < 0) return "stuck";
  const direction = state[entering] === AT_LOWER ? 1 : -1;
  computeStep(network, forest, step, entering);
  const length = (forest.flow[node]! - bound) / (direction * step.delta[node]!);
  if (!(length >= 0) || length === Infinity) return "stuck";
  applyStep(forest, step, direction * length);
  const canReturn = network.capacity[leavingArc]! > 0 && leavingArc < network.realArcCount;
  state[leavingArc] = !canReturn ? FIXED : missing ? AT_LOWER : AT_UPPER;
  state[entering] = BASIC;
  exchange(network, forest, node, entering, direction === 1 ? length : network.capacity[entering]! - length);
  return "mended";
}

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
 */
function computeRow(forest: Forest, node: number, row: Float64Array): void {
  const { parent, factor, ratio, next, size, partner } = forest;
  row.fill(0);
  row[node] = factor[node]!;
  spread(forest, node, row);
  if (parent[node]! < 0) return;
  const root = findRoot(forest, node);
  const other = partner[root]!;
  if (other < 0 || !isBelow(forest, other, node)) return;
  const rootPrice = -ratio[root]! * row[other]! * factor[root]!;
  row[root] = rootPrice;
  const own = factor[node]!;
  let n = next[root]!;
  for (let left = size[root]! - 1; left > 0; left--) {
    row[n] = ratio[n]! * row[parent[n]!]! + (n === node ? own : 0);
    n = next[n]!;
  }
}

function spread({ parent, ratio, next, size }: Forest, top: number, row: Float64Array): void {
  let n = next[top]!;
  for (let left = size[top]! - 1; left > 0; left--) {
    row[n] = ratio[n]! * row[parent[n]!]!;
    n = next[n]!;
  }
}

/** Finds the arc that mends the row at the least cost; among equals the one with the largest effect. */
function findCheapest(
  network: Network,
  { potential }: Forest,
  state: Uint8Array,
  row: Float64Array,
  missing: boolean,
  arcs: ActiveArcs | undefined,
): number {
  let largestRow = 0;
  for (let n = 0; n < row.length; n++) largestRow = Math.max(largestRow, Math.abs(row[n]!));
  const smallest = SMALLEST_EFFECT * largestRow;
  const { tail, head, tailCoefficient, headCoefficient, cost } = arcs ?? network;
  const count = arcs ? arcs.count : network.realArcCount;
  let best = -1;
  let bestRatio = Infinity;
  let bestEffect = 0;
  for (let k = 0; k < count; k++) {
    const t = tail[k]!;
    const h = head[k]!;
    const raw = tailCoefficient[k]! * row[t]! + headCoefficient[k]! * row[h]!;
    if (raw >= -smallest && raw <= smallest) continue;
    const e = arcs ? arcs.arc[k]! : k;
    const at = state[e]!;
    if (at > AT_UPPER) continue;
    // Growing the arc from zero takes `raw` from the flow in question, shrinking it from its capacity gives.
    const effect = (at === AT_LOWER) === missing ? -raw : raw;
    if (effect <= smallest) continue;
    const reduced = cost[k]! - tailCoefficient[k]! * potential[t]! - headCoefficient[k]! * potential[h]!;
    const dear = at === AT_LOWER ? reduced : -reduced;
    const perUnit = dear <= 0 ? 0 : dear / effect;
    if (perUnit > bestRatio) continue;
    if (perUnit < bestRatio || effect > bestEffect) {
      bestRatio = perUnit;
      bestEffect = effect;
      best = e;
    }
  }
  return best;
}
