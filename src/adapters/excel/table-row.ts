import { WorkbookError, type CellPlace, type TableToInsert } from "../../app/ports";
import { normaliseHeader } from "../../core/tables/column-catalogue";
import { appendRows } from "./append-rows";
import { inExcel } from "./in-excel";
import { writeTable } from "./insert-tables";

type Row = Readonly<Record<string, string | number>>;

/**
 * Appends a row to a table; a table that is missing is made on a new sheet whose name is free.
 *
 * @returns the cell where the row begins
 * @throws WorkbookError when the cells below the table are used, or the table lacks a column that the row fills
 */
export const addRow = async (table: TableToInsert, row: Row): Promise<CellPlace> => {
  const isThere = await inExcel(`look for ${table.table}`, async (context) => {
    const found = context.workbook.tables.getItemOrNullObject(table.table);
    found.load("name");
    await context.sync();
    if (found.isNullObject) return false;
    const header = found.getHeaderRowRange();
    header.load("values");
    await context.sync();
    const columns = new Set((header.values[0] ?? []).map(normaliseHeader));
    const missing = Object.keys(row).filter((column) => row[column] !== "" && !columns.has(normaliseHeader(column)));
    if (missing.length > 0) throw new WorkbookError("MissingColumn", `${table.table} has no column ${missing.join(", ")}. Add it, then try again.`);
    return true;
  });
  if (isThere) await appendRows(table.table, [row]);
  else await makeTable({ ...table, rows: [table.columns.map((column) => row[column] ?? "")] });
  return inExcel(`find the row in ${table.table}`, async (context) => {
    const last = context.workbook.tables.getItem(table.table).getDataBodyRange().getLastRow().getCell(0, 0);
    last.load("address");
    await context.sync();
    const [, sheet = "", address = ""] = /^(.*)!(.*)$/.exec(last.address) ?? [];
    return { sheet: sheet.replace(/^'|'$/g, "").replaceAll("''", "'"), address };
  });
};

/** Makes the table on a sheet of its own; the user stays on the sheet where they are. */
const makeTable = (table: TableToInsert): Promise<void> =>
  inExcel(`add ${table.table}`, async (context) => {
    const sheets = context.workbook.worksheets;
    sheets.load("items/name");
    await context.sync();
    const taken = new Set(sheets.items.map((sheet) => sheet.name.toLowerCase()));
    let suffix = "";
    for (let number = 2; taken.has((table.sheet + suffix).toLowerCase()); number += 1) suffix = ` ${number}`;
    writeTable(context, table, { sheet: table.sheet + suffix, table: table.table });
    await context.sync();
  });

/**
 * Takes a row out of a table: clears the last one whose cells are exactly these and whose other cells are blank.
 *
 * @throws WorkbookError when there is no such row, because somebody has changed it since
 */
export const removeRow = (tableName: string, row: Row): Promise<void> =>
  inExcel(`take a row out of ${tableName}`, async (context) => {
    const table = context.workbook.tables.getItemOrNullObject(tableName);
    table.load("name");
    await context.sync();
    if (table.isNullObject) throw new WorkbookError("ItemNotFound", `Table ${tableName} is no longer there.`);
    const header = table.getHeaderRowRange();
    header.load("values");
    const body = table.getDataBodyRange();
    body.load("values");
    await context.sync();
    const wanted = new Map(Object.entries(row).map(([column, cell]) => [normaliseHeader(column), cell]));
    const columns = (header.values[0] ?? []).map(normaliseHeader);
    const isIt = (cells: readonly unknown[]): boolean => cells.every((cell, at) => sameCell(cell, wanted.get(columns[at] ?? "") ?? ""));
    const rows = body.values as unknown[][];
    const at = rows.map(isIt).lastIndexOf(true);
    if (at < 0) throw new WorkbookError("ItemNotFound", `The row is not in ${tableName} as it was written. Change the table yourself.`);
    // Nothing is moved: below the table the user may have cells of their own. A blank row inside a table is skipped by the reader.
    body.getRow(at).values = [columns.map(() => "")];
    const isLast = at === rows.length - 1;
    if (isLast && at > 0) table.resize(header.getBoundingRect(body.getRow(at - 1)));
    await context.sync();
  });

const sameCell = (cell: unknown, wanted: string | number): boolean => cell === wanted || String(cell) === String(wanted);
