import { writeXlsx, type Cell, type ColumnDef, type RowDef, type SheetChart, type TableDefinition, type WriteSheet } from "hucre";
import { writtenValidations } from "./choice-lists";
import { storedFormula, type CustomFunctionNames } from "./file-formulas";
import { DEFAULT_FONT, styleOf } from "./file-look";
import { propertiesOfNote } from "./file-note";
import { keptPartsOf, keptPropertiesOf } from "./kept-parts";
import type { FileCell, FileChart, FileSheet, FileTable, WorkbookFile } from "./workbook-file";

const DEFAULT_TABLE_STYLE = "TableStyleMedium2";

function writtenCell(cell: FileCell, customFunctions: CustomFunctionNames): Partial<Cell> {
  const written: Partial<Cell> = { value: cell.value ?? null };
  if (cell.isError) written.type = "error";
  if (cell.look) written.style = styleOf(cell.look);
  if (!cell.formula) return written;
  written.formula = storedFormula(cell.formula.replace(/^=/, ""), customFunctions);
  // A pending cell has no result worth storing; Excel calculates the whole book when it opens the file anyway.
  const isPending = cell.value === "#BUSY!" || cell.value === "#GETTING_DATA";
  written.formulaResult = isPending ? null : (cell.value ?? null);
  if (isPending) written.value = null;
  if (cell.spill) {
    written.formulaType = "array";
    written.formulaRef = cell.spill;
    written.formulaDynamic = true;
  }
  return written;
}

function writtenTable(table: FileTable): TableDefinition {
  return {
    name: table.name,
    displayName: table.name,
    range: table.range,
    columns: table.columns.map((name) => ({ name })),
    style: table.style ?? DEFAULT_TABLE_STYLE,
    showRowStripes: true,
    showAutoFilter: true,
    ...(table.hasTotalRow ? { showTotalRow: true } : {}),
  };
}

function writtenChart(chart: FileChart): SheetChart {
  return {
    type: chart.kind,
    ...(chart.title ? { title: chart.title } : {}),
    series: chart.series.map((one) => ({ ...one })),
    anchor: { from: { row: chart.from.row, col: chart.from.column }, to: { row: chart.to.row, col: chart.to.column } },
  };
}

function writtenColumns(widths: ReadonlyMap<number, number>): ColumnDef[] {
  const last = Math.max(-1, ...widths.keys());
  return Array.from({ length: last + 1 }, (_, index) => {
    const width = widths.get(index);
    return width === undefined ? {} : { width };
  });
}

function writtenCells(
  sheet: FileSheet,
  customFunctions: CustomFunctionNames,
  notes: ReadonlyMap<string, object> | undefined,
): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>();
  for (const cell of sheet.cells) cells.set(`${cell.row},${cell.column}`, writtenCell(cell, customFunctions));
  for (const [key, note] of notes ?? []) cells.set(key, { ...cells.get(key), ...note });
  return cells;
}

function writtenSheet(sheet: FileSheet, customFunctions: CustomFunctionNames): WriteSheet {
  const { comments, charts: keptCharts = [], ...kept } = keptPartsOf(sheet.kept);
  const rowDefs = new Map<number, RowDef>([...sheet.rowHeights].map(([row, height]) => [row, { height }]));
  const charts = [...keptCharts, ...sheet.charts.map(writtenChart)];
  const view: NonNullable<WriteSheet["view"]> = {
    ...(sheet.hidesGridLines ? { showGridLines: false } : {}),
    ...(sheet.tabColor ? { tabColor: { rgb: sheet.tabColor } } : {}),
  };
  const validations = writtenValidations(kept.dataValidations, sheet.choiceLists ?? []);
  return {
    ...kept,
    ...(validations.length > 0 ? { dataValidations: validations } : {}),
    name: sheet.name,
    rows: [],
    cells: writtenCells(sheet, customFunctions, comments),
    columns: writtenColumns(sheet.columnWidths),
    ...(rowDefs.size > 0 ? { rowDefs } : {}),
    ...(sheet.merges.length > 0
      ? { merges: sheet.merges.map((one) => ({ startRow: one.startRow, startCol: one.startColumn, endRow: one.endRow, endCol: one.endColumn })) }
      : {}),
    ...(sheet.frozenRows || sheet.frozenColumns ? { freezePane: { rows: sheet.frozenRows, columns: sheet.frozenColumns } } : {}),
    ...(sheet.tables.length > 0 ? { tables: sheet.tables.map(writtenTable) } : {}),
    ...(charts.length > 0 ? { charts } : {}),
    ...(Object.keys(view).length > 0 ? { view } : {}),
    ...(sheet.isHidden ? { hidden: true } : {}),
  };
}

/**
 * Writes an .xlsx file.
 *
 * @param customFunctions the add-in's functions as typed; Excel stores them under another name
 */
export function writeWorkbookFile(file: WorkbookFile, customFunctions: CustomFunctionNames): Promise<Uint8Array> {
  const properties = keptPropertiesOf(file.kept);
  const custom = { ...properties.custom, ...propertiesOfNote(file.note ?? "") };
  return writeXlsx({
    sheets: file.sheets.map((sheet) => writtenSheet(sheet, customFunctions)),
    namedRanges: file.names.map((name) => ({
      name: name.name,
      range: storedFormula(name.refersTo, customFunctions),
      ...(name.sheet ? { scope: name.sheet } : {}),
    })),
    activeSheet: file.activeSheet,
    properties: { ...properties, ...(Object.keys(custom).length > 0 ? { custom } : {}) },
    defaultFont: DEFAULT_FONT,
  });
}
