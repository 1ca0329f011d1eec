import { check } from "../../../src/functions/check";
import { failureOf, installExcelErrors } from "../../support/custom-functions-error";
import { formulaExamples } from "../../support/formula-example";

beforeAll(installExcelErrors);

describe("COLL.CHECK", () => {
  const examples = formulaExamples("check");

  it("has examples on its page", () => {
    expect(examples.length).toBeGreaterThan(1);
  });

  it.each(examples.map((example) => [example.formula, example] as const))("%s", (_formula, { arguments: given, expected }) => {
    const [table, kind] = given as [any[][], any[][]];
    expect(check(table, kind as never).flat()).toEqual(expected);
  });

  it("says the number of rows, one or more, and leaves blank rows below a table out", () => {
    const rows = [
      ["currency", "rate"],
      ["EUR", 1.1],
    ];
    expect(check(rows, "fx")).toEqual([["No problems in 1 row"]]);
    expect(check([...rows, ["GBP", 1.3], [null, null], ["", ""], [0, 0]], "tblFx")).toEqual([["No problems in 2 rows"]]);
  });

  it("shows a cell's error, and refuses a kind that it does not know or a table without rows", () => {
    const rows = [
      ["assetId", "quantity", "price"],
      ["BTC", 1, { code: "#DIV/0!" }],
    ];
    expect(check(rows, "assets")[1]?.slice(0, 3)).toEqual([1, "price", "BTC: price holds the error #DIV/0!."]);
    expect(failureOf(() => check(rows, "stocks")).message).toMatch(/^Kind "stocks" is unknown\. Use assets, agreements/);
    expect(failureOf(() => check(rows.slice(0, 1), "assets")).message).toMatch(/no data rows/);
  });
});
