/** @jest-environment jsdom */
import type { CollateralApp } from "../../../src/app/collateral-app";
import { startExcel, type TestExcel } from "../../support/excel";
import { openExcelApp } from "../../support/excel-app";

describe("the rest of the gateway on the real Office.js", () => {
  let excel: TestExcel;
  let app: CollateralApp;

  beforeAll(async () => {
    excel = await startExcel();
    app = openExcelApp();
    await app.insertSample();
  });
  afterAll(() => excel.dispose());

  const selected = (): Promise<string> =>
    excel.run(async (context) => {
      const range = context.workbook.getSelectedRange();
      range.load("address");
      await context.sync();
      return range.address;
    });

  it("goes to a cell, and says what to do when its sheet is gone", async () => {
    await app.goTo("Fx", "B6");
    expect(await selected()).toBe("Fx!B6");
    await expect(app.goTo("Nowhere", "A1")).rejects.toThrow(/Sheet Nowhere is no longer there/);
  });

  it("types a formula into a blank selected cell only", async () => {
    await app.goTo("Sheet1", "C3");
    expect(await app.insertFormula("=1+1")).toBe("Inserted the formula in Sheet1!C3.");
    await excel.calculated();
    expect(excel.values("Sheet1!C3")[0]?.[0]).toBe(2);
    await expect(app.insertFormula("=3+3")).rejects.toThrow(/Sheet1!C3 is not blank/);
    expect(excel.values("Sheet1!C3")[0]?.[0]).toBe(2);
  });

  it("appends accepted tiers to the table, which then holds them", async () => {
    const tiersRead = async (): Promise<number> => (await app.checkData()).tables.find((found) => found.kind === "tiers")?.rows ?? -1;
    const before = await tiersRead();
    const paste = { text: "asset\tupTo\tratio\nDOT\t100\t0.9\nDOT\t\t0.5", tierTable: "NEW-VENUE", validFrom: "2026-11-23T06:00Z", source: "pasted" };
    expect(await app.acceptTiers(paste)).toMatch(/^Added 2 rows to tblTiers\./);
    expect(await tiersRead()).toBe(before + 2);
    expect((await app.checkData()).issues.filter((issue) => issue.severity === "error")).toEqual([]);
  });

  it("refuses to append over the user's cells below a table", async () => {
    const tiers = (await app.checkData()).tables.find((found) => found.kind === "tiers");
    const last = Number(/(\d+)$/.exec(tiers?.address ?? "")?.[1]);
    // One blank row between, so that the note is not taken for a row of the table.
    excel.enter(`Tiers!A${last + 2}`, "note of the desk");
    const paste = { text: "asset,upTo,ratio\nKSM,5,0.9\nKSM,,0.5", tierTable: "NEW-VENUE", validFrom: "", source: "" };
    await expect(app.acceptTiers(paste)).rejects.toThrow(/The cells below tblTiers .* are not blank/);
    expect(excel.values(`Tiers!A${last + 2}`)[0]?.[0]).toBe("note of the desk");
  });

  it("restores the results of the run before", async () => {
    const first = await app.run().done;
    expect(first.status).toBe("done");
    const before = excel.values("Coverage!A1:F14");
    const headers = (excel.values("Agreements!A5:Z5")[0] ?? []) as unknown[];
    const requirement = `Agreements!${String.fromCharCode(65 + headers.indexOf("requirement"))}6`;
    excel.enter(requirement, Number(excel.values(requirement)[0]?.[0]) / 2);
    await excel.calculated();
    expect((await app.run().done).status).toBe("done");
    expect(excel.values("Coverage!A1:F14")).not.toEqual(before);
    expect(await app.restorePrevious()).toMatch(/^Restored the earlier results on Allocation/);
    expect(excel.values("Coverage!A1:F14")).toEqual(before);
    expect(app.lastRun()?.runId).toBe(first.runId);
  });

  it("moves a grown report to a new sheet when the user has typed below the old one", async () => {
    expect((await app.run().done).sheets[1]).toBe("Coverage");
    const old = excel.values("Coverage!A1:F14");
    excel.enter("Coverage!A15", "called back at 16:40");
    const headers = (excel.values("Agreements!A5:Z5")[0] ?? []) as unknown[];
    const row = headers.map((header) => ({ agreementId: "CSA-NEW", currency: "USD", requirement: 0 })[String(header)] ?? "");
    excel.enter("Agreements!A15", [row.slice(0, headers.indexOf(""))]);
    await excel.calculated();
    const summary = await app.run().done;
    expect(summary.sheets[1]).toBe("Coverage 2");
    expect(excel.values("Coverage!A15")[0]?.[0]).toBe("called back at 16:40");
    expect(excel.values("Coverage!A6:F14")).toEqual(old.slice(5));
    expect(excel.values("'Coverage 2'!A6:A15").flat()).toContain("CSA-NEW");
  });

  it("reads a plain range with a header row where a sheet has no table", async () => {
    await excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add("My pins");
      sheet.getRange("B3:D4").values = [
        ["agreementId", "assetId", "action"],
        ["CSA-NORTHGATE-VM", "GBP", "forbid"],
      ];
      await context.sync();
    });
    expect((await app.checkData()).tables.find((found) => found.kind === "pins")).toMatchObject({ sheet: "My pins", address: "B3:D4", rowsRead: 1 });
  });
});
