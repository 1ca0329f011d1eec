import { type Block, blockAddress, blockOf, intersection, lastColumn, lastRow, parseBlock, quoteSheetName, splitAddress } from "./address";
import { readCells } from "./cells/cell-reader";
import { HostError, invalidArgument, itemNotFound } from "./host-error";
import { type HostWorkbook, openBook, sheetByName, sheetOf } from "./host-workbook";

/** A range of the object model: a block of one sheet. */
export interface RangeTarget {
  readonly sheetId: string;
  readonly block: Block;
}

/** The whole sheet as a range. */
export const wholeSheet: Block = { startRow: 0, startColumn: 0, endRow: lastRow, endColumn: lastColumn };

/** Writes a range as Excel does in Range.address: Sheet1!A1:B2. */
export const rangeAddress = (host: HostWorkbook, range: RangeTarget): string =>
  `${quoteSheetName(sheetOf(host, range.sheetId).getSheetName())}!${blockAddress(range.block)}`;

/**
 * Finds the range that an address or a name means on a sheet; without an address it is the whole sheet.
 *
 * @throws HostError InvalidArgument when the text is neither an address nor a name, or names another sheet
 */
export const rangeOn = (host: HostWorkbook, sheetId: string, address: unknown): RangeTarget => {
  if (address === undefined || address === null || address === "") return { sheetId, block: wholeSheet };
  if (typeof address !== "string") throw invalidArgument("an address is a text");
  const found = findRange(host, address, sheetId);
  if (!found || found.sheetId !== sheetId) throw invalidArgument(`${address} is not an address on this worksheet`);
  return found;
};

/** Finds what an address, with or without a sheet, or a defined name refers to. */
export const findRange = (host: HostWorkbook, text: string, defaultSheetId: string): RangeTarget | undefined => {
  const { sheet: sheetName, local } = splitAddress(text.replace(/^=/, ""));
  const sheet = sheetName === undefined ? sheetOf(host, defaultSheetId) : sheetByName(host, sheetName);
  if (!sheet) return undefined;
  const block = parseBlock(local);
  if (block) return { sheetId: sheet.getSheetId(), block };
  const table = openBook(host)
    .getTableList()
    .find((info) => info.name.toLowerCase() === local.toLowerCase());
  if (table) {
    const { startRow, startColumn, endRow, endColumn } = table.range;
    const body = startRow < endRow ? startRow + 1 : startRow;
    return { sheetId: table.subUnitId, block: { startRow: body, startColumn, endRow, endColumn } };
  }
  const name = openBook(host)
    .getDefinedNames()
    .find((entry) => entry.getName().toLowerCase() === local.toLowerCase());
  const formula = name?.getFormulaOrRefString();
  return formula && formula.toLowerCase() !== local.toLowerCase() ? findRange(host, formula, defaultSheetId) : undefined;
};

/** The smallest block that holds everything in use, or undefined for an empty sheet. @param valuesOnly leaves formats out */
export const usedBlock = (host: HostWorkbook, sheetId: string, within: Block, valuesOnly: boolean): Block | undefined => {
  const book = openBook(host);
  const cells = readCells(host, sheetId);
  const used = { startRow: Infinity, startColumn: Infinity, endRow: -1, endColumn: -1 };
  const include = (row: number, column: number) => {
    if (row < within.startRow || row > within.endRow || column < within.startColumn || column > within.endColumn) return;
    used.startRow = Math.min(used.startRow, row);
    used.startColumn = Math.min(used.startColumn, column);
    used.endRow = Math.max(used.endRow, row);
    used.endColumn = Math.max(used.endColumn, column);
  };
  sheetOf(host, sheetId)
    .getSheet()
    .getCellMatrix()
    .forValue((row, column, cell) => {
      if (!cell) return;
      const content = cell.f || cell.si || cell.p || (cell.v !== undefined && cell.v !== null && cell.v !== "");
      if (content || (!valuesOnly && cell.s)) include(row, column);
    });
  for (const spill of spillBlocks(host, sheetId)) {
    include(spill.startRow, spill.startColumn);
    include(Math.min(spill.endRow, cells.rowCount - 1), Math.min(spill.endColumn, cells.columnCount - 1));
  }
  for (const table of book.getTableList().filter((info) => info.subUnitId === sheetId)) {
    include(table.range.startRow, table.range.startColumn);
    include(table.range.endRow, table.range.endColumn);
  }
  return used.endRow < 0 ? undefined : used;
};

/** Blocks into which the sheet's array formulas spill, the anchor being the top left cell. */
export const spillBlocks = (host: HostWorkbook, sheetId: string): readonly Block[] => host.spills(sheetId);

/** The spill that has its anchor at the cell. */
export const spillFrom = (host: HostWorkbook, range: RangeTarget): RangeTarget | undefined => {
  const block = spillBlocks(host, range.sheetId).find(
    (spill) => spill.startRow === range.block.startRow && spill.startColumn === range.block.startColumn,
  );
  return block && { sheetId: range.sheetId, block };
};

/** The anchor of the spill that covers the cell. */
export const spillParent = (host: HostWorkbook, range: RangeTarget): RangeTarget | undefined => {
  const block = spillBlocks(host, range.sheetId).find((spill) => intersection(spill, range.block));
  return block && { sheetId: range.sheetId, block: blockOf(block.startRow, block.startColumn, 1, 1) };
};

/** @throws HostError ItemNotFound when there is none */
export const orNotFound = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw itemNotFound(what);
  return found;
};

/** @throws HostError InvalidArgument unless both ranges are on one sheet */
export const sameSheet = (a: RangeTarget, b: RangeTarget): void => {
  if (a.sheetId !== b.sheetId) throw new HostError("InvalidArgument", "The ranges are on different worksheets.");
};
