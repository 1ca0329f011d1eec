/** Half of log(2 pi). */
const HALF_LOG_TWO_PI = 0.918938533204672741780329736406;

/** Coefficients B(2k) / (2k (2k - 1)) of the asymptotic series of log gamma, k = 1..9. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400, 43867 / 244188] as const;

/** From here on nine terms of the asymptotic series are exact to the last bit. */
const SERIES_FROM = 10;

const stirlingSeries = (x: number): number => {
  const inverse = 1 / x;
  const inverseSquare = inverse * inverse;
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) sum = sum * inverseSquare + STIRLING[k]!;
  return sum * inverse;
};

/**
 * Calculates the natural logarithm of the gamma function for x > 0.
 *
 * Asymptotic series, after shifting small arguments upwards with the recurrence gamma(x + 1) = x gamma(x).
 * Near its zeros at 1 and 2 the error is absolute (about 1e-15), elsewhere relative.
 *
 * @param x argument, > 0
 * @returns log gamma(x); NaN for x <= 0
 * @source Abramowitz and Stegun 6.1.40, 6.1.15
 */
export const logGamma = (x: number): number => {
  if (!(x > 0)) return NaN;
  if (x === 1 || x === 2) return 0;
  let shifted = x;
  let product = 1;
  while (shifted < SERIES_FROM) {
    product *= shifted;
    shifted += 1;
  }
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingSeries(shifted) - Math.log(product);
};

/**
 * Calculates the error of Stirling's formula, log gamma(x + 1) - (x + 1/2) log x + x - log(2 pi) / 2, without cancellation for large x.
 *
 * @param x argument, > 0
 * @returns the error, about 1 / (12 x)
 * @source C. Loader (2000), Fast and accurate computation of binomial probabilities
 */
export const stirlingError = (x: number): number =>
  x >= SERIES_FROM ? stirlingSeries(x) : logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;

/**
 * Calculates the deviance term x log(x / m) + m - x without cancellation when x is near m.
 *
 * @param x count, >= 0
 * @param m mean, > 0
 * @source C. Loader (2000)
 */
export const devianceTerm = (x: number, m: number): number => {
  if (x === 0) return m;
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const ratio = difference / (x + m);
  let sum = difference * ratio;
  let term = 2 * x * ratio;
  const square = ratio * ratio;
  for (let j = 1; j < 1000; j++) {
    term *= square;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
};

/**
 * Calculates log gamma(x + 1/2) - log gamma(x) without the cancellation of two large logarithms.
 *
 * @param x argument, > 0
 */
export const logGammaHalfStep = (x: number): number => {
  if (x < SERIES_FROM) return logGamma(x + 0.5) - logGamma(x);
  // (x) log(x + 1/2) - (x - 1/2) log x - 1/2 + series differences, with log1p for the ratio.
  return x * Math.log1p(0.5 / x) + 0.5 * Math.log(x) - 0.5 + stirlingSeries(x + 0.5) - stirlingSeries(x);
};

/** Calculates the digamma function, the derivative of log gamma, for x > 0. @source Abramowitz and Stegun 6.3.18, 6.3.5 */
export const digamma = (x: number): number => {
  let shifted = x;
  let sum = 0;
  while (shifted < SERIES_FROM) {
    sum -= 1 / shifted;
    shifted += 1;
  }
  const r = 1 / (shifted * shifted);
  const tail = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760)))));
  return sum + Math.log(shifted) - 0.5 / shifted - tail;
};
