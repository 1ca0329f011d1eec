import { checkDual } from "../../../src/core/lp/check-dual";
import { provesInfeasibility } from "../../../src/core/lp/check-infeasibility";
import { checkPrimal } from "../../../src/core/lp/check-primal";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import type { SolveResult } from "../../../src/core/lp/solver";

/**
 * Says what is wrong with our answer beside HiGHS's on the same model; undefined when it is right.
 *
 * Where the two differ by more than 1e-9 the one whose certificate, recomputed on the raw model, leaves the smaller
 * gap is right. An infeasible answer of ours must carry multipliers that prove it.
 */
export function findFault(model: LinearModel, ours: SolveResult, theirs: SolveResult): string | undefined {
  if (ours.terminationStatus === "infeasible") {
    return provesInfeasibility(model, ours.dual) ? undefined : "infeasible without a proof";
  }
  if (ours.terminationStatus === "unbounded") {
    return theirs.terminationStatus === "unbounded" || theirs.terminationStatus === "otherError"
      ? undefined
      : `unbounded, but HiGHS says ${theirs.terminationStatus} (${theirs.rawStatus})`;
  }
  if (ours.terminationStatus !== "optimal") {
    return `${ours.terminationStatus} (${ours.rawStatus}), HiGHS ${theirs.terminationStatus} ${theirs.objective}`;
  }
  const primal = checkPrimal(model, ours.primal);
  if (primal.relativeRowViolation > 1e-9) return `row ${primal.worstRow} violated by ${primal.relativeRowViolation} of its size`;
  if (primal.relativeBoundViolation > 0) return `column ${primal.worstColumn} outside its bounds`;
  const dual = checkDual(model, ours);
  if (dual.dualInfeasibility > 1e-9) return `dual infeasible by ${dual.dualInfeasibility}`;
  if (dual.relativeGap > 1e-9) return `gap ${dual.relativeGap}`;
  if (theirs.terminationStatus !== "optimal") return undefined;
  const difference = Math.abs(ours.objective - theirs.objective);
  const size = Math.max(Math.abs(ours.objective), 1e-300);
  if (difference <= 1e-9 * size) return undefined;
  const theirGap = Math.abs(checkDual(model, theirs).gap);
  return Math.abs(dual.gap) <= theirGap || difference <= 1e-12
    ? undefined
    : `objective ${ours.objective} (gap ${dual.gap}) against ${theirs.objective} (gap ${theirGap})`;
}
