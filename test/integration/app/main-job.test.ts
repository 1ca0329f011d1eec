/** @jest-environment jsdom */
import type { CollateralApp } from "../../../src/app/collateral-app";
import { startExcel, type TestExcel } from "../../support/excel";
import { openExcelApp } from "../../support/excel-app";

const table = (excel: TestExcel, address: string): unknown[][] => excel.values(address).map((row) => [...row]);

/** Rows under the header of a result sheet, as records by header. */
const records = (excel: TestExcel, sheet: string, columns: string, rows: number): Record<string, unknown>[] => {
  const [headers = [], ...body] = table(excel, `${sheet}!A5:${columns}${5 + rows}`);
  return body.filter((row) => row[0] !== "").map((row) => Object.fromEntries(headers.map((header, at) => [String(header), row[at]])));
};

describe("the main job on the real Office.js", () => {
  let excel: TestExcel;
  let app: CollateralApp;

  beforeAll(async () => {
    excel = await startExcel();
    app = openExcelApp();
    await app.insertSample();
  });
  afterAll(() => excel.dispose());

  it("inserts the sample as tables that the app reads without a problem", async () => {
    const status = await app.checkData();
    expect(status.issues.filter((issue) => issue.severity === "error")).toEqual([]);
    expect(status.tables.find((found) => found.kind === "assets")).toMatchObject({ name: "tblAssets", sheet: "Assets" });
  });

  it("runs and writes result sheets whose native formulas agree to the cent", async () => {
    const summary = await app.run().done;
    expect(summary.status).toBe("done");
    expect(summary.sheets).toEqual(["Allocation", "Coverage", "Inventory", "Movements", "Analysis", "Run log"]);
    await excel.calculated();
    const lines = records(excel, "Allocation", "O", 60);
    expect(lines).toHaveLength(summary.outcome?.lines.length ?? -1);
    for (const line of lines) expect(line).toMatchObject({ Difference: 0 });
    const coverage = records(excel, "Coverage", "O", 20);
    expect(coverage).toHaveLength(9);
    for (const call of coverage) expect(call).toMatchObject({ Status: "Covered", Difference: 0 });
    expect(excel.text("Allocation!A2")[0]?.[0]).toMatch(/^Run RUN\d+, 2026-11-22 16:00 UTC, complete\./);
  });

  it("adds the second engine's opinion to the log afterwards, below everything that stands there", async () => {
    const isOpinion = (entry: Record<string, unknown>): boolean => entry["Entry"] === "Second engine";
    const before = records(excel, "'Run log'", "I", 200);
    excel.enter(`'Run log'!C${6 + before.length + 1}`, "a note of the desk");
    const run = app.run();
    const summary = await run.done;
    const opinion = await run.secondOpinion;
    expect(opinion?.verdict).toBe("agrees");
    const column = table(excel, `'Run log'!A6:I205`);
    const at = column.findIndex((row) => row[0] === summary.runId && row[4] === "Second engine");
    expect(column[at]).toEqual([
      summary.runId,
      "2026-11-22 16:00:00",
      summary.inputHash,
      opinion?.engine,
      "Second engine",
      "OK",
      "",
      "",
      opinion?.text,
    ]);
    expect(column.slice(at + 1).every((row) => row.every((cell) => cell === ""))).toBe(true);
    expect(column[before.length + 1]?.[2]).toBe("a note of the desk");
    expect(records(excel, "'Run log'", "I", 200).filter((entry) => isOpinion(entry) && entry["Id"] === summary.runId)).toHaveLength(1);
  });

  it("shows a difference when an input haircut changes afterwards", async () => {
    const headers = table(excel, "Eligibility!A5:R5")[0] as string[];
    const column = String.fromCharCode(65 + headers.indexOf("haircut"));
    const before = records(excel, "Allocation", "O", 60);
    const rules = table(excel, `Eligibility!A6:R120`);
    const line = before.find((found) =>
      rules.some((rule) => rule[0] === found["Agreement"] && rule[1] === found["Asset"] && typeof rule[headers.indexOf("haircut")] === "number"),
    );
    const row = rules.findIndex((rule) => rule[0] === line?.["Agreement"] && rule[1] === line?.["Asset"]);
    const address = `Eligibility!${column}${6 + row}`;
    const old = excel.values(address)[0]?.[0];
    excel.enter(address, 0.5);
    await excel.calculated();
    const after = records(excel, "Allocation", "O", 60).find(
      (found) => found["Agreement"] === line?.["Agreement"] && found["Asset"] === line?.["Asset"],
    );
    expect(after?.["Difference"]).not.toBe(0);
    const call = records(excel, "Coverage", "O", 20).find((found) => found["Agreement"] === line?.["Agreement"]);
    expect(call?.["Difference"]).not.toBe(0);
    excel.enter(address, old);
    await excel.calculated();
  });

  it("shows a price that goes missing in the lines and calls that use it, and nowhere else", async () => {
    const headers = table(excel, "Assets!A5:Z5")[0] as string[];
    const ids = table(excel, `Assets!A6:A60`).map(([id]) => id);
    const before = records(excel, "Allocation", "O", 60);
    const asset = before[0]?.["Asset"];
    const address = `Assets!${String.fromCharCode(65 + headers.indexOf("price"))}${6 + ids.indexOf(asset)}`;
    const old = excel.values(address)[0]?.[0];
    excel.enter(address, "=NA()");
    await excel.calculated();
    const isMissing = (record: Record<string, unknown>): boolean => record["Difference"] !== 0;
    const lines = records(excel, "Allocation", "O", 60);
    const touched = lines.filter(isMissing);
    expect(touched.length).toBeGreaterThan(0);
    expect(new Set(touched.map((line) => line["Difference"]))).toEqual(new Set(["#N/A"]));
    // A name that a spreadsheet reads as a number (912828E10) is compared by the slow way, which looks at every row.
    expect(new Set(touched.map((line) => line["Asset"]).filter((id) => Number.isNaN(Number(id))))).toEqual(new Set([asset]));
    expect(touched.length).toBeLessThan(lines.length / 2);
    const calls = records(excel, "Coverage", "O", 20).filter(isMissing);
    expect(new Set(calls.map((call) => call["Agreement"]))).toEqual(new Set(touched.map((line) => line["Agreement"])));
    expect(calls.length).toBeLessThan(9);
    excel.enter(address, old);
    await excel.calculated();
    expect(records(excel, "Coverage", "O", 20).filter(isMissing)).toEqual([]);
  });

  it("rewrites its own sheets in place, keeps the log of earlier runs and the user's notes", async () => {
    excel.enter("Allocation!R8", "checked by the desk");
    const summary = await app.run().done;
    expect(summary.sheets).toEqual(["Allocation", "Coverage", "Inventory", "Movements", "Analysis", "Run log"]);
    expect(excel.values("Allocation!R8")[0]?.[0]).toBe("checked by the desk");
    const ids = new Set(records(excel, "'Run log'", "I", 200).map((entry) => entry["Id"]));
    expect(ids.size).toBeGreaterThanOrEqual(2);
  });

  it("takes a suffix when the name of a result sheet is the user's", async () => {
    await excel.run(async (context) => {
      context.workbook.worksheets.getItem("Allocation").delete();
      context.workbook.worksheets.add("Allocation");
      context.workbook.worksheets.getItem("Allocation").getRange("A1").values = [["my own plan"]];
      await context.sync();
    });
    const summary = await app.run().done;
    expect(summary.sheets[0]).toBe("Allocation 2");
    expect(excel.values("Allocation!A1")[0]?.[0]).toBe("my own plan");
    for (const call of records(excel, "Coverage", "O", 20)) expect(call).toMatchObject({ Difference: 0 });
  });

  it("never clashes when the sample is inserted twice", async () => {
    const before = table(excel, "Assets!A5:H30");
    const second = await app.insertSample();
    expect(second.suffix).toBe("2");
    expect(table(excel, "Assets!A5:H30")).toEqual(before);
    expect((await app.checkData()).sets).toEqual(["", "2"]);
  });
});
