import { intersection } from "./address";
import { type CellValue, readCells } from "./cells/cell-reader";
import { invalidArgument } from "./host-error";
import { type HostWorkbook, openBook } from "./host-workbook";
import { findRange } from "./range-target";

/** Cells of a range as rows. Cells beyond the grid are left out, so whole columns can be asked for. */
export interface RangeReading {
  readonly values: readonly (readonly CellValue[])[];
  readonly formulas: readonly (readonly CellValue[])[];
  readonly text: readonly (readonly string[])[];
  /** Messages of custom-function errors, "" where there is none. */
  readonly errors: readonly (readonly string[])[];
}

/** Reads a range past Office.js. @throws HostError InvalidArgument when the address means nothing */
export const readRange = (host: HostWorkbook, address: string): RangeReading => {
  const range = findRange(host, address, openBook(host).getActiveSheet().getSheetId());
  if (!range) throw invalidArgument(`${address} is no address`);
  const cells = readCells(host, range.sheetId);
  const errors = host.functions.errorsOn(range.sheetId);
  const block = intersection(range.block, { startRow: 0, startColumn: 0, endRow: cells.rowCount - 1, endColumn: cells.columnCount - 1 });
  const rows = <T>(read: (row: number, column: number) => T): T[][] =>
    block
      ? Array.from({ length: block.endRow - block.startRow + 1 }, (_, row) =>
          Array.from({ length: block.endColumn - block.startColumn + 1 }, (__, column) => read(block.startRow + row, block.startColumn + column)),
        )
      : [];
  return {
    values: rows(cells.value),
    formulas: rows(cells.formula),
    text: rows(cells.text),
    errors: rows((row, column) => errors.get(`${row} ${column}`) ?? ""),
  };
};
