import type { TableToInsert } from "../../app/ports";
import { inExcel } from "./in-excel";

/** 0-based rows of an inserted sheet: title, note, status, a blank row, then the header. */
const headerRow = 4;

/** Blue for what a person types, the finance habit. */
const inputColor = "#0000FF";
const headerFill = "#1F3A5F";

/** Tells every user, with and without the add-in, whether the numbers of our functions are live. Native functions around one of ours. */
const statusFormula = '=IFERROR("Add-in running: "&COLL.VERSION(),"Start the add-in: Home > Collateral > Open pane")';

/**
 * Inserts a sheet with a table for each entry, built cell by cell.
 *
 * When any of the sheet or table names is taken, all of them get the same suffix 2, 3, ..., so that sets never mix. Nothing of the
 * user's is touched.
 *
 * @returns the suffix used ("" the first time) and the sheet names
 * @throws WorkbookError
 */
export const insertTables = (tables: readonly TableToInsert[]): Promise<{ readonly suffix: string; readonly sheets: readonly string[] }> =>
  inExcel("insert the tables", async (context) => {
    const suffix = await freeSuffix(context, tables);
    const made: Excel.Worksheet[] = [];
    try {
      for (const table of tables) {
        made.push(writeTable(context, table, { sheet: table.sheet + suffix, table: table.table + suffix }));
        // eslint-disable-next-line office-addins/no-context-sync-in-loop -- one table per request keeps each below the payload limit
        await context.sync();
      }
      made[0]?.activate();
      await context.sync();
    } catch (error) {
      // Half a sample would be read as a book with missing tables, so what this call has made goes again.
      await removeSheets(context, tables, suffix);
      throw error;
    }
    return { suffix, sheets: tables.map((table) => table.sheet + suffix) };
  });

const freeSuffix = async (context: Excel.RequestContext, tables: readonly TableToInsert[]): Promise<string> => {
  const sheets = context.workbook.worksheets;
  sheets.load("items/name");
  const existing = context.workbook.tables;
  existing.load("items/name");
  const names = context.workbook.names;
  names.load("items/name");
  await context.sync();
  const taken = new Set([...sheets.items, ...existing.items, ...names.items].map((item) => item.name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? "" : String(number);
    if (!tables.some((table) => taken.has((table.sheet + suffix).toLowerCase()) || taken.has((table.table + suffix).toLowerCase()))) return suffix;
  }
};

/** Writes a table on a new sheet of these names, which must be free. */
export const writeTable = (
  context: Excel.RequestContext,
  table: TableToInsert,
  names: { readonly sheet: string; readonly table: string },
): Excel.Worksheet => {
  const sheet = context.workbook.worksheets.add(names.sheet);
  sheet.getRange("A1:A3").values = [[table.title], [table.note], [""]];
  sheet.getRange("A3").formulas = [[statusFormula]];
  sheet.getRange("A1").format.font.bold = true;
  sheet.getRange("A1").format.font.size = 14;
  sheet.getRange("A2:A3").format.font.color = "#605E5C";
  const width = table.columns.length;
  const all = sheet.getRangeByIndexes(headerRow, 0, table.rows.length + 1, width);
  all.numberFormat = [table.columns.map(() => "General"), ...table.rows.map(() => table.columns.map((column) => formatOf(table, column)))];
  all.values = [[...table.columns], ...table.rows.map((row) => row.map((cell) => cell ?? ""))];
  const made = context.workbook.tables.add(all, true);
  made.name = names.table;
  made.style = "TableStyleLight9";
  sheet.getRangeByIndexes(headerRow + 1, 0, table.rows.length, width).format.font.color = inputColor;
  const header = sheet.getRangeByIndexes(headerRow, 0, 1, width);
  header.format.font.bold = true;
  header.format.font.color = "#FFFFFF";
  header.format.fill.color = headerFill;
  for (const [index, column] of table.columns.entries()) {
    sheet.getRangeByIndexes(headerRow, index, 1, 1).format.columnWidth = columnPoints(table, index, column);
  }
  for (const [column, choices] of Object.entries(table.choices ?? {})) {
    const index = table.columns.indexOf(column);
    if (index >= 0) offerChoices(sheet.getRangeByIndexes(headerRow + 1, index, table.rows.length, 1), column, choices);
  }
  // In a wide table the first column says of what the others speak.
  if (width > 8) sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, headerRow + 1, 1));
  else sheet.freezePanes.freezeRows(headerRow + 1);
  return sheet;
};

/** A list to choose from in the cells. Excel's list minds the case and ours does not, so another word is asked about and not refused. */
const offerChoices = (cells: Excel.Range, column: string, choices: readonly string[]): void => {
  cells.dataValidation.rule = { list: { inCellDropDown: true, source: choices.join(",") } };
  cells.dataValidation.errorAlert = {
    showAlert: true,
    style: Excel.DataValidationAlertStyle.warning,
    title: column,
    message: `The run knows: ${choices.join(", ")}.`,
  };
};

const formatOf = (table: TableToInsert, column: string): string =>
  table.textColumns.includes(column) ? "@" : (table.numberFormats?.[column] ?? "General");

/** Width in points from the longest of the first texts, so that nothing is cut and nothing is absurdly wide. */
const columnPoints = (table: TableToInsert, index: number, column: string): number => {
  const lengths = table.rows.slice(0, 60).map((row) => String(row[index] ?? "").length);
  const longest = Math.max(column.length + 2, ...lengths);
  return Math.min(220, Math.max(52, Math.round(longest * 6.2 + 8)));
};

const removeSheets = async (context: Excel.RequestContext, tables: readonly TableToInsert[], suffix: string): Promise<void> => {
  const sheets = tables.map((table) => context.workbook.worksheets.getItemOrNullObject(table.sheet + suffix));
  for (const sheet of sheets) sheet.load("name");
  await context.sync();
  for (const sheet of sheets) if (!sheet.isNullObject) sheet.delete();
  await context.sync();
};
