import { DomainError } from "../basics/domain-error";
import type { MethodInput, MethodOutput } from "./risk-method";
import { fitTail, tailRisk, type TailFit } from "./tail-fit";

/** Lists a fitted tail for the explanation. */
export const tailDetails = (fit: TailFit): (readonly [string, number | string])[] => [
  ["xi", fit.xi],
  ["beta", fit.beta],
  ["standard error of xi", Number.isNaN(fit.xiError) ? "not available" : fit.xiError],
  ["standard error of beta", Number.isNaN(fit.betaError) ? "not available" : fit.betaError],
  ["threshold", fit.threshold],
  ["exceedances", fit.exceedances],
  ["log-likelihood", fit.logLikelihood],
  ["converged", fit.isConverged ? "yes" : "no"],
];

/** Calculates peaks-over-threshold VaR and ES of the losses. */
export const tailMethod = (input: MethodInput): MethodOutput => {
  const { threshold, thresholdQuantile, tailCount, fit = "ml", measure } = input.request;
  if (threshold !== undefined && !(threshold > 0))
    throw new DomainError("badInput", `threshold ${threshold} must be a positive loss size. Write threshold=0.02.`);
  const losses = input.values.map((value) => -value);
  const fitted = fitTail(losses, {
    fit,
    ...(threshold === undefined ? {} : { threshold }),
    ...(thresholdQuantile === undefined ? {} : { thresholdQuantile }),
    ...(tailCount === undefined ? {} : { tailCount }),
  });
  const pair = tailRisk(fitted, input.tail);
  if (measure === "expectedShortfall" && pair.expectedShortfall === Infinity) {
    throw new DomainError("outsideDomain", `Fitted xi is ${fitted.xi.toFixed(3)}, not below 1: expected shortfall is infinite. Use historical.`);
  }
  return {
    pair: { valueAtRisk: pair.valueAtRisk * input.deviationScale, expectedShortfall: pair.expectedShortfall * input.deviationScale },
    rule:
      fit === "hill"
        ? "Hill tail index, k largest losses"
        : `generalised Pareto tail over a threshold, ${fit === "ml" ? "maximum likelihood" : "probability-weighted moments"}`,
    details: tailDetails(fitted),
    scenarios: [],
    warnings: fitted.isConverged ? [] : ["the tail fit did not converge: treat the number with care"],
  };
};
