import type { Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { FormulaDataModel } from "@univerjs/preset-sheets-core";
import type {} from "@univerjs/sheets-table/facade";
import { blockAddress, type Block } from "../excel-host/address";
import { isErrorValue, readCells, type CellReader } from "../excel-host/cells/cell-reader";
import type { HostWorkbook } from "../excel-host/host-workbook";
import { lookOfGridStyle } from "./grid-look";
import { charactersOfPixels, pointsOfPixels } from "./grid-units";
import type { FileCell, FileChart, FileChoiceList, FileName, FileSheet, KeptParts, WorkbookFile } from "./workbook-file";

type Workbook = NonNullable<ReturnType<FUniver["getActiveWorkbook"]>>;
type Worksheet = ReturnType<Workbook["getSheets"]>[number];

/** What the grid itself cannot tell about its workbook. */
export interface GridExtras {
  readonly charts: (sheetId: string) => readonly FileChart[];
  readonly choiceLists: (sheetName: string) => readonly FileChoiceList[];
  readonly kept: (sheetId: string) => KeptParts | undefined;
}

function spillsOf(host: HostWorkbook, workbook: Workbook, sheetId: string): ReadonlyMap<string, Block> {
  const ranges = host.injector.get(FormulaDataModel).getArrayFormulaRange()?.[workbook.getId()]?.[sheetId] ?? {};
  const found = new Map<string, Block>();
  for (const [row, columns] of Object.entries(ranges)) {
    for (const [column, range] of Object.entries(columns ?? {})) {
      const { startRow, startColumn, endRow, endColumn } = range as Block;
      found.set(`${row},${column}`, { startRow, startColumn, endRow, endColumn });
    }
  }
  return found;
}

function cellOf(reader: CellReader, row: number, column: number, spill: Block | undefined): FileCell | null {
  const value = reader.value(row, column);
  const formula = reader.formula(row, column);
  const isFormula = typeof formula === "string" && formula.startsWith("=") && formula !== value;
  const look = lookOfGridStyle(reader.style(row, column));
  if (value === "" && !isFormula && !look) return null;
  return {
    row,
    column,
    ...(value === "" ? {} : { value }),
    ...(isErrorValue(value) && reader.valueType(row, column) === "Error" ? { isError: true } : {}),
    ...(isFormula ? { formula } : {}),
    ...(spill && isFormula ? { spill: blockAddress(spill) } : {}),
    ...(look ? { look } : {}),
  };
}

function cellsOf(host: HostWorkbook, workbook: Workbook, sheet: Worksheet): FileCell[] {
  const reader = readCells(host, sheet.getSheetId());
  const spills = spillsOf(host, workbook, sheet.getSheetId());
  const places = new Map<string, readonly [number, number]>();
  sheet
    .getSheet()
    .getCellMatrix()
    .forValue((row, column) => {
      places.set(`${row},${column}`, [row, column]);
    });
  for (const block of spills.values()) {
    for (let row = block.startRow; row <= block.endRow; row += 1) {
      for (let column = block.startColumn; column <= block.endColumn; column += 1) places.set(`${row},${column}`, [row, column]);
    }
  }
  return [...places]
    .map(([key, [row, column]]) => cellOf(reader, row, column, spills.get(key)))
    .filter((cell) => cell !== null)
    .sort((one, other) => one.row - other.row || one.column - other.column);
}

function fileSheet(host: HostWorkbook, workbook: Workbook, sheet: Worksheet, extras: GridExtras): FileSheet {
  const config = sheet.getSheet().getConfig();
  const name = sheet.getSheetName();
  const widths = Object.entries(config.columnData).flatMap(([column, data]) =>
    data?.w ? [[Number(column), charactersOfPixels(data.w)] as const] : [],
  );
  const heights = Object.entries(config.rowData).flatMap(([row, data]) => (data?.h ? [[Number(row), pointsOfPixels(data.h)] as const] : []));
  const reader = readCells(host, sheet.getSheetId());
  const tables = workbook.getTableList().filter((table) => table.subUnitId === sheet.getSheetId());
  const tabColor = sheet.getTabColor()?.replace("#", "").toUpperCase();
  const kept = extras.kept(sheet.getSheetId());
  return {
    name,
    cells: cellsOf(host, workbook, sheet),
    columnWidths: new Map(widths),
    rowHeights: new Map(heights),
    frozenRows: Math.max(0, config.freeze.ySplit),
    frozenColumns: Math.max(0, config.freeze.xSplit),
    merges: config.mergeData.map(({ startRow, startColumn, endRow, endColumn }) => ({ startRow, startColumn, endRow, endColumn })),
    tables: tables.map((table) => {
      const { startRow, startColumn, endRow, endColumn } = table.range;
      const columns = Array.from({ length: endColumn - startColumn + 1 }, (_, index) => reader.text(startRow, startColumn + index));
      return { name: table.name, range: blockAddress({ startRow, startColumn, endRow, endColumn }), columns };
    }),
    charts: extras.charts(sheet.getSheetId()),
    choiceLists: extras.choiceLists(name),
    ...(sheet.isSheetHidden() ? { isHidden: true } : {}),
    ...(sheet.hasHiddenGridLines() ? { hidesGridLines: true } : {}),
    ...(tabColor && /^[0-9A-F]{6}$/.test(tabColor) ? { tabColor } : {}),
    ...(kept ? { kept } : {}),
  };
}

function namesOf(workbook: Workbook): FileName[] {
  return workbook.getDefinedNames().map((name) => {
    const refersTo = name.getFormulaOrRefString().replace(/^=/, "");
    const sheet = name.isWorkbookScope() ? undefined : workbook.getSheetBySheetId(name.getLocalSheetId() ?? "")?.getSheetName();
    return { name: name.getName(), refersTo, ...(sheet ? { sheet } : {}) };
  });
}

/** Takes the whole workbook out of the grid. */
export function workbookOfGrid(api: FUniver, injector: Injector, extras: GridExtras): WorkbookFile {
  const workbook = api.getActiveWorkbook();
  if (!workbook) throw new Error("The grid holds no workbook");
  // The cell reader of the host asks for the workbook and the injector only.
  const host = { univer: api, injector } as HostWorkbook;
  const sheets = workbook.getSheets();
  return {
    sheets: sheets.map((sheet) => fileSheet(host, workbook, sheet, extras)),
    names: namesOf(workbook),
    activeSheet: Math.max(
      0,
      sheets.findIndex((sheet) => sheet.getSheetId() === workbook.getActiveSheet().getSheetId()),
    ),
  };
}
