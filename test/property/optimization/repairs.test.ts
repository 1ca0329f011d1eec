import fc from "fast-check";
import { judgeConflicts } from "../../support/conflict-judge";
import { runBook, smallBook, type SmallBook } from "../../support/small-book";

const seed = 20260104;

const base = fc
  .record({
    quantities: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 10, max: 80 }))),
    haircuts: fc.array(fc.constantFrom(0, 0.1, 0.25), { minLength: 6, maxLength: 6 }),
    isThere: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    requirements: fc.tuple(fc.integer({ min: 40, max: 160 }), fc.integer({ min: 20, max: 120 })),
    priority: fc.constantFrom(undefined, 1),
  })
  .map(({ quantities, haircuts, isThere, requirements, priority }): SmallBook => ({
    assets: quantities.map((quantity, i) => ({
      assetId: `x${i}`,
      quantity,
      price: [1, 2, 5][i]!,
      fundingRate: (i + 1) / 100,
      assetClass: `k${i % 2}`,
      location: `L${i % 2}`,
    })),
    agreements: requirements.map((requirement, j) => ({
      agreementId: `m${j}`,
      requirement,
      currency: j === 0 ? "USD" : "EUR",
      ...(j === 0 && priority !== undefined ? { priority } : {}),
    })),
    eligibility: [0, 1].flatMap((j) =>
      [0, 1, 2].flatMap((i) =>
        isThere[j * 3 + i] === true || i === j ? [{ agreementId: `m${j}`, assetId: `x${i}`, haircut: haircuts[j * 3 + i]! }] : [],
      ),
    ),
    fx: { EUR: 1.25 },
  }));

type Limit = NonNullable<SmallBook["limits"]>[number];
const limits = (direction: "max" | "min"): fc.Arbitrary<readonly Limit[]> =>
  fc.array(
    fc
      .record({
        scope: fc.constantFrom("agreement", "book") as fc.Arbitrary<NonNullable<Limit["scope"]>>,
        limitType: fc.constantFrom("asset", "class", "total") as fc.Arbitrary<NonNullable<Limit["limitType"]>>,
        limitBasis: fc.constantFrom("posted", "requirement", "amount") as fc.Arbitrary<NonNullable<Limit["limitBasis"]>>,
        valueBasis: fc.constantFrom("market", "afterHaircut") as fc.Arbitrary<NonNullable<Limit["valueBasis"]>>,
        share: fc.constantFrom(0.2, 0.4, 0.6),
        amount: fc.constantFrom(20, 60, 110),
        euro: fc.boolean(),
        pick: fc.nat(3),
      })
      .map(({ share, amount, euro, pick, ...row }) => ({
        ...row,
        direction,
        scopeId: row.scope === "book" ? "ALL" : ["EACH", "m0"][pick % 2]!,
        group: row.limitType === "total" ? "" : row.limitType === "class" ? ["EACH", "k0"][pick % 2]! : ["EACH", "x0", "x1"][pick % 3]!,
        limit: row.limitBasis === "amount" ? amount : direction === "min" && row.limitType === "total" ? share / 2 : share,
        currency: euro ? "EUR" : "USD",
      })),
    { minLength: 1, maxLength: 2 },
  );

const asOf = "2026-01-01T00:00:00Z";
const with_ = <T>(more: fc.Arbitrary<T>, add: (book: SmallBook, drawn: T) => SmallBook): fc.Arbitrary<SmallBook> =>
  fc.tuple(base, more).map(([book, drawn]) => add(book, drawn));

/** Books in which one kind of rule is likely to leave something missing, and the kinds that must have been named at least once. */
const kinds: readonly (readonly [string, fc.Arbitrary<SmallBook>, number, readonly string[]])[] = [
  ["inventory and other calls", base, 10, ["inventory", "cover"]],
  ["maximum limits", with_(limits("max"), (book, drawn) => ({ ...book, limits: drawn })), 14, ["limit", "inventory"]],
  ["minimum limits", with_(limits("min"), (book, drawn) => ({ ...book, limits: drawn })), 12, ["inventory"]],
  [
    "a reserve and the liquidity buffer",
    with_(fc.tuple(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 20, max: 300 })), (book, [reserved, liquidityBuffer]) => ({
      ...book,
      assets: book.assets.map((asset, i) => ({ ...asset, ...(i === 0 ? { reserved } : {}), hqlaClass: ["1", "2A", "2B"][i]! })),
      settings: { liquidityBuffer },
    })),
    8,
    ["buffer", "inventory"],
  ],
  [
    "deadlines and locks",
    with_(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()), (book, [held, isLocked]) => ({
      ...book,
      assets: book.assets.map((asset, i) => ({ ...asset, settleHours: i === 2 ? 30 : 1 })),
      agreements: book.agreements.map((row) => ({ ...row, deadline: "2026-01-01T12:00:00Z" })),
      eligibility: [0, 1].flatMap((j) => [0, 1, 2].map((i) => ({ agreementId: `m${j}`, assetId: `x${i}`, haircut: 0.1 }))),
      holdings: [{ agreementId: "m0", assetId: "x2", location: "L0", quantity: held, ...(isLocked ? { recallableFrom: "2026-03-01" } : {}) }],
      settings: { asOf },
    })),
    8,
    ["timing"],
  ],
  [
    "most per day on a route",
    with_(fc.integer({ min: 3, max: 20 }), (book, maxPerDay) => ({ ...book, transfers: [{ from: "L0", to: "m0", settleHours: 0, maxPerDay }] })),
    8,
    ["route"],
  ],
  [
    "caps on movements",
    with_(fc.tuple(fc.constantFrom(1, 2), fc.constantFrom("book", "agreement", "location")), (book, [most, where]) => ({
      ...book,
      agreements: book.agreements.map((row) => (where === "agreement" ? { ...row, maxMovements: most } : row)),
      settings: where === "book" ? { maxMovements: most } : where === "location" ? { maxMovementsPerLocation: most } : {},
    })),
    14,
    ["cap", "agreement cap", "location cap"],
  ],
  [
    "lots and smallest pieces",
    with_(
      fc.tuple(fc.constantFrom(7, 15, 20), fc.constantFrom(0, 30), fc.constantFrom(undefined, 0)),
      (book, [lotSize, minimumPiece, overPostCap]) => ({
        ...book,
        assets: book.assets.map((asset, i) => (i < 2 ? { ...asset, lotSize } : asset)),
        agreements: book.agreements.map((row) => ({ ...row, ...(overPostCap === undefined ? {} : { overPostCap }) })),
        costs: minimumPiece === 0 ? [] : [{ assetId: "*", minimumPiece }],
      }),
    ),
    10,
    ["lots"],
  ],
  [
    "pins",
    with_(
      fc.array(
        fc.record({
          agreementId: fc.constantFrom("m0", "m1"),
          assetId: fc.constantFrom("x0", "x1", "x2"),
          action: fc.constantFrom("pin", "forbid", "atLeast", "atMost") as fc.Arbitrary<"pin" | "forbid" | "atLeast" | "atMost">,
          quantity: fc.integer({ min: 1, max: 60 }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      (book, pins) => ({ ...book, pins: pins.map((pin) => (pin.action === "forbid" ? { ...pin, quantity: 0 } : pin)) }),
    ),
    10,
    ["pin"],
  ],
];

describe("conflicts and repairs, by solving changed tables again", () => {
  test.each(kinds)("%s", async (_, books, numRuns, expected) => {
    const named = new Set<string>();
    let repairs = 0;
    await fc.assert(
      fc.asyncProperty(books, async (tables) => {
        const book = smallBook(tables);
        const run = await runBook(book, undefined, { explainSeconds: 60 });
        expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
        fc.pre(run.outcome.conflicts.length === 1);
        const verdict = await judgeConflicts(book, run);
        expect(verdict.faults).toEqual([]);
        verdict.kinds.forEach((kind) => named.add(kind));
        repairs += verdict.repairs;
      }),
      { seed, numRuns, endOnFailure: true },
    );
    expect(expected.filter((kind) => !named.has(kind))).toEqual([]);
    expect(repairs).toBeGreaterThan(numRuns / 3);
  });
});
