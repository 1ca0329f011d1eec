import { createTimelessSolver } from "../../../support/timeless-solver";
import type { Sensitivity } from "../../../../src/core/optimization/allocation-outcome";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { withRulePrices } from "../../../../src/core/optimization/rule-prices";
import { solveAllocation } from "../../../../src/core/optimization/solve-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { smallBook, type SmallBook } from "../../../support/small-book";

const rulesOf = async (tables: SmallBook): Promise<readonly Sensitivity[]> => {
  const book = smallBook(tables);
  const { value } = buildAllocationProblem(book, { requirements: calculateRequirements(book).value });
  const solver = createTimelessSolver();
  const { sensitivities } = await withRulePrices(value, await solveAllocation(value, solver), solver);
  return sensitivities.filter((item) => item.kind === "rule");
};

/** 100 required; CHEAP costs 1 % a year, DEAR 3 %: 365 days of horizon and year. */
const base: SmallBook = {
  assets: [
    { assetId: "CHEAP", quantity: 100_000, fundingRate: 0.01 },
    { assetId: "DEAR", quantity: 100_000, fundingRate: 0.03 },
  ],
  agreements: [{ agreementId: "A", requirement: 50_000 }],
  eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
};

describe("what whole rules cost a day", () => {
  test("a pin, and one that costs nothing", async () => {
    const found = await rulesOf({
      ...base,
      pins: [
        { agreementId: "A", assetId: "DEAR", action: "pin", quantity: 10_000 },
        { agreementId: "A", assetId: "CHEAP", action: "atMost", quantity: 90_000 },
      ],
    });
    // 10,000 at 2 % more: 200 a year.
    expect(found.map(({ value }) => value)).toEqual([expect.closeTo(200 / 365, 6), 0]);
    expect(found[0]!.text).toBe(
      'Without the pin "pin DEAR at A" (tblPins row 1) the run would cost 0.55 USD a day less (200 USD over the cost horizon of 365 days, movements included).',
    );
    expect(found[1]!.text).toBe('The pin "atMost CHEAP at A" (tblPins row 2) costs nothing.');
  });

  test("a forbidden asset without which the call is short", async () => {
    const found = await rulesOf({
      ...base,
      agreements: [{ agreementId: "A", requirement: 150_000 }],
      pins: [{ agreementId: "A", assetId: "CHEAP", action: "forbid" }],
    });
    expect(found[0]!.text).toBe('Without the pin "forbid CHEAP at A" (tblPins row 1), 50,000 USD more would be covered.');
  });

  test("a reserve that binds, and none that does not", async () => {
    const assets = base.assets.map((row) => ({ ...row, reserved: row.assetId === "CHEAP" ? 70_000 : 1_000 }));
    const found = await rulesOf({ ...base, assets });
    // 20,000 of DEAR in place of CHEAP.
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ id: "the reserve of CHEAP", value: expect.closeTo(400 / 365, 6) as number, unit: "USD per day" });
  });

  test("a cap on movements", async () => {
    const found = await rulesOf({
      ...base,
      assets: [{ assetId: "CHEAP", quantity: 40_000, fundingRate: 0.01 }, base.assets[1]!],
      settings: { maxMovements: 1 },
    });
    // One movement can only be 50,000 of DEAR; two are 40,000 of CHEAP and 10,000 of DEAR.
    expect(found[0]).toMatchObject({ id: "the cap of 1 movements", value: expect.closeTo(800 / 365, 6) as number });
  });

  test("a deadline that keeps the cheap asset out", async () => {
    const found = await rulesOf({
      ...base,
      assets: base.assets.map((row) => (row.assetId === "CHEAP" ? { ...row, settleHours: 48 } : row)),
      agreements: [{ agreementId: "A", requirement: 50_000, deadline: "2026-01-02T00:00:00Z" }],
      settings: { asOf: "2026-01-01T00:00:00Z" },
    });
    expect(found[0]).toMatchObject({ id: "the settlement deadline of A", value: expect.closeTo(1000 / 365, 6) as number });
  });
});
