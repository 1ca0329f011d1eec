import { buildAllocationProblem } from "../../../src/core/optimization/allocation-problem";
import { coveredValues } from "../../../src/core/optimization/collateral-value";
import { brokenLimits } from "../../../src/core/optimization/limit-room";
import type { AllocationProblem } from "../../../src/core/optimization/problem-shape";
import { waterfallQuantities } from "../../../src/core/optimization/waterfall";
import { runBook, smallBook, type SmallBook } from "../../support/small-book";
import { seededRandom } from "../lp/random-network";

const assetIds = ["X0", "X1", "X2", "X3", "X4"];
const agreementIds = ["A0", "A1", "A2"];

/** Five assets, three agreements by priority, a tiered pair, and limits of an amount, a requirement and a posted share. */
const bookOf = (seed: number): SmallBook => {
  const random = seededRandom(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  return {
    assets: assetIds.map((assetId, i) => ({
      assetId,
      quantity: Math.round(between(100, 400)),
      price: 1 + (i % 2),
      fundingRate: between(0.005, 0.05),
      ...(random() < 0.2 ? { lotSize: 10 } : {}),
    })),
    agreements: agreementIds.map((agreementId, j) => ({ agreementId, requirement: between(50, 400), priority: j + 1 })),
    eligibility: assetIds.flatMap((assetId) =>
      agreementIds.flatMap((agreementId) => {
        if (random() < 0.2) return [];
        return [{ assetId, agreementId, ...(assetId === "X4" ? { tierTable: "t" } : { haircut: between(0, 0.4) }) }];
      }),
    ),
    tiers: [
      { tierTable: "t", assetId: "X4", tierUnit: "value", upTo: 60, ratio: 0.95 },
      { tierTable: "t", assetId: "X4", tierUnit: "value", upTo: 5000, ratio: 0.5 },
    ],
    limits: [
      { scopeId: "A0", group: "X0", limitBasis: "amount", limit: between(20, 150) },
      { scopeId: "EACH", group: "X1", limitBasis: "requirement", valueBasis: "afterHaircut", limit: between(0.2, 0.9) },
      { scopeId: "A2", group: "EACH", limitBasis: "posted", valueBasis: "afterHaircut", limit: between(0.4, 0.9) },
    ],
    costs: assetIds.flatMap((assetId) => agreementIds.map((agreementId) => ({ assetId, agreementId, fundingRate: between(0.005, 0.05) }))),
    pins: random() < 0.3 ? [{ agreementId: "A1", assetId: "X2", action: "atMost", quantity: between(5, 50) }] : [],
  };
};

const problemOf = (book: SmallBook): AllocationProblem => buildAllocationProblem(smallBook(book), { requirements: new Map() }).value;

/** Base currency a year. */
const carryOf = (problem: AllocationProblem, quantities: Float64Array, demand?: number): number =>
  problem.pairs.reduce(
    (sum, pair, p) =>
      demand === undefined || pair.demand === demand ? sum + quantities[p]! * problem.supplies[pair.supply]!.unitValue * pair.costs.carryRate : sum,
    0,
  );

const seeds = Array.from({ length: 80 }, (_, k) => k + 1);

describe("the waterfall", () => {
  test("posts no more than there is, within pins and lots, and keeps every maximum where it covers its call", () => {
    let limited = 0;
    for (const seed of seeds) {
      const problem = problemOf(bookOf(seed));
      const quantities = waterfallQuantities(problem);
      const used = new Float64Array(problem.supplies.length);
      problem.pairs.forEach((pair, p) => {
        const supply = problem.supplies[pair.supply]!;
        used[pair.supply]! += quantities[p]!;
        expect(quantities[p]!).toBeGreaterThanOrEqual(pair.atLeast);
        expect(quantities[p]!).toBeLessThanOrEqual(pair.atMost + 1e-9);
        if (supply.hasLots) expect(Math.abs(quantities[p]! / supply.step - Math.round(quantities[p]! / supply.step))).toBeLessThan(1e-6);
      });
      problem.supplies.forEach((supply, s) => expect(used[s]!).toBeLessThanOrEqual(supply.available * (1 + 1e-9)));
      const covered = coveredValues(problem, quantities);
      const isCovered = problem.demands.every((demand, d) => covered[d]! >= demand.required - 0.01);
      const hasLots = problem.supplies.some((supply) => supply.hasLots);
      if (isCovered && !hasLots) {
        expect(brokenLimits(problem, quantities)).toBe(0);
        limited++;
      }
    }
    expect(limited).toBeGreaterThan(15);
  });

  test("is never cheaper than the answer where it covers everything within the limits, and says honestly what is short", async () => {
    let compared = 0;
    let short = 0;
    for (const seed of seeds.slice(0, 40)) {
      const book = bookOf(seed);
      const problem = problemOf(book);
      const run = await runBook(smallBook(book));
      const waterfall = run.outcome.baselines.find(({ name }) => name === "waterfall")!;
      const covered = coveredValues(problem, waterfallQuantities(problem));
      const missing = problem.demands.reduce((sum, demand, d) => sum + Math.max(0, demand.required - covered[d]!), 0);
      expect(waterfall.shortfall).toBeCloseTo(missing, 1);
      expect(waterfall.movements).toBe(waterfallQuantities(problem).filter((units) => units > 0).length);
      if (missing > 0.05) short++;
      // Lots may cover more than is asked, and then less is cheaper than a share of more.
      if (missing > 0.05 || waterfall.brokenLimits !== 0 || problem.supplies.some((supply) => supply.hasLots)) continue;
      compared++;
      expect(run.shortfall).toBeLessThan(0.01);
      expect(waterfall.costPerDay * 365).toBeGreaterThanOrEqual(run.costPerYear - 1e-3);
    }
    expect(compared).toBeGreaterThan(8);
    expect(short).toBeGreaterThan(3);
  });

  test("is the cheapest for the agreement that comes first", async () => {
    let compared = 0;
    for (const seed of seeds.slice(0, 30)) {
      const book = bookOf(seed);
      const alone = { ...book, agreements: book.agreements.slice(0, 1) };
      const problem = problemOf(alone);
      if (problem.supplies.some((supply) => supply.hasLots)) continue;
      const quantities = waterfallQuantities(problem);
      if (coveredValues(problem, quantities)[0]! < problem.demands[0]!.required - 0.01) continue;
      compared++;
      expect(carryOf(problem, quantities)).toBeCloseTo((await runBook(smallBook(alone))).costPerYear, 2);
    }
    expect(compared).toBeGreaterThan(8);
  });
});
