import { historicalExpectedShortfall, historicalValueAtRisk } from "../historical-risk";
import type { QuantileRule } from "../quantile";
import type { RiskScenario } from "../risk-request";
import { shortfallScenarios, valueAtRiskScenarios } from "../tail-scenarios";
import { fromMarginals, type BookMeasure, type Decomposition } from "./measure";
import type { ScenarioMatrix } from "./scenario-matrix";

/** Minus the weighted mean of each asset's returns over the scenarios that make the number. */
const averageScenarios = (matrix: ScenarioMatrix, exposures: Float64Array, scenarios: readonly RiskScenario[], scale: number): Decomposition => {
  const marginal = new Float64Array(matrix.assets);
  let total = 0;
  for (const { position, value, weight } of scenarios) {
    total -= weight * value;
    const start = position * matrix.assets;
    for (let i = 0; i < matrix.assets; i++) marginal[i]! -= weight * matrix.values[start + i]!;
  }
  return fromMarginals(
    total * scale,
    marginal.map((value) => value * scale),
    exposures,
  );
};

/**
 * Measures a book by history. Component VaR takes the asset losses in the one or two scenarios that make the quantile; component ES their
 * Acerbi-Tasche mean over the tail. Both add up to the total.
 *
 * @param profits P&L of the whole book per scenario
 * @param tail tail probability 1 - c
 * @param scale horizon factor
 * @source D. Tasche (1999), Risk contributions and performance measurement
 */
export const historicalBook = (
  measure: "valueAtRisk" | "expectedShortfall",
  matrix: ScenarioMatrix,
  exposures: Float64Array,
  profits: Float64Array,
  tail: number,
  rule: QuantileRule,
  scale: number,
): BookMeasure =>
  measure === "valueAtRisk"
    ? {
        of: (series) => historicalValueAtRisk(series, tail, rule) * scale,
        decompose: () => averageScenarios(matrix, exposures, valueAtRiskScenarios(profits, tail, rule), scale),
      }
    : {
        of: (series) => historicalExpectedShortfall(series, tail) * scale,
        decompose: () => averageScenarios(matrix, exposures, shortfallScenarios(profits, tail), scale),
      };
