import { createHighsLoader, type HighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { createPageSolver } from "../../../../src/adapters/solvers/page-solver";
import { createWorkerSolver } from "../../../../src/adapters/solvers/worker-solver";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";
import type { LinearModel } from "../../../../src/core/lp/linear-model";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import { createInProcessWorker } from "../../../contract/solver/in-process-worker";
import { INTEGER_CASES } from "../../../contract/solver/linear-cases";

const forbidden = () =>
  createWorkerSolver({
    createWorker: () => {
      throw new Error("workers are forbidden");
    },
  });

/** min x + 2y + 3z in rows that need 5, no column in fewer than three of them: no network. */
const crossing = (): LinearModel => {
  const builder = createModelBuilder();
  const columns = [1, 2, 3].map((cost) => builder.addColumn({ cost, upper: 2 }));
  const rows: readonly (readonly number[])[] = [
    [1, 1, 1],
    [1, 2, 4],
    [1, 3, 9],
  ];
  for (const weights of rows) {
    const row = builder.addRow({ lower: 5 });
    weights.forEach((weight, k) => builder.addEntry(row, columns[k]!, weight));
  }
  return builder.build();
};

/** Shares at every agreement: only a general engine takes it. */
const general = (): LinearModel => generateWarmUpBook({ assets: 10, agreements: 4, isFull: true });

/** WebAssembly that a policy refuses. */
const blocked: HighsLoader = {
  load: () => Promise.reject(new Error("WebAssembly is blocked by the content security policy")),
  forget: () => undefined,
};

describe("createPageSolver", () => {
  it("solves everything in the page where no worker may start, and says so", async () => {
    const solver = createPageSolver(forbidden(), createHighsLoader());
    const linear = await solver.solve(general());
    expect(linear).toMatchObject({ terminationStatus: "optimal", solver: "highs 1.15.3" });
    expect(linear.objective).toBe((await createNodeSolver().solve(general())).objective);
    expect(linear.reason).toMatch(/^solver worker passed over: no worker may start: workers are forbidden; .*highs 1\.15\.3: linear/);
    const { model, objective } = INTEGER_CASES[0]!;
    expect((await solver.solve(model)).objective).toBeCloseTo(objective!, 9);
    const network = await solver.solve(generateWarmUpBook({ assets: 8, agreements: 3 }));
    expect(network).toMatchObject({ terminationStatus: "optimal", solver: "network simplex 1.0" });
    // x = y = 2, z = 1: the first row takes 5 in all, the cheap ones first.
    const crossed = await solver.solve(crossing());
    expect(crossed).toMatchObject({ terminationStatus: "optimal", solver: "network simplex with side rows 1.0" });
    expect(crossed.objective).toBeCloseTo(9, 9);
  });

  it("solves without workers and without WebAssembly", async () => {
    const result = await createPageSolver(forbidden(), blocked).solve(general());
    expect(result).toMatchObject({ terminationStatus: "optimal", solver: "javascript-lp-solver 1.0.3" });
    const { objective } = await createNodeSolver().solve(general());
    expect(Math.abs(result.objective - objective)).toBeLessThanOrEqual(1e-7 * Math.abs(objective));
    expect(result.reason).toMatch(/WebAssembly is blocked/);
  });

  it("solves without workers and without WebAssembly what is too large for javascript-lp-solver, shares at every agreement too", async () => {
    const model = generateWarmUpBook({ assets: 200, agreements: 20, isFull: true });
    expect(model.columnCount).toBeGreaterThan(1000);
    const result = await createPageSolver(forbidden(), blocked).solve(model);
    expect(result).toMatchObject({ terminationStatus: "optimal", dualStatus: "feasiblePoint" });
    expect(result.solver).toContain("network simplex with side rows");
    const { objective } = await createNodeSolver().solve(model);
    expect(Math.abs(result.objective - objective)).toBeLessThanOrEqual(1e-9 * Math.abs(objective));
  });

  it("has no engine that holds up the page give a second opinion on more than a few columns", async () => {
    const solver = createPageSolver(forbidden(), blocked);
    const small = await solver.solve(general(), { unlike: "highs 1.15.3" });
    expect(small.terminationStatus).toBe("optimal");
    const model = generateWarmUpBook({ assets: 60, agreements: 8, isFull: true });
    expect(model.columnCount).toBeLessThan(1000);
    const second = await solver.solve(model, { unlike: "network simplex 1.0" });
    expect(second).toMatchObject({ terminationStatus: "otherError", primal: new Float64Array(0) });
    expect(second.reason).toContain("javascript-lp-solver 1.0.3 passed over: it would hold up the page");
  });

  it("keeps a model that broke WebAssembly down in a worker away from the page's", async () => {
    let loads = 0;
    const loader = createHighsLoader();
    const counted: HighsLoader = { ...loader, load: () => (loads++, loader.load()) };
    const broken = {
      ...createPageSolver(forbidden(), blocked),
      solve: () => Promise.reject(new Error("memory access out of bounds")),
    };
    const worker = createWorkerSolver({ createWorker: () => createInProcessWorker(() => broken) });
    const result = await createPageSolver(worker, counted).solve(general());
    expect(result).toMatchObject({ terminationStatus: "optimal", solver: "javascript-lp-solver 1.0.3" });
    expect(result.reason).toMatch(/^solver worker not believed: otherError \(memory access out of bounds\)/);
    expect(loads).toBe(0);
    worker.dispose();
  });
});
