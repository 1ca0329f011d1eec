import type { Solver } from "../../../../src/core/lp/solver";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { withMovementCurve } from "../../../../src/core/optimization/movement-curve";
import { solveAllocation } from "../../../../src/core/optimization/solve-allocation";
import { smallBook } from "../../../support/small-book";
import { createTimelessSolver } from "../../../support/timeless-solver";

/** An engine that never proves what can be covered: searches without costs end early, with the answer that they have. */
const impatient = (inner: Solver = createTimelessSolver()): Solver => ({
  ...inner,
  solve: async (model, options) => {
    const result = await inner.solve(model, options);
    const terms = model.objective.reduce((count, cost) => (cost === 0 ? count : count + 1), 0);
    const isCover = model.integer !== undefined && terms === 1;
    return isCover ? { ...result, terminationStatus: "timeLimit", bound: -Infinity } : result;
  },
});

/** Lots of 30 with room for 4 above 80: 60 may be posted, 90 not, and the relaxation covers all. */
const problem = (required: number) =>
  buildAllocationProblem(
    smallBook({
      assets: [{ assetId: "X", quantity: 900, fundingRate: 0.01, lotSize: 30 }],
      agreements: [{ agreementId: "A", requirement: required, overPostCap: 0.05 }],
      eligibility: [{ agreementId: "A", assetId: "X", haircut: 0 }],
    }),
    { requirements: new Map() },
  ).value;

test("a run that did not prove that no more can be covered states no gap of its cost", async () => {
  const { solve, coverage } = await solveAllocation(problem(80), impatient(), { explainSeconds: 0 });
  expect(coverage[0]!.shortfall).toBe(20);
  expect(solve).toMatchObject({ isOptimal: false, gap: Infinity });
  const patient = await solveAllocation(problem(80), createTimelessSolver(), { explainSeconds: 0 });
  expect(patient.solve).toMatchObject({ isOptimal: true, gap: 0 });
});

test("a point of the curve that covers less is left out where more was not ruled out", async () => {
  const cash = { assetId: "CASH", quantity: 20, fundingRate: 0.03 };
  const book = smallBook({
    assets: [{ assetId: "X", quantity: 900, fundingRate: 0.01, lotSize: 30 }, cash],
    agreements: [{ agreementId: "A", requirement: 80, overPostCap: 0.05 }],
    eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
  });
  const { value } = buildAllocationProblem(book, { requirements: new Map() });
  const outcome = await solveAllocation(value, createTimelessSolver());
  expect(outcome.movements).toHaveLength(2);
  expect((await withMovementCurve(value, outcome, createTimelessSolver())).curve).toMatchObject([{ movements: 1, shortfall: 20, gap: 0 }]);
  expect((await withMovementCurve(value, outcome, impatient())).curve).toBeUndefined();
});
