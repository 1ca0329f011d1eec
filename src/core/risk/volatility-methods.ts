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

const filteredByEwma = (input: MethodInput): MethodOutput => {
  const { values, rule } = rescaledByEwma(input, input.request.mean === "zero" ? 0 : sampleMean(input.values));
  return shiftScenarios(historicalOutput({ ...input, values }, `filtered historical, ${rule}`));
};

/** Returns rescaled by forecast over past volatility; the first return has no earlier volatility and is left out. */
const rescaledByEwma = (input: MethodInput, centre: number): { values: Float64Array; rule: string; forecast: number } => {
  const { lambda = DEFAULT_LAMBDA, start = "first" } = input.request;
  const centred = centre === 0 ? input.values : input.values.map((value) => value - centre);
  if (centred.length < 2) throw new DomainError("tooLittleData", `Rescaling needs at least 2 returns; ${centred.length} found. Add data.`);
  const variances = ewmaVariances(centred, lambda, start);
  const forecast = Math.sqrt(variances[centred.length]!);
  const values = new Float64Array(centred.length - 1);
  for (let t = 1; t < centred.length; t++) {
    const past = Math.sqrt(variances[t]!);
    if (past === 0)
      throw new DomainError("outsideDomain", `EWMA volatility is 0 at return ${t + 1} (all earlier returns are 0). Drop the leading zeros.`);
    values[t - 1] = centre + (centred[t]! / past) * forecast;
  }
  return { values, rule: `EWMA lambda ${lambda}, first return left out`, forecast };
};

/** Positions after the first return was left out, counted from the whole series again. */
const shiftScenarios = (output: MethodOutput): MethodOutput => ({
  ...output,
  scenarios: output.scenarios.map((scenario) => ({ ...scenario, position: scenario.position + 1 })),
});

/** Calculates Hull and White's volatility-scaled historical simulation: r_t sigma(n+1) / sigma(t), EWMA volatility. @source Hull and White (1998) */
export const volatilityScaledMethod = (input: MethodInput): MethodOutput => {
  if (input.request.volatility === "garch") {
    const fit = fitGarch(input.values, { dist: input.request.dist ?? "normal" });
    const variances = garchVariances(input.values, fit);
    const scaled = input.values.map((value, t) => value * Math.sqrt(fit.nextVariance / variances[t]!));
    const output = historicalOutput({ ...input, values: scaled }, "volatility-scaled historical, GARCH(1,1)");
    return { ...output, details: garchDetails(fit), warnings: [...output.warnings, ...garchWarnings(fit)] };
  }
  const { values, rule, forecast } = rescaledByEwma(input, 0);
  const output = shiftScenarios(historicalOutput({ ...input, values }, `volatility-scaled historical, ${rule}`));
  return { ...output, details: [["volatility forecast", forecast]] };
};
