import type { Book } from "../../../../src/core/collateral/book";
import { centOfBase } from "../../../../src/core/optimization/base-cent";
import { checkAllocation } from "../../../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** A desk with coins, bonds and cash; everything that is money of the book itself stands in `money`. */
const tables: SmallBook = {
  assets: [
    { assetId: "BTC", quantity: 60, priceCurrency: "BTC", denominationCurrency: "BTC", assetClass: "crypto", fundingRate: 0.045 },
    { assetId: "ETH", quantity: 900.5, price: 3150.25, assetClass: "crypto", denominationCurrency: "ETH", fundingRate: 0.04, stakingYield: 0.002 },
    { assetId: "BOND", quantity: 31_000, price: 98.4375, assetClass: "sovereign", fundingRate: 0.011, lotSize: 100 },
    { assetId: "USD", quantity: 1_500_000, assetClass: "cash", fundingRate: 0.03 },
    { assetId: "EUR", quantity: 800_000.37, priceCurrency: "EUR", assetClass: "cash", fundingRate: 0.021 },
    { assetId: "USDC", quantity: 400_000, price: 0.9997, assetClass: "stablecoin", fundingRate: 0.0301 },
  ],
  agreements: [
    { agreementId: "CSA-1", requirement: 1_234_567.89, marginType: "VM" },
    { agreementId: "CSA-2", requirement: 800_000.01, currency: "EUR", priority: 2 },
    { agreementId: "PRIME", requirement: 21.123456, currency: "BTC", priority: 1 },
    { agreementId: "VENUE", requirement: 2_345_678.9 },
  ],
  eligibility: [
    { agreementId: "CSA-1", assetClass: "cash", haircut: 0 },
    { agreementId: "CSA-1", assetClass: "sovereign", haircut: 0.02 },
    { agreementId: "CSA-2", assetClass: "sovereign", haircut: 0.04, fxHaircut: 0.08 },
    { agreementId: "CSA-2", assetClass: "cash", haircut: 0 },
    { agreementId: "PRIME", assetClass: "crypto", haircut: 0.1 },
    { agreementId: "VENUE", assetClass: "crypto", haircut: 0.15 },
    { agreementId: "VENUE", assetClass: "stablecoin", haircut: 0.01 },
    { agreementId: "VENUE", assetClass: "cash", haircut: 0 },
  ],
  limits: [
    { scopeId: "VENUE", group: "ETH", limit: 0.55 },
    { scopeId: "CSA-1", group: "USD", limitBasis: "amount", limit: 400_000, currency: "USD" },
  ],
  holdings: [
    { agreementId: "CSA-1", assetId: "USD", quantity: 350_000 },
    { agreementId: "PRIME", assetId: "BTC", quantity: 15.5 },
  ],
};

const btc = 64_000;
const inUsd = smallBook({ ...tables, costs: [{ assetId: "*", deliverFixed: 25, recallFixed: 10 }], fx: { BTC: btc, EUR: 1.16 } });
/** The same book: only the money of the base currency is stated in coins. */
const inBtc = smallBook({
  ...tables,
  costs: [{ assetId: "*", deliverFixed: 25 / btc, recallFixed: 10 / btc }],
  fx: { USD: 1 / btc, EUR: 1.16 / btc },
  settings: { baseCurrency: "BTC" },
});

const failures = (run: Awaited<ReturnType<typeof runBook>>) => run.report.checks.filter((check) => !check.passed);

/** Requirements so much larger that calls are short; movements are free, so that the causes are found soon. */
const larger = (book: Book): Book => ({
  ...book,
  costs: [],
  agreements: book.agreements.map((row) => ({ ...row, requirement: row.requirement! * 2.2 })),
});

describe("a base currency of which a hundredth is dear", () => {
  test.each([
    ["all calls covered", (book: Book) => book],
    ["calls short", larger],
  ])("gives the answer that the same book gives in dollars: %s", async (_, change) => {
    const [usd, coin] = [await runBook(change(inUsd)), await runBook(change(inBtc))];
    expect(failures(usd)).toEqual([]);
    expect(failures(coin)).toEqual([]);
    expect(Object.keys(coin.posted)).toEqual(Object.keys(usd.posted));
    for (const [pair, units] of Object.entries(usd.posted)) expect([pair, coin.posted[pair]]).toEqual([pair, expect.closeTo(units, 5)]);
    expect(coin.outcome.coverage.map((line) => line.isCovered)).toEqual(usd.outcome.coverage.map((line) => line.isCovered));
    usd.outcome.coverage.forEach((line, d) => expect(coin.outcome.coverage[d]!.shortfall).toBeCloseTo(line.shortfall, 2));
    expect(coin.outcome.movements.map((move) => [move.action, move.assetId, move.agreementId])).toEqual(
      usd.outcome.movements.map((move) => [move.action, move.assetId, move.agreementId]),
    );
    expect(coin.outcome.costPerDay * btc).toBeCloseTo(usd.outcome.costPerDay, 3);
    expect(coin.outcome.movementCost * btc).toBeCloseTo(usd.outcome.movementCost, 6);
    coin.outcome.baselines.forEach((baseline, b) => {
      const other = usd.outcome.baselines[b]!;
      expect([baseline.name, baseline.covered, baseline.movements, baseline.brokenLimits]).toEqual([
        other.name,
        other.covered,
        other.movements,
        other.brokenLimits,
      ]);
      expect(baseline.shortfall * btc).toBeCloseTo(other.shortfall, 2);
    });
    expect(coin.outcome.conflicts.map((conflict) => [conflict.agreementId, conflict.rules])).toEqual(
      usd.outcome.conflicts.map((conflict) => [conflict.agreementId, conflict.rules]),
    );
  });
});

describe("a call in the coin that is the base currency", () => {
  const book = smallBook({
    assets: [
      { assetId: "BTC", quantity: 0.995, priceCurrency: "BTC", denominationCurrency: "BTC", fundingRate: 0.01 },
      { assetId: "USD", quantity: 1000, assetClass: "cash" },
    ],
    agreements: [{ agreementId: "V", currency: "BTC", requirement: 1 }],
    eligibility: [{ agreementId: "V", assetId: "BTC", haircut: 0 }],
    fx: { USD: 1 / btc },
    settings: { baseCurrency: "BTC" },
  });

  test("is short where 0.005 coins are missing, with repairs as fine as the coin", async () => {
    const run = await runBook(book);
    expect(failures(run)).toEqual([]);
    expect(run.outcome.coverage[0]).toMatchObject({ isCovered: false, shortfall: expect.closeTo(0.005, 9) });
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toEqual([
      "add 0.005 BTC",
      "agree to reduce the requirement of V by 0.005 to 0.995 BTC",
      "make 320 USD eligible at V (at a haircut of 0 %; now: no eligibility rule)",
    ]);
  });

  test("is refused by the checker when it is called covered although it is not, and when the cost is off by a dollar", async () => {
    const { outcome } = await runBook(book);
    const requirements = calculateRequirements(book).value;
    const failed = (told: typeof outcome) => checkAllocation(book, requirements, told).checks.flatMap(({ passed, rule }) => (passed ? [] : [rule]));
    expect(failed({ ...outcome, coverage: outcome.coverage.map((line) => ({ ...line, isCovered: true })) })).toEqual(["Coverage"]);
    expect(failed({ ...outcome, costPerDay: outcome.costPerDay + 1 / btc })).toHaveLength(1);
  });

  test("says in coins what a missed liquidity buffer lacks", async () => {
    const { outcome } = await runBook({
      ...book,
      assets: book.assets.map((row) => (row.assetId === "USD" ? { ...row, hqlaClass: "1" } : row)),
      agreements: book.agreements.map((row) => ({ ...row, requirement: 0.5 })),
      settings: { ...book.settings, liquidityBuffer: 0.02 },
    });
    // 1,000 USD are 0.015625 BTC.
    expect(outcome.unmet).toEqual([expect.objectContaining({ kind: "buffer", needed: 0.02, missing: expect.closeTo(0.004375, 9) })]);
    expect(outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain("lower the liquidity buffer by 0.004375 to 0.015625 BTC");
  });
});

test("a cent of the base follows what its unit is worth", () => {
  const cent = (baseCurrency: string, fx: Record<string, number>): number =>
    centOfBase(smallBook({ assets: [], agreements: [], eligibility: [], fx, settings: { baseCurrency } }));
  expect(cent("USD", { BTC: 64_000, EUR: 1.16 })).toBe(0.01);
  expect(cent("EUR", { USD: 0.86 })).toBe(0.01);
  expect(cent("GBP", { USD: 0.75 })).toBe(0.01);
  expect(cent("JPY", { USD: 155 })).toBe(0.01);
  expect(cent("BTC", { USD: 1 / 64_000 })).toBeCloseTo(1.5625e-7, 15);
  expect(cent("ETH", { EUR: 1 / 2500 })).toBeCloseTo(4e-6, 15);
  // Without a rate of any currency that is known to be cheap, a coin is known by its name.
  expect(cent("BTC", {})).toBeCloseTo(1e-7, 15);
});
