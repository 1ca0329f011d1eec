import { runBook, smallBook } from "../../../support/small-book";

const assets = [
  { assetId: "BTC", quantity: 600_000, fundingRate: 0.01 },
  { assetId: "ETH", quantity: 300_000, fundingRate: 0.03 },
  { assetId: "USDC", quantity: 400_000, fundingRate: 0.045 },
  { assetId: "TBILL", quantity: 500_000, fundingRate: 0.003 },
];

const failures = (run: Awaited<ReturnType<typeof runBook>>) => run.report.checks.filter((check) => !check.passed);

describe("when it cannot be done", () => {
  test("OPT-03: names the three rules that conflict and every single cure", async () => {
    const run = await runBook(
      smallBook({
        assets,
        agreements: [
          { agreementId: "A", requirement: 500_000 },
          { agreementId: "B", requirement: 400_000 },
        ],
        eligibility: [
          { agreementId: "A", assetId: "BTC", haircut: 0.1 },
          { agreementId: "A", assetId: "ETH", haircut: 0.15 },
          { agreementId: "B", assetId: "USDC", haircut: 0 },
          { agreementId: "B", assetId: "TBILL", haircut: 0.005 },
        ],
        limits: [{ scopeId: "A", group: "BTC", limit: 200_000, limitBasis: "amount", valueBasis: "afterHaircut" }],
      }),
    );
    expect(failures(run)).toEqual([]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict).toMatchObject({
      agreementId: "A",
      required: 500_000,
      shortfall: expect.closeTo(45_000, 1),
      reachable: expect.closeTo(455_000, 1),
    });
    expect([...conflict!.rules].sort()).toEqual(["BTC limit at A (tblLimits row 1)", "ETH inventory", "cover A"]);
    const changes = conflict!.repairs.map((repair) => repair.change);
    expect(changes).toContainEqual(expect.stringMatching(/^make 45,000 USDC eligible at A/));
    expect(changes).toContain("raise the BTC limit at A (tblLimits row 1) from 200,000 to 245,000 USD");
    expect(changes).toContain("agree to reduce the requirement of A by 45,000 to 455,000 USD");
    expect(changes).toContain("add 52,941.18 ETH");
    expect(run.outcome.coverage[1]!.isCovered).toBe(true);
  });

  test("a share of what is posted is raised to the least share that works", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "BTC", quantity: 1000 },
          { assetId: "ETH", quantity: 30 },
        ],
        agreements: [{ agreementId: "A", requirement: 100 }],
        eligibility: [
          { agreementId: "A", assetId: "BTC", haircut: 0 },
          { agreementId: "A", assetId: "ETH", haircut: 0 },
        ],
        limits: [{ scopeId: "A", group: "BTC", limit: 0.5 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    const [conflict] = run.outcome.conflicts;
    // 30 ETH carry at most 30 BTC at 50 %; 70 of 100 needs 70 %.
    expect(conflict!.shortfall).toBeCloseTo(40, 4);
    expect(conflict!.repairs.map((repair) => repair.change)).toContain("raise the BTC limit at A (tblLimits row 1) from 50 % to 70 %");
  });

  test("an agreement without any eligible asset says so before solving", async () => {
    const run = await runBook(smallBook({ assets, agreements: [{ agreementId: "A", requirement: 10 }], eligibility: [] }));
    expect(run.outcome.conflicts[0]!.rules).toEqual(["cover A", "no eligible asset: no eligibility rule"]);
    expect(run.outcome.conflicts[0]!.repairs.some((repair) => repair.change.startsWith("make 10 BTC eligible at A"))).toBe(true);
  });

  test("a cap on movements is named, with the least number that works", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "X", quantity: 60 },
          { assetId: "Y", quantity: 60 },
        ],
        agreements: [{ agreementId: "A", requirement: 100, maxMovements: 1 }],
        eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      }),
    );
    expect(failures(run)).toEqual([]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.shortfall).toBeCloseTo(40, 4);
    expect(conflict!.rules).toContain("cap of 1 movements at A");
    expect(conflict!.repairs.map((repair) => repair.change)).toContainEqual(expect.stringContaining("allow 2 movements instead of 1"));
  });

  test("a late asset is offered with a later settlement", async () => {
    const run = await runBook(
      smallBook({
        assets: [{ assetId: "SETH", quantity: 100, unbondHours: 48 }],
        agreements: [{ agreementId: "A", requirement: 50, deadline: "2026-01-02T12:00:00Z" }],
        eligibility: [{ agreementId: "A", assetId: "SETH", haircut: 0 }],
        settings: { asOf: "2026-01-02T00:00:00Z" },
      }),
    );
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.rules).toEqual(["cover A", "SETH at A: arrives 2026-01-04T00:00Z, after the deadline 2026-01-02T12:00:00Z"]);
    expect(conflict!.repairs.map((repair) => repair.change)).toContainEqual(expect.stringMatching(/^accept a later settlement of 50 SETH at A/));
  });
});

describe("what arrives too late", () => {
  test("is a rule by asset, place and agreement beside what is there", async () => {
    // X covers 40 of 100; the 80 BTC at Custodian A would do but arrive at 18:00 for a call due at 17:00.
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "X", quantity: 40 },
          { assetId: "BTC", quantity: 80, location: "Custodian A", settleHours: 6 },
          { assetId: "FAST", quantity: 5, settleHours: 1 },
        ],
        agreements: [{ agreementId: "CSA-7", requirement: 100, deadline: "2026-01-02T17:00:00Z" }],
        eligibility: [{ agreementId: "CSA-7", assetClass: "*", haircut: 0 }],
        settings: { asOf: "2026-01-02T12:00:00Z" },
      }),
    );
    expect(failures(run)).toEqual([]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.shortfall).toBeCloseTo(55, 6);
    expect(conflict!.rules).toEqual([
      "cover CSA-7",
      "BTC from Custodian A at CSA-7: arrives 2026-01-02T18:00Z, after the deadline 2026-01-02T17:00:00Z",
      "FAST inventory",
      "X inventory",
    ]);
    expect(conflict!.repairs.map((repair) => repair.change)).toContainEqual(
      "accept a later settlement of 55 BTC at Custodian A at CSA-7 (arrives 2026-01-02T18:00Z, after the deadline 2026-01-02T17:00:00Z)",
    );
  });

  test("is not named where it would not help, and is named with whole lots and caps on movements", async () => {
    const late = (quantity: number): ReturnType<typeof smallBook> =>
      smallBook({
        assets: [
          { assetId: "X", quantity: 40 },
          { assetId: "SLOW", quantity, settleHours: 6, lotSize: 20 },
        ],
        agreements: [{ agreementId: "A", requirement: 100, deadline: "2026-01-02T17:00:00Z", maxMovements: 2, overPostCap: 0 }],
        eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
        settings: { asOf: "2026-01-02T12:00:00Z" },
      });
    const name = "SLOW at A: arrives 2026-01-02T18:00Z, after the deadline 2026-01-02T17:00:00Z";
    // Three lots of 20 beside 40 of X cover 100.
    expect((await runBook(late(60))).outcome.conflicts[0]!.rules).toContain(name);
    // Nothing is owned of it: only the inventory of both stands in the way, and the deadline where that is more.
    const [none] = (await runBook(late(0))).outcome.conflicts;
    expect(none!.rules).not.toContain(name);
    expect(none!.rules).toContain("X inventory");
  });
});

describe("rules that conflict independently on one call", () => {
  const tight = (quantity: number, isBookTight = false): ReturnType<typeof smallBook> =>
    smallBook({
      assets: [{ assetId: "X", assetClass: "bond", quantity, location: "L" }],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetId: "X", haircut: 0 }],
      limits: [
        { scopeId: "A", limitType: "asset", group: "X", limit: 20, limitBasis: "amount" },
        { scopeId: "A", limitType: "class", group: "bond", limit: 30, limitBasis: "amount" },
        ...(isBookTight ? [{ scope: "book", scopeId: "ALL", limitType: "total", group: "", limit: 60, limitBasis: "amount" } as const] : []),
      ],
      transfers: [{ from: "L", to: "A", settleHours: 0, maxPerDay: 50 }],
    });

  test("are each listed: the limit of 20, that of 30, the route of 50, and no change of one of them cures", async () => {
    const run = await runBook(tight(1000));
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.shortfall).toBeCloseTo(80, 6);
    const sets = [conflict!.rules, ...(conflict!.further ?? [])];
    expect(sets.map((set) => set.length)).toEqual([2, 2, 2]);
    expect(sets.map((set) => set[1]).sort()).toEqual([
      "50 X a day from L to A (tblTransfers row 1)",
      "X limit at A (tblLimits row 1)",
      "bond limit at A (tblLimits row 2)",
    ]);
    expect(conflict!.mayHaveMore).toBeUndefined();
    expect(conflict!.repairs.map((repair) => repair.rule)).toEqual(["cover A"]);
  });

  test("are listed up to four, and it is said that there may be more", async () => {
    // The inventory of 40 and a limit of 60 on what the whole book may post are reasons by themselves too.
    const four = await runBook(tight(40));
    expect(four.outcome.conflicts[0]!.further).toHaveLength(3);
    expect(four.outcome.conflicts[0]!.mayHaveMore).toBeUndefined();
    const five = await runBook(tight(40, true));
    expect(five.outcome.conflicts[0]!.further).toHaveLength(3);
    expect(five.outcome.conflicts[0]!.mayHaveMore).toBe(true);
  });
});

test("where movements have switches, a limit is still among the causes: it is not hidden in the width of a switch", async () => {
  const run = await runBook(
    smallBook({
      assets: [
        { assetId: "G", quantity: 1000 },
        { assetId: "X", quantity: 30 },
      ],
      agreements: [{ agreementId: "A", requirement: 100, maxMovements: 5 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      limits: [{ scopeId: "A", group: "G", limit: 20, limitBasis: "amount" }],
    }),
  );
  // 20 of G and 30 of X: 50 are missing. With more of X they are there, and with a wider limit of G as well.
  expect(run.outcome.conflicts[0]).toMatchObject({
    shortfall: 50,
    rules: ["cover A", "G limit at A (tblLimits row 1)", "X inventory"],
  });
});

test("a requirement that marginApproach combines with another is not cured by changing its own cell", async () => {
  const run = await runBook(
    smallBook({
      assets: [{ assetId: "X", quantity: 150 }],
      agreements: [
        { agreementId: "VM", marginType: "VM", csaId: "S", marginMethod: "csa", exposure: 50, independentAmount: 100 },
        { agreementId: "IM", marginType: "IM", csaId: "S", marginApproach: "greaterOf", requirement: 120 },
      ],
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
    }),
  );
  // 50 + max(100, 120) = 170 against 150. An IM of 100 or less is still 100 together with the independent amount.
  expect(run.outcome.coverage.map(({ agreementId, required, shortfall }) => [agreementId, required, shortfall])).toEqual([
    ["IM", 120, 20],
    ["VM", 50, 0],
  ]);
  const own = run.outcome.conflicts[0]!.repairs.find((repair) => repair.rule === "cover IM");
  expect(own?.change).toBe("agree to reduce the requirement of IM by 20 to 100 USD");
  expect(own?.edits).toBeUndefined();
});

describe("the rules in the way", () => {
  test("are no other calls whose answers were only rounded", async () => {
    // B is short because of its limit; what it is short was rounded to steps of X, and that must not stand against A.
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "X", quantity: 1000, price: 3 },
          { assetId: "Y", quantity: 10 },
        ],
        agreements: [
          { agreementId: "A", requirement: 100 },
          { agreementId: "B", requirement: 100 },
        ],
        eligibility: [
          { agreementId: "A", assetId: "Y", haircut: 0 },
          { agreementId: "B", assetId: "X", haircut: 0.13 },
        ],
        limits: [{ scopeId: "B", limitType: "total", limitBasis: "amount", valueBasis: "afterHaircut", limit: 33.3333 }],
      }),
    );
    const [a] = run.outcome.conflicts;
    expect(a).toMatchObject({ agreementId: "A", rules: ["cover A", "Y inventory"] });
    expect(a!.further).toBeUndefined();
  });

  test("name what arrives too late where whole lots are in the model, too, and say which line it is", async () => {
    const run = await runBook(
      smallBook({
        assets: [
          { assetId: "X", quantity: 1000, lotSize: 10, location: "near", settleHours: 4 },
          { assetId: "X", quantity: 5, lotSize: 10, location: "far", settleHours: 4 },
        ],
        agreements: [{ agreementId: "A", requirement: 100, deadline: "2026-11-23T12:00:00.000Z", overPostCap: 0.2 }],
        eligibility: [{ agreementId: "A", assetId: "X", haircut: 0 }],
        holdings: [{ agreementId: "A", assetId: "X", location: "near", quantity: 40 }],
        settings: { asOf: "2026-11-23T10:00:00.000Z" },
      }),
    );
    const [conflict] = run.outcome.conflicts;
    expect(conflict).toMatchObject({ agreementId: "A", shortfall: expect.closeTo(60, 9) });
    // The 5 elsewhere would not be enough, even in time.
    expect(conflict!.rules).toEqual([
      "cover A",
      expect.stringMatching(/^X from near at A: arrives 2026-11-23T14:00Z, after the deadline/),
      "X at far inventory",
    ]);
  });
});

test("a repair is no better for slabs that are filled out of order: what is worth little there would hide what is too much", async () => {
  // A piece of 50 of X covers 30 * 0.9 + 20 * 0.5 = 37, which is more than may be held at a requirement of 30; put beyond its slabs it would be worth nothing.
  const run = await runBook(
    smallBook({
      assets: [{ assetId: "X", quantity: 1000 }],
      agreements: [{ agreementId: "A", requirement: 30, overPostCap: 0.1 }],
      eligibility: [{ agreementId: "A", assetId: "X", tierTable: "t" }],
      tiers: [
        { tierTable: "t", assetId: "X", upTo: 30, ratio: 0.9 },
        { tierTable: "t", assetId: "X", upTo: 1000, ratio: 0.5 },
      ],
      costs: [{ assetId: "X", agreementId: "*", minimumPiece: 50 }],
    }),
  );
  const [conflict] = run.outcome.conflicts;
  expect(conflict).toMatchObject({ shortfall: 30, rules: ["cover A", "no more than required at A", "smallest piece of X at A"] });
  // 37 / 30 - 1.
  expect(conflict!.repairs.map(({ change }) => change)).toContain("allow A to hold 23.3334 % more than required (overPostCap)");
});
