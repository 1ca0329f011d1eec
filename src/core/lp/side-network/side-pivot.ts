import { applyStep, computeStep, deliver, exchange } from "../network/pivot";
import { noteArc } from "./forest-prices";
import { ABOVE, BELOW, INSIDE, ON_LOWER, ON_UPPER, slopeAt } from "./row-penalties";
import { COST_TOLERANCE, enterArc, NOISE, restArc, STRICT_NOISE, zoneBeside, type Entering, type SideRun } from "./side-run";
import { sidePrice } from "./side-network";
import { applyInverse, sideColumn, updateInverse } from "./working-basis";

/** Changes smaller than this share of the largest one are rounding noise and cannot carry a pivot. */
const SMALLEST_PIVOT = 1e-10;
/** Entries up to this share of the largest one are zeros with noise, which the price of a broken row would make look like a saving. */
const ENTRY_NOISE = 1e-12;
/** Amounts (largest = 1) this close count as equal. */
const TIE = 1e-13;
/** The entering arc goes into the forest where its effect there is at least this share of the best extra's. */
const GOOD_SHARE = 0.1;

interface Leaving {
  /** Node of the forest whose arc leaves, or -1. */
  node: number;
  /** Extra that leaves, or -1. */
  extra: number;
  length: number;
  /** True when it leaves at its capacity or upper bound. */
  atUpper: boolean;
  size: number;
  id: number;
}

/** Lets an arc or a total enter the basis and whatever stops it leave. */
export function sidePivot(run: SideRun, { arc, direction }: Entering, strict: boolean): void {
  const { side, forest, working, step, z, place } = run;
  const { network } = side;
  computePath(run, arc);
  // Chosen at prices of a few pivots ago.
  if (!run.isFresh && arc >= 0 && -direction * quickReducedCost(run, arc) <= COST_TOLERANCE) return;
  computeColumn(run, arc);
  const { reduced, size } = reducedCostOf(run, arc, direction);
  // Chosen by noise in the prices (near a cycle without gain they are thousands of costs): it may not save anything.
  if (-direction * reduced <= COST_TOLERANCE + (strict ? STRICT_NOISE : NOISE) * size) {
    if (run.isFresh) run.pricing.isNoise[arc >= 0 ? arc : network.realArcCount - 1 - arc] = 1;
    return;
  }
  const leaving = findLeaving(run, arc, direction, strict);
  if (leaving.length === Infinity) {
    run.status = "unbounded";
    return;
  }
  run.pivots++;
  run.sinceRebuild++;
  run.degenerateRun = leaving.length <= TIE ? run.degenerateRun + 1 : 0;
  const change = direction * leaving.length;
  applyStep(forest, step, change);
  for (let k = 0; k < z.length; k++) working.values[k]! -= change * z[k]!;
  const from =
    arc < 0 ? (place[-1 - arc] === ON_LOWER ? side.lower[-1 - arc]! : side.upper[-1 - arc]!) : direction === 1 ? 0 : network.capacity[arc]!;
  if (leaving.node < 0 && leaving.extra < 0) {
    if (arc < 0) place[-1 - arc] = direction === 1 ? ON_UPPER : ON_LOWER;
    else restArc(run, arc, direction === 1);
    return;
  }
  if (arc < 0) place[-1 - arc] = zoneBeside(side, place, -1 - arc, direction);
  run.isFresh = false;
  if (leaving.extra >= 0) replaceExtra(run, arc, from + change, reduced, leaving);
  else replaceInForest(run, arc, from + change, reduced, leaving);
}

/** Lets the forest alone deliver the entering column. */
function computePath({ side, forest, prices, step }: SideRun, arc: number): void {
  if (arc < 0) {
    step.count = 0;
    step.stamp++;
    return;
  }
  computeStep(side.network, forest, step, arc);
  for (let i = 0; i < step.count; i++) noteArc(side, forest, prices, step.path[i]!);
}

/** Reduced cost of an arc by the present duals of the side rows, from its path alone; the extras have none. */
function quickReducedCost({ side, forest, prices, w, step }: SideRun, arc: number): number {
  const { path, delta, count } = step;
  let reduced = side.realCost[arc]! - sidePrice(side, w, arc);
  for (let i = 0; i < count; i++) {
    const n = path[i]!;
    const row = prices.row[n]!;
    const price = row === w.length ? 0 : row < 0 ? sidePrice(side, w, forest.arc[n]!) : prices.value[n]! * w[row]!;
    reduced -= (prices.cost[n]! - price) * delta[n]!;
  }
  return reduced;
}

/** Solves (basis) column = entering column, whose path is in `step`: the forest's part into `step`, the extras' part into z. */
function computeColumn({ side, forest, prices, working, step, column, z }: SideRun, arc: number): void {
  const { network } = side;
  if (arc < 0) {
    column.fill(0);
    column[-1 - arc] = -1;
  } else sideColumn(side, forest, prices, step, arc, column);
  applyInverse(working, column, z);
  for (let k = 0; k < z.length; k++) {
    const extra = working.extras[k]!;
    if (extra < 0 || z[k] === 0 || network.tail[extra]! >= network.nodeCount) continue;
    deliver(forest, step, network.tail[extra]!, -z[k]! * network.tailCoefficient[extra]!);
    if (network.head[extra]! < network.nodeCount) deliver(forest, step, network.head[extra]!, -z[k]! * network.headCoefficient[extra]!);
  }
  for (let i = 0; i < step.count; i++) noteArc(side, forest, prices, step.path[i]!);
}

/** Cost of the entering column less what the basic ones cost that it replaces, and the sum of the sizes of all these. */
function reducedCostOf(run: SideRun, arc: number, direction: 1 | -1): { readonly reduced: number; readonly size: number } {
  const { side, prices, working, step, z, place, penalties } = run;
  const { realCost } = side;
  const { path, delta, count } = step;
  let reduced = arc < 0 ? slopeAt(penalties, -1 - arc, zoneBeside(side, place, -1 - arc, direction)) : realCost[arc]!;
  let size = Math.abs(reduced);
  const least = ENTRY_NOISE * largestEntry(run);
  for (let i = 0; i < count; i++) {
    const entry = delta[path[i]!]!;
    if (Math.abs(entry) <= least) continue;
    const term = prices.cost[path[i]!]! * entry;
    reduced -= term;
    size += Math.abs(term);
  }
  for (let k = 0; k < z.length; k++) {
    const extra = working.extras[k]!;
    if (Math.abs(z[k]!) <= least) continue;
    const term = z[k]! * (extra < 0 ? slopeAt(penalties, -1 - extra, place[-1 - extra]!) : realCost[extra]!);
    reduced -= term;
    size += Math.abs(term);
  }
  return { reduced, size };
}

/** Size of the largest entry of the entering column in terms of the basis. */
function largestEntry({ step: { delta, path, count }, z }: SideRun): number {
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(delta[path[i]!]!));
  for (let k = 0; k < z.length; k++) largest = Math.max(largest, Math.abs(z[k]!));
  return largest;
}

function findLeaving(run: SideRun, arc: number, direction: 1 | -1, strict: boolean): Leaving {
  const { side, forest, prices, working, step, z, place } = run;
  const { network, lower, upper, sideCount } = side;
  const { delta, path, count } = step;
  const smallest = largestEntry(run) * SMALLEST_PIVOT;
  const own = arc >= 0 ? network.capacity[arc]! : ownRoom(side.lower[-1 - arc]!, side.upper[-1 - arc]!, zoneBeside(side, place, -1 - arc, direction));
  const leaving: Leaving = { node: -1, extra: -1, length: own, atUpper: false, size: 0, id: Infinity };
  const consider = (node: number, extra: number, change: number, room: number, atUpper: boolean, id: number): void => {
    const size = Math.abs(change);
    const reach = Math.max(0, room / size);
    const tie = TIE * (1 + 1 / size);
    if (reach > leaving.length + tie) return;
    const isFirst = leaving.node < 0 && leaving.extra < 0;
    const isClear = reach < leaving.length - tie;
    const isBetter = strict ? id < leaving.id : size > leaving.size;
    if (isFirst ? reach <= leaving.length : isClear || isBetter) {
      leaving.node = node;
      leaving.extra = extra;
      leaving.length = Math.min(reach, leaving.length);
      leaving.atUpper = atUpper;
      leaving.size = size;
      leaving.id = id;
    }
  };
  for (let i = 0; i < count; i++) {
    const n = path[i]!;
    const change = direction * delta[n]!;
    const owned = forest.arc[n]!;
    if (change > smallest) consider(n, -1, change, forest.flow[n]!, false, owned);
    else if (change < -smallest && prices.capacity[n]! < Infinity) consider(n, -1, change, prices.capacity[n]! - forest.flow[n]!, true, owned);
  }
  for (let k = 0; k < sideCount; k++) {
    const change = direction * z[k]!;
    if (Math.abs(change) <= smallest) continue;
    const extra = working.extras[k]!;
    const r = -1 - extra;
    const least = extra >= 0 ? 0 : place[r] === BELOW ? -Infinity : place[r] === INSIDE ? lower[r]! : upper[r]!;
    const most = extra >= 0 ? network.capacity[extra]! : place[r] === ABOVE ? Infinity : place[r] === INSIDE ? upper[r]! : lower[r]!;
    const id = extra >= 0 ? extra : network.capacity.length + r;
    if (change > 0 && least > -Infinity) consider(-1, k, change, working.values[k]! - least, false, id);
    else if (change < 0 && most < Infinity) consider(-1, k, change, most - working.values[k]!, true, id);
  }
  return leaving;
}

function ownRoom(lower: number, upper: number, zone: number): number {
  return zone === INSIDE ? upper - lower : Infinity;
}

/** An extra leaves: the entering one takes its place. */
function replaceExtra(run: SideRun, arc: number, value: number, reduced: number, { extra, atUpper }: Leaving): void {
  const { working, z, row } = run;
  const { extras, inverse, values } = working;
  const count = row.length;
  row.set(inverse.subarray(extra * count, (extra + 1) * count));
  rest(run, extras[extra]!, atUpper);
  movePrices(run, reduced / z[extra]!);
  updateInverse(working, row, z, z[extra]!, extra);
  extras[extra] = arc;
  values[extra] = value;
  if (arc >= 0) enterArc(run, arc, false);
}

/** An arc of the forest leaves: the entering arc takes its place, or an extra does and the entering one becomes an extra. */
function replaceInForest(run: SideRun, arc: number, value: number, reduced: number, { node, atUpper }: Leaving): void {
  const { side, forest, working, step, z, row, onPath } = run;
  const { network } = side;
  const { extras, inverse, values } = working;
  const count = row.length;
  const pivot = step.delta[node]!;
  let direct = pivot;
  let best = -1;
  row.fill(0);
  for (let k = 0; k < count; k++) {
    onPath[k] = extras[k]! < 0 ? 0 : effectAt(run, extras[k]!, node);
    if (onPath[k] === 0) continue;
    direct += z[k]! * onPath[k]!;
    for (let r = 0; r < count; r++) row[r]! -= onPath[k]! * inverse[k * count + r]!;
    if (best < 0 || Math.abs(onPath[k]!) > Math.abs(onPath[best]!)) best = k;
  }
  rest(run, forest.arc[node]!, atUpper);
  movePrices(run, reduced / pivot);
  if (arc >= 0 && (best < 0 || Math.abs(direct) >= GOOD_SHARE * Math.abs(onPath[best]!))) {
    updateInverse(working, row, z, pivot, -1);
    enterArc(run, arc, true);
    exchange(network, forest, node, arc, value);
  } else {
    const inward = extras[best]!;
    enterArc(run, inward, true);
    exchange(network, forest, node, inward, values[best]!);
    updateInverse(working, row, z, pivot, best);
    extras[best] = arc;
    values[best] = value;
    if (arc >= 0) enterArc(run, arc, false);
  }
}

/** What one unit of an arc needs of the arc that a node owns: that node's entry of F^-1 A_arc. */
function effectAt({ side: { network }, forest, probe }: SideRun, arc: number, node: number): number {
  computeStep(network, forest, probe, arc);
  return probe.mark[node] === probe.stamp ? probe.delta[node]! : 0;
}

function movePrices({ w, row }: SideRun, share: number): void {
  for (let r = 0; r < w.length; r++) w[r]! += share * row[r]!;
}

function rest(run: SideRun, leaving: number, atUpper: boolean): void {
  if (leaving >= 0) {
    restArc(run, leaving, atUpper);
    return;
  }
  const r = -1 - leaving;
  const zone = run.place[r]!;
  run.place[r] = zone === ABOVE || (zone === INSIDE && atUpper) ? ON_UPPER : ON_LOWER;
}
