import { expectedShortfall, returns, valueAtRisk } from "../../../src/functions/risk";
import { version } from "../../../src/functions/version";
import packageFile from "../../../package.json";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

/** The twenty returns of the reference cases, worst -4.51 %, then -3.12 %, -2.99 %, -1.87 %. */
const SAMPLE = [
  -0.0312, 0.0121, 0.0045, -0.0187, 0.0099, -0.0451, 0.0032, 0.0211, -0.0074, 0.0156, -0.0023, 0.0087, -0.0299, 0.0178, 0.0012, -0.011, 0.0265,
  -0.0065, 0.0054, -0.0141,
];
const column = (values: readonly unknown[]): any[][] => values.map((value) => [value]);
const opt = (text: string): any => [[text]];
const vaR = (c?: unknown, method?: unknown, options?: string, data: readonly unknown[] = SAMPLE): any =>
  valueAtRisk(column(data), c, method, options === undefined ? undefined : opt(options))[0]![0];
const es = (c?: unknown, method?: unknown, options?: string, data: readonly unknown[] = SAMPLE): any =>
  expectedShortfall(column(data), c, method, options === undefined ? undefined : opt(options))[0]![0];
const rowOf = (table: any[][], item: string): any[] => table.find((row) => row[0] === item)!;

describe("COLL.VALUEATRISK", () => {
  it("is minus PERCENTILE.INC by default and takes 0.99 and historical when left out", () => {
    expect(vaR(0.95)).toBeCloseTo(0.031895, 14);
    expect(vaR()).toBeCloseTo(0.042459, 14);
    expect(vaR(null, null, undefined)).toBeCloseTo(0.042459, 14);
  });

  it("follows the quantile rule", () => {
    expect(vaR(0.95, "historical", "quantile=discrete")).toBe(0.0451);
    expect(vaR(0.95, "historical", "quantile=5")).toBeCloseTo(0.03815, 14);
    expect(vaR(0.9, "historical", "quantile=exc")).toBeCloseTo(0.0312 - 0.1 * 0.0013, 14);
  });

  it("agrees for a row, a column and a range with blanks", () => {
    expect(valueAtRisk([SAMPLE], 0.95)[0]![0]).toBe(vaR(0.95));
    expect(vaR(0.95, "historical", undefined, ["", ...SAMPLE, null])).toBe(vaR(0.95));
  });

  it("gives normal and Student-t numbers worked from mean 0.00033 and STDEV.S", () => {
    const mean = SAMPLE.reduce((a, b) => a + b, 0) / 20;
    const sd = Math.sqrt(SAMPLE.reduce((a, b) => a + (b - mean) ** 2, 0) / 19);
    expect(vaR(0.99, "normal")).toBeCloseTo(2.3263478740408408 * sd - mean, 14);
    expect(vaR(0.99, "normal", "mean=zero")).toBeCloseTo(2.3263478740408408 * sd, 14);
    expect(vaR(0.99, "student-t", "df=4")).toBeCloseTo(3.7469473879791966 * sd * Math.SQRT1_2 - mean, 13);
    expect(vaR(0.99, "normal", "days=10")).toBeCloseTo(2.3263478740408408 * sd * Math.sqrt(10) - 10 * mean, 13);
    expect(vaR(0.99, "normal", "days=1;periodsPerDay=24")).toBeCloseTo(2.3263478740408408 * sd * Math.sqrt(24) - 24 * mean, 13);
    expect(es(0.975, "normal")).toBeCloseTo(sd * 2.3378027922014 - mean, 10);
  });

  it("scales a historical number by the root of the horizon, or reads overlapping windows", () => {
    expect(vaR(0.95, "historical", "horizon=4")).toBeCloseTo(2 * 0.031895, 14);
    expect(vaR(0.95, "historical", "horizon=4; scaling=ar1; rho=0")).toBeCloseTo(2 * 0.031895, 14);
    expect(vaR(0.5, "historical", "horizon=2; scaling=overlapping; quantile=discrete", [0.01, -0.03, 0.02])).toBeCloseTo(0.02, 14);
  });

  it("answers in money and in simple units", () => {
    expect(vaR(0.95, "historical", "value=1000000")).toBeCloseTo(31895, 8);
    expect(vaR(0.95, "historical", "output=simple")).toBeCloseTo(1 - Math.exp(-0.031895), 14);
    expect(vaR(0.95, "historical", "output=simple; value=100")).toBeCloseTo(100 * (1 - Math.exp(-0.031895)), 12);
  });

  it("shows a gain as a negative number instead of flooring it", () => {
    expect(vaR(0.9, "historical", undefined, [0.01, 0.02, 0.03])).toBeLessThan(0);
  });

  it("explains itself with the scenarios behind the number", () => {
    const table = valueAtRisk(column([null, ...SAMPLE]), 0.95, "historical", opt("output=table"));
    expect(rowOf(table, "n used")[1]).toBe(20);
    expect(rowOf(table, "n dropped")[1]).toBe(1);
    expect(rowOf(table, "rule")[1]).toContain("PERCENTILE.INC");
    expect(table.filter((row) => row[0] === "scenario").map((row) => row[1])).toEqual([-0.0451, -0.0312]);
    expect(table.find((row) => row[0] === "scenario")![2]).toContain("row 7");
  });

  it("names the dates of the scenarios", () => {
    const dated = SAMPLE.map((value, i) => [45292 + i, value]);
    const table = expectedShortfall(dated, 0.9, "historical", opt("output=table; dates=first"));
    expect(rowOf(table, "scenario")[2]).toContain("2024-01-06");
    expect(rowOf(table, "expected shortfall")[1]).toBeCloseTo((0.0451 + 0.0312) / 2, 14);
  });

  it("warns about a tail of less than one observation and about runs of zeros", () => {
    const warnings = valueAtRisk(column([...SAMPLE, 0, 0, 0]), 0.99, "historical", opt("output=table"))
      .filter((row) => row[0] === "warning")
      .map((row) => row[2]);
    expect(warnings.join(" ")).toContain("less than one observation");
    expect(warnings.join(" ")).toContain("3 in a row");
  });

  it("weights scenarios from a column or a list", () => {
    expect(vaR(0.5, "historical", "weights=1|1|8", [-0.03, -0.02, 0.01])).toBe(-0.01);
    expect(
      valueAtRisk(
        [
          [-0.03, 1],
          [-0.02, 8],
          [0.01, 1],
        ],
        0.8,
        "historical",
        opt("weights=last"),
      )[0]![0],
    ).toBe(0.02);
  });

  it.each([
    [[0.99], 99],
    [[0.99], 0.01],
    [[0.99], 1],
    [[0.99], 0],
    [[0.99], "high"],
  ])("refuses confidence %s %s as bad input", (_, c) => {
    expect(failureOf(() => vaR(c)).code).toBe("#VALUE!");
  });

  it.each([
    ["text by row", () => vaR(0.9, "historical", undefined, [0.1, "n.a.", 0.2]), "#VALUE!", "row 2"],
    ["TRUE", () => vaR(0.9, "historical", undefined, [true, 0.2]), "#VALUE!", "row 1"],
    ["an #N/A cell", () => vaR(0.9, "historical", undefined, [0.1, 0.1, { code: "#N/A" }]), "#N/A", "row 3"],
    ["a #DIV/0! cell", () => vaR(0.9, "historical", undefined, [{ code: "#DIV/0!" }, 0.1]), "#VALUE!", "row 1"],
    ["an unknown method", () => vaR(0.9, "magic"), "#VALUE!", "Use historical"],
    ["an unknown option", () => vaR(0.9, "historical", "quantille=exc"), "#VALUE!", "quantille"],
    ["exc out of range", () => vaR(0.99, "historical", "quantile=exc"), "#N/A", "quantile=exc"],
    ["nothing but blanks", () => vaR(0.9, "historical", undefined, [null, ""]), "#N/A", "no numbers"],
    ["one return for a deviation", () => vaR(0.9, "normal", undefined, [0.1]), "#N/A", "at least 2"],
    ["df of 2", () => vaR(0.9, "student-t", "df=2"), "#VALUE!", "above 2"],
    [
      "two columns",
      () =>
        valueAtRisk([
          [0.1, 0.2],
          [0.1, 0.2],
        ]),
      "#VALUE!",
      "2 columns",
    ],
    ["GARCH on twenty returns", () => vaR(0.99, "garch"), "#N/A", "at least 100"],
    ["EVT without enough losses", () => vaR(0.99, "evt"), "#N/A", "at least 10"],
    [
      "dates that fall",
      () =>
        valueAtRisk(
          [
            [2, 0.1],
            [1, 0.2],
          ],
          0.9,
          null,
          opt("dates=first"),
        ),
      "#VALUE!",
      "row 2",
    ],
  ])("refuses %s", (_, run, code, words) => {
    const error = failureOf(run);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.message.length).toBeLessThanOrEqual(120);
  });

  it("can skip #N/A rows on request", () => {
    expect(vaR(0.95, "historical", "errors=skip", [{ code: "#N/A" }, ...SAMPLE])).toBe(vaR(0.95));
  });

  it.each([1e200, 1e-200])("keeps its digits when squares overflow or vanish: %d times the sample", (size) => {
    const scaled = SAMPLE.map((value) => value * size);
    for (const method of ["historical", "normal", "ewma", "volatility-scaled"])
      expect(vaR(0.95, method, undefined, scaled) / size / vaR(0.95, method)).toBeCloseTo(1, 12);
  });

  it("leaves out leading returns without past volatility when it rescales, and says so", () => {
    const table = valueAtRisk(column([0, 0, ...SAMPLE]), 0.9, "volatility-scaled", opt("output=table"));
    expect(rowOf(table, "value at risk")[1]).toBeCloseTo(vaR(0.9, "volatility-scaled"), 12);
    expect(table.some((row) => row[0] === "warning" && String(row[2]).includes("first 3 returns"))).toBe(true);
  });

  it("refuses a t fit of mostly equal returns instead of returning a number", () => {
    const stale = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? SAMPLE[(i / 3) % 20] : 0));
    expect(failureOf(() => vaR(0.99, "student-t", undefined, stale)).message).toContain("stale prices");
  });

  it("names options that the method does not read", () => {
    const table = valueAtRisk(column(SAMPLE), 0.9, "normal", opt("output=table; lambda=0.9"));
    expect(table.some((row) => String(row[2]).includes("option lambda is not used by method normal"))).toBe(true);
  });

  it("answers a constant series with minus its mean", () => {
    expect(vaR(0.99, "normal", undefined, [-0.01, -0.01, -0.01])).toBeCloseTo(0.01, 15);
    expect(vaR(0.99, "cornish-fisher", undefined, [-0.01, -0.01, -0.01])).toBeCloseTo(0.01, 15);
  });
});

describe("COLL.EXPECTEDSHORTFALL", () => {
  it("averages the worst n(1-c) returns after Acerbi and Tasche", () => {
    expect(es(0.95)).toBeCloseTo(0.0451, 14);
    expect(es(0.85)).toBeCloseTo((0.0451 + 0.0312 + 0.0299) / 3, 14);
    expect(es(0.875)).toBeCloseTo((0.0451 + 0.0312 + 0.5 * 0.0299) / 2.5, 14);
  });

  it("offers the tail mean of other packages", () => {
    const ties = [...Array<number>(5).fill(-0.05), ...Array<number>(95).fill(0)];
    expect(es(0.9, "historical", undefined, ties)).toBeCloseTo(0.025, 15);
    expect(es(0.9, "historical", "estimator=tailmean", ties)).toBeCloseTo(0.0025, 15);
  });
});

describe("COLL.RETURNS", () => {
  it("spills the same height with the first row blank", () => {
    const spilled = returns(column([100, 110, 99]));
    expect(spilled[0]).toEqual([""]);
    expect(spilled[1]![0]).toBeCloseTo(Math.log(1.1), 15);
    expect(spilled[2]![0]).toBeCloseTo(Math.log(0.9), 15);
    expect(returns(column([100, 110, 99]), "simple")[2]![0]).toBeCloseTo(-0.1, 15);
    expect(returns(column([100, 110, 99]), "difference", opt("step=2"))).toEqual([[""], [""], [-1]]);
  });

  it("puts errors in the bad rows only", () => {
    const spilled = returns(column([100, "", 101, 102, -1]));
    expect(spilled.map(([cell]) => (typeof cell === "object" ? cell.code : typeof cell))).toEqual(["string", "#VALUE!", "#VALUE!", "number", "#N/A"]);
  });

  it("keeps negative prices for differences", () => {
    expect(returns(column([18.27, -37.63]), "difference")[1]![0]).toBeCloseTo(-55.9, 12);
  });

  it("does not bridge a hole in the time stamps silently", () => {
    const prices = [
      [1, 100],
      [2, 101],
      [3, 102],
      [6, 103],
      [7, 104],
    ];
    expect(returns(prices, "log", opt("dates=first"))[3]![1].code).toBe("#N/A");
    expect(returns(prices, "log", opt("dates=first; gaps=scale"))[3]![1]).toBeCloseTo(Math.log(103 / 102) / Math.sqrt(3), 14);
    expect(returns(prices, "log", opt("dates=first; gaps=keep"))[3]![1]).toBeCloseTo(Math.log(103 / 102), 14);
  });

  it("takes a weekend as no hole in a series that trades on weekdays", () => {
    const mondayFirst = 45292; // 2024-01-01, a Monday
    const days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((day) => [mondayFirst + day, 100 + day]);
    expect(
      returns(days, "log", opt("dates=first"))
        .slice(1)
        .every((row) => typeof row[1] === "number"),
    ).toBe(true);
  });

  it("feeds the risk functions as it is", () => {
    expect(valueAtRisk(returns(column([100, 101, 99, 98, 103])), 0.9)[0]![0]).toBeGreaterThan(0);
  });
});

it("COLL.VERSION names the product and the version of package.json", () => {
  expect(version()).toEqual([[`Collateral Optimizer ${packageFile.version}`]]);
});
