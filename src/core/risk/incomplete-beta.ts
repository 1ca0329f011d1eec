import { devianceTerm, stirlingError } from "./log-gamma";

const TINY = 1e-300;

/** x^a y^b / B(a, b) with y = 1 - x given separately, through deviances: exact for large a, b and for x near 0 or 1. */
const betaPrefix = (a: number, b: number, x: number, y: number): number => {
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) - devianceTerm(b, n * y);
  return ((a * b) / n) * Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * a * b));
};

const continuedFraction = (a: number, b: number, x: number): number => {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < TINY) d = TINY;
  d = 1 / d;
  let h = d;
  for (let m = 1; m < 100000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + even / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + odd / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return h;
};

/**
 * Calculates the regularised incomplete beta function I_x(a, b) with both x and y = 1 - x given, so that neither end loses digits.
 *
 * @param a first shape, > 0
 * @param b second shape, > 0
 * @param x argument in [0, 1]
 * @param y 1 - x, computed by the caller without cancellation
 * @returns probability in [0, 1]
 * @source Abramowitz and Stegun 26.5.8 (modified Lentz evaluation); C. Loader (2000) for the prefix
 */
export const incompleteBeta = (a: number, b: number, x: number, y: number = 1 - x): number => {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return NaN;
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const prefix = betaPrefix(a, b, x, y);
  return x < (a + 1) / (a + b + 2) ? (prefix * continuedFraction(a, b, x)) / a : 1 - (prefix * continuedFraction(b, a, y)) / b;
};
