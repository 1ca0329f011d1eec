import { venueMargin } from "../../../src/functions/margin";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];
const omitted = null as any;
const one = (...given: Parameters<typeof venueMargin>): number => venueMargin(...given)[0]?.[0];

describe("COLL.VENUEMARGIN initial and maintenance", () => {
  it("adds brackets of borrowed assets (PX-01: 75,327.10)", () => {
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice"],
      ["spot", "BTC", -13, 30000],
      ["spot", "ETH", -13, 3000],
    ];
    const rules = [
      ["Underlying", "Up to", "Unit", "IM rate", "MM rate"],
      ["BTC", 50000, "value", 0.1112, 0.05],
      ["BTC", 100000, "value", 0.1429, 0.06],
      ["BTC", "", "value", 0.2, 0.1],
      ["ETH", 30000, "value", 0.1112, 0.05],
      ["ETH", "", "value", 0.1429, 0.06],
    ];
    expect(one(positions, rules)).toBeCloseTo(75327.1, 8);
  });

  it("divides inverse contracts by leverage, in coins (PX-02: 0.0051 BTC)", () => {
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice", "multiplier", "leverage"],
      ["inverse", "BTC", 10, 9800, 100, 20],
    ];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["BTC", "", "coin", 0.01, 0.005],
    ];
    expect(one(positions, rules, "initial", omitted, cell("unit=coin"))).toBeCloseTo(1000 / 9800 / 20, 12);
    expect(one(positions, rules)).toBeCloseTo(50, 12);
  });

  it.each([
    ["BTC", 25, 100000, 0.02, 0.01, 0.00005, "initial", 53125],
    ["BTC", 350, 100000, 0.02, 0.01, 0.00005, "initial", 1312500],
    ["BTC", 25, 100000, 0.02, 0.01, 0.00005, "maintenance", 28125],
    ["SOL", 25, 200, 0.04, 0.02, 0.000005, "initial", 200.625],
    ["SOL", 6000, 200, 0.04, 0.02, 0.000005, "initial", 84000],
    ["SOL", 25, 200, 0.04, 0.02, 0.000005, "maintenance", 100.625],
  ])("adds a step per coin (PX-04: %s %p)", (coin, size, price, im, mm, step, type, expected) => {
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice"],
      ["linear", coin, size, price],
    ];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate", "stepPerUnit"],
      [coin, "", "coin", im, mm, step],
    ];
    expect(one(positions, rules, type)).toBeCloseTo(expected, 8);
  });

  it("takes the published deduction off, or computes the same one", () => {
    // MM 0.5 % to 2m, 1 % to 10m: deduction 2m * (1 % - 0.5 %) = 10,000; on 5m: 50,000 - 10,000.
    const positions = [
      ["contractType", "underlying", "quantity", "markPrice"],
      ["linear", "BTC", -50, 100000],
    ];
    const header = ["underlying", "upTo", "unit", "imRate", "mmRate", "deduction"];
    expect(one(positions, [header, ["BTC", 2e6, "value", 0.01, 0.005, 0], ["BTC", 1e7, "value", 0.02, 0.01, 10000]], "maintenance")).toBe(40000);
    expect(one(positions, [header, ["BTC", 2e6, "value", 0.01, 0.005, ""], ["BTC", 1e7, "value", 0.02, 0.01, ""]], "maintenance")).toBeCloseTo(
      40000,
      8,
    );
    expect(one(positions, [header, ["BTC", 2e6, "value", 0.01, 0.005, 0], ["BTC", 1e7, "value", 0.02, 0.01, 9000]], "maintenance")).toBe(41000);
  });

  it("nets rows of one instrument, so that splitting does not reach a lower slab, and backs open orders", () => {
    const header = ["instrument", "contractType", "underlying", "quantity", "markPrice", "openOrderQuantity"];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["BTC", 1, "coin", 0.1, 0.05],
      ["BTC", "", "coin", 0.2, 0.1],
    ];
    const whole = one([header, ["P", "linear", "BTC", 2, 100, 0]], rules);
    expect(whole).toBeCloseTo(30, 12);
    expect(one([header, ["P", "linear", "BTC", 1, 100, 0], ["P", "linear", "BTC", 1, 100, 0]], rules)).toBeCloseTo(whole, 12);
    expect(one([header, ["P", "linear", "BTC", 1, 100, 1]], rules)).toBeCloseTo(whole, 12);
    expect(one([header, ["P", "linear", "BTC", 1, 100, -1.5]], rules)).toBeCloseTo(10, 12);
    expect(one([header, ["P", "linear", "BTC", 1, 100, 1]], rules, "maintenance")).toBeCloseTo(5, 12);
  });

  it("margins short options by moneyness, bought ones not at all", () => {
    const header = [
      "instrument",
      "contractType",
      "underlying",
      "quantity",
      "markPrice",
      "underlyingPrice",
      "strike",
      "optionType",
      "settlementCurrency",
    ];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["BTC", "", "coin", 0.1, 0.05],
    ];
    const call = [header, ["C", "option", "BTC", -1, 0.02, 50000, 52000, "call", "BTC"]];
    expect(one(call, rules)).toBeCloseTo((0.15 - 0.04 + 0.02) * 50000, 8);
    expect(one(call, rules, "maintenance")).toBeCloseTo((0.075 + 0.02) * 50000, 8);
    expect(one([header, ["P", "option", "BTC", -2, 1000, 50000, 30000, "put", "USDC"]], rules)).toBeCloseTo(2 * (0.1 + 0.02) * 50000, 8);
    expect(one([header, ["C", "option", "BTC", 1, 0.02, 50000, 52000, "call", "BTC"]], rules)).toBe(0);
  });
});

describe("COLL.VENUEMARGIN equity and health", () => {
  const positions = [
    ["contractType", "underlying", "quantity", "entryPrice", "markPrice", "settlementCurrency"],
    ["linear", "BTC", 2, 50000, 49000, "USDT"],
  ];
  const rules = [
    ["underlying", "upTo", "unit", "imRate", "mmRate"],
    ["BTC", "", "value", 0.02, 0.01],
  ];
  const balances = [
    ["asset", "quantity", "price", "ratio"],
    ["BTC", 1, 49000, 0.95],
    ["USDT", 500, 1, 1],
    ["ETH", -1, 2000, 0.9],
  ];

  it("counts a positive net at its ratio and a debt in full", () => {
    // BTC 46,550; USDT 500 - 2,000 = -1,500 in full; ETH -2,000 in full
    expect(one(positions, rules, "equity", balances)).toBeCloseTo(46550 - 1500 - 2000, 8);
    expect(one(positions, rules, "health", balances)).toBeCloseTo(43050 / 980, 10);
  });

  it("settles inverse profit in coin", () => {
    const inverse = [
      ["contractType", "underlying", "quantity", "entryPrice", "markPrice", "multiplier"],
      ["inverse", "BTC", 100000, 10000, 10500, 1],
    ];
    const coin = [
      ["asset", "quantity", "price", "ratio"],
      ["BTC", 1, 10500, 0.9],
    ];
    expect(one(inverse, rules, "equity", coin)).toBeCloseTo((1 + 100000 * (1 / 10000 - 1 / 10500)) * 10500 * 0.9, 6);
  });
});

describe("COLL.VENUEMARGIN liquidationPrice", () => {
  const rules = [
    ["underlying", "upTo", "unit", "imRate", "mmRate"],
    ["BTC", "", "value", 0.02, 0.01],
  ];

  it("of an isolated linear long solves margin + q (P - entry) = mm q P", () => {
    const positions = [
      ["instrument", "contractType", "underlying", "quantity", "entryPrice", "markPrice", "marginMode", "isolatedMargin"],
      ["P", "linear", "BTC", 1, 100, 100, "isolated", 10],
    ];
    expect(one(positions, rules, "liquidationPrice")).toBeCloseTo(90 / 0.99, 8);
    const short = [positions[0] ?? [], ["P", "linear", "BTC", -1, 100, 100, "isolated", 10]];
    expect(one(short, rules, "liquidationPrice")).toBeCloseTo(110 / 1.01, 8);
  });

  it("of an isolated inverse long solves in coin", () => {
    // margin + n (1/e - 1/P) = mm n / P  =>  P = n (1 + mm) / (margin + n / e)
    const positions = [
      ["contractType", "underlying", "quantity", "entryPrice", "markPrice", "marginMode", "isolatedMargin"],
      ["inverse", "BTC", 10000, 10000, 10000, "isolated", 0.1],
    ];
    expect(one(positions, rules, "liquidationPrice")).toBeCloseTo((10000 * 1.01) / 1.1, 6);
  });

  it("of a cross account moves collateral in the same coin along", () => {
    // equity = 0.9 P + 2 (P - 100) + 60; maintenance = 0.02 P  =>  P = 140 / 2.88
    const positions = [
      ["contractType", "underlying", "quantity", "entryPrice", "markPrice", "settlementCurrency"],
      ["linear", "BTC", 2, 100, 100, "USDT"],
    ];
    const balances = [
      ["asset", "quantity", "price", "ratio"],
      ["BTC", 1, 100, 0.9],
      ["USDT", 300, 1, 1],
    ];
    // With 300 USDT the debt side never arises: 0.9 P + 300 + 2 (P - 100) = 0.02 P has no root above 0.
    expect(failureOf(() => one(positions, rules, "liquidationPrice", balances)).message).toMatch(/No price/);
    const poorer = [balances[0] ?? [], balances[1] ?? [], ["USDT", 60, 1, 1]];
    expect(one(positions, rules, "liquidationPrice", poorer)).toBeCloseTo(140 / 2.88, 8);
  });

  it("says so where the account is past it, and both sides in the table", () => {
    const positions = [
      ["instrument", "contractType", "underlying", "quantity", "entryPrice", "markPrice", "marginMode", "isolatedMargin"],
      ["P", "linear", "BTC", 1, 100, 80, "isolated", 10],
    ];
    const error = failureOf(() => one(positions, rules, "liquidationPrice"));
    expect([error.code, /past liquidation/.test(error.message)]).toEqual(["#N/A", true]);
  });
});

describe("COLL.VENUEMARGIN of quanto contracts, coin prices and slabs in a cell", () => {
  const ethRules = [
    ["underlying", "upTo", "unit", "imRate", "mmRate"],
    ["ETH", 100, "value", 0.02, 0.01],
    ["ETH", "", "value", 0.04, 0.02],
  ];
  const quanto = [
    ["contractType", "underlying", "quantity", "entryPrice", "markPrice", "multiplier", "settlementCurrency", "marginMode", "isolatedMargin"],
    ["quanto", "ETH", 100, 2000, 2100, 0.000001, "BTC", "isolated", 0.005],
  ];
  const btc = [
    ["asset", "quantity", "price", "ratio"],
    ["BTC", 0, 60000, 1],
  ];

  it("margins a quanto contract on its notional in the settlement currency", () => {
    // 100 * 0.000001 BTC per point * 2100 = 0.21 BTC = 12,600; 100 at 2 %, the rest at 4 %: 2 + 500 = 502
    expect(venueMargin(quanto, ethRules, "initial", btc)[0]?.[0]).toBeCloseTo(502, 9);
    expect(venueMargin(quanto, ethRules, "initial", btc, [["unit=coin"]])[0]?.[0]).toBeCloseTo(502 / 60000, 12);
    expect(() => venueMargin(quanto, ethRules)).toThrow(/price of BTC is not known. Add BTC to balances/);
  });

  it("liquidates an isolated quanto contract where margin and profit, in coin, are down to maintenance margin", () => {
    const flat = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["ETH", "", "value", 0.02, 0.01],
    ];
    // 0.005 + 0.0001 (P - 2000) = 0.01 * 0.0001 P
    const price = (0.0001 * 2000 - 0.005) / (0.0001 * 0.99);
    expect(venueMargin(quanto, flat, "liquidationPrice", btc)[0]?.[0]).toBeCloseTo(price, 6);
  });

  it("refuses an option price that may be in coins or in money", () => {
    const option = (settlement: string): unknown[][] => [
      ["contractType", "underlying", "quantity", "markPrice", "optionType", "strike", "underlyingPrice", "settlementCurrency"],
      ["option", "BTC", -1, 0.05, "call", 110_000, 100_000, settlement],
    ];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["BTC", "", "value", 0.02, 0.01],
    ];
    expect(() => venueMargin(option(""), rules)).toThrow(/positions row 1: markPrice 0.05 may be in BTC or in money. Fill settlementCurrency/);
    expect(venueMargin(option("BTC"), rules)[0]?.[0]).toBeCloseTo(15_000, 6);
    expect(venueMargin(option("USD"), rules)[0]?.[0]).toBeCloseTo(10_000.05, 6);
  });

  it("reads slabs written in a balance's row, and refuses a name or bad slabs with the row", () => {
    const flat = [
      ["contractType", "underlying", "quantity", "entryPrice", "markPrice"],
      ["linear", "BTC", 1, 100, 100],
    ];
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["BTC", "", "value", 0.02, 0.01],
    ];
    const equity = (tiers: string): unknown =>
      venueMargin(flat, rules, "equity", [
        ["asset", "quantity", "price", "tierTable"],
        ["SOL", 35, 10, tiers],
      ])[0]?.[0];
    expect(equity("10:0.98, 20:0.95, 30:0.9, 40:0.85, :0")).toBeCloseTo(325.5, 9);
    expect(equity("value 100:1; 300:0.9")).toBeCloseTo(280, 9);
    expect(() => equity("BYBIT-UTA")).toThrow(/balances row 1: tierTable "BYBIT-UTA" is a name/);
    expect(() => equity("10:0.9, 20:0.95")).toThrow(/balances row 1: tierTable slab 2: ratio 0.95 rises/);
    expect(() => equity("10:0.9, :0.8, 20:0.7")).toThrow(/slab 2: upTo is blank/);
  });

  it("finds the rules of an underlying without regard to case", () => {
    const position = [
      ["contractType", "underlying", "quantity", "markPrice"],
      ["linear", "btc", 1, 60_000],
    ];
    expect(
      venueMargin(position, [
        ["underlying", "upTo", "unit", "imRate", "mmRate"],
        ["BTC", "", "value", 0.01, 0.005],
      ])[0]?.[0],
    ).toBeCloseTo(600, 9);
  });

  it("adds OKX's de-peg charge as a bracket sum: 10 million at 0.75, 1.75 and 2.5 %", () => {
    const rules = [
      ["underlying", "upTo", "unit", "imRate", "mmRate"],
      ["USDT-USD", 1e6, "value", 0.0075, 0.0075],
      ["USDT-USD", 5e6, "value", 0.0175, 0.0175],
      ["USDT-USD", "", "value", 0.025, 0.025],
    ];
    const hedge = [
      ["contractType", "underlying", "quantity", "markPrice"],
      ["linear", "USDT-USD", 1e7, 1],
    ];
    expect(venueMargin(hedge, rules)[0]?.[0]).toBeCloseTo(202_500, 6);
  });
});

describe("COLL.VENUEMARGIN refusals", () => {
  const positions = [
    ["contractType", "underlying", "quantity", "markPrice"],
    ["linear", "BTC", 5, 100],
  ];
  const header = ["underlying", "upTo", "unit", "imRate", "mmRate", "validFrom"];
  it.each([
    ["an underlying without rules", [header, ["ETH", "", "coin", 0.1, 0.05, ""]], /positions row 1: rules has no row for underlying BTC/],
    [
      "unsorted bounds",
      [header, ["BTC", 10, "coin", 0.1, 0.05, ""], ["BTC", 5, "coin", 0.2, 0.1, ""]],
      /rules row 2: upTo 5 is not above 10 of rules row 1/,
    ],
    ["mixed units", [header, ["BTC", 10, "coin", 0.1, 0.05, ""], ["BTC", 500, "value", 0.2, 0.1, ""]], /rules row 2: unit value differs from coin/],
    ["falling rates", [header, ["BTC", 10, "coin", 0.2, 0.05, ""], ["BTC", "", "coin", 0.1, 0.05, ""]], /rules row 2: a margin rate falls/],
    ["a blank bound above the last", [header, ["BTC", "", "coin", 0.1, 0.05, ""], ["BTC", 5, "coin", 0.2, 0.1, ""]], /rules row 1: upTo is blank/],
    ["swapped rates", [header, ["BTC", "", "coin", 0.05, 0.1, ""]], /mmRate 0.1 is above imRate 0.05/],
    ["percent", [header, ["BTC", "", "coin", 10, 5, ""]], /rules row 1: imRate 10 is above 1. Write 0.1 or 10%/],
    [
      "several dates without asOf",
      [header, ["BTC", "", "coin", 0.1, 0.05, "2026-11-01"], ["BTC", "", "coin", 0.2, 0.1, "2026-11-23"]],
      /2 validFrom dates/,
    ],
    ["a size beyond the last bound", [header, ["BTC", 4, "coin", 0.1, 0.05, ""]], /BTC: size 5 is beyond the last upTo 4/],
  ])("refuses %s, the row named", (_what, rules, expected) => {
    expect(failureOf(() => venueMargin(positions, rules)).message).toMatch(expected);
  });

  it("applies tomorrow's rates tomorrow", () => {
    const rules = [header, ["BTC", "", "coin", 0.1, 0.05, "2026-11-01"], ["BTC", "", "coin", 0.2, 0.1, "2026-11-23T06:00"]];
    expect(one(positions, rules, "initial", omitted, cell("asOf=2026-11-22"))).toBeCloseTo(50, 12);
    expect(one(positions, rules, "initial", omitted, cell("asOf=2026-11-23T05:59"))).toBeCloseTo(50, 12);
    expect(one(positions, rules, "initial", omitted, cell("asOf=2026-11-23T06:00"))).toBeCloseTo(100, 12);
  });

  it("asks for balances, for one agreement, for a known type", () => {
    const rules = [header, ["BTC", "", "coin", 0.1, 0.05, ""]];
    const entered = [
      ["contractType", "underlying", "quantity", "markPrice", "entryPrice"],
      ["linear", "BTC", 5, 100, 100],
    ];
    expect(failureOf(() => venueMargin(entered, rules, "health")).message).toMatch(/balances are needed/);
    expect(failureOf(() => venueMargin(positions, rules, "im")).message).toMatch(/initial, maintenance, equity/);
    const two = [
      ["agreementId", "contractType", "underlying", "quantity", "markPrice"],
      ["A", "linear", "BTC", 5, 100],
      ["B", "linear", "BTC", 7, 100],
    ];
    expect(failureOf(() => venueMargin(two, rules)).message).toMatch(/2 agreements. Add the option agreementId=A/);
    expect(one(two, rules, "initial", omitted, cell("agreementId=B"))).toBeCloseTo(70, 12);
    const balances = [
      ["asset", "quantity", "price", "ratio"],
      ["BTC", 5, 100, ""],
    ];
    expect(failureOf(() => venueMargin(entered, rules, "equity", balances)).message).toMatch(/balances row 1: ratio is blank/);
  });
});

describe("COLL.VENUEMARGIN, rules that cannot be right", () => {
  const positions = [
    ["contractType", "underlying", "quantity", "markPrice"],
    ["linear", "BTC", 5, 100],
  ];
  const slabs = (from: number, deduction: unknown = ""): any[][] => [
    ["underlying", "from", "upTo", "unit", "imRate", "mmRate", "deduction"],
    ["BTC", 0, 100, "value", 0.02, 0.01, ""],
    ["BTC", from, 2000, "value", 0.03, 0.02, deduction],
  ];

  it("refuses gaps and overlaps of the column from", () => {
    expect(failureOf(() => venueMargin(positions, slabs(120))).message).toMatch(/rules row 2: gap between 100 and 120/);
    expect(failureOf(() => venueMargin(positions, slabs(80))).message).toMatch(/rules row 2: from 80 overlaps the slab that ends at 100/);
    expect(one(positions, slabs(100))).toBeCloseTo(100 * 0.02 + 400 * 0.03, 12);
  });

  it("refuses a deduction with which margin falls as the position grows", () => {
    expect(one(positions, slabs(100, 1), "maintenance")).toBeCloseTo(500 * 0.02 - 1, 12);
    expect(failureOf(() => venueMargin(positions, slabs(100, 5), "maintenance")).message).toMatch(/rules row 2: deduction 5 lets margin fall at 100/);
    const inCoins = [
      ["underlying", "upTo", "unit", "imRate", "mmRate", "deduction"],
      ["BTC", 2, "coin", 0.02, 0.01, ""],
      ["BTC", 20, "coin", 0.03, 0.02, 500],
    ];
    expect(failureOf(() => venueMargin(positions, inCoins, "maintenance")).message).toMatch(/rules row 2: deduction 500 is above the margin/);
  });
});
