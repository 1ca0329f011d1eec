/**
 * What a cell can hold when it reaches us. A blank cell is "" (Range.values), null (custom functions on
 * newer Excel) or, on older desktop builds, 0. Errors arrive as text such as `#N/A` or as a CellError.
 */
export type CellValue = string | number | boolean | null | undefined | CellError;

/** An Excel error value inside a range, as custom functions receive it. */
export interface CellError {
  readonly code: string;
  readonly message?: string;
}

/** A rectangle of cells, rows first. */
export type CellMatrix = readonly (readonly CellValue[])[];

/** Tells whether a cell is certainly blank; 0 is not decided here because only the caller knows where it came from. */
export const isBlank = (cell: CellValue): cell is "" | null | undefined =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

const errorText = /^#(N\/A|VALUE!|REF!|DIV\/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|BUSY!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!)$/i;

/** Tells whether a cell holds an Excel error value, as an object or as its text. */
export const isErrorCell = (cell: CellValue): boolean =>
  (typeof cell === "object" && cell !== null) || (typeof cell === "string" && errorText.test(cell.trim()));

/** Shows a cell in a message: text in quotes, errors as Excel writes them. */
export const showCell = (cell: CellValue): string => {
  if (isBlank(cell)) return "blank";
  if (typeof cell === "object") return cell.code;
  return typeof cell === "string" && !isErrorCell(cell) ? `"${cell}"` : String(cell);
};
