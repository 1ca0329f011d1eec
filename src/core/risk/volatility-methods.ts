import { DomainError } from "../basics/domain-error";
import { ewmaVariance, ewmaVariances } from "./ewma";
import { fitGarch, garchVariances, sumOfForecasts, type GarchFit } from "./garch";
import { historicalOutput } from "./historical-method";
import { sampleMean } from "./moments";
import { normalRisk, studentTRisk, studentTScale } from "./parametric-risk";
import type { MethodInput, MethodOutput } from "./risk-method";

const DEFAULT_LAMBDA = 0.94;

/** Calculates normal VaR and ES with the RiskMetrics volatility; the mean is 0 unless mean=sample is asked for. */
export const ewmaMethod = (input: MethodInput): MethodOutput => {
  const { lambda = DEFAULT_LAMBDA, start = "first" } = input.request;
  const deviation = Math.sqrt(ewmaVariance(input.values, lambda, start));
  const mean = input.request.mean === "sample" ? sampleMean(input.values) : 0;
  return {
    pair: normalRisk(mean * input.meanScale, deviation * input.deviationScale, input.tail),
    rule: `EWMA volatility, normal, ${mean === 0 ? "zero mean" : "sample mean"}, start=${start}`,
    details: [
      ["lambda", lambda],
      ["volatility forecast", deviation],
      ["mean", mean],
    ],
    scenarios: [],
    warnings: [],
  };
};

/** Lists a GARCH fit for the explanation. */
export const garchDetails = (fit: GarchFit): (readonly [string, number | string])[] => [
  ["mu", fit.mu],
  ["omega", fit.omega],
  ["alpha", fit.alpha],
  ["beta", fit.beta],
  ...(fit.nu === undefined ? [] : ([["nu", fit.nu]] as const)),
  ["log-likelihood", fit.logLikelihood],
  ["volatility forecast", Math.sqrt(fit.nextVariance)],
  ["converged", fit.isConverged ? "yes" : "no"],
];

const garchWarnings = (fit: GarchFit): string[] => [
  ...(fit.isConverged ? [] : ["the GARCH optimiser did not converge: treat the number with care"]),
  ...(fit.alpha + fit.beta >= 1 ? ["alpha + beta >= 1: the long-run variance does not exist"] : []),
];

/** Calculates VaR and ES with the GARCH(1,1) forecast and its innovations, normal or unit-variance t. */
export const garchMethod = (input: MethodInput): MethodOutput => {
  const { dist = "normal", scaling, horizon = 1 } = input.request;
  const fit = fitGarch(input.values, { dist, ...(input.request.mean === "zero" ? { mean: "zero" as const } : {}) });
  const deviation =
    scaling === "forecast" ? Math.sqrt(sumOfForecasts(fit, fit.nextVariance, horizon)) : Math.sqrt(fit.nextVariance) * input.deviationScale;
  const mean = fit.mu * input.meanScale;
  const pair =
    fit.nu === undefined ? normalRisk(mean, deviation, input.tail) : studentTRisk(mean, studentTScale(deviation, fit.nu), fit.nu, input.tail);
  return {
    pair,
    rule: `GARCH(1,1), ${dist === "t" ? "unit-variance t" : "normal"}, presample mean((r-mu)^2)`,
    details: garchDetails(fit),
    scenarios: [],
    warnings: garchWarnings(fit),
  };
};

/** Calculates filtered historical simulation: GARCH residuals, rescaled to the forecast volatility, read like history. */
export const filteredHistoricalMethod = (input: MethodInput): MethodOutput => {
  if (input.request.volatility === "ewma") return filteredByEwma(input);
  const { dist = "normal" } = input.request;
  const fit = fitGarch(input.values, { dist, ...(input.request.mean === "zero" ? { mean: "zero" as const } : {}) });
  const variances = garchVariances(input.values, fit);
  const forecast = Math.sqrt(fit.nextVariance);
  const filtered = input.values.map((value, t) => fit.mu + ((value - fit.mu) / Math.sqrt(variances[t]!)) * forecast);
  const output = historicalOutput({ ...input, values: filtered }, "filtered historical, GARCH(1,1) residuals at forecast volatility");
  return { ...output, details: garchDetails(fit), warnings: [...output.warnings, ...garchWarnings(fit)] };
};

const filteredByEwma = (input: MethodInput): MethodOutput =>
  readRescaled(input, rescaledByEwma(input, input.request.mean === "zero" ? 0 : sampleMean(input.values)), "filtered historical");

interface Rescaled {
  readonly values: Float64Array;
  readonly rule: string;
  readonly forecast: number;
  /** Returns left out at the start. */
  readonly skipped: number;
  readonly warnings: readonly string[];
}

/** Returns rescaled by forecast over past volatility; the first return, and any after it without past volatility, are left out. */
const rescaledByEwma = (input: MethodInput, centre: number): Rescaled => {
  const { lambda = DEFAULT_LAMBDA, start = "first" } = input.request;
  const centred = centre === 0 ? input.values : input.values.map((value) => value - centre);
  if (centred.length < 2) throw new DomainError("tooLittleData", `Rescaling needs at least 2 returns; ${centred.length} found. Add data.`);
  // A start from returns of 0 would make the first volatilities far too small, so the recursion begins at the first move.
  const lead = Math.max(
    0,
    centred.findIndex((value) => value !== 0),
  );
  const moving = start === "sample-variance" ? centred : centred.subarray(lead);
  const skipped = centred.length - moving.length + 1;
  const variances = ewmaVariances(moving, lambda, start);
  const forecast = Math.sqrt(variances[moving.length]!);
  if (moving.length < 2 || forecast === 0)
    throw new DomainError("outsideDomain", "All returns before the last are 0: there is no volatility to rescale by. Check the data.");
  const values = Float64Array.from({ length: moving.length - 1 }, (_, i) => centre + (moving[i + 1]! / Math.sqrt(variances[i + 1]!)) * forecast);
  const warnings = skipped === 1 ? [] : [`the first ${skipped} returns have no volatility before them and are left out`];
  return { values, rule: `EWMA lambda ${lambda}, first return left out`, forecast, skipped, warnings };
};

/** Reads rescaled returns like history, positions counted from the whole series. */
const readRescaled = (input: MethodInput, rescaled: Rescaled, name: string): MethodOutput => {
  const output = historicalOutput({ ...input, values: rescaled.values }, `${name}, ${rescaled.rule}`);
  return {
    ...output,
    details: [["volatility forecast", rescaled.forecast]],
    scenarios: output.scenarios.map((scenario) => ({ ...scenario, position: scenario.position + rescaled.skipped })),
    warnings: [...output.warnings, ...rescaled.warnings],
  };
};

/** Calculates Hull and White's volatility-scaled historical simulation: r_t sigma(n+1) / sigma(t), EWMA volatility. @source Hull and White (1998) */
export const volatilityScaledMethod = (input: MethodInput): MethodOutput => {
  if (input.request.volatility === "garch") {
    const fit = fitGarch(input.values, { dist: input.request.dist ?? "normal" });
    const variances = garchVariances(input.values, fit);
    const scaled = input.values.map((value, t) => value * Math.sqrt(fit.nextVariance / variances[t]!));
    const output = historicalOutput({ ...input, values: scaled }, "volatility-scaled historical, GARCH(1,1)");
    return { ...output, details: garchDetails(fit), warnings: [...output.warnings, ...garchWarnings(fit)] };
  }
  return readRescaled(input, rescaledByEwma(input, 0), "volatility-scaled historical");
};
