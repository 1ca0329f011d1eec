import { runBook, smallBook } from "../../../support/small-book";

const passes = (run: Awaited<ReturnType<typeof runBook>>): void => expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);

describe("a call in a coin", () => {
  // 1 BTC = 64,000 USD; 0.995 of the 1 BTC required is there: 320 USD are missing, which is no rounding.
  const book = smallBook({
    assets: [
      { assetId: "BTC", quantity: 0.995, price: 64_000, fundingRate: 0.01, denominationCurrency: "BTC" },
      { assetId: "USD", quantity: 1000, assetClass: "cash" },
    ],
    agreements: [{ agreementId: "V", currency: "BTC", requirement: 1 }],
    eligibility: [{ agreementId: "V", assetId: "BTC", haircut: 0 }],
    limits: [{ scopeId: "V", group: "BTC", limitBasis: "amount", limit: 0.994, currency: "BTC" }],
    fx: { BTC: 64_000 },
  });

  test("is short where less than a hundredth of a coin is missing, and the repairs are as fine as the coin", async () => {
    const run = await runBook({ ...book, limits: [] });
    passes(run);
    expect(run.outcome.coverage[0]).toMatchObject({ isCovered: false, shortfall: expect.closeTo(0.005, 9) });
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toEqual([
      "add 0.005 BTC",
      "agree to reduce the requirement of V by 0.005 to 0.995 BTC",
      "make 320 USD eligible at V (at a haircut of 0 %; now: no eligibility rule)",
    ]);
  });

  test("under a limit in coins gets it raised by what is missing", async () => {
    const run = await runBook({ ...book, agreements: [{ ...book.agreements[0]!, requirement: 0.9945 }] });
    passes(run);
    expect(run.outcome.coverage[0]).toMatchObject({ isCovered: false, shortfall: expect.closeTo(0.0005, 9) });
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "raise the BTC limit at V (tblLimits row 1) from 0.994 to 0.9945 BTC",
    );
  });

  test("is refused by the checker when it is called covered although it is not", async () => {
    const { checkAllocation } = await import("../../../../src/core/optimization/check-allocation");
    const run = await runBook({ ...book, limits: [] });
    const told = { ...run.outcome, coverage: run.outcome.coverage.map((line) => ({ ...line, isCovered: true })) };
    const report = checkAllocation({ ...book, limits: [] }, new Map([["V", { requirement: 1 }]]), told);
    expect(report.checks.filter((check) => !check.passed).map((check) => check.rule)).toEqual(["Coverage"]);
  });
});

test("cash of dear units is posted in thousandths, so that rounding up stays within a cent", async () => {
  // 1 KWD = 3.25 USD: 203.126 / 3.25 = 62.50030...; in hundredths 62.51 would be 3 cents too much.
  const run = await runBook(
    smallBook({
      assets: [{ assetId: "KWD", assetClass: "cash", quantity: 1000, price: 1, priceCurrency: "KWD", fundingRate: 0.01 }],
      agreements: [
        { agreementId: "A", requirement: 100 },
        { agreementId: "B", requirement: 203.126 },
      ],
      eligibility: [{ agreementId: "*", assetId: "KWD", haircut: 0 }],
      fx: { KWD: 3.25 },
    }),
  );
  passes(run);
  expect(run.posted).toEqual({ "KWD>A": 30.77, "KWD>B": 62.501 });
});
