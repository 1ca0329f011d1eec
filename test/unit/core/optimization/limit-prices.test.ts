import type { Sensitivity } from "../../../../src/core/optimization/allocation-outcome";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** X costs 1 % a year and cash 3 %: each unit of X in place of cash saves 0.02. */
const priced = async (limit: NonNullable<SmallBook["limits"]>[number], cash = 1000, haircut = 0): Promise<readonly Sensitivity[]> => {
  const run = await runBook(
    smallBook({
      assets: [
        { assetId: "X", quantity: 500, fundingRate: 0.01 },
        { assetId: "CASH", quantity: cash, fundingRate: 0.03 },
      ],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [
        { agreementId: "A", assetId: "X", haircut },
        { agreementId: "A", assetId: "CASH", haircut: 0 },
      ],
      limits: [{ scopeId: "A", group: "X", ...limit }],
    }),
  );
  expect(run.report.passed).toBe(true);
  return run.outcome.sensitivities.filter(({ kind }) => kind === "limit");
};

describe("the price of a soft limit", () => {
  test("that nothing exceeds is that of a hard one, with its range", async () => {
    const [soft] = await priced({ limit: 40, limitBasis: "amount", hardOrSoft: "soft" });
    const [hard] = await priced({ limit: 40, limitBasis: "amount" });
    expect(soft).toMatchObject({ value: expect.closeTo(0.02, 9), range: { now: 40, from: 0, to: 100, unit: "USD" } });
    expect(soft).toEqual(hard);
  });

  test("that must be exceeded is what being further above it would save", async () => {
    // 50 of cash are all there is: X must be 50, 10 above its soft 40.
    const [soft] = await priced({ limit: 40, limitBasis: "amount", hardOrSoft: "soft" }, 50);
    expect(soft).toMatchObject({ value: expect.closeTo(0.02, 9), unit: "USD a year for each USD more above it" });
    expect(soft!.text).toBe(
      "The soft X limit at A (tblLimits row 1) is exceeded by 10 USD; being further above it would save 20,000 USD a year for each million.",
    );
  });

  test("of a minimum that is missed is what missing it by more would save", async () => {
    // 50 of cash must be there, 30 are; each unit of cash less would save 0.02.
    const [soft] = await priced({ group: "CASH", direction: "min", limit: 50, limitBasis: "amount", hardOrSoft: "soft" }, 30);
    expect(soft).toMatchObject({ value: expect.closeTo(0.02, 9), unit: "USD a year for each USD more below it" });
  });
});

describe("the price of a share of what is posted", () => {
  test("has a range: without haircuts 100 are posted, and the share may be anything from 0 to 100 %", async () => {
    const [share] = await priced({ limit: 0.4, limitBasis: "posted" });
    // One point is 1 USD of X in place of cash.
    expect(share).toMatchObject({ value: expect.closeTo(0.02, 9), range: { now: 40, from: 0, to: 100, unit: "% of what is posted" } });
  });

  test("with a haircut of X the posted total grows with the share, and the range ends where all is X", async () => {
    // x = s (x + c), x / 2 + c = 100: at s = 0.4 the total is 100 / (1 - s / 2) = 125, of which 50 are X.
    const [share] = await priced({ limit: 0.4, limitBasis: "posted" }, 1000, 0.5);
    // The slope of the cost of that book in s, for one point of it.
    const total = (s: number): number => 100 / (1 - s / 2);
    const cost = (s: number): number => 0.01 * s * total(s) + 0.03 * (1 - s) * total(s);
    expect(share!.value).toBeCloseTo(((cost(0.4 - 1e-6) - cost(0.4 + 1e-6)) / 2e-6) * 0.01, 7);
    expect(share!.range).toEqual({ now: 40, from: 0, to: 100, unit: "% of what is posted" });
  });

  test("of a minimum that is soft and held has one too", async () => {
    const [share] = await priced({ group: "CASH", direction: "min", limit: 0.4, limitBasis: "posted", hardOrSoft: "soft" });
    expect(share).toMatchObject({ value: expect.closeTo(0.02, 9), range: { now: 40, from: 0, to: 100 } });
  });
});
