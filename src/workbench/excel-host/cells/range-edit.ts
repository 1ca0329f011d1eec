import { Dimension, type ICellData } from "@univerjs/core";
import { type Block, columnCountOf, intersection, isEntireColumn, isEntireRow, rowCountOf } from "../address";
import { hostNotImplemented, invalidArgument } from "../host-error";
import { type HostWorkbook, sheetOf } from "../host-workbook";
import type { RangeTarget } from "../range-target";
import { readCells } from "./cell-reader";
import { assertWritable, writeCellData, writeValues } from "./cell-writer";

/** Clears contents, formats or both. */
export const clearRange = (host: HostWorkbook, { sheetId, block }: RangeTarget, applyTo: unknown): void => {
  const what = applyTo ?? "All";
  if (what !== "All" && what !== "Contents" && what !== "Formats") throw hostNotImplemented(`Range.Clear("${String(what)}")`);
  assertWritable(host, sheetId, block);
  const sheet = sheetOf(host, sheetId);
  const inUse = intersection(block, { startRow: 0, startColumn: 0, endRow: sheet.getMaxRows() - 1, endColumn: sheet.getMaxColumns() - 1 });
  if (!inUse) return;
  if (what !== "Formats") writeValues(host, sheetId, inUse, "");
  if (what !== "Contents") sheet.getRange({ ...inUse }).clearFormat();
};

/** Copies values, formulas or formats; formulas move their relative references. */
export const copyRange = (
  host: HostWorkbook,
  source: RangeTarget,
  destination: RangeTarget,
  options: { readonly copyType: unknown; readonly skipBlanks: boolean; readonly transpose: boolean },
): void => {
  const copyType = options.copyType ?? "All";
  if (!["All", "Formulas", "Values", "Formats"].includes(String(copyType))) throw hostNotImplemented(`Range.CopyFrom("${String(copyType)}")`);
  if (options.skipBlanks || options.transpose) throw hostNotImplemented("Range.CopyFrom with skipBlanks or transpose");
  if (isEntireRow(source.block) || isEntireColumn(source.block)) throw hostNotImplemented("Range.CopyFrom of whole rows or columns");
  const target = copyTarget(source.block, destination.block);
  const cells = readCells(host, source.sheetId);
  const lexer = host.univer.getFormula();
  const matrix: Record<number, Record<number, ICellData>> = {};
  for (let row = target.startRow; row <= target.endRow; row += 1) {
    const entries: Record<number, ICellData> = {};
    for (let column = target.startColumn; column <= target.endColumn; column += 1) {
      const fromRow = source.block.startRow + ((row - target.startRow) % rowCountOf(source.block));
      const fromColumn = source.block.startColumn + ((column - target.startColumn) % columnCountOf(source.block));
      const raw = sheetOf(host, source.sheetId).getSheet().getCellMatrix().getValue(fromRow, fromColumn);
      const entry: Record<string, unknown> = {};
      if (copyType !== "Formats") {
        const formula = cells.formula(fromRow, fromColumn);
        const moved =
          copyType !== "Values" && typeof formula === "string" && (raw?.f || raw?.si)
            ? lexer.moveFormulaRefOffset(formula, column - fromColumn, row - fromRow)
            : null;
        const value = cells.value(fromRow, fromColumn);
        Object.assign(entry, { f: moved, si: null, p: null, v: moved || value === "" ? null : (raw?.v ?? value), t: raw?.t ?? null });
      }
      if (copyType === "All" || copyType === "Formats") entry.s = cells.style(fromRow, fromColumn);
      entries[column] = entry as ICellData;
    }
    matrix[row] = entries;
  }
  writeCellData(host, destination.sheetId, target, matrix);
};

/** A destination smaller than the source is filled to the source's size; a multiple of it is tiled. */
const copyTarget = (source: Block, destination: Block): Block => {
  const rows = rowCountOf(destination) % rowCountOf(source) === 0 ? rowCountOf(destination) : rowCountOf(source);
  const columns = columnCountOf(destination) % columnCountOf(source) === 0 ? columnCountOf(destination) : columnCountOf(source);
  return { ...destination, endRow: destination.startRow + rows - 1, endColumn: destination.startColumn + columns - 1 };
};

/** Says whether nothing below the block can move up: the grid then leaves the deleted cells as they are. */
const isLastInUse = (host: HostWorkbook, { sheetId, block }: RangeTarget): boolean =>
  sheetOf(host, sheetId).getSheet().getCellMatrix().getLength() <= block.endRow + 1;

/** Deletes cells; the rest moves up or left. */
export const deleteRange = (host: HostWorkbook, { sheetId, block }: RangeTarget, shift: unknown): void => {
  assertWritable(host, sheetId, block);
  const sheet = sheetOf(host, sheetId);
  if (isEntireRow(block)) sheet.deleteRows(block.startRow, rowCountOf(block));
  else if (isEntireColumn(block)) sheet.deleteColumns(block.startColumn, columnCountOf(block));
  else if (shift === "Up" && isLastInUse(host, { sheetId, block })) clearRange(host, { sheetId, block }, "All");
  else if (shift === "Up") sheet.getRange({ ...block }).deleteCells(Dimension.ROWS);
  else if (shift === "Left") sheet.getRange({ ...block }).deleteCells(Dimension.COLUMNS);
  else throw invalidArgument(`cells shift Up or Left, not ${String(shift)}`);
};

/** Inserts blank cells; what is there moves down or right. */
export const insertRange = (host: HostWorkbook, { sheetId, block }: RangeTarget, shift: unknown): void => {
  assertWritable(host, sheetId, block);
  const sheet = sheetOf(host, sheetId);
  if (isEntireRow(block)) sheet.insertRows(block.startRow, rowCountOf(block));
  else if (isEntireColumn(block)) sheet.insertColumns(block.startColumn, columnCountOf(block));
  else if (shift === "Down") sheet.getRange({ ...block }).insertCells(Dimension.ROWS);
  else if (shift === "Right") sheet.getRange({ ...block }).insertCells(Dimension.COLUMNS);
  else throw invalidArgument(`cells shift Down or Right, not ${String(shift)}`);
};
