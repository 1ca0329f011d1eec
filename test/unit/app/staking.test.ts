import { createTimelessSolver } from "../../support/timeless-solver";
import { createCollateralApp } from "../../../src/app/create-collateral-app";
import type { CellValue } from "../../../src/core/basics/cell-value";
import { createMemoryWorkbook } from "../../support/memory-workbook";

const machine = { now: () => "2026-11-22T12:00:00.000Z", hash: () => Promise.resolve("hash"), newRunId: () => "RUN1" };

/** A call of 950 by two days from now, and three ways to cover it: staked ETH that is unbonded, stETH posted as it is, cash at 2 %. */
const runOf = async (ethRow: readonly CellValue[], stakedRow: readonly CellValue[]) => {
  const tables: Readonly<Record<string, readonly (readonly CellValue[])[]>> = {
    Assets: [
      ["assetId", "quantity", "price", "fundingRate", "stakingYield", "keepsStaking", "unbondHours", "settleHours", "lockedUntil"],
      ["ETH", 10, 100, ...ethRow],
      ["stETH", 10, 100, ...stakedRow],
      ["USD", 1000, 1, 0.02, "", "", "", "", ""],
    ],
    Agreements: [
      ["agreementId", "currency", "requirement", "deadline"],
      ["A", "USD", 950, "2026-11-24T12:00Z"],
    ],
    Eligibility: [
      ["agreementId", "assetId", "haircut"],
      ["*", "*", 0.05],
    ],
    Settings: [
      ["key", "value"],
      ["asOf", "2026-11-22T12:00Z"],
    ],
  };
  const values = Object.entries(tables).map(([kind, rows]) => ({ name: `tbl${kind}`, sheet: kind, rowIndex: 4, columnIndex: 0, values: rows }));
  const summary = await createCollateralApp({ workbook: createMemoryWorkbook(values), machine, solver: createTimelessSolver(), version: "0" }).run()
    .done;
  expect(summary.checks?.passed ?? true).toBe(true);
  const [line] = summary.outcome?.lines ?? [];
  return {
    headline: summary.headline,
    asset: line?.assetId,
    carryRate: line?.carryRate,
    costPerDay: line?.costPerDay,
    movementCost: summary.outcome?.movementCost,
  };
};

it("posts what keeps its yield before cash, and cash before what loses more", async () => {
  const eth = [0, 0.03, "no", "", 1, ""];
  expect(await runOf(eth, [0, 0.03, "yes", "", 1, ""])).toMatchObject({ asset: "stETH", carryRate: 0, costPerDay: 0 });
  const cash = await runOf(eth, [0, 0.03, "no", "", 1, ""]);
  expect(cash).toMatchObject({ asset: "USD", carryRate: 0.02 });
  expect(cash.costPerDay).toBeCloseTo((1000 * 0.02) / 365, 9);
});

it("posts nothing that is unbonded or unlocked after the deadline, and what is so in time", async () => {
  const cheap = (unbondHours: CellValue, lockedUntil: CellValue): readonly CellValue[] => [0, 0.01, "no", unbondHours, 1, lockedUntil];
  const never = [1, 0, "", "", 1, ""];
  expect((await runOf(cheap(47, ""), never)).asset).toBe("ETH");
  expect((await runOf(cheap(48, ""), never)).asset).toBe("USD");
  expect((await runOf(cheap("", "2026-11-24T11:00Z"), never)).asset).toBe("ETH");
  expect((await runOf(cheap("", "2026-11-24T11:30Z"), never)).asset).toBe("USD");
});

it("charges a delivery once for the staking yield of the hours of unbonding, as COLL.POSTINGCOST does", async () => {
  // 1,000 of ETH at 1 % a year loses 0.0274 a day, for 36.5 hours of unbonding 0.0417 once.
  const never = [1, 0, "", "", 1, ""];
  const run = await runOf([0, 0.01, "no", 36.5, 1, ""], never);
  expect(run).toMatchObject({ asset: "ETH", carryRate: 0.01 });
  expect(run.movementCost).toBeCloseTo((1000 * 0.01 * 36.5) / 24 / 365, 9);
  // 1.9 % a year and 36.5 h of unbonding are 1.9 x (720 + 36.5) / 720 = 1.996 % over 30 days: still below cash; at 1.95 % no longer.
  expect((await runOf([0, 0.019, "no", 36.5, 1, ""], never)).asset).toBe("ETH");
  expect((await runOf([0, 0.0195, "no", 36.5, 1, ""], never)).asset).toBe("USD");
});

it("stops where an asset is unbonded and keeps its staking yield", async () => {
  expect((await runOf([0, 0.03, "yes", 24, 1, ""], [0, 0, "", "", "", ""])).headline).toMatch(
    /ETH: keepsStaking is yes, but unbondHours is above 0.*tblAssets\[keepsStaking\] row 1/,
  );
});
