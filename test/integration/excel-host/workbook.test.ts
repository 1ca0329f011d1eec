/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";

describe("workbook, sheets and names of the embedded Excel", () => {
  let excel: TestExcel;
  beforeEach(async () => {
    excel = await startExcel();
  });
  afterEach(() => excel.dispose());

  const code = (batch: (context: Excel.RequestContext) => void): Promise<string> =>
    excel
      .run(async (context) => {
        batch(context);
        await context.sync();
      })
      .then(
        () => "no error",
        (error: { code: string }) => error.code,
      );

  it("adds sheets without activating them, and finds them by name and id", async () => {
    const read = await excel.run(async (context) => {
      const { worksheets } = context.workbook;
      const added = worksheets.add("Run log").load("name,id,position,visibility");
      const unnamed = worksheets.add().load("name");
      const active = worksheets.getActiveWorksheet().load("name");
      const missing = worksheets.getItemOrNullObject("none");
      const first = worksheets.getFirst().load("name");
      const last = worksheets.getLast().load("name");
      worksheets.load("items/name");
      const count = worksheets.getCount();
      await context.sync();
      const again = worksheets.getItem(added.id).load("name");
      added.getRange("A1").values = [[5]];
      await context.sync();
      return [
        added.name,
        added.position,
        added.visibility,
        unnamed.name,
        active.name,
        missing.isNullObject,
        first.name,
        last.name,
        worksheets.items.map((sheet) => sheet.name),
        count.value,
        again.name,
      ];
    });
    expect(read).toEqual(["Run log", 1, "Visible", "Sheet3", "Sheet1", true, "Sheet1", "Sheet3", ["Sheet1", "Run log", "Sheet3"], 3, "Run log"]);
    expect(excel.values("'Run log'!A1")).toEqual([[5]]);
  });

  it("sets what belongs to a sheet", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add("Coverage");
      sheet.tabColor = "#FF8800";
      sheet.showGridlines = false;
      sheet.position = 0;
      sheet.freezePanes.freezeRows(1);
      sheet.customProperties.add("madeBy", "Collateral Optimizer");
      sheet.activate();
      await context.sync();
      sheet.load("tabColor,showGridlines,position");
      const frozen = sheet.freezePanes.getLocationOrNullObject().load("address");
      const property = sheet.customProperties.getItemOrNullObject("MADEBY").load("value");
      const noProperty = sheet.customProperties.getItemOrNullObject("none");
      const active = context.workbook.worksheets.getActiveWorksheet().load("name");
      await context.sync();
      sheet.freezePanes.unfreeze();
      sheet.freezePanes.freezeAt("A1:B3");
      const second = sheet.freezePanes.getLocationOrNullObject().load("address");
      await context.sync();
      sheet.freezePanes.unfreeze();
      const none = sheet.freezePanes.getLocationOrNullObject();
      sheet.visibility = "VeryHidden";
      sheet.load("visibility");
      await context.sync();
      return [
        sheet.tabColor,
        sheet.showGridlines,
        sheet.position,
        frozen.address,
        property.value,
        noProperty.isNullObject,
        active.name,
        second.address,
        none.isNullObject,
        sheet.visibility,
      ];
    });
    expect(read).toEqual(["#FF8800", false, 0, "Coverage!1:1", "Collateral Optimizer", true, "Coverage", "Coverage!A1:B3", true, "VeryHidden"]);
  });

  it("keeps the rules of sheet names and of the last visible sheet", async () => {
    expect(await code((context) => context.workbook.worksheets.add("x".repeat(32)))).toBe("InvalidArgument");
    expect(await code((context) => context.workbook.worksheets.add("a/b"))).toBe("InvalidArgument");
    expect(await code((context) => context.workbook.worksheets.add("SHEET1"))).toBe("ItemAlreadyExists");
    expect(await code((context) => context.workbook.worksheets.getItem("none").load("name"))).toBe("ItemNotFound");
    expect(await code((context) => context.workbook.worksheets.getItem("Sheet1").delete())).toBe("InvalidOperation");
    expect(await code((context) => context.workbook.worksheets.add("Second"))).toBe("no error");
    expect(await code((context) => context.workbook.worksheets.getItem("Sheet1").delete())).toBe("no error");
    expect(await code((context) => (context.workbook.worksheets.getItem("Second").name = "Renamed"))).toBe("no error");
    expect(await code((context) => context.workbook.worksheets.getItem("Renamed").getRange("A1").load("values"))).toBe("no error");
  });

  it("refuses writes to a protected sheet, but not to its unlocked cells", async () => {
    const write = (address: string) => code((context) => (context.workbook.worksheets.getItem("Sheet1").getRange(address).values = [[1]]));
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("B1:B3").format.protection.locked = false;
      sheet.protection.protect({ allowFormatCells: true }, "secret");
      sheet.protection.load("protected");
      await context.sync();
      expect(sheet.protection.protected).toBe(true);
    });
    expect(await write("A1")).toBe("AccessDenied");
    expect(await write("B2")).toBe("no error");
    expect(await code((context) => context.workbook.worksheets.getItem("Sheet1").tables.add("D1:E2", true))).toBe("AccessDenied");
    expect(await code((context) => context.workbook.worksheets.getItem("Sheet1").protection.unprotect("wrong"))).toBe("AccessDenied");
    expect(await code((context) => context.workbook.worksheets.getItem("Sheet1").protection.unprotect("secret"))).toBe("no error");
    expect(await write("A1")).toBe("no error");
  });

  it("defines names of the workbook and of a sheet", async () => {
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:A2").values = [[2], [3]];
      const fx = context.workbook.names.add("fxRates", sheet.getRange("A1:A2"), "rates");
      const rate = context.workbook.names.add("oneRate", "=0.05" as never);
      sheet.names.add("localName", sheet.getRange("A2"));
      sheet.getRange("B1").formulas = [["=SUM(fxRates)*oneRate"]];
      await context.sync();
      fx.load("name,type,value,formula,scope,comment,visible");
      rate.load("name,type,value,formula");
      const range = fx.getRange().load("address");
      const local = sheet.names.getItemOrNullObject("localName").load("name,scope");
      const none = context.workbook.names.getItemOrNullObject("localName");
      const result = sheet.getRange("B1").load("values");
      await context.sync();
      return [fx.toJSON(), rate.toJSON(), range.address, local.scope, none.isNullObject, result.values];
    });
    expect(read[0]).toMatchObject({
      name: "fxRates",
      type: "Range",
      value: "Sheet1!$A$1:$A$2",
      formula: "=Sheet1!$A$1:$A$2",
      scope: "Workbook",
      comment: "rates",
      visible: true,
    });
    expect(read[1]).toMatchObject({ name: "oneRate", type: "Double", value: 0.05, formula: "=0.05" });
    expect(read.slice(2)).toEqual(["Sheet1!A1:A2", "Worksheet", true, [[0.25]]]);
    expect(await code((context) => context.workbook.names.add("fxRates", "=1" as never))).toBe("ItemAlreadyExists");
    expect(await code((context) => context.workbook.names.add("A1", "=1" as never))).toBe("InvalidArgument");
    await excel.run(async (context) => {
      context.workbook.names.getItem("oneRate").formula = "=0.1";
      await context.sync();
      const result = context.workbook.worksheets.getItem("Sheet1").getRange("B1").load("values");
      await context.sync();
      expect(result.values).toEqual([[0.5]]);
    });
  });

  it("keeps settings, custom XML and properties", async () => {
    const read = await excel.run(async (context) => {
      const { workbook } = context;
      workbook.settings.add("layout", { tab: "Run", at: new Date(86_400_000) });
      const part = workbook.customXmlParts.add('<state xmlns="urn:collateral:state"><k/></state>').load("id");
      workbook.properties.title = "Desk";
      workbook.properties.custom.add("desk", "repo");
      await context.sync();
      const setting = workbook.settings.getItem("layout").load("value");
      const none = workbook.settings.getItemOrNullObject("none");
      const found = workbook.customXmlParts.getByNamespace("urn:collateral:state").getOnlyItemOrNullObject().load("id");
      const xml = workbook.customXmlParts.getItem(part.id).getXml();
      workbook.properties.load("title");
      workbook.load("name");
      await context.sync();
      workbook.customXmlParts.getItem(part.id).setXml('<state xmlns="urn:collateral:state"/>');
      const changed = workbook.customXmlParts.getItem(part.id).getXml();
      await context.sync();
      part.delete();
      const gone = workbook.customXmlParts.getByNamespace("urn:collateral:state").getCount();
      await context.sync();
      return [setting.value, none.isNullObject, found.id === part.id, xml.value, workbook.properties.title, workbook.name, changed.value, gone.value];
    });
    expect(read).toEqual([
      { tab: "Run", at: new Date(86_400_000) },
      true,
      true,
      '<state xmlns="urn:collateral:state"><k/></state>',
      "Desk",
      "Book1",
      '<state xmlns="urn:collateral:state"/>',
      0,
    ]);
  });

  it("answers for the application", async () => {
    const read = await excel.run(async (context) => {
      const { application } = context.workbook;
      application.suspendApiCalculationUntilNextSync();
      application.suspendScreenUpdatingUntilNextSync();
      application.load("calculationMode,decimalSeparator,thousandsSeparator");
      application.cultureInfo.load("name");
      context.workbook.worksheets.getItem("Sheet1").getRange("A1").values = [["=RAND()"]];
      await context.sync();
      application.calculate("Full");
      const range = context.workbook.worksheets.getItem("Sheet1").getRange("A1").load("values");
      await context.sync();
      return [
        application.calculationMode,
        application.decimalSeparator,
        application.thousandsSeparator,
        application.cultureInfo.name,
        typeof range.values[0]?.[0],
      ];
    });
    expect(read).toEqual(["Automatic", ".", ",", "en-US", "number"]);
  });

  it("remembers charts for those who draw and save them", async () => {
    const seen: number[] = [];
    const stop = excel.host.charts().onChange(() => seen.push(excel.host.charts().list().length));
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:C3").values = [
        ["agreement", "required", "posted"],
        ["CSA 1", 10, 10],
        ["CSA 2", 20, 18],
      ];
      const chart = sheet.charts.add("ColumnClustered", sheet.getRange("A1:C3"), "Auto");
      chart.name = "coverage";
      chart.title.text = "Cover by agreement";
      chart.setPosition("E2", "L18");
      chart.legend.position = "Bottom";
      chart.axes.valueAxis.title.text = "EUR";
      chart.series.getItemAt(1).format.fill.setSolidColor("#C00000");
      chart.series.load("items/name");
      const missing = sheet.charts.getItemOrNullObject("none");
      await context.sync();
      expect(chart.series.items.map((series) => series.name)).toEqual(["required", "posted"]);
      expect(missing.isNullObject).toBe(true);
    });
    const [chart] = excel.host.charts().list();
    expect(chart).toMatchObject({
      name: "coverage",
      type: "ColumnClustered",
      title: "Cover by agreement",
      sheetName: "Sheet1",
      source: "Sheet1!A1:C3",
      position: { startCell: "E2", endCell: "L18" },
    });
    expect(chart?.series.map(({ name, values, categories }) => [name, values, categories])).toEqual([
      ["required", "Sheet1!B2:B3", "Sheet1!A2:A3"],
      ["posted", "Sheet1!C2:C3", "Sheet1!A2:A3"],
    ]);
    expect(chart?.settings.children.Legend?.values.Position).toBe("Bottom");
    expect(chart?.series[1]?.settings.children.Format?.children.Fill?.values.Color).toBe("#C00000");
    expect(seen.length).toBeGreaterThan(0);
    stop();
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Sheet1").charts.getItem("coverage").delete();
      await context.sync();
    });
    expect(excel.host.charts().list()).toEqual([]);
  });

  it("remembers conditional formats and data validation", async () => {
    const read = await excel.run(async (context) => {
      const range = context.workbook.worksheets.getItem("Sheet1").getRange("A1:A9");
      const format = range.conditionalFormats.add("CellValue");
      format.cellValue.format.font.color = "#FF0000";
      format.cellValue.rule = { formula1: "0", operator: "LessThan" };
      range.dataValidation.rule = { list: { inCellDropDown: true, source: "a,b" } };
      const count = range.conditionalFormats.getCount();
      range.dataValidation.load("rule,type");
      await context.sync();
      format.cellValue.load("rule");
      await context.sync();
      return [count.value, format.cellValue.rule, range.dataValidation.rule, range.dataValidation.type];
    });
    expect(read).toEqual([1, { formula1: "0", operator: "LessThan" }, { list: { inCellDropDown: true, source: "a,b" } }, "List"]);
  });

  it("hands over what a file keeps beside the cells, and takes it back", async () => {
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add("Coverage");
      sheet.getRange("A1:B2").values = [
        ["agreement", "cover"],
        ["CSA 1", 1],
      ];
      sheet.customProperties.add("madeBy", "us");
      sheet.charts.add("Pie", sheet.getRange("A1:B2")).name = "cover";
      sheet.getRange("A2").conditionalFormats.add("Custom").custom.rule.formula = "=B2<1";
      sheet.protection.protect();
      context.workbook.settings.add("tab", "Run");
      await context.sync();
    });
    const saved = JSON.parse(JSON.stringify(excel.host.documentState()));
    excel.dispose();
    excel = await startExcel();
    await excel.run(async (context) => {
      context.workbook.worksheets.add("Coverage");
      await context.sync();
    });
    excel.host.restoreDocumentState(saved);
    const read = await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Coverage");
      const mark = sheet.customProperties.getItem("madeBy").load("value");
      sheet.protection.load("protected");
      const setting = context.workbook.settings.getItem("tab").load("value");
      const formats = sheet.getRange("A2").conditionalFormats.load("items/type");
      await context.sync();
      return [mark.value, sheet.protection.protected, setting.value, formats.items.map((format) => format.type)];
    });
    expect(read).toEqual(["us", true, "Run", ["Custom"]]);
    expect(excel.host.charts().list()).toMatchObject([{ name: "cover", type: "Pie", sheetName: "Coverage" }]);
    expect(() => excel.host.restoreDocumentState({})).toThrow("no saved state");
  });
});
