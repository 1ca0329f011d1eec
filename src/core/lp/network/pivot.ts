import { findRoot, isBelow, rehang, setRoot, updatePotentials, type Forest } from "./forest";
import type { Network } from "./network";

/** How the basic flows change with the entering arc: the nodes whose arcs change, and by how much per unit. */
export interface Step {
  /** delta[n] = decrease of the flow owned by n per unit of the entering arc; valid for the nodes in `path`. */
  readonly delta: Float64Array;
  readonly path: Int32Array;
  readonly mark: Int32Array;
  count: number;
  stamp: number;
}

/** What stops the entering arc. */
export interface Leaving {
  /** Node that owns the leaving arc, -1 when the entering arc reaches its own other bound first (or nothing stops it). */
  node: number;
  /** Flow of the entering arc at that moment, counted from the bound that it leaves. */
  length: number;
  /** True when the leaving arc leaves at its capacity. */
  atCapacity: boolean;
}

export function createStep(nodeCount: number): Step {
  return {
    delta: new Float64Array(nodeCount),
    path: new Int32Array(nodeCount),
    mark: new Int32Array(nodeCount),
    count: 0,
    stamp: 0,
  };
}

/** Solves (basis) delta = column of `arc` along the paths from the arc's ends to their roots. */
export function computeStep(network: Network, forest: Forest, step: Step, arc: number): void {
  step.count = 0;
  step.stamp++;
  // A column without entries changes nothing.
  if (network.tail[arc]! >= network.nodeCount) return;
  deliver(forest, step, network.tail[arc]!, network.tailCoefficient[arc]!);
  if (network.head[arc]! < network.nodeCount) {
    deliver(forest, step, network.head[arc]!, network.headCoefficient[arc]!);
  }
}

/** Lets the basic arcs deliver `amount` at a node. */
export function deliver(forest: Forest, step: Step, node: number, amount: number): void {
  const { parent, partner, factor, ratio } = forest;
  const { delta, path, mark, stamp } = step;
  let count = step.count;
  let need = amount;
  let n = node;
  for (;;) {
    const change = need * factor[n]!;
    if (mark[n] === stamp) delta[n]! += change;
    else {
      mark[n] = stamp;
      path[count++] = n;
      delta[n] = change;
    }
    if (parent[n]! < 0) break;
    need *= ratio[n]!;
    n = parent[n]!;
  }
  if (partner[n]! >= 0) {
    // The root column also takes from its other end, which the cycle has to make good.
    need = -ratio[n]! * need * factor[n]!;
    for (let k = partner[n]!; k !== n; k = parent[k]!) {
      const change = need * factor[k]!;
      if (mark[k] === stamp) delta[k]! += change;
      else {
        mark[k] = stamp;
        path[count++] = k;
        delta[k] = change;
      }
      need *= ratio[k]!;
    }
  }
  step.count = count;
}

/** Changes smaller than this share of the largest one are rounding noise and cannot carry a pivot. */
const SMALLEST_PIVOT = 1e-10;
/** Lengths this close together, in units of the largest amount, count as a tie. */
const TIE = 1e-13;

/**
 * Finds the basic arc that reaches a bound first. Among ties the one with the largest change leaves, which keeps the
 * numbers good; with `strict` the one with the lowest arc number, which cannot cycle.
 *
 * @param direction 1 when the entering arc grows from zero, -1 when it shrinks from its capacity
 */
export function findLeaving(network: Network, forest: Forest, step: Step, arc: number, direction: 1 | -1, strict: boolean, leaving: Leaving): void {
  const { capacity } = network;
  const { flow, arc: owned } = forest;
  const { delta, path, count } = step;
  let largest = 0;
  for (let k = 0; k < count; k++) largest = Math.max(largest, Math.abs(delta[path[k]!]!));
  const smallest = largest * SMALLEST_PIVOT;
  let length = capacity[arc]!;
  let best = -1;
  let bestSize = 0;
  let bestAtCapacity = false;
  for (let k = 0; k < count; k++) {
    const n = path[k]!;
    const change = direction * delta[n]!;
    let reach: number;
    let size: number;
    if (change > smallest) {
      size = change;
      reach = flow[n]! / change;
    } else if (change < -smallest) {
      const limit = capacity[owned[n]!]!;
      if (limit === Infinity) continue;
      size = -change;
      reach = (limit - flow[n]!) / size;
    } else continue;
    if (reach < 0) reach = 0;
    const tie = TIE * (1 + 1 / size);
    if (reach > length + tie) continue;
    const isClear = reach < length - tie;
    const isBetter = strict ? best >= 0 && owned[n]! < owned[best]! : size > bestSize;
    if (isClear || best < 0 ? reach <= length : isBetter) {
      length = Math.min(reach, length);
      best = n;
      bestSize = size;
      bestAtCapacity = change < 0;
    }
  }
  leaving.node = best;
  leaving.length = length;
  leaving.atCapacity = bestAtCapacity;
}

/** Moves every flow on the path by the length of the step. */
export function applyStep(forest: Forest, step: Step, change: number): void {
  const { flow } = forest;
  const { delta, path, count } = step;
  for (let k = 0; k < count; k++) {
    const n = path[k]!;
    flow[n]! -= change * delta[n]!;
  }
}

/**
 * Exchanges the arc owned by `leavingNode` for `arc`: cuts the part that loses its root column off and hangs it on the
 * rest by the entering arc.
 */
export function exchange(network: Network, forest: Forest, leavingNode: number, arc: number, arcFlow: number): void {
  const { parent, partner, flow } = forest;
  let top = leavingNode;
  if (parent[top]! >= 0) {
    const root = findRoot(forest, top);
    const other = partner[root]!;
    if (other >= 0 && isBelow(forest, other, top)) {
      // The cycle opens: its closing column becomes an ordinary arc of the tree, and the whole tree has lost its root.
      const closing = forest.arc[root]!;
      const closingFlow = flow[root]!;
      rehang(network, forest, top, other, root, closing);
      flow[other] = closingFlow;
      top = root;
    }
  }
  partner[top] = -1;
  const tail = network.tail[arc]!;
  const head = network.head[arc]!;
  const tailInside = isBelow(forest, tail, top);
  const headInside = head < network.nodeCount && isBelow(forest, head, top);
  const hangsOn = head < network.nodeCount && tailInside !== headInside;
  const inner = tailInside ? tail : head;
  rehang(network, forest, top, inner, hangsOn ? (tailInside ? head : tail) : -1, arc);
  flow[inner] = arcFlow;
  if (hangsOn) {
    forest.potential[inner] = forest.constant[inner]! + forest.ratio[inner]! * forest.potential[parent[inner]!]!;
  } else {
    setRoot(network, forest, inner, arc);
  }
  updatePotentials(forest, inner);
}
