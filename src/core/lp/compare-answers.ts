import { checkDual } from "./check-dual";
import { checkPrimal, isPrimalFeasible } from "./check-primal";
import type { LinearModel } from "./linear-model";
import type { SolveResult } from "./solver";

/** Two engines' optima of one linear model beside each other, both recomputed from the raw model. */
export interface AnswerComparison {
  /** |difference of the objectives| as a share of the money that the dearer of both answers moves. */
  readonly difference: number;
  /** Relative gap that each answer's own duals prove; Infinity for one that breaks a row or has no duals. */
  readonly firstGap: number;
  readonly secondGap: number;
}

type Answer = Pick<SolveResult, "primal" | "dual" | "dualStatus">;

/**
 * Compares the optima of two engines. Nothing that an engine says of its own answer is used but the two vectors.
 *
 * @param model linear: without whole numbers
 */
export function compareAnswers(model: LinearModel, first: Answer, second: Answer): AnswerComparison {
  const one = objectiveOf(model, first.primal);
  const other = objectiveOf(model, second.primal);
  return {
    difference: Math.abs(one.objective - other.objective) / Math.max(one.moved, other.moved, Number.MIN_VALUE),
    firstGap: provenGap(model, first),
    secondGap: provenGap(model, second),
  };
}

/** The objective and the sum of its terms' sizes: where they cancel, rounding is a share of the latter. */
function objectiveOf({ objective, objectiveOffset, columnCount }: LinearModel, primal: Float64Array): { objective: number; moved: number } {
  let sum = objectiveOffset;
  let moved = Math.abs(objectiveOffset);
  for (let c = 0; c < columnCount; c++) {
    const term = objective[c]! * (primal[c] ?? NaN);
    sum += term;
    moved += Math.abs(term);
  }
  return { objective: sum, moved };
}

function provenGap(model: LinearModel, { primal, dual, dualStatus }: Answer): number {
  if (dualStatus !== "feasiblePoint" || dual.length !== model.rowCount) return Infinity;
  if (!isPrimalFeasible(checkPrimal(model, primal))) return Infinity;
  const check = checkDual(model, { primal, dual });
  return check.dualInfeasibility <= 1e-7 ? Math.max(check.relativeGap, check.dualInfeasibility) : Infinity;
}
