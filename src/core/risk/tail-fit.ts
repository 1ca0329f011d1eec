import { DomainError } from "../basics/domain-error";
import { fitParetoByLikelihood, fitParetoByMoments, type ParetoFit } from "./pareto-fit";
import { quantile } from "./quantile";
import type { RiskPair } from "./parametric-risk";

/** How the tail is fitted. */
export interface TailOptions {
  readonly fit: "ml" | "pwm" | "hill";
  /** Loss size, > 0 for returns; omitted = the thresholdQuantile of the losses. */
  readonly threshold?: number;
  readonly thresholdQuantile?: number;
  /** Upper order statistics of Hill's estimator; omitted = all above the threshold. */
  readonly tailCount?: number;
}

/** A fitted tail of losses. */
export interface TailFit {
  readonly fit: "ml" | "pwm" | "hill";
  readonly threshold: number;
  readonly exceedances: number;
  readonly count: number;
  readonly xi: number;
  /** Scale of the generalised Pareto distribution; for Hill xi times the threshold. */
  readonly beta: number;
  readonly xiError: number;
  readonly betaError: number;
  readonly logLikelihood: number;
  readonly isConverged: boolean;
}

const LEAST_EXCEEDANCES = 10;

const thresholdOf = (losses: Float64Array, options: TailOptions): number => {
  if (options.threshold !== undefined) return options.threshold;
  const p = options.thresholdQuantile ?? 0.95;
  if (!(p > 0 && p < 1)) throw new DomainError("badInput", `thresholdQuantile ${p} must lie between 0 and 1. Write thresholdQuantile=0.95.`);
  return quantile(losses, p);
};

const requireExceedances = (count: number, threshold: number): void => {
  if (count < LEAST_EXCEEDANCES) {
    throw new DomainError(
      "tooLittleData",
      `Only ${count} losses exceed the threshold ${Number(threshold.toPrecision(6))}; at least ${LEAST_EXCEEDANCES} are needed. Lower it.`,
    );
  }
};

const fitHill = (losses: Float64Array, options: TailOptions): TailFit => {
  const sorted = losses.slice().sort().reverse();
  let count = options.tailCount;
  if (count === undefined) {
    const threshold = thresholdOf(losses, options);
    count = sorted.reduce((sum, loss) => sum + (loss > threshold ? 1 : 0), 0);
    requireExceedances(count, threshold);
  }
  if (!Number.isInteger(count) || count < 2 || count >= sorted.length)
    throw new DomainError("badInput", `k ${count} must be whole, from 2 to ${sorted.length - 1}. Write k=50.`);
  const threshold = sorted[count]!;
  if (!(threshold > 0)) throw new DomainError("outsideDomain", `Hill needs positive losses: the ${count + 1}-th largest is ${threshold}. Lower k.`);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.log(sorted[i]! / threshold);
  const xi = sum / count;
  if (!(xi > 0)) throw new DomainError("outsideDomain", `The ${count} largest losses are equal: Hill has no answer. Raise k.`);
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) logLikelihood += -Math.log(xi * sorted[i]!) - Math.log(sorted[i]! / threshold) / xi;
  const error = xi / Math.sqrt(count);
  return {
    fit: "hill",
    threshold,
    exceedances: count,
    count: losses.length,
    xi,
    beta: xi * threshold,
    xiError: error,
    betaError: error * threshold,
    logLikelihood,
    isConverged: true,
  };
};

/**
 * Fits the tail of losses above a threshold.
 *
 * @param losses finite, a loss is positive
 * @param options ml or pwm: generalised Pareto of the excesses over the threshold (strictly above it); hill: Pareto index of the k largest, threshold the (k+1)-th largest
 * @throws DomainError badInput, tooLittleData below 10 exceedances, outsideDomain
 * @source A. McNeil, R. Frey, P. Embrechts (2015), Quantitative Risk Management, 5.2
 */
export const fitTail = (losses: Float64Array, options: TailOptions): TailFit => {
  if (losses.length === 0) throw new DomainError("tooLittleData", "There are no losses to fit. Point to a range with numbers.");
  if (options.fit === "hill") return fitHill(losses, options);
  const threshold = thresholdOf(losses, options);
  const excesses = losses.filter((loss) => loss > threshold).map((loss) => loss - threshold);
  requireExceedances(excesses.length, threshold);
  const pareto: ParetoFit = options.fit === "ml" ? fitParetoByLikelihood(excesses) : fitParetoByMoments(excesses);
  return { fit: options.fit, threshold, exceedances: excesses.length, count: losses.length, ...pareto };
};

/**
 * Calculates VaR and ES from a fitted tail.
 *
 * @param tail tail probability 1 - c, not above the share of losses beyond the threshold
 * @returns VaR, and ES (Infinity for xi >= 1)
 * @throws DomainError outsideDomain when c lies below the threshold
 */
export const tailRisk = (fit: TailFit, tail: number): RiskPair => {
  const share = fit.exceedances / fit.count;
  if (tail > share * (1 + 1e-12)) {
    throw new DomainError(
      "outsideDomain",
      `confidence ${Number((1 - tail).toPrecision(6))} lies below the threshold (${Number((1 - share).toPrecision(6))} of the data). Lower the threshold.`,
    );
  }
  const { xi, beta, threshold } = fit;
  const logRatio = Math.log(tail / share);
  if (fit.fit === "hill") {
    const valueAtRisk = threshold * Math.exp(-xi * logRatio);
    return { valueAtRisk, expectedShortfall: xi < 1 ? valueAtRisk / (1 - xi) : Infinity };
  }
  const valueAtRisk = threshold + (Math.abs(xi) < 1e-12 ? -beta * logRatio : (beta * Math.expm1(-xi * logRatio)) / xi);
  return { valueAtRisk, expectedShortfall: xi < 1 ? (valueAtRisk + beta - xi * threshold) / (1 - xi) : Infinity };
};
