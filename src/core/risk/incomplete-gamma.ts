import { devianceTerm, stirlingError } from "./log-gamma";

const EPSILON = 1e-17;
const TINY = 1e-300;

/** x^a e^-x / gamma(a + 1), through the deviance so that large arguments keep their digits. */
const poissonPrefix = (a: number, x: number): number => {
  if (a < 1) return Math.exp(a * Math.log(x) - x - logGammaOnePlus(a));
  return Math.exp(-stirlingError(a) - devianceTerm(a, x)) / Math.sqrt(2 * Math.PI * a);
};

const logGammaOnePlus = (a: number): number => stirlingError(a) + (a + 0.5) * Math.log(a) - a + 0.9189385332046727;

const lowerSeries = (a: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 100000; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * EPSILON) break;
  }
  return poissonPrefix(a, x) * sum;
};

const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < TINY) d = TINY;
    c = b + an / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return poissonPrefix(a, x) * a * h;
};

/**
 * Calculates the regularised lower incomplete gamma function P(a, x).
 *
 * @param a shape, > 0
 * @param x argument, >= 0
 * @returns probability in [0, 1]
 * @source Abramowitz and Stegun 6.5.29, 6.5.31 (modified Lentz evaluation)
 */
export const lowerIncompleteGamma = (a: number, x: number): number => {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x);
};

/** Calculates Q(a, x) = 1 - P(a, x) directly, so that a tail of 1e-200 keeps its digits. @param a shape > 0 @param x >= 0 */
export const upperIncompleteGamma = (a: number, x: number): number => {
  if (!(a > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
};
