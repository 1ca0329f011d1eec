import { adjustedExposureOf, collateralValue, maturityMismatch, nettingExposureOf, tieredValue } from "../../../src/functions/collateral-value";
import { ExcelCellError, failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];
const column = (...values: unknown[]): any[][] => values.map((value) => [value]);
const message = (answer: any[][], row: number): string => {
  const found = answer[row]?.[0];
  expect(found).toBeInstanceOf(ExcelCellError);
  expect(found.message.length).toBeLessThanOrEqual(120);
  return found.message;
};

describe("COLL.COLLATERALVALUE", () => {
  it("equals quantity * price * (1 - haircut) (CX-08)", () => {
    expect(collateralValue(cell(0.5), cell(35000), cell(0.04))).toEqual([[16800]]);
  });

  it("adds or multiplies the currency haircut, and never goes below 0", () => {
    expect(collateralValue(cell(100), cell(1), cell(0.2), cell(0.08))[0]?.[0]).toBeCloseTo(72, 12);
    expect(collateralValue(cell(100), cell(1), cell(0.2), cell(0.08), cell("fx=product"))[0]?.[0]).toBeCloseTo(73.6, 12);
    expect(collateralValue(cell(100), cell(1), cell(0.2), cell(0.08), cell("additional=0.02; fxRate=1.1"))[0]?.[0]).toBeCloseTo(77, 12);
    expect(collateralValue(cell(100), cell(1), cell(0.95), cell(0.08))).toEqual([[0]]);
    expect(collateralValue(cell(100), cell(1), cell(1))).toEqual([[0]]);
  });

  it("shows the venue's and the regulatory value side by side", () => {
    const named = (options: string, name: string): unknown =>
      collateralValue(cell(2), cell(100), cell(0.05), null as any, cell(`output=table; ${options}`)).find((row) => row[0] === name)?.[1];
    expect(named("sco60Class=2a", "collateral value")).toBe(190);
    expect(named("sco60Class=2a", "regulatory value")).toBe(0);
    expect(named("sco60Class=1b", "regulatory value ratio")).toBe(0);
    expect(named("sco60Class=1a; underlyingHaircut=0.02", "regulatory value")).toBeCloseTo(196, 12);
    expect(named("sco60Class=1a", "regulatory value")).toBe("add underlyingHaircut=");
    expect(failureOf(() => named("sco60Class=3", "x")).message).toMatch(/1a, 1b, 2a or 2b/);
  });

  it("counts a debt in full", () => {
    expect(collateralValue(cell(-3), cell(100), cell(0.2))).toEqual([[-300]]);
  });

  it.each([[0], [null], [""]])("refuses the blank haircut in row 7, handed over as %p, and values the other rows", (blank) => {
    const haircuts = column(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, blank, 0.1, 0.1, 0.1, 0.1, "none");
    const prices = column(10, 10, "n/a", 10, { code: "#N/A" }, 10, 10, 10, 10, 10, 10, 10);
    const answer = collateralValue(column(...Array.from({ length: 12 }, () => 2)), prices, haircuts);
    expect(answer).toHaveLength(12);
    expect(message(answer, 6)).toBe("Haircut row 7 is blank or 0. Type none if no haircut applies.");
    expect(answer[6]?.[0].code).toBe("#VALUE!");
    expect(message(answer, 2)).toMatch(/^Price row 3 is "n\/a", not a number/);
    expect(answer[2]?.[0].code).toBe("#VALUE!");
    expect(message(answer, 4)).toBe("Price row 5 is #N/A. Fix that cell.");
    expect(answer[4]?.[0].code).toBe("#N/A");
    expect(answer[11]).toEqual([20]);
    expect(answer.filter((row) => typeof row[0] === "number")).toHaveLength(9);
  });

  it.each([
    ["8", 8, "Haircut is 8, above 1. Write 0.08 or 8%."],
    ["text 8%", "8%", 'Haircut is "8%", not a number. Write a number such as 0.08 for 8 %.'],
    ["text 8", "8", 'Haircut is "8", not a number. Write a number such as 0.08 for 8 %.'],
    ["text 0,08", "0,08", 'Haircut is "0,08", not a number. Write a number such as 0.08 for 8 %.'],
    ["null", null, "Haircut is blank. Type none if no haircut applies."],
    ["empty", "", "Haircut is blank. Type none if no haircut applies."],
    ["negative", -0.1, "Haircut is -0.1. It must be at least 0."],
  ])("asks about %s instead of guessing", (_what, given, expected) => {
    expect(failureOf(() => collateralValue(cell(1), cell(1), cell(given))).message).toBe(expected);
  });

  it("takes 0 in a single argument as 0, so that functions nest, and zeros in a column on request", () => {
    expect(collateralValue(cell(2), cell(5), cell(0))).toEqual([[10]]);
    expect(collateralValue(column(2, 2), cell(5), column(0, "none"), null as any, cell("zero=allowed"))).toEqual([[10], [10]]);
    const blank = collateralValue(column(2, 2), cell(5), column("", 0), null as any, cell("zero=allowed"));
    expect(message(blank, 0)).toMatch(/blank/);
    expect(blank[1]).toEqual([10]);
  });

  it("refuses a referenced blank currency haircut and a zero price in a column", () => {
    expect(failureOf(() => collateralValue(cell(1), cell(1), cell(0.1), cell(""))).message).toMatch(/^FX haircut is blank/);
    expect(message(collateralValue(column(1, 1), column(0, 1), cell(0.1)), 0)).toBe("Price row 1 is blank or 0. Type the price.");
    expect(failureOf(() => collateralValue(column(1, 1), column(1, 1, 1), cell(0.1))).message).toMatch(/2 rows, price has 3/);
    expect(failureOf(() => collateralValue(cell(1), cell(1), cell(0.1), null as any, cell("fxRate=1,1"))).message).toMatch(/decimal comma/);
  });
});

describe("COLL.TIEREDVALUE", () => {
  const bybit = [
    [10, 0.98],
    [20, 0.95],
    [30, 0.9],
    [40, 0.85],
    [50, 0.8],
    ["", 0],
  ];

  it("counts each slab at its own ratio (CX-04, J3)", () => {
    expect(tieredValue(cell(35), cell(1), bybit)[0]?.[0]).toBeCloseTo(32.55, 12);
    expect(tieredValue(cell(60), cell(1), bybit)[0]?.[0]).toBeCloseTo(44.8, 12);
    expect(
      tieredValue(cell(2), cell(1), [
        ["Up to", "ratio"],
        [1, 0.9],
        ["", 0.8],
      ])[0]?.[0],
    ).toBeCloseTo(1.7, 12);
    expect(tieredValue(cell(3), cell(1), [[null, 0.95]])[0]?.[0]).toBeCloseTo(2.85, 12);
  });

  it("takes bounds in value (CX-01) and counts nothing beyond the last of them", () => {
    const binance = [
      [1e8, 1],
      [1.2e8, 0.975],
      [1.5e8, 0.95],
      [1.8e8, 0.9],
      [2e8, 0.85],
    ];
    expect(tieredValue(cell(6000), cell(20000), binance, cell("unit=value"))[0]?.[0]).toBeCloseTo(119.5e6, 4);
    const full = 1e8 + 0.2e8 * 0.975 + 0.3e8 * 0.95 + 0.3e8 * 0.9 + 0.2e8 * 0.85;
    expect(tieredValue(cell(20000), cell(20000), binance, cell("unit=value"))[0]?.[0]).toBeCloseTo(full, 3);
  });

  it("takes the unit of a column, and refuses mixed units with the row", () => {
    const slabs = (one: string, other: string): any[][] => [
      ["upTo", "ratio", "unit"],
      [10, 0.9, one],
      [20, 0.8, other],
    ];
    expect(tieredValue(cell(5), cell(3), slabs("value", "USDT"))[0]?.[0]).toBeCloseTo(10 * 0.9 + 5 * 0.8, 12);
    expect(failureOf(() => tieredValue(cell(5), cell(3), slabs("coin", "value"))).message).toMatch(/Tiers row 2: unit "value" differs/);
    expect(failureOf(() => tieredValue(cell(5), cell(3), slabs("value", "value"), cell("unit=coin"))).message).toMatch(/contradicts/);
  });

  it("values the whole balance at the last slab under mode=cliff", () => {
    expect(tieredValue(cell(20), cell(1), bybit, cell("mode=cliff"))[0]?.[0]).toBeCloseTo(19, 12);
    expect(tieredValue(cell(20.5), cell(1), bybit, cell("mode=cliff"))[0]?.[0]).toBeCloseTo(18.45, 12);
    expect(tieredValue(cell(60), cell(1), bybit, cell("mode=cliff"))).toEqual([[0]]);
  });

  it("counts a debt in full and answers columns", () => {
    expect(tieredValue(cell(-5), cell(2), bybit)).toEqual([[-10]]);
    const answer = tieredValue(column(1, 2, "x"), cell(10), bybit);
    expect(answer[0]?.[0]).toBeCloseTo(9.8, 12);
    expect(message(answer, 2)).toMatch(/^Quantity row 3/);
  });

  it.each([
    [
      "rising ratios",
      [
        [10, 0.9],
        [20, 0.95],
      ],
      /row 2: ratio 0.95 rises above 0.9 of row 1/,
    ],
    [
      "unsorted bounds",
      [
        [20, 0.9],
        [10, 0.8],
      ],
      /row 2: upTo 10 is below 20 of row 1/,
    ],
    [
      "repeated bounds",
      [
        [10, 0.9],
        [10, 0.8],
      ],
      /row 2: upTo 10 repeats row 1/,
    ],
    [
      "a blank bound above the last",
      [
        [10, 0.9],
        ["", 0.8],
        [30, 0.7],
      ],
      /row 2: upTo is blank or 0/,
    ],
    [
      "a blank bound as 0",
      [
        [10, 0.9],
        [0, 0.8],
        [30, 0.7],
      ],
      /row 2: upTo is blank or 0/,
    ],
    [
      "percent",
      [
        [10, 98],
        [20, 95],
      ],
      /row 1: ratio 98 is above 1. Write 0.98 or 98%/,
    ],
    ["text", [[10, "95%"]], /row 1: ratio is "95%"/],
    [
      "a blank ratio",
      [
        [10, 0.9],
        [20, ""],
      ],
      /row 2: ratio is blank/,
    ],
    ["three columns", [[0, 10, 0.9]], /3 columns/],
    [
      "a gap",
      [
        ["from", "upTo", "ratio"],
        [0, 10, 0.9],
        [12, 20, 0.8],
      ],
      /row 2: gap between 10 and 12/,
    ],
    [
      "an overlap",
      [
        ["from", "upTo", "ratio"],
        [0, 10, 0.9],
        [8, 20, 0.8],
      ],
      /row 2: from 8 overlaps/,
    ],
    ["an error", [[10, { code: "#REF!" }]], /row 1: ratio is #REF!/],
    ["nothing", [["", ""]], /empty/],
  ])("refuses tiers with %s, the row named", (_what, tiers, expected) => {
    expect(failureOf(() => tieredValue(cell(1), cell(1), tiers as any[][])).message).toMatch(expected);
  });
});

describe("COLL.ADJUSTEDEXPOSURE", () => {
  it.each([
    ["HC-01", [5_000_000, 5_200_000, 0, 0.11, 0.11], 944_000],
    ["HC-05 without collateral", [60_700_000, 0, 0.05656854249492381, 0], 64_133_710.52944188],
    ["HC-05 with cash", [60_700_000, 60_000_000, 0.05656854249492381, 0], 4_133_710.52944188],
    ["HC-08", [1_000_000, 400_000, 0, 0.2], 680_000],
    ["more collateral than exposure", [100, 200, 0, 0.1], 0],
  ])("%s", (_id, numbers, expected) => {
    const [e, c, he, hc, fx] = numbers.map(cell);
    expect(adjustedExposureOf(e as any, c as any, he as any, hc as any, fx as any)[0]?.[0]).toBeCloseTo(expected, 6);
  });

  it("refuses a blank haircut in a column", () => {
    const answer = adjustedExposureOf(column(100, 100), column(50, 50), cell("none"), column(0.1, 0));
    expect(answer[0]).toEqual([55]);
    expect(message(answer, 1)).toMatch(/^Collateral haircut row 2 is blank or 0/);
  });
});

describe("COLL.NETTINGEXPOSURE", () => {
  it("follows CRE22.62 with net, gross and currency parts", () => {
    // lent A 100 at 4 %, received B 80 at 6 %, cash received 15; N = 2: 5 + 0.4*|4 - 4.8| + 0.6*8.8/sqrt(2) + 10*0.08
    const securities = [
      ["security", "value", "haircut", "kind"],
      ["A", 100, 0.04, ""],
      ["B", -80, 0.06, ""],
      ["USD", -15, "none", "cash"],
    ];
    const answer = nettingExposureOf(securities, [
      ["currency", "net position"],
      ["EUR", -10],
    ])[0]?.[0];
    expect(answer).toBeCloseTo(5 + 0.32 + (0.6 * 8.8) / Math.SQRT2 + 0.8, 12);
  });

  it("leaves small issues out of N and nets the same issue first", () => {
    const rows = nettingExposureOf(
      [
        ["security", "value", "haircut"],
        ["A", 100, 0.1],
        ["A", -40, 0.1],
        ["B", 5, 0.1],
      ],
      null as any,
      cell("output=table"),
    );
    const named = (name: string): unknown => rows.find((row) => row[0] === name)?.[1];
    expect(named("issues N")).toBe(1);
    expect(named("gross exposure")).toBeCloseTo(6.5, 12);
  });

  it("names the row of a blank haircut", () => {
    expect(
      failureOf(() =>
        nettingExposureOf([
          ["security", "value", "haircut"],
          ["A", 100, 0.1],
          ["B", 5, ""],
        ]),
      ).message,
    ).toBe("securities row 2: haircut is blank. Type none if no haircut applies.");
  });
});

describe("COLL.MATURITYMISMATCH", () => {
  it.each([
    [2, 4, (2 - 0.25) / 3.75],
    [6, 10, 1],
    [3, 10, 2.75 / 4.75],
    [4, 4, 1],
    [0.2, 4, 0],
  ])("%p years against %p years", (t, exposure, expected) => {
    expect(maturityMismatch(cell(t), cell(exposure))[0]?.[0]).toBeCloseTo(expected, 14);
  });

  it("counts protection that has run out as 0, but not a cell of a column that may be blank", () => {
    expect(maturityMismatch(cell(0), cell(4))).toEqual([[0]]);
    expect(message(maturityMismatch(column(0, 1), column(4, 4)), 0)).toMatch(/row 1 is 0/);
    expect(failureOf(() => maturityMismatch(cell(1), cell(0))).code).toBe("#VALUE!");
  });
});
