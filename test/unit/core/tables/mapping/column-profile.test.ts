import { isDoubtful, profileColumns } from "../../../../../src/core/tables/mapping/column-profile";

describe("isDoubtful", () => {
  it.each([
    ["haircut", [0.08, "8 %", 8], true],
    ["Haircut (decimal)", [8], true],
    ["Additional Haircut", ["3%"], true],
    ["valuation_percentage", [97, 100], true],
    ["Haircut", [0.08], false],
    ["source", ["8 %"], false],
  ] as const)("finds what has to be asked under a header as people write it: %s %j", (header, values, expected) => {
    const table = { sheet: "Rules", rowIndex: 0, columnIndex: 0, values: [[header], ...values.map((value) => [value])] };
    expect(isDoubtful("eligibility", profileColumns(table)[0]!, [...values])).toBe(expected);
  });
});
