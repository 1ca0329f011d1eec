import { createTimelessSolver } from "../../../support/timeless-solver";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { solveAllocation } from "../../../../src/core/optimization/solve-allocation";
import type { Solver } from "../../../../src/core/lp/solver";
import { smallBook } from "../../../support/small-book";

test("short agreements that are explained at the same time get the explanations of one after the other", async () => {
  const book = smallBook({
    assets: [30, 20, 40].map((quantity, i) => ({ assetId: `X${i}`, quantity, fundingRate: (i + 1) / 100 })),
    agreements: [
      { agreementId: "A", requirement: 50 },
      { agreementId: "B", requirement: 70 },
      { agreementId: "C", requirement: 10 },
    ],
    eligibility: [
      { agreementId: "A", assetId: "X0", haircut: 0.1 },
      { agreementId: "B", assetId: "X1", haircut: 0 },
      { agreementId: "B", assetId: "X2", haircut: 0.05 },
      { agreementId: "C", assetId: "X2", haircut: 0 },
    ],
  });
  const { value: problem } = buildAllocationProblem(book, { requirements: new Map() });
  const node = createTimelessSolver();
  let atOnce = 0;
  let most = 0;
  // Takes a turn of the event loop for each solve, as a worker would, so that the tasks really run side by side.
  const three: Solver = {
    ...node,
    capabilities: { ...node.capabilities, parallel: 3 },
    solve: async (model, options) => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      return node.solve(model, options).finally(() => atOnce--);
    },
  };
  const [alone, together] = [await solveAllocation(problem, node), await solveAllocation(problem, three)];
  expect(alone.conflicts?.length).toBeGreaterThanOrEqual(2);
  expect(alone.conflicts?.every(({ rules, repairs }) => rules.length > 0 && repairs.length > 0)).toBe(true);
  expect(together.conflicts).toEqual(alone.conflicts);
  expect(most).toBeGreaterThan(1);
});
