import { kupiecRegion, kupiecTest, firstFailureTest } from "../../../src/core/risk/backtests/coverage-tests";
import { independenceTest } from "../../../src/core/risk/backtests/independence-tests";
import { criticalValue, simulateShortfallStatistics } from "../../../src/core/risk/backtests/shortfall-tests";
import { capitalMultiplier, cumulativeProbability, trafficLightZone } from "../../../src/core/risk/backtests/traffic-light";
import { scaleHaircut } from "../../../src/core/collateral/haircut-scaling";
import { haircutFromLoss } from "../../../src/core/risk/haircut-calibration";
import { correlationFromKendall } from "../../../src/core/risk/portfolio/rank-correlation";
import { choleskyFactor, simulateProfits } from "../../../src/core/risk/portfolio/simulate-portfolio";
import { liquidityHorizonShortfall, stressedShortfall } from "../../../src/core/risk/regulatory-shortfall";
import { chiSquareUpperTail } from "../../../src/core/risk/chi-square-distribution";
import { effectiveDays, ewmaVariance, updateEwmaVariance } from "../../../src/core/risk/ewma";
import { filterVariances, fitGarch, forecastPath, forecastVariance, longRunVariance } from "../../../src/core/risk/garch";
import { historicalExpectedShortfall, historicalValueAtRisk } from "../../../src/core/risk/historical-risk";
import { autocorrelatedScale } from "../../../src/core/risk/horizon-scaling";
import { excelKurtosis, populationMoments } from "../../../src/core/risk/moments";
import { normalRisk, studentTRisk, studentTScale } from "../../../src/core/risk/parametric-risk";
import { logLossToSimple } from "../../../src/core/risk/price-returns";
import { INCLUSIVE, parseQuantileRule, quantile } from "../../../src/core/risk/quantile";
import { studentTInverse } from "../../../src/core/risk/student-t-distribution";
import { tailOfConfidence } from "../../../src/core/risk/tail-probability";

type Input = Record<string, unknown>;
const numbers = (value: unknown): Float64Array => Float64Array.from(value as number[]);
/** Applies f to a number, or to each entry of a list. */
const each = (value: unknown, f: (x: number) => unknown): unknown => (Array.isArray(value) ? value.map((entry) => f(entry as number)) : f(value as number));

const garch = (input: Input) => fitGarch(numbers(input["returns"]), { dist: input["dist"] as "normal" | "t" });

/** How each neutral function name of the reference file is answered by this code base. */
export const riskCaseRunners: Record<string, (input: any) => unknown> = {
  quantile: (input: Input) => each(input["p"], (p) => quantile(numbers(input["values"]), p, parseQuantileRule(String(input["type"])))),
  skewness: (input: Input) => populationMoments(numbers(input["values"])).skewness,
  kurtosis: (input: Input) => excelKurtosis(numbers(input["values"])),
  "dist.tInv": (input) => studentTInverse(input.p, input.df),
  "dist.chisqSurvival": (input) => (Array.isArray(input.x) ? input.x.map((x: number, i: number) => chiSquareUpperTail(x, input.df[i])) : chiSquareUpperTail(input.x, input.df)),
  "es.historical": (input) => historicalExpectedShortfall(numbers(input.returns), tailOfConfidence(input.confidence)),
  "var.normalParams": (input) => each(input.confidence, (c) => normalRisk(input.mean, input.sd, tailOfConfidence(c)).valueAtRisk),
  "var.tParams": (input) => each(input.confidence, (c) => studentTRisk(input.mean, studentTScale(input.sd, input.df), input.df, tailOfConfidence(c)).valueAtRisk),
  "es.tParams": (input) => each(input.confidence, (c) => studentTRisk(input.mean, studentTScale(input.sd, input.df), input.df, tailOfConfidence(c)).expectedShortfall),
  "ewma.update": (input) => updateEwmaVariance(input.lambda, input.variance, input.return),
  "ewma.effectiveDays": (input) => effectiveDays(input.lambda, input.tolerance),
  "ewma.variance": (input) => ewmaVariance(numbers(input.returns), input.lambda, input.init),
  "garch.longRunVariance": (input) => longRunVariance(input),
  "garch.forecast": (input) => forecastVariance(input, input.variance, input.days),
  "garch.fit": (input: Input) => {
    const fit = garch(input);
    return { ...fit, logLik: fit.logLikelihood, se: fit.standardErrors };
  },
  "garch.forecastPath": (input) => forecastPath(garch(input), input.days),
  "garch.filterVol": (input) => filterVariances(input, input.initialVariance, input.returns).map(Math.sqrt),
  "var.scale": (input) => input.var * autocorrelatedScale(input.toDays / input.fromDays, input.rho),
  "var.toSimple": (input) => logLossToSimple(input.varLog),
  "backtest.kupiec": (input) => ratio(kupiecTest(input.failures, input.observations, tailOfConfidence(input.confidence))),
  "backtest.kupiecRegion": (input) => each(input.tailProbability, (tail) => kupiecRegion(input.observations, tail, input.testConfidence)),
  "backtest.christoffersen": (input) => ratio(independenceTest(input)),
  "backtest.tuff": (input) => ratio(firstFailureTest(input.firstFailure, tailOfConfidence(input.confidence))),
  "backtest.trafficLight.cumulative": (input) => each(input.failures, (x) => cumulativeProbability(x, input.observations, tailOfConfidence(input.confidence))),
  "backtest.trafficLight.zone": (input) => each(input.failures, (x) => trafficLightZone(x, input.observations, tailOfConfidence(input.confidence))),
  "backtest.trafficLight.multiplier": (input) => each(input.failures, (x) => capitalMultiplier(x, input.observations, tailOfConfidence(input.confidence), input.framework)),
  "backtest.acerbiSzekely2.critical": (input) => {
    const { z2 } = simulateShortfallStatistics(input.observations, tailOfConfidence(input.confidence), { dist: input.dist, df: input.df }, 400_000, 1);
    return each(input.significance, (level) => criticalValue(z2, level));
  },
  "correlation.fromKendall": (input) => correlationFromKendall(input.tau),
  "haircut.scaleHolding": (input) => scaleHaircut(input.haircut, input.fromDays, input.toDays),
  "haircut.scaleRemargin": (input) => scaleHaircut(input.haircut, input.minHoldingDays, input.minHoldingDays, input.remarginDays),
  "haircut.fromVar": (input) => haircutFromLoss(input.varLog * Math.sqrt(input.days), { returns: "log", gap: input.gap, liquidity: 0, floor: 0 }),
  "portfolio.var.normal": (input) => {
    const covariance = covarianceOfInput(input);
    const variance = covariance.reduce((sum, row, i) => sum + row.reduce((part, value, j) => part + input.exposures[i] * value * input.exposures[j], 0), 0);
    return normalRisk(0, Math.sqrt(variance), tailOfConfidence(input.confidence)).valueAtRisk;
  },
  "var.monteCarlo": (input) => {
    const profits = simulateProfits({ exposures: numbers(input.exposures), means: new Float64Array(input.exposures.length), factor: choleskyFactor(covarianceOfInput(input)), paths: input.paths, seed: 1, revaluation: "simple" });
    return historicalValueAtRisk(profits, tailOfConfidence(input.confidence), INCLUSIVE);
  },
  "frtb.liquidityHorizonEs": (input) => liquidityHorizonShortfall(input.es10day, input.horizons, 10),
  "frtb.stressedEs": (input) => stressedShortfall(input.esReducedStressed, input.esFullCurrent, input.esReducedCurrent),
};

function ratio({ statistic, pValue }: { statistic: number; pValue: number }): { stat: number; pValue: number } {
  return { stat: statistic, pValue };
}

function covarianceOfInput({ vols, corr }: { vols: number[]; corr: number[][] }): number[][] {
  return corr.map((row, i) => row.map((rho, j) => rho * vols[i]! * vols[j]!));
}
