import type { ITableInfoWithUnitId } from "@univerjs/sheets-table";
import type {} from "@univerjs/sheets-table/facade";
import type { Block } from "./address";
import { itemNotFound } from "./host-error";
import { type HostWorkbook, openBook } from "./host-workbook";

/** A table of the object model. */
export interface TableTarget {
  readonly tableId: string;
}

export type TableInfo = ITableInfoWithUnitId;

/** @throws HostError ItemNotFound when the table was deleted */
export const tableOf = (host: HostWorkbook, tableId: string): TableInfo => {
  const info = openBook(host).getTableInfo(tableId);
  if (!info) throw itemNotFound("table");
  return info;
};

/** Tables of a sheet or, without a sheet, of the workbook. */
export const tablesIn = (host: HostWorkbook, sheetId?: string): readonly TableInfo[] =>
  (openBook(host).getTableList() as unknown as readonly TableInfo[]).filter((info) => sheetId === undefined || info.subUnitId === sheetId);

/** The block of a table, header included. */
export const tableBlock = ({ range }: TableInfo): Block => ({
  startRow: range.startRow,
  startColumn: range.startColumn,
  endRow: range.endRow,
  endColumn: range.endColumn,
});

/** The rows below the header. */
export const tableBody = (info: TableInfo): Block => ({ ...tableBlock(info), startRow: info.range.startRow + 1 });
