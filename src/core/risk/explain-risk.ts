import type { RiskEstimate, RiskRequest } from "./risk-request";

/** Where the returns came from: rows of the range and, when given, their dates. */
export interface ReturnOrigin {
  /** Row in the range (1-based) of a position among the returns used. */
  readonly rowOf: (position: number) => number;
  /** Date of a position, as text. */
  readonly dateOf?: (position: number) => string;
  readonly dropped: number;
  readonly notes: readonly string[];
}

/** More scenario rows than this make a spill hard to read; the rest is counted. */
const MOST_SCENARIOS = 500;

/** What was done to the estimate before it became the result. */
export interface RiskResult {
  readonly result: number;
  readonly unit: string;
}

/**
 * Reports an estimate as rows item, value, detail: method, rule, n used, n dropped, the parameters, the scenarios behind the number, warnings.
 */
export const explainRisk = (request: RiskRequest, estimate: RiskEstimate, outcome: RiskResult, origin: ReturnOrigin): (string | number)[][] => {
  const name = request.measure === "valueAtRisk" ? "value at risk" : "expected shortfall";
  const rows: (string | number)[][] = [
    ["item", "value", "detail"],
    [name, outcome.result, outcome.unit],
    ["method", request.method, ""],
    ["rule", estimate.rule, ""],
    ["confidence", request.confidence, request.tailProbability === undefined ? "" : `tail probability ${request.tailProbability}`],
    ["n used", estimate.used, ""],
    ["n dropped", origin.dropped, origin.dropped > 0 ? "blank cells and skipped errors" : ""],
    ["horizon", request.horizon ?? 1, `return periods, scaling=${request.scaling ?? "sqrt"}`],
  ];
  for (const [item, value] of estimate.details) rows.push([item, value, ""]);
  for (const scenario of estimate.scenarios.slice(0, MOST_SCENARIOS)) {
    const date = origin.dateOf === undefined ? "" : `${origin.dateOf(scenario.position)}, `;
    rows.push(["scenario", scenario.value, `${date}row ${origin.rowOf(scenario.position)}, weight ${Number(scenario.weight.toPrecision(6))}`]);
  }
  const hidden = estimate.scenarios.length - MOST_SCENARIOS;
  if (hidden > 0) rows.push(["scenario", "", `and ${hidden} more`]);
  for (const warning of [...estimate.warnings, ...origin.notes]) rows.push(["warning", "", warning]);
  return rows;
};
