import type { Highs } from "highs";
import { createSolver } from "../../../../src/adapters/solvers/choose-solver";
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

describe("the noise of HiGHS", () => {
  it.each([true, false])("is no posting where the switch is off, so that the answer stands (whole numbers: %s)", async (integer) => {
    const loader = createHighsLoader();
    const noisy = { load: async () => withNoise(await loader.load()), forget: loader.forget };
    const result = await createSolver([createHighsSolver(noisy)]).solve(switchedBook(0.5, integer));
    expect(result).toMatchObject({ terminationStatus: "optimal", objective: 1, reason: expect.not.stringContaining("not believed") as string });
    expect([...result.primal]).toEqual([0.5, 0, 0]);
  });
  it("does not hide a switch that is needed", async () => {
    const result = await createHighsSolver(createHighsLoader()).solve(switchedBook(1.001, true));
    expect([...result.primal]).toEqual([1, expect.closeTo(0.001, 9), 1]);
  });
});

/** HiGHS with noise in the last place of what is zero. */
function withNoise(highs: Highs): Highs {
  const createModel: Highs["createModel"] = () => {
    const model = highs.createModel();
    const read = model.getSolution.bind(model);
    model.getSolution = () => {
      const solution = read();
      return { ...solution, colValue: solution.colValue.map((x) => (x === 0 ? 1e-12 : x)) };
    };
    return model;
  };
  return { ...highs, constants: highs.constants, createModel };
}

/** x + y >= call with x <= 1 and y <= 0.9 z, z a switch. */
function switchedBook(call: number, integer: boolean) {
  const builder = createModelBuilder();
  const row = builder.addRow({ lower: call });
  const room = builder.addRow({ upper: 0 });
  builder.addEntry(row, builder.addColumn({ cost: 2, upper: 1 }), 1);
  const switched = builder.addColumn({ cost: 3 });
  builder.addEntry(row, switched, 1);
  builder.addEntry(room, switched, 1);
  builder.addEntry(room, builder.addColumn({ cost: 5, upper: 1, integer }), -0.9);
  return builder.build();
}

describe("toJavascriptLpModel", () => {
  it("names everything itself, so that no asset called 1INCH, inf or BTC-PERP can interfere", () => {
    const { definition } = toJavascriptLpModel(book(20));
    const names = [...Object.keys(definition.variables), ...Object.keys(definition.constraints)];
    expect(names.every((name) => /^[xru]\d+$/.test(name))).toBe(true);
  });
});
