import { postingCost } from "../../../src/functions/posting";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { formulaExamples } from "../../support/formula-example";

beforeAll(installExcelErrors);

const header = [
  "assetId",
  "quantity",
  "price",
  "haircut",
  "fundingRate",
  "stakingYield",
  "keepsStaking",
  "repoRate",
  "settleHours",
  "unbondHours",
  "lockedUntil",
];
const rowOf = (cells: readonly unknown[], options = "asOf=2026-11-22T12:00; deadline=2026-11-24T12:00"): Record<string, any> => {
  const [names = [], values = []] = postingCost([header, [...cells]], [[options]]);
  return Object.fromEntries(names.map((name, at) => [name, values[at]]));
};

describe("COLL.POSTINGCOST", () => {
  it("answers what its page says", () => {
    for (const { arguments: given, expected } of formulaExamples("postingcost")) {
      const answer = postingCost(...(given as [any[][], any[][]])).flat();
      expect(answer).toHaveLength(expected.length);
      expected.forEach((value, at) => {
        if (typeof value === "number") expect(answer[at]).toBeCloseTo(value, 6);
        else expect(answer[at]).toBe(value);
      });
    }
  });

  it("costs the staking yield where it is lost, with the days of unbonding, and nothing where it is kept", () => {
    // 1,000,000 at 3.65 %: 100 a day; a week of unbonding 700 once; 10 days of carry 1,000.
    const lost = rowOf(["ETH", 1000, 1000, 0.2, 0, 0.0365, "no", 0, 2, 168, ""], "asOf=2026-11-22T12:00; horizonDays=10");
    expect(lost).toMatchObject({ "Carry per year": 0.0365, "Available from": "2026-11-29T14:00Z", "In time": "" });
    expect(lost["Cost per day"]).toBeCloseTo(100, 9);
    expect(lost["Once"]).toBeCloseTo(700, 9);
    expect(lost["Over horizon"]).toBeCloseTo(1700, 9);
    expect(lost["Cost per covered unit"]).toBeCloseTo(0.0365 / 0.8, 12);
    expect(rowOf(["stETH", 1000, 1000, 0.2, 0, 0.0365, "yes", 0, 2, 0, ""])).toMatchObject({ "Cost per day": 0, Once: 0, "In time": "yes" });
  });

  it("adds funding and what repo would earn", () => {
    expect(rowOf(["UST", 1e6, 1, 0.02, 0.04, 0, "", 0.001, 0, 0, ""])["Carry per year"]).toBeCloseTo(0.041, 12);
  });

  it("takes off what is paid while posted: the asset's own yield and interest on cash", () => {
    const columns = ["assetId", "quantity", "price", "haircut", "fundingRate", "custodyRate", "yieldWhilePosted", "interestRate"];
    const [names = [], values = []] = postingCost([columns, ["USD", 365e6, 1, "none", 0.04, 0.001, 0.01, 0.006]], [["horizonDays=1"]]);
    const answer = Object.fromEntries(names.map((name, at) => [name, values[at]])) as Record<string, number>;
    // 4.1 % less 1.6 % on 365 million: 25,000 a day.
    expect(answer["Carry per year"]).toBeCloseTo(0.025, 12);
    expect(answer["Cost per day"]).toBeCloseTo(25_000, 6);
  });

  it("starts the clock when the lock ends", () => {
    const locked = ["SOL", 1, 100, "none", 0, 0, "", 0, 1, 24, "2026-11-23T12:00"];
    expect(rowOf(locked)).toMatchObject({ "Available from": "2026-11-24T13:00Z", "In time": "no" });
    expect(rowOf(locked, "asOf=2026-11-22T12:00; deadline=2026-11-24T13:00")).toMatchObject({ "In time": "yes" });
  });

  it("puts what counts for regulatory capital beside what the venue counts", () => {
    const columns = ["assetId", "quantity", "price", "haircut", "sco60Class", "underlyingHaircut"];
    const rows = postingCost([columns, ["BTC", 1, 100, 0.1, "2a", ""], ["USDC", 1, 100, 0.1, "1b", ""], ["TBILL", 1, 100, 0.1, "1a", 0.005]]);
    expect(rows.slice(1).map((row) => [row[3], row[5]])).toEqual([
      [90, 0],
      [90, 0],
      [90, 99.5],
    ]);
  });

  it("shows a bad row in that row alone, and refuses a missing column as a whole", () => {
    const good = ["A", 1, 100, 0.1, 0, 0, "", 0, 0, 0, ""];
    const rows = postingCost([header, good, ["B", 1, "", 0.1, 0, 0, "", 0, 0, 0, ""], ["C", 1, 5, 0.1, 0, 0.03, "yes", 0, 0, 24, ""], good]);
    expect(rows.map((row) => row[1] instanceof Error)).toEqual([false, false, true, true, false]);
    expect(rows[2]?.[1].message).toBe("assets row 2: price is blank. Fill it.");
    expect(rows[3]?.[1].message).toMatch(/^assets row 3: keepsStaking is yes but unbondHours is above 0/);
    expect(
      failureOf(() =>
        postingCost([
          ["assetId", "quantity"],
          ["A", 1],
        ]),
      ).message,
    ).toBe("assets has no column price. Add it to the header row.");
    expect(failureOf(() => postingCost([header, good], [["horizonDays=0"]])).message).toMatch(/horizonDays=0 must be above 0/);
  });
});
