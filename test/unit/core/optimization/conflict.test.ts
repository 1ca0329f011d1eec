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
    expect(conflict!.rules[1]).toBe("no eligible asset arrives before the deadline");
    expect(conflict!.repairs.map((repair) => repair.change)).toContainEqual(expect.stringMatching(/^accept a later settlement of 50 SETH at A/));
  });
});

describe("rules that can never hold together", () => {
  test("are named where no minimum can give way: what cannot be recalled is above a maximum", async () => {
    const book = smallBook({
      assets: [{ assetId: "X", quantity: 100 }],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetId: "X", haircut: 0 }],
      limits: [{ scopeId: "A", group: "X", limit: 20, limitBasis: "amount" }],
      holdings: [{ agreementId: "A", assetId: "X", quantity: 30, recallableFrom: "2026-02-01" }],
      settings: { asOf: "2026-01-01" },
    });
    await expect(runBook(book)).rejects.toMatchObject({
      code: "infeasible",
      message: expect.stringMatching(/X limit at A \(tblLimits row 1\).*cannot be recalled yet|cannot be recalled yet.*X limit at A/),
    });
  });
});
