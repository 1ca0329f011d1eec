import { black76 } from "../../../src/core/margin/black-76";
import { volatilityShock } from "../../../src/core/margin/scenario-grid";
import { health, profit, scenarioMargin } from "../../../src/functions/margin";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];
const named = (rows: any[][], name: string): any => rows.find((row) => String(row[0]).trim() === name)?.[1];

describe("COLL.SCENARIOMARGIN, the venue's documented example", () => {
  // Two inverse contracts of 0.314538364 and -0.001187534 BTC, priced at their marks.
  const positions = [
    ["instrument", "contractType", "underlying", "quantity", "markPrice", "multiplier", "expiry"],
    ["BTC-PERPETUAL", "inverse", "BTC", 0.314538364 * 65910.57, 65910.57, 1, ""],
    ["BTC-28JUN24", "inverse", "BTC", -0.001187534 * 67371.75, 67371.75, 1, "2024-06-28T08:00"],
  ];
  const options = "asOf=2024-06-17T10:22";

  it("gives its risk matrix margin and maintenance margin to 1e-9", () => {
    expect(scenarioMargin(positions, cell("deribit_portfolio_margin"), cell(options))[0]?.[0]).toBeCloseTo(0.06284313098, 9);
    expect(scenarioMargin(positions, cell("deribit_portfolio_margin"), cell(`${options}; type=maintenance`))[0]?.[0]).toBeCloseTo(0.050274504784, 9);
  });

  it("gives its worst case, roll shock and risk vector", () => {
    const rows = scenarioMargin(positions, cell("deribit_portfolio_margin"), cell(`${options}; output=table`));
    expect(named(rows, "worst loss")).toBeCloseTo(0.05968587238095239, 12);
    expect(named(rows, "roll shock")).toBeCloseTo(0.00315725898, 12);
    expect(named(rows, "delta shock")).toBe(0);
    expect(named(rows, "price -4 %, volatility same")).toBeCloseTo(-0.013056284583333334, 12);
    expect(named(rows, "price +16 %, volatility up")).toBeCloseTo(0.043384601931034494 - 0.00016379779310344832, 12);
    expect(named(rows, "extended +500 %")).toBeCloseTo(0.04338460193103449 - 0.0001637977931034483, 12);
    expect(named(rows, "extended -66 %")).toBeCloseTo(-0.05991206933333334 + 0.0002261969523809524, 12);
    expect(rows.find((row) => String(row[0]).startsWith("extended -66"))?.[2]).toBe(0);
  });
});

describe("COLL.SCENARIOMARGIN", () => {
  const grid = [
    ["key", "underlying", "value"],
    ["price_range", "*", 0.2],
    ["buckets_each_side", "*", 2],
  ];
  const header = ["contractType", "underlying", "quantity", "markPrice"];
  const one = (positions: any[][], parameters: any[][], options?: string): number =>
    scenarioMargin(positions, parameters, options === undefined ? (null as any) : cell(options))[0]?.[0];

  it("nets inside a book and adds books", () => {
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "BTC", -1.5, 100]], grid)).toBeCloseTo(10, 12);
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "ETH", -10, 10]], grid)).toBeCloseTo(60, 12);
  });

  it("lets books of one correlation set lose together, gains at pnlOffset", () => {
    const set = [...grid, ["correlation_set", "*", 1], ["pnl_offset", "*", 0.6]];
    // Worst: price -20 %: BTC -40, ETH +20 at 0.6 = 12; the other side: ETH -20, BTC +40 * 0.6.
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "ETH", -10, 10]], set)).toBeCloseTo(28, 12);
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "ETH", 10, 10]], set)).toBeCloseTo(60, 12);
  });

  it("credits opposite deltas of two books", () => {
    const offset = [...grid, ["offset_ETH", "BTC", 0.5]];
    // BTC 200 long (margin 40), ETH 100 short (margin 20): spread 100: 0.5 * (40 / 2 + 20)
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "ETH", -10, 10]], offset)).toBeCloseTo(40, 12);
    expect(one([header, ["linear", "BTC", 2, 100], ["linear", "ETH", 10, 10]], offset)).toBeCloseTo(60, 12);
  });

  it("revalues options by Black-76 under shocked volatility", () => {
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice", "underlyingPrice", "strike", "optionType", "volatility", "expiry"],
      ["option", "BTC", -1, 3000, 50000, 50000, "call", 0.6, "2026-12-22"],
    ];
    const parameters = [
      ...grid,
      ["volatility_range_up", "*", 0.5],
      ["volatility_range_down", "*", 0.25],
      ["short_term_vega_power", "*", 0.3],
      ["long_term_vega_power", "*", 0.13],
    ];
    const expected = black76("call", 60000, 50000, 0.9, 30 / 365).value - black76("call", 50000, 50000, 0.6, 30 / 365).value;
    expect(one(positions, parameters, "asOf=2026-11-22")).toBeCloseTo(expected, 8);
  });

  it("applies dampener and weight to extended moves only", () => {
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice", "underlyingPrice", "strike", "optionType", "volatility", "expiry"],
      ["option", "BTC", -10, 1, 50000, 100000, "call", 0.6, "2026-11-29"],
    ];
    const parameters = [...grid, ["extended_move_1", "*", 2], ["extended_dampener", "*", 100000], ["extended_table_factor", "*", 1]];
    expect(one(positions, parameters, "asOf=2026-11-22")).toBeCloseTo(10 * 50000 - 100000, 0);
  });

  it("adds contingencies for options and offsetting futures", () => {
    const positions = [
      [...header, "underlyingPrice", "strike", "optionType", "volatility", "expiry"],
      ["linear", "BTC", 100, 1000, "", "", "", "", "2026-12-25"],
      ["linear", "BTC", -100, 1000, "", "", "", "", "2027-03-26"],
    ];
    expect(one(positions, [...grid, ["futures_contingency", "*", 0.02]], "asOf=2026-11-22")).toBeCloseTo(2 * 1000, 8);
  });

  it("scans sixteen SPAN scenarios, the extreme ones at 35 %, with spread charge and short option minimum", () => {
    const span = [
      ["key", "underlying", "value"],
      ["price_scan_range", "*", 0.1],
      ["volatility_scan_range", "*", 0.2],
      ["short_option_minimum", "*", 0.01],
    ];
    expect(one([header, ["linear", "BTC", 5, 1000]], span)).toBeCloseTo(500, 10);
    const farCall = [
      [...header, "underlyingPrice", "strike", "optionType", "volatility", "expiry"],
      ["option", "BTC", -10, 0.01, 1000, 1e6, "call", 0.5, "2026-11-29"],
    ];
    expect(one(farCall, span, "asOf=2026-11-22")).toBeCloseTo(10 * 0.01 * 1000, 8);
  });

  it("is 0 for an empty risk and never negative", () => {
    expect(one([header, ["linear", "BTC", 1, 100], ["linear", "BTC", -1, 100]], grid)).toBe(0);
  });

  it.each([
    ["an unknown key", [header, ["linear", "BTC", 1, 100]], [...grid, ["price_rnage", "*", 1]], "", /parameters row 3: key "price_rnage" is unknown/],
    ["a missing range", [header, ["linear", "SOL", 1, 100]], [grid[0], ["price_range", "BTC", 0.2]], "", /parameters has no priceRange for SOL/],
    [
      "percent",
      [header, ["linear", "BTC", 1, 100]],
      [grid[0], ["price_range", "*", 16]],
      "",
      /parameters row 1: price_range 16 must be between 0 and 1/,
    ],
    [
      "an expiry without asOf",
      [
        [...header, "expiry"],
        ["linear", "BTC", 1, 100, "2026-12-25"],
      ],
      grid,
      "",
      /positions row 1: an expiry needs the option asOf/,
    ],
    [
      "an option without volatility",
      [
        [...header, "underlyingPrice", "strike", "optionType", "expiry"],
        ["option", "BTC", 1, 5, 100, 100, "call", "2026-12-25"],
      ],
      grid,
      "asOf=2026-11-22",
      /positions row 1: volatility is blank/,
    ],
    ["coins of two underlyings", [header, ["linear", "BTC", 1, 100], ["linear", "ETH", 1, 10]], grid, "unit=coin", /one underlying/],
    [
      "a stored set before its date",
      [header, ["linear", "BTC", 1, 100]],
      [["deribit_portfolio_margin"]],
      "asOf=2024-01-01",
      /applies from 2024-06-17/,
    ],
    ["an unknown stored set", [header, ["linear", "BTC", 1, 100]], [["okx"]], "", /deribit_portfolio_margin or give a table/],
    ["a repeated key", [header, ["linear", "BTC", 1, 100]], [...grid, ["price_range", "*", 0.3]], "", /stands twice/],
  ])("refuses %s", (_what, positions, parameters, options, expected) => {
    expect(
      failureOf(() => scenarioMargin(positions as any[][], parameters as any[][], options === "" ? (null as any) : cell(options))).message,
    ).toMatch(expected);
  });
});

describe("volatilityShock", () => {
  it("scales with the square root of 30 days over days (PX-06)", () => {
    expect(volatilityShock(0.4, 15, 0.5)).toBeCloseTo(0.5656854249, 10);
  });
});

describe("COLL.PROFIT", () => {
  it("pays inverse contracts in coin (PX-08), linear and quanto by the price difference", () => {
    expect(profit(cell("inverse"), cell(100000), cell(10000), cell(10500))[0]?.[0]).toBeCloseTo(0.476190476, 8);
    expect(profit(cell("linear"), cell(-3), cell(100), cell(90), cell(5))).toEqual([[150]]);
    expect(profit(cell("quanto"), cell(10), cell(500), cell(520), cell(0.000001))[0]?.[0]).toBeCloseTo(0.0002, 12);
  });

  it("answers columns and refuses blank prices and unknown types", () => {
    const answer = profit(cell("linear"), [[1], [2]], [[100], [0]], cell(110));
    expect(answer[0]).toEqual([10]);
    expect(answer[1]?.[0].message).toBe("Entry price row 2 is blank or 0. Type the entry price.");
    expect(failureOf(() => profit(cell("swap"), cell(1), cell(1), cell(1))).message).toMatch(/linear, inverse, quanto/);
    expect(failureOf(() => profit(cell("inverse"), cell(1), cell(0), cell(1))).message).toMatch(/above 0/);
  });
});

describe("COLL.HEALTH", () => {
  it("is weighted collateral over debt (HF-01), with the fall to 1", () => {
    const [single] = health([[30000, 0.8]], cell(15000));
    expect(single?.[0]).toBeCloseTo(1.6, 12);
    expect(single?.[1]).toBeCloseTo(0.375, 12);
    expect(
      health(
        [
          [9000, 0.8],
          [9000, 0.8],
          [12000, 0.85],
        ],
        cell(18000),
      )[0]?.[0],
    ).toBeCloseTo(24600 / 18000, 12);
    expect(
      health(
        [
          ["asset", "quantity", "price", "liquidation threshold"],
          ["ETH", 10, 3000, 0.8],
        ],
        [[10000], [5000]],
      )[0]?.[0],
    ).toBeCloseTo(1.6, 12);
    expect(health(cell(24000), cell(15000))[0]?.[0]).toBeCloseTo(1.6, 12);
    expect(health(cell(30000), cell(15000), cell("threshold=0.8"))[0]?.[0]).toBeCloseTo(1.6, 12);
  });

  it("gives no fall in price where the collateral counts 0 or less", () => {
    for (const weighted of [0, -5]) {
      const [row] = health(cell(weighted), cell(10));
      expect(row?.[0]).toBe(weighted / 10);
      expect(row?.[1].code).toBe("#N/A");
      expect(row?.[1].message).toMatch(/counts 0 or less/);
    }
  });

  it("keeps #N/A of a price in a table as #N/A", () => {
    const table = (price: unknown): any[][] => [
      ["quantity", "price", "threshold"],
      [1, price, 0.8],
    ];
    expect(failureOf(() => health(table("#N/A"), cell(10))).code).toBe("#N/A");
    expect(failureOf(() => health(table("#REF!"), cell(10))).code).toBe("#VALUE!");
  });

  it("refuses no debt, a blank threshold and percent", () => {
    expect(failureOf(() => health(cell(1), cell(0))).code).toBe("#N/A");
    expect(
      failureOf(() =>
        health(
          [
            [100, ""],
            [100, 0.5],
          ],
          cell(10),
        ),
      ).message,
    ).toMatch(/Threshold row 1 is blank/);
    expect(failureOf(() => health([[100, 80]], cell(10))).message).toMatch(/Write a decimal/);
  });
});

describe("COLL.SCENARIOMARGIN, parameters that cannot be right", () => {
  const positions = [
    ["contractType", "underlying", "quantity", "markPrice"],
    ["linear", "BTC", 2, 100],
  ];
  it.each([
    [
      "a numbered move twice",
      [
        ["price_move_1", "*", 0.1],
        ["price_move_1", "*", 0.2],
      ],
      /row 2: price_move_1 for \* stands twice/,
    ],
    [
      "an offset in both orders",
      [
        ["price_range", "*", 0.1],
        ["offset_ETH", "BTC", 0.5],
        ["offset_BTC", "ETH", 0.3],
      ],
      /row 3: offset_BTC for ETH stands twice/,
    ],
    [
      "half a bucket",
      [
        ["price_range", "*", 0.1],
        ["buckets_each_side", "*", 2.5],
      ],
      /row 2: buckets_each_side 2.5 must be a whole number/,
    ],
    [
      "a volatility shock in percent",
      [
        ["price_range", "*", 0.1],
        ["volatility_range_up", "*", 50],
      ],
      /row 2: volatility_range_up 50 .* Write 0.5/,
    ],
    [
      "a grid and SPAN at once",
      [
        ["price_range", "*", 0.1],
        ["price_scan_range", "*", 0.1],
      ],
      /row 2: \* has a price_range and a price_scan_range/,
    ],
  ])("refuses %s, with the row", (_what, rows, message) => {
    expect(failureOf(() => scenarioMargin(positions, [["key", "underlying", "value"], ...rows])).message).toMatch(message);
  });
});
