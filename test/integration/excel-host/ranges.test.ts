/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";

describe("ranges of the embedded Excel", () => {
  let excel: TestExcel;
  beforeAll(async () => {
    excel = await startExcel();
  });
  afterAll(() => excel.dispose());

  it("reports itself as Excel to Office.js", () => {
    expect(excel.Office.context.requirements.isSetSupported("ExcelApi", "1.14")).toBe(true);
    expect(excel.Office.context.requirements.isSetSupported("ExcelApi", "1.15")).toBe(false);
  });

  it("writes values and formulas and reads them back calculated", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      const range = sheet.getRange("A1:B2");
      range.values = [[1, "a"], [true, ""]];
      sheet.getRange("C1").formulas = [["=A1*21+IF(A2,21,0)"]];
      const all = sheet.getRange("A1:C2");
      all.load("values,formulas,text,valueTypes,address,rowCount,columnCount");
      await context.sync();
      return all.toJSON();
    });
    expect(read.values).toEqual([[1, "a", 42], [true, "", ""]]);
    expect(read.formulas).toEqual([[1, "a", "=A1*21+IF(A2,21,0)"], [true, "", ""]]);
    expect(read.text).toEqual([["1", "a", "42"], ["TRUE", "", ""]]);
    expect(read.valueTypes).toEqual([["Double", "String", "Double"], ["Boolean", "Empty", "Empty"]]);
    expect(read.address).toBe("Sheet1!A1:C2");
  });
});
