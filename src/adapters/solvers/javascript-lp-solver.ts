import solver from "javascript-lp-solver";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import { buildElasticModel } from "../../core/lp/elastic-model";
import type { LinearModel } from "../../core/lp/linear-model";
import { scaleModel, unscalePrimal } from "../../core/lp/scale-model";
import { settlePoint } from "../../core/lp/settle-point";
import { resultWithoutPoint, solveTrivialModel, type SolveRecord } from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { fromJavascriptLpSolution, toJavascriptLpModel } from "./javascript-lp-model";

const NAME = "javascript-lp-solver 1.0.3";
/** Beyond these the dense tableau leaves interactive time, and its linear phase cannot be stopped. */
const LARGEST = { columns: 1000, rowsAndBounds: 1200, integers: 60 };
/** Coefficients of 1e-8 and below are silently dropped by the engine; this leaves room. */
const SMALLEST_COEFFICIENT = 1e-6;
const LARGEST_NUMBER = 1e9;
/** The engine rounds to 1e-8; this is what that leaves, in scaled units. */
const NOISE = 1e-7;
/** Total violation, in scaled units, above which the second computation agrees that nothing fits. */
const CONFIRMED_VIOLATION = 1e-6;

/**
 * Creates the plain JavaScript engine: small books, no WebAssembly, no duals. A second opinion and a fallback.
 *
 * Guarded against the known faults of version 1.0.3: everything is scaled, its presolve stays off (it calls rows
 * above 1e10 infeasible), names are generated, every answer is recomputed in double precision, and "infeasible" is
 * repeated only when a second, elastic model agrees.
 */
export function createJavascriptLpSolver(): Solver {
  return {
    name: NAME,
    capabilities: {
      duals: false,
      integers: true,
      needsWebAssembly: false,
      interruptible: false,
      basis: false,
      maxColumns: LARGEST.columns,
      precision: 1e-7,
    },
    solve: (model, options = {}) => Promise.resolve(solve(model, options)),
  };
}

function solve(model: LinearModel, options: SolveOptions): SolveResult {
  const startedAt = performance.now();
  const record = (rawStatus: string): SolveRecord => ({
    solver: NAME,
    seconds: (performance.now() - startedAt) / 1000,
    iterations: 0,
    rawStatus,
  });
  const trivial = solveTrivialModel(model, NAME);
  if (trivial) return trivial;
  const refusal = refuse(model);
  if (refusal) return resultWithoutPoint("notSupported", record(refusal));
  if (options.stop?.requested) return resultWithoutPoint("interrupted", record("stopped before it began"));
  const scaled = scaleModel(model);
  const range = refuseNumbers(scaled.model);
  if (range) return resultWithoutPoint("notSupported", record(range));
  const answer = ask(scaled.model, options);
  if (answer.words === "unbounded") return resultWithoutPoint("unbounded", record(answer.words));
  const noise = scaled.columnFactor.map((factor) => NOISE * factor);
  const primal = settlePoint(model, unscalePrimal(scaled, answer.primal), { noise, isInnerNoise: false });
  const check = checkPrimal(model, primal);
  if (answer.words === "infeasible") {
    // It is known to say "infeasible" while it holds a feasible point; that point is then no optimum we could vouch for.
    if (isPrimalFeasible(check)) return resultWithoutPoint("numericalError", record("called a feasible point infeasible"));
    if (isOutOfTime(startedAt, options)) return resultWithoutPoint("timeLimit", record("no point within the time limit"));
    return confirmInfeasible(scaled.model)
      ? resultWithoutPoint("infeasible", record("infeasible; the elastic model agrees"))
      : resultWithoutPoint("numericalError", record("infeasible; the elastic model does not agree"));
  }
  if (!isPrimalFeasible(check)) {
    return resultWithoutPoint("numericalError", record(`violates row ${check.worstRow} by ${check.rowViolation}`));
  }
  const stoppedEarly = model.integer !== undefined && isOutOfTime(startedAt, options);
  return {
    ...resultWithoutPoint(stoppedEarly ? "timeLimit" : "optimal", record(answer.words)),
    primalStatus: "feasiblePoint",
    objective: check.objective,
    bound: stoppedEarly ? -Infinity : check.objective,
    primal,
  };
}

function isOutOfTime(startedAt: number, options: SolveOptions): boolean {
  return performance.now() - startedAt >= (options.limits?.timeSeconds ?? Infinity) * 1000;
}

function refuse(model: LinearModel): string | undefined {
  let rows = model.rowCount;
  let integers = 0;
  for (let c = 0; c < model.columnCount; c++) {
    if (model.columnUpper[c]! - model.columnLower[c]! < Infinity) rows++;
    if (model.integer?.[c]) integers++;
  }
  if (model.columnCount > LARGEST.columns || rows > LARGEST.rowsAndBounds || integers > LARGEST.integers) {
    return `too large: ${model.columnCount} columns, ${rows} rows and bounds, ${integers} integers`;
  }
  return undefined;
}

function refuseNumbers(scaled: LinearModel): string | undefined {
  for (const value of scaled.values) {
    const size = Math.abs(value);
    if (size !== 0 && (size < SMALLEST_COEFFICIENT || size > LARGEST_NUMBER)) {
      return `coefficients span too many orders of magnitude (${size} after scaling)`;
    }
  }
  return undefined;
}

interface Answer {
  readonly words: "optimal" | "infeasible" | "unbounded";
  readonly primal: Float64Array;
}

function ask(scaled: LinearModel, options: SolveOptions): Answer {
  const model = toJavascriptLpModel(scaled);
  if (model.impossibleRows.length > 0) return { words: "infeasible", primal: new Float64Array(scaled.columnCount).fill(NaN) };
  const timeout = options.limits?.timeSeconds;
  const solution = solver.Solve({
    ...model.definition,
    options: { presolve: false, ...(timeout === undefined ? {} : { timeout: Math.max(1, timeout * 1000) }) },
  }) as Readonly<Record<string, number | boolean | undefined>>;
  const primal = fromJavascriptLpSolution(model, solution);
  if (solution["bounded"] === false && solution["feasible"] !== false) return { words: "unbounded", primal };
  return { words: solution["feasible"] === true ? "optimal" : "infeasible", primal };
}

/** Asks a second time, as the least total violation of all rows, whether really nothing fits. */
function confirmInfeasible(scaled: LinearModel): boolean {
  const elastic = buildElasticModel(scaled);
  const answer = ask(elastic, {});
  if (answer.words !== "optimal") return toJavascriptLpModel(scaled).impossibleRows.length > 0;
  const check = checkPrimal(elastic, answer.primal);
  return isPrimalFeasible(check, 1e-6) && check.objective > CONFIRMED_VIOLATION;
}
