import {
  adjustedNotional,
  maturityFactor,
  supervisoryDelta,
  supervisoryDuration,
  toSaccrTrade,
  type SaccrTradeText,
} from "../../../../src/core/margin/saccr-trade";

const trade = (columns: Partial<SaccrTradeText>): ReturnType<typeof toSaccrTrade> =>
  toSaccrTrade(
    { tradeId: "t", nettingSet: "NS", assetClass: "interestRate", notional: 10000, direction: 1, marketValue: 0, at: "trades row 1", ...columns },
    false,
  );

describe("supervisory duration and notional", () => {
  it("gives the durations of the Basel annex", () => {
    expect(supervisoryDuration(0, 10)).toBeCloseTo(7.869387, 6);
    expect(supervisoryDuration(0, 4)).toBeCloseTo(3.625385, 6);
    expect(supervisoryDuration(1, 11)).toBeCloseTo(7.485592, 6);
    expect(supervisoryDuration(0, 0.001)).toBe(0.04);
  });

  it("multiplies rates and credit with it, others not", () => {
    expect(adjustedNotional(trade({ endYears: 10 }))).toBeCloseTo(78693.87, 2);
    expect(adjustedNotional(trade({ assetClass: "fx" }))).toBe(10000);
    expect(() => adjustedNotional(trade({ startYears: 5, endYears: 5 }))).toThrow(/endYears 5 is not after startYears 5/);
  });
});

describe("supervisory delta", () => {
  const swaption = { endYears: 11, startYears: 1, strike: 0.05, underlyingPrice: 0.06, optionExpiryYears: 1 };

  it("is that of the annex for a bought receiver swaption, turned where sold", () => {
    expect(supervisoryDelta(trade({ ...swaption, optionType: "put" }))).toBeCloseTo(-0.269395, 6);
    expect(supervisoryDelta(trade({ ...swaption, optionType: "put", direction: -1 }))).toBeCloseTo(0.269395, 6);
    expect(supervisoryDelta(trade({ ...swaption, optionType: "call" }))).toBeCloseTo(1 - 0.269395, 6);
  });

  it("follows the tranche formula", () => {
    const tranche = { assetClass: "credit", subClass: "BBB", attachment: 0.03, detachment: 0.07, endYears: 5 };
    expect(supervisoryDelta(trade(tranche))).toBeCloseTo(15 / (1.42 * 1.98), 12);
    expect(supervisoryDelta(trade({ ...tranche, direction: -1 }))).toBeCloseTo(-15 / (1.42 * 1.98), 12);
  });
});

describe("maturity factor", () => {
  it("is the root of at most a year, or of the margin period", () => {
    expect(maturityFactor(trade({ endYears: 0.25 }), undefined)).toBe(0.5);
    expect(maturityFactor(trade({ endYears: 7 }), undefined)).toBe(1);
    expect(maturityFactor(trade({ endYears: 10, maturityYears: 0.5 }), undefined)).toBeCloseTo(Math.SQRT1_2, 14);
    expect(maturityFactor(trade({}), 10)).toBeCloseTo(0.3, 14);
    expect(() => maturityFactor(trade({}), undefined)).toThrow(/maturityYears is blank/);
  });
});
