import { runBook, smallBook } from "../../../support/small-book";

test("the last agreement on cash that is used up to the cent gets no whole lot for half a cent", async () => {
  // Exact shares of the one unit of cash: 0.3377 + 0.3368 + 0.3255. In cents the first two take 0.34 each and leave 0.32 for the third.
  const run = await runBook(
    smallBook({
      assets: [
        { assetId: "CASH", assetClass: "cash", quantity: 1, fundingRate: 0.01 },
        { assetId: "NOTE", quantity: 200, price: 100, fundingRate: 0.05, lotSize: 25 },
      ],
      agreements: [2500.3377, 2500.3368, 2500.3255].map((requirement, j) => ({ agreementId: `A${j}`, requirement, overPostCap: 1 })),
      eligibility: [
        { agreementId: "*", assetId: "CASH", haircut: 0 },
        { agreementId: "*", assetId: "NOTE", haircut: 0 },
      ],
    }),
  );
  expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
  expect(run.outcome.lines.filter((line) => line.assetId === "NOTE").map((line) => line.quantity)).toEqual([25, 25, 25]);
  expect(run.outcome.coverage.every((line) => line.isCovered)).toBe(true);
});
