import { checkPrimal, isPrimalFeasible } from "../../../../src/core/lp/check-primal";
import { settlePoint } from "../../../../src/core/lp/settle-point";
import { denseModel } from "../../../contract/solver/linear-cases";

/** An amount x of an asset that is posted in lots of 0.25: x = 0.25 n, and y beside it; x + y >= 1. */
const lots = denseModel(
  [
    [1, 0, Infinity],
    [2, 0, 4],
    [0, 0, 8],
  ],
  [
    [1, Infinity, [1, 1, 0]],
    [0, 0, [1, 0, -0.25]],
  ],
  [2],
);
const settle = (point: readonly number[], size = 1e-9, isInnerNoise = false): number[] => [
  ...settlePoint(lots, Float64Array.from(point), { noise: new Float64Array(3).fill(size), isInnerNoise }),
];

describe("settlePoint", () => {
  it("has an amount of which no lot is posted be nothing, where noise of 1e-16 alone would break the row of its lots altogether", () => {
    const noisy = Float64Array.of(1.1e-16, 1, 0);
    expect(checkPrimal(lots, noisy).relativeRowViolation).toBe(1);
    const settled = settle([...noisy]);
    expect(settled).toEqual([0, 1, 0]);
    expect(isPrimalFeasible(checkPrimal(lots, Float64Array.from(settled)), 0)).toBe(true);
  });
  it("moves an amount as far as rounding its lots has moved them", () => {
    // 3.0000001 lots are 3: 2.5e-8 less of the amount, far more than noise.
    expect(settle([0.750000025, 0.25, 3.0000001])).toEqual([0.75, 0.25, 3]);
  });
  it("leaves alone what is no noise: a broken row stays broken, a fraction stays one", () => {
    expect(settle([0.7, 0.3, 3])).toEqual([0.7, 0.3, 3]);
    expect(settle([0.625, 0.375, 2.5])).toEqual([0.625, 0.375, 2.5]);
  });
  it("puts what is a little outside onto the bound, and what is a little inside only when asked to", () => {
    expect(settle([1, -1e-10, 4])).toEqual([1, 0, 4]);
    expect(settle([1, 4 + 1e-10, 4])).toEqual([1, 4, 4]);
    expect(settle([1, 1e-10, 4])).toEqual([1, 1e-10, 4]);
    expect(settle([1, 1e-10, 4], 1e-9, true)).toEqual([1, 0, 4]);
    expect(settle([1, 4 - 1e-10, 4], 1e-9, true)).toEqual([1, 4, 4]);
    expect(settle([1, -1e-8, 4])).toEqual([1, -1e-8, 4]);
  });
});
