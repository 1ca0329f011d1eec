import fc from "fast-check";
import type { SolveProgress } from "../../../src/core/lp/solver";
import { runBook, smallBook, type SmallBook, type SmallRun } from "../../support/small-book";
import { createTimelessSolver } from "../../support/timeless-solver";

const seed = 20261122;
const solver = createTimelessSolver();

const assetCount = 7;
const agreementCount = 4;
const horizonDays = 30;
const each = <T>(count: number, of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: count, maxLength: count });

/** Desk books in which a search has something to do: whole lots, fixed costs, smallest pieces, sometimes caps, slabs and too little of all. */
const books: fc.Arbitrary<SmallBook> = fc
  .record({
    quantities: each(assetCount, fc.integer({ min: 20, max: 90 })),
    prices: each(assetCount, fc.integer({ min: 7, max: 60 })),
    rates: each(assetCount, fc.integer({ min: 1, max: 40 })),
    lots: each(assetCount, fc.constantFrom(1, 3, 5, 7, 11)),
    held: each(assetCount, fc.integer({ min: 0, max: 4 })),
    calls: each(agreementCount, fc.integer({ min: 300, max: 2_600 })),
    haircut: fc.constantFrom(0.02, 0.1),
    fixed: fc.constantFrom(0, 0.5, 4),
    piece: fc.constantFrom(0, 60),
    cap: fc.constantFrom(undefined, 2, 3),
    hasTiers: fc.boolean(),
  })
  .map(({ quantities, prices, rates, lots, held, calls, haircut, fixed, piece, cap, hasTiers }) => ({
    assets: quantities.map((quantity, i) => ({
      assetId: `X${i}`,
      quantity: Math.max(1, Math.floor(quantity / lots[i]!)) * lots[i]!,
      price: prices[i]!,
      fundingRate: rates[i]! / 1000,
      ...(lots[i] === 1 ? {} : { lotSize: lots[i]! }),
    })),
    agreements: calls.map((requirement, j) => ({
      agreementId: `A${j}`,
      requirement,
      priority: 1 + (j % 2),
      ...(cap === undefined ? {} : { maxMovements: cap }),
    })),
    eligibility: calls.flatMap((_, j) =>
      quantities.map((__, i) => ({
        agreementId: `A${j}`,
        assetId: `X${i}`,
        ...(hasTiers && i === 0 ? { tierTable: "t" } : { haircut: haircut * (1 + ((i + j) % 3)) }),
      })),
    ),
    tiers: [
      { tierTable: "t", assetId: "X0", tierUnit: "value", upTo: 400, ratio: 0.9 },
      { tierTable: "t", assetId: "X0", tierUnit: "value", upTo: Infinity, ratio: 0.6 },
    ],
    holdings: held.flatMap((count, i) =>
      count === 0 ? [] : [{ agreementId: `A${i % agreementCount}`, assetId: `X${i}`, quantity: count * lots[i]! }],
    ),
    settings: { horizonDays },
    costs: [{ assetId: "*", agreementId: "*", deliverFixed: fixed, recallFixed: fixed, ...(piece === 0 ? {} : { minimumPiece: piece }) }],
  }));

interface Watched {
  readonly run: SmallRun;
  readonly events: readonly SolveProgress[];
  /** False where the run had ended before as many events as were waited for. */
  readonly wasStopped: boolean;
}

/** After how many events of a kind a run is stopped: counts, so that every machine stops at the same place. */
interface StopAt {
  readonly of: "all" | "answers";
  readonly n: number;
}

const stops: fc.Arbitrary<StopAt> = fc.oneof(
  fc.record({ of: fc.constant("all" as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ of: fc.constant("answers" as const), n: fc.integer({ min: 1, max: 5 }) }),
);

const runUntil = async (tables: SmallBook, { of, n }: StopAt): Promise<Watched> => {
  const events: SolveProgress[] = [];
  const stop = { requested: false };
  const run = await runBook(smallBook(tables), solver, {
    stop,
    onProgress: (progress) => {
      events.push(progress);
      stop.requested ||= events.filter(({ objective }) => of === "all" || objective !== undefined).length === n;
    },
  });
  return { run, events, wasStopped: stop.requested };
};

const rounding = (amount: number): number => 1e-6 * Math.max(1, Math.abs(amount));

const judge = ({ run, events, wasStopped }: Watched): void => {
  const { outcome, report } = run;
  const { solve } = outcome;
  expect(report.checks.filter((check) => !check.passed)).toEqual([]);
  let best = Infinity;
  for (const { objective, bound } of events) {
    if (objective === undefined) continue;
    // What is shown only ever gets better, and no bound is above it.
    expect(objective).toBeLessThanOrEqual(best + rounding(best));
    expect(bound ?? -Infinity).toBeLessThanOrEqual(objective + rounding(objective));
    best = objective;
  }
  expect(solve.objective).toBeLessThanOrEqual(best + rounding(best));
  expect(solve.bound).toBeLessThanOrEqual(solve.objective + rounding(solve.objective));
  // The answer costs what is said: at most, because a point that was stopped may pay for a movement that it does not make.
  const cost = outcome.costPerDay * horizonDays + outcome.movementCost;
  expect(cost).toBeLessThanOrEqual(solve.objective + 0.01 + 1e-4 * Math.abs(cost));
  if (!solve.isOptimal) expect(solve.isReproducible && wasStopped).toBe(false);
};

describe("a run that is stopped", () => {
  it("never ends with less than the best answer that it has shown, wherever it is stopped", async () => {
    const counts = { stopped: 0, shown: 0, unproved: 0 };
    await fc.assert(
      fc.asyncProperty(books, stops, async (tables, stop) => {
        const watched = await runUntil(tables, stop);
        judge(watched);
        counts.stopped += watched.wasStopped ? 1 : 0;
        counts.shown += watched.events.some(({ objective }) => objective !== undefined) ? 1 : 0;
        counts.unproved += watched.run.outcome.solve.isOptimal ? 0 : 1;
      }),
      { seed, numRuns: 25, endOnFailure: true },
    );
    // The books are such that the property is about something.
    expect(counts.stopped).toBeGreaterThan(10);
    expect(counts.shown).toBeGreaterThan(10);
    expect(counts.unproved).toBeGreaterThan(5);
  });
});
