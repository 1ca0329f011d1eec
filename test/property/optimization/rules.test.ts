import fc from "fast-check";
import { createTimelessSolver } from "../../support/timeless-solver";
import type { Book } from "../../../src/core/collateral/book";
import { ruleOpinion } from "../../support/rule-opinion";
import { runBook, smallBook, type SmallBook } from "../../support/small-book";

const seed = 20260105;
const solver = createTimelessSolver();
const asOf = "2026-01-01T00:00:00Z";

interface Features {
  readonly csa?: boolean;
  readonly buffer?: boolean;
  readonly time?: boolean;
  readonly slabs?: boolean;
  readonly pins?: boolean;
  readonly caps?: boolean;
}

const many = <T>(arbitrary: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> => fc.array(arbitrary, { minLength: length, maxLength: length });

/** Books of up to `most` assets and agreements with holdings, and the rules asked for. */
const books = (features: Features, most: readonly [number, number]): fc.Arbitrary<SmallBook> =>
  fc.tuple(fc.integer({ min: 2, max: most[0] }), fc.integer({ min: 1, max: most[1] })).chain(([m, n]) =>
    fc
      .record({
        quantities: many(fc.integer({ min: 5, max: 90 }), m),
        rates: many(fc.integer({ min: 0, max: 20 }), m),
        pairs: many(
          fc.record({
            isThere: fc.boolean(),
            haircut: fc.constantFrom(0, 0.1, 0.25),
            held: fc.integer({ min: -4, max: 12 }),
            isLocked: fc.boolean(),
          }),
          m * n,
        ),
        calls: many(
          fc.record({
            requirement: fc.integer({ min: 5, max: 200 }),
            isVm: fc.boolean(),
            exposure: fc.integer({ min: 0, max: 200 }),
            independentAmount: fc.constantFrom(0, 20),
            threshold: fc.constantFrom(0, 30),
            minimum: fc.constantFrom(0, 25),
            rounding: fc.constantFrom(0, 10),
            hours: fc.constantFrom(2, 8, 40),
            most: fc.integer({ min: 0, max: 3 }),
          }),
          n,
        ),
        hours: many(fc.constantFrom(1, 4, 24), m),
        moving: fc.constantFrom(0, 0.001),
        buffer: fc.integer({ min: 5, max: 60 }),
        reserved: fc.integer({ min: 0, max: 5 }),
        perDay: fc.integer({ min: 2, max: 15 }),
        pins: fc.array(
          fc.record({
            i: fc.nat(11),
            j: fc.nat(5),
            action: fc.constantFrom("pin", "forbid", "atLeast", "atMost"),
            quantity: fc.integer({ min: 1, max: 5 }),
          }),
          {
            maxLength: 3,
          },
        ),
        where: fc.constantFrom("book", "agreement", "location"),
        cap: fc.integer({ min: 1, max: 4 }),
      })
      .map((draw): SmallBook => {
        const asset = (i: number): string => `x${i}`;
        const eligible = draw.pairs.flatMap(({ isThere, haircut, held, isLocked }, k) => {
          const [i, j] = [k % m, Math.floor(k / m)];
          return isThere || i === j ? [{ i, j, haircut, held, isLocked }] : [];
        });
        const left = draw.quantities.map((quantity) => quantity - draw.reserved);
        const holdings = eligible.flatMap(({ i, j, held, isLocked }) => {
          const isDebt = features.slabs === true && held < 0;
          const quantity = isDebt ? held : Math.min(Math.max(0, held), left[i]!);
          if (quantity === 0 || (held < 0 && !isDebt)) return [];
          if (!isDebt) left[i]! -= quantity;
          const lock = features.time === true && isLocked && !isDebt ? { recallableFrom: "2026-02-01" } : {};
          return [{ agreementId: `m${j}`, assetId: asset(i), location: `L${i % 2}`, quantity, ...lock }];
        });
        return {
          assets: draw.quantities.map((quantity, i) => ({
            assetId: asset(i),
            quantity,
            price: [1, 2, 5][i % 3]!,
            fundingRate: draw.rates[i]! / 400,
            location: `L${i % 2}`,
            reserved: i === 0 ? draw.reserved : 0,
            ...(features.buffer === true && i % 2 === 0 ? { hqlaClass: ["1", "2A", "2B"][(i / 2) % 3]! } : {}),
            ...(features.time === true ? { settleHours: draw.hours[i]! } : {}),
          })),
          agreements: draw.calls.map((call, j) => ({
            agreementId: `m${j}`,
            overPostCap: 0.5,
            ...(call.isVm ? { marginType: "VM" as const } : {}),
            ...(features.csa === true
              ? {
                  exposure: call.exposure,
                  independentAmount: call.independentAmount,
                  threshold: call.threshold,
                  minimumTransferAmount: call.minimum,
                  theirMinimumTransferAmount: call.minimum,
                  roundingDelivery: call.rounding,
                  roundingReturn: call.rounding,
                }
              : { requirement: call.requirement }),
            ...(features.time === true ? { deadline: `2026-01-0${call.hours > 24 ? 2 : 1}T${String(call.hours % 24).padStart(2, "0")}:00:00Z` } : {}),
            ...(features.caps === true && draw.where === "agreement" ? { maxMovements: call.most } : {}),
          })),
          eligibility: eligible.map(({ i, j, haircut }) => ({
            agreementId: `m${j}`,
            assetId: asset(i),
            ...(features.slabs === true && i % 2 === 0 ? { tierTable: "t" } : { haircut }),
          })),
          tiers:
            features.slabs === true
              ? draw.quantities.flatMap((_, i) => [
                  { tierTable: "t", assetId: asset(i), upTo: 6, ratio: 0.9 },
                  { tierTable: "t", assetId: asset(i), upTo: 15, ratio: 0.7 },
                  { tierTable: "t", assetId: asset(i), upTo: Infinity, ratio: 0.4 },
                ])
              : [],
          holdings,
          costs: [{ assetId: "*", deliverRate: draw.moving, recallRate: draw.moving / 2 }],
          pins: features.pins === true ? pinsOf(draw.pins, eligible, asset) : [],
          transfers: features.time === true ? [{ from: "L0", to: "m0", settleHours: 1, maxPerDay: draw.perDay }] : [],
          settings: {
            ...(features.time === true ? { asOf } : {}),
            ...(features.buffer === true ? { liquidityBuffer: draw.buffer } : {}),
            ...(features.caps === true && draw.where === "book" ? { maxMovements: 1 + (draw.cap % 2) } : {}),
            ...(features.caps === true && draw.where === "location" ? { maxMovementsPerLocation: draw.cap } : {}),
          },
        };
      }),
  );

/** One pin for a pair that is eligible. */
const pinsOf = (
  drawn: readonly { i: number; j: number; action: string; quantity: number }[],
  eligible: readonly { i: number; j: number }[],
  asset: (i: number) => string,
): NonNullable<SmallBook["pins"]> => {
  const seen = new Set<string>();
  return drawn.flatMap(({ i, j, action, quantity }) => {
    const pair = eligible[(i * 6 + j) % eligible.length]!;
    const key = `${pair.i} ${pair.j}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ agreementId: `m${pair.j}`, assetId: asset(pair.i), action: action as "pin", ...(action === "forbid" ? {} : { quantity }) }];
  });
};

/** The book without one rule, to see whether the rule decides anything. */
const without: Readonly<Record<string, (book: Book) => Book>> = {
  "minimum transfer": (book) => ({
    ...book,
    agreements: book.agreements.map(({ minimumTransferAmount: _, theirMinimumTransferAmount: __, ...row }) => row),
  }),
  rounding: (book) => ({ ...book, agreements: book.agreements.map(({ roundingDelivery: _, roundingReturn: __, ...row }) => row) }),
  threshold: (book) => ({ ...book, agreements: book.agreements.map(({ threshold: _, ...row }) => row) }),
  "liquidity buffer": (book) => {
    const { liquidityBuffer: _, ...settings } = book.settings;
    return { ...book, settings };
  },
  reserve: (book) => ({ ...book, assets: book.assets.map(({ reserved: _, ...row }) => row) }),
  deadline: (book) => ({ ...book, agreements: book.agreements.map(({ deadline: _, ...row }) => row) }),
  lock: (book) => ({ ...book, holdings: book.holdings.map(({ recallableFrom: _, ...row }) => row) }),
  "most per day": (book) => ({ ...book, transfers: book.transfers.map(({ maxPerDay: _, ...row }) => row) }),
  slabs: (book) => ({ ...book, tiers: book.tiers.map((row) => ({ ...row, ratio: 0.9 })) }),
  debts: (book) => ({ ...book, holdings: book.holdings.filter((row) => row.quantity > 0) }),
  pins: (book) => ({ ...book, pins: [] }),
  "no re-posting": (book) => ({ ...book, settings: { ...book.settings, sameDayReuse: true } }),
  "cap of the book": (book) => {
    const { maxMovements: _, ...settings } = book.settings;
    return { ...book, settings };
  },
  "cap of a location": (book) => {
    const { maxMovementsPerLocation: _, ...settings } = book.settings;
    return { ...book, settings };
  },
  "cap of an agreement": (book) => ({ ...book, agreements: book.agreements.map(({ maxMovements: _, ...row }) => row) }),
};

const cases: readonly (readonly [string, Features, readonly [number, number], number, readonly string[]])[] = [
  ["CSA terms", { csa: true }, [12, 6], 25, ["minimum transfer", "rounding", "threshold", "no re-posting"]],
  ["the liquidity buffer and a reserve", { buffer: true }, [12, 6], 25, ["liquidity buffer", "reserve"]],
  ["deadlines, locks and routes", { time: true }, [12, 6], 25, ["deadline", "lock", "most per day"]],
  ["slabs with today's balances and debts", { slabs: true }, [12, 6], 25, ["slabs", "debts"]],
  ["pins", { pins: true }, [12, 6], 25, ["pins"]],
  ["caps on movements", { caps: true }, [6, 4], 30, ["cap of the book", "cap of a location", "cap of an agreement"]],
  ["everything but caps", { buffer: true, time: true, slabs: true, pins: true }, [8, 4], 25, ["liquidity buffer", "deadline", "slabs", "pins"]],
];

describe("less common rules against a second builder", () => {
  test.each(cases)("%s", async (_, features, most, numRuns, binding) => {
    const bound = new Set<string>();
    await fc.assert(
      fc.asyncProperty(books(features, most), async (tables) => {
        const book = smallBook(tables);
        const mine = await runBook(book, solver, { explainSeconds: 0 });
        expect(mine.report.checks.filter((check) => !check.passed)).toEqual([]);
        // What cannot be met has tests of its own; here every rule holds.
        fc.pre(mine.outcome.unmet!.length === 0);
        const theirs = await ruleOpinion(book, solver);
        for (const line of mine.outcome.coverage) {
          const debt = book.holdings
            .filter((row) => row.agreementId === line.agreementId && row.quantity < 0)
            .reduce((sum, row) => sum - row.quantity * book.assets.find((asset) => asset.assetId === row.assetId)!.price, 0);
          expect(line.required).toBeCloseTo(theirs.requirements[line.agreementId]! + debt, 6);
        }
        const weights = new Map(book.agreements.map((row) => [row.agreementId, row.marginType === "VM" ? 2 : 1]));
        const short = mine.outcome.coverage.reduce((sum, line) => sum + line.shortfall * weights.get(line.agreementId)!, 0);
        expect(Math.abs(short - theirs.shortfall)).toBeLessThan(0.05);
        const cost = mine.costPerYear + mine.outcome.movementCost;
        expect(Math.abs(cost - theirs.cost)).toBeLessThan(0.02 + 1e-5 * Math.abs(theirs.cost));
        for (const rule of binding.filter((name) => !bound.has(name))) {
          const freed = await ruleOpinion(without[rule]!(book), solver).catch(() => undefined);
          if (freed === undefined || Math.abs(freed.shortfall - theirs.shortfall) + Math.abs(freed.cost - theirs.cost) > 0.05) bound.add(rule);
        }
      }),
      { seed, numRuns, endOnFailure: true },
    );
    expect(binding.filter((rule) => !bound.has(rule))).toEqual([]);
  });
});
