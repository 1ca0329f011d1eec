import { runToEnd } from "../../basics/run-to-end";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "./network";
import { orderByKeyInSteps } from "./order-by-key";

/** Arcs filled between two looks at the clock. */
const ARCS_PER_STEP = 1 << 18;

/** The amounts that the greedy fill keeps track of, by node. */
interface Amounts {
  /** What a node that has can still give. */
  readonly available: Float64Array;
  /** What a node that needs still lacks. */
  readonly needed: Float64Array;
  /** What the link of a nested node can still pass on. */
  readonly room: Float64Array;
  /** Root column of the node for now: its slack, its link, a shortfall column or its artificial arc. */
  readonly rootArc: Int32Array;
}

/**
 * Makes a first basis: fills every need from the cheapest arc per covered unit on, as a desk would by hand, but an asset
 * that is dear everywhere a little earlier where it is less so.
 *
 * Each filled arc joins the tree of the giver to the tree of the taker, and whichever of the two is used up loses its
 * root column, so that what results is a forest by construction. The rest is the simplex's work.
 *
 * @returns the state of every arc, artificial ones included
 */
export function createCrashBasis(network: Network): Uint8Array {
  return runToEnd(createCrashBasisInSteps(network));
}

/** The same in steps, for callers that must listen in between. */
export function* createCrashBasisInSteps(network: Network): Generator<undefined, Uint8Array> {
  const { nodeCount, realArcCount, capacity } = network;
  const state = new Uint8Array(realArcCount + nodeCount);
  for (let e = 0; e < realArcCount; e++) state[e] = capacity[e]! > 0 ? AT_LOWER : FIXED;
  const amounts = chooseRoots(network, state);
  yield;
  const { arcs, keys } = listArcs(network, amounts);
  yield;
  const order = yield* orderByKeyInSteps(arcs, keys, true);
  for (let from = 0; from < order.length; from += ARCS_PER_STEP) {
    yield;
    fillArcs(network, state, amounts, order.subarray(from, from + ARCS_PER_STEP));
  }
  return state;
}

function fillArcs(network: Network, state: Uint8Array, amounts: Amounts, arcs: Uint32Array): void {
  for (let k = 0; k < arcs.length; k++) fillArc(network, state, amounts, arcs[k]!);
}

/** Gives each node a root column that fits its balance at zero flow. */
function chooseRoots(network: Network, state: Uint8Array): Amounts {
  const { nodeCount, realArcCount, supply, slackArc, linkArc, capacity, tailCoefficient } = network;
  const amounts = {
    available: new Float64Array(nodeCount),
    needed: new Float64Array(nodeCount),
    room: new Float64Array(nodeCount),
    rootArc: new Int32Array(nodeCount),
  };
  const shortfall = findShortfallArcs(network);
  for (let n = 0; n < nodeCount; n++) {
    const slack = slackArc[n]!;
    const link = linkArc[n]!;
    let root = realArcCount + n;
    if (slack >= 0 && capacity[slack]! > 0 && fits(supply[n]! / tailCoefficient[slack]!, capacity[slack]!)) {
      root = slack;
      if (tailCoefficient[slack]! > 0) amounts.available[n] = supply[n]!;
    } else if (link >= 0 && capacity[link]! > 0 && supply[n] === 0) {
      root = link;
      amounts.room[n] = capacity[link]! * Math.abs(tailCoefficient[link]!);
    } else if (supply[n]! > 0) {
      amounts.needed[n] = supply[n]!;
      if (shortfall[n]! >= 0) root = shortfall[n]!;
    }
    amounts.rootArc[n] = root;
    state[root] = BASIC;
  }
  return amounts;
}

function fits(flow: number, capacity: number): boolean {
  return flow >= 0 && flow <= capacity;
}

/** Finds for each needy node the column with one end that can cover the need alone: the model's own shortfall. */
function findShortfallArcs(network: Network): Int32Array {
  const { nodeCount, realArcCount, tail, head, tailCoefficient, headCoefficient, capacity, cost, supply } = network;
  const found = new Int32Array(nodeCount).fill(-1);
  for (let e = 0; e < realArcCount; e++) {
    const n = tail[e]!;
    if (n >= nodeCount || (head[e]! < nodeCount && headCoefficient[e] !== 0) || tailCoefficient[e]! <= 0) continue;
    if (!(capacity[e]! * tailCoefficient[e]! >= supply[n]!)) continue;
    const best = found[n]!;
    if (best < 0 || cost[e]! / tailCoefficient[e]! < cost[best]! / tailCoefficient[best]!) found[n] = e;
  }
  return found;
}

/**
 * How much of what covering with an asset costs on average is taken off its arcs: where an asset is dear everywhere it
 * matters more where it is less so. Found by trial; it decides how many pivots follow, never the answer.
 */
const AVERAGE_SHARE = 0.35;

/** Lists the arcs that lead from a giver to a taker, with the cost per covered unit, less a share of the giver's average, to order them by. */
function listArcs(network: Network, amounts: Amounts): { readonly arcs: Uint32Array; readonly keys: Float32Array } {
  const { nodeCount, realArcCount, tail, head, tailCoefficient, headCoefficient, cost, capacity, linkArc } = network;
  const arcs = new Uint32Array(realArcCount);
  const keys = new Float32Array(realArcCount);
  const givers = new Int32Array(realArcCount);
  const total = new Float64Array(nodeCount);
  const arcsOf = new Int32Array(nodeCount);
  let count = 0;
  for (let e = 0; e < realArcCount; e++) {
    const from = tail[e]!;
    const to = head[e]!;
    if (to >= nodeCount || from >= nodeCount || !(capacity[e]! > 0)) continue;
    const tailGives = amounts.available[from]! > 0 && tailCoefficient[e]! > 0;
    const headGives = amounts.available[to]! > 0 && headCoefficient[e]! > 0;
    if (tailGives === headGives) continue;
    const taker = tailGives ? to : from;
    const delivered = tailGives ? headCoefficient[e]! : tailCoefficient[e]!;
    if (delivered <= 0 || (amounts.needed[taker] === 0 && linkArc[taker]! < 0)) continue;
    const giver = tailGives ? from : to;
    const key = cost[e]! / delivered;
    total[giver]! += key;
    arcsOf[giver]!++;
    arcs[count] = e;
    givers[count] = giver;
    keys[count++] = key;
  }
  for (let k = 0; k < count; k++) keys[k]! -= (AVERAGE_SHARE * total[givers[k]!]!) / arcsOf[givers[k]!]!;
  return { arcs: arcs.subarray(0, count), keys: keys.subarray(0, count) };
}

/** Sends as much as possible along one arc and lets whoever is used up lose its root column. */
function fillArc(network: Network, state: Uint8Array, amounts: Amounts, arc: number): void {
  const { tail, head, tailCoefficient, headCoefficient, capacity, linkArc, nodeCount } = network;
  const { available, needed, room, rootArc } = amounts;
  const fromTail = available[tail[arc]!]! > 0;
  const giver = fromTail ? tail[arc]! : head[arc]!;
  const first = fromTail ? head[arc]! : tail[arc]!;
  if (!(available[giver]! > 0) || first >= nodeCount) return;
  const takes = fromTail ? tailCoefficient[arc]! : headCoefficient[arc]!;
  const delivers = fromTail ? headCoefficient[arc]! : tailCoefficient[arc]!;
  let most = available[giver]! / takes;
  let usedUp = giver;
  // Follow the links up to the node that needs something.
  let gain = delivers;
  let taker = first;
  while (needed[taker] === 0) {
    const link = linkArc[taker]!;
    if (link < 0 || !(room[taker]! > 0)) return;
    if (room[taker]! / gain < most) {
      most = room[taker]! / gain;
      usedUp = taker;
    }
    gain *= Math.abs(network.headCoefficient[link]! / network.tailCoefficient[link]!);
    taker = network.head[link]!;
  }
  if (needed[taker]! / gain < most) {
    most = needed[taker]! / gain;
    usedUp = taker;
  }
  const isFull = capacity[arc]! < most;
  if (isFull) most = capacity[arc]!;
  available[giver]! -= takes * most;
  gain = delivers;
  let node = first;
  while (node !== taker) {
    room[node]! -= gain * most;
    const link = linkArc[node]!;
    gain *= Math.abs(network.headCoefficient[link]! / network.tailCoefficient[link]!);
    node = network.head[link]!;
  }
  needed[taker]! -= gain * most;
  if (isFull) {
    state[arc] = AT_UPPER;
    return;
  }
  state[arc] = BASIC;
  const root = rootArc[usedUp]!;
  if (usedUp === giver) available[giver] = 0;
  else if (usedUp === taker) needed[taker] = 0;
  else room[usedUp] = 0;
  state[root] = usedUp !== giver && usedUp !== taker ? AT_UPPER : AT_LOWER;
}
