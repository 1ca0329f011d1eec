import { generateAllocationModel } from "../../../bench/solve/allocation-model";
import { createSideNetworkSolver } from "../../../src/adapters/solvers/side-network-solver";
import { createModelBuilder } from "../../../src/core/lp/model-builder";

/** Two assets, two agreements and a cap on what both post together, which crosses the inventories. */
function cappedBook(cap: number) {
  const builder = createModelBuilder();
  const inventory = [100, 100].map((upper) => builder.addRow({ upper }));
  const cover = [60, 50].map((lower) => builder.addRow({ lower }));
  const capRow = builder.addRow({ upper: cap });
  const cost = [1, 2];
  inventory.forEach((asset, i) =>
    cover.forEach((agreement, j) => {
      const column = builder.addColumn({ cost: cost[i]! });
      builder.addEntry(asset, column, 1);
      builder.addEntry(agreement, column, 1);
      // The cheap asset counts half against the cap, the dear one a quarter, and that only at the first agreement.
      if (i === 0 || j === 0) builder.addEntry(capRow, column, i === 0 ? 0.5 : 0.25);
    }),
  );
  return { model: builder.build(), capRow };
}

describe("createSideNetworkSolver", () => {
  it("solves a book with a cap across agreements, with the price of the cap", async () => {
    // 110 needed in all. Without the cap: 100 cheap + 10 dear = 120, which takes 50 of the cap. With 40: 80 cheap and
    // 30 dear at the second agreement: 140. One more of the cap makes 2 cheap of 2 dear: -2.
    const { model, capRow } = cappedBook(40);
    const result = await createSideNetworkSolver().solve(model);
    expect(result).toMatchObject({ terminationStatus: "optimal", primalStatus: "feasiblePoint", dualStatus: "feasiblePoint" });
    expect(result.objective).toBeCloseTo(140, 9);
    expect(result.dual[capRow]).toBeCloseTo(-2, 9);
    expect(result.basis?.rows[capRow]).toBe(2);
  });
  it("starts again from a basis and its prices, whatever it has solved before", async () => {
    const book = generateAllocationModel({ assets: 40, agreements: 6, seed: 3, issuerRows: 4 });
    const solver = createSideNetworkSolver();
    const { basis } = await solver.solve(book);
    const called = { ...book, rowLower: book.rowLower.map((bound) => bound * 1.01) };
    const start = { basis: basis! };
    await solver.solve(cappedBook(40).model);
    const known = await solver.solve(called, { start });
    const fresh = await createSideNetworkSolver().solve(called, { start });
    expect(known.terminationStatus).toBe("optimal");
    expect([...known.primal]).toEqual([...fresh.primal]);
    expect(known.iterations).toBe(fresh.iterations);
    expect(known.iterations).toBeLessThan((await solver.solve(called)).iterations);
  });
  it("gives a cap that does not bind no price", async () => {
    const { model, capRow } = cappedBook(60);
    const result = await createSideNetworkSolver().solve(model);
    expect(result.objective).toBeCloseTo(120, 9);
    expect(result.dual[capRow]).toBe(0);
    expect(result.basis?.rows[capRow]).toBe(1);
  });
  it("proves that a cap cannot be kept", async () => {
    // All 100 dear: 50 at the second agreement, 50 at the first, and 10 cheap: 50 x 0.25 + 10 x 0.5 = 17.5 at least.
    const result = await createSideNetworkSolver().solve(cappedBook(17).model);
    expect(result).toMatchObject({ terminationStatus: "infeasible", dualStatus: "infeasibilityCertificate" });
  });
  it("refuses whole numbers and plain networks", async () => {
    const { model } = cappedBook(40);
    const whole = { ...model, integer: new Uint8Array(model.columnCount).fill(1) };
    expect(await createSideNetworkSolver().solve(whole)).toMatchObject({ terminationStatus: "notSupported", rawStatus: "it has whole numbers" });
  });
  it("ends when its time is over before it has begun", async () => {
    const result = await createSideNetworkSolver().solve(cappedBook(40).model, { limits: { timeSeconds: 0 } });
    expect(result).toMatchObject({ terminationStatus: "timeLimit", primalStatus: "noSolution" });
  });
});
