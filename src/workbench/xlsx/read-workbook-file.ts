import { dateToSerial, readXlsx, type Cell, type CellValue, type FontStyle, type NamedRange, type Sheet, type Workbook } from "hucre";
import { parseBlock } from "../excel-host/address";
import { typedFormula, type CustomFunctionNames } from "./file-formulas";
import { lookOf } from "./file-look";
import { shiftReferences } from "./formula-words";
import { noteOfProperties, propertiesWithoutNote } from "./file-note";
import { keepParts, keepProperties } from "./kept-parts";
import type { FileCell, FileName, FileSheet, FileTable, FileValue, HexColor, WorkbookFile } from "./workbook-file";

const ERROR_VALUE = /^#(?:N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|BUSY!|GETTING_DATA)$/;

function fileValue(value: CellValue | undefined): FileValue | undefined {
  if (value === null || value === undefined) return undefined;
  return value instanceof Date ? dateToSerial(value) : value;
}

interface SheetContext {
  readonly theme: readonly HexColor[];
  readonly customFunctions: CustomFunctionNames;
  readonly defaultFont: FontStyle;
  readonly shared: ReadonlyMap<number, SharedFormula>;
}

/** The first cell of a shared formula holds its text; the others only its number. */
interface SharedFormula {
  readonly formula: string;
  readonly row: number;
  readonly column: number;
}

function sharedFormulas(sheet: Sheet): ReadonlyMap<number, SharedFormula> {
  const found = new Map<number, SharedFormula>();
  for (const [key, cell] of sheet.cells ?? []) {
    if (cell.formulaType !== "shared" || !cell.formula || cell.formulaSharedIndex === undefined) continue;
    const [row = 0, column = 0] = key.split(",").map(Number);
    found.set(cell.formulaSharedIndex, { formula: cell.formula, row, column });
  }
  return found;
}

function formulaOf(row: number, column: number, cell: Cell, context: SheetContext): Pick<FileCell, "formula" | "spill"> {
  const first = cell.formulaType === "shared" && !cell.formula ? context.shared.get(cell.formulaSharedIndex ?? -1) : undefined;
  const stored = first ? shiftReferences(first.formula, row - first.row, column - first.column) : cell.formula;
  if (!stored) return {};
  const formula = `=${typedFormula(stored, context.customFunctions)}`;
  return cell.formulaType === "array" && cell.formulaRef ? { formula, spill: cell.formulaRef } : { formula };
}

function fileCell(row: number, column: number, raw: CellValue | undefined, cell: Cell | undefined, context: SheetContext): FileCell | null {
  const value = fileValue(cell?.formulaResult ?? cell?.value ?? raw);
  const look = lookOf(cell?.style, context.theme, context.defaultFont);
  const formula = cell ? formulaOf(row, column, cell, context) : {};
  if (value === undefined && !look && !formula.formula) return null;
  const isError = typeof value === "string" && ERROR_VALUE.test(value) && (cell?.type === "error" || cell?.type === "formula");
  return {
    row,
    column,
    ...(value === undefined ? {} : { value }),
    ...(isError ? { isError } : {}),
    ...formula,
    ...(look ? { look } : {}),
  };
}

/** Cached results inside a spill range would stop it from spilling again. */
function withoutSpilledValues(cells: readonly FileCell[]): FileCell[] {
  const spills = cells.flatMap((cell) => {
    const block = cell.spill ? parseBlock(cell.spill) : undefined;
    return block ? [{ cell, block }] : [];
  });
  if (spills.length === 0) return [...cells];
  return cells.flatMap((cell) => {
    const isSpilled = spills.some(
      ({ cell: anchor, block }) =>
        cell !== anchor &&
        cell.row >= block.startRow &&
        cell.row <= block.endRow &&
        cell.column >= block.startColumn &&
        cell.column <= block.endColumn,
    );
    if (!isSpilled || cell.formula) return [cell];
    return cell.look ? [{ row: cell.row, column: cell.column, look: cell.look }] : [];
  });
}

function cellsOf(sheet: Sheet, context: SheetContext): FileCell[] {
  const cells: FileCell[] = [];
  const seen = new Set<string>();
  const add = (row: number, column: number, raw: CellValue | undefined): void => {
    const key = `${row},${column}`;
    if (seen.has(key)) return;
    seen.add(key);
    const cell = fileCell(row, column, raw, sheet.cells?.get(key), context);
    if (cell) cells.push(cell);
  };
  sheet.rows.forEach((values, row) => values.forEach((value, column) => add(row, column, value)));
  for (const key of sheet.cells?.keys() ?? []) {
    const [row = 0, column = 0] = key.split(",").map(Number);
    add(row, column, undefined);
  }
  return withoutSpilledValues(cells);
}

function tablesOf(sheet: Sheet): FileTable[] {
  return (sheet.tables ?? []).flatMap((table) =>
    table.range
      ? [
          {
            name: table.displayName ?? table.name,
            range: table.range,
            columns: table.columns.map((column) => column.name),
            ...(table.showTotalRow ? { hasTotalRow: true } : {}),
            ...(table.style ? { style: table.style } : {}),
          },
        ]
      : [],
  );
}

function fileSheet(sheet: Sheet, context: SheetContext): FileSheet {
  const widths = (sheet.columns ?? []).flatMap((column, index) => (column?.width ? [[index, column.width] as const] : []));
  const heights = [...(sheet.rowDefs ?? [])].flatMap(([row, definition]) => (definition.height ? [[row, definition.height] as const] : []));
  const tabColor = sheet.view?.tabColor?.rgb?.slice(-6);
  return {
    name: sheet.name,
    cells: cellsOf(sheet, context),
    columnWidths: new Map(widths),
    rowHeights: new Map(heights),
    frozenRows: sheet.freezePane?.rows ?? 0,
    frozenColumns: sheet.freezePane?.columns ?? 0,
    merges: (sheet.merges ?? []).map((one) => ({ startRow: one.startRow, startColumn: one.startCol, endRow: one.endRow, endColumn: one.endCol })),
    tables: tablesOf(sheet),
    charts: [],
    ...(sheet.hidden || sheet.veryHidden ? { isHidden: true } : {}),
    ...(sheet.view?.showGridLines === false ? { hidesGridLines: true } : {}),
    ...(tabColor ? { tabColor } : {}),
    kept: keepParts(sheet),
  };
}

function fileName(range: NamedRange, customFunctions: CustomFunctionNames): FileName {
  const refersTo = typedFormula(range.range, customFunctions);
  return { name: range.name, refersTo, ...(range.scope ? { sheet: range.scope } : {}) };
}

/**
 * Reads an .xlsx file.
 *
 * @param customFunctions the add-in's functions as typed, so that their stored names lead back
 * @throws Error in words for the user when the bytes are no workbook
 */
export async function readWorkbookFile(bytes: Uint8Array, customFunctions: CustomFunctionNames): Promise<WorkbookFile> {
  let workbook: Workbook;
  try {
    // Without readStyles hucre drops number formats silently.
    workbook = await readXlsx(bytes, { readStyles: true });
  } catch (error) {
    throw new Error(`This file is no .xlsx workbook that can be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const context = { theme: workbook.themeColors ?? [], customFunctions, defaultFont: workbook.defaultFont ?? {}, shared: new Map() };
  const note = noteOfProperties(workbook.properties?.custom);
  return {
    sheets: workbook.sheets.map((sheet) => fileSheet(sheet, { ...context, shared: sharedFormulas(sheet) })),
    names: (workbook.namedRanges ?? []).map((range) => fileName(range, customFunctions)),
    activeSheet: workbook.activeSheet ?? 0,
    ...(note === undefined ? {} : { note }),
    kept: keepProperties({ ...workbook.properties, custom: propertiesWithoutNote(workbook.properties?.custom) }),
  };
}
