import { runBook, smallBook } from "../../../support/small-book";

const failures = (run: Awaited<ReturnType<typeof runBook>>) => run.report.checks.filter((check) => !check.passed);

const opt01 = {
  assets: [
    { assetId: "BTC", quantity: 600_000, fundingRate: 0.01 },
    { assetId: "ETH", quantity: 300_000, fundingRate: 0.03 },
    { assetId: "USDC", quantity: 400_000, fundingRate: 0.045 },
    { assetId: "TBILL", quantity: 500_000, fundingRate: 0.003 },
  ],
  agreements: [
    { agreementId: "A", requirement: 500_000 },
    { agreementId: "B", requirement: 400_000 },
  ],
  eligibility: [
    { agreementId: "A", assetId: "BTC", haircut: 0.1 },
    { agreementId: "A", assetId: "ETH", haircut: 0.15 },
    { agreementId: "*", assetId: "USDC", haircut: 0 },
    { agreementId: "B", assetId: "TBILL", haircut: 0.005 },
  ],
};

describe("base allocation", () => {
  test("OPT-01: the two-agreement book has its closed-form optimum and shadow prices", async () => {
    const run = await runBook(smallBook(opt01));
    expect(failures(run)).toEqual([]);
    expect(run.costPerYear).toBeCloseTo(6761.585706, 2);
    expect(run.posted["BTC>A"]).toBeCloseTo(555_555.555556, 2);
    expect(run.posted["TBILL>B"]).toBeCloseTo(402_010.050251, 2);
    expect(run.outcome.coverage.map((line) => line.marginalCost)).toEqual([expect.closeTo(0.0111111111, 8), expect.closeTo(0.0030150754, 8)]);
    expect(run.outcome.coverage.every((line) => line.isCovered && line.excess < 0.01)).toBe(true);
  });

  test("a scarce asset goes to the agreement that has no other, although it is cheapest elsewhere too", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "CHEAP", quantity: 100, fundingRate: 0.01 },
          { assetId: "DEAR", quantity: 1000, fundingRate: 0.05 },
        ],
        agreements: [
          { agreementId: "A", requirement: 100 },
          { agreementId: "B", requirement: 100 },
        ],
        eligibility: [
          { agreementId: "*", assetId: "CHEAP", haircut: 0 },
          { agreementId: "A", assetId: "DEAR", haircut: 0 },
        ],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted).toEqual({ "CHEAP>B": 100, "DEAR>A": 100 });
    const waterfall = run.outcome.baselines.find((baseline) => baseline.name === "waterfall");
    expect(waterfall?.covered).toBe(1);
  });

  test("the FX haircut falls on assets of another denomination, and the reserve stays home", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "EURCASH", quantity: 1000, price: 1, priceCurrency: "EUR", assetClass: "cash", fundingRate: 0.01, reserved: 400 },
          { assetId: "USDCASH", quantity: 1000, assetClass: "cash", fundingRate: 0.02 },
        ],
        agreements: [{ agreementId: "A", requirement: 1000, currency: "USD" }],
        eligibility: [{ agreementId: "A", assetClass: "cash", haircut: 0, fxHaircut: 0.08 }],
        fx: { EUR: 1.1 },
      }),
    );
    expect(failures(run)).toEqual([]);
    // 600 EUR * 1.1 * 0.92 = 607.20 USD; the rest in dollars.
    expect(run.posted["EURCASH>A"]).toBe(600);
    expect(run.posted["USDCASH>A"]).toBeCloseTo(392.8, 6);
  });

  test("a call that cannot be met gets all there is, by priority, and is said to be short", async () => {
    const run = await runBook(
      smallBook({
        assets: [{ assetId: "USD", quantity: 150, assetClass: "cash" }],
        agreements: [
          { agreementId: "A", requirement: 100, priority: 2 },
          { agreementId: "B", requirement: 100, priority: 1 },
        ],
        eligibility: [{ agreementId: "*", assetClass: "cash", haircut: 0 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted).toEqual({ "USD>A": 50, "USD>B": 100 });
    expect(run.outcome.coverage.map((line) => [line.agreementId, line.isCovered, line.shortfall])).toEqual([
      ["A", false, 50],
      ["B", true, 0],
    ]);
  });

  test("an asset that earns is not posted beyond need", async () => {
    const run = await runBook(
      smallBook({
        assets: [{ assetId: "STETH", quantity: 1000, yieldWhilePosted: 0.03 }],
        agreements: [{ agreementId: "A", requirement: 90 }],
        eligibility: [{ agreementId: "A", assetId: "STETH", haircut: 0.1 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted["STETH>A"]).toBeCloseTo(100, 2);
    expect(run.costPerYear).toBeCloseTo(-3, 2);
  });

  test("slabs are filled in order and shared by all inventory lines of the asset", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "BTC", location: "cold", quantity: 1, price: 100_000, fundingRate: 0.01 },
          { assetId: "BTC", location: "hot", quantity: 1, price: 100_000, fundingRate: 0.01 },
        ],
        agreements: [{ agreementId: "V", requirement: 130_000 }],
        eligibility: [{ agreementId: "V", assetId: "BTC", tierTable: "t" }],
        tiers: [
          { tierTable: "t", assetId: "BTC", upTo: 1, ratio: 0.9 },
          { tierTable: "t", assetId: "BTC", upTo: Infinity, ratio: 0.8 },
        ],
      }),
    );
    expect(failures(run)).toEqual([]);
    // 90,000 for the first coin, 40,000 at 80 % from the second.
    expect(run.posted["BTC>V"]).toBeCloseTo(1.5, 6);
  });

  test("today's holdings stay where a change gains nothing, and moves reconcile", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "B1", quantity: 100, fundingRate: 0.01 },
          { assetId: "B2", quantity: 100, fundingRate: 0.01 },
          { assetId: "OLD", quantity: 50, fundingRate: 0.01 },
        ],
        agreements: [{ agreementId: "A", requirement: 80 }],
        eligibility: [
          { agreementId: "A", assetId: "B1", haircut: 0 },
          { agreementId: "A", assetId: "B2", haircut: 0 },
        ],
        holdings: [
          { agreementId: "A", assetId: "B2", quantity: 60 },
          { agreementId: "A", assetId: "OLD", quantity: 20 },
        ],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted["B2>A"]).toBeGreaterThanOrEqual(60);
    expect(run.outcome.movements.map((move) => [move.action, move.assetId, move.quantity])).toEqual(expect.arrayContaining([["Return", "OLD", 20]]));
  });

  test.each([1e9, 3e6])("a call out of reach (%d) gives up nothing of its cover for cost, not even a fraction of a unit", async (requirement) => {
    const run = await runBook(
      smallBook({
        assets: ["X", "Y"].map((assetId) => ({ assetId, quantity: 1_000_000 })),
        agreements: [
          { agreementId: "A", requirement },
          { agreementId: "B", requirement: 900_000, priority: 1 },
        ],
        // Y is worth a little more at A, where X would be cheaper.
        eligibility: [
          { agreementId: "A", assetId: "X", haircut: 0.1 },
          { agreementId: "A", assetId: "Y", haircut: 0.098 },
          { agreementId: "B", assetClass: "*", haircut: 0.1 },
        ],
        costs: [
          { agreementId: "A", assetId: "Y", fundingRate: 0.05 },
          { agreementId: "B", assetId: "X", fundingRate: 0.05 },
        ],
      }),
    );
    expect(failures(run)).toEqual([]);
    expect(run.posted).toEqual({ "X>B": 1_000_000, "Y>A": 1_000_000 });
  });
});
