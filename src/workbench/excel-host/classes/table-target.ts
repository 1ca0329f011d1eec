import type { Block } from "../address";
import { readCells } from "../cells/cell-reader";
import { writeCellData } from "../cells/cell-writer";
import { HostError, invalidArgument, itemAlreadyExists } from "../host-error";
import { type HostWorkbook, openBook, sheetOf } from "../host-workbook";
import { assertName } from "../item-names";
import { nameTableColumns } from "../table-column-names";
import { type TableInfo, tableOf, tablesIn } from "../table-info";
import { CellValueType, type ICellData } from "@univerjs/core";

/** @throws HostError when the name is malformed or taken by a table or a defined name */
export const assertTableName = (host: HostWorkbook, name: unknown, except?: string): string => {
  const valid = assertName(name);
  const taken = tablesIn(host).some((info) => info.id !== except && info.name.toLowerCase() === valid.toLowerCase());
  if (taken || openBook(host).getDefinedName(valid)) throw itemAlreadyExists(valid);
  return valid;
};

/** The first free name of the kind Table1, Table2, ... */
export const freeTableName = (host: HostWorkbook): string => {
  // Univer refuses a table that has the name of a sheet.
  const sheets = openBook(host)
    .getSheets()
    .map((sheet) => sheet.getSheetName());
  const names = new Set([...tablesIn(host).map((info) => info.name), ...sheets].map((name) => name.toLowerCase()));
  let number = 1;
  while (names.has(`table${number}`)) number += 1;
  return `Table${number}`;
};

/**
 * Makes the header cells texts that differ: blank ones are named Column1, Column2, ... and a repeated name gets a number.
 */
export const tidyHeaders = (host: HostWorkbook, sheetId: string, block: Block): void => {
  const cells = readCells(host, sheetId);
  const seen = new Set<string>();
  const entries: Record<number, ICellData> = {};
  for (let column = block.startColumn; column <= block.endColumn; column += 1) {
    const shown = cells.text(block.startRow, column);
    const base = shown === "" ? `Column${column - block.startColumn + 1}` : shown;
    let name = base;
    for (let number = 2; seen.has(name.toLowerCase()); number += 1) name = `${base}${number}`;
    seen.add(name.toLowerCase());
    if (cells.value(block.startRow, column) !== name) {
      entries[column] = { v: name, t: CellValueType.STRING, f: null, si: null, p: null } as unknown as ICellData;
    }
  }
  if (Object.keys(entries).length > 0) writeCellData(host, sheetId, { ...block, endRow: block.startRow }, { [block.startRow]: entries });
};

/** Moves the border of a table. @throws HostError when Univer refuses */
export const resizeTable = async (host: HostWorkbook, info: TableInfo, block: Block): Promise<void> => {
  const current = tableOf(host, info.id);
  const same = (["startRow", "startColumn", "endRow", "endColumn"] as const).every((key) => current.range[key] === block[key]);
  if (same) return;
  const done = await sheetOf(host, info.subUnitId).setTableRange(info.id, { ...block });
  if (!done) throw new HostError("InvalidArgument", "The grid refused the new size of the table.");
  nameTableColumns(host, tableOf(host, info.id));
};

/** @throws HostError InvalidArgument when the block meets another table */
export const assertNoOverlap = (host: HostWorkbook, sheetId: string, block: Block, except?: string): void => {
  const hit = tablesIn(host, sheetId).find(
    ({ id, range }) =>
      id !== except &&
      range.startRow <= block.endRow &&
      range.endRow >= block.startRow &&
      range.startColumn <= block.endColumn &&
      range.endColumn >= block.startColumn,
  );
  if (hit) throw invalidArgument(`a table can't overlap another table (${hit.name})`);
};
