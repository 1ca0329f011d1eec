import { fitGarch } from "../../../src/core/risk/garch";
import { daxLogReturns, euPrices } from "../../support/risk-fixtures";

/** Maxima found by scipy's Nelder-Mead from four starts on the same likelihood. */
describe("GARCH(1,1) on European indices", () => {
  it("finds scipy's maximum for the DAX with t innovations", () => {
    const fit = fitGarch(Float64Array.from(daxLogReturns()), { dist: "t" });
    expect(fit.isConverged).toBe(true);
    expect(fit.logLikelihood).toBeCloseTo(6065.742955, 6);
    expect(fit.alpha).toBeCloseTo(0.07902218426, 6);
    expect(fit.beta).toBeCloseTo(0.9035853063, 6);
    expect(fit.nu).toBeCloseTo(6.038374615, 5);
  });

  it("finds scipy's maximum for the FTSE with normal innovations", () => {
    const prices = euPrices().map((row) => row[3]!);
    const fit = fitGarch(Float64Array.from(prices.slice(1), (price, day) => Math.log(price / prices[day]!)), { dist: "normal" });
    expect(fit.logLikelihood).toBeCloseTo(6426.204627, 6);
    expect(fit.alpha).toBeCloseTo(0.04495975532, 6);
    expect(fit.beta).toBeCloseTo(0.9425959186, 6);
  });

  it("tries other starts when alpha vanishes, on 150 days of the FTSE", () => {
    const prices = euPrices().slice(0, 151).map((row) => row[3]!);
    const fit = fitGarch(Float64Array.from(prices.slice(1), (price, day) => Math.log(price / prices[day]!)), { dist: "t" });
    expect(fit.logLikelihood).toBeGreaterThan(515.9584276 - 1e-4);
  });
});
