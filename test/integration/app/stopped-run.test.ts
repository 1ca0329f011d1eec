import { createWorkerSolver, type WorkerSolver } from "../../../src/adapters/solvers/worker-solver";
import type { RunProgress, RunSummary, SearchView } from "../../../src/app/collateral-app";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import type { SheetTable } from "../../../src/core/tables/sheet-table";
import { createDeskMachine } from "../../support/desk-machine";
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

const table = (kind: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): SheetTable => ({
  name: `tbl${kind}`,
  sheet: kind,
  rowIndex: 4,
  columnIndex: 0,
  values: [[...columns], ...rows.map((row) => [...row])],
});

/** Lots of many sizes and fixed costs: answers are found soon, and no search proves the best one within the ten minutes that it has. */
const endlessBook = (): SheetTable[] => {
  let state = 11;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  const agreements = Array.from({ length: 8 }, (_, j) => `A${j}`);
  const assets = Array.from({ length: 40 }, (_, i) => {
    const lot = [7, 11, 13, 17, 19][i % 5]!;
    return [`X${i}`, lot * (20 + Math.floor(60 * random())), 5 + Math.floor(900 * random()) / 10, "USD", Math.floor(300 * random()) / 1e4, lot];
  });
  return [
    table("Assets", ["assetId", "quantity", "price", "priceCurrency", "fundingRate", "lotSize"], assets),
    table(
      "Agreements",
      ["agreementId", "currency", "requirement"],
      agreements.map((id) => [id, "USD", 60_000 + Math.floor(60_000 * random())]),
    ),
    table(
      "Eligibility",
      ["agreementId", "assetId", "haircut"],
      agreements.flatMap((id) => assets.map(([assetId]) => [id, String(assetId), Math.floor(30 * random()) / 100])),
    ),
    table("Fx", ["currency", "rate"], [["USD", 1]]),
    table("Costs", ["assetId", "agreementId", "deliverFixed"], [["*", "*", 40]]),
    table(
      "Settings",
      ["key", "value"],
      [
        ["baseCurrency", "USD"],
        ["timeLimitSeconds", 600],
      ],
    ),
  ];
};

/** The same desk on a day without lots and fixed costs: one linear program. */
const plainBook = (): SheetTable[] =>
  endlessBook()
    .filter(({ name }) => name !== "tblCosts")
    .map((one) => (one.name === "tblAssets" ? { ...one, values: one.values.map((row) => row.slice(0, 5)) } : one));

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
  expect(headline).toMatch(/At most \d+\.\d % above the best possible cost\./);
  const { objective = NaN, bound = NaN, gap = NaN } = outcome?.solve ?? {};
  expect(objective / 30).toBeLessThanOrEqual((last.bestPerDay ?? NaN) * (1 + 1e-6));
  expect(bound).toBeLessThan(objective);
  expect(gap).toBeCloseTo((objective - bound) / objective, 9);
};
