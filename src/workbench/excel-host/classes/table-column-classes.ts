import { type Block, rowCountOf } from "../address";
import { readCells } from "../cells/cell-reader";
import { growSheet, writeValues } from "../cells/cell-writer";
import { deleteRange } from "../cells/range-edit";
import { defineClass, type HostClass, type HostObject, readOnly } from "../host-class";
import { hostNotImplemented, invalidArgument, itemNotFound } from "../host-error";
import type { HostWorkbook } from "../host-workbook";
import { rangeClass } from "./range-class";
import { assertNoOverlap, resizeTable, tidyHeaders } from "./table-target";
import { tableBlock, tableBody, type TableInfo, tableOf, type TableTarget } from "../table-info";

interface ColumnTarget extends TableTarget {
  readonly index: number;
}

const columnBlock = ({ tableId, index }: ColumnTarget, host: HostWorkbook, part: (info: TableInfo) => Block): { sheetId: string; block: Block } => {
  const info = tableOf(host, tableId);
  const block = part(info);
  const column = block.startColumn + index;
  if (column > block.endColumn) throw itemNotFound("table column");
  return { sheetId: info.subUnitId, block: { ...block, startColumn: column, endColumn: column } };
};

const header = (info: TableInfo): Block => ({ ...tableBlock(info), endRow: info.range.startRow });

const nameOf = (column: ColumnTarget, host: HostWorkbook): string => {
  const { sheetId, block } = columnBlock(column, host, header);
  return readCells(host, sheetId).text(block.startRow, block.startColumn);
};

const tableColumnClass: HostClass<ColumnTarget> = defineClass<ColumnTarget>({
  name: "TableColumn",
  identity: ({ index }) => ({ Id: index + 1 }),
  scalars: {
    Id: readOnly(({ index }) => index + 1),
    Index: readOnly(({ index }) => index),
    Name: {
      get: nameOf,
      set: (column, value, host) => {
        const { sheetId, block } = columnBlock(column, host, header);
        writeValues(host, sheetId, block, `'${String(value)}`);
        tidyHeaders(host, sheetId, header(tableOf(host, column.tableId)));
      },
    },
    Values: {
      calculated: true,
      get: (column, host) => {
        const { sheetId, block } = columnBlock(column, host, tableBlock);
        const cells = readCells(host, sheetId);
        return Array.from({ length: rowCountOf(block) }, (_, row) => [cells.value(block.startRow + row, block.startColumn)]);
      },
      set: (column, values, host) => {
        const { sheetId, block } = columnBlock(column, host, tableBlock);
        writeValues(host, sheetId, block, values);
      },
    },
  },
  methods: {
    Delete: async (column, _args, host) => {
      const info = tableOf(host, column.tableId);
      if (info.range.startColumn === info.range.endColumn) throw invalidArgument("a table keeps at least one column");
      const range = columnBlock(column, host, tableBlock);
      deleteRange(host, range, "Left");
      await resizeTable(host, info, { ...tableBlock(info), endColumn: info.range.endColumn - 1 });
    },
    GetDataBodyRange: (column, _args, host) => rangeClass.of(columnBlock(column, host, tableBody)),
    GetHeaderRowRange: (column, _args, host) => rangeClass.of(columnBlock(column, host, header)),
    GetRange: (column, _args, host) => rangeClass.of(columnBlock(column, host, tableBlock)),
  },
});

const columnCount = ({ tableId }: TableTarget, host: HostWorkbook): number => {
  const { range } = tableOf(host, tableId);
  return range.endColumn - range.startColumn + 1;
};

const columns = (table: TableTarget, host: HostWorkbook): readonly ColumnTarget[] =>
  Array.from({ length: columnCount(table, host) }, (_, index) => ({ tableId: table.tableId, index }));

/** Adds a column behind the last one; Univer moves nothing, so a column in between is refused. */
const addColumn = async (table: TableTarget, [at, values, name]: readonly unknown[], host: HostWorkbook): Promise<HostObject> => {
  const info = tableOf(host, table.tableId);
  const index = columnCount(table, host);
  if (at !== undefined && at !== null && at !== -1 && at !== index) throw hostNotImplemented("TableColumnCollection.Add in between");
  const block = { ...tableBlock(info), startColumn: info.range.endColumn + 1, endColumn: info.range.endColumn + 1 };
  assertNoOverlap(host, info.subUnitId, block);
  growSheet(host, info.subUnitId, block);
  if (values !== undefined && values !== null) writeValues(host, info.subUnitId, block, values);
  if (typeof name === "string") writeValues(host, info.subUnitId, { ...block, endRow: block.startRow }, `'${name}`);
  tidyHeaders(host, info.subUnitId, { ...header(info), endColumn: block.endColumn });
  await resizeTable(host, info, { ...tableBlock(info), endColumn: block.endColumn });
  return tableColumnClass.of({ tableId: table.tableId, index });
};

/** Excel.TableColumnCollection. */
export const tableColumnsClass: HostClass<TableTarget> = defineClass<TableTarget>({
  name: "TableColumnCollection",
  scalars: { Count: readOnly(columnCount) },
  items: (table, host) => columns(table, host).map((column) => tableColumnClass.of(column)),
  item: (table, key, host) => {
    const found = columns(table, host).find((column) =>
      typeof key === "number" ? column.index + 1 === key : nameOf(column, host).toLowerCase() === String(key).toLowerCase(),
    );
    return found ? tableColumnClass.of(found) : null;
  },
  methods: { Add: addColumn },
});
