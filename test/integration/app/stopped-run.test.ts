import { createWorkerSolver, type WorkerSolver } from "../../../src/adapters/solvers/worker-solver";
import type { RunProgress, RunSummary, SearchView } from "../../../src/app/collateral-app";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import { createDeskMachine } from "../../support/desk-machine";
import { endlessBook, plainBook } from "../../support/endless-book";
import { createMemoryWorkbook, type MemoryWorkbook } from "../../support/memory-workbook";
import { buildNodeWorker, startNodeWorker, type NodeWorker } from "../../support/node-worker";

const started: NodeWorker[] = [];
let solver: WorkerSolver;

beforeAll(buildNodeWorker);
beforeEach(() => {
  const createWorker = (): NodeWorker => {
    const worker = startNodeWorker();
    started.push(worker);
    return worker;
  };
  solver = createWorkerSolver({ createWorker, poolSize: 2 });
});
afterEach(async () => {
  solver.dispose();
  started.forEach((worker) => worker.terminate());
  await Promise.all(started.splice(0).map(({ ended }) => ended));
});

const appOn = (workbook: MemoryWorkbook) => createCollateralApp({ workbook, machine: createDeskMachine(), solver, version: "0" });

const hasGap = ({ search }: RunProgress): boolean => search?.gap !== undefined;

describe("a whole run in a worker thread", () => {
  it("shows answers, bounds and gaps in order; Stop keeps the best of them, says so with its gap, and the answer passes every check", async () => {
    const workbook = createMemoryWorkbook(endlessBook());
    const seen: RunProgress[] = [];
    const run = appOn(workbook).run({
      onProgress: (progress) => {
        seen.push(progress);
        // The third figure with a gap: the search is under way, and only this press ends it.
        if (seen.filter(hasGap).length === 3) run.stop();
      },
    });
    const summary = await run.done;
    const phases = seen.map(({ phase }) => phase).filter((phase, k, all) => phase !== all[k - 1]);
    expect(phases).toEqual(["reading", "computing", "solving", "verifying", "writing"]);
    const shown = seen.flatMap(({ search }): SearchView[] => (search?.bestPerDay === undefined ? [] : [search]));
    shown.forEach(({ bestPerDay = NaN, boundPerDay = -Infinity }, k) => {
      expect(boundPerDay).toBeLessThanOrEqual(bestPerDay);
      expect(bestPerDay).toBeLessThanOrEqual((shown[k - 1]?.bestPerDay ?? Infinity) * (1 + 1e-9));
    });
    expect(seen.filter(hasGap).length).toBeGreaterThanOrEqual(3);
    expectStopped(summary, shown[shown.length - 1]!);
    const log = workbook.written.find(({ name }) => name === "Run log");
    expect(log?.rows[0]).toEqual(expect.arrayContaining(["Run", "Stopped"]));
    expect(JSON.stringify(log?.rows[0])).toMatch(/Gap \d+\.\d+ %, not reproducible/);
  });

  it("writes nothing after Cancel, and the next run is right", async () => {
    const workbook = createMemoryWorkbook(endlessBook());
    const app = appOn(workbook);
    const run = app.run({ onProgress: (progress) => void (hasGap(progress) && run.cancel()) });
    expect(await run.done).toMatchObject({ status: "cancelled", sheets: [] });
    expect(workbook.written).toEqual([]);
    workbook.tables = plainBook();
    const next = await app.run().done;
    expect(next).toMatchObject({ status: "done", coveredCalls: 8, totalCalls: 8, checks: { passed: true } });
    expect(next.outcome?.solve).toMatchObject({ isOptimal: true, isReproducible: true, gap: 0 });
  });
});

const expectStopped = (summary: RunSummary, last: SearchView): void => {
  const { outcome, checks, headline, status } = summary;
  expect(status).toBe("stopped");
  expect(checks?.passed).toBe(true);
  expect(checks?.checks.length).toBeGreaterThan(3);
  expect(outcome?.solve).toMatchObject({ isOptimal: false, isReproducible: false });
  expect(headline).toMatch(/^Stopped at \d+ s\. Covered 8 of 8 calls\./);
  expect(headline).toMatch(/At most \d+\.\d % above the best possible cost, moves included\./);
  const { objective = NaN, bound = NaN, gap = NaN } = outcome?.solve ?? {};
  expect(objective / 30).toBeLessThanOrEqual((last.bestPerDay ?? NaN) * (1 + 1e-6));
  expect(bound).toBeLessThan(objective);
  expect(gap).toBeCloseTo((objective - bound) / objective, 9);
};
