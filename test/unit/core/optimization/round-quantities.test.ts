import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { roundQuantities } from "../../../../src/core/optimization/round-quantities";
import { smallBook } from "../../../support/small-book";

describe("rounding of quantities", () => {
  it("covers what cutting took on the line that is there, not on one that the engine's noise opened", () => {
    const book = smallBook({
      assets: [
        { assetId: "CHEAP", quantity: 8137, price: 12.72 },
        { assetId: "MAIN", quantity: 6784, price: 36.3637 },
      ],
      agreements: [{ agreementId: "C0", requirement: 48_956.74 }],
      eligibility: [
        { agreementId: "C0", assetId: "CHEAP", haircut: 0.0786 },
        { agreementId: "C0", assetId: "MAIN", haircut: 0.08 },
      ],
    });
    const problem = buildAllocationProblem(book, { requirements: calculateRequirements(book).value }).value;
    const exact = Float64Array.from(problem.pairs, (pair) =>
      problem.supplies[pair.supply]!.row.assetId === "MAIN" ? 48_956.74 / (36.3637 * 0.92) : 3e-9,
    );
    const rounded = roundQuantities(problem, exact);
    const value = problem.pairs.map((pair, p) => [
      problem.supplies[pair.supply]!.row.assetId,
      rounded[p]! * pair.valueRatio * problem.supplies[pair.supply]!.unitValue,
    ]);
    const posted = Object.fromEntries(value) as Record<string, number>;
    expect(posted.CHEAP).toBe(0);
    expect(posted.MAIN).toBeGreaterThanOrEqual(48_956.74 - 1e-6);
    expect(posted.MAIN).toBeLessThan(48_956.75);
  });
});
