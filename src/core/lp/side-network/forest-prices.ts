import { setRoot, type Forest } from "../network/forest";
import { sidePrice, type SideNetwork } from "./side-network";

/**
 * What the arcs of the forest cost and have in side rows, by the node that owns them. Picked out of all arcs one by one
 * these numbers would miss the cache at every node, and they are needed at every pivot.
 */
export interface ForestPrices {
  /** Arc that the other numbers are of; -1 for none yet. Shape (nodeCount), like all of them. */
  readonly arc: Int32Array;
  readonly cost: Float64Array;
  /** The arc's side row, the number of side rows for none; -1 for several. */
  readonly row: Int32Array;
  readonly value: Float64Array;
  readonly capacity: Float64Array;
  /** w, and 0 behind it. */
  readonly w: Float64Array;
}

export function createForestPrices({ network, sideCount }: SideNetwork): ForestPrices {
  const { nodeCount } = network;
  return {
    arc: new Int32Array(nodeCount).fill(-1),
    cost: new Float64Array(nodeCount),
    row: new Int32Array(nodeCount),
    value: new Float64Array(nodeCount),
    capacity: new Float64Array(nodeCount),
    w: new Float64Array(sideCount + 1),
  };
}

/** Computes all potentials of the forest anew at the prices w of the side rows. */
export function updateForestPotentials(side: SideNetwork, forest: Forest, prices: ForestPrices, w: Float64Array): void {
  const { network } = side;
  const { parent, partner, arc, factor, constant, ratio, potential, next, size } = forest;
  const { nodeCount } = network;
  prices.w.set(w);
  for (let n = 0; n < nodeCount; n++) {
    if (prices.arc[n] !== arc[n]) readArc(side, prices, n, arc[n]!);
    const row = prices.row[n]!;
    const own = prices.cost[n]! - (row < 0 ? sidePrice(side, w, arc[n]!) : prices.value[n]! * prices.w[row]!);
    if (parent[n]! >= 0) constant[n] = own * factor[n]!;
    else if (partner[n]! < 0) potential[n] = own * factor[n]!;
    else network.cost[arc[n]!] = own;
  }
  for (let root = 0; root < nodeCount; root++) {
    if (parent[root]! >= 0) continue;
    if (partner[root]! >= 0) setRoot(network, forest, root, arc[root]!);
    let n = next[root]!;
    for (let left = size[root]! - 1; left > 0; left--) {
      potential[n] = constant[n]! + ratio[n]! * potential[parent[n]!]!;
      n = next[n]!;
    }
  }
}

/** Brings what is noted of the arc of a node up to date. */
export function noteArc(side: SideNetwork, forest: Forest, prices: ForestPrices, n: number): void {
  if (prices.arc[n] !== forest.arc[n]) readArc(side, prices, n, forest.arc[n]!);
}

function readArc(
  { network, realCost, sideCount, sideStarts, sideRows, sideValues }: SideNetwork,
  prices: ForestPrices,
  n: number,
  arc: number,
): void {
  prices.arc[n] = arc;
  prices.row[n] = sideCount;
  prices.value[n] = 0;
  prices.cost[n] = 0;
  prices.capacity[n] = network.capacity[arc]!;
  if (arc >= network.realArcCount) return;
  prices.cost[n] = realCost[arc]!;
  const first = sideStarts[arc]!;
  const count = sideStarts[arc + 1]! - first;
  if (count > 1) prices.row[n] = -1;
  else if (count === 1) {
    prices.row[n] = sideRows[first]!;
    prices.value[n] = sideValues[first]!;
  }
}
