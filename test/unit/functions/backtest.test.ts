import { backtest, backtestCounts, backtestShortfall } from "../../../src/functions/backtest";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { daxLogReturns } from "../../support/risk-fixtures";

beforeAll(installExcelErrors);

const opt = (text: string): any => [[text]];
const column = (values: readonly unknown[]): any[][] => values.map((value) => [value]);
const row = (table: any[][], test: string): any[] => table.find(([name]) => name === test)!;

/** Ten days, exceptions on days 3, 4 and 9 against a VaR of 1. */
const TEN = column([0, 0.5, -2, -3, 0, 0, 0, 0, -1.5, -1]);

describe("COLL.BACKTEST", () => {
  it("spills a header and every test", () => {
    const table = backtest(TEN, [[1]], 0.9);
    expect(table[0]).toEqual(["test", "statistic", "pValue", "decision", "detail"]);
    expect(table.slice(1).map(([name]) => name)).toEqual([
      "kupiec",
      "christoffersen",
      "conditional-coverage",
      "tuff",
      "tbf",
      "tbfi",
      "binomial",
      "duration",
      "traffic-light",
    ]);
  });

  it("counts a loss equal to the VaR as no exception, and transitions day by day", () => {
    const table = backtest(TEN, [[1]], 0.9);
    expect(row(table, "kupiec")[4]).toContain("3 exceptions in 10 days");
    expect(row(table, "christoffersen")[4]).toBe("n00 4, n01 2, n10 2, n11 1");
    expect(row(table, "tuff")[4]).toContain("day 3");
    expect(row(table, "tbfi")[4]).toContain("shortest gap 1 days, longest 5");
  });

  it("adds kupiec and christoffersen up to conditional coverage, and the gaps to tbf", () => {
    const table = backtest(TEN, [[1]], 0.9);
    expect(row(table, "conditional-coverage")[1]).toBeCloseTo(row(table, "kupiec")[1] + row(table, "christoffersen")[1], 12);
    expect(row(table, "tbf")[1]).toBeCloseTo(row(table, "tbfi")[1] + row(table, "kupiec")[1], 12);
    const gaps = [3, 1, 5].map(
      (n) => -2 * (Math.log(0.1) + (n - 1) * Math.log(0.9) - (n === 1 ? 0 : Math.log(1 / n) + (n - 1) * Math.log(1 - 1 / n))),
    );
    expect(row(table, "tbfi")[1]).toBeCloseTo(
      gaps.reduce((a, b) => a + b, 0),
      12,
    );
  });

  it("matches an independent Weibull fit of the duration test on the DAX", () => {
    const returns = daxLogReturns();
    const sorted = (values: number[]): number[] => values.slice().sort((a, b) => a - b);
    const figures = returns.slice(250).map((_, t) => {
      const window = sorted(returns.slice(t, t + 250));
      return -(window[12]! + 0.45 * (window[13]! - window[12]!));
    });
    const table = backtest(column(returns.slice(250)), column(figures), 0.95);
    expect(row(table, "duration")[1]).toBeCloseTo(7.77096246963913, 6);
    expect(row(table, "kupiec")[4]).toContain("106 exceptions in 1609 days");
  });

  it("answers a history without exceptions instead of failing", () => {
    const table = backtest(column([0, 0, 0, 0]), [[1]], 0.99);
    expect(row(table, "christoffersen").slice(1, 4)).toEqual([0, 1, "accept"]);
    expect(row(table, "tuff")[3]).toBe("not applicable");
    expect(row(table, "kupiec")[1]).toBeCloseTo(-8 * Math.log(0.99), 12);
  });

  it("leaves out rows with a blank on either side and says so", () => {
    const table = backtest(column([0, null, -2, 0]), column([1, 1, 1, ""]), 0.9);
    expect(row(table, "kupiec")[4]).toContain("1 exceptions in 2 days");
    expect(row(table, "kupiec")[4]).toContain("2 rows with blanks left out");
  });

  it("gives one number on request and refuses wrong input", () => {
    expect(backtest(TEN, [[1]], 0.9, "kupiec", opt("output=decision"))).toEqual([["accept"]]);
    expect(failureOf(() => backtest(TEN, column([1, 2]), 0.9)).message).toContain("same height");
    expect(failureOf(() => backtest(TEN, [[-1]], 0.9)).message).toContain("positive");
    expect(failureOf(() => backtest(TEN, [[1]], 0.9, "luck")).code).toBe("#VALUE!");
  });
});

describe("COLL.BACKTEST.COUNTS", () => {
  it("reproduces the printed example of 57 failures in 1043 days", () => {
    const [, kupiec] = backtestCounts(57, 1043, 0.95);
    expect(kupiec![1]).toBeCloseTo(0.46147, 5);
    expect(kupiec![2]).toBeCloseTo(0.49694, 5);
    expect(backtestCounts(57, 1043, 0.95, "binomial")[1]![1]).toBeCloseTo(0.68905, 4);
    expect(backtestCounts(57, 1043, 0.95, "tuff", opt("firstException=58"))[1]![1]).toBeCloseTo(1.7354, 4);
    expect(backtestCounts(57, 1043, 0.95, "christoffersen", opt("n00=932;n01=53;n10=53;n11=4"))[1]![1]).toBeCloseTo(0.25866, 5);
  });

  it("shows zone and multiplier on either basis", () => {
    expect(backtestCounts(4, 250, 0.99, "traffic-light")[1]!.slice(1)).toEqual([
      4,
      expect.closeTo(0.2419, 3),
      "green",
      expect.stringContaining("multiplier 3.00 (1996)"),
    ]);
    expect(backtestCounts(9, 250, 0.99, "traffic-light", opt("framework=mar32"))[1]!.slice(3)).toEqual([
      "yellow",
      expect.stringContaining("multiplier 1.92 (mar32)"),
    ]);
    expect(backtestCounts(13, 250, 0.99, "traffic-light", opt("framework=mar32"))[1]![4]).toContain("desk level: fails, limit 12");
  });

  it("refuses counts that do not fit and tests that need the series", () => {
    expect(failureOf(() => backtestCounts(5, 4)).code).toBe("#VALUE!");
    expect(failureOf(() => backtestCounts(1.5, 4)).code).toBe("#VALUE!");
    expect(failureOf(() => backtestCounts(1, 4, 0.99, "duration")).message).toContain("COLL.BACKTEST");
  });
});

describe("COLL.BACKTEST.SHORTFALL", () => {
  it("works Z1, Z2 and the excess test by hand", () => {
    // Exceptions -2, -3, -1.5 against ES 1.25: Z1 = 1 - (1.6 + 2.4 + 1.2) / 3, Z2 = 1 - 5.2 / (10 * 0.1)
    const table = backtestShortfall(TEN, [[1]], [[1.25]], 0.9, opt("sims=2000"));
    expect(row(table, "acerbi-szekely-z1")[1]).toBeCloseTo(1 - 5.2 / 3, 12);
    expect(row(table, "acerbi-szekely-z2")[1]).toBeCloseTo(1 - 5.2, 12);
    const excesses = [0.75, 1.75, 0.25];
    const mean = 2.75 / 3;
    const sd = Math.sqrt(excesses.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    expect(row(table, "mcneil-frey")[1]).toBeCloseTo(mean / (sd / Math.sqrt(3)), 12);
  });

  it("says that Z1 is 0 / 0 and Z2 is 1 without an exception", () => {
    const table = backtestShortfall(column([0, 0, 0]), [[1]], [[2]], 0.9, opt("sims=2000"));
    expect(row(table, "acerbi-szekely-z1")[3]).toBe("not applicable");
    expect(row(table, "acerbi-szekely-z2")[1]).toBe(1);
  });

  it("gives the same critical values for the same seed and other ones for another T", () => {
    const detail = (n: number): string =>
      row(backtestShortfall(column(Array<number>(n).fill(0)), [[1]], [[2]], 0.975, opt("sims=20000")), "acerbi-szekely-z2")[4];
    expect(detail(250)).toBe(detail(250));
    expect(Number(/critical (-?[\d.]+)/.exec(detail(250))![1])).toBeCloseTo(-0.7, 1);
    expect(Number(/critical (-?[\d.]+)/.exec(detail(1000))![1])).toBeCloseTo(-0.34, 1);
  });

  it("refuses an ES of 0 and a t law without df", () => {
    expect(failureOf(() => backtestShortfall(TEN, [[1]], [[0]], 0.9)).code).toBe("#VALUE!");
    expect(failureOf(() => backtestShortfall(TEN, [[1]], [[1]], 0.9, opt("dist=t"))).message).toContain("df");
  });
});
