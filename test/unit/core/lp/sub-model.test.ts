import { checkPrimal, isPrimalFeasible } from "../../../../src/core/lp/check-primal";
import type { LinearModel } from "../../../../src/core/lp/linear-model";
import { extractSubModel, putBack } from "../../../../src/core/lp/sub-model";

/** 0.1 a + 0.2 b + c <= 0.3 and c + d >= 1, with a = b = 1: nothing is left of the first row, but 0.1 + 0.2 is not 0.3. */
const model: LinearModel = {
  columnCount: 4,
  rowCount: 2,
  objective: Float64Array.of(1, 2, 3, 4),
  objectiveOffset: 10,
  columnLower: new Float64Array(4),
  columnUpper: Float64Array.of(1, 1, 5, 5),
  rowLower: Float64Array.of(-Infinity, 1),
  rowUpper: Float64Array.of(0.3, Infinity),
  starts: Int32Array.of(0, 1, 2, 4, 5),
  indices: Int32Array.of(0, 0, 0, 1, 1),
  values: Float64Array.of(0.1, 0.2, 1, 1, 1),
};
const point = Float64Array.of(1, 1, 0, 1);

describe("some columns of a model while the others stay", () => {
  const sub = extractSubModel(model, Int32Array.of(2, 3), point);

  it("leaves nothing, not rounding noise, of a bound that the others use up", () => {
    expect(sub.model.rowUpper[0]).toBe(0);
    expect(isPrimalFeasible(checkPrimal(sub.model, Float64Array.of(0, 1)))).toBe(true);
    expect(isPrimalFeasible(checkPrimal(sub.model, Float64Array.of(1e-6, 1)))).toBe(false);
  });

  it("keeps open bounds open, costs the same, and puts its values back", () => {
    expect([sub.model.rowLower[0], sub.model.rowUpper[1]]).toEqual([-Infinity, Infinity]);
    expect(checkPrimal(sub.model, Float64Array.of(0, 1)).objective).toBeCloseTo(checkPrimal(model, point).objective, 12);
    expect([...putBack(sub, Float64Array.of(0, 2), point)]).toEqual([1, 1, 0, 2]);
  });
});
