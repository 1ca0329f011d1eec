import { createForest, rehang, setParent, setRoot, updatePotentials, type Forest } from "./forest";
import { AT_LOWER, AT_UPPER, BASIC, viewEights, type Network } from "./network";
import { deliversSomething } from "./refresh-forest";

interface Adjacency {
  readonly starts: Int32Array;
  readonly arcs: Int32Array;
}

/** Room for the search through one tree after the other. */
interface Search {
  readonly visited: Uint8Array;
  /** Nodes of the present tree in preorder. */
  readonly order: Int32Array;
  /** What is still to be visited: node, the node it was reached from, the arc; three numbers each. */
  readonly stack: Int32Array;
}

/**
 * Builds the forest of the arcs that `state` calls basic, from nothing.
 *
 * Whatever does not fit is repaired: arcs that would be a second root column of their tree leave the basis, trees
 * without a root column get an artificial one. `state` is changed accordingly. Flows are not computed.
 *
 * @param among arcs that the basic ones are among, from an earlier forest; undefined to look through all
 * @returns the forest, with potentials for the network's present costs
 */
export function buildForest(network: Network, state: Uint8Array, among?: Int32Array): Forest {
  const { nodeCount } = network;
  const forest = createForest(nodeCount);
  const adjacency = connectNodes(network, state, among ?? listBasicArcs(state, nodeCount));
  const arcCount = adjacency.arcs.length;
  const search = { visited: new Uint8Array(nodeCount), order: new Int32Array(nodeCount), stack: new Int32Array(3 * arcCount + 3) };
  for (let k = 0; k < arcCount; k++) {
    const arc = adjacency.arcs[k]!;
    if (state[arc] !== BASIC || network.head[arc]! < nodeCount) continue;
    const root = network.tail[arc]!;
    if (search.visited[root]) leaveBasis(state, arc);
    else growTree(network, forest, state, adjacency, search, root, arc);
  }
  for (let n = 0; n < nodeCount; n++) {
    if (!search.visited[n]) growTree(network, forest, state, adjacency, search, n, -1);
  }
  return forest;
}

function leaveBasis(state: Uint8Array, arc: number): void {
  state[arc] = AT_LOWER;
}

/** Lists the basic arcs; there are no more than nodes, unless a basis of elsewhere is to be repaired. */
function listBasicArcs(state: Uint8Array, nodeCount: number): Int32Array {
  const eights = viewEights(state);
  let basic = new Int32Array(nodeCount + 8);
  let count = 0;
  for (let e = 0; e < state.length; e++) {
    if (e % 8 === 0) while (eights[e >>> 3] === 0) e += 8;
    if (state[e] !== BASIC) continue;
    if (count === basic.length) {
      const more = new Int32Array(2 * count);
      more.set(basic);
      basic = more;
    }
    basic[count++] = e;
  }
  return basic.subarray(0, count);
}

/** Lists the basic arcs at each node. */
function connectNodes({ nodeCount, tail, head }: Network, state: Uint8Array, among: Int32Array): Adjacency {
  const starts = new Int32Array(nodeCount + 2);
  for (let k = 0; k < among.length; k++) {
    const e = among[k]!;
    if (state[e] !== BASIC) continue;
    starts[tail[e]! + 1]!++;
    if (head[e]! < nodeCount) starts[head[e]! + 1]!++;
  }
  for (let n = 0; n <= nodeCount; n++) starts[n + 1]! += starts[n]!;
  const next = starts.slice();
  const arcs = new Int32Array(starts[nodeCount]!);
  for (let k = 0; k < among.length; k++) {
    const e = among[k]!;
    if (state[e] !== BASIC || tail[e]! >= nodeCount) continue;
    arcs[next[tail[e]!]!++] = e;
    if (head[e]! < nodeCount) arcs[next[head[e]!]!++] = e;
  }
  return { starts, arcs };
}

/** Grows the tree of everything that basic arcs connect with `root` in preorder and gives it its root column. */
function growTree(
  network: Network,
  forest: Forest,
  state: Uint8Array,
  { starts, arcs }: Adjacency,
  { visited, order, stack }: Search,
  root: number,
  rootArc: number,
): void {
  const { tail, head, nodeCount } = network;
  let count = 0;
  let depth = 3;
  stack[0] = root;
  stack[1] = -1;
  stack[2] = -1;
  let extra = rootArc;
  while (depth > 0) {
    depth -= 3;
    const node = stack[depth]!;
    const parent = stack[depth + 1]!;
    const arc = stack[depth + 2]!;
    if (visited[node]) {
      extra = keepOneExtra(state, extra, arc);
      continue;
    }
    visited[node] = 1;
    if (arc >= 0) setParent(network, forest, node, parent, arc);
    order[count++] = node;
    for (let k = starts[node]!; k < starts[node + 1]!; k++) {
      const e = arcs[k]!;
      if (e === arc || e === rootArc || state[e] !== BASIC) continue;
      if (head[e]! >= nodeCount) {
        // A slack of a later node: it may serve as the root column when none is known yet.
        extra = keepOneExtra(state, extra, e);
        continue;
      }
      stack[depth] = tail[e] === node ? head[e]! : tail[e]!;
      stack[depth + 1] = node;
      stack[depth + 2] = e;
      depth += 3;
    }
  }
  threadTree(forest, order, count);
  closeTree(network, forest, state, root, extra);
}

function keepOneExtra(state: Uint8Array, extra: number, arc: number): number {
  if (extra < 0) return arc;
  if (extra !== arc) leaveBasis(state, arc);
  return extra;
}

function threadTree({ parent, next, previous, size }: Forest, order: Int32Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const node = order[k]!;
    next[node] = k + 1 < count ? order[k + 1]! : -1;
    previous[node] = k > 0 ? order[k - 1]! : -1;
    size[node] = 1;
  }
  for (let k = count - 1; k > 0; k--) size[parent[order[k]!]!]! += size[order[k]!]!;
}

/** Gives a tree its root column: the extra arc where it delivers something, otherwise the artificial arc. */
function closeTree(network: Network, forest: Forest, state: Uint8Array, start: number, extra: number): void {
  let root = start;
  if (extra >= 0 && network.tail[extra] !== root) {
    root = network.tail[extra]!;
    rehang(network, forest, start, root, -1, -1);
  }
  if (extra >= 0) {
    setRoot(network, forest, root, extra);
    if (!deliversSomething(forest, root)) {
      leaveBasis(state, extra);
      extra = -1;
    }
  }
  if (extra < 0) {
    const artificial = network.realArcCount + root;
    state[artificial] = BASIC;
    setRoot(network, forest, root, artificial);
  }
  updatePotentials(forest, root);
}

/** Recomputes all basic flows from the supplies and the arcs at their capacity. */
export function computeFlows(network: Network, forest: Forest, state: Uint8Array): void {
  const { nodeCount, tail, head, tailCoefficient, headCoefficient, capacity } = network;
  const need = new Float64Array(nodeCount + 1);
  need.set(network.supply);
  const eights = viewEights(state);
  for (let e = 0; e < network.realArcCount; e++) {
    if (e % 8 === 0) while (eights[e >>> 3] === 0) e += 8;
    if (state[e] !== AT_UPPER || e >= network.realArcCount) continue;
    need[tail[e]!]! -= tailCoefficient[e]! * capacity[e]!;
    need[head[e]!]! -= headCoefficient[e]! * capacity[e]!;
  }
  for (let n = 0; n < nodeCount; n++) if (forest.parent[n]! < 0) computeTreeFlows(forest, need, n);
}

function computeTreeFlows(forest: Forest, need: Float64Array, root: number): void {
  const { parent, factor, ratio, flow, partner, next, previous } = forest;
  let last = root;
  while (next[last]! >= 0) last = next[last]!;
  for (let n = last; n !== root; n = previous[n]!) {
    flow[n] = need[n]! * factor[n]!;
    need[parent[n]!]! += need[n]! * ratio[n]!;
  }
  const rootFlow = need[root]! * factor[root]!;
  flow[root] = rootFlow;
  if (partner[root]! < 0) return;
  let amount = -ratio[root]! * rootFlow;
  for (let n = partner[root]!; n !== root; n = parent[n]!) {
    flow[n]! += amount * factor[n]!;
    amount *= ratio[n]!;
  }
}
