import { haircutBacktest, haircutCalibrate } from "../../../src/functions/haircut-calibration";
import { valueAtRisk } from "../../../src/functions/risk";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { daxLogReturns } from "../../support/risk-fixtures";

beforeAll(installExcelErrors);

const opt = (text: string): any => [[text]];
const column = (values: readonly unknown[]): any[][] => values.map((value) => [value]);

describe("COLL.HAIRCUT.CALIBRATE", () => {
  const dax = column(daxLogReturns());
  const one = (...rest: [unknown?, unknown?, unknown?, any?]): number => haircutCalibrate(dax, ...rest)[0]![0];

  it("is 1 - exp(-VaR) over the close-out period", () => {
    const vaR = valueAtRisk(dax, 0.99, "historical", opt("days=10"))[0]![0];
    expect(one()).toBeCloseTo(1 - Math.exp(-vaR), 14);
    expect(one(0.99, 10, null, opt("returns=simple"))).toBeCloseTo(vaR, 14);
    expect(one(0.99, 1)).toBeCloseTo(1 - Math.exp(-0.0277525), 6);
  });

  it("adds gap and liquidity, keeps the floor and rounds", () => {
    const plain = one();
    expect(one(0.99, 10, null, opt("gap=0.05; liquidity=1%"))).toBeCloseTo(plain + 0.06, 13);
    expect(one(0.99, 10, null, opt("floor=0.15"))).toBe(0.15);
    expect(one(0.99, 10, null, opt("round=0.01"))).toBe(0.08);
  });

  it("never leaves [0, 1]", () => {
    expect(haircutCalibrate(column([-2, -2, -2]), 0.99, 10, null, opt("gap=0.5"))[0]![0]).toBe(1);
    expect(haircutCalibrate(column([0.1, 0.2, 0.3]), 0.99, 10)[0]![0]).toBe(0);
  });

  it("offers ES, hourly returns and every method", () => {
    expect(one(0.99, 10, "historical", opt("measure=es"))).toBeGreaterThan(one());
    expect(one(0.99, 1, "normal", opt("periodsPerDay=24; mean=zero"))).toBeCloseTo(
      1 - Math.exp(-Math.sqrt(24) * 2.3263478740408408 * 0.010300836598995541),
      10,
    );
    expect(one(0.99, 10, "evt")).toBeGreaterThan(0.05);
  });

  it("explains itself", () => {
    const table = haircutCalibrate(dax, 0.99, 10, "historical", opt("output=table; gap=0.02"));
    expect(table[1]![0]).toBe("haircut");
    expect(table[1]![2]).toContain("gap 0.02");
    expect(table.find(([item]) => item === "n used")![1]).toBe(1859);
  });

  it("refuses an add-on above 1 and a period of 0 days", () => {
    expect(failureOf(() => one(0.99, 10, null, opt("gap=5"))).code).toBe("#VALUE!");
    expect(failureOf(() => one(0.99, 0)).message).toContain("days 0");
    expect(failureOf(() => one(0.99, 10, null, opt("horizon=3"))).message).toContain("horizon");
  });
});

describe("COLL.HAIRCUT.BACKTEST", () => {
  // Two-day falls: 1 - 95/100, 1 - 80/90, 1 - 96/95, 1 - 99/80: 5 %, 11.1 %, none, none.
  const prices = column([100, 90, 95, 80, 96, 99]);

  it("counts falls above the haircut over the close-out period", () => {
    const table = haircutBacktest(prices, 0.1, 2);
    const value = (item: string): any => table.find((row) => row[0] === item)![1];
    expect(value("windows")).toBe(4);
    expect(value("breaches")).toBe(1);
    expect(value("worst fall")).toBeCloseTo(1 / 9, 14);
    expect(value("worst breach")).toBeCloseTo(1 / 9 - 0.1, 14);
    expect(value("separate windows")).toBe(2);
    expect(table.find((row) => row[0] === "breach")![2]).toBe("row 2 to row 4");
  });

  it("can look at the lowest price within the period", () => {
    const table = haircutBacktest(prices, 0.09, 2, opt("price=lowest"));
    expect(table.find((row) => row[0] === "breaches")![1]).toBe(3);
  });

  it("refuses a haircut of 8 and too few prices", () => {
    expect(failureOf(() => haircutBacktest(prices, 8)).message).toContain("0.08");
    expect(failureOf(() => haircutBacktest(prices, 0.1, 10)).code).toBe("#N/A");
  });
});
