import type { AgreementRow, PositionRow } from "../../../../src/core/collateral/book";
import { marginMethodOf, requirementOf } from "../../../../src/core/margin/requirement";

const origin = { table: "tblAgreements", sheet: "Agreements", row: 1, sheetRow: 2 };
const agreement = (columns: Partial<AgreementRow>): AgreementRow => ({
  origin,
  agreementId: "CSA-1",
  currency: "USD",
  fxHaircutCurrencies: [],
  ...columns,
});
const position = (columns: Partial<PositionRow>): PositionRow => ({
  origin,
  agreementId: "CSA-1",
  instrument: "SWAP",
  contractType: "trade",
  underlying: "USD",
  quantity: 1,
  entryPrice: 0,
  markPrice: 0,
  ...columns,
});
const none = { heldValue: 0, positions: [] };

describe("requirementOf", () => {
  it("passes a given amount on", () => {
    expect(requirementOf(agreement({ requirement: 1.2e6 }), none).requirement).toBe(1.2e6);
    expect(requirementOf(agreement({ requirement: 0 }), none).requirement).toBe(0);
    expect(() => requirementOf(agreement({ marginMethod: "given" }), none)).toThrow(
      "Agreement CSA-1: requirement is blank. Fill it or change marginMethod.",
    );
  });

  it("adds a rounded delivery to what is held, and takes a rounded return off", () => {
    const terms = {
      exposure: 10e6,
      threshold: 5e6,
      independentAmount: 2e6,
      minimumTransferAmount: 500_000,
      roundingDelivery: 100_000,
      roundingReturn: 100_000,
    };
    expect(requirementOf(agreement(terms), { ...none, heldValue: 6_130_000 }).requirement).toBe(7_030_000);
    expect(requirementOf(agreement(terms), { ...none, heldValue: 6_800_000 }).requirement).toBe(6_800_000);
    expect(requirementOf(agreement(terms), { ...none, heldValue: 7_960_000 }).requirement).toBe(7_060_000);
    // Their own minimum transfer amount holds for what they send, ours for what we send.
    const theirs = { ...terms, theirMinimumTransferAmount: 1e6 };
    expect(requirementOf(agreement(theirs), { ...none, heldValue: 7_960_000 }).requirement).toBe(7_960_000);
    expect(requirementOf(agreement(theirs), { ...none, heldValue: 6_130_000 }).requirement).toBe(7_030_000);
  });

  it("takes the exposure from the positions where it is blank: -marketValue", () => {
    const rows = [position({ marketValue: -3e6 }), position({ marketValue: 1e6 }), position({ agreementId: "CSA-2", marketValue: -9e6 })];
    const answer = requirementOf(agreement({ marginMethod: "csa" }), { heldValue: 0, positions: rows });
    expect(answer.requirement).toBe(2e6);
    expect(answer.explanation.from.find((part) => part.name === "exposure")?.from.map(({ name, value }) => [name, value])).toEqual([
      ["SWAP", -3e6],
      ["SWAP", 1e6],
      ["saved by netting", 1e6],
    ]);
    expect(() => requirementOf(agreement({ marginMethod: "csa" }), none)).toThrow(/CSA-1: exposure is blank/);
  });

  it("buffers a venue's maintenance margin; a loss raises it, a profit counts only where it does", () => {
    const venue = { agreementId: "VEN-1", marginMethod: "venue" as const, initialMargin: 100, maintenanceMargin: 60, bufferMultiple: 2 };
    expect(requirementOf(agreement(venue), none).requirement).toBe(120);
    expect(requirementOf(agreement({ ...venue, bufferMultiple: 1.5 }), none).requirement).toBe(100);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: -25 }), none).requirement).toBe(145);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 25 }), none).requirement).toBe(120);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 25, profitCounts: true }), none).requirement).toBe(95);
    expect(requirementOf(agreement({ ...venue, unrealisedProfit: 500, profitCounts: true }), none).requirement).toBe(0);
  });

  it("names the method that the filled columns say", () => {
    expect(marginMethodOf(agreement({ exposure: 1 }))).toBe("csa");
    expect(marginMethodOf(agreement({ maintenanceMargin: 1 }))).toBe("venue");
    expect(marginMethodOf(agreement({ requirement: 1, exposure: 1 }))).toBe("given");
    expect(() => marginMethodOf(agreement({}))).toThrow(/CSA-1: requirement is blank/);
  });
});

describe("requirementOf from positions", () => {
  const swap = (marketValue: number, columns: Partial<PositionRow> = {}): PositionRow =>
    position({ assetClass: "interestRate", notional: 100e6, maturityYears: 10, marketValue, nettingSet: "NS", ...columns });

  it("takes the schedule margin less the threshold, through MTA and rounding", () => {
    // Gross 8m; what we post: NGR on -marketValue: (0.5 - 0)... net 2m over gross 5m = 0.4: 0.4 * 8 + 0.6 * 0.4 * 8 = 5.12m
    const positions = [swap(-5e6), swap(3e6)];
    const terms = { marginMethod: "schedule" as const, threshold: 1e6, roundingDelivery: 100_000, minimumTransferAmount: 500_000 };
    const answer = requirementOf(agreement(terms), { heldValue: 0, positions });
    expect(answer.requirement).toBe(4_200_000);
    expect(requirementOf(agreement(terms), { heldValue: 4_000_000, positions }).requirement).toBe(4_000_000);
    expect(requirementOf(agreement({ ...terms, threshold: 50e6 }), { heldValue: 0, positions }).requirement).toBe(0);
    expect(() => requirementOf(agreement(terms), none)).toThrow(/CSA-1: marginMethod schedule needs rows in positions/);
    expect(() => requirementOf(agreement(terms), { heldValue: 0, positions: [position({ assetClass: "fx" })] })).toThrow(
      /positions row 1: notional is blank/,
    );
  });

  it("takes the counterparty's SA-CCR exposure, with the netting saved", () => {
    const fx = (quantity: number, marketValue: number): PositionRow =>
      position({ assetClass: "fx", underlying: "EURUSD", quantity, notional: 1000, maturityYears: 2, marketValue });
    const answer = requirementOf(agreement({ marginMethod: "saccr" }), { heldValue: 0, positions: [fx(1, -60), fx(-1, 20)] });
    expect(answer.requirement).toBeCloseTo(1.4 * 40, 10);
    const alone = 1.4 * (60 + 40) + 1.4 * 40 * Math.min(1, 0.05 + 0.95 * Math.exp(-20 / (1.9 * 40)));
    expect(Number(answer.explanation.from.find((part) => part.name === "saved by netting")?.value)).toBeCloseTo(alone - 56, 8);
    expect(() =>
      requirementOf(agreement({ marginMethod: "saccr" }), {
        heldValue: 0,
        positions: [position({ assetClass: "credit", notional: 1, marketValue: 0, maturityYears: 1 })],
      }),
    ).toThrow(/positions row 1: sa_ccr_parameters has no creditSingleName/);
  });

  it("takes scenario margin from a stored or given parameter set", () => {
    const perpetual = position({ contractType: "linear", underlying: "BTC", instrument: "P", quantity: 2, entryPrice: 90, markPrice: 100 });
    const hedge = position({ contractType: "linear", underlying: "BTC", instrument: "Q", quantity: -1, entryPrice: 90, markPrice: 100 });
    const parameters = [{ key: "price_range", underlying: "*", value: 0.2, at: "parameters row 1" }];
    const answer = requirementOf(agreement({ marginMethod: "grid" }), { heldValue: 0, positions: [perpetual, hedge], parameters });
    expect(answer.requirement).toBeCloseTo(20, 12);
    expect(Number(answer.explanation.from[1]?.value)).toBeCloseTo(40, 12);
    const stored = requirementOf(agreement({ marginMethod: "grid", parameterSet: "deribit_portfolio_margin" }), {
      heldValue: 0,
      positions: [perpetual],
    });
    expect(stored.requirement).toBeCloseTo(32 + 200 * 0.01, 10);
    expect(() => requirementOf(agreement({ marginMethod: "grid" }), { heldValue: 0, positions: [perpetual] })).toThrow(
      /CSA-1: parameterSet is blank/,
    );
  });

  it("computes venue margins from rules where the row has none", () => {
    const perpetual = position({ contractType: "linear", underlying: "BTC", quantity: 2, entryPrice: 110, markPrice: 100 });
    const rules = [
      { underlying: "BTC", upTo: Infinity, unit: "coin" as const, initialRate: 0.1, maintenanceRate: 0.06, stepPerUnit: 0, at: "rules row 1" },
    ];
    const answer = requirementOf(agreement({ marginMethod: "venue", bufferMultiple: 2 }), { heldValue: 0, positions: [perpetual], rules });
    expect(answer.requirement).toBeCloseTo(24 + 20, 12);
    // A size that is just the last bound is within it; more is not.
    const bounded = (upTo: number) => ({ heldValue: 0, positions: [perpetual], rules: [{ ...rules[0]!, upTo }] });
    expect(requirementOf(agreement({ marginMethod: "venue", bufferMultiple: 2 }), bounded(2)).requirement).toBeCloseTo(44, 12);
    expect(() => requirementOf(agreement({ marginMethod: "venue" }), bounded(1.9))).toThrow(/size 2 is beyond the last upTo 1\.9/);
    expect(() => requirementOf(agreement({ marginMethod: "venue" }), { heldValue: 0, positions: [perpetual] })).toThrow(/tblRules/);
  });

  it("shows what netting saves at a venue, and divides by the price of a coin in which the agreement is kept", () => {
    const long = position({ contractType: "linear", underlying: "BTC", instrument: "P", quantity: 2, entryPrice: 100, markPrice: 100 });
    const short = position({ contractType: "linear", underlying: "BTC", instrument: "P", quantity: -1, entryPrice: 100, markPrice: 100 });
    const other = position({ contractType: "inverse", underlying: "ETH", instrument: "E", quantity: 50, entryPrice: 10, markPrice: 10 });
    const rule = { upTo: Infinity, unit: "coin" as const, initialRate: 0.1, maintenanceRate: 0.05, stepPerUnit: 0 };
    const rules = [
      { ...rule, underlying: "BTC", at: "rules row 1" },
      { ...rule, underlying: "ETH", at: "rules row 2" },
    ];
    const positions = [long, short, other];
    // One by one 20 + 10 + 5; netted 10 + 5.
    const inDollars = requirementOf(agreement({ marginMethod: "venue" }), { heldValue: 0, positions, rules });
    expect(inDollars.requirement).toBeCloseTo(15, 12);
    const saved = inDollars.explanation.from[0]?.from.find((part) => part.name === "saved by netting");
    expect(Number(saved?.value)).toBeCloseTo(20, 12);
    // Three times the maintenance margin: 3 * (10 + 5 + 2.5) one by one, 3 * (5 + 2.5) netted.
    const buffered = requirementOf(agreement({ marginMethod: "venue", bufferMultiple: 3 }), { heldValue: 0, positions, rules });
    expect(buffered.requirement).toBeCloseTo(22.5, 12);
    expect(Number(buffered.explanation.from.find((part) => part.name === "saved by netting")?.value)).toBeCloseTo(30, 12);
    const inCoin = requirementOf(agreement({ marginMethod: "venue", currency: "BTC" }), { heldValue: 0, positions, rules });
    expect(inCoin.requirement).toBeCloseTo(0.15, 12);
    const parameters = [{ key: "price_range", underlying: "*", value: 0.2, at: "parameters row 1" }];
    const grid = { heldValue: 0, positions, parameters };
    const dollars = requirementOf(agreement({ marginMethod: "grid" }), grid).requirement;
    expect(requirementOf(agreement({ marginMethod: "grid", currency: "BTC" }), grid).requirement).toBeCloseTo(dollars / 100, 12);
  });

  it("counts the netting of positions in one underlying in a historical margin", () => {
    const of = (quantity: number): PositionRow => position({ contractType: "linear", underlying: "BTC", quantity, entryPrice: 100, markPrice: 100 });
    const prices = new Map([["BTC", [100, 110, 99, 108.9, 98.01, 107.811]]]);
    // Returns +10, -10, +10, -10, +10 %: long 3 alone loses 30, short 2 alone 20, together long 1 loses 10.
    const answer = requirementOf(agreement({ marginMethod: "es", confidence: 0.8 }), { heldValue: 0, positions: [of(3), of(-2)], prices });
    expect(answer.requirement).toBeCloseTo(10, 9);
    expect(Number(answer.explanation.from.find((part) => part.name === "saved by netting")?.value)).toBeCloseTo(40, 9);
  });

  it("takes 97.5 % for an expected shortfall without a confidence, and 99 % for a value-at-risk", () => {
    // 40 returns: one loss of 10 %, else nothing. 40 * 2.5 % = 1 return is the tail of the first; 40 * 1 % is less than one.
    const prices = new Map([["BTC", Array.from({ length: 41 }, (_, day) => (day < 20 ? 100 : 90))]]);
    const positions = [position({ contractType: "linear", underlying: "BTC", quantity: 1, entryPrice: 100, markPrice: 100 })];
    expect(requirementOf(agreement({ marginMethod: "es" }), { heldValue: 0, positions, prices }).requirement).toBeCloseTo(10, 9);
    expect(() => requirementOf(agreement({ marginMethod: "var" }), { heldValue: 0, positions, prices })).toThrow(/too few for confidence 0\.99/);
  });

  it("takes value-at-risk and expected shortfall of the joint history", () => {
    const positions = [
      position({ contractType: "linear", underlying: "BTC", quantity: 1, entryPrice: 100, markPrice: 100 }),
      position({ contractType: "inverse", underlying: "ETH", quantity: -50, multiplier: 1, entryPrice: 10, markPrice: 10 }),
    ];
    // Joint profits: 100 * BTC return - 50 * ETH return, ten periods.
    const btc = [0.02, -0.05, 0.01, -0.01, 0.03, -0.04, 0.0, 0.01, -0.02, 0.02];
    const eth = [0.04, -0.02, 0.02, 0.01, -0.01, -0.06, 0.05, 0.0, -0.02, 0.01];
    const path = (returns: readonly number[]): number[] =>
      returns.reduce<number[]>((prices, move) => [...prices, (prices[prices.length - 1] ?? 0) * (1 + move)], [100]);
    const prices = new Map([
      ["BTC", path(btc)],
      ["ETH", path(eth)],
    ]);
    const profits = btc.map((move, index) => 100 * move - 50 * (eth[index] ?? 0)).sort((a, b) => a - b);
    const es = requirementOf(agreement({ marginMethod: "es", confidence: 0.75, horizonDays: 4 }), { heldValue: 0, positions, prices });
    const tail = ((profits[0] ?? 0) + (profits[1] ?? 0) + 0.5 * (profits[2] ?? 0)) / 2.5;
    expect(es.requirement).toBeCloseTo(-2 * tail, 10);
    const valueAtRisk = requirementOf(agreement({ marginMethod: "var", confidence: 0.8 }), { heldValue: 0, positions, prices });
    expect(valueAtRisk.requirement).toBeCloseTo(-((profits[1] ?? 0) + 0.8 * ((profits[2] ?? 0) - (profits[1] ?? 0))), 10);
    expect(() => requirementOf(agreement({ marginMethod: "var" }), { heldValue: 0, positions, prices })).toThrow(
      /10 joint returns are too few for confidence 0.99/,
    );
    expect(() => requirementOf(agreement({ marginMethod: "es" }), { heldValue: 0, positions, prices: new Map() })).toThrow(
      /CSA-1: prices has no column BTC/,
    );
    expect(() => requirementOf(agreement({ marginMethod: "es" }), { heldValue: 0, positions })).toThrow(/needs the table prices/);
  });
});
