import { DomainError } from "../basics/domain-error";
import type { EwmaStart } from "./risk-request";
import { sampleDeviation } from "./moments";

/**
 * Calculates one step of the RiskMetrics recursion: lambda variance + (1 - lambda) return^2.
 *
 * @param lambda decay in (0, 1)
 * @source J.P. Morgan / Reuters (1996), RiskMetrics Technical Document, section 5.2
 */
export const updateEwmaVariance = (lambda: number, variance: number, value: number): number => lambda * variance + (1 - lambda) * value * value;

/** Calculates how many of the newest returns carry all but `tolerance` of the weight: ln(tolerance) / ln(lambda). */
export const effectiveDays = (lambda: number, tolerance: number): number => Math.log(tolerance) / Math.log(lambda);

/** @throws DomainError badInput unless 0 < lambda < 1 */
const checkLambda = (lambda: number): void => {
  if (!(lambda > 0 && lambda < 1)) throw new DomainError("badInput", `lambda ${lambda} must lie between 0 and 1. Write lambda=0.94.`);
};

/**
 * Calculates zero-mean EWMA variances.
 *
 * Entry t is the forecast for return t made from the returns before it; the last entry, at index n, is the forecast for the next period.
 * With `first` the variance before the first return is its square, so the forecast for the second return is that square too.
 *
 * @param returns finite, at least one
 * @param lambda decay in (0, 1)
 * @returns n + 1 variances
 * @throws DomainError badInput
 */
export const ewmaVariances = (returns: Float64Array, lambda: number, start: EwmaStart = "first"): Float64Array => {
  checkLambda(lambda);
  const n = returns.length;
  if (n < 1) throw new DomainError("tooLittleData", "EWMA needs at least 1 return; 0 found. Add data.");
  const variances = new Float64Array(n + 1);
  const first = returns[0]! * returns[0]!;
  variances[0] = start === "sample-variance" ? sampleDeviation(returns) ** 2 : start === "first" ? first : 0;
  for (let t = 0; t < n; t++) variances[t + 1] = updateEwmaVariance(lambda, variances[t]!, returns[t]!);
  if (start === "normalised") {
    let weight = 1;
    for (let t = 1; t <= n; t++) {
      weight *= lambda;
      variances[t] = variances[t]! / (1 - weight);
    }
    variances[0] = first;
  }
  return variances;
};

/** Calculates the EWMA variance forecast for the next period. @throws DomainError badInput, tooLittleData */
export const ewmaVariance = (returns: Float64Array, lambda: number, start: EwmaStart = "first"): number =>
  ewmaVariances(returns, lambda, start)[returns.length]!;
