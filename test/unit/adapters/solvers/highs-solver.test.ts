import type { Highs } from "highs";
import { createHighsSolver } from "../../../../src/adapters/solvers/highs-solver";
import { toJavascriptLpModel } from "../../../../src/adapters/solvers/javascript-lp-model";
import { createHighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";

/** A loader whose HiGHS counts the models that it makes and disposes, and what it is asked to read. */
function countingLoader() {
  const loader = createHighsLoader();
  const counts = { made: 0, disposed: 0, other: [] as string[] };
  const watch = (highs: Highs): Highs =>
    new Proxy(highs, {
      get(target, key) {
        const own = Reflect.get(target, key) as unknown;
        if (key === "createModel") {
          return () => {
            counts.made++;
            const model = target.createModel();
            const dispose = model.dispose.bind(model);
            model.dispose = () => {
              counts.disposed++;
              dispose();
            };
            return model;
          };
        }
        if (key === "solve" || String(key).toLowerCase().includes("read")) counts.other.push(String(key));
        return typeof own === "function" ? (own as (...args: unknown[]) => unknown).bind(target) : own;
      },
    });
  return { counts, loader: { load: async () => watch(await loader.load()), forget: loader.forget } };
}

/** x + y >= 10 with x, y <= `most`, and a third column that has nothing to do with it. */
function book(most: number) {
  const builder = createModelBuilder();
  const row = builder.addRow({ lower: 10 });
  for (const cost of [2, 3]) builder.addEntry(row, builder.addColumn({ cost, upper: most }), 1);
  builder.addEntry(builder.addRow({ upper: 4 }), builder.addColumn({ cost: 1 }), 1);
  return builder.build();
}

describe("createHighsSolver", () => {
  it("disposes every model that it makes, also of an infeasible book, and hands none over as text", async () => {
    const { counts, loader } = countingLoader();
    const solver = createHighsSolver(loader);
    await solver.solve(book(20));
    await solver.solve(book(3));
    expect(counts).toEqual({ made: 2, disposed: 2, other: [] });
  });
  it("says infeasible only after a run without presolve, with a proof and the rows in conflict", async () => {
    const result = await createHighsSolver(createHighsLoader()).solve(book(3));
    expect(result).toMatchObject({ terminationStatus: "infeasible", dualStatus: "infeasibilityCertificate" });
    expect(result.rawStatus).toContain("run again with presolve changed, after infeasible");
    expect([...result.conflict!.rows]).toEqual([0]);
  });
  it("starts from the basis of another engine without a pivot", async () => {
    const model = book(20);
    const solver = createHighsSolver(createHighsLoader());
    const basis = { columns: Int32Array.of(1, 0, 0), rows: Int32Array.of(0, 1) };
    expect(await solver.solve(model, { start: { basis } })).toMatchObject({ terminationStatus: "optimal", objective: 20, iterations: 0 });
  });
});

describe("toJavascriptLpModel", () => {
  it("names everything itself, so that no asset called 1INCH, inf or BTC-PERP can interfere", () => {
    const { definition } = toJavascriptLpModel(book(20));
    const names = [...Object.keys(definition.variables), ...Object.keys(definition.constraints)];
    expect(names.every((name) => /^[xru]\d+$/.test(name))).toBe(true);
  });
});
