/** @jest-environment jsdom */
import { startExcel, type TestExcel } from "../../support/excel";
import { until } from "../../support/until";

/** Number of the selection's event in the old document interface. */
const SELECTION_CHANGED = 2;

describe("events, actions and errors of the embedded Excel", () => {
  let excel: TestExcel;
  beforeEach(async () => {
    excel = await startExcel();
  });
  afterEach(() => excel.dispose());

  const error = (
    batch: (context: Excel.RequestContext) => void,
  ): Promise<{ code: string; message: string; debugInfo: { errorLocation?: string; statement?: string } }> =>
    excel
      .run(async (context) => {
        batch(context);
        await context.sync();
        throw new Error("no error came");
      })
      .catch((caught) => caught);

  const delivered = () => new Promise((resolve) => setTimeout(resolve, 0));

  it("tells changes by the user and by the add-in, to sheet, workbook and table", async () => {
    const seen: unknown[] = [];
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:B2").values = [
        ["a", "b"],
        [1, 2],
      ];
      const table = sheet.tables.add("A1:B2", true);
      await context.sync();
      const note = (who: string) => async (event: { address: string; changeType: string; source: string; triggerSource?: string }) =>
        void seen.push([who, event.address, event.changeType, event.source, event.triggerSource]);
      sheet.onChanged.add(note("sheet"));
      context.workbook.worksheets.onChanged.add(note("workbook"));
      table.onChanged.add(note("table"));
      await context.sync();
      sheet.getRange("D1").values = [[1]];
      await context.sync();
    });
    await until(() => seen.length >= 2);
    await delivered();
    expect(seen).toEqual([
      ["sheet", "D1", "RangeEdited", "Local", "ThisLocalAddin"],
      ["workbook", "D1", "RangeEdited", "Local", "ThisLocalAddin"],
    ]);
    seen.length = 0;
    excel.enter("Sheet1!A2", 5);
    await until(() => seen.length >= 3);
    expect(seen).toEqual([
      ["sheet", "A2", "RangeEdited", "Local", "Unknown"],
      ["workbook", "A2", "RangeEdited", "Local", "Unknown"],
      ["table", "A2", "RangeEdited", "Local", undefined],
    ]);
  });

  it("hands the changed range to the handler, keeps quiet about formats, and tells calculation apart", async () => {
    const seen: unknown[] = [];
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1:B1").formulas = [[1, "=A1*2"]];
      await context.sync();
      sheet.onChanged.add(async (event) => {
        await excel.run(async (inner) => {
          const range = event.getRange(inner).load("values,address");
          await inner.sync();
          seen.push([range.address, range.values]);
        });
      });
      sheet.onCalculated.add(async (event) => void seen.push(["calculated", event.address]));
      await context.sync();
      await excel.calculated();
      await delivered();
      seen.length = 0;
      sheet.getRange("A1").format.font.bold = true;
      sheet.getRange("A1").numberFormat = [["0.0"]];
      await context.sync();
    });
    excel.enter("Sheet1!A1", 4);
    await until(() => seen.length >= 2);
    // Events come in order: what the formats had set off would have come before this one.
    excel.enter("Sheet1!A9", 5);
    await until(() => seen.length >= 3);
    expect(seen.slice(0, 2)).toContainEqual(["Sheet1!A1", [[4]]]);
    expect(seen.slice(0, 2)).toContainEqual(["calculated", "B1"]);
    expect(seen.slice(2)).toEqual([["Sheet1!A9", [[5]]]]);
  });

  it("tells selection, activation and new sheets, and nothing while events are off", async () => {
    const seen: unknown[] = [];
    await excel.run(async (context) => {
      const { worksheets } = context.workbook;
      const sheet = worksheets.getItem("Sheet1").load("id");
      await context.sync();
      sheet.onSelectionChanged.add(async (event) => void seen.push(["selection", event.address]));
      worksheets.onAdded.add(async (event) => void seen.push(["added", event.source]));
      worksheets.onActivated.add(async (event) => void seen.push(["activated", event.worksheetId === sheet.id]));
      await context.sync();
      sheet.getRange("B2:C3").select();
      worksheets.add("Other").activate();
      await context.sync();
      context.runtime.enableEvents = false;
      await context.sync();
      sheet.activate();
      await context.sync();
      context.runtime.enableEvents = true;
      context.runtime.load("enableEvents");
      await context.sync();
      expect(context.runtime.enableEvents).toBe(true);
      // Events come in order: what the silent activation had set off would have come before this one.
      sheet.getRange("E5").select();
      await context.sync();
    });
    const isLast = (event: unknown): boolean => Array.isArray(event) && event[1] === "E5";
    await until(() => seen.some(isLast));
    expect(seen).toContainEqual(["selection", "B2:C3"]);
    expect(seen).toContainEqual(["added", "Local"]);
    expect(seen).toContainEqual(["activated", false]);
    expect(seen).not.toContainEqual(["activated", true]);
  });

  it("tells workbook.onSelectionChanged too", async () => {
    let count = 0;
    const register = jest.spyOn(window.external as unknown as { RegisterEvent: (id: number) => void }, "RegisterEvent");
    await excel.run(async (context) => {
      context.workbook.onSelectionChanged.add(async () => void (count += 1));
      await context.sync();
      // The library registers this one handler through the old document interface, some time after the sync.
      await until(() => register.mock.calls.some(([id]) => id === SELECTION_CHANGED));
      context.workbook.worksheets.getItem("Sheet1").getRange("D4").select();
      await context.sync();
    });
    await until(() => count > 0);
    await delivered();
    expect(count).toBe(1);
  });

  it("keeps document settings, and refuses what else the old document interface offers", async () => {
    const { document } = excel.Office.context;
    document.settings.set("seen", true);
    const saved = await new Promise<Office.AsyncResult<Office.Settings>>((resolve) => document.settings.saveAsync(resolve as never));
    expect(saved.status).toBe("succeeded");
    expect(document.settings.get("seen")).toBe(true);
    const written = await new Promise<Office.AsyncResult<void>>((resolve) => document.setSelectedDataAsync("x", resolve));
    expect(written.status).toBe("failed");
  });

  it("brings a ribbon action to Office.actions", async () => {
    const action = await new Promise((resolve) => {
      excel.Office.actions.associate("runAnalysis", (event: unknown) => resolve(event));
      excel.host.invokeAction("runAnalysis", { source: { id: "run" } });
    });
    expect(action).toMatchObject({ source: { id: "run" } });
  });

  it("fails loudly, by name, for what it does not know", async () => {
    const method = await error((context) => context.workbook.worksheets.getItem("Sheet1").getRange("A1").flashFill());
    expect(method.message).toContain("HostNotImplemented <Range.FlashFill>");
    const property = await error((context) => context.workbook.worksheets.getItem("Sheet1").pageLayout.load("orientation"));
    expect(property.message).toContain("HostNotImplemented <Worksheet.PageLayout>");
    const setter = await error((context) => (context.workbook.worksheets.getItem("Sheet1").getRange("A1").format.textOrientation = 90));
    expect(setter.message).toContain("HostNotImplemented <RangeFormat.TextOrientation");
    const event = await error((context) => context.workbook.worksheets.getItem("Sheet1").onRowSorted.add(async () => undefined));
    expect(event.message).toContain("HostNotImplemented <Worksheet._RegisterRowSortedEvent>");
    const shape = await error((context) => context.workbook.worksheets.getItem("Sheet1").shapes.load("items"));
    expect(shape.message).toContain("HostNotImplemented <Worksheet.Shapes>");
  });

  it("refuses what is beyond its requirement sets, in the library itself", () => {
    expect(() => new excel.Excel.RequestContext().workbook.worksheets.getItem("Sheet1").getRange("A1").getDependents()).toThrow(/ApiNotFound|1\.15/);
  });

  it("names the statement of an error", async () => {
    const caught = await error((context) => context.workbook.worksheets.getItem("Nowhere").getRange("A1").load("values"));
    expect(caught).toBeInstanceOf(excel.OfficeExtension.Error);
    expect(caught.code).toBe("ItemNotFound");
    expect(caught.debugInfo.statement).toContain("getItem(...)");
  });

  it("answers with injected faults once", async () => {
    const write = (context: Excel.RequestContext) => void (context.workbook.worksheets.getItem("Sheet1").getRange("A1").values = [[1]]);
    excel.host.injectFault({ code: 5004 });
    expect((await error(write)).code).toBe("InvalidOperationInCellEditMode");
    excel.host.injectFault({ code: "AccessDenied", message: "Read-only." }, "Range.Values");
    const denied = await error(write);
    expect([denied.code, denied.message]).toEqual(["AccessDenied", "Read-only."]);
    await excel.run(async (context) => {
      write(context);
      await context.sync();
    });
    expect(excel.values("Sheet1!A1")).toEqual([[1]]);
  });

  it("keeps what was done before an error in the same batch", async () => {
    await error((context) => {
      const sheet = context.workbook.worksheets.getItem("Sheet1");
      sheet.getRange("A1").values = [["kept"]];
      sheet.getRange("A2:B2").values = [[1]];
    });
    expect(excel.values("Sheet1!A1")).toEqual([["kept"]]);
  });
});
