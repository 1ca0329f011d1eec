import { createTimelessSolver } from "../../../support/timeless-solver";
import type { Solver } from "../../../../src/core/lp/solver";
import { runBook, smallBook } from "../../../support/small-book";

const engine = createTimelessSolver();

/** An engine whose search is stopped before it finds anything, as by a person in the first second. */
const stoppedSearch: Solver = {
  ...engine,
  solve: async ({ integer, ...model }, options) => {
    const result = await engine.solve(model, options);
    const none = new Float64Array(0);
    return integer?.includes(1)
      ? { ...result, terminationStatus: "interrupted", primalStatus: "noSolution", primal: none, dual: none, reducedCosts: none }
      : result;
  },
};

describe("a search that is stopped before it finds anything", () => {
  it("answers with whole lots, smallest pieces and movement caps all kept", async () => {
    const book = smallBook({
      assets: [
        { assetId: "LOTS7", quantity: 4_000, price: 31.5, lotSize: 7, fundingRate: 0.01 },
        { assetId: "LOTS110", quantity: 4_000, price: 12.25, lotSize: 110, fundingRate: 0.005 },
        { assetId: "LOTS50", quantity: 3_000, price: 40, lotSize: 50, fundingRate: 0.02 },
        { assetId: "LOTS13", quantity: 2_000, price: 55, lotSize: 13, fundingRate: 0.03 },
      ],
      agreements: [
        { agreementId: "A", requirement: 101_234, maxMovements: 2 },
        { agreementId: "B", requirement: 87_654, maxMovements: 2 },
        { agreementId: "C", requirement: 60_111, maxMovements: 1 },
      ],
      eligibility: [{ agreementId: "*", assetClass: "bond", haircut: 0.07 }],
      costs: [{ assetId: "*", agreementId: "*", deliverFixed: 25, minimumPiece: 5_000 }],
    });
    const bonds = { ...book, assets: book.assets.map((asset) => ({ ...asset, assetClass: "bond" })) };
    const { outcome, report } = await runBook(bonds, stoppedSearch);
    expect(report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(outcome.lines.length).toBeGreaterThan(0);
    const missing = outcome.coverage.reduce((sum, call) => sum + Math.max(0, call.required - call.posted), 0);
    expect(missing).toBeLessThan(0.5 * (101_234 + 87_654 + 60_111));
  });
});
