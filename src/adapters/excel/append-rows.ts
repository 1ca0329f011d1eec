import { WorkbookError } from "../../app/ports";
import { normaliseHeader } from "../../core/tables/column-catalogue";
import { inExcel } from "./in-excel";

/**
 * Appends rows below a table and grows the table over them. The cells must be blank: nothing of the user's is overwritten.
 *
 * @param tableName Excel table
 * @param rows cells by column name; columns that the table does not have are left out, missing ones stay blank
 * @throws WorkbookError when the table is gone or the cells below it are used
 */
export const appendRows = (tableName: string, rows: readonly Readonly<Record<string, string | number>>[]): Promise<void> =>
  inExcel(`add rows to ${tableName}`, async (context) => {
    const table = context.workbook.tables.getItemOrNullObject(tableName);
    table.load("name");
    await context.sync();
    if (table.isNullObject) throw new WorkbookError("ItemNotFound", `Table ${tableName} is no longer there.`);
    const range = table.getRange();
    range.load("rowIndex,columnIndex,rowCount,columnCount");
    const header = table.getHeaderRowRange();
    header.load("values");
    const sheet = table.worksheet;
    sheet.load("name");
    await context.sync();
    const below = sheet.getRangeByIndexes(range.rowIndex + range.rowCount, range.columnIndex, rows.length, range.columnCount);
    below.load("formulas,address");
    await context.sync();
    if ((below.formulas as unknown[][]).some((cells) => cells.some((cell) => cell !== ""))) {
      throw new WorkbookError("CellsInTheWay", `The cells below ${tableName} (${below.address}) are not blank. Move them, then try again.`);
    }
    const columns = (header.values[0] ?? []).map(normaliseHeader);
    const cells = rows.map((row) => {
      const byColumn = new Map(Object.entries(row).map(([column, cell]) => [normaliseHeader(column), cell]));
      return columns.map((column) => byColumn.get(column) ?? "");
    });
    below.numberFormat = cells.map((row) => row.map((cell) => (typeof cell === "string" ? "@" : "General")));
    below.values = cells;
    table.resize(sheet.getRangeByIndexes(range.rowIndex, range.columnIndex, range.rowCount + rows.length, range.columnCount));
    await context.sync();
  });

/**
 * Types a formula into the selected cell if it is blank. @returns the address @throws WorkbookError when the cell is used
 */
export const insertFormula = (formula: string): Promise<string> =>
  inExcel("insert the formula", async (context) => {
    const cell = context.workbook.getActiveCell();
    cell.load("address,formulas");
    await context.sync();
    if (cell.formulas[0]?.[0] !== "")
      throw new WorkbookError("CellsInTheWay", `${cell.address} is not blank. Select a blank cell, then insert the formula.`);
    cell.formulas = [[formula]];
    await context.sync();
    return cell.address;
  });
