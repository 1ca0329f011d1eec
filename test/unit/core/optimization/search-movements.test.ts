import { createTimelessSolver } from "../../../support/timeless-solver";
import type { Solver } from "../../../../src/core/lp/solver";
import { deskBook } from "../../../../bench/solve/desk-book";
import { runBook, type SmallRun } from "../../../support/small-book";

/** About 1,000 pairs: too many to decide all movements at once. */
const large = { assets: 60, agreements: 20, seed: 3 };
/** 401 pairs: above the size up to which every movement gets its switch in the model, decided at once by a count of branches. */
const medium = { assets: 34, agreements: 15, seed: 6 };
const engine = createTimelessSolver();

/** Carry over the horizon of 30 days. */
const carry = (run: SmallRun): number => (run.costPerYear * 30) / 365;

describe("movements of a large book", () => {
  it("with fixed costs: far fewer than without looking at them, cheaper, with a bound below the cost, and the same when run again", async () => {
    const blind = await runBook(deskBook(medium));
    const book = deskBook({ ...medium, fixed: 2_000 });
    const run = await runBook(book, engine, { timeSeconds: 600 });
    expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(run.outcome.coverage.every((line) => line.isCovered)).toBe(true);
    expect(run.outcome.movements.length).toBeLessThan(blind.outcome.movements.length);
    const fixedAt = new Map(book.costs.map((row) => [row.agreementId, row]));
    const blindFixed = blind.outcome.movements.reduce((sum, { agreementId, action }) => {
      const row = fixedAt.get(agreementId);
      return sum + ((action === "Delivery" ? row?.deliverFixed : row?.recallFixed) ?? 0);
    }, 0);
    expect(carry(run) + run.outcome.movementCost).toBeLessThan(carry(blind) + blindFixed);
    const { objective, bound, gap, isOptimal, isReproducible } = run.outcome.solve;
    expect(bound).toBeLessThanOrEqual(objective);
    expect(gap).toBeLessThan(0.02);
    expect(gap).toBeCloseTo((objective - bound) / objective, 6);
    expect([isOptimal, isReproducible]).toEqual([gap <= 1e-6, true]);
    expect((await runBook(book, engine, { timeSeconds: 600 })).posted).toEqual(run.posted);
  });

  it("keeps caps and smallest pieces", async () => {
    const free = await runBook(deskBook({ ...medium, called: 0.25 }));
    const capAll = Math.round(free.outcome.movements.length * 0.8);
    const run = await runBook(deskBook({ ...medium, called: 0.25, capAll, piece: 20_000 }), engine, { timeSeconds: 600 });
    expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(run.outcome.movements.length).toBeLessThanOrEqual(capAll);
    expect(run.outcome.coverage.every((line) => line.isCovered)).toBe(true);
  });

  it("stopped by a person it keeps what it has, passes every check and says so", async () => {
    const stop = { requested: false };
    let solves = 0;
    const counting: Solver = {
      ...engine,
      solve: (model, options) => {
        solves += 1;
        if (solves === 20) stop.requested = true;
        return engine.solve(model, options);
      },
    };
    const shown: number[] = [];
    const run = await runBook(deskBook({ ...large, fixed: 1_000 }), counting, {
      stop,
      timeSeconds: 600,
      onProgress: ({ objective, bound, gap }) => {
        if (objective !== undefined && bound !== undefined && gap !== undefined) shown.push(gap);
      },
    });
    expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(run.outcome.solve).toMatchObject({ terminationStatus: "interrupted", isOptimal: false, isReproducible: false });
    expect(shown.length).toBeGreaterThan(0);
    expect(solves).toBeLessThan(40);
  });

  it("ends with an answer within caps that force shortfalls, also when the time is up before the search begins, and names the caps", async () => {
    const book = deskBook({ ...large, fixed: 100, capEach: 2 });
    let seconds = 0;
    // A clock that jumps past the limit with every look at it.
    const run = await runBook(book, createTimelessSolver(10, 0.01), { timeSeconds: 1, clock: () => (seconds += 1), explainSeconds: 0.001 });
    expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
    for (const { agreementId } of book.agreements)
      expect(run.outcome.movements.filter((movement) => movement.agreementId === agreementId).length).toBeLessThanOrEqual(2);
    const short = run.outcome.coverage.filter((line) => !line.isCovered);
    expect(short.length).toBeGreaterThan(0);
    expect(run.outcome.coverage.length - short.length).toBeGreaterThan(0);
    expect(run.outcome.solve.isReproducible).toBe(false);
    expect(run.outcome.conflicts.map(({ agreementId }) => agreementId)).toEqual(short.map(({ agreementId }) => agreementId));
    // A cap is named where it is used up; the others are short only because the search had no time.
    const made = (id: string): number => run.outcome.movements.filter(({ agreementId }) => agreementId === id).length;
    const named = run.outcome.conflicts.filter(({ rules }) => rules.length > 0);
    expect(named.length).toBeGreaterThan(0);
    for (const { agreementId, rules } of named) {
      expect(made(agreementId)).toBe(2);
      expect(rules).toEqual([`cover ${agreementId}`, `cap of 2 movements at ${agreementId}`]);
    }
  });
});
