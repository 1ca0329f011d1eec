import { createDeskMachine } from "../../support/desk-machine";
import { createTimelessSolver } from "../../support/timeless-solver";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import { createCrossCheck } from "../../../src/app/cross-check";
import { sampleBook } from "../../../src/app/sample/sample-book";
import { isCrossChecked, notAsked } from "../../../src/app/second-opinion";
import { resultWithoutPoint } from "../../../src/core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../../src/core/lp/solver";
import type { ReportSheet } from "../../../src/core/report/report-sheet";
import { createMemoryWorkbook, toSheetTable } from "../../support/memory-workbook";

const machine = createDeskMachine();

/** The node engines, with another answer of the second one. */
const withSecond = (change: (result: SolveResult) => SolveResult | Promise<SolveResult>): Solver => {
  const engines = createTimelessSolver();
  return {
    ...engines,
    solve: async (model, options: SolveOptions = {}) => {
      const result = await engines.solve(model, options);
      return options.unlike === undefined ? result : change(result);
    },
  };
};

const open = (solver: Solver) => {
  const workbook = createMemoryWorkbook(sampleBook().map(toSheetTable));
  const app = createCollateralApp({ workbook, machine, solver, version: "0" });
  const log = () => workbook.written.find(({ name }) => name === "Run log")?.rows.filter((row) => row[4] === "Second engine") ?? [];
  return { app, log };
};

describe("the second engine's opinion", () => {
  it("comes after the answer, is kept with the run and is one row of its log", async () => {
    const { app, log } = open(createTimelessSolver());
    const told: (string | undefined)[] = [];
    app.subscribe(() => told.push(app.lastRun()?.secondOpinion?.verdict));
    const run = app.run();
    const summary = await run.done;
    expect(summary.secondOpinion).toBeUndefined();
    expect(log()).toEqual([]);
    const opinion = await run.secondOpinion;
    expect(opinion).toMatchObject({ verdict: "agrees" });
    expect(opinion?.difference).toBeLessThanOrEqual(1e-9);
    expect(opinion?.text).toMatch(/^Second engine agrees: (highs|javascript-lp-solver) [\d.]+, difference [\de-]+\.$/);
    expect(app.lastRun()).toEqual({ ...summary, secondOpinion: opinion });
    expect(told.at(-1)).toBe("agrees");
    expect(log()).toEqual([[summary.runId, "2026-11-22 16:00:00", summary.inputHash, opinion?.engine, "Second engine", "OK", "", "", opinion?.text]]);
  });

  it("says a disagreement, and whose proof is the better one", async () => {
    const dearer = withSecond((result) => ({ ...result, primal: result.primal.map((x) => x * (1 + 1e-6)) }));
    const { app, log } = open(dearer);
    const run = app.run();
    const opinion = await run.secondOpinion;
    expect(opinion).toMatchObject({ verdict: "differs" });
    expect(opinion?.text).toMatch(/^Second engine disagrees: .* difference \de-[67] of the cost\. The written answer has the better proof/);
    expect(log()[0]).toEqual(expect.arrayContaining(["CHECK", opinion?.text]));
    expect((await run.done).status).toBe("done");
  });

  it("says so where the second engine calls a book infeasible that the answer covers", async () => {
    const record = { solver: "other engine 1", seconds: 0, iterations: 0, rawStatus: "" };
    const { app } = open(withSecond(() => resultWithoutPoint("infeasible", record)));
    expect(await app.run().secondOpinion).toMatchObject({ verdict: "differs", text: expect.stringContaining("calls the book infeasible") as string });
  });

  it.each([
    ["refuses", () => resultWithoutPoint("notSupported", { solver: "choice of engine", seconds: 0, iterations: 0, rawStatus: "" })],
    ["breaks down", () => Promise.reject<SolveResult>(new Error("out of memory"))],
  ])("says that there is none where every other engine %s", async (_, answer) => {
    const { app, log } = open(withSecond(answer));
    const opinion = await app.run().secondOpinion;
    expect(opinion).toMatchObject({ verdict: "none", text: expect.stringMatching(/^No second engine/) as string });
    expect(log()[0]?.[5]).toBe("Note");
  });

  it("gives way to the next run, without a word", async () => {
    let asked = 0;
    let begun = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (begun = resolve));
    const engines = createTimelessSolver();
    const slow: Solver = {
      ...engines,
      solve: async (model, options = {}) => {
        if (options.unlike === undefined || (asked += 1) > 1) return engines.solve(model, options);
        begun();
        while (!options.stop?.requested) await new Promise((resolve) => setTimeout(resolve, 1));
        return resultWithoutPoint("interrupted", { solver: "", seconds: 0, iterations: 0, rawStatus: "" });
      },
    };
    const { app, log } = open(slow);
    const first = app.run();
    await isAsked;
    const second = app.run();
    expect(await first.secondOpinion).toBeUndefined();
    expect(await second.secondOpinion).toMatchObject({ verdict: "agrees" });
    expect(log().map(([runId]) => runId)).toEqual([(await second.done).runId]);
  });

  it("is asked for books of up to 25,000 pairs; of larger ones it is said that none was", () => {
    const book = (assets: number, agreements: number) => ({ assets: new Array<never>(assets), agreements: new Array<never>(agreements) });
    expect([book(500, 50), book(501, 50), book(2500, 10)].map(isCrossChecked)).toEqual([true, false, true]);
    expect(notAsked(book(2000, 100))).toEqual({
      verdict: "none",
      text: "No second engine was asked: 2000 assets x 100 agreements are more than the 25000 pairs that it checks.",
    });
  });
  it("says of a book that is too large that none was asked, without asking", async () => {
    const book = { assets: new Array<never>(2000), agreements: new Array<never>(100) };
    const solver: Solver = { ...createTimelessSolver(), solve: () => Promise.reject(new Error("nobody may be asked")) };
    const added: ReportSheet[] = [];
    const workbook = { ...createMemoryWorkbook([]), appendLog: async (sheet: ReportSheet) => added.push(sheet) > 0 };
    const crossCheck = createCrossCheck({ workbook, machine, solver, version: "0" });
    const empty = { name: "Run log", title: "Run log", columns: [], rows: [] } as unknown as ReportSheet;
    expect(await crossCheck.ask({ question: notAsked(book), runId: "R", inputHash: "H", log: empty })).toEqual(notAsked(book));
    expect(added[0]?.rows[0]).toEqual(expect.arrayContaining(["R", "H", "Second engine", "Note", notAsked(book).text]));
  });
});
