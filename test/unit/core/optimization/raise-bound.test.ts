import { deskBook } from "../../../../bench/solve/desk-book";
import { createNodeSolver } from "../../../../src/adapters/solvers/node-solver";
import { createModelBuilder } from "../../../../src/core/lp/model-builder";
import { tightenUpperBounds } from "../../../../src/core/lp/tighten-bounds";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { buildAllocationModel } from "../../../../src/core/optimization/build-allocation-model";
import { listChoices, relaxationOf, type MoveChoice } from "../../../../src/core/optimization/movement-choices";
import { raiseBound } from "../../../../src/core/optimization/raise-bound";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { solveAllocation } from "../../../../src/core/optimization/solve-allocation";

const solver = createNodeSolver();

it("raises the bound from a part of a charge to the whole one: 6 of 10 are there, 4 must come from a line of 100", async () => {
  const builder = createModelBuilder();
  const coverage = builder.addRow({ lower: 10, upper: 10 });
  const keep = builder.addColumn({ upper: 6 });
  const deliver = builder.addColumn({ upper: 100 });
  for (const column of [keep, deliver]) builder.addEntry(coverage, column, 1);
  const model = builder.build();
  const most = tightenUpperBounds(model);
  const choice: MoveChoice = {
    pair: 0,
    supply: 0,
    demand: 0,
    column: deliver,
    isRecall: false,
    today: 0,
    most: most[deliver]!,
    piece: 0,
    fixed: 5,
    valueRatio: 1,
    caps: [],
  };
  const relaxation = relaxationOf(model, new Float64Array(2), [choice]);
  const relaxed = await solver.solve(relaxation.model);
  // Ten units would pay the charge of 5, so four pay 2.
  expect(relaxed.objective).toBeCloseTo(2, 6);
  const task = { relaxation, relaxed, most, choices: [choice], coverageRow: Int32Array.of(coverage), known: 5, isOver: () => false };
  const solve = (asked: typeof model) => solver.solve(asked);
  expect(await raiseBound({ ...task, solve })).toBeCloseTo(5, 6);
  // When the time is up nothing is asked, and the bound of the relaxation stands.
  expect(await raiseBound({ ...task, solve: () => Promise.reject(new Error("asked")), isOver: () => true })).toBeCloseTo(2, 6);
});

it("never passes the least cost of a book that is proved, and is above the relaxation where movements are dear", async () => {
  let raised = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const book = deskBook({ assets: 10, agreements: 4, seed, fixed: 2_500 });
    const requirements = calculateRequirements(book).value;
    const problem = buildAllocationProblem(book, { requirements }).value;
    const outcome = await solveAllocation(problem, solver, { explainSeconds: 0, hasPrices: false });
    if (!outcome.solve.isOptimal || outcome.coverage.some((line) => !line.isCovered)) continue;
    const model = buildAllocationModel(problem);
    const built = model.builder.build();
    const columnUpper = Float64Array.from(built.columnUpper);
    for (const column of model.index.shortfall) columnUpper[column] = 0;
    const covered = { ...built, columnUpper };
    const most = tightenUpperBounds(covered);
    const choices = listChoices(problem, model.index, covered, most);
    const costs = Float64Array.from({ length: covered.columnCount }, (_, c) => model.index.costs[c] ?? 0);
    const relaxation = relaxationOf(covered, costs, choices);
    const relaxed = await solver.solve(relaxation.model);
    const { coverageRow, constantCost, costScale } = model.index;
    const least = outcome.solve.objective / costScale - constantCost;
    const bound = await raiseBound({
      relaxation,
      relaxed,
      most,
      choices,
      coverageRow,
      // A worse answer than the best, as a search would have it.
      known: least * 1.02,
      solve: (asked) => solver.solve(asked),
      isOver: () => false,
    });
    expect(bound).toBeLessThanOrEqual(least * (1 + 1e-9));
    const spread = relaxed.objective + relaxation.constant;
    expect(bound).toBeGreaterThanOrEqual(spread - 1e-9);
    if (bound > spread + 0.01 * (least - spread)) raised++;
  }
  expect(raised).toBeGreaterThan(3);
});
