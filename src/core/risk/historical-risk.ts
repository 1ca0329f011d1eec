import { type QuantileRule, quantileInPlace, quantilePosition } from "./quantile";
import type { RiskPair } from "./parametric-risk";
import { selectInPlace } from "./select";
import { snapToWhole } from "./tail-probability";

/**
 * Calculates historical value-at-risk, minus the tail quantile of the returns.
 *
 * @param returns finite, negative = loss, at least one
 * @param tail tail probability 1 - c
 * @returns loss, positive; a negative number says that even the tail is a gain
 */
export const historicalValueAtRisk = (returns: Float64Array, tail: number, rule: QuantileRule): number =>
  -quantileInPlace(returns.slice(), tail, rule);

/**
 * Calculates historical expected shortfall after Acerbi and Tasche: the mean of the worst n (1 - c) returns,
 * the last one counted by its fraction. Exact under ties and never below the value-at-risk of types 1, 6 and 7.
 *
 * @param returns finite, negative = loss, at least one
 * @param tail tail probability 1 - c
 * @returns loss, positive
 * @source C. Acerbi and D. Tasche (2002), On the coherence of expected shortfall, definition 2.6
 */
export const historicalExpectedShortfall = (returns: Float64Array, tail: number): number =>
  shortfallInPlace(returns.slice(), tail, 0, returns.length - 1);

/** The same on a scratch array in which the k-th smallest is known to lie between two positions. */
const shortfallInPlace = (scratch: Float64Array, tail: number, low: number, high: number): number => {
  const count = snapToWhole(tail * scratch.length);
  const whole = Math.min(Math.floor(count), scratch.length);
  selectInPlace(scratch, Math.min(whole, scratch.length - 1), low, high);
  if (count <= 0 || whole === 0) return -scratch[0]!;
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += scratch[i]!;
  return -(sum + (count - whole) * (scratch[whole] ?? 0)) / count;
};

/**
 * Calculates VaR and Acerbi-Tasche ES together, with one copy of the data: the ES selection starts where the quantile left off.
 *
 * @param returns finite, negative = loss, at least one
 * @param tail tail probability 1 - c
 */
export const historicalPair = (returns: Float64Array, tail: number, rule: QuantileRule): RiskPair => {
  const scratch = returns.slice();
  const last = scratch.length - 1;
  const valueAtRisk = -quantileInPlace(scratch, tail, rule);
  const { index } = quantilePosition(scratch.length, tail, rule);
  const whole = Math.min(Math.floor(snapToWhole(tail * scratch.length)), last);
  const [low, high] = whole === index ? [index, index] : whole < index ? [0, index - 1] : [index + 1, last];
  return { valueAtRisk, expectedShortfall: shortfallInPlace(scratch, tail, low, high) };
};

/**
 * Calculates the plain mean of the returns at or below minus the value-at-risk (the tail mean of many packages).
 *
 * With ties at the quantile it swallows all of them; see the Acerbi-Tasche rule for the coherent number.
 *
 * @param valueAtRisk the quantile that bounds the tail, positive for a loss
 */
export const tailMeanShortfall = (returns: Float64Array, valueAtRisk: number): number => {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < returns.length; i++) {
    if (returns[i]! <= -valueAtRisk) {
      sum += returns[i]!;
      count++;
    }
  }
  return count === 0 ? valueAtRisk : -sum / count;
};
