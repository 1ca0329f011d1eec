import type { QuantileRule } from "./quantile";
import type { RiskPair } from "./parametric-risk";
import type { RiskRequest, RiskScenario } from "./risk-request";

/** What every method gets: checked returns and the horizon already turned into factors. */
export interface MethodInput {
  readonly values: Float64Array;
  /** Tail probability 1 - c. */
  readonly tail: number;
  readonly rule: QuantileRule;
  /** Factor for a mean (h, or 1 for overlapping windows). */
  readonly meanScale: number;
  /** Factor for a standard deviation or a historical number. */
  readonly deviationScale: number;
  readonly request: RiskRequest;
}

/** What every method answers. */
export interface MethodOutput {
  readonly pair: RiskPair;
  readonly rule: string;
  readonly details: readonly (readonly [string, number | string])[];
  readonly scenarios: readonly RiskScenario[];
  readonly warnings: readonly string[];
}

/** Tells whether the expected shortfall has to be computed. */
export const needsShortfall = (request: RiskRequest): boolean => request.measure === "expectedShortfall" || request.isExplained === true;
