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

  // exposure, heldValue, threshold, minimumTransferAmount, independentAmount, rounding, options; by hand from paragraph 3 of the annex.
  it.each<[string, readonly (number | string)[], number]>([
    ["at the minimum transfer amount: the whole of it", [500_000, 0, 0, 500_000], 500_000],
    ["a cent below it: nothing", [499_999.99, 0, 0, 500_000], 0],
    ["0.1 + 0.2 at a minimum of 0.3", [0.1 + 0.2, 0, 0, 0.3], 0.3],
    ["a delivery rounded up", [1_234_567, 0, 0, 100_000, 0, 10_000], 1_240_000],
    ["a return rounded down", [0, 1_234_567, 0, 100_000, 0, 10_000], -1_230_000],
    ["a return with a multiple of its own", [0, 1_234_567, 0, 0, 0, 10_000, "roundingReturn=100000"], -1_200_000],
    ["a return never above what is held", [-5e6, 2e6, 0, 0, 0, 300_000], -1_800_000],
    ["a return that only their minimum holds back", [0, 300_000, 0, 0, 0, 0, "theirMinimumTransferAmount=500000"], 0],
    ["nothing due with a minimum of nothing", [5e6, 5e6], 0],
    ["they owe, and hold nothing: one-way", [-3e6, 0, 1e6], 0],
    ["they owe: two-way, with our threshold for both", [-3e6, 0, 1e6, 0, 0, 0, "twoWay=yes"], -2e6],
    ["we hold theirs: two-way by itself", [-3e6, -1e6, 1e6], -1e6],
    ["we hold theirs, and may not call more", [-3e6, -1e6, 1e6, 0, 0, 0, "twoWay=no"], 1e6],
    ["their own threshold: 0.5m is theirs again", [-3e6, -1e6, 1e6, 0, 0, 0, "theirThreshold=2500000"], 500_000],
    ["their independent amount less ours: 3m + 2.5m - 1m", [-3e6, 0, 0, 0, 1e6, 0, "twoWay=yes; theirIndependentAmount=2500000"], -4.5e6],
    ["their independent amount above our exposure", [1e6, 0, 0, 0, 0, 0, "twoWay=yes; theirIndependentAmount=3000000"], -2e6],
    ["theirs back in full, ours rounded up", [2_050_000, -3_010_000, 0, 0, 0, 100_000], 5_110_000],
    ["variation margin alone knows no threshold", [3e6, 1e6, 5e6, 0, 2e6, 0, "form=vm"], 2e6],
    ["variation margin both ways", [-3e6, 1e6, 0, 0, 0, 0, "form=vm; twoWay=yes"], -4e6],
    ["initial margin below its threshold comes back", [42e6, 3e6, 50e6, 500_000, 0, 0, "form=im"], -3e6],
  ])("%s", (_title, terms, expected) => {
    const [answer] = marginCall(...([...terms.map(cell), ...Array(7 - terms.length).fill(null)] as Parameters<typeof marginCall>));
    expect(answer?.[0]).toBeCloseTo(expected, 6);
  });
});
