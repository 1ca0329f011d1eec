/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";

describe("tables of the embedded Excel", () => {
  let excel: TestExcel;
  beforeEach(async () => {
    excel = await startExcel();
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("B2:C4").values = [
        ["asset", "price"],
        ["BTC", 60000],
        ["ETH", 3000],
      ];
      const table = sheet.tables.add("B2:C4", true);
      table.name = "tblAssets";
      table.style = "TableStyleLight9";
      table.showFilterButton = false;
      sheet.getRange("F1").formulas = [["=SUM(tblAssets[price])"]];
      await context.sync();
    });
  });
  afterEach(() => excel.dispose());

  const withTable = <T>(batch: (table: Excel.Table, sheet: Excel.Worksheet, context: Excel.RequestContext) => Promise<T>): Promise<T> =>
    excel.run((context) => batch(context.workbook.tables.getItem("tblAssets"), context.workbook.worksheets.getItem("Sheet1"), context));

  const code = (batch: Parameters<typeof withTable<void>>[0]) =>
    withTable(batch).then(
      () => "no error",
      (error: { code: string }) => error.code,
    );

  it("adds a table and tells its parts", async () => {
    const read = await withTable(async (table, _sheet, context) => {
      table.load("name,id,style,showFilterButton,showTotals,showHeaders,showBandedRows");
      const ranges = [table.getRange(), table.getHeaderRowRange(), table.getDataBodyRange(), table.columns.getItem("price").getDataBodyRange()];
      ranges.forEach((range) => range.load("address"));
      table.columns.load("items/name,items/index,count");
      table.rows.load("items/values");
      table.worksheet.load("name");
      const byId = context.workbook.tables.getItemOrNullObject("nothing");
      const count = context.workbook.tables.getCount();
      await context.sync();
      expect(byId.isNullObject).toBe(true);
      expect(count.value).toBe(1);
      return [
        table.toJSON(),
        ranges.map((range) => range.address),
        table.columns.items.map((column) => column.name),
        table.rows.items.map((row) => row.values[0]),
        table.worksheet.name,
      ] as const;
    });
    expect(read[0]).toMatchObject({
      name: "tblAssets",
      style: "TableStyleLight9",
      showFilterButton: false,
      showTotals: false,
      showHeaders: true,
      showBandedRows: true,
    });
    expect(read[1]).toEqual(["Sheet1!B2:C4", "Sheet1!B2:C2", "Sheet1!B3:C4", "Sheet1!C3:C4"]);
    expect(read.slice(2)).toEqual([
      ["asset", "price"],
      [
        ["BTC", 60000],
        ["ETH", 3000],
      ],
      "Sheet1",
    ]);
  });

  it("calculates structured references, also after rows were added and the table was resized", async () => {
    await excel.calculated();
    expect(excel.values("Sheet1!F1")).toEqual([[63000]]);
    await withTable(async (table, sheet, context) => {
      table.rows.add(undefined, [
        ["SOL", 150],
        ["USDC", 1],
      ]);
      await context.sync();
      const body = table.getDataBodyRange().load("address");
      await context.sync();
      expect(body.address).toBe("Sheet1!B3:C6");
      sheet.getRange("B7:C7").values = [["EUR", 1000]];
      table.resize("B2:C7");
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!F1")).toEqual([[64151]]);
    await withTable(async (table, _sheet, context) => {
      table.resize("B2:C3");
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!F1")).toEqual([[60000]]);
  });

  it("moves what lies below a table when rows are added, and back when they go", async () => {
    excel.enter("Sheet1!B6", "below");
    await withTable(async (table, _sheet, context) => {
      table.rows.add(undefined, [
        ["SOL", 150],
        ["USDC", 1],
      ]);
      await context.sync();
      table.rows.getItemAt(0).delete();
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!B2:C8")).toEqual(
      [
        ["asset", "price"],
        ["ETH", 3000],
        ["SOL", 150],
        ["USDC", 1],
        ["", ""],
        ["below", ""],
        ["", ""],
      ].slice(0, 7),
    );
    expect(excel.values("Sheet1!F1")).toEqual([[3151]]);
  });

  it("reads this row of a table, also in Excel's short form", async () => {
    excel.enter("Sheet1!E3", [["=tblAssets[@price]*2"], ['=tblAssets[[#This Row],[price]]&"tblAssets[@price]"']]);
    await excel.calculated();
    expect(excel.values("Sheet1!E3:E4")).toEqual([[120000], ["3000tblAssets[@price]"]]);
  });

  it("takes in a row typed directly below, but not one beside other cells", async () => {
    excel.enter("Sheet1!B5", [["SOL", 150]]);
    await excel.calculated();
    expect(excel.values("Sheet1!F1")).toEqual([[63150]]);
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Sheet1").getRange("C6").values = [[7]];
      await context.sync();
    });
    excel.enter("Sheet1!B6", "note");
    await excel.calculated();
    const address = await withTable(async (table, _sheet, context) => {
      const range = table.getRange().load("address");
      await context.sync();
      return range.address;
    });
    expect(address).toBe("Sheet1!B2:C5");
  });

  it("adds and renames columns", async () => {
    await withTable(async (table, sheet, context) => {
      table.columns.add(undefined, [["haircut"], [0.3], [0.4]]);
      table.columns.getItem("price").name = "px";
      sheet.getRange("F2").formulas = [["=SUM(tblAssets[haircut])"]];
      await context.sync();
    });
    await excel.calculated();
    expect(excel.values("Sheet1!B2:D2")).toEqual([["asset", "px", "haircut"]]);
    expect(excel.values("Sheet1!F2")).toEqual([[0.7]]);
  });

  it("names headers that are blank or repeated, and adds a header where there is none", async () => {
    const names = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("H1:J2").values = [
        ["a", "", "a"],
        [1, 2, 3],
      ];
      const first = sheet.tables.add("H1:J2", true);
      sheet.getRange("H10:I11").values = [
        [1, 2],
        [3, 4],
      ];
      const second = sheet.tables.add("H10:I11", false);
      first.load("name");
      second.load("name");
      const header = first.getHeaderRowRange().load("values");
      const all = second.getRange().load("values,address");
      await context.sync();
      return [first.name, header.values, second.name, all.values, all.address];
    });
    expect(names).toEqual([
      "Table1",
      [["a", "Column2", "a2"]],
      "Table2",
      [
        ["Column1", "Column2"],
        [1, 2],
        [3, 4],
      ],
      "Sheet1!H10:I12",
    ]);
  });

  it("keeps Excel's rules", async () => {
    expect(await code(async (_table, sheet, context) => (sheet.tables.add("C4:D9", true), context.sync()))).toBe("InvalidArgument");
    expect(await code(async (table, _sheet, context) => ((table.name = "has space"), context.sync()))).toBe("InvalidArgument");
    expect(await code(async (table, _sheet, context) => ((table.name = "A1"), context.sync()))).toBe("InvalidArgument");
    expect(await code(async (table, _sheet, context) => (table.resize("B3:C9"), context.sync()))).toBe("InvalidArgument");
    expect(await code(async (table, _sheet, context) => (table.rows.add(undefined, [["only one"]]), context.sync()))).toBe("InvalidArgument");
    expect(await code(async (_table, sheet, context) => (sheet.tables.getItem("tblNone").load("name"), context.sync()))).toBe("ItemNotFound");
    expect(
      await code(async (_table, sheet, context) => {
        const other = sheet.tables.add("H1:I2", true);
        other.name = "TBLASSETS";
        await context.sync();
      }),
    ).toBe("ItemAlreadyExists");
    expect(await code(async (table, _sheet, context) => ((table.showTotals = true), context.sync()))).toBe("NotImplemented");
  });

  it("deletes its last row where nothing lies below, and then the one before", async () => {
    const deleteLast = (index: number) =>
      withTable(async (table, _sheet, context) => {
        table.rows.getItemAt(index).delete();
        await context.sync();
      });
    await deleteLast(1);
    await excel.calculated();
    expect(excel.values("Sheet1!B2:C4")).toEqual([
      ["asset", "price"],
      ["BTC", 60000],
      ["", ""],
    ]);
    expect(excel.values("Sheet1!F1")).toEqual([[60000]]);
    await deleteLast(0);
    expect(excel.values("Sheet1!B2:C4")).toEqual([
      ["asset", "price"],
      ["", ""],
      ["", ""],
    ]);
  });

  it("is turned into a range, or deleted with its cells", async () => {
    await withTable(async (table, sheet, context) => {
      table.convertToRange();
      const second = sheet.tables.add("B2:C4", true);
      await context.sync();
      expect(excel.values("Sheet1!B3")).toEqual([["BTC"]]);
      second.delete();
      await context.sync();
    });
    expect(excel.values("Sheet1!B2:C4").flat().join("")).toBe("");
    expect(await code(async (table, _sheet, context) => (table.load("name"), context.sync()))).toBe("ItemNotFound");
  });
});
