import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { checkDual, isDualCertificate } from "../../../src/core/lp/check-dual";
import { checkPrimal, isPrimalFeasible } from "../../../src/core/lp/check-primal";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import { presolve } from "../../../src/core/lp/presolve/presolve";
import { addRandomSideRows } from "./add-side-rows";
import { plantReductions } from "./plant-reductions";
import { randomNetworkCase, seededRandom } from "./random-network";

const CASES = 400;
/** What each step says of itself. */
const STEPS = ["decide nothing", "of one column", "dominated", "merged with others", "alike merged", "forced by"];

describe("presolve", () => {
  const highs = createHighsSolver(createHighsLoader());
  it("keeps the optimum and can be undone with a certificate of the original; infeasible stays infeasible", async () => {
    const faults: string[] = [];
    const found = new Map<string, number>();
    for (let seed = 0; seed < CASES; seed++) {
      const random = seededRandom(seed + 11);
      const { model: network } = randomNetworkCase(seed);
      const model = plantReductions(seed % 3 === 0 ? addRandomSideRows(network, random) : network, random);
      const reduction = presolve(model);
      if (!reduction) continue;
      for (const word of STEPS) {
        if (reduction.what.includes(word)) found.set(word, (found.get(word) ?? 0) + 1);
      }
      const [small, whole] = [await highs.solve(reduction.model), await highs.solve(model)];
      const fault = judge(model, small, whole, reduction.undo);
      if (fault) faults.push(`seed ${seed} (${reduction.what}): ${fault}`);
    }
    expect(faults).toEqual([]);
    for (const word of STEPS) {
      expect(found.get(word) ?? 0).toBeGreaterThan(20);
    }
  });
});

type Answer = Awaited<ReturnType<ReturnType<typeof createHighsSolver>["solve"]>>;

function judge(model: LinearModel, small: Answer, whole: Answer, undo: NonNullable<ReturnType<typeof presolve>>["undo"]): string | undefined {
  if (small.terminationStatus !== "optimal") {
    const agrees = whole.terminationStatus !== "optimal";
    return agrees ? undefined : `${small.terminationStatus} (${small.rawStatus}), but the whole model is optimal`;
  }
  const isKnown = whole.terminationStatus === "optimal";
  // Where HiGHS loses its way on the whole model, the certificate alone has to do.
  if (!isKnown && whole.terminationStatus !== "numericalError")
    return `optimal, but the whole model is ${whole.terminationStatus} (${whole.rawStatus})`;
  const pair = undo(small);
  const primal = checkPrimal(model, pair.primal);
  if (!isPrimalFeasible(primal, 1e-8)) return `row ${primal.worstRow} is violated by ${primal.relativeRowViolation}`;
  const dual = checkDual(model, pair);
  if (!isDualCertificate(dual, 1e-8)) return `gap ${dual.relativeGap}, dual infeasible by ${dual.dualInfeasibility} at ${dual.worstColumn}`;
  if (!isKnown) return undefined;
  const difference = Math.abs(primal.objective - whole.objective);
  return difference <= 1e-8 * Math.max(1e-9, Math.abs(whole.objective)) ? undefined : `objective ${primal.objective} against ${whole.objective}`;
}
