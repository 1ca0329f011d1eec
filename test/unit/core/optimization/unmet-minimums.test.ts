import type { AllocationOutcome } from "../../../../src/core/optimization/allocation-outcome";
import { checkAllocation } from "../../../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { runBook, smallBook, type SmallBook, type SmallRun } from "../../../support/small-book";

const failures = (run: SmallRun) => run.report.checks.filter((check) => !check.passed);
const solved = async (tables: SmallBook): Promise<SmallRun> => {
  const run = await runBook(smallBook(tables));
  expect(failures(run)).toEqual([]);
  return run;
};

const gold = { assetId: "GOLD", quantity: 30, fundingRate: 0.05 };
const cash = { assetId: "CASH", quantity: 1000, fundingRate: 0.01 };
const goldAndCash: SmallBook = {
  assets: [gold, cash],
  agreements: [{ agreementId: "A", requirement: 100 }],
  eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
};

describe("a hard minimum that cannot be met", () => {
  test("is not blamed on shares of what is posted that hold although some of it cannot be recalled", async () => {
    const run = await solved({
      assets: [
        { assetId: "P", quantity: 80 },
        { assetId: "Q", quantity: 80, fundingRate: 0.01 },
        { assetId: "GOLD", quantity: 0 },
      ],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [
        { agreementId: "A", assetId: "P", quantity: 10, status: "inTransitOut" },
        { agreementId: "A", assetId: "Q", quantity: 5, status: "inTransitOut" },
      ],
      limits: [
        { scopeId: "A", group: "EACH", limit: 0.5, limitBasis: "posted" },
        { scopeId: "A", group: "GOLD", direction: "min", limit: 40, limitBasis: "amount" },
      ],
    });
    // Half of each: more than half of P alone would be cheaper. Only the 40 of gold, of which there is none, are missing.
    expect(run.posted).toEqual({ "P>A": 50, "Q>A": 50 });
    expect(run.outcome.unmet).toMatchObject([{ name: "GOLD minimum at A (tblLimits row 2)", missing: 40 }]);
  });

  test("of an amount: the rest is covered, and what is missing is said in the limit's own currency", async () => {
    const run = await solved({
      ...goldAndCash,
      limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 40, limitBasis: "amount", currency: "EUR" }],
      fx: { EUR: 1.25 },
    });
    // 40 EUR = 50 USD; 30 USD of gold = 24 EUR.
    expect(run.posted).toEqual({ "CASH>A": 70, "GOLD>A": 30 });
    expect(run.outcome.coverage[0]!.isCovered).toBe(true);
    expect(run.outcome.unmet).toEqual([
      {
        kind: "limit",
        name: "GOLD minimum at A (tblLimits row 1)",
        row: 1,
        agreementId: "A",
        scope: "A",
        group: "GOLD",
        needed: 40,
        reached: expect.closeTo(24, 6),
        missing: expect.closeTo(16, 6),
        unit: "EUR",
      },
    ]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict).toMatchObject({ agreementId: "A", minimum: "GOLD minimum at A (tblLimits row 1)", shortfall: expect.closeTo(16, 6) });
    expect(conflict!.rules).toEqual(["GOLD minimum at A (tblLimits row 1)", "GOLD inventory"]);
    expect(conflict!.repairs.map((repair) => repair.change)).toEqual([
      "add 20 GOLD",
      "lower the GOLD minimum at A (tblLimits row 1) from 40 to 24 EUR",
    ]);
  });

  test("of a share of the requirement and after haircut: the text names the share to write", async () => {
    const run = await solved({
      ...goldAndCash,
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0.1 }],
      limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 0.5, limitBasis: "requirement", valueBasis: "afterHaircut" }],
    });
    expect(run.outcome.unmet).toMatchObject([{ needed: 50, reached: expect.closeTo(27, 6), missing: expect.closeTo(23, 6), unit: "USD" }]);
    const changes = run.outcome.conflicts[0]!.repairs.map((repair) => repair.change);
    expect(changes).toContain("lower the GOLD minimum at A (tblLimits row 1) from 50 % to 27 %");
    expect(changes).toContain("add 25.556 GOLD");
  });

  test("of a share is said in the currency of its agreement, and in the base currency over several", async () => {
    const limit = { group: "GOLD", direction: "min", limit: 0.5, limitBasis: "requirement", valueBasis: "afterHaircut" } as const;
    const inEuro: SmallBook = { ...goldAndCash, agreements: [{ agreementId: "A", currency: "EUR", requirement: 80 }], fx: { EUR: 1.25 } };
    const one = await solved({ ...inEuro, limits: [{ ...limit, scopeId: "A" }] });
    // Half of 80 EUR; 30 USD of gold are 24 EUR.
    expect(one.outcome.unmet).toMatchObject([{ needed: 40, reached: expect.closeTo(24, 6), missing: expect.closeTo(16, 6), unit: "EUR" }]);
    expect(one.outcome.conflicts[0]).toMatchObject({ shortfall: expect.closeTo(16, 6), currency: "EUR" });
    expect(one.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "lower the GOLD minimum at A (tblLimits row 1) from 50 % to 30 %",
    );
    const otherCase = await solved({ ...inEuro, limits: [{ ...limit, scopeId: " a" }] });
    expect(otherCase.outcome.unmet).toMatchObject([{ needed: 40, unit: "EUR" }]);
    const agreements = [...inEuro.agreements, { agreementId: "B", requirement: 40 }];
    const eligibility = [{ agreementId: "*", assetClass: "*", haircut: 0 }];
    const both = await solved({ ...inEuro, agreements, eligibility, limits: [{ ...limit, scope: "book", scopeId: "ALL" }] });
    // Half of 100 + 40 USD.
    expect(both.outcome.unmet).toMatchObject([{ needed: 70, reached: expect.closeTo(30, 6), unit: "USD" }]);
  });

  test("is missed by as little as possible, not dropped, and comes before soft limits and cost", async () => {
    const run = await solved({
      ...goldAndCash,
      limits: [
        { scopeId: "A", group: "GOLD", direction: "min", limit: 50, limitBasis: "amount" },
        { scopeId: "A", group: "GOLD", limit: 10, limitBasis: "amount", hardOrSoft: "soft" },
      ],
    });
    expect(run.posted["GOLD>A"]).toBeCloseTo(30, 6);
  });

  test("gives way to a call that needs the same asset", async () => {
    const run = await solved({
      assets: [gold, cash],
      agreements: [
        { agreementId: "A", requirement: 100 },
        { agreementId: "B", requirement: 20 },
      ],
      eligibility: [
        { agreementId: "A", assetClass: "*", haircut: 0 },
        { agreementId: "B", assetId: "GOLD", haircut: 0 },
      ],
      limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 50, limitBasis: "amount" }],
    });
    expect(run.posted).toEqual({ "CASH>A": 90, "GOLD>A": 10, "GOLD>B": 20 });
    expect(run.outcome.unmet).toMatchObject([{ needed: 50, reached: 10, missing: 40 }]);
    expect([...run.outcome.conflicts[0]!.rules].sort()).toEqual(["GOLD inventory", "GOLD minimum at A (tblLimits row 1)"]);
  });

  test("that can be met stays hard: a call is short before it is broken", async () => {
    const run = await solved({ ...goldAndCash, limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 0.5 }] });
    // 30 of gold carry at most 30 of cash.
    expect(run.posted).toEqual({ "CASH>A": 30, "GOLD>A": 30 });
    expect(run.outcome.unmet).toEqual([]);
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "lower the GOLD minimum at A (tblLimits row 1) from 50 % to 30 %",
    );
  });

  test("never breaks a maximum, and names it", async () => {
    const run = await solved({
      ...goldAndCash,
      assets: [{ ...gold, quantity: 500 }, cash],
      limits: [
        { scopeId: "A", group: "GOLD", direction: "min", limit: 50, limitBasis: "amount" },
        { scope: "book", scopeId: "ALL", group: "GOLD", limit: 20, limitBasis: "amount" },
      ],
    });
    expect(run.posted).toEqual({ "CASH>A": 80, "GOLD>A": 20 });
    expect(run.outcome.conflicts[0]!.rules).toEqual(["GOLD minimum at A (tblLimits row 1)", "GOLD limit over the book (tblLimits row 2)"]);
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "raise the GOLD limit over the book (tblLimits row 2) from 20 to 50 USD",
    );
  });

  test("beyond what an agreement may hold names that", async () => {
    const run = await solved({
      ...goldAndCash,
      assets: [{ ...gold, quantity: 500 }, cash],
      limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 150, limitBasis: "amount" }],
    });
    expect(run.posted).toEqual({ "GOLD>A": 100 });
    expect(run.outcome.conflicts[0]!.rules).toEqual(["GOLD minimum at A (tblLimits row 1)", "no more than required at A"]);
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain("allow A to hold 50 % more than required (overPostCap)");
  });

  test("of two that cannot both hold, both give way and the sum of what is missing is least", async () => {
    const run = await solved({
      assets: [gold, cash],
      agreements: ["A", "B"].map((agreementId) => ({ agreementId, requirement: 100 })),
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
      limits: [{ scopeId: "EACH", group: "GOLD", direction: "min", limit: 20, limitBasis: "amount" }],
    });
    expect((run.posted["GOLD>A"] ?? 0) + (run.posted["GOLD>B"] ?? 0)).toBeCloseTo(30, 6);
    expect(run.outcome.unmet!.reduce((sum, one) => sum + one.missing, 0)).toBeCloseTo(10, 6);
    expect(run.outcome.coverage.every((line) => line.isCovered)).toBe(true);
  });

  test("of the issue is counted in units", async () => {
    const run = await solved({
      ...goldAndCash,
      assets: [{ ...gold, price: 2, outstanding: 100 }, cash],
      limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 0.4, limitBasis: "issue" }],
    });
    expect(run.outcome.unmet).toMatchObject([{ needed: 40, reached: 30, missing: 10, unit: "GOLD" }]);
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain(
      "lower the GOLD minimum at A (tblLimits row 1) from 40 % to 30 %",
    );
  });
});

describe("the liquidity buffer", () => {
  const book = (quantity: number): SmallBook => ({
    assets: [
      { assetId: "BILL", quantity, hqlaClass: "1" },
      { assetId: "CASH", quantity: 60, fundingRate: 0.05 },
    ],
    agreements: [{ agreementId: "A", requirement: 100 }],
    eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
    settings: { liquidityBuffer: 500 },
  });

  test("that is out of reach gives way to calls, and is missed by no more than they need", async () => {
    const run = await solved(book(450));
    expect(run.posted).toEqual({ "BILL>A": 40, "CASH>A": 60 });
    expect(run.outcome.unmet).toMatchObject([{ kind: "buffer", name: "liquidity buffer of 500 USD", needed: 500, reached: 410, missing: 90 }]);
    const [conflict] = run.outcome.conflicts;
    expect(conflict!.rules[0]).toBe("liquidity buffer of 500 USD");
    expect(conflict!.repairs.map((repair) => repair.change)).toContain("lower the liquidity buffer by 90 to 410 USD");
  });

  test("that can be kept stays", async () => {
    const run = await solved(book(500));
    expect(run.posted).toEqual({ "CASH>A": 60 });
    expect(run.outcome.conflicts[0]!.repairs.map((repair) => repair.change)).toContain("lower the liquidity buffer by 40 to 460 USD");
  });
});

describe("pins that cannot be met", () => {
  const pinned = (pins: NonNullable<SmallBook["pins"]>, more: Partial<SmallBook> = {}) => solved({ ...goldAndCash, pins, ...more });

  test("above the inventory: all there is, the rest is missing", async () => {
    const run = await pinned([{ agreementId: "A", assetId: "GOLD", action: "pin", quantity: 45 }]);
    expect(run.posted).toEqual({ "CASH>A": 70, "GOLD>A": 30 });
    expect(run.outcome.unmet).toMatchObject([{ kind: "pin", needed: 45, reached: 30, missing: 15, unit: "GOLD" }]);
    expect(run.outcome.conflicts[0]!.rules).toEqual(["pin GOLD at A (tblPins row 1)", "GOLD inventory"]);
  });

  test("on what is not eligible there: the run goes on and names the reason", async () => {
    const run = await pinned([{ agreementId: "A", assetId: "GOLD", action: "atLeast", quantity: 5 }], {
      eligibility: [{ agreementId: "A", assetId: "CASH", haircut: 0 }],
    });
    expect(run.posted).toEqual({ "CASH>A": 100 });
    expect(run.outcome.unmet).toMatchObject([{ kind: "pin", needed: 5, reached: 0, missing: 5 }]);
    expect(run.outcome.conflicts[0]!.rules).toEqual(["atLeast GOLD at A (tblPins row 1)", "GOLD is not eligible at A: no eligibility rule"]);
  });

  test("against each other: what one allows at most is never exceeded", async () => {
    const run = await pinned([
      { agreementId: "A", assetId: "GOLD", action: "atLeast", quantity: 20 },
      { agreementId: "A", assetId: "GOLD", action: "atMost", quantity: 12 },
    ]);
    expect(run.posted).toEqual({ "CASH>A": 88, "GOLD>A": 12 });
    expect(run.outcome.unmet).toMatchObject([{ name: "atLeast GOLD at A (tblPins row 1)", needed: 20, reached: 12, missing: 8 }]);
  });

  test("on part of a lot: the lots that fit", async () => {
    const run = await pinned([{ agreementId: "A", assetId: "GOLD", action: "pin", quantity: 25 }], { assets: [{ ...gold, lotSize: 10 }, cash] });
    expect(run.posted["GOLD>A"]).toBe(20);
    expect(run.outcome.unmet).toMatchObject([{ needed: 25, reached: 20, missing: 5 }]);
  });

  test("for every agreement hold at each of them", async () => {
    const run = await solved({
      assets: [gold, cash],
      agreements: ["A", "B"].map((agreementId) => ({ agreementId, requirement: 100 })),
      eligibility: [{ agreementId: "*", assetClass: "*", haircut: 0 }],
      pins: [{ agreementId: "*", assetId: "GOLD", action: "pin", quantity: 10 }],
    });
    expect(run.posted).toEqual({ "CASH>A": 90, "CASH>B": 90, "GOLD>A": 10, "GOLD>B": 10 });
  });
});

describe("the checker and minimums that are not met", () => {
  const book = smallBook({ ...goldAndCash, limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 50, limitBasis: "amount" }] });
  const requirements = calculateRequirements(book).value;
  const failed = async (change: (unmet: NonNullable<AllocationOutcome["unmet"]>) => AllocationOutcome["unmet"], of = book): Promise<string[]> => {
    const { outcome } = await runBook(of);
    return checkAllocation(of, requirements, { ...outcome, unmet: change(outcome.unmet ?? [])! })
      .checks.filter((check) => !check.passed)
      .map((check) => check.rule);
  };

  test("refuses one that the outcome does not declare", async () => expect(await failed(() => [])).toEqual(["Concentration limits"]));
  test("refuses one declared too small", async () =>
    expect(await failed(([one]) => [{ ...one!, reached: 40, missing: 10 }])).toEqual(["Minimums not met"]));
  test("refuses one declared in another unit", async () => expect(await failed(([one]) => [{ ...one!, unit: "EUR" }])).toEqual(["Minimums not met"]));
  test("refuses a declaration of what is met", async () => {
    const met = smallBook({ ...goldAndCash, limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 20, limitBasis: "amount" }] });
    const told = {
      kind: "limit",
      name: "x",
      row: 1,
      agreementId: "A",
      scope: "A",
      group: "GOLD",
      needed: 20,
      reached: 10,
      missing: 10,
      unit: "USD",
    } as const;
    expect(await failed(() => [told], met)).toEqual(["Minimums not met"]);
  });
  test("never takes a declaration for a maximum", async () => {
    const capped = smallBook({ ...goldAndCash, limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 25, limitBasis: "amount" }] });
    const { outcome } = await runBook(capped);
    const told = {
      kind: "limit",
      name: "x",
      row: 1,
      agreementId: "A",
      scope: "A",
      group: "GOLD",
      needed: 10,
      reached: 25,
      missing: -15,
      unit: "USD",
    } as const;
    const lower = { ...capped, limits: capped.limits.map((row) => ({ ...row, direction: "max" as const, limit: 10 })) };
    const rules = checkAllocation(lower, requirements, { ...outcome, unmet: [told] }).checks.filter((check) => !check.passed);
    expect(rules.map((check) => check.rule)).toContain("Concentration limits");
  });
});

describe("a maximum that what is locked exceeds", () => {
  test("stops nothing beside a minimum that could not hold either: both are declared", async () => {
    const run = await solved({
      assets: [{ ...gold, hqlaClass: "1" }, cash],
      agreements: [{ agreementId: "A", requirement: 100, overPostCap: 0.1, maxMovements: 1 }],
      eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
      holdings: [{ agreementId: "A", assetId: "CASH", quantity: 60, status: "inTransitOut" }],
      limits: [{ scopeId: "A", group: "CASH", limit: 50, limitBasis: "amount" }],
      settings: { liquidityBuffer: 1_000_000 },
    });
    // 60 of cash are on their way to A, where at most 50 may be; the buffer cannot hold at all, but it would give way.
    expect(run.outcome.exceeded).toMatchObject([{ name: "CASH limit at A (tblLimits row 1)", allowed: 50, posted: 60 }]);
    expect(run.outcome.unmet).toMatchObject([{ kind: "buffer" }]);
    expect(run.posted).toEqual({ "CASH>A": 60, "GOLD>A": 30 });
  });
});
