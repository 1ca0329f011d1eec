import { haircut, haircutFloorOf, haircutScale } from "../../../src/functions/haircut";
import { ExcelCellError, failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];
const h = (schedule: string, assetClass: string, years: number | null = null, rating: string | null = null, options: string | null = null): unknown =>
  haircut(
    cell(schedule),
    cell(assetClass),
    years === null ? (null as any) : cell(years),
    rating === null ? (null as any) : cell(rating),
    options === null ? (null as any) : cell(options),
  )[0]?.[0];

describe("COLL.HAIRCUT", () => {
  it.each([
    ["basel3", "sovereign", 1, "AAA", 0.005],
    ["basel3", "sovereign", 1.0001, "AA-", 0.02],
    ["basel3", "sovereign", 7, "A+", 0.06],
    ["basel3", "sovereign", 30, "BB-", 0.15],
    ["basel3", "otherIssuer", 5, "BBB-", 0.06],
    ["basel3", "otherIssuer", 10, "unrated bank", 0.12],
    ["basel3", "otherIssuer", 10.5, "Baa3", 0.2],
    ["basel3", "otherIssuer", 0.5, "A-1", 0.01],
    ["basel3", "otherIssuer", 0.5, "A-3", 0.02],
    ["basel3", "securitisation", 12, "AA", 0.16],
    ["basel3", "securitisation", 3, "A", 0.12],
    ["basel2", "sovereign", 5, "AAA", 0.02],
    ["basel2", "otherIssuer", 6, "BBB", 0.12],
    // JFSC Appendix E: unrated bank securities stand with A+ to BBB-, sovereigns of BB+ to BB- at 15 %.
    ["basel2", "otherIssuer", 1, "unrated bank", 0.02],
    ["basel2", "otherIssuer", 5.5, "unrated bank", 0.12],
    ["basel2", "sovereign", 7, "BB-", 0.15],
    ["us-umr", "sovereign", 3, null, 0.02],
    ["us-umr", "otherIssuer", 5, null, 0.04],
    ["haircut-floors", "otherIssuer", 12, null, 0.04],
    ["haircut-floors", "securitisation", 5, null, 0.04],
    ["basel3_final_10d", "Other issuer", 2, "aa-", 0.03],
  ])("finds %s %s %s years %s", (schedule, assetClass, years, rating, expected) => {
    expect(h(schedule, assetClass, years, rating)).toBe(expected);
  });

  it.each([
    ["basel3", "mainIndexEquity", 0.2],
    ["basel3", "otherEquity", 0.3],
    ["basel3", "gold", 0.2],
    ["basel3", "cash", 0],
    ["basel2", "mainIndexEquity", 0.15],
    ["basel2", "gold", 0.15],
    ["us-umr", "otherEquity", 0.25],
    ["haircut-floors", "mainIndexEquity", 0.06],
    ["haircut-floors", "otherEquity", 0.1],
  ])("needs neither maturity nor rating for %s %s", (schedule, assetClass, expected) => {
    expect(h(schedule, assetClass)).toBe(expected);
  });

  it("adds the currency mismatch, scales and rounds each part (HC-01: 8 % becomes 11 %)", () => {
    expect(h("basel3", "cash", null, null, "fxMismatch=yes")).toBe(0.08);
    expect(h("basel3", "cash", null, null, "fxMismatch=yes; holdingDays=20; round=0.01")).toBe(0.11);
    expect(h("basel3", "otherIssuer", 2, "AA", "fxMismatch=yes; holdingDays=20")).toBeCloseTo(0.11 * Math.SQRT2, 14);
    expect(h("basel3", "gold", null, null, "holdingDays=5; revaluationDays=6")).toBeCloseTo(0.2, 14);
  });

  it.each([
    ["crypto under basel3, with the reason", () => h("basel3", "crypto"), "#N/A", /SCO60\.94/],
    ["a weak corporate", () => h("basel3", "otherIssuer", 2, "BB+"), "#N/A", /Not eligible/],
    ["an unrated sovereign", () => h("basel3", "sovereign", 2, "unrated"), "#N/A", /unrated/],
    ["below BB-", () => h("basel3", "sovereign", 2, "B+"), "#N/A", /rated below BB-/],
    ["a weak corporate under basel2", () => h("basel2", "otherIssuer", 2, "BB+"), "#N/A", /not allowed/],
    ["a fund under basel2", () => h("basel2", "fund"), "#N/A", /highest haircut/],
    ["a fund, to be looked through", () => h("basel3", "fund"), "#N/A", /look-through|weighted/],
    [
      "a key that the table does not have",
      () => h("basel2", "sovereign", 2, "B+"),
      "#N/A",
      /basel2_or_us_10d has no row for sovereign, 2 years, rating B\+/,
    ],
    ["a class that the table does not have", () => h("us-umr", "crypto"), "#N/A", /us_umr_12cfr45_appB_10d has no row for crypto/],
    ["a date before the table", () => h("basel3", "gold", null, null, "asOf=2022-12-31"), "#N/A", /2023-01-01/],
    ["scaling of the US rule", () => h("us-umr", "gold", null, null, "holdingDays=20"), "#VALUE!", /no scaling/],
    ["a missing rating", () => h("basel3", "sovereign", 2), "#VALUE!", /Rating is needed/],
    ["a missing maturity", () => h("basel3", "sovereign", null, "AAA"), "#VALUE!", /maturity is needed/],
    ["a rating with two meanings", () => h("basel3", "sovereign", 2, "A1"), "#VALUE!", /A\+ \(long term\) or A-1/],
    ["an unknown schedule", () => h("basel4", "gold"), "#VALUE!", /basel3, basel2, us-umr, haircut-floors/],
    ["an unknown class", () => h("basel3", "house"), "#VALUE!", /Unknown asset class. Use sovereign/],
    ["an unknown option", () => h("basel3", "gold", null, null, "days=10"), "#VALUE!", /"days" is unknown/],
    ["a negative maturity", () => h("basel3", "sovereign", -1, "AAA"), "#VALUE!", /at least 0/],
  ])("refuses %s", (_what, run, code, message) => {
    const error = failureOf(run);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message.length).toBeLessThanOrEqual(120);
  });

  it("answers columns row by row, with errors in the bad rows only", () => {
    const answer = haircut(
      cell("basel3"),
      [["sovereign"], ["crypto"], ["sovereign"], ["gold"]],
      [[4], [0], [0], [0]],
      [["AAA"], [""], ["AAA"], [""]],
    );
    expect(answer[0]).toEqual([0.02]);
    expect(answer[1]?.[0]).toBeInstanceOf(ExcelCellError);
    expect(answer[2]?.[0].message).toMatch(/maturity is needed/);
    expect(answer[3]).toEqual([0.2]);
  });

  it("explains itself with table, source and status", () => {
    const rows = haircut(cell("basel3"), cell("otherIssuer"), cell(2), cell("AA"), cell("fxMismatch=yes; output=table"));
    expect(rows[0]).toEqual(["what", "value", "unit", "note"]);
    expect(rows[1]?.[1]).toBeCloseTo(0.11, 14);
    const named = (name: string): unknown => rows.find((row) => String(row[0]).trim() === name)?.[1];
    expect(named("table")).toBe("basel3_final_10d");
    expect(named("status of the row")).toBe("found");
    expect(named("in force from")).toBe("2023-01-01");
  });
});

describe("COLL.HAIRCUT.SCALE", () => {
  it("follows H * sqrt((N_R + T_M - 1) / T_from)", () => {
    expect(haircutScale(cell(0.08), cell(10), cell(5))[0]?.[0]).toBeCloseTo(0.05656854249492381, 15);
    expect(haircutScale(cell(0.08), cell(10), cell(20), cell(1), cell("round=0.01"))).toEqual([[0.11]]);
    expect(haircutScale(cell(0.1), cell(10), cell(10), cell(5))[0]?.[0]).toBeCloseTo(0.1 * Math.sqrt(1.4), 15);
    expect(haircutScale(cell(0.9), cell(1), cell(250))).toEqual([[1]]);
  });

  it("refuses blanks in a column and percentages above 1", () => {
    const answer = haircutScale([[0.08], [0], [8], ["none"]], cell(10), cell(20));
    expect(answer[1]?.[0].message).toBe("Haircut row 2 is blank or 0. Type none if no haircut applies.");
    expect(answer[2]?.[0].message).toBe("Haircut row 3 is 8, above 1. Write 0.08 or 8%.");
    expect(answer[3]).toEqual([0]);
    expect(failureOf(() => haircutScale(cell(0.08), cell(0), cell(20))).code).toBe("#VALUE!");
  });
});

describe("COLL.HAIRCUT.FLOOR", () => {
  it("compares a single exchange with its floor (HC-11, HC-12)", () => {
    const cash = haircutFloorOf(cell(0.04), cell("none"), cell(101), cell(100));
    expect(cash[0]?.[0]).toBeCloseTo(0.04, 14);
    expect(cash[0]?.[1]).toBe(true);
    const upgrade = haircutFloorOf(cell(0.06), cell(0.03), cell(104), cell(102))[0] ?? [];
    expect(upgrade[0]).toBeCloseTo(0.029126213592233, 14);
    expect(upgrade[1]).toBe(true);
  });

  it("weights a netting set as the example of CRE56.13: -0.00023, not breached", () => {
    const [answer] = haircutFloorOf(cell(0.06), [["none"], ["none"], [0.1]], cell(400), [[50], [100], [250]]);
    expect(answer?.[0]).toBeCloseTo(-0.000227, 6);
    expect(answer?.[1]).toBe(false);
  });
});
