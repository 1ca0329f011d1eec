import type { ICellData, IStyleData } from "@univerjs/core";
import { type Block, columnCountOf, intersection, isEntireColumn, isEntireRow, rowCountOf } from "../address";
import { looksTrigger } from "../calculation";
import { accessDenied, invalidArgument } from "../host-error";
import { type HostWorkbook, openBook, sheetOf, type WaitingWrite } from "../host-workbook";
import { cellEntry } from "./cell-entry";
import { readCells } from "./cell-reader";

type CellMatrix = Record<number, Record<number, ICellData>>;

/** A block of Excel may be 17 thousand million cells large; more than this is refused rather than tried. */
const mostCells = 5_000_000;

/**
 * Gives the value for each cell of a block from what an add-in assigned: one value for all cells, or an array of the block's size.
 *
 * @throws HostError InvalidArgument when the sizes differ
 */
export const spread = (values: unknown, block: Block): ((row: number, column: number) => unknown) => {
  if (values === null) throw invalidArgument("null is no value for a range");
  if (!Array.isArray(values)) return () => values;
  const rows = values as readonly unknown[];
  const fits = rows.length === rowCountOf(block) && rows.every((row) => Array.isArray(row) && row.length === columnCountOf(block));
  if (!fits) throw invalidArgument("The number of rows or columns in the input array doesn't match the size or dimensions of the range.");
  return (row, column) => (rows[row - block.startRow] as readonly unknown[])[column - block.startColumn];
};

/** Writes values or formulas: null leaves a cell as it is, "" clears its content. */
export const writeValues = (host: HostWorkbook, sheetId: string, block: Block, values: unknown): void => {
  const at = spread(values, block);
  const target = isEntireRow(block) || isEntireColumn(block) ? writableExtent(host, sheetId, block, values) : block;
  if (!target) return;
  assertWritable(host, sheetId, target);
  if (rowCountOf(target) * columnCountOf(target) > mostCells) throw invalidArgument("the range is too large to write");
  const cells = readCells(host, sheetId);
  const matrix: CellMatrix = {};
  let written = 0;
  for (let row = target.startRow; row <= target.endRow; row += 1) {
    const entries: Record<number, ICellData> = {};
    for (let column = target.startColumn; column <= target.endColumn; column += 1) {
      const value = at(row, column);
      if (value === null || value === undefined) continue;
      entries[column] = cellEntry(value, typeof value === "string" && value !== "" ? cells.numberFormat(row, column) : "");
      written += 1;
    }
    matrix[row] = entries;
  }
  if (written > 0) queueWrite(host, { sheetId, block: target, matrix });
};

/**
 * Office.js splits a large array into some hundred writes of rows, one below the other. Univer looks through the whole
 * sheet on each write, so they are joined and go to the grid at once, before anything else happens.
 */
const queueWrite = (host: HostWorkbook, next: WaitingWrite): void => {
  const last = host.waitingWrite;
  const joins =
    last?.sheetId === next.sheetId &&
    last.block.endRow + 1 === next.block.startRow &&
    last.block.startColumn === next.block.startColumn &&
    last.block.endColumn === next.block.endColumn;
  if (last && joins) {
    Object.assign(last.matrix, next.matrix);
    host.waitingWrite = { ...last, block: { ...last.block, endRow: next.block.endRow } };
  } else {
    flushWrites(host);
    host.waitingWrite = next;
  }
};

/** Sends the values that wait to the grid. */
export const flushWrites = (host: HostWorkbook): void => {
  const write = host.waitingWrite;
  if (!write) return;
  host.waitingWrite = undefined;
  growSheet(host, write.sheetId, write.block);
  setRangeValues(host, write.sheetId, write.block, write.matrix);
};

/** One value for whole rows or columns is written only where the sheet is in use, unless it clears. */
const writableExtent = (host: HostWorkbook, sheetId: string, block: Block, values: unknown): Block | undefined => {
  if (values !== "") throw invalidArgument("writing a value to whole rows or columns is refused by this host");
  const sheet = sheetOf(host, sheetId).getSheet();
  return intersection(block, { startRow: 0, startColumn: 0, endRow: sheet.getRowCount() - 1, endColumn: sheet.getColumnCount() - 1 });
};

/** Runs Univer's own command, so that the grid redraws and the user can undo. */
const setRangeValues = (host: HostWorkbook, sheetId: string, block: Block, value: CellMatrix): void => {
  const unitId = openBook(host).getId();
  const done = host.commands.syncExecuteCommand("sheet.command.set-range-values", { unitId, subUnitId: sheetId, range: { ...block }, value });
  if (!done) throw accessDenied("the grid refused the write");
};

/** Puts ready-made cells (content and style together) into a sheet. */
export const writeCellData = (host: HostWorkbook, sheetId: string, block: Block, value: CellMatrix): void => {
  assertWritable(host, sheetId, block);
  growSheet(host, sheetId, block);
  setRangeValues(host, sheetId, block, value);
};

/** Merges a style into each cell of a block; whole rows and columns get it as their default. */
export const writeStyles = (
  host: HostWorkbook,
  sheetId: string,
  block: Block,
  styleAt: (row: number, column: number) => IStyleData | undefined,
): void => {
  assertWritable(host, sheetId, block);
  const sheet = sheetOf(host, sheetId);
  let cells: Block | undefined = block;
  if (isEntireRow(block) || isEntireColumn(block)) {
    setDefaultStyles(host, sheetId, block, styleAt);
    cells = intersection(block, {
      startRow: 0,
      startColumn: 0,
      endRow: sheet.getSheet().getRowCount() - 1,
      endColumn: sheet.getSheet().getColumnCount() - 1,
    });
  } else growSheet(host, sheetId, block);
  if (!cells) return;
  const wholeOnly = cells !== block;
  const matrix = sheet.getSheet().getCellMatrix();
  const cellValue: CellMatrix = {};
  for (let row = cells.startRow; row <= cells.endRow; row += 1) {
    const entries: Record<number, ICellData> = {};
    for (let column = cells.startColumn; column <= cells.endColumn; column += 1) {
      if (wholeOnly && !matrix.getValue(row, column)) continue;
      const style = styleAt(row, column);
      if (style) entries[column] = { s: style };
    }
    cellValue[row] = entries;
  }
  host.commands.syncExecuteCommand("sheet.mutation.set-range-values", {
    unitId: openBook(host).getId(),
    subUnitId: sheetId,
    cellValue,
    trigger: looksTrigger,
  });
};

const setDefaultStyles = (
  host: HostWorkbook,
  sheetId: string,
  block: Block,
  styleAt: (row: number, column: number) => IStyleData | undefined,
): void => {
  const sheet = sheetOf(host, sheetId);
  const style = styleAt(block.startRow, block.startColumn);
  if (!style) return;
  const merge = (present: unknown): IStyleData => ({ ...(typeof present === "object" ? (present as IStyleData) : {}), ...style });
  if (isEntireColumn(block)) {
    growSheet(host, sheetId, { ...block, startRow: 0, endRow: 0, endColumn: Math.min(block.endColumn, 1000) });
    for (let column = block.startColumn; column <= Math.min(block.endColumn, 1000); column += 1) {
      sheet.setColumnDefaultStyle(column, merge(sheet.getColumnDefaultStyle(column)));
    }
  } else {
    growSheet(host, sheetId, { ...block, startColumn: 0, endColumn: 0 });
    for (let row = block.startRow; row <= block.endRow; row += 1) sheet.setRowDefaultStyle(row, merge(sheet.getRowDefaultStyle(row)));
  }
};

/** Makes room: Univer's sheets have the size that was needed so far. */
export const growSheet = (host: HostWorkbook, sheetId: string, block: Block): void => {
  const sheet = sheetOf(host, sheetId);
  if (block.endRow >= sheet.getMaxRows()) sheet.setRowCount(block.endRow + 1);
  if (block.endColumn >= sheet.getMaxColumns()) sheet.setColumnCount(block.endColumn + 1);
};

/** @throws HostError AccessDenied when the sheet is protected and a cell of the block is locked */
export const assertWritable = (host: HostWorkbook, sheetId: string, block: Block): void => {
  if (!host.state.protectedSheets.has(sheetId)) return;
  if (isUnlocked(host, sheetId, block)) return;
  throw accessDenied(`the worksheet ${sheetOf(host, sheetId).getSheetName()} is protected`);
};

/** Cells are locked unless an add-in unlocked them; the latest change of a block wins. */
const isUnlocked = (host: HostWorkbook, sheetId: string, block: Block): boolean => {
  const changes = [...(host.state.lockedBlocks.get(sheetId) ?? [])].reverse();
  const latest = changes.find((change) => intersection(change, block));
  if (!latest || latest.locked) return false;
  const shared = intersection(latest, block);
  return shared !== undefined && rowCountOf(shared) * columnCountOf(shared) === rowCountOf(block) * columnCountOf(block);
};
