import { selectInPlace } from "./select";
import { snapToWhole } from "./tail-probability";

/** VaR and ES of weighted scenarios, with the scenarios of the tail in ascending order of return. */
export interface WeightedRisk {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** Positions of the tail scenarios in the input, worst first; the last one is the VaR scenario. */
  readonly tailPositions: readonly number[];
}

/** Positions of the worst returns in ascending order, as many as carry the needed weight: sorting all of a million would take a second. */
const worstOrder = (returns: Float64Array, weights: Float64Array, needed: number, tail: number): Uint32Array => {
  const n = returns.length;
  for (let count = Math.ceil(4 * tail * n) + 1000; count < n; count *= 2) {
    const scratch = returns.slice();
    selectInPlace(scratch, count);
    const bound = scratch[count]!;
    const positions: number[] = [];
    let weight = 0;
    for (let i = 0; i < n; i++) {
      if (returns[i]! > bound) continue;
      positions.push(i);
      weight += weights[i]!;
    }
    if (weight > needed * (1 + 1e-6)) return Uint32Array.from(positions).sort((i, j) => returns[i]! - returns[j]!);
  }
  return Uint32Array.from(returns.keys()).sort((i, j) => returns[i]! - returns[j]!);
};

/**
 * Calculates VaR and ES of returns with scenario weights.
 *
 * VaR is the first loss, from the worst, at which the cumulated weight reaches 1 - c; ES averages the worst 1 - c of the weight.
 *
 * @param returns finite, negative = loss
 * @param weights one per return, >= 0, any positive sum
 * @param tail tail probability 1 - c
 * @source J. Boudoukh, M. Richardson and R. Whitelaw (1998), The best of both worlds
 */
export const weightedHistoricalRisk = (returns: Float64Array, weights: Float64Array, tail: number): WeightedRisk => {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  const needed = tail * total;
  const order = worstOrder(returns, weights, needed, tail);
  const tailPositions: number[] = [];
  let cumulated = 0;
  let weighted = 0;
  for (const position of order) {
    const weight = weights[position]!;
    if (weight === 0) continue;
    tailPositions.push(position);
    const isLast = snapToWhole((cumulated + weight - needed) / total) >= 0;
    const share = isLast ? needed - cumulated : weight;
    weighted += share * returns[position]!;
    cumulated += weight;
    if (isLast) break;
  }
  const last = tailPositions[tailPositions.length - 1]!;
  return { valueAtRisk: -returns[last]!, expectedShortfall: -weighted / needed, tailPositions };
};

/**
 * Builds the weights decay^age of age-weighted historical simulation; the newest return is last and has weight 1.
 *
 * @param count number of returns
 * @param decay in (0, 1]
 */
export const ageWeights = (count: number, decay: number): Float64Array => {
  const weights = new Float64Array(count);
  let weight = 1;
  for (let i = count - 1; i >= 0; i--) {
    weights[i] = weight;
    weight *= decay;
  }
  return weights;
};
