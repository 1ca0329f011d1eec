import { roundHaircut, scaleHaircut } from "../../../../src/core/collateral/haircut-scaling";

describe("scaleHaircut", () => {
  it("scales with the square root of the period and of the days between revaluations", () => {
    expect(scaleHaircut(0.08, 10, 20)).toBeCloseTo(0.08 * Math.SQRT2, 15);
    expect(scaleHaircut(0.08, 10, 10, 5)).toBeCloseTo(0.08 * Math.sqrt(1.4), 15);
    expect(scaleHaircut(0.3, 10, 250)).toBe(1);
  });

  it("refuses periods that are not above 0", () => {
    expect(() => scaleHaircut(0.1, 0, 10)).toThrow(/fromDays is 0/);
    expect(() => scaleHaircut(0.1, 10, -1)).toThrow(/holding period is -1/);
    expect(() => scaleHaircut(0.1, 10, 10, 0)).toThrow(/revaluationDays is 0/);
    expect(() => scaleHaircut(-0.1, 10, 10)).toThrow(/below 0/);
  });
});

describe("roundHaircut", () => {
  it("rounds to the nearest step without leaving binary dust", () => {
    expect(roundHaircut(0.11313708, 0.01)).toBe(0.11);
    expect(roundHaircut(0.0651, 0.01)).toBe(0.07);
    expect(roundHaircut(0.123456, 0)).toBe(0.123456);
    expect(() => roundHaircut(0.1, 2)).toThrow(/between 0 and 1/);
  });
});
