import { DomainError } from "../basics/domain-error";
import { cornishFisherRisk } from "./cornish-fisher";
import { excelKurtosis, excelSkewness, populationMoments, sampleDeviation, sampleMean } from "./moments";
import { normalRisk, studentTRisk, studentTScale } from "./parametric-risk";
import type { MethodInput, MethodOutput } from "./risk-method";
import { fitStudentT } from "./student-t-fit";

const meanOf = (input: MethodInput): number => (input.request.mean === "zero" ? 0 : sampleMean(input.values));

const meanText = (input: MethodInput): string => (input.request.mean === "zero" ? "mean set to 0" : "sample mean");

/** Calculates normal VaR and ES: sample mean (or 0) and standard deviation with n - 1. */
export const normalMethod = (input: MethodInput): MethodOutput => {
  const mean = meanOf(input);
  const deviation = sampleDeviation(input.values);
  return {
    pair: normalRisk(mean * input.meanScale, deviation * input.deviationScale, input.tail),
    rule: `normal, standard deviation with n-1, ${meanText(input)}`,
    details: [
      ["mean", mean],
      ["standard deviation", deviation],
    ],
    scenarios: [],
    warnings: [],
  };
};

const givenDegrees = (input: MethodInput, df: number): MethodOutput => {
  if (!(df > 2)) throw new DomainError("badInput", `df ${df} must be above 2 for a finite variance. Raise df or leave it out to fit it.`);
  const mean = meanOf(input);
  const deviation = sampleDeviation(input.values);
  const scale = studentTScale(deviation, df);
  return {
    pair: studentTRisk(mean * input.meanScale, scale * input.deviationScale, df, input.tail),
    rule: `Student-t, df given, scale = sd sqrt((df-2)/df), ${meanText(input)}`,
    details: [
      ["mean", mean],
      ["standard deviation", deviation],
      ["scale", scale],
      ["df", df],
    ],
    scenarios: [],
    warnings: [],
  };
};

/** Calculates Student-t VaR and ES, with df given or everything fitted by maximum likelihood. */
export const studentTMethod = (input: MethodInput): MethodOutput => {
  const { df: given, measure } = input.request;
  if (given !== undefined) return givenDegrees(input, given);
  const fit = fitStudentT(input.values, input.request.mean === "zero" ? 0 : undefined);
  if (measure === "expectedShortfall" && !(fit.df > 1)) {
    throw new DomainError("outsideDomain", `Fitted df is ${fit.df.toFixed(2)}, not above 1: expected shortfall is infinite. Use historical.`);
  }
  return {
    pair: studentTRisk(fit.location * input.meanScale, fit.scale * input.deviationScale, fit.df, input.tail),
    rule: `Student-t, maximum likelihood, ${input.request.mean === "zero" ? "location set to 0" : "location fitted"}`,
    details: [
      ["location", fit.location],
      ["scale", fit.scale],
      ["df", fit.df],
      ["log-likelihood", fit.logLikelihood],
      ["converged", fit.isConverged ? "yes" : "no"],
    ],
    scenarios: [],
    warnings: fit.isNormalLimit ? ["tails no heavier than normal: df ran to its upper end"] : [],
  };
};

/** Calculates modified (Cornish-Fisher) VaR and ES from population moments. */
export const cornishFisherMethod = (input: MethodInput): MethodOutput => {
  const moments = populationMoments(input.values);
  const mean = input.request.mean === "zero" ? 0 : moments.mean;
  const risk = cornishFisherRisk(
    mean * input.meanScale,
    moments.deviation * input.deviationScale,
    moments.skewness,
    moments.excessKurtosis,
    input.tail,
  );
  const isFloored = risk.rawExpectedShortfall < risk.valueAtRisk;
  return {
    pair: risk,
    rule: `Cornish-Fisher, population moments (divisor n), ${meanText(input)}, ES floored at VaR`,
    details: [
      ["mean", mean],
      ["standard deviation (n)", moments.deviation],
      ["skewness (population)", moments.skewness],
      ["excess kurtosis (population)", moments.excessKurtosis],
      ...(input.values.length >= 4
        ? ([
            ["skewness (SKEW)", excelSkewness(input.values)],
            ["kurtosis (KURT)", excelKurtosis(input.values)],
          ] as const)
        : []),
      ["ES before floor", risk.rawExpectedShortfall],
    ],
    scenarios: [],
    warnings: isFloored ? ["modified ES fell below VaR and was floored at VaR"] : [],
  };
};
