import { marginCall } from "../../../src/functions/margin";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const cell = (value: unknown): any[][] => [[value]];

describe("COLL.MARGINCALL", () => {
  it("answers the example of its page", () => {
    expect(marginCall(cell(10e6), cell(6_130_000), cell(5e6), cell(500_000), cell(2e6), cell(100_000))).toEqual([[900_000]]);
  });

  it("takes left-out terms as 0 and options from text or a range", () => {
    expect(marginCall(cell(10), cell(4))).toEqual([[6]]);
    expect(marginCall(cell(62), cell(0), cell(50), null as any, null as any, null as any, cell("form=im"))).toEqual([[12]]);
    expect(
      marginCall(cell(-9), cell(0), null as any, null as any, null as any, null as any, [
        ["twoWay", "yes"],
        ["theirThreshold", 2],
      ]),
    ).toEqual([[-7]]);
  });

  it("answers columns, with an error in a bad row only", () => {
    const answer = marginCall([[10], ["x"], [5]], [[4], [0], [9]]);
    expect([answer[0]?.[0], answer[2]?.[0]]).toEqual([6, -4]);
    expect(answer[1]?.[0].message).toMatch(/^Exposure row 2 is "x", not a number/);
  });

  it("refuses a blank exposure, a negative threshold and an unknown form", () => {
    expect(failureOf(() => marginCall(cell(""), cell(0))).message).toMatch(/^Exposure is blank/);
    expect(failureOf(() => marginCall(cell(1), cell(0), cell(-5))).message).toMatch(/threshold is -5/);
    expect(failureOf(() => marginCall(cell(1), cell(0), null as any, null as any, null as any, null as any, cell("form=isda"))).message).toMatch(
      /csa, vm, im/,
    );
  });

  it("spills its steps", () => {
    const rows = marginCall(cell(10), cell(4), null as any, cell(20), null as any, null as any, cell("output=table"));
    expect(rows[1]?.slice(0, 2)).toEqual(["margin call", 0]);
  });
});
