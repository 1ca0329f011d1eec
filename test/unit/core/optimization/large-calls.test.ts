import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

const run = async (tables: SmallBook) => {
  const { outcome, report } = await runBook(smallBook(tables));
  return { failed: report.checks.filter((check) => !check.passed), outcome, line: outcome.coverage[0]! };
};

describe("large calls", () => {
  it.each([
    // A bond of 1,000,000 yen is written in steps of a tenth of a yen, and of 1e11 yen no more than a yen is exact.
    ["123.46 billion yen", "JPY", 0.0065, 1_000_000, 0.02, 123_460_000_000],
    ["987,654,321,123 won", "KRW", 0.0007, 30_000, 0.07, 987_654_321_123],
    ["1e14 rupiah and one", "IDR", 0.00006, 999_999, 0.03, 1e14 + 1],
    ["7.77 billion dollars", "USD", 1, 99.37, 0.0213, 7_770_000_000.01],
  ])("%s are covered, and the answer passes its check", async (_title, currency, rate, price, haircut, requirement) => {
    const { failed, line } = await run({
      assets: [{ assetId: "BOND", quantity: 1e12, price, priceCurrency: currency, fundingRate: 0.001 }],
      agreements: [{ agreementId: "A", currency, requirement }],
      eligibility: [{ agreementId: "A", assetId: "BOND", haircut }],
      fx: currency === "USD" ? {} : { [currency]: rate },
    });
    expect(failed).toEqual([]);
    expect(line).toMatchObject({ isCovered: true, shortfall: 0 });
    expect(Math.abs(line.posted - requirement)).toBeLessThanOrEqual(Math.max(0.02, 2e-11 * requirement));
  });

  it.each([
    ["half a dollar of a billion", 1_000_000_000, 0.5],
    ["two cents of a billion", 1_000_000_000, 0.02],
    ["seven dollars of ten billion", 10_000_000_000, 7],
  ])("%s missing is a shortfall of that size", async (_title, requirement, missing) => {
    const { failed, line } = await run({
      assets: [{ assetId: "CASH", assetClass: "cash", quantity: requirement - missing }],
      agreements: [{ agreementId: "A", requirement }],
      eligibility: [{ agreementId: "A", assetId: "CASH", haircut: 0 }],
    });
    expect(failed).toEqual([]);
    expect(line.isCovered).toBe(false);
    expect(line.shortfall).toBeCloseTo(missing, 4);
  });
});
