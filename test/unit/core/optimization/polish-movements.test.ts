import { deskBook } from "../../../../bench/solve/desk-book";
import { buildAllocationModel } from "../../../../src/core/optimization/build-allocation-model";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { amountMoved, listChoices, relaxationOf, roomOfCaps } from "../../../../src/core/optimization/movement-choices";
import { decideWhole, polishMovements, type PolishTask } from "../../../../src/core/optimization/polish-movements";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { scorePoint } from "../../../../src/core/optimization/search-movements";
import { solveStages } from "../../../../src/core/optimization/solve-stages";
import { tightenUpperBounds } from "../../../../src/core/lp/tighten-bounds";
import { createTimelessSolver } from "../../../support/timeless-solver";

const engine = createTimelessSolver();

/** A small desk that is proved, and the search of parts of it from the relaxation's own movements. */
const taskOf = async (seed: number) => {
  const book = deskBook({ assets: 12, agreements: 4, seed, fixed: 800, called: 0.3 });
  const requirements = calculateRequirements(book).value;
  const problem = buildAllocationProblem(book, { requirements }).value;
  const proved = await solveStages(problem, buildAllocationModel(problem), engine, {});
  const model = buildAllocationModel(problem);
  const built = model.builder.build();
  // Everything can be covered: nothing may be short.
  const columnUpper = Float64Array.from(built.columnUpper);
  for (const column of model.index.shortfall) columnUpper[column] = 0;
  const base = { ...built, columnUpper };
  const most = tightenUpperBounds(base);
  const choices = listChoices(problem, model.index, base, most);
  const costs = Float64Array.from({ length: base.columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const relaxation = relaxationOf(base, costs, choices);
  const relaxed = await engine.solve(relaxation.model);
  const { index } = model;
  const task: PolishTask = {
    base,
    costs,
    choices,
    caps: roomOfCaps(problem),
    shortfalls: new Map(),
    relaxed,
    isOver: () => false,
    solve: (asked) => engine.solve(asked),
    search: (asked, start, limits) => engine.solve(asked, { limits, start: { primal: start } }),
    pairColumns: problem.pairs.flatMap(({ demand }, p) =>
      [index.keep[p]!, index.deliver[p]!].filter((column) => column >= 0).map((column) => ({ column, demand })),
    ),
  };
  const start = { ...scorePoint(task, relaxed.primal), primal: relaxed.primal, isComplete: true };
  return { task, start, proved, bound: relaxed.objective + relaxation.constant };
};

describe("movements decided anew", () => {
  it("end between the proved best and where they began, and the bound of all at once is no higher than the proved best", async () => {
    let better = 0;
    for (const seed of [1, 2, 3]) {
      const { task, start, proved, bound } = await taskOf(seed);
      expect(proved.isProved).toBe(true);
      const best = proved.cost.objective;
      const room = 1e-6 * Math.abs(best);
      const parts = await polishMovements(task, start);
      expect(parts.cost).toBeLessThanOrEqual(start.cost);
      expect(parts.cost).toBeGreaterThanOrEqual(best - room);
      const fixed = task.choices.reduce((sum, choice) => sum + (amountMoved(choice, parts.primal[choice.column]!) > 0 ? choice.fixed : 0), 0);
      expect(parts.primal.reduce((sum, x, c) => sum + x * task.costs[c]!, fixed)).toBeCloseTo(parts.cost, 6);
      const whole = await decideWhole(task, parts);
      expect(whole.bound).toBeLessThanOrEqual(best + room);
      expect(whole.bound).toBeGreaterThanOrEqual(bound - room);
      expect(whole.answer.cost).toBeLessThanOrEqual(parts.cost);
      expect(whole.answer.cost).toBeGreaterThanOrEqual(best - room);
      if (parts.cost < start.cost - room) better++;
    }
    expect(better).toBeGreaterThan(0);
  });

  it("stay where they are once the run is over, and that is said not to be the end of the search", async () => {
    const { task, start } = await taskOf(1);
    const ended = await polishMovements({ ...task, isOver: () => true }, start);
    expect(ended.primal).toEqual(start.primal);
    expect(ended.isComplete).toBe(false);
  });
});
