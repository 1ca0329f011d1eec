import { isBlank, type CellValue } from "../basics/cell-value";
import type { Issue, Parsed } from "../basics/issue";
import { readCell } from "./read-cell";
import { cellAddress, columnLetters, quoteSheet, type SheetTable } from "./sheet-table";

/** One column of the prices table. */
export interface PriceHistory {
  readonly name: string;
  /** ISO UTC, ascending. */
  readonly dates: readonly string[];
  readonly prices: Float64Array;
  /** Cells that were blank and left out. */
  readonly dropped: number;
  /** Reference for formulas, such as `tblPrices[BTC]` or `Prices!$B$6:$B$505`. */
  readonly reference: string;
}

const datesRule = { name: "date", kind: "date", unit: "UTC", required: true } as const;
const priceRule = { name: "price", kind: "number", unit: "per unit", required: true, minimum: 0, isExclusive: true } as const;

/**
 * Reads one column of the prices table.
 *
 * @param table the prices table, header first, with a date column
 * @param name header of the column
 * @returns the history; a date that does not rise, text or an error is an issue with its cell
 */
export const priceHistoryOf = (table: SheetTable, name: string): Parsed<PriceHistory> => {
  const headers = (table.values[0] ?? []).map((header) => String(header));
  const column = headers.indexOf(name);
  const dateColumn = Math.max(
    0,
    headers.findIndex((header) => header.trim().toLowerCase() === "date"),
  );
  const issues: Issue[] = [];
  const dates: string[] = [];
  const prices: number[] = [];
  let dropped = 0;
  table.values.slice(1).forEach((cells, row) => {
    const point = (at: number, code: string, message: string, fix: string): void => {
      const address = cellAddress(table.rowIndex + 1 + row, table.columnIndex + at);
      issues.push({ code, severity: "error", message, fix, at: `${quoteSheet(table.sheet)}!${address}`, cell: { sheet: table.sheet, address } });
    };
    if (cells.every(isBlank)) return;
    if (isBlank(cells[column])) {
      dropped += 1;
      return;
    }
    const date = readCell(datesRule, cells[dateColumn] as CellValue);
    const price = readCell(priceRule, cells[column]);
    const last = dates.at(-1);
    if (date.problem !== undefined) return point(dateColumn, date.problem.code, date.problem.message, date.problem.fix);
    if (price.problem !== undefined) return point(column, price.problem.code, `${name}: ${price.problem.message}`, price.problem.fix);
    if (last !== undefined && String(date.value) <= last) {
      return point(
        dateColumn,
        "date-order",
        `The date ${String(date.value).slice(0, 10)} does not follow ${last.slice(0, 10)}.`,
        "Sort the table by date, oldest first, each date once.",
      );
    }
    dates.push(String(date.value));
    prices.push(Number(price.value));
  });
  return { value: { name, dates, prices: Float64Array.from(prices), dropped, reference: referenceOf(table, name, column) }, issues };
};

/** Columns of the prices table beside the date. */
export const historyNames = (table: SheetTable): readonly string[] =>
  (table.values[0] ?? []).map((header) => String(header)).filter((header) => header.trim() !== "" && header.trim().toLowerCase() !== "date");

const referenceOf = (table: SheetTable, name: string, column: number): string => {
  if (table.name !== undefined && /^[A-Za-z][A-Za-z0-9 _]*$/.test(name)) return `${table.name}[${name}]`;
  const letter = columnLetters(table.columnIndex + column);
  return `${quoteSheet(table.sheet)}!$${letter}$${table.rowIndex + 2}:$${letter}$${table.rowIndex + table.values.length}`;
};
