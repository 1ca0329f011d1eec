import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { createWarmUp } from "../../../../src/adapters/solvers/warm-up";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import { createWorkerSolver } from "../../../../src/adapters/solvers/worker-solver";
import { resultWithoutPoint } from "../../../../src/core/lp/solve-result";
import type { SolveResult, Solver } from "../../../../src/core/lp/solver";
import { createInProcessWorker } from "../../../contract/solver/in-process-worker";
import { LINEAR_CASES } from "../../../contract/solver/linear-cases";

const { model, objective } = LINEAR_CASES[0]!;

describe("createWarmUp", () => {
  it("has every engine answer, in its few steps", async () => {
    const answers: SolveResult[] = [];
    const engine = createNodeSolver();
    const watched: Solver = {
      ...engine,
      solve: async (asked, options) => {
        const answer = await engine.solve(asked, { ...options, limits: {} });
        answers.push(answer);
        return answer;
      },
    };
    const warmUp = createWarmUp();
    const steps = warmUp.stepsLeft;
    while (warmUp.stepsLeft > 0) await warmUp.step(watched, { requested: false });
    expect(answers).toHaveLength(steps);
    expect(new Set(answers.map(({ terminationStatus }) => terminationStatus))).toEqual(new Set(["optimal"]));
    const engines = new Set(answers.map(({ solver }) => solver.replace(/^presolve \+ /, "").replace(/ [\d.]+$/, "")));
    expect(engines).toEqual(new Set(["highs", "network simplex", "network simplex with side rows"]));
  });

  it("takes a step that was stopped again, and one that failed no more", async () => {
    const warmUp = createWarmUp();
    const steps = warmUp.stepsLeft;
    const failing: Solver = { ...createNodeSolver(), solve: () => Promise.reject(new Error("no")) };
    await warmUp.step(failing, { requested: true });
    expect(warmUp.stepsLeft).toBe(steps);
    await warmUp.step(failing, { requested: false });
    expect(warmUp.stepsLeft).toBe(steps - 1);
  });

  it("gives way to a problem within a step", async () => {
    const engine = createNodeSolver();
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    // The first step takes until it is told to stop, as a long slice would.
    const patient: Solver = {
      ...engine,
      solve: async (asked, options = {}) => {
        if (asked.columnCount === model.columnCount) return engine.solve(asked, options);
        begin();
        while (!options.stop?.requested) await new Promise((resolve) => setTimeout(resolve, 1));
        return resultWithoutPoint("interrupted", { solver: "", seconds: 0, iterations: 0, rawStatus: "" });
      },
    };
    const solver = createWorkerSolver({ createWorker: () => createInProcessWorker(() => patient) });
    solver.warm();
    await begun;
    expect(await solver.solve(model)).toMatchObject({ terminationStatus: "optimal", objective });
    solver.dispose();
  });
});

describe("generateWarmUpBook", () => {
  it("is the same every time, with whole numbers only where asked", () => {
    const shape = { assets: 6, agreements: 3, isFull: true };
    expect(generateWarmUpBook(shape)).toEqual(generateWarmUpBook(shape));
    expect(generateWarmUpBook(shape).integer).toBeUndefined();
    expect(generateWarmUpBook({ ...shape, hasFixedCosts: true }).integer).toBeDefined();
  });
});
