import { checkPrimal, isPrimalFeasible } from "../lp/check-primal";
import type { LinearModel } from "../lp/linear-model";
import type { SolveOptions, SolveProgress, SolveResult, Solver } from "../lp/solver";

/** A point that holds every row, and what it costs. */
export interface CheckedPoint {
  readonly primal: Float64Array;
  readonly objective: number;
}

/** Differences below this share of the objective are noise of the engine's tolerances. */
const noise = 1e-9;

/** Checks a point of a model; columns that were added since are 0. */
export const checkedPoint = (model: LinearModel, point: Float64Array): CheckedPoint | undefined => {
  const primal = new Float64Array(model.columnCount);
  primal.set(point.subarray(0, model.columnCount));
  const check = checkPrimal(model, primal);
  return isPrimalFeasible(check) ? { primal, objective: check.objective } : undefined;
};

/** True where the first costs clearly less than the second. */
export const isCheaper = (first: number, second: number): boolean => first < second - noise * Math.max(1e-9, Math.abs(second));

/** An answer of an engine with the point of somebody else: prices do not belong to it. */
export const withPoint = (result: SolveResult, { primal, objective }: CheckedPoint): SolveResult => ({
  ...result,
  primal,
  objective,
  primalStatus: "feasiblePoint",
  dualStatus: "noSolution",
  dual: new Float64Array(0),
  reducedCosts: new Float64Array(0),
});

/**
 * Searches and never loses a point that it has shown: incumbents are checked as they arrive, only those that pass are shown, and the best of
 * them is the answer where the engine ends with something worse or with nothing.
 *
 * @param isShown false for points that hold the rows but are no answer of the book
 * @param isWhole false where the model is a part of the real one, so that its bound bounds nothing
 */
export const searchKeepingBest = async (
  solver: Solver,
  model: LinearModel,
  options: SolveOptions,
  isShown: (point: CheckedPoint) => boolean = () => true,
  isWhole = true,
): Promise<SolveResult> => {
  let best: CheckedPoint | undefined;
  let shown: CheckedPoint | undefined;
  let proved = -Infinity;
  const onProgress = ({ objective: _, gap: __, bound, ...progress }: SolveProgress): void => {
    if (isWhole && bound !== undefined) proved = Math.max(proved, bound);
    const point = progress.incumbent === undefined ? undefined : checkedPoint(model, progress.incumbent);
    if (point !== undefined && (best === undefined || point.objective < best.objective)) best = point;
    if (point !== undefined && (shown === undefined || point.objective < shown.objective) && isShown(point)) shown = point;
    options.onProgress?.({
      ...progress,
      ...(shown === undefined ? {} : { objective: shown.objective }),
      ...(Number.isFinite(proved) ? { bound: proved } : {}),
    });
  };
  const answer = await solver.solve(model, { ...options, onProgress });
  // What was proved on the way holds, also where the engine was ended before it could say so once more.
  const result = answer.terminationStatus === "infeasible" || !(proved > answer.bound) ? answer : { ...answer, bound: proved };
  if (best === undefined) return result;
  const isUsed = result.primalStatus === "feasiblePoint" && !isCheaper(best.objective, result.objective);
  // "Infeasible" beside a point that holds every row is a mistake of the engine's.
  if (!isUsed && result.terminationStatus === "infeasible") return { ...withPoint(result, best), terminationStatus: "otherError", bound: -Infinity };
  return isUsed ? result : withPoint(result, best);
};
