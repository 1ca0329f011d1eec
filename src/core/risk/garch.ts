import { DomainError } from "../basics/domain-error";
import { garchLikelihood } from "./garch-likelihood";
import { minimizeWithGradient, type GradientFunction, type GradientMinimum } from "./minimize-with-gradient";
import { isConstant, sampleDeviation } from "./moments";
import { invertMatrix } from "./solve-linear";

/** The parameters of h_t = omega + alpha e_{t-1}^2 + beta h_{t-1}. */
export interface GarchParameters {
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
}

/** A fitted GARCH(1,1) with constant mean. */
export interface GarchFit extends GarchParameters {
  readonly mu: number;
  /** Degrees of freedom of unit-variance t innovations; undefined = normal. */
  readonly nu: number | undefined;
  readonly logLikelihood: number;
  /** From the Hessian of the log-likelihood; undefined where it cannot be inverted (a parameter at its bound). */
  readonly standardErrors:
    { readonly mu: number; readonly omega: number; readonly alpha: number; readonly beta: number; readonly nu: number | undefined } | undefined;
  /** h0 = mean((r - mu)^2). */
  readonly presampleVariance: number;
  /** Forecast for the period after the sample. */
  readonly nextVariance: number;
  readonly isConverged: boolean;
  readonly evaluations: number;
}

/** What to fit. */
export interface GarchOptions {
  readonly dist: "normal" | "t";
  readonly mean?: "sample" | "zero";
}

const LEAST = 100;
/** Longer series start from a fit of their newest part. */
const LONG = 20_000;
const LARGEST_NU = 1e5;
/** Log of an alpha (or logit of a beta) that counts as being at its bound. */
const SMALLEST_LOG = -9;
const STARTS = [
  [0.05, 0.9],
  [0.1, 0.8],
  [0.2, 0.6],
  [0.1, 0.3],
  [0.02, 0.97],
] as const;

/** Calculates omega / (1 - alpha - beta); NaN when alpha + beta >= 1. */
export const longRunVariance = ({ omega, alpha, beta }: GarchParameters): number => (alpha + beta < 1 ? omega / (1 - alpha - beta) : NaN);

/**
 * Calculates the variance expected `days` periods after one whose variance is known.
 *
 * @param variance of the known period
 * @param days whole periods ahead, 0 gives the variance itself
 */
export const forecastVariance = (parameters: GarchParameters, variance: number, days: number): number => {
  let forecast = variance;
  for (let k = 0; k < days; k++) forecast = parameters.omega + (parameters.alpha + parameters.beta) * forecast;
  return forecast;
};

/** Calculates the forecasts for 1..days periods after the sample. */
export const forecastPath = (fit: GarchFit, days: number): number[] =>
  Array.from({ length: days }, (_, k) => forecastVariance(fit, fit.nextVariance, k));

/** Calculates the variance of the sum of the next `horizon` returns. */
export const sumOfForecasts = (parameters: GarchParameters, next: number, horizon: number): number => {
  let sum = 0;
  let forecast = next;
  for (let k = 0; k < horizon; k++) {
    sum += forecast;
    forecast = parameters.omega + (parameters.alpha + parameters.beta) * forecast;
  }
  return sum;
};

/** Calculates the variances after each return, starting from a given variance of the period before the first return. */
export const filterVariances = (parameters: GarchParameters, initialVariance: number, returns: Float64Array | readonly number[]): number[] => {
  let variance = initialVariance;
  return Array.from(returns, (value) => (variance = parameters.omega + parameters.alpha * value * value + parameters.beta * variance));
};

/** Calculates the fitted conditional variance of every return of the sample. */
export const garchVariances = (returns: Float64Array, fit: GarchFit): Float64Array => {
  const variances = new Float64Array(returns.length);
  let h = fit.presampleVariance;
  let square = fit.presampleVariance;
  for (let t = 0; t < returns.length; t++) {
    h = fit.omega + fit.alpha * square + fit.beta * h;
    variances[t] = h;
    square = (returns[t]! - fit.mu) ** 2;
  }
  return variances;
};

/** Unbounded coordinates: mu, log omega, log alpha, logit beta, log(nu - 2); beta stays below 1 but alpha + beta may pass it. */
const toNatural = (z: Float64Array, isStudentT: boolean): Float64Array => {
  const natural = Float64Array.of(z[0]!, Math.exp(z[1]!), Math.exp(z[2]!), 1 / (1 + Math.exp(-z[3]!)));
  return isStudentT ? Float64Array.of(...natural, 2 + Math.exp(Math.min(z[4]!, Math.log(LARGEST_NU)))) : natural;
};

const inUnboundedCoordinates =
  (likelihood: GradientFunction, isStudentT: boolean, isZeroMean: boolean): GradientFunction =>
  (z, gradient) => {
    const natural = toNatural(z, isStudentT);
    const value = likelihood(natural, gradient);
    gradient[0] = isZeroMean ? 0 : gradient[0]!;
    gradient[1]! *= natural[1]!;
    gradient[2]! *= natural[2]!;
    gradient[3]! *= natural[3]! * (1 - natural[3]!);
    if (isStudentT) gradient[4]! *= natural[4]! - 2 >= LARGEST_NU ? 0 : natural[4]! - 2;
    return Number.isNaN(value) ? Infinity : value;
  };

/** Hessian of the negative log-likelihood in the natural parameters, by central differences of the analytic gradient. */
const hessianAt = (likelihood: GradientFunction, at: Float64Array, active: readonly number[]): number[][] =>
  active.map((i) => {
    const step = 1e-5 * Math.max(Math.abs(at[i]!), i === 0 ? 1 : 1e-3);
    const up = new Float64Array(at.length);
    const down = new Float64Array(at.length);
    likelihood(
      at.map((value, k) => (k === i ? value + step : value)),
      up,
    );
    likelihood(
      at.map((value, k) => (k === i ? value - step : value)),
      down,
    );
    return active.map((j) => (up[j]! - down[j]!) / (2 * step));
  });

/** Newton steps in the natural parameters, kept only while they lower the likelihood's gradient. */
const polish = (likelihood: GradientFunction, start: Float64Array, active: readonly number[]): Float64Array => {
  let at = start;
  const gradient = new Float64Array(at.length);
  let value = likelihood(at, gradient);
  for (let round = 0; round < 3; round++) {
    if (Math.max(...active.map((i) => Math.abs(gradient[i]!))) < 1e-7) return at;
    const inverse = invertMatrix(hessianAt(likelihood, at, active));
    if (inverse === undefined) return at;
    const next = at.slice();
    active.forEach((i, row) => (next[i]! -= active.reduce((sum, j, column) => sum + inverse[row]![column]! * gradient[j]!, 0)));
    const nextGradient = new Float64Array(at.length);
    const nextValue = likelihood(next, nextGradient);
    if (!(nextValue <= value + 1e-9 * Math.abs(value))) return at;
    const size = Math.max(...active.map((i) => Math.abs(gradient[i]!)));
    const nextSize = Math.max(...active.map((i) => Math.abs(nextGradient[i]!)));
    if (!(nextSize < size)) return at;
    at = next;
    value = nextValue;
    gradient.set(nextGradient);
  }
  return at;
};

const search = (likelihood: GradientFunction, count: number, isStudentT: boolean, isZeroMean: boolean, centre: number): GradientMinimum => {
  const f = inUnboundedCoordinates(likelihood, isStudentT, isZeroMean);
  const points = STARTS.map(([alpha, beta]) => {
    const base = [isZeroMean ? 0 : centre, Math.log(1 - alpha - beta), Math.log(alpha), Math.log(beta / (1 - beta))];
    return Float64Array.from(isStudentT ? [...base, Math.log(6)] : base);
  });
  const ranked = points
    .map((point) => ({ point, value: f(point, new Float64Array(point.length)) }))
    .filter(({ value }) => value < Infinity)
    .sort((a, b) => a.value - b.value);
  let best: GradientMinimum | undefined;
  let evaluations = points.length;
  for (const { point } of ranked) {
    const found = minimizeWithGradient(f, point, 1e-7 * count);
    evaluations += found.evaluations;
    if (best === undefined || found.value < best.value - 1e-6 || (found.isConverged && !best.isConverged)) best = found;
    // A vanishing alpha or beta is often a second, lower peak: then every start is tried.
    if (best.isConverged && best.at[2]! > SMALLEST_LOG && Math.abs(best.at[3]!) < -SMALLEST_LOG) break;
  }
  if (best === undefined) throw new DomainError("notConverged", "The GARCH likelihood is not finite for these returns. Check for extreme values.");
  return { ...best, evaluations };
};

/** Long series: the newest part finds the neighbourhood, all of the data the maximum. */
const searchLong = (data: Float64Array, isStudentT: boolean, isZeroMean: boolean, centre: number): GradientMinimum => {
  const rough = search(garchLikelihood(data.subarray(data.length - LONG), isStudentT), LONG, isStudentT, isZeroMean, centre);
  const f = inUnboundedCoordinates(garchLikelihood(data, isStudentT), isStudentT, isZeroMean);
  return minimizeWithGradient(f, rough.at, 1e-7 * data.length);
};

/**
 * Fits a GARCH(1,1) with constant mean by maximum likelihood.
 *
 * The data are divided by their standard deviation inside; the presample rule is e0^2 = h0 = mean((r - mu)^2); the log-likelihood
 * includes its constants; standard errors come from the Hessian.
 *
 * @param returns at least 100 finite values, not all equal
 * @throws DomainError tooLittleData, outsideDomain for a constant series, notConverged
 * @source T. Bollerslev (1986); benchmark of Fiorentini, Calzolari and Panattoni (1996)
 */
export const fitGarch = (returns: Float64Array, options: GarchOptions): GarchFit => {
  if (returns.length < LEAST)
    throw new DomainError("tooLittleData", `GARCH needs at least ${LEAST} returns; ${returns.length} found. Add data or use ewma.`);
  if (isConstant(returns)) throw new DomainError("outsideDomain", "All returns are equal: GARCH has no answer. Check the data.");
  const isStudentT = options.dist === "t";
  const isZeroMean = options.mean === "zero";
  const unit = sampleDeviation(returns);
  const data = returns.map((value) => value / unit);
  const likelihood = garchLikelihood(data, isStudentT);
  let centre = 0;
  for (let t = 0; t < data.length; t++) centre += data[t]! / data.length;
  const found =
    data.length > LONG ? searchLong(data, isStudentT, isZeroMean, centre) : search(likelihood, data.length, isStudentT, isZeroMean, centre);
  const rough = toNatural(found.at, isStudentT);
  const isHeavy = isStudentT && rough[4]! < LARGEST_NU;
  const active = [0, 1, 2, 3, 4].filter((i) => (i === 0 ? !isZeroMean : i < 4 || isHeavy));
  const at = polish(likelihood, rough, active);
  const value = likelihood(at, new Float64Array(at.length));
  return describe(returns, unit, at, value, invertMatrix(hessianAt(likelihood, at, active)), active, found);
};

const describe = (
  returns: Float64Array,
  unit: number,
  at: Float64Array,
  value: number,
  covariance: number[][] | undefined,
  active: readonly number[],
  found: GradientMinimum,
): GarchFit => {
  const mu = at[0]! * unit;
  const parameters = { omega: at[1]! * unit * unit, alpha: at[2]!, beta: at[3]! };
  let presampleVariance = 0;
  for (let t = 0; t < returns.length; t++) presampleVariance += (returns[t]! - mu) ** 2 / returns.length;
  const errorOf = (i: number): number => {
    const row = active.indexOf(i);
    return row < 0 || covariance === undefined ? NaN : Math.sqrt(covariance[row]![row]!);
  };
  const fit = {
    mu,
    ...parameters,
    nu: at.length > 4 ? at[4]! : undefined,
    logLikelihood: -value - returns.length * Math.log(unit),
    standardErrors:
      covariance === undefined
        ? undefined
        : { mu: errorOf(0) * unit, omega: errorOf(1) * unit * unit, alpha: errorOf(2), beta: errorOf(3), nu: at.length > 4 ? errorOf(4) : undefined },
    presampleVariance,
    nextVariance: 0,
    isConverged: found.isConverged,
    evaluations: found.evaluations,
  };
  const variances = garchVariances(returns, fit);
  const last = returns.length - 1;
  return { ...fit, nextVariance: parameters.omega + parameters.alpha * (returns[last]! - mu) ** 2 + parameters.beta * variances[last]! };
};
