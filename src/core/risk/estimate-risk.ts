import { DomainError } from "../basics/domain-error";
import { tailMethod } from "./tail-method";
import { ageWeightedMethod, historicalMethod } from "./historical-method";
import { autocorrelatedScale, firstAutocorrelation, overlappingReturns } from "./horizon-scaling";
import { cornishFisherMethod, normalMethod, studentTMethod } from "./parametric-methods";
import { tamingScale } from "./moments";
import { parseQuantileRule } from "./quantile";
import type { MethodInput, MethodOutput } from "./risk-method";
import type { RiskEstimate, RiskMethod, RiskRequest } from "./risk-request";
import { simulationMethod } from "./simulation-method";
import { tailOfConfidence } from "./tail-probability";
import { ewmaMethod, filteredHistoricalMethod, garchMethod, volatilityScaledMethod } from "./volatility-methods";

const methods: Record<RiskMethod, (input: MethodInput) => MethodOutput> = {
  historical: historicalMethod,
  normal: normalMethod,
  "student-t": studentTMethod,
  "cornish-fisher": cornishFisherMethod,
  ewma: ewmaMethod,
  garch: garchMethod,
  "filtered-historical": filteredHistoricalMethod,
  "volatility-scaled": volatilityScaledMethod,
  "age-weighted": ageWeightedMethod,
  evt: tailMethod,
  "monte-carlo": simulationMethod,
};

/** Methods that follow the volatility from return to return: windows that overlap would fool them. */
const CONDITIONAL: ReadonlySet<RiskMethod> = new Set(["ewma", "garch", "filtered-historical", "volatility-scaled"]);

const tailOf = (request: RiskRequest): number => {
  const { tailProbability } = request;
  if (tailProbability === undefined) return tailOfConfidence(request.confidence);
  if (!(tailProbability > 0 && tailProbability <= 0.5))
    throw new DomainError("badInput", `tailProbability ${tailProbability} must lie in (0, 0.5]. Write tailProbability=0.01.`);
  return tailProbability;
};

interface Horizon {
  readonly values: Float64Array;
  readonly meanScale: number;
  readonly deviationScale: number;
  readonly details: readonly (readonly [string, number | string])[];
  readonly warnings: readonly string[];
}

const applyHorizon = (values: Float64Array, request: RiskRequest): Horizon => {
  const { horizon = 1, scaling = "sqrt", method } = request;
  if (!(horizon > 0 && horizon < Infinity)) throw new DomainError("badInput", `horizon ${horizon} must be above 0. Write horizon=10.`);
  const plain = { values, meanScale: horizon, deviationScale: Math.sqrt(horizon), details: [], warnings: [] };
  if (scaling === "forecast") {
    if (method !== "garch") throw new DomainError("badInput", "scaling=forecast works with method garch only. Use scaling=sqrt.");
    if (!Number.isInteger(horizon)) throw new DomainError("badInput", `horizon ${horizon} must be whole with scaling=forecast. Round it.`);
    return plain;
  }
  if (scaling === "ar1") {
    const rho = request.rho ?? firstAutocorrelation(values);
    return { ...plain, deviationScale: autocorrelatedScale(horizon, rho), details: [["rho", rho]] };
  }
  if (scaling === "overlapping") {
    if (CONDITIONAL.has(method)) throw new DomainError("badInput", `scaling=overlapping does not work with ${method}. Use scaling=sqrt.`);
    if (request.weights !== undefined) throw new DomainError("badInput", "scaling=overlapping does not work with weights. Use scaling=sqrt.");
    const windows = overlappingReturns(values, horizon, request.returns ?? "log");
    return {
      values: windows,
      meanScale: 1,
      deviationScale: 1,
      details: [["windows", windows.length]],
      warnings: horizon > 1 ? ["overlapping windows are not independent; scenario rows are window starts"] : [],
    };
  }
  return plain;
};

const newest = (values: Float64Array, window: number | undefined): Float64Array => {
  if (window === undefined) return values;
  if (!Number.isInteger(window) || window < 1)
    throw new DomainError("badInput", `window ${window} must be a whole number above 0. Write window=500.`);
  if (window > values.length)
    throw new DomainError("tooLittleData", `window=${window} but only ${values.length} returns were found. Add data or shorten it.`);
  return window === values.length ? values : values.slice(values.length - window);
};

/** Throws for data that the kernels must not see. @throws DomainError badInput, tooLittleData */
const checkValues = (values: Float64Array): void => {
  if (values.length === 0) throw new DomainError("tooLittleData", "returns hold no numbers. Point to a range with returns.");
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) throw new DomainError("badInput", `returns entry ${i + 1} is not a finite number. Correct it.`);
  }
};

/** Runs the method, on data divided by their size where their squares would overflow or vanish. */
const runMethod = (input: MethodInput): MethodOutput => {
  const { method, threshold } = input.request;
  const scale = tamingScale(input.values);
  if (scale === 1) return methods[method](input);
  const request = { ...input.request, ...(threshold === undefined ? {} : { threshold: threshold / scale }) };
  const output = methods[method]({ ...input, request, values: input.values.map((value) => value / scale) });
  const { valueAtRisk, expectedShortfall } = output.pair;
  return {
    ...output,
    pair: { valueAtRisk: valueAtRisk * scale, expectedShortfall: expectedShortfall * scale },
    details: [["unit of the parameters below", scale], ...output.details],
    scenarios: output.scenarios.map((scenario) => ({ ...scenario, value: scenario.value * scale })),
  };
};

/**
 * Estimates value-at-risk or expected shortfall of a series of returns by any of the eleven methods.
 *
 * @param returns oldest first, negative = loss, finite
 * @param asked method, confidence and options; omitted ones take their defaults
 * @returns the number over the horizon, positive for a loss, with its explanation
 * @throws DomainError badInput, tooLittleData, outsideDomain, notConverged
 */
export const estimateRisk = (returns: Float64Array, asked: RiskRequest): RiskEstimate => {
  checkValues(returns);
  const tail = tailOf(asked);
  const rule = parseQuantileRule(asked.quantile ?? "inc");
  const recent = newest(returns, asked.window);
  const skipped = returns.length - recent.length;
  const request = asked.weights === undefined || skipped === 0 ? asked : { ...asked, weights: asked.weights.slice(skipped) };
  const { values, meanScale, deviationScale, details, warnings } = applyHorizon(recent, request);
  const output = runMethod({ values, tail, rule, meanScale, deviationScale, request });
  const { valueAtRisk, expectedShortfall } = output.pair;
  // Adding 0 turns -0 into 0.
  const value = (request.measure === "valueAtRisk" ? valueAtRisk : expectedShortfall) + 0;
  if (!Number.isFinite(value)) throw new DomainError("outsideDomain", "The result is not a finite number. Check the returns for very large values.");
  return {
    value,
    valueAtRisk,
    expectedShortfall,
    rule: output.rule,
    used: recent.length,
    details: [...output.details, ...details],
    scenarios: skipped === 0 ? output.scenarios : output.scenarios.map((scenario) => ({ ...scenario, position: scenario.position + skipped })),
    warnings: [...output.warnings, ...warnings],
  };
};
