import type { LinearModel } from "../lp/linear-model";
import type { SolveResult, Solver } from "../lp/solver";
import type { AllocationModel } from "./build-allocation-model";
import type { StagedResult } from "./solve-stages";

/** Reduced costs and duals above this keep a column or row where it is. Basis points; far above rounding, far below a price. */
const priceTolerance = 1e-6;

/**
 * Chooses among equally cheap answers: the one nearest to today, then by the fixed order of ids.
 *
 * Moves only on the optimal face: a column with a reduced cost stays put, a row with a dual stays tight, integers stay as they are. So no
 * row on total cost is needed, and the cost cannot change.
 *
 * @param answer the prices that span the face, from priceAnswer
 * @param solver an engine that keeps to the time of the run
 * @returns the settled point, or the given one where the engine has no duals or finds nothing better
 */
export const settleTies = async (
  model: AllocationModel,
  solved: StagedResult,
  answer: PricedAnswer | undefined,
  solver: Solver,
): Promise<Float64Array> => {
  const priced = answer?.result;
  const { model: cost } = solved;
  // With the integers held exactly there is no dust from the search's tolerance on them.
  const primal = cost.integer !== undefined && priced !== undefined && priced.primal.length === cost.columnCount ? priced.primal : solved.primal;
  // Among answers that are not proved best there is no tie to settle.
  if (cost.integer !== undefined && !solved.isProved) return primal;
  if (priced === undefined || priced.dual.length !== cost.rowCount || priced.reducedCosts.length !== cost.columnCount) return primal;
  const face = faceOf(cost, primal, priced.dual, priced.reducedCosts);
  const result = await solver.solve({ ...face, objective: distanceObjective(model, cost.columnCount), objectiveOffset: 0 });
  return result.terminationStatus === "optimal" && result.primal.length === primal.length ? result.primal : primal;
};

/** Prices of an answer and the linear program that they belong to. */
export interface PricedAnswer {
  readonly model: LinearModel;
  readonly result: SolveResult;
}

/** Prices of the answer: those of the linear program, or of the one that remains when integers are settled. */
export const priceAnswer = async (solved: StagedResult, solver: Solver): Promise<PricedAnswer | undefined> => {
  if (solved.model.integer === undefined) return { model: solved.model, result: solved.cost };
  const model = withFixedIntegers(solved.model, solved.primal);
  const result = await solver.solve(model);
  return result.terminationStatus === "optimal" ? { model, result } : undefined;
};

/** The linear program that is left when the integers stay as they are. */
export const withFixedIntegers = (model: LinearModel, primal: Float64Array): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  model.integer?.forEach((isInteger, c) => {
    if (isInteger !== 1) return;
    columnLower[c] = columnUpper[c] = Math.round(primal[c]!);
  });
  const { integer: _, ...continuous } = model;
  return { ...continuous, columnLower, columnUpper };
};

const faceOf = (model: LinearModel, primal: Float64Array, dual: Float64Array, reducedCosts: Float64Array): LinearModel => {
  const fixed = model.integer === undefined ? model : withFixedIntegers(model, primal);
  const columnLower = Float64Array.from(fixed.columnLower);
  const columnUpper = Float64Array.from(fixed.columnUpper);
  const rowLower = Float64Array.from(model.rowLower);
  const rowUpper = Float64Array.from(model.rowUpper);
  for (let c = 0; c < model.columnCount; c++) {
    if (Math.abs(reducedCosts[c]!) <= priceTolerance) continue;
    // At the bound that its sign points to: exact, so that rounding cannot make the face empty.
    const bound = reducedCosts[c]! > 0 ? columnLower[c]! : columnUpper[c]!;
    if (Number.isFinite(bound) && Math.abs(bound - primal[c]!) <= 1e-7 * Math.max(1, Math.abs(bound))) columnLower[c] = columnUpper[c] = bound;
  }
  for (let r = 0; r < model.rowCount; r++) {
    if (Math.abs(dual[r]!) <= priceTolerance) continue;
    const bound = dual[r]! > 0 ? rowLower[r]! : rowUpper[r]!;
    if (Number.isFinite(bound)) rowLower[r] = rowUpper[r] = bound;
  }
  return { ...fixed, columnLower, columnUpper, rowLower, rowUpper };
};

/** Least moved first; then low ids, as a slope too flat to outweigh a movement of more than a thousandth. */
export const distanceObjective = ({ index }: AllocationModel, columnCount: number): Float64Array => {
  const objective = new Float64Array(columnCount);
  const count = index.deliver.length;
  for (let p = 0; p < count; p++) {
    const slope = (1e-3 * (p + 1)) / count;
    objective[index.deliver[p]!] = 1 + slope;
    if (index.keep[p]! >= 0) objective[index.keep[p]!] = -1 + slope;
  }
  for (const column of index.excess) objective[column] = 1e-2;
  return objective;
};
