import { createNetworkSolver } from "../../../../src/adapters/solvers/network-solver";
import { segmentConvexCosts, solveConvex } from "../../../../src/core/lp/convex-cost";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";
import { layOutNetwork } from "../../../../src/core/lp/network/network-layout";

/** Two assets for one call, with the linear costs given. */
function twoAssets(call: number, costs: readonly number[], upper = 100) {
  const builder = createModelBuilder();
  const row = builder.addRow({ lower: call, upper: call });
  for (const cost of costs) builder.addEntry(row, builder.addColumn({ cost, upper }), 1);
  return builder.build();
}
const solve = (() => {
  const engine = createNetworkSolver();
  return (model: Parameters<typeof engine.solve>[0]) => engine.solve(model);
})();

describe("solveConvex", () => {
  it("meets the closed form of quadratic costs", async () => {
    // x + 0.05 x^2 and 2 y + 0.1 y^2 with x + y = 30: 1 + 0.1 x = 2 + 0.2 y, so x = 70/3, y = 20/3, cost 205/3.
    const costs = [0.05, 0.1].map((factor, column) => ({ column, cost: (x: number) => factor * x * x }));
    const answer = await solveConvex(twoAssets(30, [1, 2]), costs, solve, 1e-9);
    expect(answer.objective).toBeCloseTo(205 / 3, 6);
    expect(answer.primal[0]).toBeCloseTo(70 / 3, 2);
    expect(answer.gap).toBeLessThanOrEqual(1e-9 * answer.objective);
    expect(answer.objective - 205 / 3).toBeLessThanOrEqual(answer.gap + 1e-12);
    expect(answer.rounds).toBeLessThan(30);
  });
  it("meets the closed form of market impact, which grows with the power 1.5", async () => {
    // 0.2 x^1.5 + 0.1 y^1.5 with x + y = 50: 0.3 sqrt(x) = 0.15 sqrt(y), so y = 4 x: x = 10, y = 40.
    const costs = [0.2, 0.1].map((factor, column) => ({ column, cost: (x: number) => factor * x ** 1.5 }));
    const answer = await solveConvex(twoAssets(50, [0, 0]), costs, solve, 1e-9);
    expect(answer.objective).toBeCloseTo(0.2 * 10 ** 1.5 + 0.1 * 40 ** 1.5, 6);
    expect(answer.primal[1]).toBeCloseTo(40, 2);
  });
  it("stops at a bound that the cost would like to pass", async () => {
    // The second costs far more, but the first has only 8.
    const costs = [0.01, 1].map((factor, column) => ({ column, cost: (x: number) => factor * x * x }));
    const answer = await solveConvex(twoAssets(10, [0, 0], 8), costs, solve);
    expect(answer.primal[0]).toBeCloseTo(8, 6);
    expect(answer.objective).toBeCloseTo(0.01 * 64 + 4, 4);
  });
  it("says when nothing fits", async () => {
    const answer = await solveConvex(twoAssets(300, [1, 1]), [{ column: 0, cost: (x) => x * x }], solve);
    expect(answer.result.terminationStatus).toBe("infeasible");
    expect(answer.gap).toBe(Infinity);
  });
  it("refuses a convex cost on a column without end", async () => {
    await expect(solveConvex(twoAssets(3, [1], Infinity), [{ column: 0, cost: (x) => x * x }], solve)).rejects.toThrow("no finite bounds");
  });
});

describe("segmentConvexCosts", () => {
  it("makes parallel arcs whose chords meet the cost at the breakpoints, and leaves a network one", () => {
    const model = twoAssets(30, [1, 2]);
    const { model: segmented, columnOf } = segmentConvexCosts(model, [{ column: 0, cost: (x) => x * x }], [[0, 10, 30, 100]]);
    expect([...columnOf]).toEqual([0, 0, 0, 1]);
    // Slopes of x^2 between 0, 10, 30 and 100, and the linear cost of 1.
    expect([...segmented.objective]).toEqual([11, 41, 131, 2]);
    expect([...segmented.columnUpper]).toEqual([10, 20, 70, 100]);
    expect(layOutNetwork(segmented).crowdedColumns).toHaveLength(0);
  });
});
