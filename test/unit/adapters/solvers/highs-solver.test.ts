import type { Highs } from "highs";
import { createSolver } from "../../../../src/adapters/solvers/choose-solver";
import { createHighsSolver } from "../../../../src/adapters/solvers/highs-solver";
import { toJavascriptLpModel } from "../../../../src/adapters/solvers/javascript-lp-model";
import { createHighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";
import type { SolveResult } from "../../../../src/core/lp/solver";

/** A loader whose HiGHS counts the models that it makes and disposes, and what it is asked to read. */
function countingLoader() {
  const loader = createHighsLoader();
  const counts = { made: 0, disposed: 0, runs: 0, other: [] as string[] };
  const watch = (highs: Highs): Highs =>
    new Proxy(highs, {
      get(target, key) {
        const own = Reflect.get(target, key) as unknown;
        if (key === "createModel") {
          return () => {
            counts.made++;
            const model = target.createModel();
            const [dispose, run] = [model.dispose.bind(model), model.run.bind(model)];
            model.run = (callbacks) => {
              counts.runs++;
              return run(callbacks);
            };
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
    expect(counts).toMatchObject({ made: 2, disposed: 2, other: [] });
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

describe("slices of HiGHS", () => {
  const model = generateWarmUpBook({ assets: 40, agreements: 12, isFull: true });
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ["in one go", undefined],
    ["in slices", { firstPivots: 20, smallestModel: 0 }],
  ])("give the same answer to the last bit whatever the clock says (%s)", async (_, slices) => {
    const loader = createHighsLoader();
    await loader.load();
    const answers: SolveResult[] = [];
    // Milliseconds that pass from one look at the clock to the next: on a machine without time, a usual one, and one that is held up.
    for (const step of [0, 0.05, 1.5, 40]) {
      let now = 0;
      // HiGHS counts its time by the date.
      for (const clock of [performance, Date]) jest.spyOn(clock, "now").mockImplementation(() => (now += step));
      answers.push({ ...(await createHighsSolver(loader, slices).solve(model)), seconds: 0 });
      jest.restoreAllMocks();
    }
    expect(answers[0]!.terminationStatus).toBe("optimal");
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
  it("hear a time limit and a stop in the middle of a run, though it is one piece", async () => {
    let now = 0;
    // A millisecond from one look at the clock to the next.
    for (const clock of [performance, Date]) jest.spyOn(clock, "now").mockImplementation(() => ++now);
    const solver = createHighsSolver(createHighsLoader());
    const late = await solver.solve(model, { limits: { timeSeconds: 0.2 } });
    expect(late).toMatchObject({ terminationStatus: "timeLimit", primalStatus: "noSolution" });
    expect(now).toBeLessThan(1000);
    const stop = { requested: false };
    const stopped = await solver.solve(model, { stop, onProgress: ({ phase }) => (stop.requested = phase === "simplex") });
    expect(stopped).toMatchObject({ terminationStatus: "interrupted", primalStatus: "noSolution" });
  });
  it("are counted in pivots, each twice as long as the one before, and end where they end in one go", async () => {
    const { counts, loader } = countingLoader();
    const whole = await createHighsSolver(loader).solve(model);
    expect(counts.runs).toBe(1);
    const sliced = await createHighsSolver(loader, { firstPivots: 20, smallestModel: 0 }).solve(model);
    // 20 + 40 + 80 + ... pivots hold the whole run, and nothing of them is lost or done twice but a few.
    expect(counts.runs - 1).toBeGreaterThan(2);
    expect(20 * (2 ** (counts.runs - 1) - 1)).toBeGreaterThanOrEqual(sliced.iterations);
    expect(20 * (2 ** (counts.runs - 2) - 1)).toBeLessThan(sliced.iterations);
    expect(Math.abs(sliced.objective - whole.objective)).toBeLessThanOrEqual(1e-12 * whole.objective);
  });
  it("are not taken of small models and of whole numbers, so that a page answers as a worker does", async () => {
    const { counts, loader } = countingLoader();
    const whole = await createHighsSolver(loader).solve(model);
    const small = await createHighsSolver(loader, { firstPivots: 20, smallestModel: model.values.length + 1 }).solve(model);
    expect(counts.runs).toBe(2);
    expect({ ...small, seconds: 0 }).toEqual({ ...whole, seconds: 0 });
    const search = generateWarmUpBook({ assets: 8, agreements: 3, hasFixedCosts: true });
    const searched = await createHighsSolver(loader, { firstPivots: 1, smallestModel: 0 }).solve(search);
    expect({ ...searched, seconds: 0 }).toEqual({ ...(await createHighsSolver(loader).solve(search)), seconds: 0 });
  });
  it("find the rows in conflict of an infeasible book as well", async () => {
    const result = await createHighsSolver(createHighsLoader(), { firstPivots: 1, smallestModel: 0 }).solve(book(3));
    expect(result).toMatchObject({ terminationStatus: "infeasible", dualStatus: "infeasibilityCertificate" });
    expect([...result.conflict!.rows]).toEqual([0]);
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
  it("in prices of zero is no gain of what has no upper bound, such as a sum of what is posted", async () => {
    const loader = createHighsLoader();
    const noisy = { load: async () => withNoise(await loader.load()), forget: loader.forget };
    const book = generateWarmUpBook({ assets: 20, agreements: 6, isFull: true });
    const result = await createSolver([createHighsSolver(noisy)]).solve(book);
    expect(result).toMatchObject({ terminationStatus: "optimal", reason: expect.not.stringContaining("not believed") as string });
    expect(result.dual).toEqual((await createHighsSolver(loader).solve(book)).dual);
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
      const noise = (size: number) => (x: number, k: number) => (x === 0 ? (k % 2 === 0 ? size : -size) : x);
      return { ...solution, colValue: solution.colValue.map((x) => (x === 0 ? 1e-12 : x)), rowDual: solution.rowDual.map(noise(1e-15)) };
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
