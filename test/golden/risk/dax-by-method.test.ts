import { estimateRisk } from "../../../src/core/risk/estimate-risk";
import type { RiskMethod, RiskRequest } from "../../../src/core/risk/risk-request";
import { fitTail, tailRisk } from "../../../src/core/risk/tail-fit";
import { danishLosses, daxLogReturns } from "../../support/risk-fixtures";

const dax = Float64Array.from(daxLogReturns());
const percent = (request: Omit<RiskRequest, "confidence"> & { confidence: number }): number => 100 * estimateRisk(dax, request).value;

/** Printed by PerformanceAnalytics, numpy, QuantLib, Riskfolio and R on the same returns, in percent to three decimals. */
const PRINTED: readonly (readonly [RiskMethod, Partial<RiskRequest>, "valueAtRisk" | "expectedShortfall", number, number])[] = [
  ["historical", {}, "valueAtRisk", 0.95, 1.578],
  ["historical", {}, "valueAtRisk", 0.975, 2.084],
  ["historical", {}, "valueAtRisk", 0.99, 2.775],
  ["historical", { estimator: "tailmean" }, "expectedShortfall", 0.975, 2.897],
  ["historical", { estimator: "tailmean" }, "expectedShortfall", 0.99, 3.704],
  ["historical", { quantile: "discrete" }, "valueAtRisk", 0.99, 2.789],
  ["historical", { quantile: "exc" }, "valueAtRisk", 0.975, 2.1],
  ["historical", { quantile: "exc" }, "valueAtRisk", 0.99, 2.791],
  ["historical", {}, "expectedShortfall", 0.975, 2.906],
  ["historical", {}, "expectedShortfall", 0.99, 3.724],
  ["normal", {}, "valueAtRisk", 0.99, 2.331],
  ["normal", {}, "expectedShortfall", 0.975, 2.343],
  ["student-t", {}, "valueAtRisk", 0.95, 1.508],
  ["student-t", {}, "valueAtRisk", 0.99, 2.675],
  ["student-t", {}, "expectedShortfall", 0.99, 3.71],
  ["cornish-fisher", {}, "valueAtRisk", 0.95, 1.654],
  ["cornish-fisher", {}, "valueAtRisk", 0.99, 4.143],
  ["cornish-fisher", {}, "expectedShortfall", 0.975, 5.827],
  ["cornish-fisher", {}, "expectedShortfall", 0.99, 4.143],
  ["ewma", {}, "valueAtRisk", 0.99, 3.621],
  ["ewma", {}, "expectedShortfall", 0.975, 3.639],
  ["garch", {}, "valueAtRisk", 0.99, 3.487],
  ["garch", {}, "expectedShortfall", 0.975, 3.504],
  ["filtered-historical", {}, "valueAtRisk", 0.99, 3.912],
  ["filtered-historical", {}, "expectedShortfall", 0.975, 4.216],
  ["volatility-scaled", {}, "valueAtRisk", 0.99, 4.086],
  ["volatility-scaled", {}, "expectedShortfall", 0.975, 4.716],
  ["age-weighted", { window: 500 }, "valueAtRisk", 0.95, 2.793],
  ["age-weighted", { window: 500 }, "valueAtRisk", 0.99, 3.251],
  ["evt", {}, "valueAtRisk", 0.99, 2.792],
  ["evt", {}, "expectedShortfall", 0.99, 3.777],
  ["historical", { horizon: 10, scaling: "overlapping" }, "valueAtRisk", 0.99, 7.85],
  ["historical", { horizon: 10 }, "valueAtRisk", 0.99, 8.776],
];

describe("DAX 1991 to 1998, by method", () => {
  it.each(PRINTED)("%s %o %s at %d is %d percent", (method, options, measure, confidence, printed) => {
    const digits = printed === 7.85 ? 0.005 : 0.00051;
    expect(Math.abs(percent({ method, measure, confidence, ...options }) - printed)).toBeLessThanOrEqual(digits);
  });

  it("stays within three standard errors of the normal law in a simulation", () => {
    const simulated = estimateRisk(dax, { method: "monte-carlo", measure: "valueAtRisk", confidence: 0.99, paths: 100_000, seed: 3 });
    const exact = estimateRisk(dax, { method: "normal", measure: "valueAtRisk", confidence: 0.99 });
    const error = simulated.details.find(([name]) => name === "standard error")![1] as number;
    expect(Math.abs(simulated.value - exact.value)).toBeLessThan(3 * error);
    expect(error / exact.value).toBeLessThan(0.01);
  });
});

describe("Danish fire losses above 10 million", () => {
  const losses = Float64Array.from(danishLosses());

  it("reaches the true optimum of the likelihood, past the published 94.28956", () => {
    const fit = fitTail(losses, { fit: "ml", threshold: 10 });
    const risk = tailRisk(fit, 0.001);
    expect(fit.exceedances).toBe(109);
    expect(risk.valueAtRisk).toBeCloseTo(94.3394, 3);
    expect(risk.expectedShortfall).toBeCloseTo(191.5356, 2);
    expect(fit.xiError).toBeCloseTo(0.1363, 4);
  });

  it("finds Hill's index of the 109 largest losses by hand", () => {
    const sorted = [...losses].sort((a, b) => b - a);
    const xi = sorted.slice(0, 109).reduce((sum, loss) => sum + Math.log(loss / sorted[109]!), 0) / 109;
    expect(fitTail(losses, { fit: "hill", tailCount: 109 }).xi).toBeCloseTo(xi, 14);
  });
});
