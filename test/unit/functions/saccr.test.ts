import { saccr, scheduleMargin } from "../../../src/functions/margin";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const header = [
  "tradeId",
  "nettingSet",
  "assetClass",
  "notional",
  "direction",
  "marketValue",
  "currency",
  "hedgingSet",
  "subClass",
  "startYears",
  "endYears",
  "maturityYears",
  "optionType",
  "strike",
  "underlyingPrice",
  "optionExpiryYears",
];
const rates = [
  ["1", "NS", "Interest rate", 10000, 1, 30, "USD", "", "", 0, 10, "", "", "", "", ""],
  ["2", "NS", "interestRate", 10000, -1, -20, "USD", "", "", 0, 4, "", "", "", "", ""],
  ["3", "NS", "interestRate", 5000, 1, 50, "EUR", "", "", 1, 11, "", "put", 0.05, 0.06, 1],
];
const credit = [
  ["1", "NS", "credit single name", 10000, 1, 20, "USD", "Firm A", "AA", 0, 3, "", "", "", "", ""],
  ["2", "NS", "credit", 10000, -1, -40, "EUR", "Firm B", "BBB", 0, 6, "", "", "", "", ""],
  ["3", "NS", "credit index", 10000, 1, 0, "USD", "CDX.IG", "IG", 0, 5, "", "", "", "", ""],
];
const commodity = [
  ["1", "NS", "commodity", 10000, 1, -50, "", "Crude oil", "Oil/Gas", "", "", 0.75, "", "", "", ""],
  ["2", "NS", "commodity", 20000, -1, -30, "", "Crude oil", "Oil/Gas", "", "", 2, "", "", "", ""],
  ["3", "NS", "commodity", 10000, 1, 100, "", "Silver", "Metals", "", "", 5, "", "", "", ""],
];
const table = (...rows: any[][][]): any[][] => [header, ...rows.flat()];
const cell = (value: unknown): any[][] => [[value]];
const omitted = null as any;
const part = (rows: any[][], name: string): number => rows.find((row) => String(row[0]).trim() === name)?.[1];

describe("COLL.SACCR on the Basel annex examples", () => {
  it.each([
    ["1, interest rates", table(rates), 569, 569.4701],
    ["2, credit", table(credit), 381, undefined],
    ["3, commodities", table(commodity), 5406, 5405.616],
    ["4, interest rates and credit", table(rates, credit), 936, undefined],
  ])("example %s", (_name, trades, printed, unrounded) => {
    const [[exposure]] = saccr(trades) as [[number]];
    expect(Math.abs(exposure - printed)).toBeLessThan(0.6);
    if (unrounded !== undefined) expect(exposure).toBeCloseTo(unrounded, 3);
  });

  it("example 5, margined: weekly calls, 14 days", () => {
    const sets = [
      ["nettingSet", "collateral", "isMargined", "threshold", "minimumTransferAmount", "nica", "mporDays"],
      ["NS", 200, "yes", 0, 5, 150, 14],
    ];
    const [[exposure]] = saccr(table(rates, commodity), sets) as [[number]];
    expect(Math.abs(exposure - 1879)).toBeLessThan(0.6);
  });

  it("shows the parts of example 1", () => {
    const rows = saccr(table(rates), omitted, cell("output=table"));
    expect(part(rows, "RC")).toBe(60);
    expect(part(rows, "aggregate add-on")).toBeCloseTo(346.7644, 3);
    expect(part(rows, "multiplier")).toBe(1);
  });

  it("takes the hedging set of a rate as its currency where currency is blank", () => {
    const renamed = rates.map((row) => row.map((value, place) => (place === 6 ? "" : place === 7 ? row[6] : value)));
    expect(saccr(table(renamed))).toEqual(saccr(table(rates)));
  });

  it("reads Metals/Silver and hedging set Metals with type Silver alike", () => {
    const other = [
      commodity[0] ?? [],
      commodity[1] ?? [],
      ["3", "NS", "Commodity", 10000, 1, 100, "", "", "Metals/Silver", "", "", 5, "", "", "", ""],
    ];
    expect(saccr(table(other))).toEqual(saccr(table(commodity)));
    const third = [
      commodity[0] ?? [],
      commodity[1] ?? [],
      ["3", "NS", "Commodity", 10000, 1, 100, "", "Metals", "Silver", "", "", 5, "", "", "", ""],
    ];
    expect(saccr(table(third))).toEqual(saccr(table(commodity)));
  });
});

describe("COLL.SACCR", () => {
  const fx = (marketValue: number, direction: number, set = "NS", pair = "EURUSD"): any[] => [
    "x",
    set,
    "fx",
    1000,
    direction,
    marketValue,
    "",
    pair,
    "",
    "",
    "",
    2,
    "",
    "",
    "",
    "",
  ];

  it("nets one pair and adds two", () => {
    expect(saccr(table([fx(0, 1), fx(0, -1)]))[0]?.[0]).toBeCloseTo(0, 12);
    expect(saccr(table([fx(0, 1), fx(0, -1, "NS", "GBPUSD")]))[0]?.[0]).toBeCloseTo(1.4 * 80, 10);
  });

  it("answers a row per netting set", () => {
    expect(saccr(table([fx(0, 1, "A"), fx(10, 1, "B")]))).toEqual([
      ["A", expect.closeTo(56, 10)],
      ["B", expect.closeTo(70, 10)],
    ]);
  });

  it("margined RC is driven by TH + MTA - NICA (SACCR-6), and the exposure capped at the unmargined one", () => {
    const addOn = 1_174_289.46831839;
    const trade = ["x", "NS", "fx", addOn / (0.04 * 0.3), 1, -4_000_000, "", "EURUSD", "", "", "", 5, "", "", "", ""];
    const sets = [
      ["nettingSet", "isMargined", "threshold", "MTA", "NICA"],
      ["NS", "yes", 2_000_000, 500_000, 250_000],
    ];
    const rows = saccr(table([trade]), sets, cell("output=table; cap=no"));
    expect(part(rows, "RC")).toBe(2_250_000);
    expect(part(rows, "multiplier")).toBeCloseTo(0.20816907251400474, 10);
    expect(part(rows, "PFE")).toBeCloseTo(244_450.749, 2);
    expect(part(rows, "EAD of NS")).toBeCloseTo(3_492_231.05, 1);
    const capped = saccr(table([trade]), sets)[0]?.[0];
    const addOnUnmargined = addOn / 0.3;
    expect(capped).toBeCloseTo(1.4 * addOnUnmargined * (0.05 + 0.95 * Math.exp(-4_000_000 / (1.9 * addOnUnmargined))), 4);
    expect(capped).toBeLessThan(3_492_231);
  });

  it("counts equities by entity and index, basis sets half, volatility sets five times", () => {
    const equity = (assetClass: string, entity: string, direction: number): any[] => [
      "x",
      "NS",
      assetClass,
      100,
      direction,
      0,
      "",
      entity,
      "",
      "",
      "",
      1,
      "",
      "",
      "",
      "",
    ];
    const expected = Math.sqrt((0.5 * 32 - 0.8 * 20) ** 2 + 0.75 * 32 ** 2 + 0.36 * 20 ** 2);
    expect(saccr(table([equity("equity single name", "ACME", 1), equity("equity index", "SPX", -1)]))[0]?.[0]).toBeCloseTo(1.4 * expected, 10);
    expect(saccr(table([equity("equity index", "volatility SPX", 1)]))[0]?.[0]).toBeCloseTo(1.4 * 100, 10);
    const basis = ["x", "NS", "commodity", 100, 1, 0, "", "basis Brent/Henry Hub", "Oil/Gas", "", "", 1, "", "", "", ""];
    expect(saccr(table([basis]))[0]?.[0]).toBeCloseTo(1.4 * 9, 10);
  });

  it("takes short maturities down to ten business days", () => {
    const trade = ["x", "NS", "fx", 1000, 1, 0, "", "EURUSD", "", "", "", 0.01, "", "", "", ""];
    expect(saccr(table([trade]))[0]?.[0]).toBeCloseTo(1.4 * 40 * Math.sqrt(0.04), 10);
  });

  it("uses an unverified crypto factor only when asked, and says so", () => {
    const crypto = ["x", "NS", "crypto", 1000, 1, 0, "", "BTC", "", "", "", 1, "", "", "", ""];
    expect(failureOf(() => saccr(table([crypto]))).message).toMatch(/row 1: the crypto factor is from memory/);
    const rows = saccr(table([crypto]), omitted, cell("unverified=allowed; output=table"));
    expect(part(rows, "EAD of NS")).toBeCloseTo(448, 10);
    expect(rows.some((row) => row[1] === "unverified")).toBe(true);
  });

  it.each([
    ["a missing column", [header.filter((name) => name !== "direction"), ["1", "NS", "fx", 1, 0, "", "EURUSD"]], /direction is blank/],
    ["an unknown class", table([["1", "NS", "weather", 1, 1, 0, ...Array(10).fill("")]]), /row 1: assetClass "weather"/],
    ["an open equity", table([["1", "NS", "equity", 1, 1, 0, "", "ACME", ...Array(8).fill("")]]), /equity single name or equity index/],
    [
      "a rating without a row",
      table([["1", "NS", "credit", 1, 1, 0, "", "F", "D", 0, 3, ...Array(5).fill("")]]),
      /sa_ccr_parameters has no creditSingleName with subClass "D"/,
    ],
    ["a negative notional", table([["1", "NS", "fx", -5, 1, 0, "", "EURUSD", "", "", "", 1, "", "", "", ""]]), /row 1: notional is -5/],
    ["a direction of 0", table([["1", "NS", "fx", 5, 2, 0, "", "EURUSD", "", "", "", 1, "", "", "", ""]]), /row 1: direction is 2/],
    ["a turned pair", table([fx(0, 1), fx(0, 1, "NS", "USDEUR")]), /one hedging set/],
    ["a rate without currency", table([["1", "NS", "interestRate", 5, 1, 0, "", "", "", 0, 3, "", "", "", "", ""]]), /row 1: currency is blank/],
    ["an option without strike", table([["1", "NS", "fx", 5, 1, 0, "", "EURUSD", "", "", "", 1, "call", "", 1.1, 1]]), /row 1: strike is blank/],
    ["a credit trade without entity", table([["1", "NS", "credit", 5, 1, 0, "", "", "AA", 0, 3, "", "", "", "", ""]]), /row 1: hedgingSet is blank/],
    ["text in a number", table([["1", "NS", "fx", "5m", 1, 0, "", "EURUSD", "", "", "", 1, "", "", "", ""]]), /row 1: notional is "5m"/],
  ])("refuses %s", (_what, trades, expected) => {
    expect(failureOf(() => saccr(trades as any[][])).message).toMatch(expected);
  });

  it("refuses a netting set without terms where terms are given", () => {
    expect(
      failureOf(() =>
        saccr(table([fx(0, 1)]), [
          ["nettingSet", "collateral"],
          ["OTHER", 5],
        ]),
      ).message,
    ).toBe("nettingSets has no row for NS. Add it.");
  });
});

describe("COLL.SCHEDULEMARGIN", () => {
  const swaps = [
    ["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"],
    ["NS", "interest rate", 100, 5, 10],
    ["NS", "interest rate", 100, -3, 10],
  ];

  it("differs by side (IM-02: 5.12 where we collect)", () => {
    expect(scheduleMargin(swaps, cell("side=collect"))[0]?.[0]).toBeCloseTo(5.12, 12);
    expect(scheduleMargin(swaps)[0]?.[0]).toBeCloseTo(3.2, 12);
  });

  it("takes NGR as 1 where the gross replacement cost is 0 (IM-03)", () => {
    const forward = [
      ["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"],
      ["NS", "fx", 1000, -7, 1],
    ];
    expect(scheduleMargin(forward, cell("side=collect"))).toEqual([[60]]);
    expect(scheduleMargin(forward)).toEqual([[60]]);
  });

  it.each([
    [2, 1],
    [2.001, 2],
    [5, 2],
    [5.001, 4],
  ])("puts a swap of %p years at %p percent", (years, percent) => {
    const trades = [
      ["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"],
      ["NS", "interestRate", 100, 0, years],
    ];
    expect(scheduleMargin(trades)[0]?.[0]).toBeCloseTo(percent, 12);
  });

  it("counts crypto as other and says so, per netting set", () => {
    const trades = [
      ["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"],
      ["A", "crypto", 100, 0, 1],
      ["B", "credit", 100, 0, 4],
    ];
    expect(scheduleMargin(trades)).toEqual([
      ["A", 15],
      ["B", 5],
    ]);
    expect(scheduleMargin(trades, cell("output=table")).some((row) => /our reading/.test(String(row[3])))).toBe(true);
  });

  it("refuses a missing class, maturity or column by row", () => {
    const one = (assetClass: string, years: unknown): any[][] => [
      ["nettingSet", "assetClass", "notional", "marketValue", "maturityYears"],
      ["A", assetClass, 100, 0, years],
    ];
    expect(failureOf(() => scheduleMargin(one("weather", 1))).message).toMatch(/trades row 1: umr_im_schedule has no class "weather"/);
    expect(failureOf(() => scheduleMargin(one("credit", ""))).message).toMatch(/trades row 1: maturityYears is blank/);
    expect(
      failureOf(() =>
        scheduleMargin([
          ["nettingSet", "assetClass", "marketValue"],
          ["A", "fx", 1],
        ]),
      ).message,
    ).toBe("trades has no column notional. Add it to the header row.");
  });
});

describe("COLL.SACCR, one margin agreement over several netting sets", () => {
  // Add-ons 1000 x 4 % = 40 and 500 x 4 % = 20, market values 10 and -4; worked by hand from CRE52.75 and CRE52.76 with its FAQ1.
  const trades = [
    ["nettingSet", "assetClass", "notional", "direction", "marketValue", "hedgingSet", "maturityYears"],
    ["A", "fx", 1000, 1, 10, "EURUSD", 2],
    ["B", "fx", 500, 1, -4, "EURUSD", 2],
  ];
  const under = (collateral: number): any[][] =>
    saccr(trades, [
      ["nettingSet", "collateral", "isMargined", "threshold", "marginAgreement"],
      ["A", collateral, "yes", 1000, "CSA 1"],
      ["B", 0, "yes", 1000, "CSA 1"],
    ]);

  it.each([
    ["without collateral: one set's debt does not lower what the other owes", 0, 1.4 * (10 + 40 + 20 * (0.05 + 0.95 * Math.exp(-4 / 38)))],
    [
      "with 16 received: 10 goes to A, 6 by add-on, 4 to A and 2 to B",
      16,
      1.4 * (40 * (0.05 + 0.95 * Math.exp(-4 / 76)) + 20 * (0.05 + 0.95 * Math.exp(-6 / 38))),
    ],
    ["with 6 posted: 2 more than is owed are at risk, multipliers 1", -6, 1.4 * (10 + 2 + 60)],
    ["with 3 posted: 1 of B's debt stays", -3, 1.4 * (10 + 40 + 20 * (0.05 + 0.95 * Math.exp(-1 / 38)))],
  ])("%s", (_what, collateral, expected) => {
    expect(under(collateral)[0]?.[0]).toBeCloseTo(expected, 10);
  });

  it("answers under the agreement's name beside sets of their own", () => {
    const terms = [
      ["nettingSet", "collateral", "marginAgreement"],
      ["A", 0, "CSA 1"],
      ["B", 0, "CSA 1"],
      ["C", 0, ""],
    ];
    const answer = saccr([...trades, ["C", "fx", 1000, 1, 10, "EURUSD", 2]], terms);
    expect(answer.map((row) => row[0])).toEqual(["CSA 1", "C"]);
    expect(answer[1]?.[1]).toBeCloseTo(70, 12);
  });
});

describe("COLL.SACCR tranches", () => {
  const tranche = (attachment: unknown, detachment: unknown): any[][] =>
    saccr([
      ["nettingSet", "assetClass", "subClass", "hedgingSet", "notional", "direction", "marketValue", "endYears", "attachment", "detachment"],
      ["A", "credit index", "IG", "X", 100, 1, 0, 3, attachment, detachment],
    ]);

  it("has the delta 15 / ((1 + 14 A)(1 + 14 D))", () => {
    const duration = (1 - Math.exp(-0.15)) / 0.05;
    expect(tranche(0.03, 0.07)[0]?.[0]).toBeCloseTo((1.4 * 0.0038 * 100 * duration * 15) / (1.42 * 1.98), 10);
  });

  it.each([
    ["turned round", 0.07, 0.03],
    ["without an end", 0.07, ""],
  ])("refuses a tranche %s, with the row", (_what, attachment, detachment) => {
    expect(failureOf(() => tranche(attachment, detachment)).message).toMatch(/trades row 1: detachment is .* above attachment 0\.07/);
  });
});
