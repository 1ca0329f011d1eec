import fc from "fast-check";
import { binomialCdf, binomialUpperTail } from "../../../src/core/risk/binomial-distribution";
import { chiSquareCdf, chiSquareInverse, chiSquareUpperInverse, chiSquareUpperTail } from "../../../src/core/risk/chi-square-distribution";
import { estimateRisk } from "../../../src/core/risk/estimate-risk";
import { normalCdf, normalInverse } from "../../../src/core/risk/normal-distribution";
import { quantile, quantileOfSorted, parseQuantileRule } from "../../../src/core/risk/quantile";
import { createRandomSource } from "../../../src/core/risk/random-source";
import { selectInPlace } from "../../../src/core/risk/select";
import { studentTCdf, studentTInverse } from "../../../src/core/risk/student-t-distribution";
import { nearestCorrelation, smallestEigenvalue } from "../../../src/core/risk/portfolio/nearest-correlation";
import { portfolioRisk } from "../../../src/core/risk/portfolio/portfolio-risk";
import { kupiecTest } from "../../../src/core/risk/backtests/coverage-tests";
import { independenceTest } from "../../../src/core/risk/backtests/independence-tests";

const SEED = { seed: 20261122, numRuns: 200 };
const returnsOf = fc.array(
  fc.integer({ min: -3000, max: 3000 }).map((x) => x / 10000),
  { minLength: 2, maxLength: 60 },
);
const confidences = fc.constantFrom(0.5, 0.9, 0.95, 0.975, 0.99, 0.999);
const estimate = (returns: number[], measure: "valueAtRisk" | "expectedShortfall", confidence: number, quantileRule = "inc"): number =>
  estimateRisk(Float64Array.from(returns), { measure, method: "historical", confidence, quantile: quantileRule }).value;

describe("quantiles and selection", () => {
  it("selects what sorting finds, ties included", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 2000 }), fc.nat(), (values, pick) => {
        const k = pick % values.length;
        const scratch = Float64Array.from(values);
        selectInPlace(scratch, k);
        const sorted = Float64Array.from(values).sort();
        expect(scratch[k]).toBe(sorted[k]);
        expect(scratch.subarray(0, k).every((value) => value <= sorted[k]!)).toBe(true);
        expect(scratch.slice().sort()).toEqual(sorted);
      }),
      { ...SEED, numRuns: 100 },
    );
  });

  it("reads the same from sorted and unsorted values, for every type", () => {
    fc.assert(
      fc.property(returnsOf, fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, type, p) => {
        const rule = parseQuantileRule(String(type));
        expect(quantile(values, p, rule)).toBe(quantileOfSorted(Float64Array.from(values).sort(), p, rule));
      }),
      SEED,
    );
  });
});

describe("laws of VaR and ES", () => {
  it("keeps ES at or above VaR for types 1, 6 and 7", () => {
    fc.assert(
      fc.property(returnsOf, confidences, fc.constantFrom("1", "6", "7"), (returns, c, type) => {
        expect(estimate(returns, "expectedShortfall", c)).toBeGreaterThanOrEqual(estimate(returns, "valueAtRisk", c, type) - 1e-12);
      }),
      SEED,
    );
  });

  it("moves with cash and scales with size", () => {
    fc.assert(
      fc.property(
        returnsOf,
        confidences,
        fc.constantFrom("valueAtRisk", "expectedShortfall") as fc.Arbitrary<"valueAtRisk" | "expectedShortfall">,
        (returns, c, measure) => {
          const base = estimate(returns, measure, c);
          expect(
            estimate(
              returns.map((value) => value + 0.01),
              measure,
              c,
            ),
          ).toBeCloseTo(base - 0.01, 12);
          expect(
            estimate(
              returns.map((value) => 2 * value),
              measure,
              c,
            ),
          ).toBeCloseTo(2 * base, 12);
        },
      ),
      SEED,
    );
  });

  it("has a subadditive expected shortfall", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })), { minLength: 3, maxLength: 40 }),
        confidences,
        (pairs, c) => {
          const a = pairs.map(([x]) => x);
          const b = pairs.map(([, y]) => y);
          const sum = pairs.map(([x, y]) => x + y);
          expect(estimate(sum, "expectedShortfall", c)).toBeLessThanOrEqual(
            estimate(a, "expectedShortfall", c) + estimate(b, "expectedShortfall", c) + 1e-9,
          );
        },
      ),
      SEED,
    );
  });

  it("adds components up to the total for every method", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 })), {
          minLength: 5,
          maxLength: 40,
        }),
        fc.constantFrom("historical", "normal") as fc.Arbitrary<"historical" | "normal">,
        confidences,
        (rows, method, confidence) => {
          const matrix = { scenarios: rows.length, assets: 3, values: Float64Array.from(rows.flat(), (value) => value / 1000) };
          const risk = portfolioRisk(matrix, Float64Array.of(100, -50, 25), {
            method,
            confidence,
            esConfidence: confidence,
            mean: "sample",
            horizon: 1,
            isLog: false,
            paths: 1000,
            seed: 1,
          });
          for (const book of [risk.valueAtRisk, risk.expectedShortfall])
            expect(book.component.reduce((sum, value) => sum + value, 0)).toBeCloseTo(book.total, 9);
        },
      ),
      SEED,
    );
  });
});

describe("distributions", () => {
  const probabilities = fc.double({ min: -300, max: -0.01, noNaN: true }).map((exponent) => 10 ** exponent);

  it("inverts the normal tail", () => {
    fc.assert(
      fc.property(probabilities, (p) => expect(Math.abs(normalCdf(normalInverse(p)) / p - 1)).toBeLessThan(2e-12)),
      SEED,
    );
  });

  it("inverts the t tail for any degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: -0.01, noNaN: true }).map((exponent) => 10 ** exponent),
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        (p, df) => {
          expect(Math.abs(studentTCdf(studentTInverse(p, df), df) / p - 1)).toBeLessThan(1e-10);
        },
      ),
      SEED,
    );
  });

  it("inverts the chi-square from both ends", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -100, max: -0.31, noNaN: true }).map((exponent) => 10 ** exponent),
        fc.integer({ min: 1, max: 300 }),
        (p, df) => {
          expect(Math.abs(chiSquareUpperTail(chiSquareUpperInverse(p, df), df) / p - 1)).toBeLessThan(1e-10);
          expect(Math.abs(chiSquareCdf(chiSquareInverse(p, df), df) / p - 1)).toBeLessThan(1e-10);
        },
      ),
      SEED,
    );
  });

  it("splits the binomial into two tails that add up to 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(3000), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, pick, p) => {
        const k = pick % n;
        expect(binomialCdf(k, n, p) + binomialUpperTail(k + 1, n, p)).toBeCloseTo(1, 11);
      }),
      SEED,
    );
  });
});

describe("likelihood ratios", () => {
  it("are never negative and never NaN", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100000 }), fc.nat(100000), confidences, (n, pick, c) => {
        const { statistic, pValue } = kupiecTest(pick % (n + 1), n, 1 - c);
        expect(statistic).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
      }),
      SEED,
    );
    fc.assert(
      fc.property(fc.nat(500), fc.nat(20), fc.nat(20), fc.nat(20), (n00, n01, n10, n11) => {
        const { statistic, pValue } = independenceTest({ n00, n01, n10, n11 });
        expect(statistic).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
      }),
      SEED,
    );
  });
});

describe("random numbers", () => {
  it("repeat for a seed, differ between seeds and have normal moments", () => {
    const draw = (seed: number, count: number): Float64Array => {
      const target = new Float64Array(count);
      createRandomSource(seed).fillNormals(target);
      return target;
    };
    expect(draw(5, 50)).toEqual(draw(5, 50));
    expect(draw(5, 50)).not.toEqual(draw(6, 50));
    const many = draw(1, 1_000_000);
    const moment = (k: number): number => many.reduce((sum, value) => sum + value ** k, 0) / many.length;
    expect(Math.abs(moment(1))).toBeLessThan(4e-3);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(6e-3);
    expect(Math.abs(moment(3))).toBeLessThan(0.016);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.04);
    expect(Math.abs(many.filter((value) => value < -3.0902323).length / 1000 - 1)).toBeLessThan(0.13);
    expect(Math.abs(many.filter((value) => value > 3.719016).length / 100 - 1)).toBeLessThan(0.4);
  });
});

describe("nearest correlation", () => {
  it("has a unit diagonal, is positive semi-definite and leaves a good matrix alone", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: -100, max: 100 }).map((x) => x / 100),
          { minLength: 6, maxLength: 6 },
        ),
        ([a, b, c, d, e, f]) => {
          const matrix = [
            [1, a!, b!, c!],
            [a!, 1, d!, e!],
            [b!, d!, 1, f!],
            [c!, e!, f!, 1],
          ];
          const near = nearestCorrelation(matrix);
          near.forEach((row, i) => expect(row[i]).toBe(1));
          expect(smallestEigenvalue(near)).toBeGreaterThan(-1e-7);
          if (smallestEigenvalue(matrix) > 1e-6) matrix.forEach((row, i) => row.forEach((value, j) => expect(near[i]![j]).toBeCloseTo(value, 9)));
        },
      ),
      { ...SEED, numRuns: 40 },
    );
  });
});
