import { isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";

/** Numbers read from a column or row of cells. */
export interface ReturnColumn {
  readonly values: Float64Array;
  /** Row of the range (1-based) that each value came from. */
  readonly rows: Uint32Array;
  /** Blank cells left out. */
  readonly blanks: number;
  /** Error cells left out on request. */
  readonly skippedErrors: number;
}

/** How to read it. */
export interface ReturnColumnOptions {
  /** Argument name for messages. */
  readonly name: string;
  /** `skip` leaves #N/A cells out; default is to stop at the first error. */
  readonly errors?: "stop" | "skip";
}

/** Throws for a cell that is neither a number nor blank. @throws DomainError notFound for #N/A, badInput otherwise */
export const refuseCell = (cell: CellValue, name: string, row: number): never => {
  if (isErrorCell(cell)) {
    const shown = showCell(cell);
    const isMissing = /n\/a|notavailable/i.test(shown);
    throw new DomainError(
      isMissing ? "notFound" : "badInput",
      `${name} row ${row} holds the error ${shown}. Fix that cell${isMissing ? " or add errors=skip" : ""}.`.slice(0, 120),
      { row },
    );
  }
  const shown = showCell(cell);
  throw new DomainError("badInput", `${name} row ${row} is ${shown.slice(0, 30)}, not a finite number. Clear or correct that cell.`, { row });
};

/** Shapes an argument as a matrix: a lone cell becomes 1 x 1. */
export const asMatrix = (argument: unknown): CellMatrix =>
  Array.isArray(argument)
    ? Array.isArray(argument[0]) || argument.length === 0
      ? (argument as CellMatrix)
      : [argument as CellValue[]]
    : [[argument as CellValue]];

/**
 * Reads one column or one row of returns into a typed array.
 *
 * null and "" are left out and counted; 0 is a return; text, TRUE/FALSE and numbers that are not finite are refused by row.
 *
 * @param argument cells as a custom function receives them
 * @returns values in order, with the row of each
 * @throws DomainError badInput for a wrong shape or cell, notFound for an #N/A cell unless skipped
 */
export const readReturnColumn = (argument: unknown, options: ReturnColumnOptions): ReturnColumn => {
  const matrix = asMatrix(argument);
  const isRow = matrix.length === 1;
  const width = matrix[0]?.length ?? 0;
  if (!isRow && width > 1) throw new DomainError("badInput", `${options.name} has ${width} columns. Give one column (or one row).`);
  const count = isRow ? width : matrix.length;
  const values = new Float64Array(count);
  const rows = new Uint32Array(count);
  const single = isRow ? matrix[0]! : undefined;
  let kept = 0;
  let blanks = 0;
  let skippedErrors = 0;
  for (let i = 0; i < count; i++) {
    const cell = single === undefined ? matrix[i]![0] : single[i];
    if (typeof cell === "number" && cell - cell === 0) {
      values[kept] = cell;
      rows[kept] = i + 1;
      kept++;
    } else if (cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "")) blanks++;
    else if (options.errors === "skip" && isErrorCell(cell) && /n\/a|notavailable/i.test(showCell(cell))) skippedErrors++;
    else refuseCell(cell, options.name, i + 1);
  }
  return { values: kept === count ? values : values.slice(0, kept), rows: kept === count ? rows : rows.slice(0, kept), blanks, skippedErrors };
};

/** Counts exact zeros and the longest run of them: forward-filled prices and blanks read as 0 show up here. */
export const countZeroRuns = (values: Float64Array): { readonly zeros: number; readonly longestRun: number } => {
  let zeros = 0;
  let run = 0;
  let longestRun = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) {
      zeros++;
      run++;
      if (run > longestRun) longestRun = run;
    } else run = 0;
  }
  return { zeros, longestRun };
};

/** Writes an Excel serial date (days since 1899-12-30, UTC) as ISO text, with the time when there is one. */
export const serialToText = (serial: number): string => {
  const milliseconds = Math.round((serial - 25569) * 86400000);
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.6e15) return String(serial);
  const text = new Date(milliseconds).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 16).replace("T", " ");
};
