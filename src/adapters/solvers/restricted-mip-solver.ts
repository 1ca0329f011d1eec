import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import type { LinearModel } from "../../core/lp/linear-model";
import { orderByKey } from "../../core/lp/network/order-by-key";
import { expandPrimal, restrictColumns } from "../../core/lp/restrict-columns";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { SolveOptions, SolveProgress, SolveResult, Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";

/** Below this many columns the whole model is as fast. */
const SMALLEST_MODEL = 3000;
/** Columns besides those that the relaxation uses, as a share of them. */
const EXTRA_SHARE = 0.5;
/** Rows with at most this many entries tie their columns together: amount and on-off switch, amount and lots. */
const TIGHT_ROW = 8;
/** Share of the time limit that goes to the restricted model. */
const FIRST_SHARE = 0.6;

/**
 * Creates the engine for large models with whole numbers: first without the whole numbers, for a bound on the whole model;
 * then with the columns that this relaxation uses or nearly uses; then, when the gap to the bound is still too large
 * and time is left, the whole model from the best point found.
 *
 * The bound is always that of the whole model, so that the gap is an honest one.
 *
 * @param relaxers engines for the relaxation, in the order of preference
 * @param general engine for whole numbers
 */
export function createRestrictedMipSolver(relaxers: readonly Solver[], general: Solver, smallestModel = SMALLEST_MODEL): Solver {
  const name = `restricted ${general.name}`;
  const refuse = (rawStatus: string): SolveResult => resultWithoutPoint("notSupported", { solver: name, seconds: 0, iterations: 0, rawStatus });
  const relaxer = createSolver(relaxers);
  return {
    name,
    capabilities: { ...general.capabilities, duals: false, basis: false },
    solve: async (model, options = {}) => {
      if (!model.integer) return refuse("it has no whole numbers");
      if (model.columnCount < smallestModel) return refuse("small enough to be solved whole");
      const startedAt = performance.now();
      const seconds = (): number => (performance.now() - startedAt) / 1000;
      const { integer: _, ...linear } = model;
      const relaxed = await relaxer.solve(linear, withLimit(options, seconds(), 1));
      if (relaxed.terminationStatus !== "optimal") return refuse(`its relaxation is ${relaxed.terminationStatus}`);
      const bound = relaxed.objective;
      const first = await solveRestricted(model, relaxed, general, withLimit(options, seconds(), FIRST_SHARE));
      const gap = gapOf(first.objective, bound);
      const enough = options.limits?.relativeGap ?? 1e-6;
      const record = (text: string, from: SolveResult) => ({
        ...from,
        solver: name,
        seconds: seconds(),
        rawStatus: `${text}; bound of the relaxation ${bound} by ${relaxed.solver}`,
      });
      if (gap <= enough) return record("restricted model within the gap", { ...first, terminationStatus: "optimal", bound });
      if (options.stop?.requested || timeLeft(options, seconds()) <= 0.01) {
        return record("restricted model only", { ...first, terminationStatus: earlyStatus(options), bound });
      }
      const start = first.primalStatus === "feasiblePoint" ? { start: { primal: first.primal } } : {};
      const whole = await general.solve(model, { ...withLimit(options, seconds(), 1), ...start });
      return record("whole model", better(first, { ...whole, bound: Math.max(whole.bound, bound) }));
    },
  };
}

function earlyStatus(options: SolveOptions): "interrupted" | "timeLimit" {
  return options.stop?.requested ? "interrupted" : "timeLimit";
}

function gapOf(objective: number, bound: number): number {
  return Number.isFinite(objective) ? (objective - bound) / Math.max(Math.abs(objective), 1e-12) : Infinity;
}

function timeLeft(options: SolveOptions, secondsUsed: number): number {
  return (options.limits?.timeSeconds ?? Infinity) - secondsUsed;
}

function withLimit(options: SolveOptions, secondsUsed: number, share: number): SolveOptions {
  const left = timeLeft(options, secondsUsed);
  const { start: _, ...rest } = options;
  if (!Number.isFinite(left)) return rest;
  return { ...rest, limits: { ...options.limits, timeSeconds: Math.max(0.001, left * share) } };
}

/** The better of two answers, with the bound and the status of the later one. */
function better(first: SolveResult, second: SolveResult): SolveResult {
  const secondHasPoint = second.primalStatus === "feasiblePoint";
  if (first.primalStatus !== "feasiblePoint" || (secondHasPoint && second.objective <= first.objective)) return second;
  if (second.terminationStatus === "infeasible") return second;
  return { ...second, primalStatus: "feasiblePoint", primal: first.primal, objective: first.objective };
}

async function solveRestricted(model: LinearModel, relaxed: SolveResult, general: Solver, options: SolveOptions): Promise<SolveResult> {
  const columns = chooseColumns(model, relaxed);
  const fixed = model.columnLower;
  const restricted = restrictColumns(model, columns, fixed, new Int32Array(0), new Float64Array(0));
  const onProgress = (progress: SolveProgress): void => {
    const { incumbent, bound: _, gap: __, ...rest } = progress;
    // The restricted model's own bound says nothing about the whole model.
    options.onProgress?.({
      ...rest,
      bound: relaxed.objective,
      ...(progress.objective === undefined ? {} : { gap: gapOf(progress.objective, relaxed.objective) }),
      ...(incumbent ? { incumbent: expandPrimal(restricted, incumbent, fixed) } : {}),
    });
  };
  const result = await general.solve(restricted.model, { ...options, onProgress });
  if (result.primalStatus !== "feasiblePoint") return result;
  const primal = expandPrimal(restricted, result.primal, fixed);
  const check = checkPrimal(model, primal);
  return isPrimalFeasible(check) ? { ...result, primal, objective: check.objective } : { ...result, primalStatus: "infeasiblePoint" };
}

/** Takes the columns that the relaxation uses, the nearest others, and whatever a tight row ties to them. */
function chooseColumns(model: LinearModel, relaxed: SolveResult): Int32Array {
  const chosen = new Uint8Array(model.columnCount);
  const others = new Uint32Array(model.columnCount);
  const keys = new Float32Array(model.columnCount);
  let used = 0;
  let count = 0;
  for (let c = 0; c < model.columnCount; c++) {
    const lower = model.columnLower[c]!;
    // What is not a whole number at its bound cannot be left out there.
    const mustStay = !Number.isFinite(lower) || (model.integer?.[c] === 1 && !Number.isInteger(lower));
    if (mustStay || relaxed.primal[c]! > lower) {
      chosen[c] = 1;
      used++;
    } else {
      others[count] = c;
      keys[count++] = relaxed.reducedCosts[c] ?? 0;
    }
  }
  const near = orderByKey(others.subarray(0, count), keys.subarray(0, count)).subarray(0, Math.ceil(EXTRA_SHARE * used) + 50);
  for (const c of near) chosen[c] = 1;
  tieTogether(model, chosen);
  return Int32Array.from([...chosen.keys()].filter((c) => chosen[c]));
}

function tieTogether(model: LinearModel, chosen: Uint8Array): void {
  const size = new Int32Array(model.rowCount);
  const isTouched = new Uint8Array(model.rowCount);
  for (const row of model.indices) size[row]!++;
  const forEachTight = (c: number, visit: (row: number) => void): void => {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      if (size[model.indices[k]!]! <= TIGHT_ROW) visit(model.indices[k]!);
    }
  };
  for (let c = 0; c < model.columnCount; c++) if (chosen[c]) forEachTight(c, (row) => (isTouched[row] = 1));
  for (let c = 0; c < model.columnCount; c++) if (!chosen[c]) forEachTight(c, (row) => isTouched[row] && (chosen[c] = 1));
}
