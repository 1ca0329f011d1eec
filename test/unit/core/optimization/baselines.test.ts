import { runBook, smallBook } from "../../../support/small-book";

describe("the waterfall beside the answer", () => {
  const book = (sameDayReuse: boolean) =>
    smallBook({
      assets: [
        { assetId: "CHEAP", quantity: 100, fundingRate: 0.01 },
        { assetId: "DEAR", quantity: 1000, fundingRate: 0.05 },
      ],
      agreements: [
        { agreementId: "A", requirement: 100 },
        { agreementId: "B", requirement: 100 },
      ],
      eligibility: ["A", "B"].flatMap((agreementId) => ["CHEAP", "DEAR"].map((assetId) => ({ agreementId, assetId, haircut: 0 }))),
      holdings: [{ agreementId: "B", assetId: "CHEAP", quantity: 60 }],
      settings: { sameDayReuse, dayCount: 100 },
    });

  test("posts nothing again that comes back in the same run, as the answer may not", async () => {
    const { outcome } = await runBook(book(false));
    // 40 of the cheap asset are free for A, 60 stay at B: 100 of each.
    const waterfall = outcome.baselines.find(({ name }) => name === "waterfall")!;
    expect(waterfall).toMatchObject({ costPerDay: expect.closeTo((100 * 0.01 + 100 * 0.05) / 100, 9), movements: 3, shortfall: 0 });
    expect(outcome.costPerDay).toBeCloseTo(waterfall.costPerDay, 9);
  });

  test("gives all of it to the first agreement where it may be posted again", async () => {
    const { outcome } = await runBook(book(true));
    const waterfall = outcome.baselines.find(({ name }) => name === "waterfall")!;
    // 100 delivered to A; B gets its 60 exchanged for 100 of the dear one.
    expect(waterfall).toMatchObject({ movements: 3, shortfall: 0 });
  });

  test("of today has the carry of what is there, what it covers, and no movements", async () => {
    const { outcome } = await runBook(book(false));
    const today = outcome.baselines.find(({ name }) => name === "today")!;
    expect(today).toMatchObject({
      costPerDay: expect.closeTo(0.006, 9),
      movements: 0,
      movementCost: 0,
      covered: 0,
      shortfall: expect.closeTo(140, 9),
    });
  });
});
