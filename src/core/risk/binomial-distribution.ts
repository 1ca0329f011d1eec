import { incompleteBeta } from "./incomplete-beta";
import { devianceTerm, stirlingError } from "./log-gamma";

/**
 * Calculates P(X <= k) for X binomial with n trials of probability p.
 *
 * @param k count; anything below 0 gives 0, n and above gives 1
 * @param n number of trials, whole, >= 0
 * @param p probability of one success, in [0, 1]
 */
export const binomialCdf = (k: number, n: number, p: number): number => {
  const count = Math.floor(k);
  if (count < 0) return 0;
  if (count >= n) return 1;
  return incompleteBeta(n - count, count + 1, 1 - p, p);
};

/** Calculates P(X >= k), the upper tail that includes k, without the cancellation of 1 - P(X <= k - 1). */
export const binomialUpperTail = (k: number, n: number, p: number): number => {
  const count = Math.ceil(k);
  if (count <= 0) return 1;
  if (count > n) return 0;
  return incompleteBeta(count, n - count + 1, p, 1 - p);
};

/** Calculates P(X = k) for X binomial with n trials of probability p. @source C. Loader (2000) */
export const binomialProbability = (k: number, n: number, p: number): number => {
  if (k < 0 || k > n) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - devianceTerm(k, n * p) - devianceTerm(n - k, n * (1 - p));
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
};

/** Calculates the smallest k with P(X <= k) >= probability, for X binomial with n trials of probability p. */
export const binomialInverse = (probability: number, n: number, p: number): number => {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= probability) high = middle;
    else low = middle + 1;
  }
  return low;
};
