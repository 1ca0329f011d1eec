import fc from "fast-check";
import { createTimelessSolver } from "../../support/timeless-solver";
import { limitOpinion } from "../../support/limit-opinion";
import { runBook, smallBook, type SmallBook } from "../../support/small-book";

const seed = 20260103;
const solver = createTimelessSolver();

type Limit = NonNullable<SmallBook["limits"]>[number];
const scopeIds: Record<string, readonly string[]> = {
  agreement: ["EACH", "ALL", "m0"],
  csa: ["EACH", "ALL", "c1"],
  counterparty: ["EACH", "p0"],
  counterpartyGroup: ["EACH", "g"],
  location: ["EACH", "L1"],
  book: ["ALL"],
};
const groups: Record<string, readonly string[]> = {
  asset: ["EACH", "a0"],
  class: ["EACH", "k1"],
  issuer: ["EACH", "i0"],
  currency: ["EACH", "EUR"],
  total: [""],
};

const limitRow: fc.Arbitrary<Limit> = fc
  .record({
    scope: fc.constantFrom("agreement", "csa", "counterparty", "counterpartyGroup", "location", "book") as fc.Arbitrary<NonNullable<Limit["scope"]>>,
    limitType: fc.constantFrom("asset", "class", "issuer", "currency", "total") as fc.Arbitrary<NonNullable<Limit["limitType"]>>,
    limitBasis: fc.constantFrom("posted", "requirement", "amount", "issue") as fc.Arbitrary<NonNullable<Limit["limitBasis"]>>,
    valueBasis: fc.constantFrom("market", "afterHaircut") as fc.Arbitrary<NonNullable<Limit["valueBasis"]>>,
    direction: fc.constantFrom("max", "max", "max", "min") as fc.Arbitrary<NonNullable<Limit["direction"]>>,
    hardOrSoft: fc.constantFrom("hard", "hard", "soft") as fc.Arbitrary<NonNullable<Limit["hardOrSoft"]>>,
    share: fc.constantFrom(0.15, 0.3, 0.5),
    amount: fc.constantFrom(20, 60, 150),
    or: fc.constantFrom(undefined, undefined, 40, 90),
    above: fc.constantFrom(undefined, undefined, 50, 120),
    euro: fc.boolean(),
    pick: fc.nat(5),
    penalty: fc.constantFrom(1, 3),
  })
  .map(({ share, amount, or, above, euro, pick, penalty, ...row }) => {
    const ids = scopeIds[row.scope]!;
    const names = groups[row.limitType]!;
    // A minimum may not be possible to hold; then only the soft one has an answer.
    const isMinimum = row.direction === "min" && row.limitBasis !== "issue";
    const isFixed = isMinimum && row.limitBasis !== "posted";
    return {
      ...row,
      direction: isMinimum ? ("min" as const) : ("max" as const),
      hardOrSoft: isFixed ? ("soft" as const) : row.hardOrSoft,
      scopeId: ids[pick % ids.length]!,
      group: names[pick % names.length]!,
      limit: row.limitBasis === "amount" ? amount : share,
      currency: euro ? "EUR" : "USD",
      softPenalty: penalty,
      ...(or === undefined || isMinimum ? {} : { orAmount: or }),
      ...(above === undefined ? {} : { appliesAbove: above }),
    };
  });

const books: fc.Arbitrary<SmallBook> = fc
  .record({
    quantities: fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 5, max: 120 }))),
    rates: fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 0, max: 20 }).map((rate) => rate / 400))),
    haircuts: fc.array(fc.constantFrom(0, 0.05, 0.15, 0.4, 1), { minLength: 9, maxLength: 9 }),
    fxHaircut: fc.constantFrom(0, 0.08),
    form: fc.constantFrom("additive" as const, "product" as const),
    requirements: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 150 }))),
    limits: fc.array(limitRow, { minLength: 1, maxLength: 2 }),
  })
  .map(({ quantities, rates, haircuts, fxHaircut, form, requirements, limits }) => ({
    // Two inventory lines of a0, at two locations.
    assets: ["a0", "a1", "a2", "a0"].map((assetId, i) => ({
      assetId,
      location: i === 3 || i === 2 ? "L2" : "L1",
      quantity: quantities[i]!,
      price: [2, 1, 5, 2][i]!,
      fundingRate: rates[i]!,
      assetClass: ["k0", "k1", "k1", "k0"][i]!,
      issuer: ["i0", "i0", "i1", "i0"][i]!,
      denominationCurrency: i === 1 ? "EUR" : "USD",
      outstanding: [200, 300, 100, 200][i]!,
    })),
    agreements: [0, 1, 2].map((j) => ({
      agreementId: `m${j}`,
      csaId: ["c0", "c0", "c1"][j]!,
      counterparty: ["p0", "p1", "p1"][j]!,
      counterpartyGroup: "g",
      currency: j === 1 ? "EUR" : "USD",
      requirement: requirements[j]!,
    })),
    eligibility: [0, 1, 2].flatMap((j) =>
      ["a0", "a1", "a2"].map((assetId, i) => ({ agreementId: `m${j}`, assetId, haircut: haircuts[j * 3 + i]!, fxHaircut })),
    ),
    limits,
    fx: { EUR: 1.25 },
    settings: { fxHaircutForm: form },
  }));

test("limits of every scope, basis and kind agree with a second builder that tries the cases one by one", async () => {
  await fc.assert(
    fc.asyncProperty(books, async (tables) => {
      const book = smallBook(tables);
      const theirs = await limitOpinion(book, solver);
      fc.pre(theirs !== undefined);
      const mine = await runBook(book);
      expect(mine.report.checks.filter((check) => !check.passed)).toEqual([]);
      expect(Math.abs(mine.shortfall - theirs!.shortfall)).toBeLessThan(0.05);
      expect(Math.abs(mine.costPerYear - theirs!.cost)).toBeLessThan(0.02 + 1e-5 * Math.abs(theirs!.cost));
    }),
    { seed, numRuns: 60, endOnFailure: true },
  );
});

/** One hard minimum of an amount, a share of the requirement or of the issue, for one scope and group. */
const oneMinimum: fc.Arbitrary<SmallBook> = fc
  .tuple(
    books,
    fc.record({
      where: fc.constantFrom(["agreement", "m0"], ["agreement", "m2"], ["counterparty", "p1"], ["location", "L2"], ["book", "ALL"]) as fc.Arbitrary<
        readonly [NonNullable<Limit["scope"]>, string]
      >,
      what: fc.constantFrom(["asset", "a0"], ["asset", "a2"], ["class", "k1"], ["issuer", "i0"], ["total", ""]) as fc.Arbitrary<
        readonly [NonNullable<Limit["limitType"]>, string]
      >,
      limitBasis: fc.constantFrom("amount", "requirement") as fc.Arbitrary<NonNullable<Limit["limitBasis"]>>,
      valueBasis: fc.constantFrom("market", "afterHaircut") as fc.Arbitrary<NonNullable<Limit["valueBasis"]>>,
      amount: fc.constantFrom(30, 90, 200, 400),
      share: fc.constantFrom(0.3, 0.8, 1.5),
    }),
  )
  .map(([tables, { where, what, amount, share, ...row }]) => ({
    ...tables,
    // Everything is eligible: a group that is nowhere eligible has a test of its own.
    eligibility: tables.eligibility.map((rule) => ({ ...rule, haircut: rule.haircut === 1 ? 0.2 : rule.haircut! })),
    limits: [
      {
        ...row,
        scope: where[0],
        scopeId: where[1],
        limitType: what[0],
        group: what[1],
        direction: "min" as const,
        limit: row.limitBasis === "amount" ? amount : share,
      },
    ],
  }));

test("a hard minimum holds where it can, and else is missed by as little as the calls allow", async () => {
  let missed = 0;
  let held = 0;
  await fc.assert(
    fc.asyncProperty(oneMinimum, async (tables) => {
      const book = smallBook(tables);
      const hard = await limitOpinion(book, solver);
      const theirs = hard ?? (await limitOpinion({ ...book, limits: book.limits.map((row) => ({ ...row, hardOrSoft: "soft" as const })) }, solver));
      const mine = await runBook(book, solver, { explainSeconds: 0 });
      expect(mine.report.checks.filter((check) => !check.passed)).toEqual([]);
      const missing = mine.outcome.unmet!.reduce((sum, one) => sum + one.missing, 0);
      if (hard === undefined) missed += 1;
      else held += 1;
      expect(Math.abs(mine.shortfall - theirs!.shortfall)).toBeLessThan(0.05);
      expect(Math.abs(missing - (hard === undefined ? theirs!.breach : 0))).toBeLessThan(0.05);
      expect(Math.abs(mine.costPerYear - theirs!.cost)).toBeLessThan(0.02 + 1e-5 * Math.abs(theirs!.cost));
    }),
    { seed, numRuns: 60, endOnFailure: true },
  );
  expect(Math.min(missed, held)).toBeGreaterThan(5);
});
