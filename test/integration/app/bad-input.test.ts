/** @jest-environment jsdom */
import type { CollateralApp } from "../../../src/app/collateral-app";
import { startExcel, type TestExcel } from "../../support/excel";
import { openExcelApp } from "../../support/excel-app";

describe("bad input on the real Office.js", () => {
  let excel: TestExcel;
  let app: CollateralApp;

  beforeAll(async () => {
    excel = await startExcel();
    app = openExcelApp();
    await app.insertSample();
  });
  afterAll(() => excel.dispose());

  const letterOf = (sheet: string, column: string): string => {
    const headers = (excel.values(`${sheet}!A5:Z5`)[0] ?? []) as unknown[];
    return String.fromCharCode(65 + headers.indexOf(column));
  };

  const sheets = (): Promise<string[]> =>
    excel.run(async (context) => {
      const all = context.workbook.worksheets;
      all.load("items/name");
      await context.sync();
      return all.items.map((sheet) => sheet.name);
    });

  it.each([
    ["a blank haircut", "Eligibility", "haircut", "", /haircut is blank/],
    ["text in a price", "Assets", "price", "about 97k", /price "about 97k" is text/],
    ["#N/A in a price", "Assets", "price", "=NA()", /price holds the error #N\/A/],
    ["an unknown agreement", "Eligibility", "agreementId", "CSA-NOBODY", /CSA-NOBODY is not in tblAgreements/],
    ["a negative quantity", "Assets", "quantity", -1, /negative row of tblHoldings/],
  ])("%s stops the run with its cell and the fix; no sheet is written", async (_title, sheet, column, cell, message) => {
    const address = `${sheet}!${letterOf(sheet, column)}6`;
    const old = excel.values(address)[0]?.[0];
    const before = await sheets();
    excel.enter(address, cell);
    await excel.calculated();
    const summary = await app.run().done;
    excel.enter(address, old);
    await excel.calculated();
    expect(summary.status).toBe("blocked");
    expect(summary.headline).toMatch(message);
    expect(summary.headline).toContain(address);
    expect(summary.issues[0]?.cell).toEqual({ sheet, address: `${letterOf(sheet, column)}6` });
    expect(await sheets()).toEqual(before);
  });

  it("puts the previous results back when writing fails half-way", async () => {
    const first = await app.run().done;
    expect(first.status).toBe("done");
    await excel.calculated();
    const before = excel.values("Coverage!A1:F20");
    excel.host.injectFault({ code: "GeneralException", message: "The network drive went away." }, "Chart.Name");
    const second = await app.run().done;
    expect(second).toMatchObject({ status: "failed", headline: expect.stringContaining("network drive") });
    await excel.calculated();
    expect(excel.values("Coverage!A1:F20")).toEqual(before);
    expect(excel.text("Coverage!A2")[0]?.[0]).toMatch(/complete/);
  });

  it("names the protected sheet's cure when results cannot be written", async () => {
    excel.host.injectFault({ code: "AccessDenied", message: "You cannot perform the requested operation." });
    expect((await app.run().done).headline).toMatch(/protected\. Unprotect it and try again/);
  });

  it("takes a half-made sample away again when Excel refuses one of its tables", async () => {
    const before = await sheets();
    excel.host.injectFault({ code: "AccessDenied", message: "You cannot perform the requested operation." }, "TableCollection.Add");
    await expect(app.insertSample()).rejects.toThrow(/^Could not /);
    expect(await sheets()).toEqual(before);
  });
});
