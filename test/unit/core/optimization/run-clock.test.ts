import { resultWithoutPoint } from "../../../../src/core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../../../src/core/lp/solver";
import { searchKeepingBest } from "../../../../src/core/optimization/keep-incumbent";
import { timeLeft, withinTime } from "../../../../src/core/optimization/run-clock";
import { INTEGER_CASES } from "../../../contract/solver/linear-cases";
import { runBook, smallBook } from "../../../support/small-book";
import { createTimelessSolver } from "../../../support/timeless-solver";

const { model, objective } = INTEGER_CASES[0]!;
const engine = createTimelessSolver();

/** An engine that only notes what it is asked for, and ends as it is told. */
const noting = (end: SolveResult["terminationStatus"] = "timeLimit"): { readonly solver: Solver; readonly asked: SolveOptions[] } => {
  const asked: SolveOptions[] = [];
  const solve = (_: unknown, options: SolveOptions = {}): Promise<SolveResult> => {
    asked.push(options);
    return Promise.resolve(resultWithoutPoint(end, { solver: "noting", seconds: 0, iterations: 0, rawStatus: "" }));
  };
  return { solver: { ...engine, solve }, asked };
};

describe("the time of a run", () => {
  it("ends searching at the limit, making the answer and telling about it a little later", () => {
    const time = { timeSeconds: 10, clock: () => 9 };
    const left = (["search", "answer", "words"] as const).map((use) => Number(timeLeft(time, use).toFixed(9)));
    expect(left).toEqual([1, 2.3, 3]);
    expect(timeLeft({ clock: () => 9 }, "search")).toBe(Infinity);
  });

  it("gives every solve what is left, never more than it asks for, and says that one was cut", async () => {
    const { solver, asked } = noting();
    let now = 0;
    const timed = withinTime(solver, { timeSeconds: 10, clock: () => now }, "search");
    await timed.solve(model);
    await timed.solve(model, { limits: { timeSeconds: 2 } });
    now = 9.5;
    await timed.solve(model, { limits: { timeSeconds: 2, nodes: 7 } });
    expect(asked.map(({ limits }) => limits)).toEqual([{ timeSeconds: 10 }, { timeSeconds: 2 }, { timeSeconds: 0.5, nodes: 7 }]);
    expect(timed.wasCut()).toBe(true);
    const whole = withinTime(noting("optimal").solver, {}, "answer");
    await whole.solve(model);
    expect(whole.wasCut()).toBe(false);
  });

  it("gives what an answer needs after a stop a moment that the stop does not end", async () => {
    const { solver, asked } = noting();
    await withinTime(solver, { stop: { requested: true }, timeSeconds: 10, clock: () => 1 }, "answer").solve(model);
    expect(asked).toEqual([{ limits: { timeSeconds: 0.8 } }]);
  });

  it("says in words what was not told because the time was up", async () => {
    const book = smallBook({
      assets: [{ assetId: "BOND", quantity: 10, price: 100 }],
      agreements: [{ agreementId: "A", requirement: 5_000 }],
      eligibility: [{ agreementId: "A", assetId: "BOND", haircut: 0 }],
    });
    const told = await runBook(book, engine, { timeSeconds: 10 });
    expect(told.outcome.conflicts).toMatchObject([{ agreementId: "A", shortfall: 4_000 }]);
    expect(told.outcome.conflicts[0]?.rules).toContain("BOND inventory");
    expect(told.outcome.conflicts[0]?.untold).toBeUndefined();
    let now = 0;
    const late: Solver = { ...engine, solve: (asked, options) => engine.solve(asked, options).finally(() => (now = 20)) };
    const { outcome, report } = await runBook(book, late, { timeSeconds: 10, clock: () => now });
    expect(outcome.conflicts).toMatchObject([{ shortfall: 4_000, rules: [], untold: "The run ended before the rules in the way were found." }]);
    expect(report.passed).toBe(true);
  });
});

describe("a search that keeps its best", () => {
  const reporting = (incumbents: readonly Float64Array[], end: SolveResult): Solver => ({
    ...engine,
    solve: async (_, options) => {
      for (const incumbent of incumbents) options?.onProgress?.({ phase: "search", seconds: 0, objective: -1e9, bound: -1e6, incumbent });
      return end;
    },
  });
  const ended = resultWithoutPoint("interrupted", { solver: "deaf", seconds: 0, iterations: 0, rawStatus: "" });

  it("answers with the best point that it has shown where the engine ends with nothing, and shows only points that hold every row", async () => {
    const best = (await engine.solve(model)).primal;
    const wrong = best.map(() => 1e6);
    const shown: (number | undefined)[] = [];
    const found = await searchKeepingBest(reporting([wrong, best], ended), model, { onProgress: (progress) => shown.push(progress.objective) });
    expect(shown).toEqual([undefined, objective]);
    expect(found).toMatchObject({ terminationStatus: "interrupted", primalStatus: "feasiblePoint", objective, bound: -1e6 });
    expect((await searchKeepingBest(reporting([wrong], ended), model, {})).primal).toHaveLength(0);
  });

  it("does not believe that there is no answer beside a point that is one", async () => {
    const best = (await engine.solve(model)).primal;
    const found = await searchKeepingBest(reporting([best], { ...ended, terminationStatus: "infeasible", bound: Infinity }), model, {});
    expect(found).toMatchObject({ terminationStatus: "otherError", objective, bound: -Infinity });
  });
});
