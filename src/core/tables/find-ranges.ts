import { isBlank, type CellMatrix } from "../basics/cell-value";
import { columnCatalogue, normaliseHeader, tableKinds } from "./column-catalogue";
import type { SheetTable } from "./sheet-table";

const headerSearchRows = 15;

/** Normalised required columns of each kind that a plain range can be recognised by. */
const signatures = tableKinds
  .map((kind) =>
    columnCatalogue[kind].filter((column) => column.required === true || column.present === true).map((column) => normaliseHeader(column.name)),
  )
  .filter((columns) => columns.length >= 2);

/**
 * Finds the table in a sheet that has no Excel table: a header row within the first rows that names every required column of a kind,
 * and the rows below it down to the first blank one.
 *
 * @param sheet sheet name
 * @param cells used range
 * @param rowIndex 0-based sheet row of its first row
 * @param columnIndex 0-based sheet column of its first column
 */
export const findRange = (sheet: string, cells: CellMatrix, rowIndex: number, columnIndex: number): SheetTable | undefined => {
  for (const [at, row] of cells.slice(0, headerSearchRows).entries()) {
    const headers = row.map(normaliseHeader);
    if (!signatures.some((columns) => columns.every((column) => headers.includes(column)))) continue;
    const first = row.findIndex((cell) => !isBlank(cell));
    const length = row.slice(first).findIndex(isBlank);
    const last = length < 0 ? row.length : first + length;
    const below = cells.slice(at + 1).map((cellsOfRow) => cellsOfRow.slice(first, last));
    const end = below.findIndex((cellsOfRow) => cellsOfRow.every(isBlank));
    return {
      sheet,
      rowIndex: rowIndex + at,
      columnIndex: columnIndex + first,
      values: [row.slice(first, last), ...(end < 0 ? below : below.slice(0, end))],
    };
  }
  return undefined;
};
