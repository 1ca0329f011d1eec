import type { CellMatrix } from "../basics/cell-value";
import type { MappedFrom } from "./mapping/table-mapping";

/** A table or range as found in the workbook, header row first. */
export interface SheetTable {
  /** Excel table name, or undefined for a plain range. */
  readonly name?: string;
  readonly sheet: string;
  /** 0-based sheet row and column of the top-left header cell. */
  readonly rowIndex: number;
  readonly columnIndex: number;
  /** Header row and data rows. */
  readonly values: CellMatrix;
  /** Cells directly below the last row, as wide as the table; filled = rows that the table does not hold. */
  readonly below?: readonly unknown[];
  /** Present where a remembered mapping has changed headers or cells. */
  readonly mapped?: MappedFrom;
}

/** Turns a 0-based column index into letters: 0 -> A, 26 -> AA. */
export const columnLetters = (index: number): string => {
  let letters = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
};

/** A1 address of a cell from 0-based row and column. */
export const cellAddress = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`;

/** Quotes a sheet name for a reference where Excel needs it. */
export const quoteSheet = (sheet: string): string =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(sheet) && !/^[A-Za-z]{1,3}\d+$/.test(sheet) ? sheet : `'${sheet.replace(/'/g, "''")}'`;
