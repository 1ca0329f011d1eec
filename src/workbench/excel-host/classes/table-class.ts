import { blockOf, columnCountOf, isInSheet } from "../address";
import { assertWritable, growSheet } from "../cells/cell-writer";
import { clearRange } from "../cells/range-edit";
import { type ClassDefinition, defineClass, readOnly, type ScalarDefinition, type HostClass } from "../host-class";
import { HostError, hostNotImplemented, invalidArgument } from "../host-error";
import { type HostWorkbook, openBook, sheetOf } from "../host-workbook";
import { rangeArgument, rangeClass } from "./range-class";
import { tableColumnsClass } from "./table-column-classes";
import { tableRowsClass } from "./table-row-classes";
import { assertNoOverlap, assertTableName, resizeTable, tidyHeaders } from "./table-target";
import { tableBlock, tableBody, tableOf, type TableTarget } from "../table-info";

/** Remembered, not drawn: Univer has its own looks of tables. */
const remembered = (name: string, initial: unknown): ScalarDefinition<TableTarget> => ({
  get: ({ tableId }, host) => host.state.tableOptions.get(tableId)?.get(name) ?? initial,
  set: ({ tableId }, value, host) => {
    tableOf(host, tableId);
    if (typeof value !== typeof initial) throw invalidArgument(`${name} takes a ${typeof initial}`);
    const options = host.state.tableOptions.get(tableId) ?? new Map<string, unknown>();
    host.state.tableOptions.set(tableId, options.set(name, value));
  },
});

/** What the host cannot do must not look done. */
const fixed = (name: string, only: boolean): ScalarDefinition<TableTarget> => ({
  get: () => only,
  set: (_table, value) => {
    if (value !== only) throw hostNotImplemented(`Table.${name} = ${String(value)}`);
  },
});

const rename = async ({ tableId }: TableTarget, value: unknown, host: HostWorkbook): Promise<void> => {
  const info = tableOf(host, tableId);
  const name = assertTableName(host, value, tableId);
  if (name === info.name) return;
  const done = await sheetOf(host, info.subUnitId).setTableName(tableId, name);
  if (!done) throw new HostError("InvalidArgument", `The grid refused the table name ${name}; it may be the name of a worksheet.`);
};

const remove = async (host: HostWorkbook, tableId: string): Promise<void> => {
  if (!(await openBook(host).removeTable(tableId))) throw new HostError("GeneralException", "The grid refused to remove the table.", 500);
  host.state.tableOptions.delete(tableId);
};

const resize = async ({ tableId }: TableTarget, [range]: readonly unknown[], host: HostWorkbook): Promise<void> => {
  const info = tableOf(host, tableId);
  const target = rangeArgument(host, range, info.subUnitId);
  const { block } = target;
  if (target.sheetId !== info.subUnitId || block.startRow !== info.range.startRow)
    throw invalidArgument("the header of a table must stay in its row");
  if (block.endRow === block.startRow || !isInSheet(block)) throw invalidArgument("a table has a header and at least one row");
  const apart = block.startColumn > info.range.endColumn || block.endColumn < info.range.startColumn;
  if (apart) throw invalidArgument("the new range must overlap the table");
  assertNoOverlap(host, info.subUnitId, block, tableId);
  growSheet(host, info.subUnitId, block);
  tidyHeaders(host, info.subUnitId, block);
  await resizeTable(host, info, block);
};

const methods: NonNullable<ClassDefinition<TableTarget>["methods"]> = {
  ConvertToRange: async ({ tableId }, _args, host) => {
    const info = tableOf(host, tableId);
    await remove(host, tableId);
    return rangeClass.of({ sheetId: info.subUnitId, block: tableBlock(info) });
  },
  Delete: async ({ tableId }, _args, host) => {
    const info = tableOf(host, tableId);
    const range = { sheetId: info.subUnitId, block: tableBlock(info) };
    assertWritable(host, range.sheetId, range.block);
    await remove(host, tableId);
    clearRange(host, range, "All");
  },
  GetDataBodyRange: ({ tableId }, _args, host) => {
    const info = tableOf(host, tableId);
    return rangeClass.of({ sheetId: info.subUnitId, block: tableBody(info) });
  },
  GetHeaderRowRange: ({ tableId }, _args, host) => {
    const info = tableOf(host, tableId);
    return rangeClass.of({
      sheetId: info.subUnitId,
      block: blockOf(info.range.startRow, info.range.startColumn, 1, columnCountOf(tableBlock(info))),
    });
  },
  GetRange: ({ tableId }, _args, host) => {
    const info = tableOf(host, tableId);
    return rangeClass.of({ sheetId: info.subUnitId, block: tableBlock(info) });
  },
  Resize: resize,
};

/** Excel.Table. */
export const tableClass: HostClass<TableTarget> = defineClass<TableTarget>({
  name: "Table",
  identity: ({ tableId }) => ({ Id: tableId }),
  scalars: {
    HighlightFirstColumn: remembered("HighlightFirstColumn", false),
    HighlightLastColumn: remembered("HighlightLastColumn", false),
    Id: readOnly(({ tableId }) => tableId),
    LegacyId: readOnly(({ tableId }) => tableId),
    Name: { get: ({ tableId }, host) => tableOf(host, tableId).name, set: rename },
    ShowBandedColumns: remembered("ShowBandedColumns", false),
    ShowBandedRows: remembered("ShowBandedRows", true),
    ShowFilterButton: remembered("ShowFilterButton", true),
    ShowHeaders: fixed("ShowHeaders", true),
    ShowTotals: fixed("ShowTotals", false),
    Style: remembered("Style", "TableStyleMedium2"),
  },
  children: {
    Columns: ({ tableId }) => tableColumnsClass.of({ tableId }),
    Rows: ({ tableId }) => tableRowsClass.of({ tableId }),
    Worksheet: ({ tableId }, host) => host.worksheet(tableOf(host, tableId).subUnitId),
  },
  methods,
});
