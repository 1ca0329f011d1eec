import type { AllocationOutcome } from "../../../../src/core/optimization/allocation-outcome";
import { checkAllocation } from "../../../../src/core/optimization/check-allocation";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { runBook, smallBook, type SmallBook } from "../../../support/small-book";

/** A book in which every rule that the checker knows has something to check. */
const tables: SmallBook = {
  assets: [
    { assetId: "BTC", location: "vault", quantity: 10, price: 100, fundingRate: 0.01 },
    { assetId: "BOND", quantity: 2000, lotSize: 100, reserved: 200, hqlaClass: "1", fundingRate: 0.001, assetClass: "bond" },
    { assetId: "EUR", assetClass: "cash", priceCurrency: "EUR", quantity: 500, fundingRate: 0.05 },
    { assetId: "OLD", quantity: 100, fundingRate: 0.03 },
  ],
  agreements: [
    { agreementId: "A", requirement: 700 },
    { agreementId: "V", requirement: 400, currency: "EUR" },
  ],
  eligibility: [
    { agreementId: "A", assetId: "BOND", haircut: 0.1 },
    { agreementId: "A", assetId: "EUR", haircut: 0, fxHaircut: 0.08 },
    { agreementId: "V", assetId: "BTC", tierTable: "t" },
    { agreementId: "V", assetId: "EUR", haircut: 0 },
  ],
  tiers: [
    { tierTable: "t", assetId: "BTC", upTo: 2, ratio: 0.9 },
    { tierTable: "t", assetId: "BTC", upTo: Infinity, ratio: 0.5 },
  ],
  limits: [{ scopeId: "A", limitType: "class", group: "bond", limit: 0.8, valueBasis: "afterHaircut" }],
  holdings: [
    { agreementId: "A", assetId: "OLD", quantity: 50 },
    { agreementId: "A", assetId: "EUR", quantity: 20 },
  ],
  costs: [{ assetId: "*", deliverRate: 0.0001, recallRate: 0.0002, deliverFixed: 0.01, recallFixed: 0.01 }],
  pins: [{ agreementId: "A", assetId: "EUR", action: "atLeast", quantity: 30 }],
  fx: { EUR: 1.1 },
  settings: { liquidityBuffer: 900, maxMovements: 20 },
};

type Mutable<T> = T extends readonly (infer U)[] ? Mutable<U>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** Every check that a change of the outcome must break. */
const faults: readonly (readonly [string, string, (outcome: Mutable<AllocationOutcome>) => void])[] = [
  ["more units posted than owned", "Inventory and reserve", (o) => (line(o, "BTC", "V").quantity = 11)],
  ["the reserve posted", "Inventory and reserve", (o) => (line(o, "BOND", "A").quantity = 1900)],
  ["used units written wrongly", "Inventory and reserve", (o) => (o.inventory[0]!.used += 1)],
  ["a quantity below zero", "Quantities at least 0", (o) => (line(o, "BTC", "V").quantity *= -1)],
  ["a line twice", "Quantities at least 0", (o) => o.lines.push({ ...o.lines[0]! })],
  ["an asset that is not eligible", "Eligibility", (o) => Object.assign(line(o, "BTC", "V"), { agreementId: "A" })],
  ["an asset that is not in the tables", "Eligibility", (o) => Object.assign(o.lines[0]!, { inventoryKey: "GHOST||", assetId: "GHOST" })],
  ["a haircut left out", "Haircut", (o) => Object.assign(line(o, "BOND", "A"), { haircut: 0, collateralValue: line(o, "BOND", "A").marketValue })],
  ["the FX haircut left out", "Haircut", (o) => Object.assign(line(o, "EUR", "A"), { haircut: 0, collateralValue: line(o, "EUR", "A").marketValue })],
  [
    "every coin at the best slab",
    "Haircut",
    (o) => Object.assign(line(o, "BTC", "V"), { haircut: 0.1, collateralValue: line(o, "BTC", "V").marketValue * 0.9 }),
  ],
  ["a market value at another price", "Market value", (o) => (line(o, "BTC", "V").marketValue *= 1.01)],
  ["a cost at another rate", "Cost", (o) => Object.assign(line(o, "BTC", "V"), { carryRate: 0.02, costPerDay: line(o, "BTC", "V").costPerDay * 2 })],
  ["a total cost that is no total", "Cost", (o) => (o.costPerDay += 1)],
  ["a part of a lot", "Lots", (o) => (line(o, "BOND", "A").quantity -= 50)],
  ["a lower requirement", "Requirement", (o) => (o.coverage[0]!.required -= 1)],
  ["posted value that is no sum", "Coverage", (o) => (o.coverage[0]!.posted += 1)],
  ["a hidden shortfall", "Coverage", (o) => o.lines.splice(o.lines.indexOf(line(o, "BTC", "V")), 1)],

  ["an agreement missing", "Coverage", (o) => o.coverage.pop()],
  ["an excess beyond the cap", "Over-posting", (o) => grow(o, "BTC", "V", 9)],
  ["a limit broken", "Concentration limits", (o) => grow(o, "BOND", "A", 1800)],
  ["a pin not kept", "Pins", (o) => (line(o, "EUR", "A").quantity = 10)],
  ["a movement missing", "Movements reconcile", (o) => o.movements.splice(0, 1)],
  ["a movement too large", "Movements reconcile", (o) => (o.movements[0]!.quantity += 1)],
  ["a movement that costs nothing", "Movement cost", (o) => (o.movements[0]!.cost = 0)],
  ["too many movements", "Movement caps", (o) => o.movements.push(...Array.from({ length: 20 }, () => ({ ...o.movements[0]! })))],
  ["the buffer posted", "Liquidity buffer", (o) => (line(o, "BOND", "A").quantity = 1800)],
];

const line = (outcome: Mutable<AllocationOutcome>, assetId: string, agreementId: string) => {
  const found = outcome.lines.find((candidate) => candidate.assetId === assetId && candidate.agreementId === agreementId);
  if (found === undefined) throw new Error(`${assetId} is not posted at ${agreementId}`);
  return found;
};

/** Raises a line consistently, so that only sums and rules can show it. */
const grow = (outcome: Mutable<AllocationOutcome>, assetId: string, agreementId: string, quantity: number): void => {
  const grown = line(outcome, assetId, agreementId);
  const factor = quantity / grown.quantity;
  Object.assign(grown, {
    quantity,
    marketValue: grown.marketValue * factor,
    collateralValue: grown.collateralValue * factor,
    costPerDay: grown.costPerDay * factor,
  });
};

describe("the independent checker", () => {
  const book = smallBook(tables);
  const requirements = calculateRequirements(book).value;
  let good: AllocationOutcome;
  beforeAll(async () => {
    good = (await runBook(book)).outcome;
  });
  const broken = (change: (outcome: Mutable<AllocationOutcome>) => void): string[] => {
    const copy = structuredClone(good) as Mutable<AllocationOutcome>;
    change(copy);
    return checkAllocation(book, requirements, copy as AllocationOutcome)
      .checks.filter((check) => !check.passed)
      .map((check) => check.rule);
  };

  test("passes what the optimizer found, with something to check in every rule", () => {
    const report = checkAllocation(book, requirements, good);
    expect(report.checks.filter((check) => !check.passed)).toEqual([]);
    expect(report.passed).toBe(true);
    const idle = report.checks.filter((check) => check.count === 0).map((check) => check.rule);
    expect(idle).toEqual(["Soft limits", "Smallest pieces", "Minimums not met"]);
  });

  test.each(faults)("sees %s", (_, rule, change) => {
    expect(broken(change)).toContain(rule);
  });

  test("counts a debt only where it is owed, and leaves what is locked and not eligible out of the movements", async () => {
    const owing = smallBook({
      assets: [
        { assetId: "CASH", quantity: 10_000 },
        { assetId: "BTC", quantity: 10, price: 100 },
        { assetId: "OLD", quantity: 50 },
      ],
      agreements: [
        { agreementId: "A", requirement: 500 },
        { agreementId: "V", requirement: 300 },
      ],
      eligibility: [
        { agreementId: "*", assetId: "CASH", haircut: 0 },
        { agreementId: "V", assetId: "BTC", haircut: 0 },
      ],
      holdings: [
        { agreementId: "V", assetId: "BTC", quantity: -2 },
        { agreementId: "A", assetId: "CASH", quantity: 100 },
        { agreementId: "A", assetId: "OLD", quantity: 50, recallableFrom: "2026-02-01" },
      ],
      settings: { asOf: "2026-01-01" },
    });
    const { outcome, report } = await runBook(owing);
    expect(report.checks.filter((check) => !check.passed)).toEqual([]);
    // 300 and two coins of 100 that are owed there; nothing is owed at A.
    expect(outcome.coverage.map(({ agreementId, required }) => [agreementId, required])).toEqual([
      ["A", 500],
      ["V", 500],
    ]);
    expect(outcome.movements.some(({ inventoryKey }) => inventoryKey.startsWith("OLD"))).toBe(false);
  });

  test("sees a call shown as covered that is not, even when the sums agree", async () => {
    const poor = smallBook({
      assets: [{ assetId: "X", quantity: 60 }],
      agreements: [{ agreementId: "A", requirement: 100 }],
      eligibility: [{ agreementId: "A", assetId: "X", haircut: 0 }],
    });
    const { outcome, report } = await runBook(poor);
    expect(report.passed).toBe(true);
    const lie = { ...outcome, coverage: outcome.coverage.map((entry) => ({ ...entry, isCovered: true })) };
    expect(checkAllocation(poor, calculateRequirements(poor).value, lie).passed).toBe(false);
  });

  test("sees numbers that are no numbers", () => {
    expect(broken((o) => (line(o, "BTC", "V").collateralValue = NaN))).toEqual(expect.arrayContaining(["Haircut", "Coverage"]));
    expect(broken((o) => (line(o, "BTC", "V").quantity = NaN))).toContain("Quantities at least 0");
  });
});
