import { createHighsSolver } from "../../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../../src/adapters/solvers/network-solver";
import { createPresolvedSolver } from "../../../../src/adapters/solvers/presolved-solver";
import { checkDual } from "../../../../src/core/lp/check-dual";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";

/** Twenty assets, five kinds of four alike, for three calls. */
function alikeBook(call: number) {
  const builder = createModelBuilder();
  const calls = [1, 2, 3].map((times) => builder.addRow({ lower: times * call }));
  for (let asset = 0; asset < 20; asset++) {
    const kind = asset % 5;
    const owned = builder.addRow({ upper: 10 + asset });
    calls.forEach((row, j) => {
      const column = builder.addColumn({ cost: 1 + ((kind * 7 + j * 3) % 5) });
      builder.addEntry(owned, column, 1);
      builder.addEntry(row, column, 0.99 - 0.1 * kind);
    });
  }
  return builder.build();
}

describe("createPresolvedSolver", () => {
  const solver = createPresolvedSolver([createNetworkSolver()], 0);
  it("answers for the whole book, with a certificate, and says what it left out", async () => {
    const model = alikeBook(30);
    const result = await solver.solve(model);
    expect(result.solver).toMatch(/^presolve \+ network simplex/);
    expect(result.reason).toMatch(/^presolve: 60 columns and 23 rows became 15 and 8: 20 rows alike merged into 5/);
    expect(checkDual(model, result).relativeGap).toBeLessThan(1e-12);
    const reference = await createHighsSolver(createHighsLoader()).solve(model);
    expect(result.objective).toBeCloseTo(reference.objective, 9);
  });
  it("leaves an infeasible book to the engines, which prove it", async () => {
    expect(await solver.solve(alikeBook(300))).toMatchObject({
      terminationStatus: "notSupported",
      rawStatus: "the smaller model has no certain optimum",
    });
  });
  it("has nothing to say where nothing is alike", async () => {
    const builder = createModelBuilder();
    builder.addEntry(builder.addRow({ lower: 2 }), builder.addColumn({ cost: 1 }), 1);
    expect(await solver.solve(builder.build())).toMatchObject({ terminationStatus: "notSupported", rawStatus: "" });
  });
});
