import type { ReportToWrite, TableToInsert, WorkbookPort } from "../../src/app/ports";
import type { ReportSheet } from "../../src/core/report/report-sheet";
import type { SheetTable } from "../../src/core/tables/sheet-table";

/** A workbook port in memory, for use cases that need no Excel: the port is ours, so this is no mock of Office.js. */
export interface MemoryWorkbook extends WorkbookPort {
  tables: SheetTable[];
  readonly written: ReportSheet[];
  readonly settings: Map<string, string>;
}

export const toSheetTable = (table: TableToInsert): SheetTable => ({
  name: table.table,
  sheet: table.sheet,
  rowIndex: 4,
  columnIndex: 0,
  values: [[...table.columns], ...table.rows.map((row) => row.map((cell) => cell ?? ""))],
});

export const createMemoryWorkbook = (tables: readonly SheetTable[]): MemoryWorkbook => {
  const workbook: MemoryWorkbook = {
    tables: [...tables],
    written: [],
    settings: new Map(),
    readTables: () => Promise.resolve(workbook.tables),
    writeReport: (report: ReportToWrite) => {
      workbook.written.splice(0, workbook.written.length, ...report.build(new Map(report.names.map((name) => [name, name]))));
      return Promise.resolve(report.names);
    },
    appendLog: (log) => {
      const at = workbook.written.findIndex(({ name }) => name === log.name);
      if (at >= 0) workbook.written[at] = { ...workbook.written[at]!, rows: [...workbook.written[at]!.rows, ...log.rows] };
      return Promise.resolve(at >= 0);
    },
    restorePrevious: () => Promise.resolve([]),
    insertTables: (inserted) => {
      workbook.tables.push(...inserted.map(toSheetTable));
      return Promise.resolve({ suffix: "", sheets: inserted.map((table) => table.sheet) });
    },
    appendRows: (name, rows) => {
      workbook.tables = workbook.tables.map((table) => {
        if (table.name !== name) return table;
        const headers = (table.values[0] ?? []).map(String);
        return { ...table, values: [...table.values, ...rows.map((row) => headers.map((header) => row[header] ?? ""))] };
      });
      return Promise.resolve();
    },
    addRow: async (table, row) => {
      if (workbook.tables.some(({ name }) => name === table.table)) await workbook.appendRows(table.table, [row]);
      else workbook.tables = [...workbook.tables, toSheetTable({ ...table, rows: [table.columns.map((column) => row[column] ?? "")] })];
      return { sheet: table.sheet, address: "A6" };
    },
    removeRow: (name, row) => {
      workbook.tables = workbook.tables.map((table) => {
        if (table.name !== name) return table;
        const headers = (table.values[0] ?? []).map(String);
        const at = table.values.map((cells, r) => r > 0 && headers.every((header, c) => cells[c] === (row[header] ?? ""))).lastIndexOf(true);
        return { ...table, values: table.values.filter((_, r) => r !== at) };
      });
      return Promise.resolve();
    },
    readSetting: (key) => Promise.resolve(workbook.settings.get(key)),
    writeSetting: (key, value) => {
      workbook.settings.set(key, value);
      return Promise.resolve();
    },
    insertFormula: () => Promise.resolve("Sheet1!A1"),
    select: () => Promise.resolve(),
  };
  return workbook;
};
