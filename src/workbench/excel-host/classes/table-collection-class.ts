import { blockOf, isEntireColumn, isEntireRow, rowCountOf } from "../address";
import { assertWritable, growSheet } from "../cells/cell-writer";
import { insertRange } from "../cells/range-edit";
import { defineClass, type HostObject, type HostClass } from "../host-class";
import { HostError, invalidArgument } from "../host-error";
import { type HostWorkbook, openBook } from "../host-workbook";
import { rangeArgument } from "./range-class";
import { tableClass } from "./table-class";
import { assertNoOverlap, freeTableName, tidyHeaders } from "./table-target";
import { tablesIn } from "../table-info";

/** The tables of a sheet or, without a sheet, of the workbook. */
interface TablesTarget {
  readonly sheetId?: string;
}

const addTable = async ({ sheetId }: TablesTarget, [address, hasHeaders]: readonly unknown[], host: HostWorkbook): Promise<HostObject> => {
  const range = rangeArgument(host, address, sheetId ?? openBook(host).getActiveSheet().getSheetId());
  if (sheetId !== undefined && range.sheetId !== sheetId) throw invalidArgument("the range is on another worksheet");
  if (isEntireRow(range.block) || isEntireColumn(range.block)) throw invalidArgument("a table of whole rows or columns is refused by this host");
  assertNoOverlap(host, range.sheetId, range.block);
  assertWritable(host, range.sheetId, range.block);
  let { block } = range;
  if (hasHeaders === false) {
    insertRange(
      host,
      { sheetId: range.sheetId, block: blockOf(block.startRow, block.startColumn, 1, block.endColumn - block.startColumn + 1) },
      "Down",
    );
    block = { ...block, endRow: block.endRow + 1 };
  }
  // A table has at least one row below its header.
  if (rowCountOf(block) === 1) block = { ...block, endRow: block.endRow + 1 };
  growSheet(host, range.sheetId, block);
  tidyHeaders(host, range.sheetId, block);
  const id = await openBook(host).addTable(range.sheetId, freeTableName(host), { ...block });
  if (!id) throw new HostError("InvalidArgument", "The grid refused the table.");
  return tableClass.of({ tableId: id });
};

/** Excel.TableCollection. */
export const tableCollectionClass: HostClass<TablesTarget> = defineClass<TablesTarget>({
  name: "TableCollection",
  scalars: { Count: { get: ({ sheetId }, host) => tablesIn(host, sheetId).length } },
  items: ({ sheetId }, host) => tablesIn(host, sheetId).map((info) => tableClass.of({ tableId: info.id })),
  item: ({ sheetId }, key, host) => {
    const found = tablesIn(host, sheetId).find((info) => info.id === key || info.name.toLowerCase() === String(key).toLowerCase());
    return found ? tableClass.of({ tableId: found.id }) : null;
  },
  methods: { Add: addTable },
});
