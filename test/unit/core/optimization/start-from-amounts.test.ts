import { deskBook } from "../../../../bench/solve/desk-book";
import { createTimelessSolver } from "../../../support/timeless-solver";
import { runBook } from "../../../support/small-book";

describe("startFromAmounts", () => {
  it("gives an answer with a bound where thousands of shares of what is posted leave no time for the whole model", async () => {
    let seconds = 0;
    const book = deskBook({ assets: 100, agreements: 40, seed: 2, each: { share: 0.25, basis: "posted" } });
    const run = await runBook(book, createTimelessSolver(), { timeSeconds: 1, clock: () => (seconds += 1) });
    expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(run.outcome.coverage.every((line) => line.isCovered)).toBe(true);
    const { bound, objective, gap, isOptimal } = run.outcome.solve;
    expect(isOptimal).toBe(false);
    expect(bound).toBeLessThanOrEqual(objective);
    expect(gap).toBeLessThan(0.2);
  });
});
