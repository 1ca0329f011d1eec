import type { FUniver } from "@univerjs/core/facade";
import { columnCountOf, parseBlock, rowCountOf, splitAddress, type Block } from "../excel-host/address";
import { openWorkbook } from "./create-grid";

type Worksheet = ReturnType<ReturnType<typeof openWorkbook>["getSheets"]>[number];

/** A block of cells on a sheet of the grid. */
export interface GridRange {
  readonly sheet: Worksheet;
  readonly block: Block;
}

/** Finds a sheet by its name, as Excel does: without regard to case. */
export function sheetNamed(api: FUniver, name: string): Worksheet | undefined {
  return openWorkbook(api)
    .getSheets()
    .find((sheet) => sheet.getSheetName().toLowerCase() === name.toLowerCase());
}

/** Makes a sheet large enough for a block. */
export function growSheet(sheet: Worksheet, block: Block): void {
  if (block.endRow >= sheet.getMaxRows()) sheet.setRowCount(block.endRow + 1);
  if (block.endColumn >= sheet.getMaxColumns()) sheet.setColumnCount(block.endColumn + 1);
}

/** Cuts whole rows and columns to the part of the sheet that exists. */
function withinSheet(sheet: Worksheet, block: Block): Block {
  return {
    ...block,
    endRow: Math.max(block.startRow, Math.min(block.endRow, sheet.getMaxRows() - 1)),
    endColumn: Math.max(block.startColumn, Math.min(block.endColumn, sheet.getMaxColumns() - 1)),
  };
}

/**
 * Finds the cells that an address means: `Allocation!A1:H20`, `'Run log'!A1`, or `B3` on the active sheet.
 *
 * @throws Error naming the sheet or the address that does not exist
 */
export function gridRange(api: FUniver, address: string): GridRange {
  const { sheet: name, local } = splitAddress(address);
  const sheet = name === undefined ? openWorkbook(api).getActiveSheet() : sheetNamed(api, name);
  if (!sheet) throw new Error(`The workbook has no sheet "${name ?? ""}"`);
  const block = parseBlock(local);
  if (!block) throw new Error(`"${address}" is no cell address such as Sheet1!A1:C5`);
  return { sheet, block: withinSheet(sheet, block) };
}

/** The grid's own range for a block, after making room for it. */
export function cellsOf({ sheet, block }: GridRange): ReturnType<Worksheet["getRange"]> {
  growSheet(sheet, block);
  return sheet.getRange(block.startRow, block.startColumn, rowCountOf(block), columnCountOf(block));
}
