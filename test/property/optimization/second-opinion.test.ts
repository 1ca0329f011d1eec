import fc from "fast-check";
import { runBook, smallBook, type SmallBook } from "../../support/small-book";
import { secondOpinion } from "../../support/second-opinion";

const seed = 20260101;

/** A number with few digits, so that ties and exact hits occur. */
const amount = (low: number, high: number): fc.Arbitrary<number> => fc.integer({ min: low, max: high });
const rate = fc.integer({ min: -1, max: 12 }).map((value) => value / 200);

interface Features {
  readonly tiers?: boolean;
  readonly limits?: boolean;
  readonly holdings?: boolean;
  readonly lots?: boolean;
  readonly fixedCosts?: boolean;
}

const randomBook = (features: Features): fc.Arbitrary<SmallBook> =>
  fc.integer({ min: 2, max: 4 }).chain((assetCount) =>
    fc.integer({ min: 1, max: 3 }).chain((agreementCount) => {
      const ids = Array.from({ length: assetCount }, (_, i) => `a${i}`);
      const agreements = Array.from({ length: agreementCount }, (_, j) => `m${j}`);
      return fc
        .record({
          assets: fc.tuple(
            ...ids.map((assetId) =>
              fc.record({
                assetId: fc.constant(assetId),
                quantity: amount(1, 60),
                price: fc.constantFrom(1, 5, 20),
                priceCurrency: fc.constantFrom("USD", "EUR"),
                denominationCurrency: fc.constantFrom("USD", "EUR"),
                fundingRate: rate,
                reserved: fc.constantFrom(0, 0, 1),
                ...(features.lots === true ? { lotSize: fc.constantFrom(1, 2) } : {}),
              }),
            ),
          ),
          agreements: fc.tuple(
            ...agreements.map((agreementId) =>
              fc.record({ agreementId: fc.constant(agreementId), requirement: amount(0, 400), currency: fc.constantFrom("USD", "EUR") }),
            ),
          ),
          rules: fc.array(fc.record({ haircut: fc.constantFrom(0, 0.05, 0.2, 0.5), isThere: fc.boolean(), fxHaircut: fc.constantFrom(0, 0.08) }), {
            minLength: 12,
            maxLength: 12,
          }),
          limits:
            features.limits === true
              ? fc.array(
                  fc.record({
                    limit: fc.constantFrom(0.25, 0.5, 0.8),
                    limitBasis: fc.constantFrom("posted" as const, "requirement" as const),
                    valueBasis: fc.constantFrom("market" as const, "afterHaircut" as const),
                    group: fc.constantFrom("EACH", "a0"),
                  }),
                  { maxLength: 2 },
                )
              : fc.constant([]),
          held: features.holdings === true ? fc.array(amount(0, 20), { minLength: 12, maxLength: 12 }) : fc.constant([]),
          moving: fc.constantFrom(0, 0.001, 0.02),
          fixed: features.fixedCosts === true ? fc.constantFrom(0, 0.5, 3) : fc.constant(0),
          isTiered: features.tiers === true ? fc.boolean() : fc.constant(false),
        })
        .map((draw): SmallBook => {
          const eligibility = agreements.flatMap((agreementId, j) =>
            ids.flatMap((assetId, i) => {
              const rule = draw.rules[j * 4 + i]!;
              if (!rule.isThere) return [];
              return [
                { agreementId, assetId, fxHaircut: rule.fxHaircut, ...(draw.isTiered && i === 0 ? { tierTable: "t" } : { haircut: rule.haircut }) },
              ];
            }),
          );
          // Holdings only where eligible, never more than is owned.
          const left = new Map(draw.assets.map((asset) => [asset.assetId, asset.quantity - 1]));
          const holdings = eligibility.flatMap(({ agreementId, assetId }, k) => {
            const quantity = Math.min(draw.held[k] ?? 0, left.get(assetId) ?? 0);
            if (quantity <= 0) return [];
            left.set(assetId, (left.get(assetId) ?? 0) - quantity);
            return [{ agreementId, assetId, quantity: features.lots === true ? quantity - (quantity % 2) : quantity }];
          });
          return {
            assets: draw.assets,
            agreements: draw.agreements,
            eligibility,
            limits: draw.limits,
            holdings,
            tiers: [
              { tierTable: "t", assetId: "a0", upTo: 5, ratio: 0.9 },
              { tierTable: "t", assetId: "a0", upTo: 20, ratio: 0.6 },
              { tierTable: "t", assetId: "a0", upTo: Infinity, ratio: 0.3 },
            ],
            costs: ids.map((assetId) => ({
              assetId,
              deliverRate: draw.moving,
              recallRate: draw.moving / 2,
              deliverFixed: draw.fixed,
              recallFixed: draw.fixed / 2,
            })),
            fx: { EUR: 1.25 },
          };
        });
    }),
  );

const agrees = async (tables: SmallBook): Promise<void> => {
  const book = smallBook(tables);
  const mine = await runBook(book);
  const theirs = secondOpinion(book);
  expect(mine.report.checks.filter((check) => !check.passed)).toEqual([]);
  expect(mine.shortfall).toBeCloseTo(theirs.shortfall, 1);
  const cost = mine.costPerYear + mine.outcome.movementCost;
  expect(Math.abs(cost - theirs.cost)).toBeLessThan(0.02 + 1e-5 * Math.abs(theirs.cost));
};

describe("against a second builder and engine", () => {
  test.each([
    ["flat haircuts", {}, 60],
    ["slabs", { tiers: true }, 40],
    ["limits", { limits: true }, 60],
    ["today's holdings and moving costs", { holdings: true }, 40],
    ["whole lots", { lots: true }, 25],
    ["everything together", { tiers: true, limits: true, holdings: true }, 40],
    ["fixed movement costs", { holdings: true, fixedCosts: true }, 20],
  ] as const)("%s", async (_, features, runs) => {
    await fc.assert(fc.asyncProperty(randomBook(features), agrees), { seed, numRuns: runs });
  });
});
