import type { RiskDay } from "../../../../src/app/risk-screen";
import { plotShape, plotSize } from "../../../../src/taskpane/panels/risk/plot-shape";

const day = (value: number, valueAtRisk?: number): RiskDay => ({
  date: "2026-11-20",
  value,
  ...(valueAtRisk === undefined ? {} : { valueAtRisk }),
  isException: valueAtRisk !== undefined && value < -valueAtRisk,
});

describe("plotShape", () => {
  it("puts the highest return at the top and leaves room for the marks below the lowest", () => {
    const shape = plotShape([day(0.04), day(-0.06, 0.05)]);
    // 0.10 of range, 10 % more below: 140 units for 0.11.
    expect(shape.returns).toContain(`V${plotSize.top}M`);
    expect(shape.exceptions).toHaveLength(1);
    expect(shape.exceptions[0]?.y).toBeCloseTo(plotSize.top + (0.1 / 0.11) * 140, 10);
    expect(shape.zero).toBeCloseTo(plotSize.top + (0.04 / 0.11) * 140, 10);
  });

  it("chooses round ticks with the decimals that they need", () => {
    expect(plotShape([day(0.04), day(-0.06)]).ticks.map(({ value }) => Number(value.toFixed(10)))).toEqual([-0.05, 0]);
    expect(plotShape([day(0.04), day(-0.06)]).decimals).toBe(0);
    const small = plotShape([day(0.0006), day(-0.0008)]);
    expect(small.ticks.map(({ value }) => Number(value.toFixed(10)))).toEqual([-0.0005, 0, 0.0005]);
    expect(small.decimals).toBe(2);
  });

  it("draws no band while no VaR is known, and a scale for a series that stands still", () => {
    const shape = plotShape([day(0), day(0)]);
    expect([shape.line, shape.band]).toEqual(["", ""]);
    expect(shape.returns).not.toContain("NaN");
  });

  it("begins the line on the first day that has a VaR", () => {
    const shape = plotShape([day(0.01), day(-0.01, 0.02)]);
    // Two days, 122 units each: the second begins in the middle.
    expect(shape.line.startsWith("M162 ")).toBe(true);
  });
});
