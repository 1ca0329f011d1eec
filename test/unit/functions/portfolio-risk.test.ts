import { correlation, drawdown, portfoliorisk, stress } from "../../../src/functions/portfolio-risk";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { euReturns } from "../../support/risk-fixtures";

beforeAll(installExcelErrors);

const opt = (text: string): any => [[text]];
const EXPOSURES = [[1e6, -4e5, 7e5, 3e5]];
const columnOf = (table: any[][], name: string): any[] => {
  const at = table[0]!.indexOf(name);
  return table.slice(1).map((row) => row[at]);
};
const componentsOf = (table: any[][], measure: string): { parts: number[]; total: number } => {
  const values = columnOf(table, `component ${measure}`);
  return { parts: values.slice(0, 4), total: values[4] };
};

describe("COLL.PORTFOLIORISK", () => {
  const returns = euReturns();

  it("splits normal VaR as numpy's covariance does", () => {
    const { parts, total } = componentsOf(portfoliorisk(EXPOSURES, returns, 0.99, "normal"), "VaR");
    const expected = [21460.263018759535, -4820.63511690123, 15911.312858849642, 3944.4329467555763];
    parts.forEach((part, i) => expect(part).toBeCloseTo(expected[i]!, 6));
    expect(total).toBeCloseTo(36495.37370746353, 6);
  });

  it("splits Cornish-Fisher VaR as finite differences of the whole do", () => {
    const { parts, total } = componentsOf(portfoliorisk(EXPOSURES, returns, 0.99, "cornish-fisher"), "VaR");
    [37689.906061496, -12824.844164714615, 21248.84691573243, 4734.289829648333].forEach((expected, i) =>
      expect(Math.abs(parts[i]! / expected - 1)).toBeLessThan(1e-8),
    );
    expect(total).toBeCloseTo(50848.19864246403, 5);
  });

  it.each([
    ["historical", ""],
    ["normal", ""],
    ["cornish-fisher", ""],
    ["student-t", "df=5"],
    ["monte-carlo", "paths=2000"],
  ])("adds components up to the total: %s", (method, text) => {
    const table = portfoliorisk(EXPOSURES, returns, 0.99, method, text === "" ? undefined : opt(text));
    for (const measure of ["VaR", "ES"]) {
      const { parts, total } = componentsOf(table, measure);
      expect(parts.reduce((a, b) => a + b, 0) / total).toBeCloseTo(1, 10);
    }
  });

  it("takes incremental VaR without renormalising: the total less the book without the asset", () => {
    const whole = portfoliorisk(EXPOSURES, returns);
    const without = portfoliorisk([[0, -4e5, 7e5, 3e5]], returns);
    expect(columnOf(whole, "incremental VaR")[0]).toBeCloseTo(columnOf(whole, "component VaR")[4] - columnOf(without, "component VaR")[4], 8);
  });

  it("works a case of three scenarios by hand", () => {
    // P&L -30, 0, 15; n(1-c) = 0.9 at c = 0.7, so type 1 takes the worst scenario.
    const table = portfoliorisk(
      [[100, 50]],
      [
        [-0.2, -0.2],
        [0.1, -0.2],
        [0.1, 0.1],
      ],
      0.7,
      "historical",
      opt("quantile=discrete; esConfidence=0.5"),
    );
    expect(columnOf(table, "component VaR")).toEqual([20, 10, 30]);
    // ES at 0.5: (30 + 0.5 * 0) / 1.5 = 20
    expect(columnOf(table, "component ES")[2]).toBeCloseTo(20, 12);
    expect(columnOf(table, "marginal VaR")[0]).toBeCloseTo(0.2, 15);
  });

  it("converts log returns asset by asset", () => {
    const simple = [
      [-0.2, 0.1],
      [0.1, -0.1],
      [0.05, 0.02],
    ];
    const log = simple.map((row) => row.map((value) => Math.log1p(value)));
    const a = portfoliorisk([[100, 100]], simple, 0.6);
    const b = portfoliorisk([[100, 100]], log, 0.6, "historical", opt("returns=log"));
    expect(columnOf(b, "component VaR")[2]).toBeCloseTo(columnOf(a, "component VaR")[2], 10);
  });

  it("reads names from a header row and lists n dropped", () => {
    const table = portfoliorisk(
      [[100], [50]],
      [
        ["BTC", "ETH"],
        [-0.1, -0.2],
        [0.1, null],
        [0.1, 0.1],
      ],
      0.6,
      "historical",
      opt("output=table"),
    );
    expect(table[1]![0]).toBe("BTC");
    expect(table.find((row) => row[0] === "n dropped")![1]).toBe(1);
    expect(table.every((row) => row.length === 10)).toBe(true);
    expect(table.find((row) => row[0] === "VaR scenario")!.slice(1, 3)).toEqual([-20, "row 2, weight 0.6"]);
  });

  it("refuses a mismatch of exposures and columns, and a blank exposure", () => {
    expect(failureOf(() => portfoliorisk([[1, 2]], [[0.1], [0.2]])).code).toBe("#VALUE!");
    expect(failureOf(() => portfoliorisk([[1, null]], [[0.1, 0.1]])).message).toContain("entry 2");
    expect(failureOf(() => portfoliorisk([[1]], [[0.1], [0.2]], 99)).message).toContain("0.99");
  });
});

describe("COLL.CORRELATION", () => {
  const returns = euReturns();

  it.each([
    ["pearson", 0.7010374342329123],
    ["spearman", 0.6298699258030005],
  ])("gives scipy's %s", (method, expected) => {
    expect(correlation(returns, method)[0]![1]).toBeCloseTo(expected, 13);
  });

  it("counts Kendall's tau-b with ties by hand", () => {
    const table = correlation(
      [
        [1, 1],
        [1, 2],
        [2, 3],
        [3, 2],
      ],
      "kendall",
    );
    const x = [1, 1, 2, 3];
    const y = [1, 2, 3, 2];
    let score = 0;
    let untiedX = 0;
    let untiedY = 0;
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < i; j++) {
        score += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
        untiedX += x[i] === x[j] ? 0 : 1;
        untiedY += y[i] === y[j] ? 0 : 1;
      }
    expect(table[0]![1]).toBeCloseTo(score / Math.sqrt(untiedX * untiedY), 15);
  });

  it("repairs Higham's example", () => {
    const repaired = correlation(
      [
        [1, 1, 0],
        [1, 1, 1],
        [0, 1, 1],
      ],
      null,
      opt("input=matrix; repair=nearest"),
    );
    expect(repaired[0]![1]).toBeCloseTo(0.76069, 5);
    expect(repaired[0]![2]).toBeCloseTo(0.157298, 5);
    expect(
      failureOf(() =>
        correlation(
          [
            [1, 1, 0],
            [1, 1, 1],
            [0, 1, 1],
          ],
          null,
          opt("input=matrix"),
        ),
      ).code,
    ).toBe("#N/A");
  });

  it("shrinks towards the mean variance as Ledoit and Wolf, worked for two assets", () => {
    // Sample covariance (divisor 4) [[2.5, 2.5], [2.5, 3.5]], target 3 I, squared distance 13, noise (55 - 31) / 4 = 6: intensity 6 / 13.
    const covariance = correlation(
      [
        [1, 2],
        [-1, 0],
        [2, 1],
        [-2, -3],
      ],
      "pearson",
      opt("output=covariance; shrinkage=ledoit-wolf"),
    );
    expect(covariance[0]![0]).toBeCloseTo((2.5 * 7 + 3 * 6) / 13, 14);
    expect(covariance[1]![1]).toBeCloseTo((3.5 * 7 + 3 * 6) / 13, 14);
    expect(covariance[0]![1]).toBeCloseTo((2.5 * 7) / 13, 14);
  });

  it("measures the share of common worst days", () => {
    const days = Array.from({ length: 20 }, (_, i) => [i, i === 0 ? 0 : 20 - i]);
    expect(correlation(days, "tail", opt("tailProbability=0.1"))[0]![1]).toBe(0.5);
  });

  it("names a column that does not vary", () => {
    const error = failureOf(() =>
      correlation([
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
    );
    expect(error.code).toBe("#N/A");
    expect(error.message).toContain("column 1");
  });
});

describe("COLL.STRESS", () => {
  it("adds exposure x shock per scenario and puts the worst last", () => {
    const table = stress(EXPOSURES, [
      ["", "a", "b", "c", "d"],
      ["crash", -0.3, -0.2, -0.25, -0.1],
      ["up", 0.1, 0.1, "", 0.2],
    ]);
    expect(table.map((row) => row[1])).toEqual(["profitAndLoss", -425000, 120000, -425000]);
    expect(table[3]![0]).toBe("worst: crash");
    expect(table[1]![2]).toContain("a: -300000");
  });

  it("finds the worst window of a history, compounded", () => {
    const table = stress([[100]], [[-0.1], [-0.1], [0.05], [-0.02]], opt("mode=window; window=2; count=1"));
    expect(table[1]![0]).toBe("rows 1 to 2");
    expect(table[1]![1]).toBeCloseTo(-19, 12);
  });

  it("moves by standard deviations", () => {
    const table = stress(
      [[100, -100]],
      [
        [0.01, 0.01],
        [-0.01, -0.01],
      ],
      opt("mode=sigma; sigmas=2"),
    );
    const sd = Math.sqrt(0.0002);
    expect(table[1]![1]).toBeCloseTo(-200 * sd, 12);
    expect(table[3]![1]).toBeCloseTo(0, 12);
    expect(table[4]![1]).toBeCloseTo(-400 * sd, 12);
  });

  it("refuses a shock written as a percentage number", () => {
    expect(failureOf(() => stress([[100]], [[-30]])).message).toContain("-0.3");
  });
});

describe("COLL.DRAWDOWN", () => {
  it("finds peak, trough and recovery", () => {
    const prices = [100, 120, 90, 60, 110, 125, 124].map((price) => [price]);
    expect(drawdown(prices)[0]![0]).toBeCloseTo(0.5, 15);
    const table = drawdown(prices, opt("output=table"));
    expect(table.slice(2, 5).map((row) => row[1])).toEqual([120, 60, 125]);
  });

  it("is 0 for a price that never falls and refuses a hole", () => {
    expect(drawdown([[1], [2], [3]])[0]![0]).toBe(0);
    expect(failureOf(() => drawdown([[1], [0], [3]])).message).toContain("row 2");
  });
});
