import {
  ArrayValueObject,
  type BaseValueObject,
  BooleanValueObject,
  ErrorType,
  ErrorValueObject,
  NumberValueObject,
  StringValueObject,
} from "@univerjs/preset-sheets-core";

/** What a call has given: a rectangle of values, errors with their messages among them. */
export type ResultCell = string | number | boolean | { readonly error: string; readonly message: string };
export type ResultMatrix = readonly (readonly ResultCell[])[];

/** Error codes of the runtime's results; the others are failures of the function itself, which Excel shows as #VALUE!. */
const errorOfCode: Readonly<Record<number, string>> = { 1: "#N/A", 5: "#DIV/0!", 6: "#NUM!", 7: "#VALUE!", 8: "#NULL!", 9: "#NAME?", 10: "#NAME?" };

/** Reads one row of SetInvocationArrayResults: [id, ok, value, errorCode?, timings?]. */
export const readResultRow = (row: readonly unknown[]): { readonly id: number; readonly cells: ResultMatrix } => {
  const [id, ok, value, code] = row;
  if (ok !== true) {
    const error = errorOfCode[Number(code)] ?? (value === "NaN" ? "#NUM!" : "#VALUE!");
    // Excel shows a message for these two errors only.
    const message = (error === "#VALUE!" || error === "#N/A") && typeof value === "string" && value !== "NaN" ? value : "";
    return { id: Number(id), cells: [[{ error, message }]] };
  }
  return { id: Number(id), cells: Array.isArray(value) ? readMatrix(value) : [[readCell(value)]] };
};

const readMatrix = (value: readonly unknown[]): ResultMatrix => {
  const rows = value.map((row) => (Array.isArray(row) ? row : [row]) as readonly unknown[]);
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.length === 0 || width === 0) return [[{ error: "#CALC!", message: "" }]];
  // Excel pads rows that are too short.
  return rows.map((row) =>
    Array.from({ length: width }, (_, column) => (column < row.length ? readCell(row[column]) : { error: "#N/A", message: "" })),
  );
};

const readCell = (value: unknown): ResultCell => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  // By design of Excel null and undefined show as 0.
  if (value === null || value === undefined) return 0;
  const entity = value as { type?: string; basicValue?: unknown; code?: string; message?: string };
  if (entity.type === "Error" || entity.type === "CustomFunctionError") return { error: entity.code ?? "#VALUE!", message: entity.message ?? "" };
  return readCell(entity.basicValue ?? "#VALUE!");
};

/** Turns a result into Univer's value: one cell as a value, more as an array that spills. */
export const toValueObject = (
  cells: ResultMatrix,
  place: { readonly unitId: string; readonly sheetId: string; readonly row: number; readonly column: number },
): BaseValueObject => {
  const first = cells[0]?.[0];
  if (cells.length === 1 && cells[0]?.length === 1 && first !== undefined) return cellObject(first);
  return ArrayValueObject.create({
    calculateValueList: cells.map((row) => row.map(cellObject)),
    rowCount: cells.length,
    columnCount: cells[0]?.length ?? 0,
    ...place,
  });
};

const cellObject = (cell: ResultCell): BaseValueObject => {
  if (typeof cell === "number") return NumberValueObject.create(cell);
  if (typeof cell === "boolean") return BooleanValueObject.create(cell);
  if (typeof cell === "string") return StringValueObject.create(cell);
  return ErrorValueObject.create(cell.error as ErrorType, cell.message);
};
