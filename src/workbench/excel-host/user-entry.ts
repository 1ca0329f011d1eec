import type { FUniver } from "@univerjs/core/facade";
import type { ICellData } from "@univerjs/core";
import { blockOf, parseBlock, splitAddress } from "./address";
import { growTableOver } from "./table-growth";
import { cellEntry } from "./cells/cell-entry";

/**
 * Enters values or formulas as the user's keyboard would, with Excel's coercions; the host's protection does not apply.
 *
 * @param address top left cell with its sheet, e.g. Sheet1!A1
 * @param rows one value or a rectangle of values
 */
export const enterAsUser = (univer: FUniver, address: string, rows: unknown): void => {
  const { sheet: sheetName, local } = splitAddress(address);
  const book = univer.getActiveWorkbook();
  const sheet =
    sheetName === undefined
      ? book?.getActiveSheet()
      : book?.getSheets().find((entry) => entry.getSheetName().toLowerCase() === sheetName.toLowerCase());
  const corner = parseBlock(local);
  if (!sheet || !corner) throw new Error(`${address} is no cell of the workbook`);
  const values = Array.isArray(rows) ? (rows as readonly (readonly unknown[])[]) : [[rows]];
  const block = blockOf(corner.startRow, corner.startColumn, values.length, values[0]?.length ?? 1);
  if (block.endRow >= sheet.getMaxRows()) sheet.setRowCount(block.endRow + 1);
  if (block.endColumn >= sheet.getMaxColumns()) sheet.setColumnCount(block.endColumn + 1);
  const entries = values.map((row, r) =>
    row.map((value, c) => {
      const pattern = sheet.getRange(block.startRow + r, block.startColumn + c).getCellStyleData()?.n?.pattern ?? "General";
      return value === null || value === undefined ? ({} as ICellData) : cellEntry(value, pattern);
    }),
  );
  sheet.getRange({ ...block }).setValues(entries);
  void growTableOver(univer, sheet.getSheetId(), block);
};
