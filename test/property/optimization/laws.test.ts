import fc from "fast-check";
import type { Book } from "../../../src/core/collateral/book";
import { runBook, smallBook, type SmallBook, type SmallRun } from "../../support/small-book";

const seed = 20260102;

/** Books with three assets, two agreements, slabs, a limit and holdings. */
const books: fc.Arbitrary<SmallBook> = fc
  .record({
    quantities: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 5, max: 80 }))),
    rates: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 20 }).map((rate) => rate / 400))),
    haircuts: fc.tuple(...[0, 1, 2, 3, 4, 5].map(() => fc.constantFrom(0, 0.05, 0.15, 0.4))),
    requirements: fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 })),
    held: fc.integer({ min: 0, max: 5 }),
    moving: fc.constantFrom(0, 0.001, 0.01),
    share: fc.constantFrom(0.5, 0.7, 1),
  })
  .map(({ quantities, rates, haircuts, requirements, held, moving, share }) => ({
    assets: [0, 1, 2].map((i) => ({ assetId: `X${i}`, quantity: quantities[i]!, price: [10, 3, 1][i]!, fundingRate: rates[i]! })),
    agreements: [0, 1].map((j) => ({ agreementId: `A${j}`, requirement: requirements[j]!, priority: j + 1 })),
    eligibility: [0, 1].flatMap((j) =>
      [0, 1, 2].map((i) => ({
        agreementId: `A${j}`,
        assetId: `X${i}`,
        ...(i === 0 && j === 0 ? { tierTable: "t" } : { haircut: haircuts[j * 3 + i]! }),
      })),
    ),
    tiers: [
      { tierTable: "t", assetId: "X0", tierUnit: "value", upTo: 100, ratio: 0.9 },
      { tierTable: "t", assetId: "X0", tierUnit: "value", upTo: Infinity, ratio: 0.6 },
    ],
    limits: [{ scopeId: "A1", group: "X1", limit: share }],
    holdings: [{ agreementId: "A1", assetId: "X0", quantity: held }],
    costs: [{ assetId: "*", deliverRate: moving, recallRate: moving }],
  }));

const total = (run: SmallRun): number => run.costPerYear + run.outcome.movementCost;
const weighted = (run: SmallRun): readonly number[] => run.outcome.coverage.map((line) => line.shortfall);

describe("laws of the allocation", () => {
  test("every answer passes the checker, is covered or says by how much it is short", async () => {
    await fc.assert(
      fc.asyncProperty(books, async (tables) => {
        const run = await runBook(smallBook(tables));
        expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
        for (const line of run.outcome.coverage) expect(line.posted + line.shortfall).toBeGreaterThanOrEqual(line.required - 0.01);
      }),
      { seed, numRuns: 30 },
    );
  });

  test("permuting rows changes nothing", async () => {
    const reversed = (book: Book): Book => ({
      ...book,
      assets: [...book.assets].reverse(),
      agreements: [...book.agreements].reverse(),
      eligibility: [...book.eligibility].reverse(),
      tiers: [...book.tiers].reverse(),
      limits: [...book.limits].reverse(),
      holdings: [...book.holdings].reverse(),
    });
    await fc.assert(
      fc.asyncProperty(books, async (tables) => {
        const book = smallBook(tables);
        expect((await runBook(reversed(book))).posted).toEqual((await runBook(book)).posted);
      }),
      { seed, numRuns: 30 },
    );
  });

  test("scaling prices, requirements, value tiers and fixed costs scales the cost", async () => {
    const scaled = (book: Book, factor: number): Book => ({
      ...book,
      assets: book.assets.map((row) => ({ ...row, price: row.price * factor })),
      agreements: book.agreements.map((row) => ({ ...row, requirement: (row.requirement ?? 0) * factor })),
      tiers: book.tiers.map((row) => ({ ...row, upTo: row.upTo * factor })),
    });
    await fc.assert(
      fc.asyncProperty(books, async (tables) => {
        const book = smallBook(tables);
        const [one, thousand] = [await runBook(book), await runBook(scaled(book, 1000))];
        expect(Math.abs(total(thousand) / 1000 - total(one))).toBeLessThan(0.002 + 1e-6 * Math.abs(total(one)));
      }),
      { seed, numRuns: 20 },
    );
  });

  test("more inventory never raises the shortfall by priority, and at equal shortfall never the cost", async () => {
    await fc.assert(
      fc.asyncProperty(books, fc.integer({ min: 0, max: 2 }), async (tables, which) => {
        const less = await runBook(smallBook(tables));
        const more = await runBook(
          smallBook({ ...tables, assets: tables.assets.map((asset, i) => (i === which ? { ...asset, quantity: asset.quantity + 25 } : asset)) }),
        );
        const [before, after] = [weighted(less), weighted(more)];
        expect(after[0]).toBeLessThanOrEqual(before[0]! + 0.01);
        if (Math.abs(after[0]! - before[0]!) < 0.005) expect(after[1]).toBeLessThanOrEqual(before[1]! + 0.01);
        if (after.every((short, j) => Math.abs(short - before[j]!) < 0.005)) expect(total(more)).toBeLessThanOrEqual(total(less) + 0.01);
      }),
      { seed, numRuns: 30 },
    );
  });

  test("the marginal cost of an agreement lies between the costs of one unit less and one unit more", async () => {
    const withRequirement = (tables: SmallBook, change: number): SmallBook => ({
      ...tables,
      agreements: tables.agreements.map((row, j) => (j === 0 ? { ...row, requirement: (row.requirement ?? 0) + change } : row)),
    });
    await fc.assert(
      fc.asyncProperty(books, async (tables) => {
        const run = await runBook(smallBook(tables));
        const [less, more] = [await runBook(smallBook(withRequirement(tables, -0.5))), await runBook(smallBook(withRequirement(tables, 0.5)))];
        const isAllCovered = [run, less, more].every((one) => one.outcome.coverage.every((line) => line.isCovered));
        fc.pre(isAllCovered);
        const marginal = run.outcome.coverage[0]!.marginalCost!;
        const [down, up] = [(total(run) - total(less)) / 0.5, (total(more) - total(run)) / 0.5];
        expect(marginal).toBeGreaterThanOrEqual(Math.min(down, up) - 1e-3);
        expect(marginal).toBeLessThanOrEqual(Math.max(down, up) + 1e-3);
      }),
      { seed, numRuns: 20 },
    );
  });
});
