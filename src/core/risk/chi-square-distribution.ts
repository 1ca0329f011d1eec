import { lowerIncompleteGamma, upperIncompleteGamma } from "./incomplete-gamma";
import { logGamma } from "./log-gamma";
import { normalInverse } from "./normal-distribution";

/** Calculates the upper tail P(X > x) of the chi-square distribution with df degrees of freedom (> 0), exact far out. */
export const chiSquareUpperTail = (x: number, df: number): number => upperIncompleteGamma(df / 2, x / 2);

/** Calculates P(X <= x) of the chi-square distribution with df degrees of freedom (> 0). */
export const chiSquareCdf = (x: number, df: number): number => lowerIncompleteGamma(df / 2, x / 2);

const logDensity = (x: number, df: number): number => (df / 2 - 1) * Math.log(x) - x / 2 - (df / 2) * Math.LN2 - logGamma(df / 2);

/** Wilson-Hilferty, or the leading term of the lower tail where that goes wrong. */
const firstGuess = (p: number, q: number, df: number): number => {
  const h = 2 / (9 * df);
  const root = 1 - h + normalInverse(p, q) * Math.sqrt(h);
  const cubic = df * root * root * root;
  const a = df / 2;
  const leading = 2 * Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  return root <= 0.05 || leading < 0.1 * a ? Math.max(leading, 1e-300) : cubic;
};

/** Newton's method in log x on the logarithm of the smaller tail. */
const solve = (p: number, q: number, df: number): number => {
  const useLower = p < q;
  const target = Math.log(useLower ? p : q);
  let x = firstGuess(p, q, df);
  for (let iteration = 0; iteration < 200; iteration++) {
    const tail = useLower ? chiSquareCdf(x, df) : chiSquareUpperTail(x, df);
    const slope = Math.exp(logDensity(x, df) + Math.log(x) - Math.log(tail)) * (useLower ? 1 : -1);
    const step = Math.max(-2, Math.min(2, (target - Math.log(tail)) / slope));
    x *= Math.exp(step);
    if (Math.abs(step) < 1e-9) return x;
  }
  return x;
};

/**
 * Calculates the chi-square quantile from a lower-tail probability.
 *
 * @param p probability in [0, 1]
 * @param df degrees of freedom, > 0
 * @param q 1 - p where the caller knows it better
 */
export const chiSquareInverse = (p: number, df: number, q: number = 1 - p): number => {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return NaN;
  if (p === 0) return 0;
  if (q <= 0) return Infinity;
  if (df === 2) return q < 0.5 ? -2 * Math.log(q) : -2 * Math.log1p(-p);
  return solve(p, q, df);
};

/** Calculates the x with P(X > x) = q, exact for q far below 1e-16. */
export const chiSquareUpperInverse = (q: number, df: number): number => chiSquareInverse(1 - q, df, q);
