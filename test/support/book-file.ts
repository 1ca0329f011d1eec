import { writeFileSync } from "node:fs";
import { cellAddress, type SheetTable } from "../../src/core/tables/sheet-table";
import type { FileCell, FileSheet } from "../../src/workbench/xlsx/workbook-file";
import { writeWorkbookFile } from "../../src/workbench/xlsx/write-workbook-file";

const sheetOf = ({ name, sheet, rowIndex, columnIndex, values }: SheetTable): FileSheet => {
  const [header = [], ...rows] = values;
  const last = cellAddress(rowIndex + rows.length, columnIndex + header.length - 1);
  return {
    name: sheet,
    cells: values.flatMap((row, r) =>
      row.flatMap((value, c): FileCell[] =>
        typeof value === "string" || typeof value === "number" ? [{ row: rowIndex + r, column: columnIndex + c, value }] : [],
      ),
    ),
    columnWidths: new Map(),
    rowHeights: new Map(),
    frozenRows: 0,
    frozenColumns: 0,
    merges: [],
    charts: [],
    tables: name === undefined ? [] : [{ name, range: `${cellAddress(rowIndex, columnIndex)}:${last}`, columns: header.map(String) }],
  };
};

/** Writes an .xlsx file with each table on a sheet of its own, as a desk would bring it. */
export const writeBookFile = async (file: string, tables: readonly SheetTable[]): Promise<void> => {
  const bytes = await writeWorkbookFile({ sheets: tables.map(sheetOf), names: [], activeSheet: 0 }, []);
  writeFileSync(file, bytes);
};
