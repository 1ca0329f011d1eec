import { createDeskMachine } from "../../support/desk-machine";
import { createTimelessSolver } from "../../support/timeless-solver";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import { sampleBook } from "../../../src/app/sample/sample-book";
import { createMemoryWorkbook, toSheetTable } from "../../support/memory-workbook";
import type { Solver } from "../../../src/core/lp/solver";
import type { SearchView } from "../../../src/app/collateral-app";
import { version } from "../../../src/runtime/version";
import manifest from "../../../package.json";

const machine = createDeskMachine();

const appOf = (workbook: ReturnType<typeof createMemoryWorkbook>) =>
  createCollateralApp({ workbook, machine, solver: createTimelessSolver(), version });

const sampleWorkbook = () => createMemoryWorkbook(sampleBook().map(toSheetTable));

const edit = (workbook: ReturnType<typeof createMemoryWorkbook>, table: string, row: number, column: string, cell: unknown): void => {
  workbook.tables = workbook.tables.map((found) => {
    if (found.name !== table) return found;
    const at = (found.values[0] ?? []).indexOf(column);
    return { ...found, values: found.values.map((cells, r) => (r === row ? cells.map((old, c) => (c === at ? (cell as never) : old)) : cells)) };
  });
};

describe("the main job on the sample book", () => {
  it("covers every call, cheaper than today, and writes only what the checker has passed", async () => {
    const workbook = sampleWorkbook();
    const app = appOf(workbook);
    const data = await app.checkData();
    expect(data.issues.filter((issue) => issue.severity === "error")).toEqual([]);
    const summary = await app.run().done;
    expect(summary.status).toBe("done");
    expect(summary.headline).toMatch(/^Covered 9 of 9 calls(, 1 rule type not applied)?\. Cost [\d,.]+ USD\/day, \d+ % below today\. \d+ moves\.$/);
    expect(summary.checks?.passed).toBe(true);
    expect(workbook.written.map((sheet) => sheet.name)).toEqual(["Allocation", "Coverage", "Inventory", "Movements", "Analysis", "Run log"]);
  });

  it("stops before computing when a haircut is blank, and writes nothing", async () => {
    const workbook = sampleWorkbook();
    edit(workbook, "tblEligibility", 1, "haircut", "");
    const summary = await appOf(workbook).run().done;
    expect(summary.status).toBe("blocked");
    expect(summary.headline).toMatch(/1 problem stops the run\. .*haircut is blank\. tblEligibility\[haircut\] row 1 \(Eligibility![A-Z]+6\)/);
    expect(workbook.written).toEqual([]);
  });

  it("says when the inputs changed while it was solving", async () => {
    const workbook = sampleWorkbook();
    let reads = 0;
    const readTables = workbook.readTables;
    workbook.readTables = () => {
      reads += 1;
      if (reads === 2) edit(workbook, "tblAssets", 1, "quantity", 9_999_999);
      return readTables();
    };
    const summary = await appOf(workbook).run().done;
    expect(summary.headline).toMatch(/Inputs changed while solving/);
  });

  it("writes nothing after Cancel", async () => {
    const workbook = sampleWorkbook();
    const run = appOf(workbook).run();
    run.cancel();
    expect(await run.done).toMatchObject({ status: "cancelled", headline: "Cancelled. Nothing was written." });
    expect(workbook.written).toEqual([]);
  });

  it.each([5e6, 5e8])("lets one call far out of reach (%d BTC) make no other short by rounding, and writes no dust", async (requirement) => {
    const workbook = sampleWorkbook();
    edit(workbook, "tblAgreements", 7, "requirement", requirement);
    edit(workbook, "tblAgreements", 7, "marginMethod", "given");
    const { outcome } = await appOf(workbook).run().done;
    expect(outcome?.coverage.filter((line) => !line.isCovered).map((line) => line.agreementId)).toEqual(["VENUE-DERIBITLIKE"]);
    expect(outcome?.movements.filter((movement) => movement.marketValue < 0.01)).toEqual([]);
  });

  it("keeps to the most moves chosen for one run, says so in the headline and the log, and leaves the next run free", async () => {
    const workbook = sampleWorkbook();
    const app = appOf(workbook);
    const free = await app.run().done;
    const most = (free.outcome?.movements.length ?? 0) - 2;
    const capped = await app.run({ maxMovements: most }).done;
    expect(capped.outcome?.movements.length).toBeLessThanOrEqual(most);
    expect(capped.outcome?.costPerDay).toBeGreaterThan(free.outcome?.costPerDay ?? Infinity);
    expect(capped.checks?.passed).toBe(true);
    expect(capped.headline).toContain(`At most ${most} moves, chosen for this run.`);
    expect(JSON.stringify(workbook.written.find((sheet) => sheet.name === "Run log")?.rows)).toContain(`At most ${most} moves`);
    expect((await app.run().done).outcome?.lines).toEqual(free.outcome?.lines);
  });

  it("tells the pane when the run began and, while solving, the currency and the limit of the search", async () => {
    const searches: SearchView[] = [];
    const engine = createTimelessSolver();
    const solver: Solver = {
      ...engine,
      solve: async (model, options) => {
        const result = await engine.solve(model, options);
        const { primal: incumbent, objective } = result;
        // What a linear program has on its way is no answer: only a point that holds every row is shown.
        options?.onProgress?.({ phase: "simplex", seconds: 1, objective: -1e12 });
        if (model.integer) options?.onProgress?.({ phase: "search", seconds: 1, objective, bound: objective - 0.1, gap: 0.1, incumbent });
        return result;
      },
    };
    const app = createCollateralApp({ workbook: sampleWorkbook(), machine, solver, version });
    const run = app.run({ maxMovements: 6, onProgress: ({ search }) => search && searches.push(search) });
    expect(run.startedAt).toBe("2026-11-22T16:00:00.000Z");
    await run.done;
    const [first] = searches;
    expect(first).toMatchObject({ currency: "USD", limitSeconds: 10 });
    expect(searches.filter(({ bestPerDay = 0 }) => bestPerDay < -1e6)).toEqual([]);
    // The gap is that of the figures beside it: of the whole cost, what is paid in any case included.
    const { bestPerDay = NaN, boundPerDay = NaN, gap } = searches.find((search) => search.gap !== undefined) ?? {};
    expect(boundPerDay).toBeLessThanOrEqual(bestPerDay);
    expect(gap).toBeCloseTo((bestPerDay - boundPerDay) / Math.abs(bestPerDay), 9);
  });

  it("gives the same allocation and hash when run again", async () => {
    const [first, second] = [await appOf(sampleWorkbook()).run().done, await appOf(sampleWorkbook()).run().done];
    expect(second.outcome?.lines).toEqual(first.outcome?.lines);
    expect(second.inputHash).toBe(first.inputHash);
  });
});

test("the version shown is that of the package", () => {
  expect(version).toBe(manifest.version);
});
