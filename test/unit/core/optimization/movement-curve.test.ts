import { createTimelessSolver } from "../../../support/timeless-solver";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { curveLimits, solveMovementCurve, withMovementCurve } from "../../../../src/core/optimization/movement-curve";
import { solveAllocation } from "../../../../src/core/optimization/solve-allocation";
import { smallBook } from "../../../support/small-book";

test("fewer movements cost more, until they cannot cover", async () => {
  const book = smallBook({
    assets: [30, 30, 40, 300].map((quantity, i) => ({ assetId: `X${i}`, quantity, fundingRate: (i + 1) / 100 })),
    agreements: [
      { agreementId: "A", requirement: 100 },
      { agreementId: "B", requirement: 50 },
    ],
    eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
  });
  const { value } = buildAllocationProblem(book, { requirements: new Map() });
  const points = await solveMovementCurve(value, createTimelessSolver(), [1, 2, 5]);
  expect(points.map((point) => point.shortfall)).toEqual([50, 0, 0]);
  // Two movements: all from the dearest line, 150 at 4 %. Five: 30, 30, 40 of the cheap ones and 50 of it.
  expect(points[1]!.costPerDay * 365).toBeCloseTo(150 * 0.04, 6);
  expect(points[2]!.costPerDay * 365).toBeCloseTo(30 * 0.01 + 30 * 0.02 + 40 * 0.03 + 50 * 0.04, 6);
  expect(points.every((point) => point.movements <= point.limit && point.gap === 0)).toBe(true);
});

test("the limits to try go from few to those of the free optimum", () => {
  expect(curveLimits(12)).toEqual([2, 4, 6, 8, 10, 12]);
  expect(curveLimits(2)).toEqual([1, 2]);
});

test("a small book's answer carries the curve below its own number of movements", async () => {
  const book = smallBook({
    assets: [10, 10, 30].map((quantity, i) => ({ assetId: `X${i}`, quantity, fundingRate: (i + 1) / 100 })),
    agreements: [{ agreementId: "A", requirement: 30 }],
    eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
  });
  const { value } = buildAllocationProblem(book, { requirements: new Map() });
  const solver = createTimelessSolver();
  const outcome = await solveAllocation(value, solver);
  expect(outcome.movements).toHaveLength(3);
  const { curve = [] } = await withMovementCurve(value, outcome, solver);
  // Points that are solved at the same time are the same points.
  const three = { ...solver, capabilities: { ...solver.capabilities, parallel: 3 } };
  expect((await withMovementCurve(value, outcome, three)).curve).toEqual(curve);
  // Two: 10 of the cheapest and 20 of the dearest; one: all of the dearest.
  expect(curve.map((point) => [point.movements, Number((point.costPerDay * 365).toFixed(6)), point.gap])).toEqual([
    [2, 0.7, 0],
    [1, 0.9, 0],
  ]);
});

test("a large book's answer says in a sentence that there is no curve", async () => {
  const assets = Array.from({ length: 21 }, (_, i) => ({ assetId: `X${i}`, quantity: 10, fundingRate: (i + 1) / 100 }));
  const agreements = Array.from({ length: 20 }, (_, j) => ({ agreementId: `A${j}`, requirement: j < 2 ? 10 : 0 }));
  const book = smallBook({ assets, agreements, eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }] });
  const { value } = buildAllocationProblem(book, { requirements: new Map() });
  const solver = createTimelessSolver();
  const outcome = await solveAllocation(value, solver);
  expect(value.pairs).toHaveLength(420);
  expect(outcome.movements).toHaveLength(2);
  const told = await withMovementCurve(value, outcome, solver);
  expect(told.curve).toBeUndefined();
  expect(told.untold).toEqual([expect.stringMatching(/^The cost of fewer movements: told of books of up to 400 pairs/)]);
});
