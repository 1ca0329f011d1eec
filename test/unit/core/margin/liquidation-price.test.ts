import { DomainError } from "../../../../src/core/basics/domain-error";
import { findLiquidation } from "../../../../src/core/margin/liquidation-price";

describe("findLiquidation", () => {
  it("finds where a long position's equity falls to its margin, below only", () => {
    // 10 coins long from 100 with 300 of equity and 5 % maintenance: 300 + 10 (p - 100) = 0.5 p, so p = 700 / 9.5.
    const found = findLiquidation(100, (price) => 300 + 10 * (price - 100) - 0.5 * price);
    expect(found.below).toBeCloseTo(700 / 9.5, 10);
    expect(found.above).toBeUndefined();
    expect(found.nearest).toBe(found.below);
  });

  it("finds where a short position's equity falls to its margin, above only", () => {
    // 300 + 10 (100 - p) = 0.5 p, so p = 1300 / 10.5.
    const found = findLiquidation(100, (price) => 300 + 10 * (100 - price) - 0.5 * price);
    expect(found.above).toBeCloseTo(1300 / 10.5, 10);
    expect(found.below).toBeUndefined();
    expect(found.nearest).toBe(found.above);
  });

  // Nearest by the ratio of prices: 100 to 80 is a factor of 1.25, 100 to 130 one of 1.3; 100 to 84 one of 1.19.
  it.each([
    [80, 130, 80],
    [80, 124, 124],
    [84, 118, 118],
  ])("names the nearer of two: %d below, %d above", (below, above, nearest) => {
    const found = findLiquidation(100, (price) => Math.min(price - below, above - price));
    expect(found.below).toBeCloseTo(below, 9);
    expect(found.above).toBeCloseTo(above, 9);
    expect(found.nearest).toBeCloseTo(nearest, 9);
  });

  it("finds prices a thousand times away", () => {
    expect(findLiquidation(100, (price) => price - 0.1).below).toBeCloseTo(0.1, 12);
    expect(findLiquidation(100, (price) => 1e5 - price).above).toBeCloseTo(1e5, 5);
  });

  it("ends on the side of the loss, never inside", () => {
    const headroom = (price: number): number => price - 100 / 3;
    expect(headroom(findLiquidation(100, headroom).below!)).toBeLessThanOrEqual(0);
  });

  it("stops looking where the margin cannot be computed any more", () => {
    const found = findLiquidation(100, (price) => (price < 90 ? undefined : Math.min(price - 85, 120 - price)));
    expect(found.below).toBeUndefined();
    expect(found.nearest).toBeCloseTo(120, 9);
  });

  it.each([
    ["already lost", (): number => -5, "Equity is 5 below maintenance margin already: it is past liquidation."],
    ["exactly at margin", (): number => 0, "past liquidation"],
    ["never lost", (): number => 1, "No price of this underlying brings equity down to maintenance margin."],
    ["not computable", (): undefined => undefined, "cannot be computed at today's price"],
  ])("refuses: %s", (_, headroom, message) => {
    const attempt = (): unknown => findLiquidation(100, headroom);
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow(message);
  });
});
