import { CellValueType, numfmt, type ICellData, type IStyleData, type Nullable } from "@univerjs/core";
import { FormulaDataModel } from "@univerjs/preset-sheets-core";
import { type HostWorkbook, openBook, sheetOf } from "../host-workbook";
import { generalFormat, textFormat } from "./cell-entry";

/** What a cell shows to Office.js. */
export type CellValue = string | number | boolean;

const errorTexts = new Set(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#BUSY!", "#ERROR!"]);

/** Univer shows a pending cell as #GETTING_DATA, Excel as #BUSY!; Univer's parse error is Excel's #NAME?. */
const excelErrors: Readonly<Record<string, string>> = { "#GETTING_DATA": "#BUSY!", "#CYCLE!": "0", "#ERROR!": "#NAME?" };

/** Reads cells of one sheet without Univer's display interceptors, spilled values included. */
export interface CellReader {
  readonly value: (row: number, column: number) => CellValue;
  readonly formula: (row: number, column: number) => CellValue;
  readonly text: (row: number, column: number) => string;
  readonly valueType: (row: number, column: number) => string;
  readonly numberFormat: (row: number, column: number) => string;
  readonly style: (row: number, column: number) => IStyleData;
  /** Size that the sheet has in Univer; cells beyond it are blank. */
  readonly rowCount: number;
  readonly columnCount: number;
}

type SpilledCells = Record<number, Record<number, Nullable<ICellData>> | undefined> | undefined;

/** Opens a sheet for reading. */
export const readCells = (host: HostWorkbook, sheetId: string): CellReader => {
  const book = openBook(host);
  const sheet = sheetOf(host, sheetId).getSheet();
  const matrix = sheet.getCellMatrix();
  const styles = book.getWorkbook().getStyles();
  const formulas = host.injector.get(FormulaDataModel);
  const spilled = formulas.getArrayFormulaCellData()?.[book.getId()]?.[sheetId] as SpilledCells;

  const content = (row: number, column: number): Nullable<ICellData> => {
    const cell = matrix.getValue(row, column);
    if (cell && (hasValue(cell) || cell.p)) return cell;
    return spilled?.[row]?.[column] ?? cell;
  };
  const value = (row: number, column: number): CellValue => plainValue(content(row, column));
  const style = (row: number, column: number): IStyleData => ({
    ...resolved(styles.get(sheet.getColumnStyle(column) as string | IStyleData | undefined)),
    ...resolved(styles.get(sheet.getRowStyle(row) as string | IStyleData | undefined)),
    ...resolved(styles.getStyleByCell(matrix.getValue(row, column))),
  });
  const numberFormat = (row: number, column: number): string => style(row, column).n?.pattern ?? generalFormat;
  const formula = (row: number, column: number): CellValue => {
    const cell = matrix.getValue(row, column);
    const text = cell?.f || cell?.si ? (formulas.getFormulaStringByCell(row, column, sheetId, book.getId()) ?? cell.f) : undefined;
    return text || value(row, column);
  };
  return {
    value,
    formula,
    style,
    numberFormat,
    text: (row, column) => displayText(value(row, column), numberFormat(row, column)),
    valueType: (row, column) => typeName(value(row, column), numberFormat(row, column)),
    rowCount: sheet.getRowCount(),
    columnCount: sheet.getColumnCount(),
  };
};

const resolved = (style: Nullable<IStyleData>): IStyleData => style ?? {};

const hasValue = (cell: ICellData): boolean => cell.v !== undefined && cell.v !== null && cell.v !== "";

/** The value behind Univer's cell, as Office.js names it: "" for blank, true and false for logicals, errors as text. */
export const plainValue = (cell: Nullable<ICellData>): CellValue => {
  if (!cell) return "";
  if (cell.v === undefined || cell.v === null) return cell.p?.body?.dataStream.replace(/\r\n$/, "") ?? "";
  if (cell.t === CellValueType.BOOLEAN) return cell.v === 1 || cell.v === true || cell.v === "TRUE" || cell.v === "1";
  if (typeof cell.v === "string") {
    if (cell.t === CellValueType.NUMBER && cell.v.trim() !== "" && Number.isFinite(Number(cell.v))) return Number(cell.v);
    return excelErrors[cell.v] ?? cell.v;
  }
  return cell.v;
};

/** Says whether a value is one of Excel's error values. */
export const isErrorValue = (value: unknown): boolean => typeof value === "string" && errorTexts.has(value);

const typeName = (value: CellValue, pattern: string): string => {
  if (value === "") return "Empty";
  if (typeof value === "number") return "Double";
  if (typeof value === "boolean") return "Boolean";
  return isErrorValue(value) && pattern !== textFormat ? "Error" : "String";
};

/** Writes a value with a number format, as the cell shows it. */
export const displayText = (value: CellValue, pattern: string): string => {
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (isErrorValue(value) || value === "") return String(value);
  if (pattern === generalFormat && typeof value === "string") return value;
  try {
    return numfmt.format(pattern, value, { throws: true });
  } catch {
    return String(value);
  }
};
