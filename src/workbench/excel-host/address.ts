import { invalidArgument } from "./host-error";

/** A block of cells of one sheet; indexes are 0-based and inclusive. */
export interface Block {
  readonly startRow: number;
  readonly startColumn: number;
  readonly endRow: number;
  readonly endColumn: number;
}

/** The size of a sheet of Excel. Univer's sheets are as large as they need to be; the host grows them. */
export const lastRow = 1_048_575;
export const lastColumn = 16_383;

/** Writes a column index as letters: 0 is A, 26 is AA. */
export const columnLetters = (index: number): string => {
  let letters = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
};

const columnIndex = (letters: string): number => [...letters.toUpperCase()].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Quotes a sheet name where Excel does. */
export const quoteSheetName = (name: string): string =>
  /^[A-Za-z_\u00c0-\uffff][\w.\u00c0-\uffff]*$/.test(name) && !/^[A-Za-z]{1,3}\d+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

/** Writes a block as A1 without the sheet: A1, A1:B2, 3:4 or C:D. */
export const blockAddress = (block: Block): string => {
  if (isEntireRow(block) && isEntireColumn(block)) return `1:${lastRow + 1}`;
  if (isEntireRow(block)) return `${block.startRow + 1}:${block.endRow + 1}`;
  if (isEntireColumn(block)) return `${columnLetters(block.startColumn)}:${columnLetters(block.endColumn)}`;
  const start = `${columnLetters(block.startColumn)}${block.startRow + 1}`;
  const end = `${columnLetters(block.endColumn)}${block.endRow + 1}`;
  return start === end ? start : `${start}:${end}`;
};

/** Says whether the block spans whole rows. */
export const isEntireRow = (block: Block): boolean => block.startColumn === 0 && block.endColumn === lastColumn;

/** Says whether the block spans whole columns. */
export const isEntireColumn = (block: Block): boolean => block.startRow === 0 && block.endRow === lastRow;

/** Splits "Sheet1!A1:B2" or "'My sheet'!A1" into sheet name (if any) and the rest. */
export const splitAddress = (address: string): { readonly sheet?: string; readonly local: string } => {
  const match = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(address.trim());
  if (!match) return { local: address.trim() };
  return { sheet: (match[1] ?? match[2] ?? "").replaceAll("''", "'"), local: match[3] ?? "" };
};

/** Parses A1, $A$1:B2, 3:4, C:D (without a sheet); undefined when it is none of these. */
export const parseBlock = (local: string): Block | undefined => {
  const text = local.replaceAll("$", "").trim();
  const cells = /^([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?$/.exec(text);
  if (cells) {
    const [, c1 = "", r1 = "", c2 = c1, r2 = r1] = cells;
    return ordered(Number(r1) - 1, columnIndex(c1), Number(r2) - 1, columnIndex(c2));
  }
  const rows = /^(\d{1,7}):(\d{1,7})$/.exec(text);
  if (rows) return ordered(Number(rows[1]) - 1, 0, Number(rows[2]) - 1, lastColumn);
  const columns = /^([A-Za-z]{1,3}):([A-Za-z]{1,3})$/.exec(text);
  if (columns) return ordered(0, columnIndex(columns[1] ?? ""), lastRow, columnIndex(columns[2] ?? ""));
  return undefined;
};

const ordered = (r1: number, c1: number, r2: number, c2: number): Block | undefined => {
  const block = { startRow: Math.min(r1, r2), startColumn: Math.min(c1, c2), endRow: Math.max(r1, r2), endColumn: Math.max(c1, c2) };
  return isInSheet(block) ? block : undefined;
};

/** Says whether the block lies within a sheet of Excel. */
export const isInSheet = (block: Block): boolean =>
  block.startRow >= 0 &&
  block.startColumn >= 0 &&
  block.endRow <= lastRow &&
  block.endColumn <= lastColumn &&
  block.startRow <= block.endRow &&
  block.startColumn <= block.endColumn;

/** Makes a block from its corner and size. @throws HostError InvalidArgument when it leaves the sheet */
export const blockOf = (row: number, column: number, rowCount: number, columnCount: number): Block => {
  const block = { startRow: row, startColumn: column, endRow: row + rowCount - 1, endColumn: column + columnCount - 1 };
  if (![row, column, rowCount, columnCount].every(Number.isInteger) || !isInSheet(block)) throw invalidArgument("the range leaves the sheet");
  return block;
};

/** The block that both share, or undefined. */
export const intersection = (a: Block, b: Block): Block | undefined => {
  const block = {
    startRow: Math.max(a.startRow, b.startRow),
    startColumn: Math.max(a.startColumn, b.startColumn),
    endRow: Math.min(a.endRow, b.endRow),
    endColumn: Math.min(a.endColumn, b.endColumn),
  };
  return block.startRow <= block.endRow && block.startColumn <= block.endColumn ? block : undefined;
};

export const rowCountOf = (block: Block): number => block.endRow - block.startRow + 1;
export const columnCountOf = (block: Block): number => block.endColumn - block.startColumn + 1;
