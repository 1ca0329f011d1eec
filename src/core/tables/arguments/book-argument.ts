import type { CellMatrix, CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import { hasErrors } from "../../basics/issue";
import type { Book } from "../../collateral/book";
import { isOmitted, toArgumentMatrix, type RangeArgument } from "../argument-columns";
import { columnCatalogue, normaliseHeader, type ColumnRule, type TableKind } from "../column-catalogue";
import { parseBook } from "../parse-book";
import type { SheetTable } from "../sheet-table";

/**
 * Columns in which 0 cannot be told from a blank cell that some Excel builds hand over as 0, and matters. A value ratio or valuation
 * percentage of 0 is not among them: read as blank or as 0, it is worth nothing, which is the safe side.
 */
const refusesZero = new Set(["haircut", "marginpercentage", "price", "rate", "limit"]);

/**
 * Reads the table arguments of a function into a book, as the pane reads the sheets.
 *
 * A blank cell may arrive as 0: in text, date, choice and strictly positive columns 0 is taken as blank; in haircut, price, rate and limit
 * columns it is refused unless `isZeroAllowed`.
 *
 * @param tables range arguments by kind; left-out ones are null
 * @param now ISO UTC; stands in for settings.asOf where the tables hold dates
 * @returns the book
 * @throws DomainError badInput with the first problem: where, what, fix
 */
export const readBookArgument = (tables: Readonly<Partial<Record<TableKind, RangeArgument>>>, now: string, isZeroAllowed: boolean): Book => {
  const given = new Map<TableKind, SheetTable>();
  for (const [kind, argument] of Object.entries(tables) as [TableKind, RangeArgument][]) {
    // A range of nothing but blank cells is one that was left out.
    if (isOmitted(argument) || !toArgumentMatrix(argument).some(isFilled)) continue;
    const values = withBlankZeros(kind, toArgumentMatrix(argument), isZeroAllowed);
    given.set(kind, { name: kind, sheet: kind, rowIndex: 0, columnIndex: 0, values });
  }
  const parsed = parseBook(given, now);
  if (hasErrors(parsed.issues)) {
    const first = parsed.issues.find((issue) => issue.severity === "error")!;
    const place = first.at === undefined ? "" : `${first.at.replace(/ \(.*\)$/, "")}: `;
    // Here a 0 is no way to say it, other than on the sheet that the pane reads.
    const fix = first.code === "blank-haircut" && !isZeroAllowed ? "Type a decimal, or none if no haircut applies." : (first.fix ?? "");
    throw new DomainError("badInput", `${place}${first.message} ${fix}`.trim().slice(0, 120));
  }
  return parsed.value.book;
};

/**
 * Reads the zeros that stand for blank cells as blank. Rows keep their places, so that a problem names the row that a person counts.
 *
 * @param matrix a table with its header row, as a function receives it
 */
export const withBlankZeros = (kind: TableKind, matrix: CellMatrix, isZeroAllowed: boolean): CellMatrix => {
  const [header = [], ...rows] = matrix;
  const rules = new Map(columnCatalogue[kind].map((rule) => [normaliseHeader(rule.name), rule]));
  const columns = header.map((cell) => rules.get(normaliseHeader(cell)));
  return [header, ...rows.map((row) => (isFilled(row) ? filledRow(columns, row, isZeroAllowed) : row.map(() => "")))];
};

const filledRow = (columns: readonly (ColumnRule | undefined)[], row: readonly CellValue[], isZeroAllowed: boolean): readonly CellValue[] => {
  // One of these is given in a row; a zero beside it is a cell that nobody filled.
  const hasTerms = row.some((cell, c) => isTerm(columns[c]) && !isEmpty(cell) && cell !== 0);
  return row.map((cell, c) => (cell === 0 && (readsAsBlank(columns[c], isZeroAllowed) || (hasTerms && isTerm(columns[c]))) ? "" : cell));
};

const isTerm = (rule: ColumnRule | undefined): boolean =>
  rule !== undefined && ["haircut", "valuationPercentage", "marginPercentage", "tierTable"].includes(rule.name);

/** A row of nothing but blanks and zeros was never filled. */
const isFilled = (row: readonly CellValue[]): boolean => row.some((cell) => !isEmpty(cell) && cell !== 0);

const isEmpty = (cell: CellValue): boolean => cell === null || cell === undefined || cell === "";

const readsAsBlank = (rule: ColumnRule | undefined, isZeroAllowed: boolean): boolean => {
  if (rule === undefined) return false;
  if (refusesZero.has(normaliseHeader(rule.name))) return !isZeroAllowed;
  return ["text", "date", "choice", "list", "yesNo"].includes(rule.kind) || rule.isExclusive === true;
};

/** Fills the blank cells of a column, adding the column where it is missing: for functions that do not need what the pane requires. */
export const fillColumn = (argument: RangeArgument, column: string, value: CellValue): CellMatrix => {
  const [header = [], ...rows] = toArgumentMatrix(argument);
  const at = header.findIndex((cell) => normaliseHeader(cell) === normaliseHeader(column));
  const filled = (row: readonly CellValue[], make: (cells: readonly CellValue[]) => readonly CellValue[]): readonly CellValue[] =>
    isFilled(row) ? make(row) : row.map(() => "");
  if (at < 0) return [[...header, column], ...rows.map((row) => [...filled(row, (cells) => cells), isFilled(row) ? value : ""])];
  return [header, ...rows.map((row) => filled(row, (cells) => cells.map((cell, c) => (c === at && isEmpty(cell) ? value : cell))))];
};
