import type { RunSummary } from "../../../../src/app/collateral-app";
import { fewestWithin, gatherMoveCosts } from "../../../../src/taskpane/state/move-costs";
import { doneRun, goodOutcome } from "../pane-fixtures";

const run = (moves: number, costPerDay: number, curve: readonly (readonly [number, number, number])[] = [], inputHash = "a"): RunSummary => ({
  ...doneRun,
  inputHash,
  outcome: {
    ...goodOutcome,
    movements: goodOutcome.movements.slice(0, moves),
    costPerDay,
    curve: curve.map(([movements, cost, shortfall]) => ({ movements, costPerDay: cost, shortfall, gap: 0 })),
  },
});

describe("cost against moves", () => {
  it("gathers the points of several runs on the same inputs, and leaves out what costs more with more moves", () => {
    const first = gatherMoveCosts(
      undefined,
      run(6, 100, [
        [4, 104, 0],
        [5, 104, 0],
        [2, 90, 5000],
      ]),
    );
    expect(first?.points.map(({ moves, costPerDay, isShort }) => [moves, costPerDay, isShort])).toEqual([
      [2, 90, true],
      [4, 104, false],
      [6, 100, false],
    ]);
    const second = gatherMoveCosts(first, run(3, 110));
    expect(second?.points.map(({ moves }) => moves)).toEqual([2, 3, 4, 6]);
  });

  it("starts anew on other inputs, and has nothing without an answer", () => {
    const first = gatherMoveCosts(undefined, run(6, 100));
    expect(gatherMoveCosts(first, run(5, 300, [], "b"))?.points.map(({ moves }) => moves)).toEqual([5]);
    const { outcome: _, ...unanswered } = run(6, 100);
    expect(gatherMoveCosts(first, unanswered)).toBeUndefined();
  });

  it("chooses the fewest moves within an allowance, never one that leaves a call short", () => {
    const costs = gatherMoveCosts(
      undefined,
      run(6, 100, [
        [4, 104, 0],
        [3, 120, 0],
        [2, 90, 5000],
      ]),
    )!;
    expect(fewestWithin(costs, 0)?.moves).toBe(6);
    expect(fewestWithin(costs, 4)?.moves).toBe(4);
    expect(fewestWithin(costs, 19.9)?.moves).toBe(4);
    expect(fewestWithin(costs, 1000)?.moves).toBe(3);
  });
});
