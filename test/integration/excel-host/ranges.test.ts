/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";
import { until } from "../../support/until";

describe("ranges of the embedded Excel", () => {
  let excel: TestExcel;
  beforeEach(async () => {
    excel = await startExcel();
  });
  afterEach(() => excel.dispose());

  const code = (batch: (sheet: Excel.Worksheet, context: Excel.RequestContext) => void): Promise<string> =>
    excel
      .run(async (context) => {
        batch(context.workbook.worksheets.getItem("Sheet1"), context);
        await context.sync();
        return "no error";
      })
      .catch((error: { code: string }) => error.code);

  it("reports itself as Excel to Office.js", () => {
    expect(excel.Office.context.requirements.isSetSupported("ExcelApi", "1.14")).toBe(true);
    expect(excel.Office.context.requirements.isSetSupported("ExcelApi", "1.15")).toBe(false);
  });

  it("writes values and formulas and reads them back calculated", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:B2").values = [
        [1, "a"],
        [true, ""],
      ];
      sheet.getRange("C1").formulas = [["=A1*21+IF(A2,21,0)"]];
      const all = sheet.getRange("A1:C2").load("values,formulas,text,valueTypes,address,rowCount,columnCount,cellCount");
      await context.sync();
      return all.toJSON();
    });
    expect(read.values).toEqual([
      [1, "a", 42],
      [true, "", ""],
    ]);
    expect(read.formulas).toEqual([
      [1, "a", "=A1*21+IF(A2,21,0)"],
      [true, "", ""],
    ]);
    expect(read.text).toEqual([
      ["1", "a", "42"],
      ["TRUE", "", ""],
    ]);
    expect(read.valueTypes).toEqual([
      ["Double", "String", "Double"],
      ["Boolean", "Empty", "Empty"],
    ]);
    expect([read.address, read.rowCount, read.columnCount, read.cellCount]).toEqual(["Sheet1!A1:C2", 2, 3, 6]);
  });

  it("leaves a cell alone for null and clears it for an empty text", async () => {
    excel.enter("Sheet1!A1", [[1, 2, "=1+2"]]);
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Sheet1").getRange("A1:C1").values = [[null, "", null]];
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!A1:C1")).toEqual([[1, "", 3]]);
  });

  it("reads what looks like a number as one, unless the format is text", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:F1").values = [["037833100", "912828E10", "5%", "2026-11-22", "TRUE", "'007"]];
      sheet.getRange("A2:C2").numberFormat = [["@", "@", "@"]];
      sheet.getRange("A2:C2").values = [["037833100", "912828E10", "=1+1"]];
      const range = sheet.getRange("A1:F2").load("values,numberFormat,text,valueTypes");
      await context.sync();
      return range.toJSON();
    });
    expect(read.values?.[0]).toEqual([37833100, 9.12828e15, 0.05, 46348, true, "007"]);
    expect(read.values?.[1]).toEqual(["037833100", "912828E10", "=1+1", "", "", ""]);
    expect(read.numberFormat?.[0]?.slice(2, 4)).toEqual(["0%", "yyyy-mm-dd"]);
    expect(read.text?.[0]?.slice(2, 4)).toEqual(["5%", "2026-11-22"]);
    expect(read.valueTypes?.[1]?.slice(0, 3)).toEqual(["String", "String", "String"]);
    expect(excel.text("Sheet1!B2")).toEqual([["912828E10"]]);
  });

  it("keeps text identifiers apart from numbers in look-ups", async () => {
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:A2").numberFormat = [["@"], ["@"]];
      sheet.getRange("A1:B2").values = [
        ["00123", 7],
        ["123", 8],
      ];
      sheet.getRange("D1:D2").formulas = [['=XLOOKUP("00123",A1:A2,B1:B2)'], ['=XLOOKUP("123",A1:A2,B1:B2)']];
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!D1:D2")).toEqual([[7], [8]]);
  });

  it("sets one value for all cells and refuses arrays of another size", async () => {
    expect(
      await code(
        (sheet) =>
          (sheet.getRange("A1:B2").values = [
            [9, 9],
            [9, 9],
          ]),
      ),
    ).toBe("no error");
    expect(await code((sheet) => (sheet.getRange("D1:E2").values = 4 as never))).toBe("no error");
    expect(excel.values("Sheet1!D1:E2")).toEqual([
      [4, 4],
      [4, 4],
    ]);
    expect(await code((sheet) => (sheet.getRange("A1:B2").values = [[1, 2]]))).toBe("InvalidArgument");
    expect(await code((sheet) => (sheet.getRange("A1:B2").formulas = [[1], [2]]))).toBe("InvalidArgument");
    expect(await code((sheet) => (sheet.getRange("A1:B2").numberFormat = [["0"]]))).toBe("InvalidArgument");
    expect(await code((sheet) => sheet.getRange("not an address!").load("values"))).toBe("InvalidArgument");
    expect(await code((sheet) => sheet.getRange("A1").getOffsetRange(-1, 0).load("values"))).toBe("InvalidArgument");
  });

  it("moves from range to range", async () => {
    const addresses = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("B2:D9").values = Array.from({ length: 8 }, () => [1, 2, 3]);
      const range = sheet.getRange("B2:D4");
      const ranges = [
        range.getCell(1, 2),
        range.getRow(2),
        range.getColumn(0),
        range.getLastCell(),
        range.getOffsetRange(1, 1),
        range.getResizedRange(1, -1),
        range.getBoundingRect("F1"),
        range.getEntireColumn(),
        range.getEntireRow(),
        range.getIntersectionOrNullObject("C3:Z99"),
        sheet.getUsedRange(),
        sheet.getRange("A:C").getUsedRangeOrNullObject(true),
        sheet.getRangeByIndexes(0, 0, 2, 2),
        sheet.getCell(4, 4),
        range.getAbsoluteResizedRange(1, 1),
      ];
      ranges.forEach((entry) => entry.load("address"));
      const none = range.getIntersectionOrNullObject("Z1");
      const empty = sheet.getRange("H:J").getUsedRangeOrNullObject();
      await context.sync();
      return [...ranges.map((entry) => entry.address.replace("Sheet1!", "")), none.isNullObject, empty.isNullObject];
    });
    expect(addresses).toEqual([
      "D3",
      "B4:D4",
      "B2:B4",
      "D4",
      "C3:E5",
      "B2:C5",
      "B1:F4",
      "B:D",
      "2:4",
      "C3:D4",
      "B2:D9",
      "B2:C9",
      "A1:B2",
      "E5",
      "B2",
      true,
      true,
    ]);
  });

  it("copies values, formulas with their references, and formats", async () => {
    excel.enter("Sheet1!A1", [
      [1, "=A1*2"],
      [5, "=A2*2"],
    ]);
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1").format.font.bold = true;
      sheet.getRange("D1").copyFrom("A1:B2");
      sheet.getRange("D5").copyFrom("A1:B2", "Values");
      await context.sync();
    });
    await excel.calculated();
    expect(excel.read("Sheet1!D1:E2").formulas).toEqual([
      [1, "=D1*2"],
      [5, "=D2*2"],
    ]);
    expect(excel.values("Sheet1!D1:E2")).toEqual([
      [1, 2],
      [5, 10],
    ]);
    expect(excel.read("Sheet1!D5:E6").formulas).toEqual([
      [1, 2],
      [5, 10],
    ]);
  });

  it("clears contents, formats or both, and moves cells when some go", async () => {
    const formats = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:A3").values = [[1], [2], [3]];
      sheet.getRange("A1:A3").numberFormat = [["0.00"], ["0.00"], ["0.00"]];
      sheet.getRange("A1").clear("Contents");
      sheet.getRange("A2").clear("Formats");
      sheet.getRange("A3").clear();
      const range = sheet.getRange("A1:A3").load("numberFormat,values");
      await context.sync();
      return range.toJSON();
    });
    expect(formats.values).toEqual([[""], [2], [""]]);
    expect(formats.numberFormat).toEqual([["0.00"], ["General"], ["General"]]);
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("C1:C4").values = [[1], [2], [3], [4]];
      sheet.getRange("C2:C3").delete("Up");
      sheet.getRange("C1").insert("Down");
      sheet.getRange("1:1").delete("Up");
      await context.sync();
    });
    expect(excel.values("Sheet1!C1:C3")).toEqual([[1], [4], [""]]);
  });

  it("formats cells and answers null where they differ", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      const range = sheet.getRange("A1:B2");
      range.format.fill.color = "#DDEBF7";
      range.format.font.bold = true;
      range.format.font.color = "blue";
      range.format.font.size = 14;
      range.format.font.name = "Arial";
      range.format.horizontalAlignment = "Center";
      range.format.wrapText = true;
      range.format.columnWidth = 90;
      range.format.rowHeight = 30;
      const bottom = range.format.borders.getItem("EdgeBottom");
      bottom.style = "Continuous";
      bottom.color = "#FF0000";
      bottom.weight = "Medium";
      sheet.getRange("A1").format.font.italic = true;
      sheet.getRange("D:D").numberFormat = "0.0" as never;
      sheet.getRange("D1").values = [[1.25]];
      const loaded = sheet
        .getRange("A1:B2")
        .load("format/fill/color,format/font,format/horizontalAlignment,format/wrapText,format/columnWidth,format/rowHeight");
      const other = sheet.getRange("A2:B2").format.borders.getItem("EdgeBottom").load("style,color,weight");
      const top = sheet.getRange("A1").format.borders.getItem("EdgeTop").load("style");
      const column = sheet.getRange("D1").load("text,numberFormat");
      await context.sync();
      return { format: loaded.format.toJSON(), border: other.toJSON(), top: top.style, column: [column.text, column.numberFormat] };
    });
    expect(read.format).toMatchObject({
      fill: { color: "#DDEBF7" },
      font: { bold: true, color: "#0000FF", size: 14, name: "Arial", italic: null },
      horizontalAlignment: "Center",
      wrapText: true,
      columnWidth: 90,
      rowHeight: 30,
    });
    expect(read.border).toMatchObject({ style: "Continuous", color: "#FF0000", weight: "Medium" });
    expect(read.top).toBe("None");
    expect(read.column).toEqual([[["1.3"]], [["0.0"]]]);
  });

  it("writes and reads 5,000 x 30 cells in one sync each", async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => Array.from({ length: 30 }, (__, column) => row * 30 + column));
    const last = await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Sheet1").getRangeByIndexes(0, 0, 5000, 30);
      range.values = rows;
      await context.sync();
      range.load("values");
      await context.sync();
      return range.values;
    });
    expect(last).toEqual(rows);
  });

  it("refuses more than 5 MB, as Excel on the web does", async () => {
    const error = await code((sheet) => (sheet.getRange("A1:A2000").values = Array.from({ length: 2000 }, () => ["x".repeat(3000)])));
    expect(error).toBe("RequestPayloadSizeLimitExceeded");
  });

  it("selects and tells the selection", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("B3:C4").select();
      const selection = context.workbook.getSelectedRange().load("address");
      const cell = context.workbook.getActiveCell().load("address");
      await context.sync();
      return [selection.address, cell.address];
    });
    expect(read).toEqual(["Sheet1!B3:C4", "Sheet1!B3"]);
  });

  it("leaks no reference, and counts those that are tracked", async () => {
    let tracked: Excel.Range | undefined;
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      for (let row = 0; row < 20; row += 1) sheet.getCell(row, 0).load("values");
      await context.sync();
      expect(excel.host.referenceCount()).toBeGreaterThan(0);
      tracked = sheet.getRange("A1");
      tracked.track();
      await context.sync();
    });
    // The library gives references back some time after its run.
    await until(() => excel.host.referenceCount() <= 1);
    expect(excel.host.referenceCount()).toBe(1);
    tracked?.untrack();
    await tracked?.context.sync();
    expect(excel.host.referenceCount()).toBe(0);
  });
});
