import { runBook, smallBook } from "../../../support/small-book";

test("rounding does not push a balance over the edge of a cliff", async () => {
  // 150 units at 0.7 cover 10,500, one trace more would be worth 0.6. The limit splits them into amounts that are no multiples of a step:
  // 79.090294088 at L2 and 70.909705912 at L1. Cut to steps, what is missing wants two steps more of L2, and one is left before the edge.
  const run = await runBook(
    smallBook({
      assets: [
        { assetId: "X", location: "L1", quantity: 500, price: 100, fundingRate: 0.02 },
        { assetId: "X", location: "L2", quantity: 500, price: 100, fundingRate: 0.01 },
        { assetId: "Y", quantity: 5000, fundingRate: 0.03 },
      ],
      agreements: [{ agreementId: "A", requirement: 10_600.0004, overPostCap: 0.5 }],
      eligibility: [
        { agreementId: "A", assetId: "X", tierTable: "t" },
        { agreementId: "A", assetId: "Y", haircut: 0 },
      ],
      limits: [{ scope: "location", scopeId: "L2", limitType: "total", limitBasis: "amount", limit: 7909.0294088 }],
      tiers: [
        { tierTable: "t", assetId: "*", tierMode: "cliff", upTo: 150, ratio: 0.7 },
        { tierTable: "t", assetId: "*", tierMode: "cliff", upTo: Infinity, ratio: 0.6 },
      ],
    }),
  );
  expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
  expect(run.posted["X>A"]!).toBeLessThanOrEqual(150);
  expect(run.posted["X>A"]!).toBeCloseTo(150, 4);
  expect(run.posted["Y>A"]!).toBeCloseTo(100, 2);
});
