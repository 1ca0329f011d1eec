import { compareTiers, looksComplete } from "../../../../src/core/tables/compare-tiers";
import { parseVenueTiers } from "../../../../src/core/tables/venue-tiers";
import type { TierRow } from "../../../../src/core/collateral/book";

const bybit = JSON.stringify({
  retCode: 0,
  result: {
    list: [
      {
        currency: "BTC",
        collateralRatioList: [
          { minQty: "0", maxQty: "10", collateralRatio: "0.98" },
          { minQty: "10", maxQty: "20", collateralRatio: "0.95" },
          { minQty: "20", maxQty: "", collateralRatio: "0" },
        ],
      },
    ],
  },
});

describe("parseVenueTiers", () => {
  it("reads Bybit's collateral ratios in coins with an open end", () => {
    const { shape, slabs } = parseVenueTiers(bybit);
    expect(shape).toBe("Bybit collateral ratios");
    expect(slabs).toEqual([
      { assetId: "BTC", unit: "coin", from: 0, upTo: 10, ratio: 0.98 },
      { assetId: "BTC", unit: "coin", from: 10, upTo: 20, ratio: 0.95 },
      { assetId: "BTC", unit: "coin", from: 20, upTo: Infinity, ratio: 0 },
    ]);
  });

  it("reads Binance cross margin tiers in value for every asset named", () => {
    const text = JSON.stringify([
      {
        collaterals: [
          { minUsdValue: "0", maxUsdValue: "100000000", discountRate: "1" },
          { minUsdValue: "100000000", discountRate: "0.9" },
        ],
        assetNames: ["BTC", "ETH"],
      },
    ]);
    const { slabs } = parseVenueTiers(text);
    expect(slabs.map((slab) => [slab.assetId, slab.unit, slab.upTo, slab.ratio])).toEqual([
      ["BTC", "value", 100_000_000, 1],
      ["BTC", "value", Infinity, 0.9],
      ["ETH", "value", 100_000_000, 1],
      ["ETH", "value", Infinity, 0.9],
    ]);
  });

  it("reads a pasted table with percentages", () => {
    expect(parseVenueTiers("asset\tupTo\tratio\nSOL\t1000\t90%\nSOL\t\t0.8").slabs).toEqual([
      { assetId: "SOL", unit: "coin", upTo: 1000, ratio: 0.9 },
      { assetId: "SOL", unit: "coin", upTo: Infinity, ratio: 0.8 },
    ]);
  });

  it.each([
    ["a gap", "asset,from,upTo,ratio\nA,0,10,0.9\nA,12,20,0.8", /Row 2 \(A\): there is a gap between 10 and 12/],
    ["an overlap", "asset,from,upTo,ratio\nA,0,10,0.9\nA,8,20,0.8", /Row 2 \(A\): it overlaps/],
    ["an asset that stands twice", "asset,upTo,ratio\nA,10,0.9\nB,5,0.9\na,10,0.9", /Row 3 \(a\): the asset stands already in row 1/],
    ["a first tier that begins above 0", "asset,from,upTo,ratio\nA,5,10,0.9", /Row 1 \(A\): the first tier begins at 5/],
    ["two units", "asset,unit,upTo,ratio\nA,coin,10,0.9\nA,value,20,0.8", /Row 2 \(A\): the unit changes/],
    ["an open end in the middle", "asset,upTo,ratio\nA,,0.9\nA,20,0.8", /Row 2 \(A\): upTo 20 is not above Infinity/],
    ["a blank asset", "asset,upTo,ratio\n,10,0.9", /Row 1 \(no asset\)/],
    ["a rising ratio", "asset,upTo,ratio\nA,10,0.8\nA,20,0.9", /Row 2 \(A\): the ratio rises from 0\.8 to 0\.9/],
    ["a percentage without its sign", "asset,upTo,ratio\nA,10,98", /Row 1: ratio 98 is above 1/],
    ["half of a JSON answer", '{"result": {"list": [', /not complete JSON/],
    ["JSON of another kind", '[{"symbol":"BTC"}]', /none of the known shapes/],
  ])("refuses %s with the row named", (_title, text, message) => {
    expect(() => parseVenueTiers(text)).toThrow(message);
  });
});

it("reads haircuts, an end written as a sign, and tables without bounds", () => {
  expect(parseVenueTiers("asset\thaircut\nBTC\t3%\nETH\t0.04").slabs).toEqual([
    { assetId: "BTC", unit: "coin", upTo: Infinity, ratio: 0.97 },
    { assetId: "ETH", unit: "coin", upTo: Infinity, ratio: 0.96 },
  ]);
  expect(parseVenueTiers("Coin;Max;Ratio\nBTC;10;98 %\nBTC;+∞;95 %").slabs.map((slab) => slab.upTo)).toEqual([10, Infinity]);
  expect(() => parseVenueTiers("asset,haircut,ratio\nBTC,0.03,0.97")).toThrow(/either ratio or haircut/);
  expect(() => parseVenueTiers("asset,haircut\nBTC,3")).toThrow(/Row 1: haircut 3 is above 1. Write 3 % or 0.03/);
});

it("reads one ratio for each asset, as Bybit's collateral info and Binance's portfolio margin publish it", () => {
  expect(parseVenueTiers('{"result":{"list":[{"currency":"BTC","collateralRatio":"0.95","marginCollateral":true}]}}').slabs).toEqual([
    { assetId: "BTC", unit: "coin", from: 0, upTo: Infinity, ratio: 0.95 },
  ]);
  expect(parseVenueTiers('[{"asset":"USDC","collateralRate":"0.9999"},{"asset":"BNB","collateralRate":"0.95"}]').slabs).toHaveLength(2);
});

describe("compareTiers", () => {
  const row = (assetId: string, upTo: number, ratio: number): TierRow => ({
    origin: { table: "tblTiers", sheet: "Tiers", row: 1, sheetRow: 2 },
    tierTable: "BYBIT",
    assetId,
    tierUnit: "coin",
    tierMode: "marginal",
    upTo,
    ratio,
  });

  it("shows what changes and what it does to the quantity owned: 15 BTC count 97 % before, 95.67 % after", () => {
    const changes = compareTiers(
      [row("BTC", 10, 0.98), row("BTC", Infinity, 0.95), row("DOT", 100, 0.8)],
      parseVenueTiers(bybit.replace('"0.95"', '"0.91"')).slabs,
      new Map([["BTC", { quantity: 15, price: 97_000 }]]),
    );
    expect(changes.map(({ assetId, change }) => [assetId, change])).toEqual([
      ["BTC", "changed"],
      ["DOT", "removed"],
    ]);
    expect(changes[0]?.before).toBe("0-10: 98 %, above 10: 95 %");
    expect(changes[0]?.countedBefore).toBeCloseTo(0.97, 12);
    expect(changes[0]?.countedAfter).toBeCloseTo((10 * 0.98 + 5 * 0.91) / 15, 12);
  });

  it("ends what a whole list leaves out, once, and knows names without regard to case", () => {
    const published = parseVenueTiers("asset,upTo,ratio\nbtc,,0.98\nETH,,0.95").slabs;
    const ended = row("OLD", Infinity, 0);
    const current = [row("BTC", Infinity, 0.98), row("ETH", Infinity, 0.9), row("DOT", 100, 0.8), ended];
    const changes = compareTiers(current, published, new Map([["DOT", { quantity: 50, price: 5 }]]), true);
    expect(changes.map(({ assetId, change }) => [assetId, change])).toEqual([
      ["btc", "same"],
      ["DOT", "ended"],
      ["ETH", "changed"],
      ["OLD", "removed"],
    ]);
    expect(changes[1]).toMatchObject({ countedBefore: 0.8, countedAfter: 0 });
  });

  it("writes bounds with thousands, and one ratio for any amount as such", () => {
    const [large, whole] = compareTiers([row("BTC", 2_500_000, 0.9), row("BTC", Infinity, 0.5), row("SOL", Infinity, 0.8)], [], new Map());
    expect([large?.before, whole?.before]).toEqual(["0-2,500,000: 90 %, above 2,500,000: 50 %", "all: 80 %"]);
  });

  it("takes an excerpt for an excerpt", () => {
    const current = ["BTC", "ETH", "SOL", "DOT"].map((name) => row(name, Infinity, 0.9));
    expect(looksComplete(current, parseVenueTiers("asset,upTo,ratio\nBTC,,0.98").slabs)).toBe(false);
    expect(looksComplete(current, parseVenueTiers("asset,upTo,ratio\nBTC,,0.98\nETH,,0.95").slabs)).toBe(true);
  });
});
