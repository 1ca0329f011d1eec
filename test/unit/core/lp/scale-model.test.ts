import { scaleModel, unscaleDual, unscalePrimal } from "../../../../src/core/lp/scale-model";
import { denseModel } from "../../../contract/solver/linear-cases";

describe("scaleModel", () => {
  const model = denseModel(
    [
      [971.2345, 0, 100],
      [4.6e-8, 0, 1e10],
      [0.05, 0, 1e6],
    ],
    [[5e6, Infinity, [77_698.76, 1.155e-5, 1]]],
  );
  const scaled = scaleModel(model);
  it("brings coefficients near 1 and amounts to the book's size", () => {
    for (const value of scaled.model.values) {
      expect(value).toBeGreaterThan(0.25);
      expect(value).toBeLessThan(4);
    }
    expect(Math.max(...scaled.model.rowLower)).toBeLessThanOrEqual(2 ** 14);
  });
  it("uses powers of two only, so that nothing is lost", () => {
    for (const factor of [...scaled.columnFactor, ...scaled.rowFactor, scaled.objectiveFactor]) {
      expect(Number.isInteger(Math.log2(factor))).toBe(true);
    }
    expect([...unscalePrimal(scaled, scaled.model.columnUpper)]).toEqual([...model.columnUpper]);
  });
  it("takes duals back to the objective per unit of the original row", () => {
    const dual = unscaleDual(scaled, Float64Array.of(1));
    expect(dual[0]).toBe(scaled.rowFactor[0]! / scaled.objectiveFactor);
  });
  it("leaves integer columns in their own unit", () => {
    const whole = denseModel(
      [
        [1, 0, 10],
        [1, 0, 1e9],
      ],
      [[1e6, Infinity, [1e6, 1]]],
      [0],
    );
    expect(scaleModel(whole).columnFactor[0]).toBe(1);
  });
});
