/** @jest-environment jsdom */
import type { FileCell, FileSheet, WorkbookFile } from "../../../src/workbench/xlsx/workbook-file";
import { startExcel, type TestExcel } from "../../support/excel";

type FileToGrid = typeof import("../../../src/workbench/xlsx/file-to-grid");
type GridToFile = typeof import("../../../src/workbench/xlsx/grid-to-file");

const BARE: Omit<FileSheet, "name" | "cells"> = {
  columnWidths: new Map(),
  rowHeights: new Map(),
  frozenRows: 0,
  frozenColumns: 0,
  merges: [],
  tables: [],
  charts: [],
};

const CELLS: readonly FileCell[] = [
  { row: 0, column: 0, value: "asset", look: { bold: true, fill: "DDEBF7" } },
  { row: 0, column: 1, value: "quantity", look: { bold: true } },
  { row: 1, column: 0, value: "912828E10", look: { numberFormat: "@" } },
  { row: 1, column: 1, value: 100, look: { numberFormat: "#,##0.00", fontColor: "0000FF" } },
  { row: 2, column: 0, value: "037833100", look: { numberFormat: "@" } },
  { row: 2, column: 1, value: 23.5, look: { numberFormat: "#,##0.00" } },
  { row: 5, column: 0, value: 0, formula: "=SUM(tblHoldings[quantity])" },
  { row: 6, column: 0, value: 0, formula: "=factor*2" },
  { row: 7, column: 0, value: 1, formula: "=SEQUENCE(3)", spill: "A8:A10" },
  { row: 11, column: 0, value: "#N/A", isError: true },
  { row: 12, column: 0, value: true },
  {
    row: 13,
    column: 3,
    value: 46000,
    look: { numberFormat: "yyyy-mm-dd", horizontal: "right", borders: { bottom: { style: "thin", color: "FF0000" } } },
  },
];

const BOOK: WorkbookFile = {
  activeSheet: 1,
  names: [
    { name: "factor", refersTo: "'Run log'!$B$1" },
    { name: "mine", refersTo: "Holdings!$A$1", sheet: "Holdings" },
  ],
  sheets: [
    {
      ...BARE,
      name: "Holdings",
      cells: CELLS,
      columnWidths: new Map([[0, 20]]),
      frozenRows: 1,
      merges: [{ startRow: 13, startColumn: 3, endRow: 13, endColumn: 4 }],
      tables: [{ name: "tblHoldings", range: "A1:B3", columns: ["asset", "quantity"] }],
    },
    { ...BARE, name: "Run log", cells: [{ row: 0, column: 1, value: 21 }] },
  ],
};

let excel: TestExcel;
let toFile: () => WorkbookFile;

beforeAll(async () => {
  // The first Excel loads Univer, on which the modules under test stand.
  const first = await startExcel();
  // What the library asks by itself at its start must be answered before this workbook goes.
  await first.run((context) => context.sync());
  first.dispose();
  const { addTablesAndNames, enterFormulas, gridSnapshot } = jest.requireActual<FileToGrid>("../../../src/workbench/xlsx/file-to-grid");
  const { workbookOfGrid } = jest.requireActual<GridToFile>("../../../src/workbench/xlsx/grid-to-file");
  excel = await startExcel({ workbook: gridSnapshot(BOOK, "Book") });
  await addTablesAndNames(excel.univerAPI, BOOK);
  enterFormulas(excel.univerAPI, BOOK);
  await excel.calculated();
  const injector = (excel.univerAPI as unknown as { _injector: Parameters<typeof workbookOfGrid>[1] })._injector;
  toFile = () => workbookOfGrid(excel.univerAPI, injector, { charts: () => [], choiceLists: () => [], kept: () => undefined });
});

afterAll(() => excel.dispose());

describe("a workbook file in the grid", () => {
  it("calculates structured references, names and spills that were in the file", () => {
    expect(excel.values("Holdings!A6:A10")).toEqual([[123.5], [42], [1], [2], [3]]);
  });

  it("shows identifiers as text, formats and errors as the file had them", () => {
    expect(excel.values("Holdings!A2:B3")).toEqual([
      ["912828E10", 100],
      ["037833100", 23.5],
    ]);
    expect(excel.text("Holdings!B2:B3")).toEqual([["100.00"], ["23.50"]]);
    expect(excel.text("Holdings!D14")).toEqual([["2025-12-09"]]);
    expect(excel.values("Holdings!A12:A13")).toEqual([["#N/A"], [true]]);
  });

  it("gives the add-in its tables and names", async () => {
    const found = await excel.run(async (context) => {
      const table = context.workbook.tables.getItem("tblHoldings").getRange().load({ address: true });
      const name = context.workbook.names.getItem("factor").load({ formula: true });
      await context.sync();
      return [table.address, name.formula];
    });
    expect(found).toEqual(["Holdings!A1:B3", "='Run log'!$B$1"]);
  });

  it("comes out of the grid as it went in, with results", () => {
    const file = toFile();
    expect(file.activeSheet).toBe(1);
    expect(file.names).toEqual(BOOK.names);
    const sheet = file.sheets[0];
    expect(sheet?.tables).toEqual(BOOK.sheets[0]?.tables);
    expect(sheet?.columnWidths.get(0)).toBeCloseTo(20, 1);
    expect(sheet?.frozenRows).toBe(1);
    expect(sheet?.merges).toEqual(BOOK.sheets[0]?.merges);
    const at = (row: number, column: number): FileCell | undefined => sheet?.cells.find((cell) => cell.row === row && cell.column === column);
    for (const cell of CELLS.filter((one) => !one.formula)) expect(at(cell.row, cell.column)).toEqual(cell);
    expect(at(5, 0)).toMatchObject({ formula: "=SUM(tblHoldings[quantity])", value: 123.5 });
    expect(at(7, 0)).toMatchObject({ formula: "=SEQUENCE(3)", spill: "A8:A10", value: 1 });
    expect(at(9, 0)).toMatchObject({ value: 3 });
  });
});
