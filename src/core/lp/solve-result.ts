import { checkPrimal } from "./check-primal";
import type { LinearModel } from "./linear-model";
import type { SolveResult, TerminationStatus } from "./solver";

/** Who answered and how long it took: the part of a result that every engine fills in alike. */
export interface SolveRecord {
  readonly solver: string;
  readonly seconds: number;
  readonly iterations: number;
  readonly rawStatus: string;
}

const NOTHING = new Float64Array(0);

/** Builds the result of a run that found no point. */
export function resultWithoutPoint(terminationStatus: TerminationStatus, record: SolveRecord): SolveResult {
  return {
    terminationStatus,
    primalStatus: "noSolution",
    dualStatus: "noSolution",
    objective: NaN,
    bound: terminationStatus === "infeasible" ? Infinity : -Infinity,
    primal: NOTHING,
    dual: NOTHING,
    reducedCosts: NOTHING,
    ...record,
  };
}

/** Builds the result of an infeasible model with the row multipliers that prove it. */
export function resultWithInfeasibilityProof(ray: Float64Array, record: SolveRecord): SolveResult {
  return { ...resultWithoutPoint("infeasible", record), dualStatus: "infeasibilityCertificate", dual: ray };
}

/** Computes c - A'y for every column. */
export function computeReducedCosts(model: LinearModel, dual: Float64Array): Float64Array {
  const { columnCount, starts, indices, values, objective } = model;
  const reduced = new Float64Array(columnCount);
  for (let c = 0, k = 0; c < columnCount; c++) {
    let own = objective[c]!;
    for (const end = starts[c + 1]!; k < end; k++) own -= values[k]! * dual[indices[k]!]!;
    reduced[c] = own;
  }
  return reduced;
}

/**
 * Answers models without rows or without columns, which need no engine and which some engines refuse.
 *
 * @returns undefined when the model has both rows and columns
 */
export function solveTrivialModel(model: LinearModel, solver: string): SolveResult | undefined {
  if (model.columnCount > 0 && model.rowCount > 0) return undefined;
  const record = { solver, seconds: 0, iterations: 0, rawStatus: "answered without the engine: no rows or no columns" };
  const primal = new Float64Array(model.columnCount);
  for (let c = 0; c < model.columnCount; c++) {
    const whole = model.integer?.[c] === 1;
    const lower = whole ? Math.ceil(model.columnLower[c]! - 1e-9) : model.columnLower[c]!;
    const upper = whole ? Math.floor(model.columnUpper[c]! + 1e-9) : model.columnUpper[c]!;
    if (lower > upper) return resultWithoutPoint("infeasible", record);
    const cost = model.objective[c]!;
    const best = cost > 0 ? lower : cost < 0 ? upper : Math.min(Math.max(0, lower), upper);
    if (!Number.isFinite(best)) return resultWithoutPoint("unbounded", record);
    primal[c] = best;
  }
  const check = checkPrimal(model, primal);
  if (check.worstRow >= 0) {
    // Without columns the row itself says 0 >= lower or 0 <= upper, which is the whole proof.
    const ray = new Float64Array(model.rowCount);
    ray[check.worstRow] = 1;
    return resultWithInfeasibilityProof(ray, record);
  }
  return {
    terminationStatus: "optimal",
    primalStatus: "feasiblePoint",
    dualStatus: "feasiblePoint",
    objective: check.objective,
    bound: check.objective,
    primal,
    dual: new Float64Array(model.rowCount),
    reducedCosts: Float64Array.from(model.objective),
    ...record,
  };
}
