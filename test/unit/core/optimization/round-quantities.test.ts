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

  it.each([
    // What is missing: one yen is a shortfall, 0.009 yen are not.
    ["one yen posts a whole lot more", 160_001, 1_100],
    ["0.009 of a yen posts none", 160_000.009, 1_000],
  ])("%s", (_title, requirement, units) => {
    // A yen is worth 0.00625: ten lots of 100 are 160,000 yen, and a cent of base currency is 1.6 of them.
    const book = smallBook({
      assets: [{ assetId: "LOTS", quantity: 5_000, lotSize: 100 }],
      agreements: [{ agreementId: "A", currency: "JPY", requirement }],
      eligibility: [{ agreementId: "A", assetId: "LOTS", haircut: 0 }],
      fx: { JPY: 0.00625 },
    });
    const problem = buildAllocationProblem(book, { requirements: calculateRequirements(book).value }).value;
    expect(Array.from(roundQuantities(problem, Float64Array.of(1_000)))).toEqual([units]);
  });
});
