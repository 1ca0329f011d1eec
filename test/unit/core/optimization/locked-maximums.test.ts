import { checkAllocation } from "../../../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { runBook, smallBook, type SmallBook, type SmallRun } from "../../../support/small-book";

const failures = (run: SmallRun) => run.report.checks.filter((check) => !check.passed);
const solved = async (tables: SmallBook): Promise<SmallRun> => {
  const run = await runBook(smallBook(tables));
  expect(failures(run)).toEqual([]);
  return run;
};

/** X is cheaper than cash, and 30 of it cannot be recalled from A yet. */
const lockedThirty = (limits: NonNullable<SmallBook["limits"]>, more: Partial<SmallBook> = {}): SmallBook => ({
  assets: [
    { assetId: "X", assetClass: "bond", quantity: 500, fundingRate: 0.001, averageDailyVolume: 100, outstanding: 1000 },
    { assetId: "CASH", quantity: 1000, fundingRate: 0.03 },
  ],
  agreements: [{ agreementId: "A", requirement: 100 }],
  eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
  holdings: [{ agreementId: "A", assetId: "X", quantity: 30, recallableFrom: "2026-02-01" }],
  settings: { asOf: "2026-01-01" },
  limits,
  ...more,
});

describe("a hard maximum below what cannot be recalled yet", () => {
  test("of an amount: the locked part stays, nothing is added to it, the rest is covered and the limit is declared", async () => {
    const run = await solved(lockedThirty([{ scopeId: "A", group: "X", limit: 16, limitBasis: "amount", currency: "EUR" }], { fx: { EUR: 1.25 } }));
    expect(run.posted).toEqual({ "X>A": 30, "CASH>A": 70 });
    expect(run.outcome.coverage[0]!.isCovered).toBe(true);
    // 16 EUR = 20 USD are allowed; 30 USD = 24 EUR stay.
    expect(run.outcome.exceeded).toEqual([
      {
        name: "X limit at A (tblLimits row 1)",
        row: 1,
        agreementId: "A",
        scope: "A",
        group: "X",
        allowed: 16,
        posted: expect.closeTo(24, 6),
        excess: expect.closeTo(8, 6),
        unit: "EUR",
      },
    ]);
    expect(run.outcome.unmet).toEqual([]);
  });

  test("of a share of what is posted, of the requirement, of the daily volume and after haircut", async () => {
    const shares: NonNullable<SmallBook["limits"]> = [
      { scopeId: "A", group: "X", limit: 0.2, limitBasis: "posted" },
      { scopeId: "A", group: "X", limit: 0.2, limitBasis: "requirement" },
      { scopeId: "A", limitType: "class", group: "EACH", limit: 0.2, limitBasis: "posted", valueBasis: "afterHaircut" },
      { scope: "book", scopeId: "ALL", group: "X", limit: 0.2, limitBasis: "averageDailyVolume" },
    ];
    for (const limit of shares) {
      // With classes of their own, so that EACH class says nothing of cash.
      const run = await solved(lockedThirty([limit], { agreements: [{ agreementId: "A", requirement: 100 }] }));
      const [first] = (run.outcome.exceeded ?? []).filter((one) => one.posted > 29);
      expect(run.posted["X>A"]).toBeCloseTo(30, 6);
      expect(first).toMatchObject({ allowed: expect.closeTo(20, 6), posted: expect.closeTo(30, 6), excess: expect.closeTo(10, 6) });
    }
  });

  test("in steps of a tier table and for two limits at once", async () => {
    const run = await solved(
      lockedThirty(
        [
          { scopeId: "A", group: "X", limit: 10, limitBasis: "amount", valueBasis: "afterHaircut" },
          { scope: "book", scopeId: "ALL", limitType: "issuer", group: "EACH", limit: 25, limitBasis: "amount" },
        ],
        {
          assets: [
            { assetId: "X", quantity: 500, fundingRate: 0.001, issuer: "I" },
            { assetId: "CASH", quantity: 1000, fundingRate: 0.03 },
          ],
          eligibility: [
            { agreementId: "A", assetId: "X", tierTable: "t" },
            { agreementId: "A", assetId: "CASH", haircut: 0 },
          ],
          tiers: [
            { tierTable: "t", assetId: "X", upTo: 20, ratio: 0.9 },
            { tierTable: "t", assetId: "X", upTo: Infinity, ratio: 0.5 },
          ],
        },
      ),
    );
    // 20 * 0.9 + 10 * 0.5 = 23 of value after haircut.
    expect(run.posted).toEqual({ "X>A": 30, "CASH>A": 77 });
    expect(run.outcome.exceeded!.map(({ allowed, posted }) => [allowed, Math.round(posted)])).toEqual([
      [10, 23],
      [25, 30],
    ]);
  });

  test("a share that still holds is no exception", async () => {
    const run = await solved(lockedThirty([{ scopeId: "A", group: "X", limit: 0.3, limitBasis: "posted" }]));
    expect(run.outcome.exceeded).toBeUndefined();
    expect(run.posted["X>A"]).toBeCloseTo(30, 6);
    // One that holds when more is posted than is required: 30 of 120 are 25 %.
    const more = await solved(
      lockedThirty([{ scopeId: "A", group: "X", limit: 0.25, limitBasis: "posted" }], {
        agreements: [{ agreementId: "A", requirement: 100, overPostCap: 0.2 }],
      }),
    );
    expect(more.outcome.exceeded).toBeUndefined();
    expect(more.posted["CASH>A"]).toBeCloseTo(90, 5);
  });

  test("what it shuts out is named where the call is short, and minimums give way beside it", async () => {
    const run = await solved(
      lockedThirty(
        [
          { scopeId: "A", group: "X", limit: 20, limitBasis: "amount" },
          { scopeId: "A", group: "GOLD", limit: 5, direction: "min", limitBasis: "amount" },
        ],
        {
          assets: [
            { assetId: "X", quantity: 500 },
            { assetId: "CASH", quantity: 50 },
            { assetId: "GOLD", quantity: 1 },
          ],
        },
      ),
    );
    expect(run.outcome.exceeded).toHaveLength(1);
    expect(run.outcome.unmet).toMatchObject([{ name: "GOLD minimum at A (tblLimits row 2)", reached: expect.closeTo(1, 6) }]);
    const conflict = run.outcome.conflicts.find((one) => one.minimum === undefined)!;
    expect(conflict.shortfall).toBeCloseTo(19, 6);
    expect(conflict.rules).toContain("X limit at A (tblLimits row 1)");
    const raise = conflict.repairs.find((repair) => repair.rule === "X limit at A (tblLimits row 1)")!;
    // 30 are there already; 19 more make 49.
    expect(raise.change).toContain("from 20 to 49");
  });
});

describe("the checker", () => {
  const tables = lockedThirty([{ scopeId: "A", group: "X", limit: 20, limitBasis: "amount" }]);
  const failed = (outcome: SmallRun["outcome"]): string[] => {
    const book = smallBook(tables);
    const report = checkAllocation(book, calculateRequirements(book).value, outcome);
    return report.checks.filter((check) => !check.passed).map((check) => check.rule);
  };

  test("refuses an excess that is not declared, and amounts that are not right", async () => {
    const { outcome } = await solved(tables);
    const { exceeded, ...silent } = outcome;
    expect(failed(silent)).toEqual(["Concentration limits"]);
    expect(failed({ ...outcome, exceeded: [{ ...exceeded![0]!, allowed: 25, excess: 5 }] })).toEqual(["Minimums not met, limits exceeded"]);
  });

  test("refuses a declared excess that is more than what is locked, and one that is none", async () => {
    const { outcome } = await solved(tables);
    const more = outcome.lines.map((line) => (line.assetId === "X" ? { ...line, quantity: 31 } : line));
    expect(failed({ ...outcome, lines: more })).toContain("Concentration limits");
    const met = await runBook(smallBook({ ...tables, limits: [] }));
    expect(failed({ ...met.outcome, exceeded: outcome.exceeded! })).not.toEqual([]);
  });

  test("takes half a hundredth of a coin above what is locked for more than it, where the book is in coins", async () => {
    const inCoins = {
      ...tables,
      assets: tables.assets.map((asset) => ({ ...asset, priceCurrency: "BTC" })),
      agreements: [{ agreementId: "A", requirement: 100, currency: "BTC" }],
      limits: tables.limits!.map((limit) => ({ ...limit, currency: "BTC" })),
      fx: { USD: 0.00001 },
      settings: { ...tables.settings, baseCurrency: "BTC" },
    };
    const { outcome } = await solved(inCoins);
    const judge = (quantity: number): string[] => {
      const lines = outcome.lines.map((line) =>
        line.assetId === "X" ? { ...line, quantity, marketValue: quantity, collateralValue: quantity } : line,
      );
      const exceeded = outcome.exceeded!.map((one) => ({ ...one, posted: quantity, excess: quantity - 20 }));
      const book = smallBook(inCoins);
      const report = checkAllocation(book, calculateRequirements(book).value, { ...outcome, lines, exceeded });
      return report.checks.filter((check) => !check.passed).map((check) => check.rule);
    };
    expect(judge(30)).not.toContain("Concentration limits");
    expect(judge(30.005)).toContain("Concentration limits");
  });
});
