import { isBlank, type CellMatrix, type CellValue } from "../basics/cell-value";
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
 * and the rows below it down to the first blank one. Where there is none, the first row of words above cells is taken, so that a foreign
 * table can be mapped.
 *
 * @param sheet sheet name
 * @param cells used range
 * @param rowIndex 0-based sheet row of its first row
 * @param columnIndex 0-based sheet column of its first column
 */
export const findRange = (sheet: string, cells: CellMatrix, rowIndex: number, columnIndex: number): SheetTable | undefined => {
  const rows = cells.slice(0, headerSearchRows);
  const known = rows.findIndex((row) => {
    const headers = row.map(normaliseHeader);
    return signatures.some((columns) => columns.every((column) => headers.includes(column)));
  });
  const at = known >= 0 ? known : rows.findIndex((row, index) => isHeaderOfWords(row, cells[index + 1]));
  const row = rows[at];
  if (row === undefined) return undefined;
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
};

/** Fewest columns of a foreign table; an FX table has two. */
const fewestColumns = 2;

/** Tells whether a row is words side by side with something else below: names of columns, not a list of words. */
const isHeaderOfWords = (row: readonly CellValue[], below: readonly CellValue[] | undefined): boolean => {
  const first = row.findIndex((cell) => !isBlank(cell));
  if (first < 0 || below === undefined) return false;
  const length = row.slice(first).findIndex(isBlank);
  const names = row.slice(first, length < 0 ? row.length : first + length);
  const isWords = names.every((cell) => typeof cell === "string" && !/^[-+]?[\d.,\s]+%?$/.test(cell.trim()));
  const under = below.slice(first, first + names.length);
  return names.length >= fewestColumns && isWords && under.filter((cell) => !isBlank(cell)).length >= fewestColumns && hasNumber(under);
};

const hasNumber = (cells: readonly CellValue[]): boolean =>
  cells.some((cell) => typeof cell === "number" || (typeof cell === "string" && /\d/.test(cell)));
