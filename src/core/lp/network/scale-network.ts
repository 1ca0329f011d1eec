import type { Network } from "./network";

/** Powers of two between a network and the model in its own units. */
export interface NetworkScale {
  /** Flow in the model = arcFactor * amount * flow; undefined where every factor is 1. Shape (realArcCount). */
  readonly arcFactor: Float64Array | undefined;
  /** Row of the network = nodeFactor * row; undefined where every factor is 1. Shape (nodeCount). */
  readonly nodeFactor: Float64Array | undefined;
  /** Unit of amounts: supplies and capacities were divided by it. */
  readonly amount: number;
  /** Costs were multiplied by it. */
  readonly objective: number;
}

/** Coefficients between these need no scaling of their own. */
const COMFORTABLE = { smallest: 2 ** -10, largest: 2 ** 10 };
const EXPONENT = new Float64Array(1);
const EXPONENT_BITS = new Uint32Array(EXPONENT.buffer);

/** Rounds a positive number down to a power of two by its exponent bits; 1 for zero, infinities and subnormals. */
export function powerOfTwoBelow(value: number): number {
  EXPONENT[0] = value;
  const high = EXPONENT_BITS[1]! & 0x7ff00000;
  if (high === 0 || high === 0x7ff00000) return 1;
  EXPONENT_BITS[0] = 0;
  EXPONENT_BITS[1] = high;
  return EXPONENT[0]!;
}

/**
 * Scales a network in place: coefficients around 1, the largest amount around 1 and a typical cost around 1.
 *
 * The simplex decides with a few tolerances that mean something only on numbers of that size. Powers of two, so that
 * nothing is lost on the way there and back.
 */
export function scaleNetwork(network: Network): NetworkScale {
  const factors = isComfortable(network) ? undefined : balanceCoefficients(network);
  const amount = powerOfTwoBelow(largestAmount(network));
  const objective = 1 / powerOfTwoBelow(typicalCost(network));
  for (let n = 0; n < network.nodeCount; n++) network.supply[n]! /= amount;
  for (let e = 0; e < network.realArcCount; e++) {
    network.capacity[e]! /= amount;
    network.cost[e]! *= objective;
  }
  return { arcFactor: factors?.arcFactor, nodeFactor: factors?.nodeFactor, amount, objective };
}

function isComfortable({ realArcCount, tailCoefficient, headCoefficient }: Network): boolean {
  for (let e = 0; e < realArcCount; e++) {
    const tail = Math.abs(tailCoefficient[e]!);
    const head = Math.abs(headCoefficient[e]!);
    if (tail !== 0 && (tail < COMFORTABLE.smallest || tail > COMFORTABLE.largest)) return false;
    if (head !== 0 && (head < COMFORTABLE.smallest || head > COMFORTABLE.largest)) return false;
  }
  return true;
}

/** Divides columns and rows in turn by the geometric mean of their entries. */
function balanceCoefficients(network: Network): { arcFactor: Float64Array; nodeFactor: Float64Array } {
  const arcFactor = new Float64Array(network.realArcCount).fill(1);
  const nodeFactor = new Float64Array(network.nodeCount + 1).fill(1);
  for (let pass = 0; pass < 3; pass++) {
    balanceArcs(network, arcFactor, nodeFactor);
    balanceNodes(network, arcFactor, nodeFactor);
  }
  balanceArcs(network, arcFactor, nodeFactor);
  for (let e = 0; e < network.realArcCount; e++) {
    network.tailCoefficient[e]! *= arcFactor[e]! * nodeFactor[network.tail[e]!]!;
    network.headCoefficient[e]! *= arcFactor[e]! * nodeFactor[network.head[e]!]!;
    network.cost[e]! *= arcFactor[e]!;
    network.capacity[e]! /= arcFactor[e]!;
  }
  for (let n = 0; n < network.nodeCount; n++) network.supply[n]! *= nodeFactor[n]!;
  return { arcFactor, nodeFactor };
}

function balanceArcs(network: Network, arcFactor: Float64Array, nodeFactor: Float64Array): void {
  for (let e = 0; e < network.realArcCount; e++) {
    const tail = Math.abs(network.tailCoefficient[e]!) * nodeFactor[network.tail[e]!]!;
    const head = Math.abs(network.headCoefficient[e]!) * nodeFactor[network.head[e]!]!;
    const size = head === 0 ? tail : tail === 0 ? head : Math.sqrt(tail * head);
    arcFactor[e] = size === 0 ? 1 : 1 / powerOfTwoBelow(size);
  }
}

function balanceNodes(network: Network, arcFactor: Float64Array, nodeFactor: Float64Array): void {
  const smallest = new Float64Array(network.nodeCount + 1).fill(Infinity);
  const largest = new Float64Array(network.nodeCount + 1);
  const note = (node: number, size: number): void => {
    if (size === 0) return;
    if (size < smallest[node]!) smallest[node] = size;
    if (size > largest[node]!) largest[node] = size;
  };
  for (let e = 0; e < network.realArcCount; e++) {
    // An arc with one end takes any scale; it must not pull its node.
    if (network.headCoefficient[e] === 0) continue;
    note(network.tail[e]!, Math.abs(network.tailCoefficient[e]!) * arcFactor[e]!);
    note(network.head[e]!, Math.abs(network.headCoefficient[e]!) * arcFactor[e]!);
  }
  for (let n = 0; n < network.nodeCount; n++) {
    if (largest[n]! > 0) nodeFactor[n] = 1 / powerOfTwoBelow(Math.sqrt(smallest[n]! * largest[n]!));
  }
}

function largestAmount(network: Network): number {
  let largest = 0;
  for (let n = 0; n < network.nodeCount; n++) largest = Math.max(largest, Math.abs(network.supply[n]!));
  if (largest > 0) return largest;
  for (let e = 0; e < network.realArcCount; e++) {
    if (network.capacity[e]! < Infinity) largest = Math.max(largest, network.capacity[e]!);
  }
  return largest;
}

/** Arithmetic mean of the costs' exponents, taken over the nonzero ones. */
function typicalCost(network: Network): number {
  let exponents = 0;
  let count = 0;
  for (let e = 0; e < network.realArcCount; e++) {
    const cost = Math.abs(network.cost[e]!);
    if (cost === 0) continue;
    EXPONENT[0] = cost;
    exponents += (EXPONENT_BITS[1]! >>> 20) & 0x7ff;
    count++;
  }
  return count === 0 ? 1 : 2 ** (Math.round(exponents / count) - 1023);
}
