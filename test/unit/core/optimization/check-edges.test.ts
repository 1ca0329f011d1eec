import type { AllocationOutcome, RuleCheck } from "../../../../src/core/optimization/allocation-outcome";
import { checkAllocation } from "../../../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** Runs a book and answers what the checker says of a rule after one line has been changed by hand. */
const judge = async (tables: SmallBook) => {
  const book = smallBook(tables);
  const { outcome, report } = await runBook(book);
  expect(report.checks.filter((check) => !check.passed)).toEqual([]);
  const ruleOf = (rule: string, changed: AllocationOutcome): RuleCheck =>
    checkAllocation(book, calculateRequirements(book).value, changed).checks.find((check) => check.rule === rule)!;
  /** The line of an asset with another quantity, consistently; 0 takes it away. */
  const withQuantity = (assetId: string, quantity: number): AllocationOutcome => ({
    ...outcome,
    lines: outcome.lines.flatMap((line) => {
      if (line.assetId !== assetId) return [line];
      const factor = quantity / line.quantity;
      const scaled = { quantity, marketValue: line.marketValue * factor, collateralValue: line.collateralValue * factor };
      return quantity === 0 ? [] : [{ ...line, ...scaled }];
    }),
    inventory: outcome.inventory.map((line) => (line.assetId === assetId ? { ...line, used: quantity } : line)),
  });
  return { outcome, ruleOf, withQuantity };
};

const limited = (limit: number, requirement: number): SmallBook => ({
  assets: [
    { assetId: "P", quantity: 1e12, fundingRate: 0.01 },
    { assetId: "Q", quantity: 1e12, fundingRate: 0.02 },
  ],
  agreements: [{ agreementId: "A", requirement }],
  eligibility: [
    { agreementId: "A", assetId: "P", haircut: 0 },
    { agreementId: "A", assetId: "Q", haircut: 0 },
  ],
  limits: [{ scopeId: "A", group: "P", limit, limitBasis: "amount" }],
});

describe("how far a limit may be exceeded by rounding", () => {
  it("two cents for the limit and for each of two lines: 0.06", async () => {
    const { ruleOf, withQuantity } = await judge(limited(60, 100));
    expect(ruleOf("Concentration limits", withQuantity("P", 60.059)).passed).toBe(true);
    expect(ruleOf("Concentration limits", withQuantity("P", 60.061))).toMatchObject({ passed: false, detail: "tblLimits row 1 at A: P" });
  });

  it("a billionth of what is posted there, where that is more: 100 of 1e11", async () => {
    const { ruleOf, withQuantity } = await judge(limited(6e10, 1e11));
    expect(ruleOf("Concentration limits", withQuantity("P", 6e10 + 99)).passed).toBe(true);
    expect(ruleOf("Concentration limits", withQuantity("P", 6e10 + 101)).passed).toBe(false);
  });
});

describe("groups without a line", () => {
  const classes = (limits: SmallBook["limits"]): SmallBook => ({
    assets: [
      { assetId: "P", assetClass: "bond", quantity: 100, outstanding: 1_000, fundingRate: 0.01 },
      { assetId: "Q", assetClass: "coin", quantity: 100, outstanding: 1_000, fundingRate: 0.02 },
      { assetId: "R", assetClass: "gold", quantity: 100, outstanding: 1_000, fundingRate: 0.03 },
    ],
    agreements: [{ agreementId: "A", requirement: 50 }],
    eligibility: [
      { agreementId: "A", assetId: "P", haircut: 0 },
      { agreementId: "A", assetId: "Q", haircut: 0 },
    ],
    limits: limits ?? [],
  });

  it("break no maximum, and are counted", async () => {
    const { outcome, ruleOf } = await judge(classes([{ limitType: "class", limit: 1, limitBasis: "requirement" }]));
    expect(outcome.lines.map((line) => line.assetId)).toEqual(["P"]);
    // bond, coin and gold at A.
    expect(ruleOf("Concentration limits", outcome)).toMatchObject({ count: 3, passed: true, largestViolation: 0, detail: "" });
  });

  it("break a minimum, but where it is about EACH only if something of the group is eligible there", async () => {
    const { outcome, ruleOf, withQuantity } = await judge(classes([{ limitType: "class", direction: "min", limit: 0.2, limitBasis: "requirement" }]));
    expect(Object.fromEntries(outcome.lines.map((line) => [line.assetId, line.quantity]))).toEqual({ P: 40, Q: 10 });
    // Gold is not eligible at A: bond and coin are asked.
    expect(ruleOf("Concentration limits", outcome)).toMatchObject({ count: 2, passed: true });
    expect(ruleOf("Concentration limits", withQuantity("Q", 0))).toMatchObject({
      passed: false,
      largestViolation: 10,
      detail: "tblLimits row 1 at A: coin",
    });
  });

  it("break a minimum that names them", async () => {
    const { ruleOf, withQuantity } = await judge(
      classes([{ scopeId: "A", limitType: "class", group: "coin", direction: "min", limit: 10, limitBasis: "amount" }]),
    );
    expect(ruleOf("Concentration limits", withQuantity("Q", 0))).toMatchObject({ passed: false, largestViolation: 10 });
  });
});

describe("how far a movement may be off", () => {
  it.each([
    // units posted, units that a billionth of them is; below one unit a billionth of one.
    ["of a million", 1e6, 1e-3],
    ["of half a unit", 0.5, 1e-9],
  ])("a billionth %s", async (_title, units, billionth) => {
    const { outcome, ruleOf } = await judge({
      assets: [{ assetId: "P", quantity: 1e6, price: 100 }],
      agreements: [{ agreementId: "A", requirement: units * 100 }],
      eligibility: [{ agreementId: "A", assetId: "P", haircut: 0 }],
    });
    const off = (by: number): AllocationOutcome => ({
      ...outcome,
      movements: outcome.movements.map((movement) => ({ ...movement, quantity: movement.quantity + by })),
    });
    expect(ruleOf("Movements reconcile", off(0.9 * billionth)).passed).toBe(true);
    expect(ruleOf("Movements reconcile", off(1.1 * billionth)).passed).toBe(false);
  });

  it("of what stood there, where everything comes back", async () => {
    const { outcome, ruleOf } = await judge({
      assets: [{ assetId: "P", quantity: 1e6, price: 100 }],
      agreements: [{ agreementId: "A", requirement: 0 }],
      eligibility: [{ agreementId: "A", assetId: "P", haircut: 0 }],
      holdings: [{ agreementId: "A", assetId: "P", quantity: 1e6 }],
    });
    const off = (by: number): AllocationOutcome => ({
      ...outcome,
      movements: outcome.movements.map((movement) => ({ ...movement, quantity: movement.quantity + by })),
    });
    expect(outcome.movements).toMatchObject([{ action: "Return", quantity: 1e6 }]);
    expect(ruleOf("Movements reconcile", off(0.9e-3)).passed).toBe(true);
    expect(ruleOf("Movements reconcile", off(1.1e-3)).passed).toBe(false);
  });
});

describe("what counts towards a limit", () => {
  const twoCalls: SmallBook = {
    assets: [
      {
        assetId: "P",
        quantity: 500,
        location: "vault",
        assetClass: "bond",
        issuer: "ACME",
        issuerCountry: "DE",
        sector: "energy",
        fundingRate: 0.01,
      },
      { assetId: "Q", quantity: 500, location: "bank", fundingRate: 0.02 },
    ],
    agreements: [
      { agreementId: "A", counterparty: "BANK", requirement: 100 },
      { agreementId: "B", requirement: 50 },
      { agreementId: "C1", csaId: "K", requirement: 25 },
      { agreementId: "C2", csaId: "K", requirement: 45 },
    ],
    eligibility: [
      { agreementId: "*", assetId: "P", haircut: 0 },
      { agreementId: "*", assetId: "Q", haircut: 0 },
    ],
  };
  /** More of P than any of the limits allows, in every line. */
  const factor = 3;
  it.each<[string, NonNullable<SmallBook["limits"]>[number], string]>([
    ["an issuer, where no group is named", { limitType: "issuerGroup", group: "acme", limit: 60 }, " at A: acme"],
    ["a country", { limitType: "country", group: "DE", limit: 60 }, " at A: DE"],
    ["a sector", { limitType: "sector", group: "Energy", limit: 60 }, " at A: Energy"],
    ["a class", { limitType: "class", group: "bond", limit: 60 }, " at A: bond"],
    ["a currency", { limitType: "currency", group: "usd", limit: 100 }, " at A: usd"],
    ["everything together", { limitType: "total", limit: 100 }, " at A"],
    ["a place", { scope: "location", scopeId: "vault", limitType: "total", limit: 120 }, " at vault"],
    ["a counterparty, where no group is named", { scope: "counterpartyGroup", scopeId: "bank", group: "P", limit: 60 }, " at bank: P"],
    ["an agreement, where no counterparty is named", { scope: "counterpartyGroup", scopeId: "B", group: "P", limit: 30 }, " at B: P"],
    ["an agreement of no counterparty", { scope: "counterparty", scopeId: "B", group: "P", limit: 30 }, " at B: P"],
    ["an agreement of no CSA", { scope: "csa", scopeId: "A", group: "P", limit: 60 }, " at A: P"],
    ["two agreements of one CSA", { scope: "csa", scopeId: "K", group: "P", limit: 60 }, " at K: P"],
    ["the whole book", { scope: "book", scopeId: "ALL", group: "P", limit: 120 }, ": P"],
  ])("%s", async (_title, limit, where) => {
    const { outcome, ruleOf } = await judge({ ...twoCalls, limits: [{ scopeId: "A", limitBasis: "amount", ...limit }] });
    expect(outcome.lines.reduce((sum, line) => sum + line.quantity, 0)).toBeCloseTo(220, 6);
    const grown = outcome.lines.map((line) => (line.assetId === "P" ? { ...line, quantity: factor * line.quantity } : line));
    expect(ruleOf("Concentration limits", { ...outcome, lines: grown })).toMatchObject({ passed: false, detail: `tblLimits row 1${where}` });
  });
});

describe("what may be posted", () => {
  const stock = (more: Partial<SmallBook>): SmallBook => ({
    assets: [
      { assetId: "P", quantity: 100, reserved: 30, fundingRate: 0.01 },
      { assetId: "Q", quantity: 500, fundingRate: 0.02 },
    ],
    agreements: [
      { agreementId: "A", requirement: 150 },
      { agreementId: "R", requirement: 0, reuseShare: 0.5 },
    ],
    eligibility: [
      { agreementId: "A", assetId: "P", haircut: 0 },
      { agreementId: "A", assetId: "Q", haircut: 0 },
    ],
    ...more,
  });
  it.each<[string, SmallBook, number]>([
    [
      "what is on its way back counts towards the reserve",
      stock({ holdings: [{ agreementId: "R", assetId: "P", quantity: 20, status: "inTransitBack" }] }),
      70,
    ],
    ["more on its way back than is reserved", stock({ holdings: [{ agreementId: "R", assetId: "P", quantity: 45, status: "inTransitBack" }] }), 55],
    ["what is in dispute is away", stock({ holdings: [{ agreementId: "R", assetId: "P", quantity: 10, status: "disputed" }] }), 60],
    [
      "half of what was received and has settled",
      stock({
        holdings: [
          { agreementId: "R", assetId: "P", quantity: 40, direction: "received" },
          { agreementId: "R", assetId: "P", quantity: 10, direction: "received", reusable: false },
          { agreementId: "R", assetId: "P", quantity: 14, direction: "received", status: "inTransitOut" },
        ],
      }),
      90,
    ],
    [
      "free stock, and what is posted or on its way",
      stock({
        settings: { quantityBasis: "free", sameDayReuse: true },
        holdings: [
          { agreementId: "A", assetId: "P", quantity: 20 },
          { agreementId: "R", assetId: "P", quantity: 5, status: "inTransitBack" },
        ],
      }),
      95,
    ],
  ])("%s", async (_title, tables, most) => {
    const { outcome, ruleOf, withQuantity } = await judge(tables);
    expect(outcome.lines.find((line) => line.assetId === "P")?.quantity).toBeCloseTo(most, 6);
    expect(ruleOf("Inventory and reserve", withQuantity("P", most + 0.5)).passed).toBe(false);
  });
});

describe("how far a call may be short and still be covered", () => {
  it.each([
    // Missing, what the outcome says, whether the checker believes it.
    ["0.009 as covered", 0.009, true, true],
    ["0.011 as covered", 0.011, true, false],
    ["0.011 as short", 0.011, false, true],
    ["0.004 as short", 0.004, false, false],
  ])("%s", async (_title, missing, isCovered, passed) => {
    const { outcome, ruleOf, withQuantity } = await judge({
      assets: [{ assetId: "P", quantity: 500 }],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetId: "P", haircut: 0 }],
    });
    const less = withQuantity("P", 100 - missing);
    const told = outcome.coverage.map((line) => ({ ...line, posted: 100 - missing, shortfall: missing, isCovered }));
    expect(ruleOf("Coverage", { ...less, coverage: told }).passed).toBe(passed);
  });
});

describe("a minimum that is said to be missed", () => {
  it.each([
    ["as it is", {}, true],
    ["by too little", { missing: 5 }, false],
    ["with another need", { needed: 11, missing: 7 }, false],
    ["with more of it there", { reached: 5, missing: 5 }, false],
    ["in another unit", { unit: "EUR" }, false],
    ["of another group", { group: "P" }, false],
    ["of another row", { row: 2 }, false],
  ])("%s", async (_title, change, passed) => {
    const { outcome, ruleOf } = await judge({
      assets: [
        { assetId: "P", quantity: 500, fundingRate: 0.01 },
        { assetId: "Q", quantity: 4, fundingRate: 0.02 },
      ],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [
        { agreementId: "A", assetId: "P", haircut: 0 },
        { agreementId: "A", assetId: "Q", haircut: 0 },
      ],
      limits: [{ scopeId: "A", group: "Q", direction: "min", limit: 10, limitBasis: "amount" }],
    });
    expect(outcome.unmet).toMatchObject([{ row: 1, group: "Q", needed: 10, reached: 4, missing: 6, unit: "USD" }]);
    const told = { ...outcome, unmet: outcome.unmet!.map((one) => ({ ...one, ...change })) };
    expect(ruleOf("Minimums not met", told).passed).toBe(passed);
  });
});
