import { DomainError } from "../basics/domain-error";
import { minimizeOnInterval } from "./minimize-on-interval";
import { digamma, logGammaHalfStep } from "./log-gamma";
import { minimizeWithGradient, type GradientFunction } from "./minimize-with-gradient";
import { isConstant, sampleDeviation, sampleMean } from "./moments";

/** A location-scale t distribution fitted by maximum likelihood. */
export interface StudentTFit {
  readonly location: number;
  readonly scale: number;
  readonly df: number;
  readonly logLikelihood: number;
  readonly isConverged: boolean;
  /** True when the data are no heavier-tailed than a normal, so that df ran to its upper end. */
  readonly isNormalLimit: boolean;
}

const LEAST = 10;
const SMALLEST_DF = 0.2;
const LARGEST_DF = 1e6;
/** Longer series are fitted by their gradient. */
const MOST_PROFILED = 8000;

interface Centre {
  readonly location: number;
  readonly scale: number;
  readonly logLikelihood: number;
  readonly isSettled: boolean;
}

/** Location and scale at fixed df, by the EM reweighting of Lange, Little and Taylor, with the parameter-expanded scale step. */
const fitCentre = (data: Float64Array, df: number, start: { location: number; scale: number }, fixedLocation: number | undefined): Centre => {
  const n = data.length;
  let location = fixedLocation ?? start.location;
  let variance = start.scale * start.scale;
  let isSettled = false;
  for (let iteration = 0; iteration < 2000 && !isSettled; iteration++) {
    let weightSum = 0;
    let weighted = 0;
    for (let i = 0; i < n; i++) {
      const deviation = data[i]! - location;
      const weight = (df + 1) / (df + (deviation * deviation) / variance);
      weightSum += weight;
      weighted += weight * data[i]!;
    }
    const nextLocation = fixedLocation ?? weighted / weightSum;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      const old = data[i]! - location;
      const deviation = data[i]! - nextLocation;
      squares += ((df + 1) / (df + (old * old) / variance)) * deviation * deviation;
    }
    const nextVariance = squares / weightSum;
    isSettled = Math.abs(nextVariance / variance - 1) < 1e-13 && Math.abs(nextLocation - location) < 1e-13 * Math.sqrt(variance);
    location = nextLocation;
    variance = nextVariance;
  }
  let logs = 0;
  for (let i = 0; i < n; i++) {
    const deviation = data[i]! - location;
    logs += Math.log1p((deviation * deviation) / (df * variance));
  }
  const constant = logGammaHalfStep(df / 2) - 0.5 * Math.log(Math.PI * df * variance);
  return { location, scale: Math.sqrt(variance), logLikelihood: n * constant - ((df + 1) / 2) * logs, isSettled };
};

interface UnitFit extends Centre {
  readonly df: number;
}

/** Maximum over log df with location and scale profiled out. */
const fitProfile = (data: Float64Array, fixed: number | undefined): UnitFit => {
  let start = { location: 0, scale: 0.8 };
  const profile = (logDf: number): number => {
    const centre = fitCentre(data, Math.exp(logDf), start, fixed);
    start = { location: centre.location, scale: centre.scale };
    return -centre.logLikelihood;
  };
  const df = Math.exp(minimizeOnInterval(profile, Math.log(SMALLEST_DF), Math.log(LARGEST_DF), 24).at);
  return { ...fitCentre(data, df, start, fixed), df };
};

/** Negative log-likelihood in (location, log scale, log df) with its gradient; one logarithm for many observations. */
const studentTLikelihood =
  (data: Float64Array, isFixed: boolean): GradientFunction =>
  (x, gradient) => {
    const location = x[0]!;
    const df = Math.exp(x[2]!);
    if (!(df > SMALLEST_DF && df < LARGEST_DF)) return Infinity;
    const unit = df * Math.exp(2 * x[1]!);
    let logs = 0;
    let product = 1;
    let pull = 0;
    let shares = 0;
    for (let i = 0; i < data.length; i++) {
      const deviation = data[i]! - location;
      const u = (deviation * deviation) / unit;
      const v = 1 + u;
      pull += deviation / v;
      shares += u / v;
      product *= v;
      if (product > 1e100) {
        logs += Math.log(product);
        product = 1;
      }
    }
    logs += Math.log(product);
    const n = data.length;
    gradient[0] = isFixed ? 0 : (-(df + 1) * pull) / unit;
    gradient[1] = n - (df + 1) * shares;
    gradient[2] = -df * ((n / 2) * (digamma((df + 1) / 2) - digamma(df / 2) - 1 / df) - logs / 2 + ((df + 1) / (2 * df)) * shares);
    return -n * (logGammaHalfStep(df / 2) - 0.5 * Math.log(Math.PI * unit)) + ((df + 1) / 2) * logs;
  };

/** Long series: the profile of every k-th observation gives the start, BFGS on all of them the maximum. */
const fitLarge = (data: Float64Array, fixed: number | undefined): UnitFit => {
  const stride = Math.ceil(data.length / MOST_PROFILED);
  const sample = Float64Array.from({ length: Math.floor(data.length / stride) }, (_, i) => data[i * stride]!);
  const rough = fitProfile(sample, fixed);
  const start = Float64Array.of(rough.location, Math.log(rough.scale), Math.min(Math.log(rough.df), Math.log(LARGEST_DF) - 1e-6));
  const found = minimizeWithGradient(studentTLikelihood(data, fixed !== undefined), start, 1e-9 * data.length);
  return {
    location: found.at[0]!,
    scale: Math.exp(found.at[1]!),
    df: Math.exp(found.at[2]!),
    logLikelihood: -found.value,
    isSettled: found.isConverged,
  };
};

/**
 * Fits location, scale and degrees of freedom of a t distribution by maximum likelihood.
 *
 * The likelihood is maximised over log df with location and scale profiled out; data are scaled by their standard deviation first.
 *
 * @param returns finite values, at least 10, not all equal
 * @param fixedLocation 0 for a zero-mean model; omitted = estimated
 * @throws DomainError tooLittleData, outsideDomain for a constant series, notConverged
 */
export const fitStudentT = (returns: Float64Array, fixedLocation?: number): StudentTFit => {
  if (returns.length < LEAST)
    throw new DomainError("tooLittleData", `A t fit needs at least ${LEAST} returns; ${returns.length} found. Add data or give df=.`);
  if (isConstant(returns)) throw new DomainError("outsideDomain", "All returns are equal: a t fit has no answer. Check the data.");
  const centre = fixedLocation === undefined ? sampleMean(returns) : 0;
  const unit = sampleDeviation(returns);
  const data = returns.map((value) => (value - centre) / unit);
  const fixed = fixedLocation === undefined ? undefined : fixedLocation / unit;
  const fit = data.length > MOST_PROFILED ? fitLarge(data, fixed) : fitProfile(data, fixed);
  const { df } = fit;
  if (!Number.isFinite(fit.logLikelihood) || fit.scale < 1e-9 || df < SMALLEST_DF * 1.01) {
    throw new DomainError("notConverged", "The t fit collapses: too many returns are equal (stale prices?). Clean them or give df=.");
  }
  return {
    location: centre + unit * fit.location,
    scale: unit * fit.scale,
    df,
    logLikelihood: fit.logLikelihood - returns.length * Math.log(unit),
    isConverged: fit.isSettled,
    isNormalLimit: df > 1e4,
  };
};
