import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import { toArgumentMatrix, type RangeArgument } from "./argument-columns";
import { normaliseHeader } from "./column-catalogue";

/** One column that a table argument may have. */
export interface ArgumentColumn {
  readonly name: string;
  readonly kind: "text" | "number" | "haircut" | "yesNo" | "date" | "choice";
  /** The column must be there and every row must fill it. */
  readonly required?: boolean;
  /** Other headers for the same thing. */
  readonly aliases?: readonly string[];
  /** A blank cell may arrive as 0, so 0 is refused here (haircuts, prices, rates, limits). */
  readonly refusesZero?: boolean;
  readonly minimum?: number;
  readonly isExclusive?: boolean;
  readonly maximum?: number;
  readonly choices?: readonly string[];
}

/** One data row of a table argument, read on demand; every error names the table, the row and the column. */
export interface ArgumentRow {
  /** 1-based data row, the header not counted. */
  readonly row: number;
  /** `trades row 3`. */
  readonly at: string;
  readonly text: (column: string) => string | undefined;
  readonly number: (column: string) => number | undefined;
  readonly neededText: (column: string) => string;
  readonly neededNumber: (column: string) => number;
  readonly has: (column: string) => boolean;
}

/**
 * Reads a range argument with a header row: any column order, headers without regard to case, spaces and units in brackets.
 *
 * Columns that nobody asked for are left alone; rows without any entry are skipped. Every cell is checked here, so what is read later cannot fail.
 *
 * @param argument the range
 * @param table name for messages, such as trades
 * @param columns what it may hold
 * @returns the filled rows
 * @throws DomainError badInput (noPrice for an #N/A cell) with table, row and column
 */
export const readArgumentTable = (argument: RangeArgument, table: string, columns: readonly ArgumentColumn[]): readonly ArgumentRow[] => {
  const matrix = toArgumentMatrix(argument);
  const placed = placeColumns(matrix[0] ?? [], table, columns);
  const rows: ArgumentRow[] = [];
  matrix.slice(1).forEach((cells, index) => {
    // Some Excel builds hand blank cells over as 0: a row of nothing but blanks and zeros was never filled.
    if (cells.every((cell) => isBlank(cell) || cell === 0)) return;
    rows.push(readRow(cells, index + 1, table, columns, placed));
  });
  if (rows.length === 0) throw new DomainError("badInput", `${table} has no rows. Select the header row and the rows below it.`);
  return rows;
};

/** Tells whether the first row of a range is a header that names at least one of the columns. */
export const hasHeader = (argument: RangeArgument, columns: readonly ArgumentColumn[]): boolean => {
  const names = new Set(columns.flatMap((column) => [column.name, ...(column.aliases ?? [])]).map(normaliseHeader));
  return (toArgumentMatrix(argument)[0] ?? []).some((cell) => typeof cell === "string" && names.has(normaliseHeader(cell)));
};

const placeColumns = (header: readonly CellValue[], table: string, columns: readonly ArgumentColumn[]): ReadonlyMap<string, number> => {
  const found = header.map(normaliseHeader);
  const placed = new Map<string, number>();
  for (const column of columns) {
    const accepted = [column.name, ...(column.aliases ?? [])].map(normaliseHeader);
    const places = found.flatMap((name, place) => (accepted.includes(name) ? [place] : []));
    if (places.length > 1) throw new DomainError("badInput", `${table} has two columns ${column.name}. Keep one.`);
    if (places[0] !== undefined) placed.set(column.name, places[0]);
    else if (column.required === true) throw new DomainError("badInput", `${table} has no column ${column.name}. Add it to the header row.`);
  }
  return placed;
};

const readRow = (
  cells: readonly CellValue[],
  row: number,
  table: string,
  columns: readonly ArgumentColumn[],
  placed: ReadonlyMap<string, number>,
): ArgumentRow => {
  const at = `${table} row ${row}`;
  const texts = new Map<string, string>();
  const numbers = new Map<string, number>();
  for (const column of columns) {
    const place = placed.get(column.name);
    const cell = place === undefined ? undefined : cells[place];
    if (isErrorCell(cell)) {
      // A missing price stays "no answer", as in single cells and columns.
      const shown = showCell(cell);
      throw new DomainError(/N\/A|notAvailable/i.test(shown) ? "noPrice" : "badInput", `${at}: ${column.name} is ${shown}. Fix that cell.`);
    }
    if (isBlank(cell) || isBlankAsZero(cell, column)) {
      if (column.required === true)
        throw new DomainError(
          "badInput",
          `${at}: ${column.name} is blank. ${column.kind === "haircut" ? "Type none if no haircut applies." : "Fill it."}`,
        );
      continue;
    }
    if (column.kind === "text" || column.kind === "choice") texts.set(column.name, readText(cell, at, column));
    else numbers.set(column.name, readNumber(cell, at, column));
  }
  const need = <T>(value: T | undefined, column: string): T => {
    if (value === undefined) throw new DomainError("badInput", `${at}: ${column} is blank. It is needed here.`);
    return value;
  };
  return {
    row,
    at,
    text: (column) => texts.get(column),
    number: (column) => numbers.get(column),
    neededText: (column) => need(texts.get(column), column),
    neededNumber: (column) => need(numbers.get(column), column),
    has: (column) => texts.has(column) || numbers.has(column),
  };
};

/** Some Excel builds hand a blank cell over as 0: texts, dates and optional amounts above 0 cannot be 0, so there it was a blank. */
const isBlankAsZero = (cell: CellValue, column: ArgumentColumn): boolean =>
  cell === 0 &&
  (column.kind === "text" ||
    column.kind === "choice" ||
    column.kind === "date" ||
    (column.required !== true && column.minimum === 0 && column.isExclusive === true));

const readText = (cell: CellValue, at: string, column: ArgumentColumn): string => {
  const text = String(cell).trim();
  if (column.choices === undefined) return text;
  const found = column.choices.find((choice) => normaliseHeader(choice) === normaliseHeader(text));
  if (found === undefined)
    throw new DomainError("badInput", `${at}: ${column.name} "${text}" is unknown. Use ${column.choices.join(", ")}.`.slice(0, 120));
  return found;
};

const readNumber = (cell: CellValue, at: string, column: ArgumentColumn): number => {
  if (column.kind === "yesNo") return readYesNo(cell, at, column.name);
  if (column.kind === "date") return readDate(cell, at, column.name);
  if (column.kind === "haircut" && typeof cell === "string" && cell.trim().toLowerCase() === "none") return 0;
  if (typeof cell !== "number" || !Number.isFinite(cell)) {
    throw new DomainError("badInput", `${at}: ${column.name} is ${showCell(cell)}, not a number. Write a number.`.slice(0, 120));
  }
  if (cell === 0 && (column.refusesZero === true || column.kind === "haircut")) {
    const fix = column.kind === "haircut" ? "Type none if no haircut applies." : "Fill it.";
    throw new DomainError("badInput", `${at}: ${column.name} is blank or 0. ${fix}`);
  }
  const minimum = column.kind === "haircut" ? 0 : column.minimum;
  const maximum = column.kind === "haircut" ? 1 : column.maximum;
  if (minimum !== undefined && (cell < minimum || (column.isExclusive === true && cell === minimum))) {
    throw new DomainError(
      "badInput",
      `${at}: ${column.name} is ${cell}. It must be ${column.isExclusive === true ? "above" : "at least"} ${minimum}.`,
    );
  }
  if (maximum !== undefined && cell > maximum) {
    const fix = maximum === 1 && cell <= 100 ? `Write ${Number((cell / 100).toPrecision(6))} or ${cell}%.` : `It must be at most ${maximum}.`;
    throw new DomainError("badInput", `${at}: ${column.name} ${cell} is above ${maximum}. ${fix}`);
  }
  return cell;
};

const readYesNo = (cell: CellValue, at: string, name: string): number => {
  const text = String(cell).trim().toLowerCase();
  if (["yes", "true", "y", "1"].includes(text)) return 1;
  if (["no", "false", "n", "0"].includes(text)) return 0;
  throw new DomainError("badInput", `${at}: ${name} is ${showCell(cell)}. Write yes or no.`);
};

const dayMilliseconds = 86_400_000;
/** Excel's day 0 in UTC; serials from 61 on count true days. */
const serialOrigin = Date.UTC(1899, 11, 30);

/**
 * Reads a date cell, an Excel serial or ISO text, as UTC milliseconds.
 *
 * @throws DomainError badInput
 */
export const readDate = (cell: CellValue, at: string, name: string): number => {
  if (typeof cell === "number" && cell > 60 && cell < 2_958_466) return serialOrigin + Math.round(cell * dayMilliseconds);
  const text = typeof cell === "string" ? cell.trim() : "";
  if (/^\d{5}(\.\d+)?$/.test(text)) return serialOrigin + Math.round(Number(text) * dayMilliseconds);
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|UTC)?)?$/i.exec(text);
  if (match !== null) {
    const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const time = Date.UTC(year, month - 1, day, hour, minute, second);
    const date = new Date(time);
    if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60) return time;
  }
  throw new DomainError("badInput", `${at}: ${name} ${showCell(cell)} is not a date. Write it as 2026-11-22.`.slice(0, 120));
};

/** Shows UTC milliseconds as an ISO date. */
export const isoDate = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The matrix behind an argument without its header row, for readers that accept both forms. */
export const rowsBelow = (matrix: CellMatrix): CellMatrix => matrix.slice(1);
