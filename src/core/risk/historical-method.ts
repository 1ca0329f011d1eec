import { DomainError } from "../basics/domain-error";
import { historicalPair, historicalValueAtRisk, tailMeanShortfall } from "./historical-risk";
import type { RiskPair } from "./parametric-risk";
import { needsShortfall, type MethodInput, type MethodOutput } from "./risk-method";
import type { RiskScenario } from "./risk-request";
import { shortfallScenarios, tailMeanScenarios, valueAtRiskScenarios } from "./tail-scenarios";
import { ageWeights, weightedHistoricalRisk } from "./weighted-historical-risk";

const shortTailWarning = (count: number): string[] =>
  count < 1 - 1e-9 ? [`n(1-c) = ${Number(count.toPrecision(4))} < 1: the tail holds less than one observation`] : [];

/** Calculates historical VaR and ES of the given values: the core of plain, filtered and volatility-scaled simulation. */
export const historicalOutput = (input: MethodInput, ruleText: string = "historical"): MethodOutput => {
  const { values, tail, rule, request, deviationScale } = input;
  const isTailMean = request.estimator === "tailmean";
  const isShortfall = request.measure === "expectedShortfall";
  const one: RiskPair =
    needsShortfall(request) && !isTailMean
      ? historicalPair(values, tail, rule)
      : { valueAtRisk: historicalValueAtRisk(values, tail, rule), expectedShortfall: NaN };
  const oneValueAtRisk = one.valueAtRisk;
  const oneShortfall = isTailMean && needsShortfall(request) ? tailMeanShortfall(values, oneValueAtRisk) : one.expectedShortfall;
  let scenarios: readonly RiskScenario[] = [];
  if (request.isExplained) {
    scenarios = !isShortfall
      ? valueAtRiskScenarios(values, tail, rule)
      : isTailMean
        ? tailMeanScenarios(values, oneValueAtRisk)
        : shortfallScenarios(values, tail);
  }
  const shortfallRule = isTailMean ? `mean of returns at or below the ${rule.name} quantile` : "Acerbi-Tasche mean of the worst n(1-c)";
  return {
    pair: { valueAtRisk: oneValueAtRisk * deviationScale, expectedShortfall: oneShortfall * deviationScale },
    rule: `${ruleText}, ${isShortfall ? shortfallRule : `quantile ${rule.name}`}`,
    details: [],
    scenarios,
    warnings: shortTailWarning(values.length * tail),
  };
};

const checkWeights = (weights: Float64Array, count: number): void => {
  if (weights.length !== count)
    throw new DomainError("badInput", `weights hold ${weights.length} numbers for ${count} returns. Give one per return.`);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Infinity))
      throw new DomainError("badInput", `weights entry ${i + 1} is ${weights[i]}. Weights must be 0 or more.`);
    total += weights[i]!;
  }
  if (!(total > 0 && total < Infinity)) throw new DomainError("badInput", "weights add up to 0. Give at least one positive weight.");
};

const weightedOutput = (input: MethodInput, weights: Float64Array, ruleText: string): MethodOutput => {
  const { values, tail, request, deviationScale } = input;
  checkWeights(weights, values.length);
  if (request.quantile !== undefined && input.rule.type !== 1) {
    throw new DomainError("badInput", `quantile=${request.quantile} does not work with weights. Use quantile=discrete.`);
  }
  if (request.estimator === "tailmean") throw new DomainError("badInput", "estimator=tailmean does not work with weights. Leave it out.");
  const risk = weightedHistoricalRisk(values, weights, tail);
  let total = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]!;
    squares += weights[i]! * weights[i]!;
  }
  const isShortfall = request.measure === "expectedShortfall";
  const positions = isShortfall ? risk.tailPositions : risk.tailPositions.slice(-1);
  let left = tail * total;
  const scenarios = positions.map((position) => {
    const share = isShortfall ? Math.min(weights[position]!, left) / (tail * total) : 1;
    left -= weights[position]!;
    return { position, value: values[position]!, weight: share };
  });
  const effective = (total * total) / squares;
  return {
    pair: { valueAtRisk: risk.valueAtRisk * deviationScale, expectedShortfall: risk.expectedShortfall * deviationScale },
    rule: `${ruleText}, ${isShortfall ? "weighted Acerbi-Tasche mean of the worst 1-c" : "first loss where the cumulated weight reaches 1-c"}`,
    details: [["effective number of scenarios", effective]],
    scenarios: request.isExplained ? scenarios : [],
    warnings: shortTailWarning(effective * tail),
  };
};

/** Calculates historical simulation, with scenario weights when they are given. */
export const historicalMethod = (input: MethodInput): MethodOutput =>
  input.request.weights === undefined ? historicalOutput(input) : weightedOutput(input, input.request.weights, "historical with weights");

/** Calculates age-weighted historical simulation: weight decay^age, the last return is the newest. */
export const ageWeightedMethod = (input: MethodInput): MethodOutput => {
  const decay = input.request.decay ?? 0.98;
  if (!(decay > 0 && decay <= 1)) throw new DomainError("badInput", `decay ${decay} must lie in (0, 1]. Write decay=0.98.`);
  const output = weightedOutput(input, ageWeights(input.values.length, decay), `age-weighted, decay ${decay}`);
  return { ...output, details: [["decay", decay], ...output.details] };
};
