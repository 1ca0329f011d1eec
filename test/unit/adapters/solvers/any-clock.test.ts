import { createColumnGenerationSolver } from "../../../../src/adapters/solvers/column-generation-solver";
import { createHighsSolver } from "../../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../../src/adapters/solvers/network-solver";
import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import type { LinearModel } from "../../../../src/core/lp/linear-model";
import type { SolveResult, Solver } from "../../../../src/core/lp/solver";

/** Milliseconds that pass from one look at the clock to the next: no time at all, a usual machine, a slow one, and one that is held up. */
const STEPS = [0, 0.05, 3, 45];

/** Network engine and HiGHS together, whatever the choice of engines makes of the book. */
const createColumnGeneration = (): Solver => createColumnGenerationSolver(createNetworkSolver(), createHighsSolver(createHighsLoader()), 0);

const BOOKS: readonly (readonly [name: string, create: () => Solver, book: () => LinearModel])[] = [
  ["a network", createNodeSolver, () => generateWarmUpBook({ assets: 60, agreements: 12, hasTiers: true })],
  ["caps across agreements", createNodeSolver, () => generateWarmUpBook({ assets: 40, agreements: 6, issuers: 5 })],
  ["caps across agreements by column generation", createColumnGeneration, () => generateWarmUpBook({ assets: 240, agreements: 8, issuers: 20 })],
  ["shares of what is posted", createNodeSolver, () => generateWarmUpBook({ assets: 50, agreements: 30, isFull: true })],
  ["whole numbers", createNodeSolver, () => generateWarmUpBook({ assets: 20, agreements: 5, isFull: true, hasFixedCosts: true })],
];

/** Solves with a clock that the looks at it move, HiGHS's too: so pauses, slices and reports come wherever the step has them come. */
async function solveBy(step: number, solver: Solver, model: LinearModel): Promise<SolveResult> {
  let now = 0;
  for (const clock of [performance, Date]) jest.spyOn(clock, "now").mockImplementation(() => (now += step));
  const answer = await solver.solve(model, { onProgress: () => undefined });
  jest.restoreAllMocks();
  return { ...answer, seconds: 0 };
}

describe("the answer to a run that finishes", () => {
  afterEach(() => jest.restoreAllMocks());

  it.each(BOOKS)("is the same to the last bit on machines of every speed: %s", async (_, create, book) => {
    const model = book();
    const first = await solveBy(STEPS[0]!, create(), model);
    expect(first.terminationStatus).toBe("optimal");
    for (const step of STEPS.slice(1)) expect(await solveBy(step, create(), model)).toEqual(first);
  });
});
