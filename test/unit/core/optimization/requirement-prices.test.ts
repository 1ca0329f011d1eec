import type { Sensitivity } from "../../../../src/core/optimization/allocation-outcome";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

const pricesOf = async (book: SmallBook, kind: Sensitivity["kind"]): Promise<readonly Sensitivity[]> => {
  const run = await runBook(smallBook(book));
  expect(run.report.passed).toBe(true);
  return run.outcome.sensitivities.filter((one) => one.kind === kind);
};

describe("the price of another unit required", () => {
  test("holds down to what is posted today where recalling it costs: below that the excess may stay", async () => {
    // Y earns 2 % and may be posted up to the requirement; 60 of it are there and need not be recalled.
    const [price] = await pricesOf(
      {
        assets: [{ assetId: "Y", quantity: 500, yieldWhilePosted: 0.02 }],
        agreements: [{ agreementId: "A", requirement: 100 }],
        eligibility: [{ agreementId: "A", assetId: "Y", haircut: 0 }],
        holdings: [{ agreementId: "A", assetId: "Y", quantity: 60 }],
        costs: [{ assetId: "Y", agreementId: "A", recallRate: 0.001 }],
      },
      "agreement",
    );
    expect(price).toMatchObject({ value: expect.closeTo(-0.02, 9), range: { now: 100, from: 60, to: 500 } });
  });

  test("with more posted than required falls by nothing while today's excess may stay", async () => {
    const [price] = await pricesOf(
      {
        assets: [{ assetId: "Y", quantity: 500, yieldWhilePosted: 0.02 }],
        agreements: [{ agreementId: "A", requirement: 40 }],
        eligibility: [{ agreementId: "A", assetId: "Y", haircut: 0 }],
        holdings: [{ agreementId: "A", assetId: "Y", quantity: 60 }],
        costs: [{ assetId: "Y", agreementId: "A", recallRate: 0.001 }],
      },
      "agreement",
    );
    // 60 stay whether 30 or 50 are required; from 60 on each unit more earns 0.02.
    expect(price).toMatchObject({ value: expect.closeTo(0, 9), range: { now: 40, from: 0, to: 60 } });
  });

  const shared = (requirement: number, limit: NonNullable<SmallBook["limits"]>[number]): SmallBook => ({
    assets: [
      { assetId: "X", quantity: 500, fundingRate: 0.01 },
      { assetId: "CASH", quantity: 1000, fundingRate: 0.03 },
    ],
    agreements: [{ agreementId: "A", requirement }],
    eligibility: [
      { agreementId: "A", assetId: "X", haircut: 0 },
      { agreementId: "A", assetId: "CASH", haircut: 0 },
    ],
    limits: [{ scopeId: "A", group: "X", limitBasis: "requirement", ...limit }],
  });

  test("with a limit of the larger of a share and an amount holds to where the other one counts", async () => {
    const limit = { limit: 0.4, orAmount: 30 };
    // 40 % of 75 are 30. Above, each unit is 0.4 of X and 0.6 of cash; below, all of it is cash.
    const [above] = await pricesOf(shared(100, limit), "agreement");
    expect(above).toMatchObject({ value: expect.closeTo(0.4 * 0.01 + 0.6 * 0.03, 9), range: { now: 100, from: 75, to: 1250 } });
    const [below] = await pricesOf(shared(50, limit), "agreement");
    expect(below).toMatchObject({ value: expect.closeTo(0.03, 9), range: { now: 50, from: 30, to: 75 } });
  });

  test("counts a soft share of the requirement that nothing exceeds like a hard one", async () => {
    const [hard] = await pricesOf(shared(100, { limit: 0.4 }), "agreement");
    const [soft] = await pricesOf(shared(100, { limit: 0.4, hardOrSoft: "soft" }), "agreement");
    expect(soft).toEqual(hard);
  });

  test("leaves out a minimum that does not apply yet", async () => {
    const limit = { group: "CASH", direction: "min" as const, limit: 0.1, appliesAbove: 400 };
    const [price] = await pricesOf(shared(100, limit), "agreement");
    expect(price).toMatchObject({ value: expect.closeTo(0.01, 9) });
  });
});

describe("the price of a limit of the larger of two amounts", () => {
  test("falls to where the other amount counts, and costs nothing below", async () => {
    const [price] = await pricesOf(
      {
        assets: [
          { assetId: "X", quantity: 500, fundingRate: 0.01 },
          { assetId: "CASH", quantity: 1000, fundingRate: 0.03 },
        ],
        agreements: [{ agreementId: "A", requirement: 100 }],
        eligibility: [
          { agreementId: "A", assetId: "X", haircut: 0 },
          { agreementId: "A", assetId: "CASH", haircut: 0 },
        ],
        limits: [{ scopeId: "A", group: "X", limitBasis: "amount", limit: 40, orAmount: 25 }],
      },
      "limit",
    );
    expect(price).toMatchObject({ value: expect.closeTo(0.02, 9), range: { now: 40, from: 25, to: 100 } });
  });
});

describe("an unused pair with slabs", () => {
  test("is used when it is at least so much cheaper, where slabs of low value would be filled first", async () => {
    // Each unit covered less loses 0.05 / 0.9. The first slab of X takes the place of 0.95 of it, the second of 0.4, but is not filled first.
    const [price] = await pricesOf(
      {
        assets: [
          { assetId: "Y", quantity: 500, yieldWhilePosted: 0.05 },
          { assetId: "X", quantity: 500, fundingRate: 0.01 },
        ],
        agreements: [{ agreementId: "A", requirement: 100 }],
        eligibility: [
          { agreementId: "A", assetId: "Y", haircut: 0.1 },
          { agreementId: "A", assetId: "X", tierTable: "t" },
        ],
        tiers: [
          { tierTable: "t", assetId: "X", tierUnit: "value", upTo: 50, ratio: 0.95 },
          { tierTable: "t", assetId: "X", tierUnit: "value", upTo: Infinity, ratio: 0.4 },
        ],
      },
      "pair",
    );
    expect(price!.value).toBeCloseTo((0.01 + (0.4 * 0.05) / 0.9) * 1e4, 6);
    expect(price!.text).toBe("X would be used at A if it were at least 322.22 bps cheaper.");
  });
});
