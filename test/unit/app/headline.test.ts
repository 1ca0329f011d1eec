import { headlineOf } from "../../../src/app/headline";
import { solvingText } from "../../../src/app/solving-text";
import type { AllocationOutcome, CoverageLine } from "../../../src/core/optimization/allocation-outcome";
import { defaultSettings } from "../../../src/core/tables/parse-settings";

const call = (agreementId: string, required: number, posted: number): CoverageLine => ({
  agreementId,
  counterparty: "",
  marginType: "VM",
  currency: "USD",
  required,
  posted,
  excess: Math.max(0, posted - required),
  shortfall: Math.max(0, required - posted),
  isCovered: posted >= required,
});

const outcome = (changes: Partial<AllocationOutcome> = {}): AllocationOutcome => ({
  baseCurrency: "USD",
  lines: [],
  coverage: [call("A", 100, 100), call("B", 50, 20), call("C", 0, 0)],
  inventory: [],
  movements: [],
  costPerDay: 1234,
  movementCost: 0,
  baselines: [{ name: "today", costPerDay: 1500, movements: 0, covered: 2, shortfall: 0 }],
  conflicts: [],
  sensitivities: [],
  unapplied: [],
  solve: {
    engine: "x",
    reason: "",
    terminationStatus: "optimal",
    isOptimal: true,
    isReproducible: true,
    objective: 0,
    bound: 0,
    gap: 0,
    seconds: 6,
    iterations: 0,
    columns: 0,
    rows: 0,
  },
  ...changes,
});

describe("headlineOf", () => {
  it("never says that a gap is nothing", () => {
    const { solve } = outcome();
    const stopped = outcome({ solve: { ...solve, isOptimal: false, gap: 0.0004 } });
    expect(headlineOf(stopped, 5)).toContain("At most 0.1 % above the best possible cost.");
    expect(headlineOf(outcome({ solve: { ...solve, isOptimal: false, gap: 0.0193 } }), 5)).toContain("At most 2.0 % above");
  });

  it("counts only agreements that call for something, and compares with today", () => {
    const whole = outcome({ coverage: [call("A", 100, 100), call("C", 0, 0)] });
    expect(headlineOf(whole)).toBe("Covered 1 of 1 calls. Cost 1,234 USD/day, 18 % below today. 0 moves.");
  });

  it("names the largest shortfall in its currency, and compares the cost of less cover with nothing", () => {
    expect(headlineOf(outcome())).toBe("Covered 1 of 2 calls. B is short 30.00 USD. Cost 1,234 USD/day. 0 moves.");
    const many = outcome({ coverage: [call("A", 4e6, 1e6), { ...call("B", 4, 0.5), currency: "BTC" }, call("C", 100, 100)] });
    expect(headlineOf(many)).toMatch(/^Covered 1 of 3 calls\. B is short 3\.50 BTC, and 1 more\. Cost/);
  });

  it("says at once that rules were not applied", () => {
    const unapplied = [{ rule: "Cliff tiers", table: "tblTiers", count: 2, effect: "left out" }];
    expect(headlineOf(outcome({ unapplied }))).toMatch(/^Covered 1 of 2 calls, 1 rule type not applied\./);
  });

  it("says how far a stopped run may be from the best", () => {
    const stopped = outcome({ solve: { ...outcome().solve, isOptimal: false, gap: 0.019 } });
    expect(headlineOf(stopped, 6)).toBe(
      "Stopped at 6 s. Covered 1 of 2 calls. B is short 30.00 USD. Cost 1,234 USD/day. 0 moves. At most 1.9 % above the best possible cost.",
    );
  });
});

it("tells the distance as a share of the best possible cost, which is less than the cost found, and that moves are in it", () => {
  const solve = { ...outcome().solve, isOptimal: false, objective: 1200, bound: 900, gap: 0.25 };
  expect(headlineOf(outcome({ solve, movementCost: 40 }), 6)).toContain("At most 33.3 % above the best possible cost, moves included.");
  const free = outcome({ solve: { ...solve, bound: -300, gap: 1.25 }, movementCost: 40 });
  expect(headlineOf(free, 6)).toContain("At most 1,500 USD over the cost horizon above the best possible cost, moves included.");
  const income = outcome({ solve: { ...solve, objective: -800, bound: -1000, gap: 0.25 } });
  expect(headlineOf(income, 6)).toContain("At most 20.0 % above the best possible cost.");
});

it("leaves out a distance that nobody knows", () => {
  const stopped = outcome({ solve: { ...outcome().solve, isOptimal: false, gap: Infinity } });
  expect(headlineOf(stopped, 6)).not.toMatch(/Infinity|best possible/);
});

it("says when the clock makes a run unrepeatable", () => {
  const stopped = outcome({ solve: { ...outcome().solve, isOptimal: false, isReproducible: false, gap: 0 } });
  expect(headlineOf(stopped, 10)).toMatch(/Stopped by the clock, so not reproducible\.$/);
  expect(headlineOf(stopped, 10, true)).toMatch(/Stopped by hand, so not reproducible\.$/);
});

describe("solvingText", () => {
  it("says in words what is settled before the cost", () => {
    expect(solvingText({ phase: "cover", seconds: 2 }, defaultSettings)).toBe("Solving, what can be covered: 2 s of 10 s");
  });

  it("shows best cost per day, gap and time of the limit", () => {
    expect(solvingText({ phase: "cost", seconds: 6, objective: 372_930, gap: 0.008 }, defaultSettings)).toBe(
      "Solving: best 12,431 USD/day with moves, gap 0.8 %, 6 s of 10 s",
    );
  });
});
