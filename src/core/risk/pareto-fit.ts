import { DomainError } from "../basics/domain-error";
import { minimizeOnInterval } from "./minimize-on-interval";
import { invertMatrix } from "./solve-linear";

/** A generalised Pareto distribution fitted to excesses over a threshold. */
export interface ParetoFit {
  /** Shape; > 0 heavy tail, < 0 finite end point. */
  readonly xi: number;
  /** Scale, > 0, in units of the losses. */
  readonly beta: number;
  readonly xiError: number;
  readonly betaError: number;
  readonly logLikelihood: number;
  readonly isConverged: boolean;
}

/** log(1 + xi z) / xi, which is z in the limit of a zero shape. */
const stretchedLog = (xi: number, z: number): number => {
  const product = xi * z;
  return Math.abs(product) < 1e-8 ? z * (1 - product / 2) : Math.log1p(product) / xi;
};

/** Calculates the log-likelihood of a generalised Pareto distribution; -Infinity outside its support. */
export const paretoLogLikelihood = (excesses: Float64Array, xi: number, beta: number): number => {
  if (!(beta > 0)) return -Infinity;
  let sum = 0;
  for (let i = 0; i < excesses.length; i++) {
    const z = excesses[i]! / beta;
    if (1 + xi * z <= 0) return -Infinity;
    sum += (1 + xi) * stretchedLog(xi, z);
  }
  return -excesses.length * Math.log(beta) - sum;
};

/** Gradient of the log-likelihood in (xi, beta); the shape part switches to a series where its terms cancel. */
const score = (excesses: Float64Array, xi: number, beta: number): readonly [number, number] => {
  let inXi = 0;
  let inBeta = 0;
  for (let i = 0; i < excesses.length; i++) {
    const z = excesses[i]! / beta;
    const product = xi * z;
    const quotient = z / (1 + product);
    inBeta += quotient;
    inXi +=
      Math.abs(product) < 1e-3
        ? z * z * (0.5 - product * (2 / 3 - product * (3 / 4 - product * (4 / 5 - (product * 5) / 6)))) - quotient
        : (Math.log1p(product) / xi - quotient) / xi - quotient;
  }
  return [inXi, (-excesses.length + (1 + xi) * inBeta) / beta];
};

/** Negative Hessian of the log-likelihood by central differences of the score. */
const information = (excesses: Float64Array, xi: number, beta: number): number[][] => {
  const xiStep = 1e-5;
  const betaStep = 1e-5 * beta;
  const xiUp = score(excesses, xi + xiStep, beta);
  const xiDown = score(excesses, xi - xiStep, beta);
  const betaUp = score(excesses, xi, beta + betaStep);
  const betaDown = score(excesses, xi, beta - betaStep);
  const cross = -(xiUp[1] - xiDown[1]) / (4 * xiStep) - (betaUp[0] - betaDown[0]) / (4 * betaStep);
  return [
    [-(xiUp[0] - xiDown[0]) / (2 * xiStep), cross],
    [cross, -(betaUp[1] - betaDown[1]) / (2 * betaStep)],
  ];
};

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Starting point: the profile likelihood in theta = xi / beta, one number, searched on both sides of zero. */
const searchProfile = (data: Float64Array, largest: number): { xi: number; beta: number } => {
  const shapeOf = (theta: number): number => {
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += Math.log1p(theta * data[i]!);
    return sum / data.length;
  };
  // v < 0 covers theta in (-1 / largest, 0), v > 0 covers theta > 0.
  const thetaOf = (v: number): number => (v < 0 ? Math.expm1(v) / largest : Math.expm1(v));
  const profile = (v: number): number => {
    const theta = thetaOf(v);
    if (Math.abs(theta) < 1e-9) return 0;
    const xi = shapeOf(theta);
    return xi < -0.99 ? Infinity : Math.log(xi / theta) + xi;
  };
  const best = minimizeOnInterval(profile, -12, 8, 40, 1e-7);
  const theta = thetaOf(best.at);
  if (Math.abs(theta) < 1e-9) return { xi: 0, beta: 1 };
  const xi = shapeOf(theta);
  return { xi, beta: xi / theta };
};

/**
 * Fits a generalised Pareto distribution by maximum likelihood.
 *
 * Excesses are divided by their mean; the profile in theta = xi / beta finds the peak, Newton steps sharpen it;
 * standard errors come from the observed information.
 *
 * @param excesses losses minus threshold, > 0, at least two different ones
 * @throws DomainError outsideDomain when all excesses are equal
 * @source S. Grimshaw (1993), Computing maximum likelihood estimates for the generalized Pareto distribution
 */
export const fitParetoByLikelihood = (excesses: Float64Array): ParetoFit => {
  const unit = meanOf(excesses);
  const data = excesses.map((value) => value / unit);
  let largest = 0;
  let smallest = Infinity;
  for (let i = 0; i < data.length; i++) {
    largest = Math.max(largest, data[i]!);
    smallest = Math.min(smallest, data[i]!);
  }
  if (largest === smallest) throw new DomainError("outsideDomain", "All losses above the threshold are equal: no tail to fit. Change threshold=.");
  let { xi, beta } = searchProfile(data, largest);
  let value = paretoLogLikelihood(data, xi, beta);
  for (let round = 0; round < 20; round++) {
    const inverse = invertMatrix(information(data, xi, beta));
    if (inverse === undefined) break;
    const [inXi, inBeta] = score(data, xi, beta);
    const nextXi = xi + inverse[0]![0]! * inXi + inverse[0]![1]! * inBeta;
    const nextBeta = beta + inverse[1]![0]! * inXi + inverse[1]![1]! * inBeta;
    const nextValue = paretoLogLikelihood(data, nextXi, nextBeta);
    if (!(nextValue >= value - 1e-12 * Math.abs(value))) break;
    const change = Math.abs(nextXi - xi) + Math.abs(nextBeta - beta);
    xi = nextXi;
    beta = nextBeta;
    value = nextValue;
    if (change < 1e-13) break;
  }
  const [inXi, inBeta] = score(data, xi, beta);
  const covariance = invertMatrix(information(data, xi, beta));
  return {
    xi,
    beta: beta * unit,
    xiError: covariance === undefined ? NaN : Math.sqrt(covariance[0]![0]!),
    betaError: covariance === undefined ? NaN : Math.sqrt(covariance[1]![1]!) * unit,
    logLikelihood: value - excesses.length * Math.log(unit),
    isConverged: Math.max(Math.abs(inXi), Math.abs(inBeta)) < 1e-5 * excesses.length,
  };
};

/**
 * Fits a generalised Pareto distribution by probability-weighted moments; needs xi < 1, standard errors xi < 1/2.
 *
 * Plotting positions (i - 0.35) / n.
 *
 * @source J. Hosking and J. Wallis (1987), Parameter and quantile estimation for the generalized Pareto distribution
 */
export const fitParetoByMoments = (excesses: Float64Array): ParetoFit => {
  const sorted = excesses.slice().sort();
  const n = sorted.length;
  const first = meanOf(sorted);
  let second = 0;
  for (let i = 0; i < n; i++) second += (sorted[i]! * (1 - (i + 1 - 0.35) / n)) / n;
  const gap = first - 2 * second;
  if (!(gap > 0)) throw new DomainError("outsideDomain", "The excesses have no positive spread for fit=pwm. Use fit=ml or change threshold=.");
  const xi = 2 - first / gap;
  const beta = (2 * first * second) / gap;
  const divisor = n * (1 - 2 * xi) * (3 - 2 * xi);
  const xiVariance = ((1 - xi) * (1 - xi + 2 * xi * xi) * (2 - xi) ** 2) / divisor;
  const betaVariance = ((7 - 18 * xi + 11 * xi * xi - 2 * xi ** 3) * beta * beta) / divisor;
  const hasErrors = xi < 0.5;
  return {
    xi,
    beta,
    xiError: hasErrors ? Math.sqrt(xiVariance) : NaN,
    betaError: hasErrors ? Math.sqrt(betaVariance) : NaN,
    logLikelihood: paretoLogLikelihood(excesses, xi, beta),
    isConverged: true,
  };
};
