import { runBook, smallBook, type SmallBook, type SmallRun } from "../../../support/small-book";

const solved = async (tables: SmallBook): Promise<SmallRun> => {
  const run = await runBook(smallBook(tables));
  expect(run.report.checks.filter((check) => !check.passed)).toEqual([]);
  return run;
};

/** CHEAP costs 1 % a year and is at vault L, DEAR costs 5 % and is at M. */
const book = (more: Partial<SmallBook>): SmallBook => ({
  assets: [
    { assetId: "CHEAP", quantity: 100, price: 2, fundingRate: 0.01, location: "L" },
    { assetId: "DEAR", quantity: 1000, fundingRate: 0.05, location: "M" },
  ],
  agreements: [
    { agreementId: "A", requirement: 90 },
    { agreementId: "B", requirement: 60 },
  ],
  eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
  ...more,
});

describe("maxPerDay of a route", () => {
  test("counts units of each asset over all that goes the route: 30 of CHEAP are 60 USD, the rest is DEAR", async () => {
    const run = await solved(book({ transfers: [{ from: "L", to: "A", settleHours: 0, maxPerDay: 30 }] }));
    // A: 60 of CHEAP (30 units) and 30 of DEAR; B has no route with a most: 60 of CHEAP.
    expect(run.posted).toEqual({ "CHEAP>A": 30, "DEAR>A": 30, "CHEAP>B": 30 });
    // (60 + 60) * 1 % + 30 * 5 %
    expect(run.costPerYear).toBeCloseTo(1.2 + 1.5, 6);
  });

  test("of a route to every agreement holds for their sum", async () => {
    const run = await solved(book({ transfers: [{ from: "L", to: "*", settleHours: 0, maxPerDay: 40 }] }));
    expect((run.posted["CHEAP>A"] ?? 0) + (run.posted["CHEAP>B"] ?? 0)).toBeCloseTo(40, 6);
    expect(run.costPerYear).toBeCloseTo(80 * 0.01 + 70 * 0.05, 6);
  });

  test("does not count what is there already", async () => {
    const run = await solved(
      book({
        transfers: [{ from: "L", to: "A", settleHours: 0, maxPerDay: 30 }],
        holdings: [{ agreementId: "A", assetId: "CHEAP", quantity: 10, location: "L" }],
      }),
    );
    // 10 units stay, 30 more go the route: 80 USD, and 10 of DEAR.
    expect(run.posted).toEqual({ "CHEAP>A": 40, "DEAR>A": 10, "CHEAP>B": 30 });
  });

  test("leaves a call short by what the route does not carry, and names it with the number that would do", async () => {
    const run = await solved(
      book({
        assets: [{ assetId: "CHEAP", quantity: 100, price: 2, location: "L" }],
        transfers: [{ from: "L", to: "A", settleHours: 0, maxPerDay: 30 }],
      }),
    );
    expect(run.outcome.coverage.map(({ shortfall }) => Math.round(shortfall * 100) / 100)).toEqual([30, 0]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.rules).toEqual(["cover A", "30 CHEAP a day from L to A (tblTransfers row 1)"]);
    expect(conflict!.repairs.map((repair) => repair.change)).toContain(
      "raise maxPerDay from 30 to 45 (30 CHEAP a day from L to A (tblTransfers row 1))",
    );
  });
});

describe("maxMovementsPerLocation", () => {
  test("counts deliveries out of each place: the second call is served from the other one", async () => {
    const run = await solved(book({ settings: { maxMovementsPerLocation: 1 } }));
    // One movement from L: the larger call takes CHEAP. The other one takes DEAR from M.
    expect(run.posted).toEqual({ "CHEAP>A": 45, "DEAR>B": 60 });
    expect(run.costPerYear).toBeCloseTo(90 * 0.01 + 60 * 0.05, 6);
    expect(run.outcome.movements.map(({ location }) => location).sort()).toEqual(["L", "M"]);
  });

  test("counts what goes home to a place as well", async () => {
    const holdings = [{ agreementId: "B", assetId: "DEAR", quantity: 60, location: "M" }];
    const free = await solved(book({ holdings }));
    // Without a cap DEAR goes home to M and CHEAP serves both.
    expect(free.posted).toEqual({ "CHEAP>A": 45, "CHEAP>B": 30 });
    const capped = await solved(book({ holdings, settings: { maxMovementsPerLocation: 1 } }));
    // L may move once: for A, whose call is open; B keeps what it has.
    expect(capped.posted).toEqual({ "CHEAP>A": 45, "DEAR>B": 60 });
    expect(capped.outcome.movements).toHaveLength(1);
  });

  test("leaves a call short where its place is used up, and names the place", async () => {
    const run = await solved(
      book({ assets: [{ assetId: "CHEAP", quantity: 100, price: 2, location: "L" }], settings: { maxMovementsPerLocation: 1 } }),
    );
    // One movement covers the larger call of 90; 60 are missing at B.
    expect(run.outcome.coverage.map(({ shortfall }) => Math.round(shortfall * 100) / 100)).toEqual([0, 60]);
    expect(run.outcome.conflicts[0]!.rules).toContain("cap of 1 movements at location L");
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "allow 2 movements instead of 1 (cap of 1 movements at location L)",
    );
  });

  test("holds beside a cap of the whole book, whichever is tighter", async () => {
    const run = await solved(book({ settings: { maxMovementsPerLocation: 2, maxMovements: 1 } }));
    expect(run.outcome.movements).toHaveLength(1);
    expect(run.shortfall).toBeCloseTo(60, 2);
  });
});
