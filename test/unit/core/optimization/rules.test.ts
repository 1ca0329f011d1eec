import { runBook, smallBook, type SmallBook, type SmallRun } from "../../../support/small-book";

const failures = (run: SmallRun) => run.report.checks.filter((check) => !check.passed);
const solved = async (tables: SmallBook): Promise<SmallRun> => {
  const run = await runBook(smallBook(tables));
  expect(failures(run)).toEqual([]);
  return run;
};

const cheapAndDear = {
  assets: [
    { assetId: "CHEAP", assetClass: "x", quantity: 1000, fundingRate: 0.01 },
    { assetId: "DEAR", assetClass: "y", quantity: 1000, fundingRate: 0.05 },
  ],
  agreements: [{ agreementId: "A", requirement: 100 }],
  eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
};

describe("limits, each binding", () => {
  const limited = async (limit: NonNullable<SmallBook["limits"]>[number], more: Partial<SmallBook> = {}) =>
    (await solved({ ...cheapAndDear, limits: [{ scopeId: "A", group: "CHEAP", ...limit }], ...more })).posted;

  test("a share of the requirement", async () =>
    expect(await limited({ limit: 0.3, limitBasis: "requirement" })).toEqual({ "CHEAP>A": 30, "DEAR>A": 70 }));
  test("a share of what is posted, market value", async () => expect(await limited({ limit: 0.4 })).toEqual({ "CHEAP>A": 40, "DEAR>A": 60 }));
  test("an amount in another currency", async () =>
    expect(await limited({ limit: 20, limitBasis: "amount", currency: "EUR" }, { fx: { EUR: 1.25 } })).toEqual({ "CHEAP>A": 25, "DEAR>A": 75 }));
  test("a share of the issue", async () =>
    expect(
      await limited({ limit: 0.1, limitBasis: "issue" }, { assets: [{ ...cheapAndDear.assets[0]!, outstanding: 500 }, cheapAndDear.assets[1]!] }),
    ).toEqual({ "CHEAP>A": 50, "DEAR>A": 50 }));
  test("a share of the daily volume", async () =>
    expect(
      await limited(
        { limit: 0.5, limitBasis: "averageDailyVolume" },
        { assets: [{ ...cheapAndDear.assets[0]!, averageDailyVolume: 20 }, cheapAndDear.assets[1]!] },
      ),
    ).toEqual({ "CHEAP>A": 10, "DEAR>A": 90 }));
  test("by class", async () => expect(await limited({ limitType: "class", group: "x", limit: 0.2 })).toEqual({ "CHEAP>A": 20, "DEAR>A": 80 }));
  test("the larger of a share and an amount", async () => {
    expect(await limited({ limit: 0.15, orAmount: 60 })).toEqual({ "CHEAP>A": 60, "DEAR>A": 40 });
    expect(await limited({ limit: 0.75, orAmount: 60 })).toEqual({ "CHEAP>A": 75, "DEAR>A": 25 });
  });
  test("only above a size", async () => {
    expect(await limited({ limit: 0.15, appliesAbove: 100 })).toEqual({ "CHEAP>A": 100 });
    expect(await limited({ limit: 0.15, appliesAbove: 99 })).toEqual({ "CHEAP>A": 15, "DEAR>A": 85 });
  });
  test("a minimum share: diversify", async () =>
    expect(await limited({ group: "DEAR", direction: "min", limit: 0.25 })).toEqual({ "CHEAP>A": 75, "DEAR>A": 25 }));
  test("a minimum of EACH class asks nothing of a class that is not eligible", async () => {
    const run = await solved({
      assets: [...cheapAndDear.assets, { assetId: "OTHER", assetClass: "z", quantity: 100 }],
      agreements: cheapAndDear.agreements,
      eligibility: ["CHEAP", "DEAR"].map((assetId) => ({ agreementId: "A", assetId, haircut: 0 })),
      limits: [{ limitType: "class", group: "EACH", direction: "min", limit: 0.2 }],
    });
    expect(run.posted).toEqual({ "CHEAP>A": 80, "DEAR>A": 20 });
  });
  test("a soft limit yields to coverage, not to cost", async () => {
    const soft = { limit: 30, limitBasis: "amount" as const, hardOrSoft: "soft" as const };
    expect(await limited(soft)).toEqual({ "CHEAP>A": 30, "DEAR>A": 70 });
    const scarce = await limited(soft, { assets: [cheapAndDear.assets[0]!, { ...cheapAndDear.assets[1]!, quantity: 50 }] });
    expect(scarce).toEqual({ "CHEAP>A": 50, "DEAR>A": 50 });
  });
  test("over the whole book and over one counterparty", async () => {
    const two = {
      agreements: [
        { agreementId: "A", requirement: 100, counterparty: "One" },
        { agreementId: "B", requirement: 100, counterparty: "Two" },
      ],
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
    };
    const sum = (posted: Record<string, number>): number => (posted["CHEAP>A"] ?? 0) + (posted["CHEAP>B"] ?? 0);
    expect(sum(await limited({ scope: "book", scopeId: "ALL", limit: 60, limitBasis: "amount" }, two))).toBeCloseTo(60, 6);
    expect(await limited({ scope: "counterparty", scopeId: "Two", limit: 60, limitBasis: "amount" }, two)).toEqual({
      "CHEAP>A": 100,
      "CHEAP>B": 60,
      "DEAR>B": 40,
    });
  });
});

describe("slabs and debts", () => {
  const btc = { assetId: "BTC", quantity: 10, price: 100, fundingRate: 0.01 };
  const venue = (requirement: number) => [{ agreementId: "V", requirement }];
  const rule = [{ agreementId: "V", assetId: "BTC", tierTable: "t" }];

  test("a cliff values the whole balance at the slab where it ends", async () => {
    const tiers = [
      { tierTable: "t", assetId: "BTC", tierMode: "cliff" as const, upTo: 4, ratio: 0.9 },
      { tierTable: "t", assetId: "BTC", tierMode: "cliff" as const, upTo: Infinity, ratio: 0.5 },
    ];
    // 4 coins at 90 % reach 360; more falls to 50 %, so 380 needs 7.6 coins.
    expect((await solved({ assets: [btc], agreements: venue(360), eligibility: rule, tiers })).posted["BTC>V"]).toBeCloseTo(4, 5);
    expect((await solved({ assets: [btc], agreements: venue(380), eligibility: rule, tiers })).posted["BTC>V"]).toBeCloseTo(7.6, 5);
  });

  test("rising ratios are not reached before the slab below is full", async () => {
    const tiers = [
      { tierTable: "t", assetId: "BTC", upTo: 2, ratio: 0.5 },
      { tierTable: "t", assetId: "BTC", upTo: Infinity, ratio: 0.9 },
    ];
    const run = await solved({ assets: [btc], agreements: venue(190), eligibility: rule, tiers });
    expect(run.posted["BTC>V"]).toBeCloseTo(3, 5);
  });

  test("slabs in value move with the price and the tier currency", async () => {
    const tiers = [
      { tierTable: "t", assetId: "BTC", tierUnit: "value" as const, tierCurrency: "EUR", upTo: 160, ratio: 0.9 },
      { tierTable: "t", assetId: "BTC", tierUnit: "value" as const, tierCurrency: "EUR", upTo: Infinity, ratio: 0.6 },
    ];
    // 160 EUR = 200 USD = 2 coins at 90 % = 180; 60 more at 60 % is one coin.
    const run = await solved({ assets: [btc], agreements: venue(240), eligibility: rule, tiers, fx: { EUR: 1.25 } });
    expect(run.posted["BTC>V"]).toBeCloseTo(3, 5);
  });

  test("a debt counts in full, and what is posted repays it first", async () => {
    const run = await solved({
      assets: [btc],
      agreements: venue(90),
      eligibility: [{ agreementId: "V", assetId: "BTC", haircut: 0.1 }],
      holdings: [{ agreementId: "V", assetId: "BTC", quantity: -2 }],
    });
    expect(run.outcome.coverage[0]!.required).toBeCloseTo(290, 9);
    expect(run.posted["BTC>V"]).toBeCloseTo(3, 5);
  });
});

describe("who may post what", () => {
  test("own paper and the counterparty's own issue are out, also through the group", async () => {
    const run = await solved({
      assets: [
        { assetId: "OURS", quantity: 100, issuerGroup: "Us" },
        { assetId: "THEIRS", quantity: 100, issuer: "Bank One" },
        { assetId: "SISTER", quantity: 100, issuerGroup: "Bank Group" },
        { assetId: "OK", quantity: 100, fundingRate: 0.1 },
      ],
      agreements: [{ agreementId: "A", requirement: 50, counterparty: "bank one", counterpartyGroup: "Bank Group" }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      settings: { ownGroup: "us" },
    });
    expect(run.posted).toEqual({ "OK>A": 50 });
  });

  test("an exclusion wins, an agreement goes before *, an asset before its class", async () => {
    const run = await solved({
      assets: [
        { assetId: "X1", assetClass: "x", quantity: 100 },
        { assetId: "X2", assetClass: "x", quantity: 100, fundingRate: 0.01 },
      ],
      agreements: [
        { agreementId: "A", requirement: 50 },
        { agreementId: "B", requirement: 50 },
      ],
      eligibility: [
        { agreementId: "*", assetClass: "x", haircut: 0.5 },
        { agreementId: "A", assetClass: "x", haircut: 0.2 },
        { agreementId: "A", assetId: "X2", haircut: 0 },
        { agreementId: "A", assetId: "X1", isIncluded: false },
      ],
    });
    expect(run.posted).toEqual({ "X1>B": 100, "X2>A": 50 });
  });

  test("ratings and maturities bound a rule; without them an asset is outside", async () => {
    const run = await solved({
      assets: [
        { assetId: "JUNK", quantity: 100, rating: "BB", maturityYears: 2 },
        { assetId: "LONG", quantity: 100, rating: "Aa2", maturityYears: 6 },
        { assetId: "UNRATED", quantity: 100, maturityYears: 2 },
        { assetId: "FINE", quantity: 100, rating: "A-", maturityYears: 5, fundingRate: 0.1 },
      ],
      agreements: [{ agreementId: "A", requirement: 50 }],
      eligibility: [{ agreementId: "A", ratingFrom: "AAA", ratingTo: "A3", maturityFromYears: 1, maturityToYears: 5, haircut: 0 }],
    });
    expect(run.posted).toEqual({ "FINE>A": 50 });
  });

  test("two rules of the same rank with different terms are refused by row", async () => {
    const book = smallBook({
      ...cheapAndDear,
      eligibility: [
        { agreementId: "A", assetClass: "x", haircut: 0 },
        { agreementId: "A", assetClass: "x", haircut: 0.1 },
      ],
    });
    await expect(runBook(book)).rejects.toThrow(/tblEligibility row 2.*Rows 1 and 2 both fit CHEAP at A/);
  });

  test("the product form multiplies, the additive form adds", async () => {
    const tables = {
      assets: [{ assetId: "EUR", priceCurrency: "EUR", quantity: 1000 }],
      agreements: [{ agreementId: "A", requirement: 72 }],
      eligibility: [{ agreementId: "A", assetId: "EUR", haircut: 0.2, fxHaircut: 0.1 }],
      fx: { EUR: 1 },
    };
    expect((await solved({ ...tables, settings: { fxHaircutForm: "product" as const } })).posted["EUR>A"]).toBeCloseTo(100, 2);
    expect((await solved(tables)).posted["EUR>A"]).toBeCloseTo(72 / 0.7, 2);
  });
});

describe("time and movements", () => {
  test("what cannot arrive in time is not delivered; what is there may stay", async () => {
    const run = await solved({
      assets: [
        { assetId: "SLOW", quantity: 100, settleHours: 20 },
        { assetId: "FAST", quantity: 100, fundingRate: 0.1, settleHours: 1 },
      ],
      agreements: [{ agreementId: "A", requirement: 50, deadline: "2026-01-01T06:00:00Z" }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [{ agreementId: "A", assetId: "SLOW", quantity: 20 }],
      settings: { asOf: "2026-01-01T00:00:00Z" },
    });
    expect(run.posted).toEqual({ "FAST>A": 30, "SLOW>A": 20 });
  });

  test("recalled units are not posted again in the same run, unless sameDayReuse is set", async () => {
    const tables = {
      assets: [
        { assetId: "X", quantity: 100 },
        { assetId: "Y", quantity: 100, fundingRate: 0.1 },
      ],
      agreements: [
        { agreementId: "A", requirement: 0 },
        { agreementId: "B", requirement: 100 },
      ],
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
      holdings: [{ agreementId: "A", assetId: "X", quantity: 80 }],
    };
    expect((await solved(tables)).posted).toEqual({ "X>B": 20, "Y>B": 80 });
    expect((await solved({ ...tables, settings: { sameDayReuse: true } })).posted).toEqual({ "X>B": 100 });
  });

  test("what may be recalled only later stays, and what is disputed or on its way back counts nowhere", async () => {
    const run = await solved({
      assets: [
        { assetId: "X", quantity: 100, fundingRate: 0.1 },
        { assetId: "Y", quantity: 100, fundingRate: 0.01 },
      ],
      agreements: [{ agreementId: "A", requirement: 120 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [
        { agreementId: "A", assetId: "X", quantity: 30, recallableFrom: "2026-02-01" },
        { agreementId: "A", assetId: "Y", quantity: 15, status: "disputed" },
        { agreementId: "A", assetId: "Y", quantity: 10, status: "inTransitBack" },
      ],
      settings: { asOf: "2026-01-01" },
    });
    expect(run.posted).toEqual({ "X>A": 45, "Y>A": 75 });
  });

  test("what is on its way back is owned beside a free quantity, and postable where the same day counts", async () => {
    const tables: SmallBook = {
      assets: [
        { assetId: "X", quantity: 50 },
        { assetId: "Y", quantity: 500, fundingRate: 0.1 },
      ],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [
        { agreementId: "A", assetId: "X", quantity: 20 },
        { agreementId: "A", assetId: "X", quantity: 30, status: "inTransitBack" },
      ],
    };
    // 50 free + 20 there + 30 on the way back = 100 owned; of these 70 may be used in this run.
    const free = { quantityBasis: "free" as const };
    expect((await solved({ ...tables, settings: free })).posted).toEqual({ "X>A": 70, "Y>A": 30 });
    expect((await solved({ ...tables, settings: { ...free, sameDayReuse: true } })).posted).toEqual({ "X>A": 100 });
  });

  test("pins hold: pin, forbid, at least, at most", async () => {
    const pinned = async (pin: NonNullable<SmallBook["pins"]>[number]) =>
      (await solved({ ...cheapAndDear, holdings: [{ agreementId: "A", assetId: "DEAR", quantity: 10 }], pins: [pin] })).posted;
    const at = { agreementId: "A", assetId: "DEAR" };
    expect(await pinned({ ...at, action: "pin" })).toEqual({ "CHEAP>A": 90, "DEAR>A": 10 });
    expect(await pinned({ ...at, action: "pin", quantity: 25 })).toEqual({ "CHEAP>A": 75, "DEAR>A": 25 });
    expect(await pinned({ ...at, action: "atLeast", quantity: 40 })).toEqual({ "CHEAP>A": 60, "DEAR>A": 40 });
    expect(await pinned({ agreementId: "A", assetId: "CHEAP", action: "forbid" })).toEqual({ "DEAR>A": 100 });
    expect(await pinned({ agreementId: "A", assetId: "CHEAP", action: "atMost", quantity: 5 })).toEqual({ "CHEAP>A": 5, "DEAR>A": 95 });
  });

  test("a fixed cost keeps a movement from being split; the horizon decides whether a saving pays", async () => {
    const tables = (horizonDays: number): SmallBook => ({
      ...cheapAndDear,
      holdings: [{ agreementId: "A", assetId: "DEAR", quantity: 100 }],
      costs: [{ assetId: "*", deliverFixed: 0.5, recallFixed: 0.5 }],
      settings: { horizonDays },
    });
    // Changing saves 100 * 4 % = 4 a year and costs 1 once.
    expect((await solved(tables(30))).posted).toEqual({ "DEAR>A": 100 });
    expect((await solved(tables(365))).posted).toEqual({ "CHEAP>A": 100 });
  });

  test("a cap on movements and a smallest piece", async () => {
    const three = {
      assets: [60, 60, 200].map((quantity, i) => ({ assetId: `X${i}`, quantity, fundingRate: (i + 1) / 100 })),
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
    };
    expect((await solved(three)).posted).toEqual({ "X0>A": 60, "X1>A": 40 });
    expect((await solved({ ...three, settings: { maxMovements: 1 } })).posted).toEqual({ "X2>A": 100 });
    expect((await solved({ ...three, costs: [{ assetId: "*", minimumPiece: 50 }] })).posted).toEqual({ "X0>A": 50, "X1>A": 50 });
  });

  test("a smallest piece is not reached by recalling what is there and delivering it again", async () => {
    const run = await solved({
      assets: [
        { assetId: "X", quantity: 1000, fundingRate: 0.01 },
        { assetId: "Y", quantity: 1000, fundingRate: 0.02 },
      ],
      agreements: [{ agreementId: "A", requirement: 100, overPostCap: 0.2 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [{ agreementId: "A", assetId: "X", quantity: 50 }],
      costs: [{ assetId: "*", minimumPiece: 80 }],
    });
    // 50 of X are there; 50 more are no piece, and a piece of 80 beside them is 130, more than the 120 allowed. So 80 of Y come and 30 of X go.
    expect(run.posted).toEqual({ "X>A": 20, "Y>A": 80 });
    expect(run.outcome.movements.map(({ action, assetId, quantity }) => [action, assetId, quantity])).toEqual([
      ["Delivery", "Y", 80],
      ["Return", "X", 30],
    ]);
  });

  test("the liquidity buffer keeps level 1 at home, level 2 counts with its haircut and caps", async () => {
    const run = await solved({
      assets: [
        { assetId: "BILL", quantity: 100, hqlaClass: "1" },
        { assetId: "CORP", quantity: 100, hqlaClass: "2A", fundingRate: 0.01 },
      ],
      agreements: [{ agreementId: "A", requirement: 90 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      settings: { liquidityBuffer: 100 },
    });
    // Of the free BILL at most 40 may go: the 60 left carry at most 40 of level 2A.
    expect(run.posted["BILL>A"]).toBeCloseTo(40, 6);
    expect(run.posted["CORP>A"]).toBeCloseTo(50, 6);
  });

  test("received collateral is posted on beside what is reserved and what is recalled in the same run", async () => {
    const run = await solved({
      assets: [
        { assetId: "X", quantity: 100, reserved: 30 },
        { assetId: "Y", quantity: 500, fundingRate: 0.1 },
      ],
      agreements: [
        { agreementId: "A", requirement: 0, reuseShare: 1 },
        { agreementId: "B", requirement: 100 },
      ],
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
      holdings: [
        { agreementId: "A", assetId: "X", quantity: 25 },
        { agreementId: "A", assetId: "X", quantity: 20, direction: "received" },
      ],
    });
    // 100 owned, 30 reserved, 25 come back too late, 20 may be posted on: 65.
    expect(run.posted).toEqual({ "X>B": 65, "Y>B": 35 });
  });

  test("slabs that hold less in later tiers stay in order where none of the first can be filled", async () => {
    // 10 of X are there, worth 9.5 in the first slab, and 95 of Y: 104.5 against at most 102. Out of order X would be worth 3 and nothing had to move.
    const run = await solved({
      assets: [
        { assetId: "X", quantity: 10 },
        { assetId: "Y", quantity: 95 },
      ],
      agreements: [{ agreementId: "A", requirement: 100, overPostCap: 0.02 }],
      eligibility: [
        { agreementId: "A", assetId: "X", tierTable: "t" },
        { agreementId: "A", assetId: "Y", haircut: 0 },
      ],
      tiers: [
        { tierTable: "t", assetId: "*", upTo: 400, ratio: 0.95 },
        { tierTable: "t", assetId: "*", upTo: 800, ratio: 0.3 },
      ],
      holdings: [
        { agreementId: "A", assetId: "X", quantity: 10 },
        { agreementId: "A", assetId: "Y", quantity: 95 },
      ],
      costs: [{ assetId: "*", recallRate: 0.01 }],
    });
    // Least moved: 2.5 of Y go home, or 2.5 / 0.95 = 2.63 of X.
    expect(run.posted).toEqual({ "X>A": 10, "Y>A": 92.5 });
  });

  test("received collateral is posted on only where the agreement grants it", async () => {
    const received = (isSegregated: boolean): SmallBook => ({
      assets: [{ assetId: "X", quantity: 10 }],
      agreements: [
        { agreementId: "A", requirement: 50 },
        { agreementId: "B", requirement: 0, reuseShare: 0.5, isSegregated },
      ],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [{ agreementId: "B", assetId: "X", quantity: 60, direction: "received" }],
    });
    expect((await solved(received(false))).posted).toEqual({ "X>A": 40 });
    expect((await solved(received(true))).posted).toEqual({ "X>A": 10 });
  });
});
