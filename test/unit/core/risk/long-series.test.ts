import { fitGarch } from "../../../../src/core/risk/garch";
import { createRandomSource } from "../../../../src/core/risk/random-source";
import { fitStudentT } from "../../../../src/core/risk/student-t-fit";
import { ageWeights, weightedHistoricalRisk } from "../../../../src/core/risk/weighted-historical-risk";

const random = createRandomSource(3);
const heavy = Float64Array.from({ length: 12_000 }, () => 0.0003 + (0.01 * random.normal()) / Math.sqrt(random.chiSquare(5) / 5));

describe("long series take faster roads to the same numbers", () => {
  it("fits a t by its gradient where the score vanishes", () => {
    const fit = fitStudentT(heavy);
    expect(fit.isConverged).toBe(true);
    expect(fit.df).toBeGreaterThan(4.5);
    expect(fit.df).toBeLessThan(5.6);
    // First-order condition of the location: the weighted deviations cancel.
    const pull = heavy.reduce((sum, value) => {
      const z = (value - fit.location) / fit.scale;
      return sum + z / (fit.df + z * z);
    }, 0);
    expect(Math.abs(pull)).toBeLessThan(1e-4);
    // Of the scale: the mean of (df + 1) z^2 / (df + z^2) is 1.
    const share = heavy.reduce((sum, value) => {
      const square = ((value - fit.location) / fit.scale) ** 2;
      return sum + ((fit.df + 1) * square) / (fit.df + square);
    }, 0);
    expect(share / heavy.length).toBeCloseTo(1, 7);
  });

  it("starts a GARCH fit from the newest part and ends at a converged maximum", () => {
    let variance = 1;
    let last = 0;
    const series = Float64Array.from({ length: 25_000 }, () => {
      variance = 0.05 + 0.1 * last * last + 0.85 * variance;
      last = Math.sqrt(variance) * random.normal();
      return last;
    });
    const fit = fitGarch(series, { dist: "normal" });
    expect(fit.isConverged).toBe(true);
    expect(Math.abs(fit.alpha - 0.1)).toBeLessThan(4 * fit.standardErrors!.alpha);
    expect(Math.abs(fit.beta - 0.85)).toBeLessThan(4 * fit.standardErrors!.beta);
  });

  it.each([0.999, 0.98])("weights by age as a full sort does: decay %d", (decay) => {
    const weights = ageWeights(heavy.length, decay);
    const order = [...heavy.keys()].sort((i, j) => heavy[i]! - heavy[j]!);
    const needed = 0.01 * weights.reduce((sum, weight) => sum + weight, 0);
    let cumulated = 0;
    let at = -1;
    while (cumulated < needed) cumulated += weights[order[++at]!]!;
    expect(weightedHistoricalRisk(heavy, weights, 0.01).valueAtRisk).toBe(-heavy[order[at]!]!);
  });
});
