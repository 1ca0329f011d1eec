import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** A book whose base is the won: a hundred-millionth of a bitcoin is 1.4 of it, more than the cent to which other quantities are written. */
const wons = (more: Partial<SmallBook> = {}): SmallBook => ({
  assets: [
    { assetId: "BTC", quantity: 1_000, price: 140_123_457, priceCurrency: "KRW", fundingRate: 0.01 },
    { assetId: "ETH", quantity: 10_000, price: 4_512_347, priceCurrency: "KRW", fundingRate: 0.03 },
  ],
  agreements: [
    { agreementId: "A", currency: "KRW", requirement: 7_654_321_987 },
    { agreementId: "B", currency: "KRW", requirement: 1_234_567_891 },
  ],
  eligibility: [
    { agreementId: "*", assetId: "BTC", haircut: 0.053 },
    { agreementId: "*", assetId: "ETH", haircut: 0.107 },
  ],
  fx: { KRW: 1, USD: 1_400 },
  ...more,
  settings: { baseCurrency: "KRW", ...more.settings },
});

/** A bond that is kept as one unit worth 25 million: a hundred-millionth of it is 25 cents. */
const oneBond = (more: Partial<SmallBook> = {}): SmallBook => ({
  assets: [
    { assetId: "BOND", quantity: 1, price: 25_123_457, hqlaClass: "1", fundingRate: 0.01 },
    { assetId: "CASH", assetClass: "cash", quantity: 9_000_000, fundingRate: 0.03 },
  ],
  agreements: [{ agreementId: "A", requirement: 12_345_678.91 }],
  eligibility: [
    { agreementId: "A", assetId: "BOND", haircut: 0.02 },
    { agreementId: "A", assetId: "CASH", haircut: 0 },
  ],
  ...more,
});

describe("units whose finest step is worth more than a cent", () => {
  it.each<[string, SmallBook]>([
    ["bitcoin in won", wons()],
    ["with a limit in money", wons({ limits: [{ scopeId: "A", group: "BTC", limit: 3_333_333_333, limitBasis: "amount" }] })],
    ["with a share of what is posted", wons({ limits: [{ scopeId: "A", group: "BTC", limit: 0.37 }] })],
    ["with a limit above a size", wons({ limits: [{ scopeId: "A", group: "BTC", limit: 0.37, appliesAbove: 8_082_705_372.76 }] })],
    ["a bond as one unit", oneBond()],
    [
      "with a limit in money, and a part there today",
      oneBond({
        limits: [{ scopeId: "A", group: "BOND", limit: 5_123_456.78, limitBasis: "amount" }],
        holdings: [{ agreementId: "A", assetId: "BOND", quantity: 0.1 }],
      }),
    ],
    [
      "with a smallest piece",
      oneBond({ agreements: [{ agreementId: "A", requirement: 1_000_000 }], costs: [{ assetId: "BOND", minimumPiece: 1_234_567.89 }] }),
    ],
    ["with a liquidity buffer", oneBond({ settings: { liquidityBuffer: 20_123_456.78 } })],
    ["with a cap on movements", oneBond({ settings: { maxMovements: 1 } })],
  ])("%s: covered, and the answer passes its check", async (_title, tables) => {
    const { outcome, report } = await runBook(smallBook(tables));
    expect(report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(outcome.coverage.every((line) => line.isCovered)).toBe(true);
  });
});
