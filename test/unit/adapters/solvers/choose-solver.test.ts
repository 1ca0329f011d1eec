import { createSolver } from "../../../../src/adapters/solvers/choose-solver";
import { createHighsSolver } from "../../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import { compareAnswers } from "../../../../src/core/lp/compare-answers";
import { resultWithoutPoint } from "../../../../src/core/lp/solve-result";
import type { Solver, SolveResult } from "../../../../src/core/lp/solver";
import { INTEGER_CASES, LINEAR_CASES } from "../../../contract/solver/linear-cases";

const { model } = LINEAR_CASES[0]!;
const record = { solver: "fake", seconds: 0, iterations: 0, rawStatus: "made up" };

function fake(name: string, answer: () => Promise<SolveResult>): Solver {
  const capabilities = { duals: false, integers: true, needsWebAssembly: false, interruptible: true, basis: false, maxColumns: 1e6, precision: 1e-9 };
  return { name, capabilities, solve: answer };
}

const point = (...values: number[]): SolveResult => ({
  ...resultWithoutPoint("optimal", record),
  primalStatus: "feasiblePoint",
  primal: Float64Array.from(values),
  objective: values[0]! + 2 * values[1]!,
});

describe("createSolver", () => {
  it("passes over an engine whose answer breaks a row, and says so", async () => {
    const solver = createSolver([fake("liar", async () => point(10, 1)), fake("honest", async () => point(10, 5))]);
    const result = await solver.solve(model);
    expect(result.objective).toBe(20);
    expect(result.reason).toBe("liar not believed: row 0 is violated by 4; honest: linear, 2 columns, 1 rows");
  });
  it("passes over an engine that throws", async () => {
    const solver = createSolver([fake("broken", () => Promise.reject(new Error("out of memory"))), fake("honest", async () => point(10, 5))]);
    expect((await solver.solve(model)).reason).toMatch(/^broken not believed: otherError \(out of memory\)/);
  });
  it("does not believe an optimum whose duals leave a gap", async () => {
    const dear: SolveResult = { ...point(0, 15), dualStatus: "feasiblePoint", dual: Float64Array.of(2) };
    const solver = createSolver([fake("dear", async () => dear), fake("honest", async () => point(10, 5))]);
    expect((await solver.solve(model)).reason).toContain("dear not believed: its duals leave a gap of 10");
  });
  it("asks only engines of another kind where an answer unlike that of one is wanted", async () => {
    const solver = createSolver([
      fake("network simplex 1.0", async () => point(9, 6)),
      fake("presolve", async () => point(8, 7)),
      fake("highs 1.15.3", async () => point(10, 5)),
    ]);
    const second = await solver.solve(model, { unlike: "network simplex with side rows 1.0" });
    expect(second).toMatchObject({ objective: 20, reason: "highs 1.15.3: linear, 2 columns, 1 rows" });
    expect(await solver.solve(model, { unlike: "column generation (network simplex 1.0, highs 1.15.3)" })).toMatchObject({
      terminationStatus: "notSupported",
    });
  });
  it("leaves a search that cannot be interrupted alone where an engine before it has left a point", async () => {
    const whole = INTEGER_CASES[0]!.model;
    const found = new Float64Array(whole.columnCount);
    const broken: SolveResult = { ...resultWithoutPoint("numericalError", record), primalStatus: "feasiblePoint", primal: found };
    const asked: string[] = [];
    const search = (name: string, interruptible: boolean): Solver => {
      const engine = fake(name, async () => (asked.push(name), resultWithoutPoint("timeLimit", record)));
      // What an engine says of duals has nothing to do with it.
      return { ...engine, capabilities: { ...engine.capabilities, interruptible, duals: !interruptible } };
    };
    const engines = [search("deaf", false), search("listening", true)];
    const solver = createSolver([fake("doubtful", async () => broken), ...engines]);
    expect((await solver.solve(whole)).reason).toContain("deaf passed over: its search cannot be interrupted, and there is a point");
    expect(asked).toEqual(["listening"]);
    await createSolver(engines).solve(whole);
    expect(asked).toEqual(["listening", "deaf"]);
  });
  it("answers notSupported when no engine takes the model", async () => {
    expect(await createSolver([]).solve(model)).toMatchObject({ terminationStatus: "notSupported", reason: "" });
  });
});

describe("createNodeSolver", () => {
  it("has HiGHS check our own engine, and javascript-lp-solver check HiGHS", async () => {
    const solver = createNodeSolver();
    expect(await solver.solve(model, { unlike: "network simplex 1.0" })).toMatchObject({ solver: "highs 1.15.3", objective: 20 });
    expect(await solver.solve(INTEGER_CASES[0]!.model, { unlike: "highs 1.15.3" })).toMatchObject({ solver: "javascript-lp-solver 1.0.3" });
  });
  it("has our own engines check HiGHS with more patience where a book is too large for javascript-lp-solver", async () => {
    const book = generateWarmUpBook({ assets: 200, agreements: 20, isFull: true });
    const solver = createNodeSolver();
    const first = await createHighsSolver(createHighsLoader()).solve(book);
    const second = await solver.solve(book, { unlike: first.solver });
    expect(second.solver).toContain("network simplex with side rows");
    const { difference, secondGap } = compareAnswers(book, first, second);
    expect(Math.max(difference, secondGap)).toBeLessThanOrEqual(1e-9);
  });
  it("solves a network with our own engine and a knapsack with HiGHS", async () => {
    const solver = createNodeSolver();
    expect((await solver.solve(model)).solver).toMatch(/^network simplex/);
    expect((await solver.solve(INTEGER_CASES[0]!.model)).solver).toMatch(/^highs/);
  });
});
