import { type Block, columnCountOf } from "../address";
import { readCells } from "../cells/cell-reader";
import { growSheet, writeValues } from "../cells/cell-writer";
import { deleteRange, insertRange } from "../cells/range-edit";
import { defineClass, type HostObject, readOnly, type HostClass } from "../host-class";
import { invalidArgument } from "../host-error";
import type { HostWorkbook } from "../host-workbook";
import { rangeClass } from "./range-class";
import { resizeTable } from "./table-target";
import { tableBlock, tableBody, type TableInfo, tableOf, type TableTarget } from "../table-info";

interface RowTarget extends TableTarget {
  readonly index: number;
}

const rowBlock = ({ tableId, index }: RowTarget, host: HostWorkbook): { sheetId: string; block: Block } => {
  const info = tableOf(host, tableId);
  const row = info.range.startRow + 1 + index;
  if (index < 0 || row > info.range.endRow) throw invalidArgument(`the table has no row ${index}`);
  return { sheetId: info.subUnitId, block: { ...tableBlock(info), startRow: row, endRow: row } };
};

const rowCount = ({ tableId }: TableTarget, host: HostWorkbook): number => {
  const { range } = tableOf(host, tableId);
  return range.endRow - range.startRow;
};

/** Deletes rows of the table's own columns; what lies below moves up. One blank row stays, as in Excel. */
const deleteRows = async (table: TableTarget, host: HostWorkbook, first: number, count: number): Promise<void> => {
  const info = tableOf(host, table.tableId);
  const total = rowCount(table, host);
  if (first < 0 || count < 1 || first + count > total) throw invalidArgument(`the table has no rows ${first} to ${first + count - 1}`);
  const body = tableBody(info);
  const all = count === total;
  if (all) writeValues(host, info.subUnitId, { ...body, endRow: body.startRow }, "");
  const startRow = body.startRow + first + (all ? 1 : 0);
  const gone = count - (all ? 1 : 0);
  if (gone === 0) return;
  deleteRange(host, { sheetId: info.subUnitId, block: { ...body, startRow, endRow: startRow + gone - 1 } }, "Up");
  await resizeTable(host, info, { ...tableBlock(info), endRow: info.range.endRow - gone });
};

const tableRowClass: HostClass<RowTarget> = defineClass<RowTarget>({
  name: "TableRow",
  scalars: {
    Index: readOnly(({ index }) => index),
    Values: {
      calculated: true,
      get: (row, host) => {
        const { sheetId, block } = rowBlock(row, host);
        const cells = readCells(host, sheetId);
        return [Array.from({ length: columnCountOf(block) }, (_, column) => cells.value(block.startRow, block.startColumn + column))];
      },
      set: (row, values, host) => {
        const { sheetId, block } = rowBlock(row, host);
        writeValues(host, sheetId, block, values);
      },
    },
  },
  methods: {
    Delete: (row, _args, host) => deleteRows(row, host, row.index, 1),
    GetRange: (row, _args, host) => rangeClass.of(rowBlock(row, host)),
  },
});

/** Says whether cells below the table are in use, so that they must move down. */
const isBlank = (host: HostWorkbook, sheetId: string, block: Block): boolean => {
  const cells = readCells(host, sheetId);
  for (let row = block.startRow; row <= block.endRow; row += 1) {
    for (let column = block.startColumn; column <= block.endColumn; column += 1) if (cells.formula(row, column) !== "") return false;
  }
  return true;
};

const asRows = (values: unknown, info: TableInfo): readonly (readonly unknown[])[] => {
  const width = columnCountOf(tableBlock(info));
  if (!Array.isArray(values)) {
    if (values === undefined || values === null) return [Array.from({ length: width }, () => "")];
    throw invalidArgument("rows are given as an array of arrays");
  }
  const rows = (Array.isArray(values[0]) ? values : [values]) as readonly (readonly unknown[])[];
  if (rows.some((row) => !Array.isArray(row) || row.length !== width))
    throw invalidArgument("The number of columns in the input array doesn't match the table.");
  return rows;
};

const addRows = async (table: TableTarget, [at, values]: readonly unknown[], host: HostWorkbook): Promise<HostObject> => {
  const info = tableOf(host, table.tableId);
  const rows = asRows(values, info);
  const total = rowCount(table, host);
  const index = at === undefined || at === null || at === -1 ? total : Number(at);
  if (!(index >= 0 && index <= total)) throw invalidArgument(`the table has no row ${String(at)}`);
  const startRow = info.range.startRow + 1 + index;
  const block = { ...tableBlock(info), startRow, endRow: startRow + rows.length - 1 };
  growSheet(host, info.subUnitId, block);
  if (index < total || !isBlank(host, info.subUnitId, block)) insertRange(host, { sheetId: info.subUnitId, block }, "Down");
  await resizeTable(host, info, { ...tableBlock(info), endRow: info.range.endRow + rows.length });
  writeValues(host, info.subUnitId, block, rows);
  return tableRowClass.of({ tableId: table.tableId, index });
};

/** Excel.TableRowCollection. */
export const tableRowsClass: HostClass<TableTarget> = defineClass<TableTarget>({
  name: "TableRowCollection",
  scalars: { Count: readOnly(rowCount) },
  items: (table, host) => Array.from({ length: rowCount(table, host) }, (_, index) => tableRowClass.of({ tableId: table.tableId, index })),
  methods: {
    Add: addRows,
    DeleteRowsAt: (table, [index, count], host) => deleteRows(table, host, Number(index), Number(count ?? 1)),
  },
});
