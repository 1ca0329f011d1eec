import { checkDual, isDualCertificate } from "../../../../src/core/lp/check-dual";
import { findProof, provesInfeasibility } from "../../../../src/core/lp/check-infeasibility";
import { checkPrimal, isPrimalFeasible } from "../../../../src/core/lp/check-primal";
import { denseModel } from "../../../contract/solver/linear-cases";

/** min x + 2 y, x + y >= 15, x <= 10: x = 10, y = 5, dual 2, reduced cost of x = -1. */
const model = denseModel(
  [
    [1, 0, 10],
    [2, 0, Infinity],
  ],
  [[15, Infinity, [1, 1]]],
);

describe("checkPrimal", () => {
  it("recomputes objective and activity", () => {
    const check = checkPrimal(model, Float64Array.of(10, 5));
    expect(check.objective).toBe(20);
    expect([...check.activity]).toEqual([15]);
    expect(isPrimalFeasible(check)).toBe(true);
  });
  it("measures a violated row in its own unit and as a share of its size", () => {
    const check = checkPrimal(model, Float64Array.of(10, 2));
    expect(check.rowViolation).toBe(3);
    expect(check.relativeRowViolation).toBeCloseTo(3 / 15, 12);
    expect(check.worstRow).toBe(0);
    expect(isPrimalFeasible(check)).toBe(false);
  });
  it("finds a column outside its bounds and a fraction where a whole number is due", () => {
    const whole = denseModel([[1, 0, 10]], [[1, Infinity, [1]]], [0]);
    expect(checkPrimal(whole, Float64Array.of(10.5))).toMatchObject({ boundViolation: 0.5, integralityViolation: 0.5 });
  });
  it("does not call a point with a NaN feasible", () => {
    expect(isPrimalFeasible(checkPrimal(model, Float64Array.of(10, NaN)))).toBe(false);
  });
});

describe("checkDual", () => {
  it("certifies the optimum", () => {
    const check = checkDual(model, { primal: Float64Array.of(10, 5), dual: Float64Array.of(2) });
    expect(check).toMatchObject({ gap: 0, dualInfeasibility: 0, dualObjective: 20, primalObjective: 20 });
    expect([...check.reducedCosts]).toEqual([-1, 0]);
    expect(isDualCertificate(check)).toBe(true);
  });
  it("shows by how much a feasible point is not optimal", () => {
    // y alone covers: cost 30 against the bound of 20.
    const check = checkDual(model, { primal: Float64Array.of(0, 15), dual: Float64Array.of(2) });
    expect(check.gap).toBe(10);
    expect(isDualCertificate(check)).toBe(false);
  });
  it("refuses duals that lean on a bound that is not there", () => {
    const check = checkDual(model, { primal: Float64Array.of(10, 5), dual: Float64Array.of(3) });
    expect(check.dualInfeasibility).toBeGreaterThan(0.1);
    const wrongSign = checkDual(model, { primal: Float64Array.of(10, 5), dual: Float64Array.of(-2) });
    expect(wrongSign.dualInfeasibility).toBeGreaterThan(0.1);
  });
});

describe("provesInfeasibility", () => {
  const infeasible = denseModel(
    [
      [1, 0, 4],
      [2, 0, 3],
    ],
    [[10, Infinity, [1, 1]]],
  );
  it("accepts row multipliers that leave no room, whatever their sign", () => {
    expect(provesInfeasibility(infeasible, Float64Array.of(1))).toBe(true);
    expect(provesInfeasibility(infeasible, Float64Array.of(-1))).toBe(true);
  });
  it("refuses them for a model that has a solution", () => {
    expect(provesInfeasibility(model, Float64Array.of(1))).toBe(false);
    expect(provesInfeasibility(infeasible, Float64Array.of(0))).toBe(false);
  });
  it("finds the proof behind the noise of multipliers that have no part in it", () => {
    // The second row says nothing; a trace of it leaves a column without end a direction of its own.
    const model = denseModel(
      [
        [0, 0, 4],
        [0, 0, Infinity],
      ],
      [
        [10, Infinity, [1, 0]],
        [0, 0, [0, -1]],
      ],
    );
    const noisy = Float64Array.of(1, -1e-16);
    expect(provesInfeasibility(model, noisy)).toBe(false);
    expect([...findProof(model, noisy)!]).toEqual([1, 0]);
    expect(findProof(model, Float64Array.of(1, -1e-3))).toBeUndefined();
    expect(findProof(model, Float64Array.of(0, 0))).toBeUndefined();
  });
});
