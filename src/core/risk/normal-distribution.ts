const INVERSE_SQRT_TWO_PI = 0.398942280401432677939946059934;

/** Calculates the standard normal density at z. */
export const normalDensity = (z: number): number => INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * z * z);

/** exp(-x^2 / 2) with the square split in two, because the rounding of x^2 would cost digits beyond |x| of about 5. */
const halfSquareExponential = (x: number): number => {
  const head = Math.trunc(x * 16) / 16;
  const rest = (x - head) * (x + head);
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * rest);
};

/** Phi(z) - 1/2 for small |z| by its power series with positive terms. */
const centralArea = (z: number): number => {
  const square = z * z;
  let term = z;
  let sum = z;
  for (let k = 3; k < 200; k += 2) {
    term *= square / k;
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * square) * sum;
};

/** P(Z > x) for x well above 0: Laplace's continued fraction of the Mills ratio, evaluated from the far end. */
const farTail = (x: number): number => {
  const depth = Math.ceil(12 + 300 / (x * x));
  let fraction = x;
  for (let k = depth; k >= 1; k--) fraction = x + k / fraction;
  return (INVERSE_SQRT_TWO_PI * halfSquareExponential(x)) / fraction;
};

/**
 * Calculates the upper tail P(Z > z) of the standard normal distribution, exact to the last digits for any z down to underflow.
 *
 * @param z any number
 * @returns probability in [0, 1]
 * @source Abramowitz and Stegun 26.2.11, 26.2.14
 */
export const normalUpperTail = (z: number): number => {
  if (Number.isNaN(z)) return NaN;
  if (z > 39) return 0;
  if (z > 2) return farTail(z);
  if (z >= -2) return 0.5 - centralArea(z);
  return 1 - farTail(Math.min(-z, 39));
};

/** Calculates the standard normal distribution function P(Z <= z); the lower tail keeps its digits. */
export const normalCdf = (z: number): number => normalUpperTail(-z);

const ratio = (numerator: readonly number[], denominator: readonly number[], r: number): number => {
  let top = 0;
  let bottom = 0;
  for (let k = numerator.length - 1; k >= 0; k--) {
    top = top * r + numerator[k]!;
    bottom = bottom * r + denominator[k]!;
  }
  return top / bottom;
};

const CENTRE_TOP = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
  33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_BOTTOM = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674,
  5226.495278852545925,
];
const NEAR_TOP = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177,
  0.0227238449892691845833, 7.7454501427834140764e-4,
];
const NEAR_BOTTOM = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4,
  1.05075007164441684324e-9,
];
const FAR_TOP = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386,
  2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_BOTTOM = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5,
  1.4215117583164458887e-7, 2.04426310338993978564e-15,
];

/**
 * Calculates the standard normal quantile from a lower-tail probability.
 *
 * @param p probability in (0, 1); 0 gives -Infinity and 1 gives Infinity
 * @param q 1 - p where the caller knows it better
 * @returns z with P(Z <= z) = p
 * @source M. Wichura (1988), Algorithm AS 241
 */
export const normalInverse = (p: number, q: number = 1 - p): number => {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (q <= 0) return Infinity;
  const centred = p < 0.5 ? p - 0.5 : 0.5 - q;
  if (Math.abs(centred) <= 0.425) return centred * ratio(CENTRE_TOP, CENTRE_BOTTOM, 0.180625 - centred * centred);
  const r = Math.sqrt(-Math.log(Math.min(p, q)));
  const z = r <= 5 ? ratio(NEAR_TOP, NEAR_BOTTOM, r - 1.6) : ratio(FAR_TOP, FAR_BOTTOM, r - 5);
  return centred < 0 ? -z : z;
};

/** Calculates z with P(Z > z) = q, exact for q far below 1e-16. */
export const normalUpperInverse = (q: number): number => -normalInverse(q);
