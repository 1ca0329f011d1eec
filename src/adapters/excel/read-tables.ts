import type { CellMatrix } from "../../core/basics/cell-value";
import { findRange } from "../../core/tables/find-ranges";
import type { SheetTable } from "../../core/tables/sheet-table";
import { inExcel } from "./in-excel";
import { markKey } from "./report-mark";

/** Cells per request: well under the 5 MB that Excel on the web answers at once. */
const cellsPerRequest = 150_000;

/**
 * Reads every Excel table, and every sheet without one whose cells begin with a header row of ours. Sheets that we wrote are left out.
 *
 * The sheet itself is read, so a blank cell is a blank here, never 0.
 */
export const readTables = (): Promise<readonly SheetTable[]> =>
  inExcel("read the tables", async (context) => {
    const tables = context.workbook.tables;
    tables.load("items/name,items/showTotals");
    const sheets = context.workbook.worksheets;
    sheets.load("items/name");
    await context.sync();
    const frames = tables.items.map((table) => {
      const range = table.getRange();
      range.load("rowIndex,columnIndex,rowCount,columnCount");
      const sheet = table.worksheet;
      sheet.load("name");
      return { name: table.name, totals: table.showTotals ? 1 : 0, range, sheet };
    });
    const marks = sheets.items.map((sheet) => {
      const mark = sheet.customProperties.getItemOrNullObject(markKey);
      mark.load("key");
      return { sheet, mark };
    });
    await context.sync();
    const withTable = new Set(frames.map((frame) => frame.sheet.name));
    const plain = marks.filter(({ sheet, mark }) => mark.isNullObject && !withTable.has(sheet.name)).map(({ sheet }) => sheet);
    const named = await readFrames(context, frames);
    return [...named, ...(await readPlainSheets(context, plain))];
  });

interface Frame {
  readonly name: string;
  readonly totals: number;
  readonly range: Excel.Range;
  readonly sheet: Excel.Worksheet;
}

const readFrames = async (context: Excel.RequestContext, frames: readonly Frame[]): Promise<readonly SheetTable[]> => {
  const result: SheetTable[] = [];
  for (const batch of batchesOf(frames)) {
    const reads = batch.map((frame) => {
      frame.range.load("values");
      const below = frame.sheet.getRangeByIndexes(frame.range.rowIndex + frame.range.rowCount, frame.range.columnIndex, 1, frame.range.columnCount);
      below.load("values");
      return { frame, below };
    });
    // One request per batch of cells: the answer of all tables together may pass the 5 MB of Excel on the web.
    // eslint-disable-next-line office-addins/no-context-sync-in-loop
    await context.sync();
    for (const { frame, below } of reads) {
      const values = frame.range.values as CellMatrix;
      result.push({
        name: frame.name,
        sheet: frame.sheet.name,
        rowIndex: frame.range.rowIndex,
        columnIndex: frame.range.columnIndex,
        values: frame.totals === 1 ? values.slice(0, -1) : values,
        ...(frame.totals === 1 ? {} : { below: below.values[0] as readonly unknown[] }),
      });
    }
  }
  return result;
};

const batchesOf = (frames: readonly Frame[]): readonly (readonly Frame[])[] => {
  const batches: Frame[][] = [];
  let cells = Infinity;
  for (const frame of frames) {
    const size = frame.range.rowCount * frame.range.columnCount;
    if (cells + size > cellsPerRequest) {
      batches.push([]);
      cells = 0;
    }
    batches.at(-1)?.push(frame);
    cells += size;
  }
  return batches;
};

const readPlainSheets = async (context: Excel.RequestContext, sheets: readonly Excel.Worksheet[]): Promise<readonly SheetTable[]> => {
  const ranges = sheets.map((sheet) => {
    const range = sheet.getUsedRangeOrNullObject(true);
    range.load("cellCount,rowIndex,columnIndex");
    return { sheet, range };
  });
  await context.sync();
  const small = ranges.filter(({ range }) => !range.isNullObject && range.cellCount > 3 && range.cellCount <= cellsPerRequest);
  const result: SheetTable[] = [];
  for (const { sheet, range } of small) {
    range.load("values");
    // eslint-disable-next-line office-addins/no-context-sync-in-loop -- one sheet per request, for the same limit
    await context.sync();
    const found = findRange(sheet.name, range.values as CellMatrix, range.rowIndex, range.columnIndex);
    if (found !== undefined) result.push(found);
  }
  return result;
};
