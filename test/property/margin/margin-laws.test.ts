import fc from "fast-check";
import { tieredSize, tieredValue, type Tier } from "../../../src/core/collateral/tiered-value";
import { adjustedExposure, nettingExposure } from "../../../src/core/collateral/adjusted-exposure";
import { black76 } from "../../../src/core/margin/black-76";
import { mertonDefault } from "../../../src/core/margin/credit/merton";
import { calculateMarginCall } from "../../../src/core/margin/margin-call";
import { saccrExposure } from "../../../src/core/margin/saccr-exposure";
import { toSaccrTrade, type SaccrTrade } from "../../../src/core/margin/saccr-trade";
import { arrangeScenarioParameters } from "../../../src/core/margin/scenario-parameters";
import { scenarioMargin } from "../../../src/core/margin/scenario-margin";
import { scheduleMargin } from "../../../src/core/margin/schedule-margin";
import { slabMargin, type VenueSlab } from "../../../src/core/margin/venue-slabs";
import type { VenuePosition } from "../../../src/core/margin/venue-margin";

const runs = { numRuns: 200, seed: 20261122 };
/** Money in whole cents. */
const amount = fc.integer({ min: 0, max: 1e11 }).map((cents) => cents / 100);
const signed = fc.integer({ min: -1e11, max: 1e11 }).map((cents) => cents / 100);

const tiers = fc
  .array(fc.record({ width: fc.double({ min: 0.01, max: 100, noNaN: true }), ratio: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rows): readonly Tier[] => {
    const ratios = rows.map((row) => row.ratio).sort((a, b) => b - a);
    let upTo = 0;
    return rows.map((row, index) => ({ upTo: (upTo += row.width), ratio: ratios[index] ?? 0 }));
  });

describe("slabs of collateral", () => {
  it("count more for more, never more than the first ratio, and less per unit as the size grows", () => {
    fc.assert(
      fc.property(tiers, fc.double({ min: 0, max: 500, noNaN: true }), fc.double({ min: 0, max: 500, noNaN: true }), (slabs, a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a];
        const [first, second] = [tieredSize(small, slabs), tieredSize(large, slabs)];
        expect(second).toBeGreaterThanOrEqual(first - 1e-9);
        expect(second).toBeLessThanOrEqual(large * (slabs[0]?.ratio ?? 0) + 1e-9);
        expect(tieredSize((small + large) / 2, slabs)).toBeGreaterThanOrEqual((first + second) / 2 - 1e-9);
        expect(tieredSize(large, slabs, "cliff")).toBeLessThanOrEqual(second + 1e-9);
      }),
      runs,
    );
  });

  it("agree between bounds in coins and the same bounds in value", () => {
    fc.assert(
      fc.property(
        tiers,
        fc.double({ min: -50, max: 500, noNaN: true }),
        fc.double({ min: 0.01, max: 1e5, noNaN: true }),
        (slabs, quantity, price) => {
          const inValue = slabs.map((tier) => ({ ...tier, upTo: tier.upTo * price }));
          const [coin, value] = [tieredValue(quantity, price, slabs, "coin"), tieredValue(quantity, price, inValue, "value")];
          expect(Math.abs(coin - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(coin)));
        },
      ),
      runs,
    );
  });
});

describe("margin calls", () => {
  const terms = fc.record({
    exposure: signed,
    threshold: amount,
    minimumTransferAmount: fc.integer({ min: 0, max: 1e8 }).map((cents) => cents / 100),
    independentAmount: amount,
    rounding: fc.constantFrom(0, 1000, 100_000),
    isTwoWay: fc.boolean(),
  });

  it("are settled after they are met: no second call the same day", () => {
    fc.assert(
      fc.property(terms, amount, (given, heldValue) => {
        const call = calculateMarginCall({ ...given, heldValue });
        const held = heldValue + call.amount;
        const again = calculateMarginCall({ ...given, heldValue: held });
        if (call.amount !== 0) expect(Math.abs(again.amount)).toBeLessThanOrEqual(1e-6);
      }),
      runs,
    );
  });

  it("never move less than the minimum transfer amount, up to the rounding of returns", () => {
    fc.assert(
      fc.property(terms, amount, (given, heldValue) => {
        const { amount: moved } = calculateMarginCall({ ...given, heldValue });
        if (moved > 0) expect(moved).toBeGreaterThanOrEqual(given.minimumTransferAmount * (1 - 1e-9));
        if (moved < 0) expect(-moved).toBeGreaterThanOrEqual(given.minimumTransferAmount * (1 - 1e-9) - given.rounding);
      }),
      runs,
    );
  });
});

describe("exposures", () => {
  it("never fall below 0 and fall with collateral", () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (exposure, collateral, he, hc) => {
          const now = adjustedExposure(exposure, collateral, he, hc);
          expect(now).toBeGreaterThanOrEqual(0);
          expect(adjustedExposure(exposure, collateral * 2, he, hc)).toBeLessThanOrEqual(now);
        },
      ),
      runs,
    );
  });

  it("of a netting set is never below the net value", () => {
    const row = fc.record({
      id: fc.constantFrom("A", "B", "C", "D"),
      value: signed,
      haircut: fc.double({ min: 0, max: 1, noNaN: true }),
      isCash: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const answer = nettingExposure(rows);
        expect(answer.exposure).toBeGreaterThanOrEqual(Math.max(0, answer.netValue) - 1e-6);
        expect(answer.grossExposure).toBeGreaterThanOrEqual(answer.netExposure - 1e-6);
      }),
      runs,
    );
  });
});

describe("venue slabs", () => {
  it("are continuous and rise with size; one bracket is the plain rate", () => {
    const slab = (upTo: number, rate: number): VenueSlab => ({
      underlying: "BTC",
      upTo,
      unit: "value",
      initialRate: rate,
      maintenanceRate: rate / 2,
      stepPerUnit: 0,
      at: "rules row 1",
    });
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.double({ min: 0.01, max: 0.2, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (bound, rate, more) => {
          const slabs = [slab(bound, rate), slab(Infinity, rate + more)];
          const at = (value: number): number => slabMargin(slabs, { coins: value / 100, value }, "initial");
          expect(at(bound)).toBeCloseTo(bound * rate, 8);
          expect(at(bound * (1 + 1e-9))).toBeCloseTo(bound * rate, 4);
          expect(at(bound * 2)).toBeCloseTo(bound * rate + bound * (rate + more), 8);
        },
      ),
      runs,
    );
  });
});

describe("schedule margin", () => {
  it("lies between 40 % of gross and gross, on both sides", () => {
    const trade = fc.record({
      tradeId: fc.constant("t"),
      nettingSet: fc.constant("NS"),
      assetClass: fc.constantFrom("fx", "equity", "credit", "interestRate", "crypto"),
      notional: fc.double({ min: 1, max: 1e6, noNaN: true }),
      marketValue: signed,
      maturityYears: fc.double({ min: 0.1, max: 30, noNaN: true }),
      at: fc.constant("trades row 1"),
    });
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 8 }), fc.constantFrom("post" as const, "collect" as const), (trades, side) => {
        const answer = scheduleMargin("NS", trades, side);
        expect(answer.margin).toBeGreaterThanOrEqual(0.4 * answer.gross * (1 - 1e-12));
        expect(answer.margin).toBeLessThanOrEqual(answer.gross * (1 + 1e-12));
      }),
      runs,
    );
  });
});

describe("SA-CCR", () => {
  const trade = fc
    .record({
      assetClass: fc.constantFrom("interestRate", "fx", "equity single name", "credit", "commodity"),
      notional: fc.double({ min: 1, max: 1e6, noNaN: true }),
      direction: fc.constantFrom(1 as const, -1 as const),
      marketValue: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      name: fc.constantFrom("EURUSD", "GBPUSD", "X"),
      endYears: fc.double({ min: 0.1, max: 20, noNaN: true }),
    })
    .map((row): SaccrTrade =>
      toSaccrTrade(
        {
          tradeId: "t",
          nettingSet: "NS",
          assetClass: row.assetClass,
          notional: row.notional,
          direction: row.direction,
          marketValue: row.marketValue,
          currency: "USD",
          hedgingSet: row.name,
          subClass: row.assetClass === "credit" ? "BBB" : row.assetClass === "commodity" ? "Oil/Gas" : "",
          endYears: row.endYears,
          at: "trades row 1",
        },
        false,
      ),
    );
  const terms = { nettingSet: "NS", collateral: 0, isMargined: false };

  it("does not depend on the order of trades and scales with them", () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 10 }), (trades) => {
        const exposure = saccrExposure(trades, terms).exposureAtDefault;
        const turned = saccrExposure([...trades].reverse(), terms).exposureAtDefault;
        const tenfold = saccrExposure(
          trades.map((row) => ({ ...row, notional: row.notional * 10, marketValue: row.marketValue * 10 })),
          terms,
        ).exposureAtDefault;
        expect(Math.abs(turned - exposure)).toBeLessThanOrEqual(1e-9 * Math.max(1, exposure));
        expect(Math.abs(tenfold - 10 * exposure)).toBeLessThanOrEqual(1e-8 * Math.max(1, exposure));
        expect(exposure).toBeGreaterThanOrEqual(0);
      }),
      runs,
    );
  });

  it("falls with collateral and is capped for a margined set", () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 6 }), amount, (trades, collateral) => {
        const bare = saccrExposure(trades, terms).exposureAtDefault;
        expect(saccrExposure(trades, { ...terms, collateral }).exposureAtDefault).toBeLessThanOrEqual(bare * (1 + 1e-12));
        expect(saccrExposure(trades, { ...terms, isMargined: true, threshold: 1e12 }).exposureAtDefault).toBeLessThanOrEqual(bare * (1 + 1e-12));
      }),
      runs,
    );
  });
});

describe("scenario margin", () => {
  const parameters = arrangeScenarioParameters([{ key: "price_range", underlying: "*", value: 0.2, at: "" }]);
  const future = fc
    .record({
      quantity: fc.double({ min: -100, max: 100, noNaN: true }),
      type: fc.constantFrom("linear" as const, "inverse" as const),
      underlying: fc.constantFrom("BTC", "ETH"),
    })
    .map((row): VenuePosition => ({
      instrument: "F",
      contractType: row.type,
      underlying: row.underlying,
      quantity: row.quantity,
      entryPrice: 100,
      markPrice: 100,
      multiplier: 1,
      marginMode: "cross",
      openOrderQuantity: 0,
      at: "positions row 1",
    }));

  it("of two portfolios together is never above their sum, and scales", () => {
    fc.assert(
      fc.property(fc.array(future, { minLength: 1, maxLength: 5 }), fc.array(future, { minLength: 1, maxLength: 5 }), (one, other) => {
        const margin = (positions: readonly VenuePosition[]): number => scenarioMargin(positions, parameters, undefined, "value").margin;
        expect(margin([...one, ...other])).toBeLessThanOrEqual(margin(one) + margin(other) + 1e-9);
        expect(margin(one.map((row) => ({ ...row, quantity: 3 * row.quantity })))).toBeCloseTo(3 * margin(one), 6);
      }),
      runs,
    );
  });
});

describe("models", () => {
  it("Black-76 keeps put-call parity and its bounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (forward, strike, volatility, years) => {
          const [call, put] = [black76("call", forward, strike, volatility, years), black76("put", forward, strike, volatility, years)];
          const scale = Math.max(forward, strike);
          expect(Math.abs(call.value - put.value - (forward - strike))).toBeLessThanOrEqual(1e-11 * scale);
          expect(call.value).toBeGreaterThanOrEqual(Math.max(0, forward - strike) - 1e-11 * scale);
          expect(call.value).toBeLessThanOrEqual(forward * (1 + 1e-12));
        },
      ),
      runs,
    );
  });

  it("Merton's probability rises with debt and stays between 0 and 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.double({ min: 0.05, max: 1.5, noNaN: true }),
        fc.double({ min: 1, max: 300, noNaN: true }),
        (equity, equityVolatility, debt) => {
          const at = (owed: number): number => mertonDefault({ equity, equityVolatility, debt: owed, years: 1, rate: 0 }).defaultProbability;
          expect(at(debt)).toBeGreaterThanOrEqual(0);
          expect(at(debt)).toBeLessThan(1);
        },
      ),
      { ...runs, numRuns: 40 },
    );
  });
});
