import { compareAnswers } from "../../../../src/core/lp/compare-answers";
import { denseModel } from "../../../contract/solver/linear-cases";

/** Cover 15 from two assets at 1 and 2, at most 10 of the first: 10 + 2 x 5 = 20, the row's price is 2. */
const model = denseModel(
  [
    [1, 0, 10],
    [2, 0, 100],
  ],
  [[15, Infinity, [1, 1]]],
);
const answer = (primal: readonly number[], dual: readonly number[]) => ({
  primal: Float64Array.from(primal),
  dual: Float64Array.from(dual),
  dualStatus: dual.length > 0 ? ("feasiblePoint" as const) : ("noSolution" as const),
});

describe("compareAnswers", () => {
  it("finds no difference between two optima, and proves both", () => {
    expect(compareAnswers(model, answer([10, 5], [2]), answer([10, 5], [2]))).toEqual({ difference: 0, firstGap: 0, secondGap: 0 });
  });
  it("gives the dearer answer the gap that its own prices leave", () => {
    // 9 + 2 x 6 = 21: one dearer than 20, of 21 moved; the price 2 saves 1 for the ninth unit that is missing.
    const { difference, firstGap, secondGap } = compareAnswers(model, answer([9, 6], [2]), answer([10, 5], [2]));
    expect(difference).toBeCloseTo(1 / 21, 12);
    // The gap is a share of what the prices move at most: 2 x 15 = 30.
    expect(firstGap).toBeCloseTo(1 / 30, 12);
    expect(secondGap).toBe(0);
  });
  it("takes an answer that breaks a row, or has no prices, for unproved", () => {
    expect(compareAnswers(model, answer([10, 4], [2]), answer([10, 5], []))).toMatchObject({ firstGap: Infinity, secondGap: Infinity });
  });
});
