import { creditScore, merton } from "../../../src/functions/credit";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];
const omitted = null as any;

describe("COLL.MERTON", () => {
  it("solves the textbook firm: equity 3, volatility 80 %, debt 10, 5 %, 1 year", () => {
    const rows = merton(cell(3), cell(0.8), cell(10), cell(1), cell(0.05), cell("output=table"));
    const named = (name: string): number => rows.find((row) => row[0] === name)?.[1];
    expect(named("asset value")).toBeCloseTo(12.4, 2);
    expect(named("asset volatility")).toBeCloseTo(0.2123, 4);
    expect(named("PD")).toBeCloseTo(0.127, 3);
  });

  it("meets both of its equations", () => {
    const rows = merton(cell(40), cell(0.5), cell(60), cell(2), cell(0.03), cell("output=table"));
    const [value, volatility, distance] = ["asset value", "asset volatility", "distance to default"].map(
      (name) => rows.find((row) => row[0] === name)?.[1],
    );
    const d1 = distance + volatility * Math.SQRT2;
    // Numeric check of N by Simpson's rule keeps the test independent of our own distribution function.
    const n = (x: number): number => {
      const steps = 4000;
      const h = (x + 12) / steps;
      let sum = 0;
      for (let i = 0; i <= steps; i += 1) sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * (-12 + i * h) ** 2);
      return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
    };
    expect(value * n(d1) - 60 * Math.exp(-0.06) * n(distance)).toBeCloseTo(40, 8);
    expect((n(d1) * volatility * value) / 40).toBeCloseTo(0.5, 8);
    expect(merton(cell(40), cell(0.5), cell(60), cell(2), cell(0.03))[0]?.[0]).toBeCloseTo(n(-distance), 10);
  });

  it("defaults to one year and no rate, takes a drift, and refuses bad inputs", () => {
    expect(merton(cell(3), cell(0.8), cell(10))).toEqual(merton(cell(3), cell(0.8), cell(10), cell(1), cell(0)));
    const [neutral, physical] = [
      merton(cell(3), cell(0.8), cell(10))[0],
      merton(cell(3), cell(0.8), cell(10), omitted, omitted, cell("drift=0.1"))[0],
    ];
    expect(physical?.[0]).toBeLessThan(neutral?.[0]);
    expect(failureOf(() => merton(cell(0), cell(0.8), cell(10))).message).toBe("Equity is 0. It must be above 0.");
    expect(failureOf(() => merton(cell(1), cell(""), cell(10))).message).toMatch(/^Equity volatility is blank/);
  });
});

describe("COLL.CREDITSCORE", () => {
  const weights = [
    ["attribute", "weight"],
    ["intercept", -4],
    ["leverage", 2],
    ["loss years", 0.5],
  ];

  it("is logistic, with a grade", () => {
    const [answer] = creditScore(
      [
        ["leverage", 0.6],
        ["loss years", 1],
      ],
      weights,
    );
    expect(answer?.[0]).toBeCloseTo(1 / (1 + Math.exp(2.3)), 12);
    expect(answer?.[1]).toBe("CCC");
    expect(
      creditScore(
        [
          ["leverage", 0.6],
          ["loss years", 1],
        ],
        weights,
        cell("scale=good:0.05,poor:1"),
      )[0]?.[1],
    ).toBe("poor");
  });

  it("gives the terms of a grade beside it", () => {
    const [answer] = creditScore(
      [
        ["leverage", 0.6],
        ["loss years", 1],
      ],
      weights,
      cell("scale=good:0.05:0:1,poor:1:0.1:0.5"),
    );
    expect(answer?.slice(1)).toEqual(["poor", 0.1, 0.5]);
    expect(failureOf(() => creditScore([["x", 1]], [["x", 1]], cell("scale=good:0.05:0.2:1,poor:1:0.1:0.5"))).message).toMatch(
      /poor has better terms than good/,
    );
  });

  it("scores a table row by row in any column order and names a bad row", () => {
    const table = [
      ["counterparty", "Loss years", "Leverage"],
      ["A", 0, 0.5],
      ["B", 2, "n/a"],
      ["C", 2, 1],
    ];
    const answer = creditScore(table, weights);
    expect(answer[0]?.[0]).toBeCloseTo(1 / (1 + Math.exp(3)), 12);
    expect(answer[1]?.[0].message).toBe('attributes row 2: leverage is "n/a". Write a number.');
    expect(answer[2]?.[0]).toBeCloseTo(1 / (1 + Math.exp(1)), 12);
  });

  it("shows contributions that add up to the score", () => {
    const rows = creditScore(
      [
        ["leverage", 0.6],
        ["loss years", 1],
      ],
      weights,
      cell("output=table"),
    );
    const of = (name: string): number => rows.find((row) => row[0] === name)?.[3];
    expect(of("intercept") + of("leverage") + of("loss years")).toBeCloseTo(of("score"), 12);
  });

  it("checks discrimination and accuracy on a history", () => {
    // Scores 0, 1, 2, 3 with defaults at 1 and 3: pairs won 3 of 4.
    const history = [
      ["x", "default"],
      [0, 0],
      [1, 1],
      [2, 0],
      [3, 1],
    ];
    const rows = creditScore(history, [["x", 1]], cell("output=checks; bands=2"));
    const p = [0, 1, 2, 3].map((x) => 1 / (1 + Math.exp(-x)));
    expect(rows[1]?.[1]).toBeCloseTo(0.75, 12);
    expect(rows[2]?.[1]).toBeCloseTo(((p[0] ?? 0) ** 2 + (1 - (p[1] ?? 0)) ** 2 + (p[2] ?? 0) ** 2 + (1 - (p[3] ?? 0)) ** 2) / 4, 12);
    expect(rows[5]?.[1]).toBe(0.5);
    const tied = creditScore(
      [
        ["x", "default"],
        [1, 0],
        [1, 1],
      ],
      [["x", 1]],
      cell("output=checks"),
    );
    expect(tied[1]?.[1]).toBe(0.5);
    expect(
      failureOf(() =>
        creditScore(
          [
            ["x", "default"],
            [1, 0],
          ],
          [["x", 1]],
          cell("output=checks"),
        ),
      ).code,
    ).toBe("#N/A");
  });

  it("tests the calibration of probabilities from elsewhere after Hosmer and Lemeshow", () => {
    // Three bands of two: predicted 0.1, 0.3, 0.5 with 0, 1 and 1 defaults.
    const history = [
      ["pd", "default"],
      [0.1, 0],
      [0.1, 0],
      [0.3, 0],
      [0.3, 1],
      [0.5, 0],
      [0.5, 1],
    ];
    const rows = creditScore(history, cell("pd"), cell("output=checks; bands=3"));
    const last = rows.at(-1);
    const statistic = (2 * 0.01) / 0.09 + (2 * 0.04) / 0.21 + 0;
    expect(last?.[0]).toBe("Hosmer-Lemeshow");
    expect(last?.[1]).toBeCloseTo(statistic, 12);
    // Upper tail of chi-square with 1 degree of freedom at 0.6032: 2 (1 - N(0.7767)) = 0.4374
    expect(last?.[2]).toMatch(/^p value 0\.437\d+ with 1 degrees of freedom: calibrated at 95 %$/);
    expect(creditScore(history, cell("pd"), cell("output=checks; bands=2")).at(-1)?.[2]).toBe("needs at least 3 bands");
    expect(
      failureOf(() =>
        creditScore(
          [
            ["pd", "default"],
            [1.4, 0],
            [0.1, 1],
          ],
          cell("PD"),
          cell("output=checks"),
        ),
      ).message,
    ).toBe("attributes row 1: pd is 1.4. Write a decimal from 0 to 1.");
  });

  it("refuses a missing attribute, a repeated weight and a scale that does not end at 1", () => {
    expect(failureOf(() => creditScore([["leverage", 0.6]], weights)).message).toBe("attributes has no value for loss years. Add it.");
    expect(
      failureOf(() =>
        creditScore(
          [["x", 1]],
          [
            ["x", 1],
            ["X ", 2],
          ],
        ),
      ).message,
    ).toMatch(/row 2: X stands twice/);
    expect(failureOf(() => creditScore([["x", 1]], [["x", 1]], cell("scale=A:0.1,B:0.5"))).message).toMatch(/up to 1/);
    expect(failureOf(() => creditScore([["x", 1]], [["x", 1]], cell("scale=A:0.5,B:0.1"))).message).toMatch(/Sort by probability/);
  });
});
