import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import type { LinearModel } from "../../../../src/core/lp/linear-model";
import type { SolveResult } from "../../../../src/core/lp/solver";

/** Milliseconds that pass from one look at the clock to the next: no time at all, a usual machine, a slow one, and one that is held up. */
const STEPS = [0, 0.05, 3, 45];

const BOOKS: readonly (readonly [name: string, engine: string, book: () => LinearModel])[] = [
  ["a network", "network simplex 1.0", () => generateWarmUpBook({ assets: 60, agreements: 12, hasTiers: true })],
  ["caps across agreements", "network simplex with side rows 1.0", () => generateWarmUpBook({ assets: 40, agreements: 6, issuers: 5 })],
  ["shares of what is posted", "highs 1.15.3", () => generateWarmUpBook({ assets: 50, agreements: 30, isFull: true })],
  ["more caps than our engine takes", "column generation", () => generateWarmUpBook({ assets: 720, agreements: 12, issuers: 65 })],
  ["whole numbers", "highs 1.15.3", () => generateWarmUpBook({ assets: 20, agreements: 5, isFull: true, hasFixedCosts: true })],
];

/** Solves with a clock that the looks at it move, HiGHS's too: so pauses, slices and reports come wherever the step has them come. */
async function solveBy(step: number, model: LinearModel): Promise<SolveResult> {
  const solver = createNodeSolver();
  let now = 0;
  for (const clock of [performance, Date]) jest.spyOn(clock, "now").mockImplementation(() => (now += step));
  const { seconds: _, ...answer } = await solver.solve(model, { onProgress: () => undefined });
  jest.restoreAllMocks();
  return { ...answer, seconds: 0 };
}

describe("the answer to a run that finishes", () => {
  afterEach(() => jest.restoreAllMocks());

  it.each(BOOKS)("is the same to the last bit on machines of every speed: %s", async (_, engine, book) => {
    const model = book();
    const first = await solveBy(STEPS[0]!, model);
    expect(first.terminationStatus).toBe("optimal");
    expect(first.solver).toContain(engine);
    for (const step of STEPS.slice(1)) expect(await solveBy(step, model)).toEqual(first);
  });
});
