import type { CellMatrix, CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import type { Issue } from "../../basics/issue";
import type { Book } from "../../collateral/book";
import { isOmitted, toArgumentMatrix, type RangeArgument } from "../argument-columns";
import { unitQuestions } from "../check-units";
import { columnCatalogue, normaliseHeader, type ColumnRule, type TableKind } from "../column-catalogue";
import { parseBook } from "../parse-book";
import type { SheetTable } from "../sheet-table";

/**
 * Columns in which 0 cannot be told from a blank cell that some Excel builds hand over as 0, and matters. A value ratio or valuation
 * percentage of 0 is not among them: read as blank or as 0, it is worth nothing, which is the safe side.
 */
const refusesZero = new Set(["haircut", "marginpercentage", "price", "rate", "limit"]);

/** What a function's options say of its tables. */
export interface TableAnswers {
  /** A 0 in a haircut, price, rate or limit column was typed. */
  readonly isZeroAllowed: boolean;
  /** Haircuts of 0.7 or more are haircuts, and valuation percentages of 0.3 or less are what they are called. */
  readonly areHaircutsConfirmed: boolean;
}

/**
 * Optional columns in which a blank cell that arrives as 0 would change the answer unseen: no buffer, no movement, a maturity of today, a soft
 * limit without weight. There 0 is taken as blank, unless the table shows with a null that this Excel hands over blanks as such.
 */
const blankByDefault: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  assets: ["maturityYears"],
  agreements: ["bufferMultiple", "maxMovements", "overPostCap", "priority", "confidence"],
  eligibility: ["maturityFromYears", "maturityToYears", "settleHours"],
  limits: ["orAmount", "appliesAbove", "softPenalty"],
};

/** Columns that say what a call is computed from; 0 in one says nothing where another is filled. */
const requirementBases = ["requirement", "exposure", "initialMargin", "maintenanceMargin"];

/**
 * Reads the table arguments of a function into a book, as the pane reads the sheets.
 *
 * A blank cell may arrive as 0: in text, date, choice and strictly positive columns, and where a default other than 0 applies, 0 is taken as
 * blank; in haircut, price, rate and limit columns it is refused unless `isZeroAllowed`.
 *
 * @param tables range arguments by kind; left-out ones are null
 * @param now ISO UTC; stands in for settings.asOf where the tables hold dates
 * @returns the book
 * @throws DomainError badInput with the first problem: where, what, fix
 */
export const readBookArgument = (
  tables: Readonly<Partial<Record<TableKind, RangeArgument>>>,
  now: string,
  { isZeroAllowed, areHaircutsConfirmed }: TableAnswers,
): Book => {
  const given = new Map<TableKind, SheetTable>();
  for (const [kind, argument] of Object.entries(tables) as [TableKind, RangeArgument][]) {
    // A range of nothing but blank cells is one that was left out.
    if (isOmitted(argument) || !toArgumentMatrix(argument).some(isFilled)) continue;
    const values = withBlankZeros(kind, toArgumentMatrix(argument), isZeroAllowed);
    given.set(kind, { name: kind, sheet: kind, rowIndex: 0, columnIndex: 0, values });
  }
  const parsed = parseBook(given, now);
  const isAnswered = ({ code }: Issue): boolean => unitQuestions.has(code) || (areHaircutsConfirmed && code === "haircut-or-valuation");
  const first = parsed.issues.find((issue) => issue.severity === "error" && !isAnswered(issue));
  if (first !== undefined) {
    const place = first.at === undefined ? "" : `${first.at.replace(/ \(.*\)$/, "")}: `;
    // Here a 0 is no way to say it, other than on the sheet that the pane reads.
    const fix = first.code === "blank-haircut" && !isZeroAllowed ? "Type a decimal, or none if no haircut applies." : (first.fix ?? "");
    // The question of the whole column names it, and its answer must not be cut off.
    const said = first.code === "haircut-or-valuation" ? `${first.message} Rename it or set confirmHaircuts=yes.` : `${place}${first.message} ${fix}`;
    throw new DomainError("badInput", said.trim().slice(0, 120));
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
  // Where one blank of a filled row comes as null, blanks do not come as 0.
  const isTold = rows.some((row) => isFilled(row) && row.some((cell) => cell === null || cell === undefined));
  const isUnseen = isZeroAllowed || isTold ? () => false : unseenBlanks(kind, columns);
  return [
    header,
    ...rows.map((row) => {
      if (!isFilled(row)) return row.map(() => "");
      return filledRow(columns, row, isZeroAllowed).map((cell, c) => (cell === 0 && isUnseen(row, c) ? "" : cell));
    }),
  ];
};

const filledRow = (columns: readonly (ColumnRule | undefined)[], row: readonly CellValue[], isZeroAllowed: boolean): readonly CellValue[] => {
  // One of these is given in a row; a zero beside it is a cell that nobody filled.
  const hasTerms = row.some((cell, c) => isTerm(columns[c]) && !isEmpty(cell) && cell !== 0);
  return row.map((cell, c) => (cell === 0 && (readsAsBlank(columns[c], isZeroAllowed) || (hasTerms && isTerm(columns[c]))) ? "" : cell));
};

/** Tells of a 0 whether it would change an answer unseen if it stood for a blank cell. */
const unseenBlanks = (kind: TableKind, columns: readonly (ColumnRule | undefined)[]): ((row: readonly CellValue[], c: number) => boolean) => {
  const names = columns.map((rule) => rule?.name ?? "");
  const byDefault = new Set(blankByDefault[kind]);
  const isGiven = (row: readonly CellValue[], wanted: (name: string) => boolean): boolean =>
    row.some((cell, c) => wanted(names[c]!) && !isEmpty(cell) && cell !== 0);
  return (row, c) => {
    const name = names[c]!;
    if (byDefault.has(name)) return true;
    // A cost row overrides cell by cell; one of nothing but zeros says 0.
    if (kind === "costs") return name !== "" && isGiven(row, (other) => !["", "assetId", "agreementId"].includes(other));
    if (kind !== "agreements" || !requirementBases.includes(name)) return false;
    return !isGiven(row, (other) => other === "marginMethod") && isGiven(row, (other) => requirementBases.includes(other));
  };
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
