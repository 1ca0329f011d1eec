import { TableManager } from "@univerjs/preset-sheets-table";
import { readCells } from "./cells/cell-reader";
import { type HostWorkbook, openBook } from "./host-workbook";
import { type TableInfo, tablesIn } from "./table-info";
import { type Block, intersection } from "./address";

/**
 * Names the columns of Univer's table after its header cells, so that Tbl[column] finds them. Univer reads the header
 * once, when the table is made, and calls columns that come later "Column n".
 */
export const nameTableColumns = (host: HostWorkbook, info: TableInfo): void => {
  const cells = readCells(host, info.subUnitId);
  const { startRow, startColumn, endColumn } = info.range;
  const names = Array.from({ length: endColumn - startColumn + 1 }, (_, index) => cells.text(startRow, startColumn + index));
  const unitId = openBook(host).getId();
  const table = host.injector.get(TableManager).getTableById(unitId, info.id);
  if (!table) return;
  const { columns } = table.getTableInfo();
  if (columns.length === names.length && columns.every((column, index) => column.displayName === names[index])) return;
  const template = columns[0];
  if (!template) return;
  table.setColumns(
    names.map((displayName, index) => ({ ...template, ...columns[index], id: columns[index]?.id ?? `${info.id}-${index + 1}`, displayName })),
  );
  host.commands.syncExecuteCommand("formula.mutation.set-super-table", {
    unitId,
    tableName: info.name,
    reference: { range: info.range, sheetId: info.subUnitId, titleMap: new Map(names.map((name, index) => [name, index])) },
  });
};

/** Does so for the tables whose header a write has touched. */
export const nameTouchedColumns = (host: HostWorkbook, sheetId: string, written: Block): void => {
  for (const info of tablesIn(host, sheetId)) {
    const { range } = info;
    if (intersection(written, { startRow: range.startRow, endRow: range.startRow, startColumn: range.startColumn, endColumn: range.endColumn }))
      nameTableColumns(host, info);
  }
};
