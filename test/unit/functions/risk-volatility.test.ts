import { expectedShortfall, liquidityHorizon, stressedEs, tailfit, valueAtRisk, volatility } from "../../../src/functions/risk";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { danishLosses, daxLogReturns, demGbpReturns } from "../../support/risk-fixtures";

beforeAll(installExcelErrors);

const opt = (text: string): any => [[text]];
const column = (values: readonly unknown[]): any[][] => values.map((value) => [value]);
const valueOf = (table: any[][], item: string): any => table.find((row) => row[0] === item)![1];

describe("COLL.VOLATILITY", () => {
  it("is STDEV.S by default and annualises on request", () => {
    expect(volatility(column([0.01, 0.02, 0.03]))[0]![0]).toBeCloseTo(0.01, 15);
    expect(volatility(column([0.01, 0.02, 0.03]), "sample", opt("periodsPerYear=365"))[0]![0]).toBeCloseTo(0.01 * Math.sqrt(365), 14);
    expect(volatility(column([0.03, -0.04]), "sample", opt("mean=zero"))[0]![0]).toBeCloseTo(Math.sqrt(0.00125), 15);
  });

  it("follows the EWMA recursion by hand", () => {
    expect(volatility(column([0.02, 0.01]), "ewma", opt("lambda=0.9"))[0]![0]).toBeCloseTo(Math.sqrt(0.9 * 0.0004 + 0.1 * 0.0001), 15);
    expect(volatility(column([0.02, 0.01]), "ewma", opt("lambda=0.9; start=normalised"))[0]![0]).toBeCloseTo(
      Math.sqrt((0.9 * 0.0004 + 0.0001) / 1.9),
      15,
    );
  });

  it("lists the GARCH benchmark with standard errors", () => {
    const table = volatility(column(demGbpReturns()), "garch", opt("output=table"));
    expect(valueOf(table, "omega")).toBeCloseTo(0.0107613, 6);
    expect(valueOf(table, "standard error of beta")).toBeCloseTo(0.0335527, 6);
    expect(valueOf(table, "converged")).toBe("yes");
    expect(valueOf(table, "volatility") ** 2).toBeCloseTo(0.146992627, 6);
  });

  it("scales: returns a hundred times smaller give a volatility a hundred times smaller", () => {
    const percent = volatility(column(demGbpReturns()), "garch")[0]![0];
    expect(volatility(column(demGbpReturns().map((value) => value / 100)), "garch")[0]![0] * 100).toBeCloseTo(percent, 8);
  });

  it("refuses a constant series for GARCH and an unknown method", () => {
    expect(failureOf(() => volatility(column(Array<number>(200).fill(0.01)), "garch")).code).toBe("#N/A");
    expect(failureOf(() => volatility(column([0.1, 0.2]), "implied")).code).toBe("#VALUE!");
  });
});

describe("COLL.TAILFIT", () => {
  it("fits Danish fire losses above 10 million", () => {
    const table = tailfit(column(danishLosses()), 10, opt("input=losses; confidence=0.999"));
    expect(valueOf(table, "xi")).toBeCloseTo(0.496986, 5);
    expect(valueOf(table, "exceedances")).toBe(109);
    expect(valueOf(table, "value at risk")).toBeCloseTo(94.3394, 3);
  });

  it("agrees with the evt method of VaR on returns", () => {
    const dax = column(daxLogReturns());
    const table = tailfit(dax);
    expect(valueOf(table, "value at risk")).toBe(valueAtRisk(dax, 0.99, "evt")[0]![0]);
    expect(valueOf(tailfit(dax, null, opt("method=pwm")), "expected shortfall")).toBe(expectedShortfall(dax, 0.99, "evt", opt("fit=pwm"))[0]![0]);
  });

  it("shows the fit and an error in place of a VaR below the threshold", () => {
    const table = tailfit(column(daxLogReturns()), null, opt("confidence=0.9"));
    expect(valueOf(table, "xi")).toBeGreaterThan(0);
    expect(valueOf(table, "value at risk").code).toBe("#N/A");
  });

  it("refuses a negative threshold and too few exceedances", () => {
    expect(failureOf(() => tailfit(column([-0.1, 0.1]), -0.02)).code).toBe("#VALUE!");
    expect(failureOf(() => tailfit(column([-0.1, 0.1]), 0.02)).code).toBe("#N/A");
  });
});

describe("FRTB scaling", () => {
  it("cascades liquidity horizons", () => {
    expect(liquidityHorizon([[100, 80, 60, 40, 20]], [[10, 20, 40, 60, 120]])[0]![0]).toBeCloseTo(170.88007490635061, 10);
    expect(failureOf(() => liquidityHorizon([[1, 2]], [[20, 10]])).code).toBe("#VALUE!");
    expect(failureOf(() => liquidityHorizon([[1, 2]], [[20]])).code).toBe("#VALUE!");
    // A blank between the numbers would pair a shortfall with the horizon of another one.
    expect(failureOf(() => liquidityHorizon([[1], [null], [2]], [[10], [20], [""]])).message).toMatch(/entry 2 is blank/);
    expect(liquidityHorizon([[100], [50], [null]], [[10], [20], [""]])[0]![0]).toBeCloseTo(Math.sqrt(12_500), 10);
  });

  it("refuses a range where one cell is asked for", () => {
    expect(failureOf(() => stressedEs([[150], [140]], 90, 100)).message).toMatch(/reducedStressed is a range of several cells/);
    expect(failureOf(() => valueAtRisk([[0.1], [-0.1]], [[0.9, 0.95]])).code).toBe("#VALUE!");
  });

  it("scales a stressed ES, never down", () => {
    expect(stressedEs(150, 120, 100)).toEqual([[180]]);
    expect(stressedEs(150, 90, 100)).toEqual([[150]]);
    expect(failureOf(() => stressedEs(150, 90, 0)).code).toBe("#N/A");
  });
});
