import type { AgreementRow, AssetRow, EligibilityRow, TransferRow } from "../../../../src/core/collateral/book";
import { latenessLookup, latestStartLookup } from "../../../../src/core/optimization/arrival-time";
import { reportMovements } from "../../../../src/core/report/inventory-report";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

const bookOf = (asset: Partial<AssetRow>, route: Partial<TransferRow> | undefined, more: Partial<SmallBook> = {}): SmallBook => ({
  assets: [{ assetId: "ETH", location: "Vault", quantity: 100, ...asset }],
  agreements: [{ agreementId: "OKX", requirement: 60, deadline: "2026-11-24T06:00:00.000Z" }],
  eligibility: [{ agreementId: "OKX", assetId: "ETH", haircut: 0 }],
  ...(route === undefined ? {} : { transfers: [{ from: "Vault", to: "OKX", settleHours: 2, ...route }] }),
  settings: { asOf: "2026-11-22T08:00:00.000Z" },
  ...more,
});

/** The moment, and whether what leaves then and a minute later is in time by the rule that the run applies. */
const latest = (tables: SmallBook): readonly unknown[] => {
  const { assets, agreements, eligibility, transfers, settings } = smallBook(tables);
  const given: readonly [AssetRow, AgreementRow, EligibilityRow] = [assets[0]!, agreements[0]!, eligibility[0]!];
  const startBy = latestStartLookup(transfers, settings)(...given);
  if (startBy === undefined) return [startBy];
  const isLate = (minutes: number): boolean =>
    latenessLookup(transfers, { ...settings, asOf: new Date(Date.parse(startBy) + minutes * 60_000).toISOString() })(...given) !== undefined;
  return [startBy.slice(0, 16), isLate(0), isLate(1)];
};

describe("the last moment of a delivery", () => {
  it.each([
    ["the deadline less settlement and unbonding", bookOf({ settleHours: 4, unbondHours: 20 }, undefined), "2026-11-23T06:00"],
    ["that of the route, not of the asset", bookOf({ settleHours: 4 }, {}), "2026-11-24T04:00"],
    [
      "that of the eligibility rule before both",
      bookOf({ settleHours: 4 }, {}, { eligibility: [{ agreementId: "OKX", assetId: "ETH", haircut: 0, settleHours: 30 }] }),
      "2026-11-23T00:00",
    ],
    ["the route's cutoff where that comes first", bookOf({}, { cutoff: "02:30" }), "2026-11-24T02:30"],
    ["before a cutoff that comes later", bookOf({}, { cutoff: "16:00" }), "2026-11-24T04:00"],
  ])("is %s", (_title, tables, expected) => {
    expect(latest(tables)).toEqual([expected, false, true]);
  });

  it("is not told without a deadline, or without the time of the run", () => {
    const { agreements, settings, ...rest } = bookOf({ settleHours: 4 }, undefined);
    expect(latest({ ...rest, agreements: [{ agreementId: "OKX", requirement: 60 }], settings: settings ?? {} })).toEqual([undefined]);
    expect(latest({ ...rest, agreements })).toEqual([undefined]);
  });

  it("stands with deliveries, in the outcome and on the sheet, and not with returns", async () => {
    const tables = bookOf({ settleHours: 4, fundingRate: 0.01 }, undefined);
    const { outcome } = await runBook(
      smallBook({
        ...tables,
        assets: [...tables.assets, { assetId: "USDC", quantity: 100, fundingRate: 0.5 }],
        eligibility: [{ agreementId: "OKX", assetClass: "*", haircut: 0 }],
        holdings: [{ agreementId: "OKX", assetId: "USDC", quantity: 60 }],
      }),
    );
    expect(outcome.movements.map(({ action, assetId, startBy }) => [action, assetId, startBy])).toEqual([
      ["Delivery", "ETH", "2026-11-24T02:00:00.000Z"],
      ["Return", "USDC", undefined],
    ]);
    const { columns, rows } = reportMovements(outcome, "");
    expect(columns.at(-1)?.header).toBe("Start by (UTC)");
    expect(rows.map((row) => row.at(-1))).toEqual(["2026-11-24 02:00", ""]);
  });
});
