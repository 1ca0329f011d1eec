import type { Forest } from "../network/forest";
import { AT_UPPER } from "../network/network";
import type { SideNetwork } from "./side-network";

/** Price of a row that the first answer just fills, in mean costs per unit of the row, and more for each share that it is over. */
const GUESS = { full: 0.7, perShare: 1.5, most: 2 };
/** Rows that are emptier than this by the first answer are not expected to bind. */
const NEARLY_FULL = 0.9;

/** Computes the total of each side row from the flows of a forest and the arcs at their capacity. */
export function totalsOf({ network, sideCount, sideStarts, sideRows, sideValues }: SideNetwork, forest: Forest, state: Uint8Array): Float64Array {
  const total = new Float64Array(sideCount);
  const add = (arc: number, flow: number): void => {
    if (arc >= network.realArcCount) return;
    for (let k = sideStarts[arc]!; k < sideStarts[arc + 1]!; k++) total[sideRows[k]!]! += sideValues[k]! * flow;
  };
  for (let e = 0; e < network.realArcCount; e++) if (state[e] === AT_UPPER) add(e, network.capacity[e]!);
  for (let n = 0; n < network.nodeCount; n++) add(forest.arc[n]!, forest.flow[n]!);
  return total;
}

/** Mean cost per unit of each side row over its arcs. */
export function meanCosts({ network, realCost, sideCount, sideStarts, sideRows, sideValues }: SideNetwork): Float64Array {
  const cost = new Float64Array(sideCount);
  const count = new Float64Array(sideCount);
  for (let e = 0; e < network.realArcCount; e++) {
    for (let k = sideStarts[e]!; k < sideStarts[e + 1]!; k++) {
      if (sideValues[k] === 0) continue;
      cost[sideRows[k]!]! += Math.abs(realCost[e]! / sideValues[k]!);
      count[sideRows[k]!]!++;
    }
  }
  return cost.map((sum, r) => (count[r]! > 0 ? sum / count[r]! : 0));
}

/**
 * Guesses the dual of each side row from how far the first answer overfills it. Only a start: the exact part follows.
 *
 * @param total of the first answer
 * @param mean see meanCosts
 */
export function guessPrices({ lower, upper }: SideNetwork, total: Float64Array, mean: Float64Array): Float64Array {
  return total.map((t, r) => {
    if (upper[r]! > 0 && t > NEARLY_FULL * upper[r]!) return -mean[r]! * priceOfShare(t / upper[r]! - 1);
    if (t > upper[r]!) return -mean[r]!;
    return t < lower[r]! ? mean[r]! : 0;
  });
}

function priceOfShare(over: number): number {
  return Math.min(GUESS.most, Math.max(0, GUESS.full + GUESS.perShare * over));
}
