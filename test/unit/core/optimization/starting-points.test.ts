import { buildAllocationModel } from "../../../../src/core/optimization/build-allocation-model";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { findStartingPoints } from "../../../../src/core/optimization/starting-points";
import type { Solver, SolveProgress } from "../../../../src/core/lp/solver";
import { createTimelessSolver } from "../../../support/timeless-solver";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

const engine = createTimelessSolver();

/** Lots, fixed costs and a switched limit; the waterfall takes the cheap bond for both calls, in whole lots. */
const book: SmallBook = {
  assets: [
    { assetId: "CHEAP", quantity: 3_000, price: 10, lotSize: 70, fundingRate: 0.01 },
    { assetId: "MIDDLE", quantity: 2_000, price: 20, lotSize: 30, fundingRate: 0.02 },
    { assetId: "DEAR", quantity: 50_000, price: 1, fundingRate: 0.05 },
  ],
  agreements: [
    { agreementId: "A", requirement: 20_000 },
    { agreementId: "B", requirement: 15_000 },
    { agreementId: "C", requirement: 9_000 },
  ],
  eligibility: [{ agreementId: "*", assetClass: "bond", haircut: 0.1 }],
  costs: [{ assetId: "*", agreementId: "*", deliverFixed: 15, recallFixed: 15 }],
  limits: [{ scopeId: "EACH", group: "CHEAP", limitBasis: "amount", limit: 9_000, appliesAbove: 19_000 }],
  settings: { horizonDays: 30 },
};

const withClass = (tables: SmallBook): ReturnType<typeof smallBook> =>
  smallBook({ ...tables, assets: tables.assets.map((asset) => ({ ...asset, assetClass: "bond" })) });

const startsOf = async (tables: SmallBook) => {
  const problem = buildAllocationProblem(withClass(tables), { requirements: new Map() }).value;
  const model = buildAllocationModel(problem);
  return { problem, model, ...(await findStartingPoints(problem, model, engine)) };
};

/** Answers to what is asked before the search and to linear programs; every search for whole numbers ends at once with nothing. */
const withoutSearch: Solver = {
  ...engine,
  solve: async (model, options) => {
    if (model.integer === undefined || (options?.limits?.nodes ?? 1_000) <= 50) return engine.solve(model, options);
    const { integer: _, ...linear } = model;
    const result = await engine.solve(linear, options);
    const none = new Float64Array(0);
    return { ...result, terminationStatus: "interrupted", primalStatus: "noSolution", primal: none, dual: none, reducedCosts: none };
  },
};

describe("answers without a search", () => {
  it("are the waterfall, alone and with the cost of moving, and today's holdings filled up, the best first", async () => {
    const holdings = [{ agreementId: "A", assetId: "MIDDLE", quantity: 1_140 }];
    const { points, model, wasCut } = await startsOf({ ...book, holdings });
    expect(wasCut).toBe(false);
    expect(points.map(({ name }) => name).sort()).toEqual(["the waterfall", "the waterfall with the cost of moving", "today's holdings"]);
    const costs = points.map(({ primal }) => primal.reduce((sum, x, c) => sum + x * (model.index.costs[c] ?? 0), 0));
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    for (const { primal } of points) for (const column of model.index.shortfall) expect(primal[column]!).toBeLessThan(1e-9);
  });

  it("post nothing twice: what is recalled stays at home in the same run", async () => {
    const holdings = [{ agreementId: "A", assetId: "CHEAP", quantity: 2_800 }];
    const { points, model, problem } = await startsOf({ ...book, holdings });
    expect(points.length).toBeGreaterThan(0);
    const isCheap = (p: number): boolean => problem.supplies[problem.pairs[p]!.supply]!.row.assetId === "CHEAP";
    for (const { primal } of points) {
      const delivered = model.index.deliver.reduce((sum, column, p) => (isCheap(p) ? sum + primal[column]! : sum), 0);
      expect(delivered * model.index.scale).toBeLessThanOrEqual(200 * 10 + 1e-6);
    }
  });

  it("are shown before anything is searched, and a run that is stopped then is no worse", async () => {
    const seen: SolveProgress[] = [];
    const stop = { requested: false };
    const { outcome, report } = await runBook(withClass(book), withoutSearch, {
      stop,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.objective !== undefined) stop.requested = true;
      },
    });
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    const { points, model } = await startsOf(book);
    const best = Math.min(...points.map(({ primal }) => primal.reduce((sum, x, c) => sum + x * (model.index.costs[c] ?? 0), 0)));
    const first = seen.findIndex(({ objective }) => objective !== undefined);
    expect(first).toBe(0);
    const money = (best + model.index.constantCost) * model.index.costScale;
    expect(seen[0]!.objective!).toBeLessThanOrEqual(money * (1 + 1e-9));
    expect(outcome.solve.objective).toBeLessThanOrEqual(seen[0]!.objective! * (1 + 1e-9));
    expect(outcome.coverage.every(({ isCovered }) => isCovered)).toBe(true);
    expect(outcome.solve.isReproducible).toBe(false);
  });

  it("are where a search begins that finds nothing, and the Run log says so", async () => {
    const { outcome } = await runBook(withClass(book), withoutSearch);
    expect(outcome.solve.reason).toMatch(/search started from (the waterfall|the relaxation, rounded)/);
  });
});
