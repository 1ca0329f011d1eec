import type { Network } from "./network";

/**
 * The basis of a gain network: every component is a tree with exactly one column too many, which is its root column.
 *
 * Each node owns one basic arc: a node below another owns the arc to its parent, a root owns the root column. A root
 * column has one end, or two, the second (`partner`) further down in the same tree, and then closes a cycle.
 * The nodes of each tree are threaded in preorder, so that a subtree is a run of `size` nodes.
 */
export interface Forest {
  readonly parent: Int32Array;
  /** Basic arc that the node owns. */
  readonly arc: Int32Array;
  /** Flow of that arc. */
  readonly flow: Float64Array;
  /** For a root whose column has two ends the other end, otherwise -1. */
  readonly partner: Int32Array;
  /** 1 / coefficient of the owned arc at this node; for a root 1 / (what one unit of its column delivers there). */
  readonly factor: Float64Array;
  /** -(coefficient at the parent) / (coefficient at this node): what one unit needed here makes needed there. */
  readonly ratio: Float64Array;
  /** cost / coefficient: potential = constant + ratio * potential of the parent. */
  readonly constant: Float64Array;
  /** Potential (dual) of each node, and 0 for the node that does not exist; shape (nodeCount + 1). */
  readonly potential: Float64Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly size: Int32Array;
}

/** Makes room for the basis of a network; `buildForest` fills it. */
export function createForest(nodeCount: number): Forest {
  return {
    parent: new Int32Array(nodeCount).fill(-1),
    arc: new Int32Array(nodeCount).fill(-1),
    flow: new Float64Array(nodeCount),
    partner: new Int32Array(nodeCount).fill(-1),
    factor: new Float64Array(nodeCount),
    ratio: new Float64Array(nodeCount),
    constant: new Float64Array(nodeCount),
    potential: new Float64Array(nodeCount + 1),
    next: new Int32Array(nodeCount).fill(-1),
    previous: new Int32Array(nodeCount).fill(-1),
    size: new Int32Array(nodeCount).fill(1),
  };
}

/** Tells whether `node` is `top` or below it. */
export function isBelow(forest: Forest, node: number, top: number): boolean {
  const { parent } = forest;
  for (let n = node; n >= 0; n = parent[n]!) if (n === top) return true;
  return false;
}

/** Finds the root of a node's tree. */
export function findRoot(forest: Forest, node: number): number {
  const { parent } = forest;
  let n = node;
  while (parent[n]! >= 0) n = parent[n]!;
  return n;
}

/** Notes that `node` owns `arc` to `parent`, with the numbers that follow from it; the potential is left alone. */
export function setParent(network: Network, forest: Forest, node: number, parent: number, arc: number): void {
  const isTail = network.tail[arc] === node;
  const here = isTail ? network.tailCoefficient[arc]! : network.headCoefficient[arc]!;
  const there = isTail ? network.headCoefficient[arc]! : network.tailCoefficient[arc]!;
  forest.parent[node] = parent;
  forest.arc[node] = arc;
  forest.partner[node] = -1;
  forest.factor[node] = 1 / here;
  forest.ratio[node] = -there / here;
  forest.constant[node] = network.cost[arc]! / here;
}

/**
 * Notes that `root` owns a root column and computes the root's potential.
 *
 * For a column with a second end w, let R be the product of the ratios and A the accumulated constants on the way
 * from w up to the root, so that potential(w) = A + R * potential(root). Then one unit of the column delivers
 * g_root + g_w R at the root, and potential(root) = (cost - g_w A) / (g_root + g_w R).
 */
export function setRoot(network: Network, forest: Forest, root: number, arc: number): void {
  const { parent, ratio, constant } = forest;
  const isTail = network.tail[arc] === root;
  const here = isTail ? network.tailCoefficient[arc]! : network.headCoefficient[arc]!;
  const there = isTail ? network.headCoefficient[arc]! : network.tailCoefficient[arc]!;
  const other = isTail ? network.head[arc]! : network.tail[arc]!;
  parent[root] = -1;
  forest.arc[root] = arc;
  forest.ratio[root] = there;
  if (other >= network.nodeCount) {
    forest.partner[root] = -1;
    forest.factor[root] = 1 / here;
    forest.potential[root] = network.cost[arc]! / here;
    return;
  }
  forest.partner[root] = other;
  let accumulated = 0;
  let product = 1;
  for (let n = other; n !== root; n = parent[n]!) {
    accumulated += product * constant[n]!;
    product *= ratio[n]!;
  }
  const delivered = here + there * product;
  forest.factor[root] = 1 / delivered;
  forest.potential[root] = (network.cost[arc]! - there * accumulated) / delivered;
}

/** Recomputes the potentials below (and not of) `top`, parents before children. */
export function updatePotentials(forest: Forest, top: number): void {
  const { parent, ratio, constant, potential, next, size } = forest;
  let node = next[top]!;
  for (let left = size[top]! - 1; left > 0; left--) {
    potential[node] = constant[node]! + ratio[node]! * potential[parent[node]!]!;
    node = next[node]!;
  }
}

/**
 * Cuts the subtree of `top` out and hangs it on `attach` by `arc` from its node `inner`, or makes it a tree of its own
 * with root `inner` (attach = -1; the caller then sets the root column).
 *
 * The parents between `inner` and `top` are turned round, the flows move along, and the thread of the subtree is put
 * together anew from runs of the old one. Potentials are not touched.
 */
export function rehang(network: Network, forest: Forest, top: number, inner: number, attach: number, arc: number): void {
  const { parent, next, previous, size } = forest;
  const total = size[top]!;
  for (let n = parent[top]!; n >= 0; n = parent[n]!) size[n]! -= total;
  const before = previous[top]!;
  const { last, after } = rethread(forest, top, inner);
  reverseParents(forest, top, inner, total);
  if (before >= 0) next[before] = after;
  if (after >= 0) previous[after] = before;
  previous[inner] = -1;
  next[last] = -1;
  if (attach < 0) {
    parent[inner] = -1;
    return;
  }
  setParent(network, forest, inner, attach, arc);
  const behind = next[attach]!;
  next[attach] = inner;
  previous[inner] = attach;
  next[last] = behind;
  if (behind >= 0) previous[behind] = last;
  for (let n = attach; n >= 0; n = parent[n]!) size[n]! += total;
}

/**
 * Threads the subtree of `top` in preorder from `inner`: the subtree of `inner`, then for every node up to `top` what
 * it has besides. Returns its last node and the node that followed the subtree in the old thread.
 */
function rethread(forest: Forest, top: number, inner: number): { last: number; after: number } {
  const { parent, next, previous, size } = forest;
  let last = inner;
  for (let left = size[inner]! - 1; left > 0; left--) last = next[last]!;
  let after = next[last]!;
  let beforeChild = previous[inner]!;
  for (let child = inner; child !== top;) {
    const node = parent[child]!;
    const beforeNode = previous[node]!;
    next[last] = node;
    previous[node] = last;
    // What `node` has before the child in the old thread, itself included ...
    last = beforeChild;
    let count = 1;
    for (let n = node; n !== last; n = next[n]!) count++;
    // ... and what it has behind the child.
    const rest = size[node]! - count - size[child]!;
    if (rest > 0) {
      next[last] = after;
      previous[after] = last;
      last = after;
      for (let left = rest - 1; left > 0; left--) last = next[last]!;
      after = next[last]!;
    }
    beforeChild = beforeNode;
    child = node;
  }
  return { last, after };
}

/**
 * Turns the parent pointers between `inner` and `top` round and moves arcs, flows, sizes and numbers with them.
 *
 * Seen from its other end an arc has the ratio 1 / ratio, and its factor and constant are -1 / ratio times as large: it need
 * not be looked up among all arcs.
 */
function reverseParents({ parent, arc, flow, size, partner, factor, ratio, constant }: Forest, top: number, inner: number, total: number): void {
  let child = inner;
  let node = parent[inner]!;
  let carriedArc = arc[inner]!;
  let carriedFlow = flow[inner]!;
  let carriedFactor = factor[inner]!;
  let carriedRatio = ratio[inner]!;
  let carriedConstant = constant[inner]!;
  let childSize = size[inner]!;
  size[inner] = total;
  while (child !== top) {
    const above = parent[node]!;
    const nextArc = arc[node]!;
    const nextFlow = flow[node]!;
    const nextFactor = factor[node]!;
    const nextRatio = ratio[node]!;
    const nextConstant = constant[node]!;
    const nextSize = size[node]!;
    const turned = 1 / carriedRatio;
    parent[node] = child;
    partner[node] = -1;
    arc[node] = carriedArc;
    flow[node] = carriedFlow;
    factor[node] = -carriedFactor * turned;
    ratio[node] = turned;
    constant[node] = -carriedConstant * turned;
    size[node] = total - childSize;
    childSize = nextSize;
    carriedArc = nextArc;
    carriedFlow = nextFlow;
    carriedFactor = nextFactor;
    carriedRatio = nextRatio;
    carriedConstant = nextConstant;
    child = node;
    node = above;
  }
}
