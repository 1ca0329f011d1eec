import { runBook, smallBook } from "../../../support/small-book";

test("a cheap answer without a search that covers less is no start of a search for the cheapest movements", async () => {
  // The waterfall serves A first and delivers once; variation margin at B comes before it, which takes two deliveries.
  const run = await runBook(
    smallBook({
      assets: [{ assetId: "X", quantity: 100, fundingRate: 0.01 }],
      agreements: [
        { agreementId: "A", requirement: 100, marginType: "IM" },
        { agreementId: "B", requirement: 80, marginType: "VM" },
      ],
      eligibility: [
        { agreementId: "A", assetId: "X", haircut: 0 },
        { agreementId: "B", assetId: "X", haircut: 0 },
      ],
      costs: [{ assetId: "X", agreementId: "*", deliverFixed: 5 }],
    }),
  );
  expect(run.outcome.solve).toMatchObject({ isOptimal: true, terminationStatus: "optimal" });
  expect(run.outcome.coverage.map(({ shortfall }) => shortfall)).toEqual([80, 0]);
  expect(run.report.passed).toBe(true);
});
