import type { Model } from "highs";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import { provesInfeasibility } from "../../core/lp/check-infeasibility";
import type { LinearModel } from "../../core/lp/linear-model";
import { unscaleDual, type ScaledModel } from "../../core/lp/scale-model";
import { computeReducedCosts, resultWithInfeasibilityProof, resultWithoutPoint, type SolveRecord } from "../../core/lp/solve-result";
import type { SolveResult, TerminationStatus } from "../../core/lp/solver";
import { toPoint } from "./highs-model";
import type { HighsRun } from "./highs-run";

/** Beyond this many columns the search for the conflict takes longer than the solve, and it hears no clock. */
const LARGEST_MODEL_FOR_CONFLICT = 500;
/** Prices in scaled units, in which costs are around 2^7 and HiGHS's tolerance is 1e-9. */
const PRICE_NOISE = 1e-11;
/** Settling the whole numbers of a point may take so much longer than the solve was given, seconds. */
const POLISHING = 0.5;

const WORDS: Readonly<Record<number, string>> = {
  7: "Optimal",
  8: "Infeasible",
  9: "Primal infeasible or unbounded",
  10: "Unbounded",
  13: "Time limit reached",
  14: "Iteration limit reached",
  15: "Unknown",
  16: "Solution limit reached",
  17: "Interrupted by user",
};

/** Reads the answer of a finished run back into the model's own units and recomputes its objective and costs. */
export function readHighsResult(
  native: Model,
  model: LinearModel,
  scaled: ScaledModel,
  run: HighsRun,
  timing: Omit<SolveRecord, "rawStatus">,
  notes: readonly string[],
  secondsLeft: number,
): SolveResult {
  const record = { ...timing, rawStatus: [WORDS[run.code] ?? `status ${run.code}`, ...notes].join("; ") };
  if (run.status === "infeasible") return readInfeasible(native, model, scaled, record);
  if (run.status === "unbounded") return resultWithoutPoint("unbounded", record);
  const termination: TerminationStatus = run.status === "infeasibleOrUnbounded" ? "otherError" : run.status;
  // Read before polishing, which runs the model again without whole numbers.
  const bound = readBound(native, model, scaled);
  const raw = readPoint(native, model, scaled);
  if (!raw) return { ...resultWithoutPoint(termination, record), bound };
  const point = model.integer ? polishIntegers(native, model, scaled, raw, secondsLeft) : raw;
  const check = checkPrimal(model, point);
  const isFeasible = isPrimalFeasible(check);
  const isOptimal = termination === "optimal" && isFeasible;
  const hasDuals = termination === "optimal" && !model.integer;
  const dual = hasDuals ? unscaleDual(scaled, withoutNoise(native.getSolution().rowDual)) : new Float64Array(0);
  return {
    terminationStatus: termination === "optimal" && !isFeasible ? "numericalError" : termination,
    primalStatus: isFeasible ? "feasiblePoint" : "infeasiblePoint",
    dualStatus: hasDuals ? "feasiblePoint" : "noSolution",
    objective: check.objective,
    bound: isOptimal && !model.integer ? check.objective : bound,
    primal: point,
    dual,
    reducedCosts: hasDuals ? computeReducedCosts(model, dual) : new Float64Array(0),
    ...(hasDuals ? { basis: readBasis(native) } : {}),
    ...record,
  };
}

/**
 * Takes prices that are rounding noise for nothing: where all terms of a column are such, its reduced cost has a sign by chance, and a
 * column without an upper bound would seem to gain.
 */
function withoutNoise(scaledDual: Float64Array): Float64Array {
  return scaledDual.map((y) => (Math.abs(y) <= PRICE_NOISE ? 0 : y));
}

function readBasis(native: Model): { columns: Int32Array; rows: Int32Array } {
  const basis = native.getBasis();
  return { columns: basis.colStatus, rows: basis.rowStatus };
}

/** Reads the primal point, without the engine's noise. */
function readPoint(native: Model, model: LinearModel, scaled: ScaledModel): Float64Array | undefined {
  if (Number(native.info.get("primal_solution_status")) === 0) return undefined;
  const raw = native.getSolution().colValue;
  return raw.length === model.columnCount ? toPoint(model, scaled, raw) : undefined;
}

/**
 * Fixes the integer columns at whole numbers and solves for the others once more.
 *
 * Branch and cut accepts a switch that is 1e-7 on; with a large amount behind it that is a posting which no one switched on.
 * The point is returned as it was when nothing fits the whole numbers.
 */
function polishIntegers(native: Model, model: LinearModel, scaled: ScaledModel, point: Float64Array, secondsLeft: number): Float64Array {
  const columns: number[] = [];
  for (let c = 0; c < model.columnCount; c++) if (model.integer?.[c]) columns.push(c);
  const indices = Int32Array.from(columns);
  const whole = Float64Array.from(columns, (c) => Math.round(point[c]!) / scaled.columnFactor[c]!);
  native.clearIntegrality();
  native.changeColsBounds({ kind: "set", indices }, whole, whole);
  native.options.set({ primal_feasibility_tolerance: 1e-9, time_limit: Math.min(30, Math.max(0, secondsLeft) + POLISHING) });
  native.zeroAllClocks();
  if (native.run().modelStatus !== 7) return point;
  const polished = readPoint(native, model, scaled);
  return polished && isPrimalFeasible(checkPrimal(model, polished)) ? polished : point;
}

function readBound(native: Model, model: LinearModel, scaled: ScaledModel): number {
  if (!model.integer) return -Infinity;
  const bound = Number(native.info.get("mip_dual_bound"));
  return Number.isFinite(bound) && Math.abs(bound) < 1e100 ? bound / scaled.objectiveFactor + model.objectiveOffset : -Infinity;
}

/** Reads an infeasible answer with its proof (Farkas multipliers, checked on the raw model) and its conflict. */
function readInfeasible(native: Model, model: LinearModel, scaled: ScaledModel, record: SolveRecord): SolveResult {
  const ray = model.integer ? undefined : native.getDualRay();
  const multipliers = ray?.values.map((y, r) => y * scaled.rowFactor[r]!);
  const isProven = multipliers !== undefined && provesInfeasibility(model, multipliers);
  const rawStatus = `${record.rawStatus}; ${isProven ? "proven by row multipliers" : "no multipliers to prove it"}`;
  const result = isProven
    ? resultWithInfeasibilityProof(multipliers, { ...record, rawStatus })
    : resultWithoutPoint("infeasible", { ...record, rawStatus });
  // With whole numbers the search solves one mixed-integer model after the other.
  if (model.integer || model.columnCount > LARGEST_MODEL_FOR_CONFLICT) return result;
  native.options.set({ iis_strategy: 6, time_limit: 2 });
  const iis = native.getIis();
  if (iis.rowIndex.length === 0 && iis.colIndex.length === 0) return result;
  return { ...result, conflict: { rows: iis.rowIndex, columns: iis.colIndex } };
}
