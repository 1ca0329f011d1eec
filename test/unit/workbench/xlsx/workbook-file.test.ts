import { keptPartsOf, withoutCharts } from "../../../../src/workbench/xlsx/kept-parts";
import { readWorkbookFile } from "../../../../src/workbench/xlsx/read-workbook-file";
import type { FileCell, FileSheet, WorkbookFile } from "../../../../src/workbench/xlsx/workbook-file";
import { writeWorkbookFile } from "../../../../src/workbench/xlsx/write-workbook-file";
import { unzipText } from "../../../support/workbench-unzip";

const FUNCTIONS = ["COLL.COLLATERALVALUE"];

const BARE: Omit<FileSheet, "name" | "cells"> = {
  columnWidths: new Map(),
  rowHeights: new Map(),
  frozenRows: 0,
  frozenColumns: 0,
  merges: [],
  tables: [],
  charts: [],
};

const HOLDINGS: readonly FileCell[] = [
  { row: 0, column: 0, value: "asset", look: { bold: true, fill: "DDEBF7" } },
  { row: 0, column: 1, value: "quantity", look: { bold: true } },
  { row: 1, column: 0, value: "912828E10", look: { numberFormat: "@" } },
  { row: 1, column: 1, value: 1234.5, look: { numberFormat: "#,##0.00", fontColor: "0000FF" } },
  { row: 2, column: 0, value: "037833100", look: { numberFormat: "@" } },
  { row: 2, column: 1, value: -7, look: { numberFormat: "#,##0.00" } },
  { row: 4, column: 0, value: 1227.5, formula: "=SUM(tblHoldings[quantity])" },
  { row: 5, column: 0, value: 46000, look: { numberFormat: "yyyy-mm-dd" } },
  { row: 6, column: 0, value: true },
  { row: 7, column: 0, value: "#N/A", isError: true },
  { row: 8, column: 0, value: 95, formula: "=COLL.COLLATERALVALUE(100,0.05)" },
  { row: 9, column: 0, value: 1, formula: "=SEQUENCE(3)", spill: "A10:A12" },
  { row: 10, column: 0, value: 2 },
  { row: 11, column: 0, value: 3 },
];

const BOOK: WorkbookFile = {
  activeSheet: 1,
  names: [
    { name: "baseCurrency", refersTo: "Holdings!$A$2" },
    { name: "localName", refersTo: "'Run log'!$B$3", sheet: "Run log" },
  ],
  sheets: [
    {
      ...BARE,
      name: "Holdings",
      cells: HOLDINGS,
      columnWidths: new Map([[0, 18.5]]),
      frozenRows: 1,
      tables: [{ name: "tblHoldings", range: "A1:B3", columns: ["asset", "quantity"] }],
      charts: [
        {
          kind: "column",
          title: "Cover",
          series: [{ name: "quantity", values: "Holdings!$B$2:$B$3", categories: "Holdings!$A$2:$A$3" }],
          from: { row: 1, column: 4 },
          to: { row: 15, column: 10 },
        },
      ],
    },
    { ...BARE, name: "Run log", cells: [{ row: 2, column: 1, value: "note" }] },
  ],
};

async function reopened(): Promise<WorkbookFile> {
  return readWorkbookFile(await writeWorkbookFile(BOOK, FUNCTIONS), FUNCTIONS);
}

function at(sheet: FileSheet | undefined, row: number, column: number): FileCell | undefined {
  return sheet?.cells.find((cell) => cell.row === row && cell.column === column);
}

describe("saving and reopening a workbook", () => {
  it("keeps sheet order, the active sheet, widths and frozen rows", async () => {
    const book = await reopened();
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(["Holdings", "Run log"]);
    expect(book.activeSheet).toBe(1);
    expect(book.sheets[0]?.columnWidths.get(0)).toBeCloseTo(18.5, 2);
    expect(book.sheets[0]?.frozenRows).toBe(1);
  });

  it("keeps identifiers as text, numbers, dates as serials, logicals and errors", async () => {
    const sheet = (await reopened()).sheets[0];
    expect(at(sheet, 1, 0)).toMatchObject({ value: "912828E10", look: { numberFormat: "@" } });
    expect(at(sheet, 2, 0)?.value).toBe("037833100");
    expect(at(sheet, 1, 1)).toMatchObject({ value: 1234.5, look: { numberFormat: "#,##0.00", fontColor: "0000FF" } });
    expect(at(sheet, 5, 0)).toMatchObject({ value: 46000, look: { numberFormat: "yyyy-mm-dd" } });
    expect(at(sheet, 6, 0)?.value).toBe(true);
    expect(at(sheet, 7, 0)).toMatchObject({ value: "#N/A", isError: true });
    expect(at(sheet, 0, 0)?.look).toMatchObject({ bold: true, fill: "DDEBF7" });
  });

  it("keeps formulas with their results and lets spills spill again", async () => {
    const sheet = (await reopened()).sheets[0];
    expect(at(sheet, 4, 0)).toMatchObject({ formula: "=SUM(tblHoldings[quantity])", value: 1227.5 });
    expect(at(sheet, 8, 0)).toMatchObject({ formula: "=COLL.COLLATERALVALUE(100,0.05)", value: 95 });
    expect(at(sheet, 9, 0)).toMatchObject({ formula: "=SEQUENCE(3)", spill: "A10:A12" });
    expect(at(sheet, 10, 0)).toBeUndefined();
  });

  it("keeps tables and names of both scopes", async () => {
    const book = await reopened();
    expect(book.sheets[0]?.tables).toMatchObject([{ name: "tblHoldings", range: "A1:B3", columns: ["asset", "quantity"] }]);
    expect(book.names).toEqual(BOOK.names);
  });

  it("does not lose a chart that was in the file when it is saved again", async () => {
    const twice = await writeWorkbookFile(await reopened(), FUNCTIONS);
    const chart = unzipText(twice, /^xl\/charts\/chart1\.xml$/);
    expect(chart).toContain("Holdings!$B$2:$B$3");
    expect(chart).toContain("Cover");
  });

  it("writes what Excel writes: stored function names, dynamic array marks, a table part", async () => {
    const bytes = await writeWorkbookFile(BOOK, FUNCTIONS);
    const sheet = unzipText(bytes, /^xl\/worksheets\/sheet1\.xml$/);
    expect(sheet).toContain("<f>_xldudf_COLL_COLLATERALVALUE(100,0.05)</f>");
    expect(sheet).toContain('<f t="array" ref="A10:A12">_xlfn.SEQUENCE(3)</f>');
    expect(sheet).toMatch(/<c r="A10"[^>]* cm="1"/);
    expect(unzipText(bytes, /^xl\/tables\/table1\.xml$/)).toContain('displayName="tblHoldings"');
    expect(unzipText(bytes, /^xl\/workbook\.xml$/)).toContain('<definedName name="localName" localSheetId="1">\'Run log\'!$B$3</definedName>');
  });

  it("says in words that a file is no workbook", async () => {
    await expect(readWorkbookFile(new TextEncoder().encode("no zip"), FUNCTIONS)).rejects.toThrow(/no .xlsx workbook/);
  });
});

describe("the workbench's note in a file", () => {
  it("comes back whole, whatever its length, beside the user's own properties", async () => {
    const note = JSON.stringify({ marks: "ä\n".repeat(700) });
    const first = await readWorkbookFile(await writeWorkbookFile({ ...BOOK, note }, FUNCTIONS), FUNCTIONS);
    expect(first.note).toBe(note);
    const second = await readWorkbookFile(await writeWorkbookFile({ ...first, note: "short" }, FUNCTIONS), FUNCTIONS);
    expect(second.note).toBe("short");
  });

  it("is absent from other files", async () => {
    expect((await reopened()).note).toBeUndefined();
  });
});

describe("charts that are drawn again", () => {
  it("are taken out of what the file had, and others stay", async () => {
    const sheet = (await reopened()).sheets[0];
    const without = withoutCharts(sheet?.kept, [{ title: "Cover", values: "Holdings!B2:B3" }]);
    expect(keptPartsOf(without).charts).toEqual([]);
    const other = withoutCharts(sheet?.kept, [{ title: "Cover", values: "Holdings!A2:A3" }]);
    expect(keptPartsOf(other).charts).toHaveLength(1);
  });
});
