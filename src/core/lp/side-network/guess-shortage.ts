import { buildForest, computeFlows } from "../network/build-forest";
import { createCrashBasisInSteps } from "../network/crash-basis";
import type { Forest } from "../network/forest";
import { assembleNetwork, AT_UPPER, type Network } from "../network/network";
import type { SideNetwork } from "./side-network";

/** Only when a row is so far over its bound by the first answer it is looked into, as a share of the bound. */
const FAR_OVER = 0.3;
/**
 * Needs stay open for the rows where a unit that they take away costs so much on average: a share of the dearest arc, and many times
 * what arcs usually cost. The greedy fill is short by a few per cent where a better one is not.
 */
const SHORT = { share: 0.08, times: 6 };
/** Price of such a row, as a share of the cost of the dearest arc. */
const PRICE_SHARE = 0.7;

/**
 * Raises the guessed prices of rows that cannot be kept without leaving needs open: caps of much less than what the agreements ask for.
 *
 * Everything is then worth about what an open need costs, thousands of times the usual. Climbing there by widened penalties takes many
 * times as many pivots as beginning there. Whether it is so is asked of the greedy fill: it is done again with no more of each asset
 * than the rows have room for, and what that costs more is compared with what the rows take away.
 *
 * @param w guessed prices, changed in place
 * @param total of each row by the first answer
 * @param cost of the first answer
 * @param mean see meanCosts
 * @param dearest cost of the dearest arc
 */
export function* guessShortage(
  side: SideNetwork,
  w: Float64Array,
  total: Float64Array,
  cost: number,
  mean: Float64Array,
  dearest: number,
): Generator<undefined, void> {
  const { network, upper } = side;
  if (!total.some((t, r) => upper[r]! > 0 && t > (1 + FAR_OVER) * upper[r]!)) return;
  const scaled = assembleNetwork({ ...network, supply: scaleSupply(side, total) });
  const state = yield* createCrashBasisInSteps(scaled);
  const forest = buildForest(scaled, state);
  yield;
  computeFlows(scaled, forest, state);
  const taken = total.reduce((sum, t, r) => sum + Math.max(0, t - upper[r]!), 0);
  const usual = mean.reduce((sum, cost) => sum + cost, 0) / mean.length;
  if (costOf(side, forest, state) - cost < Math.max(SHORT.share * dearest, SHORT.times * usual) * taken) return;
  total.forEach((t, r) => {
    if (upper[r]! > 0 && t > upper[r]!) w[r] = Math.min(w[r]!, -PRICE_SHARE * dearest);
  });
}

/** Leaves of each giver's supply the share that its fullest row would have room for if all givers in it gave all that they have. */
function scaleSupply({ network, sideCount, sideStarts, sideRows, sideValues, upper }: SideNetwork, total: Float64Array): Float64Array {
  const { nodeCount, realArcCount, supply } = network;
  // What all of a giver's supply would at most add to each row.
  const most = new Float32Array(nodeCount * sideCount);
  for (let e = 0; e < realArcCount; e++) {
    if (sideStarts[e] === sideStarts[e + 1]) continue;
    const giver = giverOf(network, e);
    if (giver < 0) continue;
    const units = supply[giver]! / Math.abs(network.tail[e] === giver ? network.tailCoefficient[e]! : network.headCoefficient[e]!);
    for (let k = sideStarts[e]!; k < sideStarts[e + 1]!; k++) {
      const place = giver * sideCount + sideRows[k]!;
      most[place] = Math.max(most[place]!, units * sideValues[k]!);
    }
  }
  const full = new Float64Array(sideCount);
  for (let k = 0; k < most.length; k++) full[k % sideCount]! += most[k]!;
  return supply.map((amount, n) => {
    let share = 1;
    for (let r = 0; r < sideCount; r++) {
      const isOver = upper[r]! > 0 && total[r]! > upper[r]! && most[n * sideCount + r]! > 0;
      if (isOver) share = Math.min(share, upper[r]! / full[r]!);
    }
    return share * amount;
  });
}

/** The end of an arc that has a slack and takes part of what there is; -1 for none. */
function giverOf(network: Network, e: number): number {
  const { tail, head, tailCoefficient, headCoefficient } = network;
  if (isGiver(network, tail[e]!, tailCoefficient[e]!)) return tail[e]!;
  return isGiver(network, head[e]!, headCoefficient[e]!) ? head[e]! : -1;
}

function isGiver({ nodeCount, supply, slackArc, tailCoefficient }: Network, n: number, takes: number): boolean {
  return n < nodeCount && supply[n]! > 0 && takes > 0 && slackArc[n]! >= 0 && tailCoefficient[slackArc[n]!]! > 0;
}

/** What the flows of a forest and the arcs at their capacity cost. */
export function costOf({ network, realCost }: SideNetwork, forest: Forest, state: Uint8Array): number {
  let cost = 0;
  for (let e = 0; e < network.realArcCount; e++) if (state[e] === AT_UPPER) cost += realCost[e]! * network.capacity[e]!;
  for (let n = 0; n < network.nodeCount; n++) if (forest.arc[n]! < network.realArcCount) cost += realCost[forest.arc[n]!]! * forest.flow[n]!;
  return cost;
}
