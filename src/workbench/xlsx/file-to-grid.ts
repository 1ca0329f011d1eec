import {
  BooleanNumber,
  CellValueType,
  type ICellData,
  type IObjectMatrixPrimitiveType,
  type IWorkbookData,
  type IWorksheetData,
} from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import type {} from "@univerjs/sheets-table/facade";
import { parseBlock } from "../excel-host/address";
import { gridStyle } from "./grid-look";
import { pixelsOfCharacters, pixelsOfPoints } from "./grid-units";
import { ensureIteratorHelpers } from "./iterator-helpers";
import type { FileCell, FileSheet, FileValue, WorkbookFile } from "./workbook-file";

type CellMatrix = IObjectMatrixPrimitiveType<ICellData>;

function valueData(value: FileValue): ICellData {
  if (typeof value === "boolean") return { v: value ? 1 : 0, t: CellValueType.BOOLEAN };
  if (typeof value === "number") return { v: value, t: CellValueType.NUMBER };
  // An identifier such as 00123 stays text in the grid's own calculations only when it is forced to.
  return { v: value, t: value.trim() !== "" && Number.isFinite(Number(value)) ? CellValueType.FORCE_STRING : CellValueType.STRING };
}

function cellData(cell: FileCell): ICellData {
  const content = cell.value === undefined || cell.formula ? {} : valueData(cell.value);
  return cell.look ? { ...content, s: gridStyle(cell.look) } : content;
}

function matrixOf(cells: readonly FileCell[], data: (cell: FileCell) => ICellData): CellMatrix {
  const matrix: CellMatrix = {};
  for (const cell of cells) (matrix[cell.row] ??= {})[cell.column] = data(cell);
  return matrix;
}

const SPARE_ROWS = 200;
const LEAST_ROWS = 1000;
const SPARE_COLUMNS = 20;
const LEAST_COLUMNS = 40;

function sheetData(sheet: FileSheet, id: string): Partial<IWorksheetData> {
  const lastRow = sheet.cells.reduce((last, cell) => Math.max(last, cell.row), 0);
  const lastColumn = sheet.cells.reduce((last, cell) => Math.max(last, cell.column), 0);
  const { frozenRows, frozenColumns } = sheet;
  return {
    id,
    name: sheet.name,
    hidden: sheet.isHidden ? BooleanNumber.TRUE : BooleanNumber.FALSE,
    ...(sheet.tabColor ? { tabColor: `#${sheet.tabColor}` } : {}),
    rowCount: Math.max(LEAST_ROWS, lastRow + SPARE_ROWS),
    columnCount: Math.max(LEAST_COLUMNS, lastColumn + SPARE_COLUMNS),
    showGridlines: sheet.hidesGridLines ? BooleanNumber.FALSE : BooleanNumber.TRUE,
    ...(frozenRows || frozenColumns
      ? { freeze: { xSplit: frozenColumns, ySplit: frozenRows, startRow: frozenRows || -1, startColumn: frozenColumns || -1 } }
      : {}),
    mergeData: sheet.merges.map((merge) => ({ ...merge })),
    columnData: Object.fromEntries([...sheet.columnWidths].map(([column, width]) => [column, { w: pixelsOfCharacters(width) }])),
    rowData: Object.fromEntries([...sheet.rowHeights].map(([row, height]) => [row, { h: pixelsOfPoints(height) }])),
    cellData: matrixOf(sheet.cells, cellData),
  };
}

/** The grid's id of a sheet by its place in the file. */
export function sheetId(index: number): string {
  return `sheet-${index + 1}`;
}

/** Builds the grid's workbook without tables, names and formulas, which are entered afterwards, in that order. */
export function gridSnapshot(file: WorkbookFile, name: string): Partial<IWorkbookData> {
  const order = file.sheets.map((_, index) => sheetId(index));
  return {
    name,
    sheetOrder: order,
    sheets: Object.fromEntries(file.sheets.map((sheet, index) => [sheetId(index), sheetData(sheet, sheetId(index))])),
  };
}

async function addTables(api: FUniver, file: WorkbookFile): Promise<void> {
  const workbook = api.getActiveWorkbook();
  for (const [index, sheet] of file.sheets.entries()) {
    for (const table of sheet.tables) {
      const block = parseBlock(table.range);
      if (!workbook || !block) continue;
      // The grid knows no totals row: it stays below the table as plain cells.
      const endRow = table.hasTotalRow ? block.endRow - 1 : block.endRow;
      await workbook.addTable(sheetId(index), table.name, { ...block, endRow: Math.max(endRow, block.startRow + 1) });
    }
  }
}

function addNames(api: FUniver, file: WorkbookFile): void {
  ensureIteratorHelpers();
  const workbook = api.getActiveWorkbook();
  for (const name of file.names) {
    const sheet = name.sheet === undefined ? undefined : workbook?.getSheetByName(name.sheet);
    if (sheet) sheet.insertDefinedName(name.name, name.refersTo);
    else workbook?.insertDefinedName(name.name, name.refersTo);
  }
}

/**
 * Adds tables and names to the grid's workbook. Formulas that came before them, or before the custom functions, would
 * stay #NAME?, so those are entered afterwards.
 */
export async function addTablesAndNames(api: FUniver, file: WorkbookFile): Promise<void> {
  await addTables(api, file);
  addNames(api, file);
}

/** Enters the formulas, last of all, and brings the sheet to the front that was there. */
export function enterFormulas(api: FUniver, file: WorkbookFile): void {
  file.sheets.forEach((sheet, index) => {
    const formulas = sheet.cells.filter((cell) => cell.formula);
    if (formulas.length === 0) return;
    const id = sheetId(index);
    const matrix = matrixOf(formulas, (cell) => ({ f: cell.formula ?? null }));
    // One command for the sheet, whatever the shape of the block: only cells named in the matrix change. The range does not
    // matter beside a matrix, but without one the command looks for a selection and may find none.
    const range = { startRow: 0, endRow: 0, startColumn: 0, endColumn: 0 };
    api.syncExecuteCommand("sheet.command.set-range-values", { unitId: api.getActiveWorkbook()?.getId(), subUnitId: id, range, value: matrix });
  });
  const workbook = api.getActiveWorkbook();
  const active = workbook?.getSheetBySheetId(sheetId(file.activeSheet));
  if (active && !active.isSheetHidden()) workbook?.setActiveSheet(active);
}
