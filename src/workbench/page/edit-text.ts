import { CellValueType, numfmt, type ICellData } from "@univerjs/core";

/** Digits that Excel keeps; the rest of a binary fraction is noise to the reader. */
const DIGITS = 15;

function plainNumber(value: number): string {
  return String(Number(value.toPrecision(DIGITS))).toUpperCase();
}

function numberText(value: number, pattern: string): string {
  if (numfmt.isDateFormat(pattern)) {
    const whole = Number.isInteger(value);
    return numfmt.format(whole ? "yyyy-mm-dd" : value < 1 ? "hh:mm:ss" : "yyyy-mm-dd hh:mm:ss", value);
  }
  return numfmt.isPercentFormat(pattern) ? `${plainNumber(value * 100)}%` : plainNumber(value);
}

/**
 * Writes what the formula bar shows for a cell: its formula, else its content in full precision, in a form that gives
 * the same content when it is typed again.
 *
 * @param pattern the cell's number format, "" when it has none
 */
export function editText(cell: ICellData | null | undefined, pattern: string): string {
  if (!cell) return "";
  if (cell.f) return cell.f;
  const value = cell.v;
  if (value === null || value === undefined) return cell.p?.body?.dataStream?.replace(/\r\n$/, "") ?? "";
  if (cell.t === CellValueType.BOOLEAN || typeof value === "boolean") return value === true || value === 1 || value === "1" ? "TRUE" : "FALSE";
  if (typeof value === "number") return numberText(value, pattern);
  return cell.t === CellValueType.FORCE_STRING ? `'${value}` : value;
}
