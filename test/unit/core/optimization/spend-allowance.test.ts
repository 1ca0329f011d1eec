import { runBook, smallBook } from "../../../support/small-book";
import type { Settings } from "../../../../src/core/collateral/book";

/** Three calls covered by OWN today; CHEAP would save 0.1 % a year of each: 1, 2 and 4, with two movements each. */
const threeCalls = (settings: Partial<Settings>) =>
  smallBook({
    assets: [
      { assetId: "OWN", quantity: 7_000, fundingRate: 0.02 },
      { assetId: "CHEAP", quantity: 7_000, fundingRate: 0.019 },
    ],
    agreements: [
      { agreementId: "A1", requirement: 1_000 },
      { agreementId: "A2", requirement: 2_000 },
      { agreementId: "A4", requirement: 4_000 },
    ],
    eligibility: ["A1", "A2", "A4"].flatMap((agreementId) => ["OWN", "CHEAP"].map((assetId) => ({ agreementId, assetId, haircut: 0 }))),
    holdings: [
      { agreementId: "A1", assetId: "OWN", quantity: 1_000 },
      { agreementId: "A2", assetId: "OWN", quantity: 2_000 },
      { agreementId: "A4", assetId: "OWN", quantity: 4_000 },
    ],
    settings,
  });

/** Twenty calls of 1,000, covered by OWN today; 5,000 of CHEAP save 0.1 % a year. Junk assets make 420 pairs. */
const manyPairs = (settings: Partial<Settings>) => {
  const agreements = Array.from({ length: 20 }, (_, j) => ({ agreementId: `A${String(j).padStart(2, "0")}`, requirement: 1_000 }));
  const junk = Array.from({ length: 19 }, (_, i) => ({ assetId: `JUNK${i}`, quantity: 1_000, fundingRate: 0.5 }));
  const assets = [{ assetId: "OWN", quantity: 20_000, fundingRate: 0.02 }, { assetId: "CHEAP", quantity: 5_000, fundingRate: 0.019 }, ...junk];
  return smallBook({
    assets,
    agreements,
    eligibility: agreements.flatMap(({ agreementId }) => assets.map(({ assetId }) => ({ agreementId, assetId, haircut: 0 }))),
    holdings: agreements.map(({ agreementId }) => ({ agreementId, assetId: "OWN", quantity: 1_000 })),
    settings,
  });
};

describe("spendAllowance", () => {
  it.each([
    // allowance, cost a year, movements: all moved costs 7,000 x 1.9 % = 133
    [0, 133, 6],
    [0.9, 133, 6],
    [1.5, 134, 4],
    [3.5, 136, 2],
    // 6.5 would pay for calls 2 and 4 as well, but 1 and 2 save as many movements for less.
    [6.5, 136, 2],
    [7.5, 140, 0],
  ])("an allowance of %d: costs %d with %d movements", async (movementAllowance, cost, movements) => {
    const { outcome, report, costPerYear } = await runBook(threeCalls({ movementAllowance }));
    expect(report.passed).toBe(true);
    expect(costPerYear).toBeCloseTo(cost, 6);
    expect(outcome.movements).toHaveLength(movements);
    expect(outcome.solve).toMatchObject({ isOptimal: true, isReproducible: true });
    expect(outcome.solve.objective).toBeCloseTo(cost, 6);
    expect(outcome.solve.bound).toBeCloseTo(133, 6);
    if (movementAllowance === 0) expect(outcome.saved).toBeUndefined();
    else expect(outcome.saved).toMatchObject({ allowance: movementAllowance, movementsBefore: 6, movements });
    if (movementAllowance > 0) expect(outcome.saved!.extraCost).toBeCloseTo(cost - 133, 6);
  });

  it("counts fixed costs as cost: an allowance is spent beside what the movements saved cost themselves", async () => {
    const book = threeCalls({ movementAllowance: 1 });
    // Each pair of movements costs 0.75: call 1 saves 0.25 net, call 2 saves 1.25, call 4 saves 3.25. An allowance of 1 keeps call 1 as it is.
    const run = await runBook({
      ...book,
      costs: smallBook({ assets: [], agreements: [], eligibility: [], costs: [{ assetId: "*", deliverFixed: 0.5, recallFixed: 0.25 }] }).costs,
    });
    expect(run.outcome.movements).toHaveLength(4);
    expect(run.costPerYear + run.outcome.movementCost).toBeCloseTo(134 + 1.5, 6);
    expect(run.outcome.saved!.extraCost).toBeCloseTo(0.25, 6);
  });

  it("states objective and bound with what recalls cost: a rate on everything that stands there today", async () => {
    // Recalling 7,000 at 0.01 % costs 0.7 beside 133 a year. Call 1 may stay for 1 - 0.1 = 0.9 more.
    const costs = smallBook({ assets: [], agreements: [], eligibility: [], costs: [{ assetId: "OWN", recallRate: 0.0001 }] }).costs;
    const of = async (movementAllowance: number) => (await runBook({ ...threeCalls({ movementAllowance }), costs })).outcome.solve;
    const [cheapest, saved] = [await of(0), await of(0.95)];
    expect(cheapest.objective).toBeCloseTo(133.7, 6);
    expect(cheapest.bound).toBeCloseTo(133.7, 6);
    expect(saved.objective).toBeCloseTo(134.6, 6);
    expect(saved.bound).toBeCloseTo(133.7, 6);
    expect(saved.gap).toBeCloseTo(0.9 / 134.6, 6);
  });

  it("in a large book makes fewer movements too: each call that keeps OWN costs 1 and saves two of them", async () => {
    const free = await runBook(manyPairs({}));
    const moved = (run: typeof free): number => run.outcome.movements.reduce((sum, { marketValue }) => sum + marketValue, 0);
    expect(moved(free)).toBeCloseTo(10_000, 2);
    expect(free.outcome.movements).toHaveLength(10);
    // 2.5 pay for two calls; the half that is left buys no further movement and is not spent.
    const { report, costPerYear, outcome } = await runBook(manyPairs({ movementAllowance: 2.5 }));
    expect(report.passed).toBe(true);
    expect(outcome.movements).toHaveLength(6);
    expect(costPerYear).toBeCloseTo(395 + 2, 4);
    expect(outcome.saved).toMatchObject({ movementsBefore: 10, movements: 6 });
    expect(outcome.saved!.amount).toBeCloseTo(6_000, 1);
    expect(outcome.saved!.extraCost).toBeCloseTo(2, 5);
    expect(outcome.solve).toMatchObject({ isReproducible: true });
  });

  it("in a large book counts fixed costs as cost: a pair of movements that costs 0.75 is saved for 0.25 net", async () => {
    const costs = smallBook({ assets: [], agreements: [], eligibility: [], costs: [{ assetId: "*", deliverFixed: 0.5, recallFixed: 0.25 }] }).costs;
    const run = await runBook({ ...manyPairs({ movementAllowance: 0.6 }), costs });
    expect(run.report.passed).toBe(true);
    // Two calls keep OWN: 2 dearer, 1.5 of movements saved.
    expect(run.outcome.movements).toHaveLength(6);
    expect(run.costPerYear + run.outcome.movementCost).toBeCloseTo(397 + 3 * 0.75, 5);
    expect(run.outcome.saved!.extraCost).toBeCloseTo(0.5, 5);
  });

  it("in a large book moves less money where no movement can be saved", async () => {
    // 0.9 buys no whole call: 900 of CHEAP stay where they are.
    const { report, costPerYear, outcome } = await runBook(manyPairs({ movementAllowance: 0.9 }));
    expect(report.passed).toBe(true);
    expect(costPerYear).toBeCloseTo(395.9, 4);
    expect(outcome.saved!.amount).toBeCloseTo(10_000 - 1_800, 1);
  });

  it("never saves movements by leaving a call short", async () => {
    const book = threeCalls({ movementAllowance: 1_000 });
    const { outcome } = await runBook({ ...book, holdings: book.holdings.filter((row) => row.agreementId !== "A2") });
    expect(outcome.coverage.every((line) => line.isCovered)).toBe(true);
    expect(outcome.movements).toHaveLength(1);
  });

  it("without an allowance takes the nearer to today of equally cheap whole lots", async () => {
    const lots = { lotSize: 100, fundingRate: 0.02 };
    const run = await runBook(
      smallBook({
        assets: ["A", "B", "C"].map((assetId) => ({ assetId, quantity: 600, ...lots })),
        agreements: [
          { agreementId: "X", requirement: 300 },
          { agreementId: "Y", requirement: 200 },
        ],
        eligibility: ["X", "Y"].flatMap((agreementId) => ["A", "B", "C"].map((assetId) => ({ agreementId, assetId, haircut: 0 }))),
        holdings: [
          { agreementId: "X", assetId: "B", quantity: 200 },
          { agreementId: "X", assetId: "C", quantity: 100 },
          { agreementId: "Y", assetId: "C", quantity: 100 },
        ],
      }),
    );
    expect(run.report.passed).toBe(true);
    expect(run.outcome.movements).toHaveLength(1);
    expect(run.outcome.movements[0]).toMatchObject({ agreementId: "Y", action: "Delivery", quantity: 100 });
    expect(run.costPerYear).toBeCloseTo(10, 6);
  });
});
