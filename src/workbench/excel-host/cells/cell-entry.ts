import { CellValueType, numfmt, type ICellData } from "@univerjs/core";
import { invalidArgument } from "../host-error";

/** Univer's way to say "nothing here": every content key is named, so that an old formula goes away with the old value. */
const empty = { v: null, f: null, si: null, p: null, t: null } as unknown as ICellData;

/** The number format of a cell that keeps what is typed as text. */
export const textFormat = "@";
export const generalFormat = "General";

/**
 * Reads one value as Excel does when it is typed or written: "" clears, "=..." is a formula, text that looks like a number,
 * date, percentage or logical becomes one, unless the cell has the format "@" or the text starts with an apostrophe.
 *
 * @param pattern number format that the cell has
 * @returns what to merge into Univer's cell
 */
export const cellEntry = (value: unknown, pattern: string): ICellData => {
  if (value === "") return empty;
  if (typeof value === "number") return { ...empty, v: value, t: CellValueType.NUMBER };
  if (typeof value === "boolean") return { ...empty, v: value ? 1 : 0, t: CellValueType.BOOLEAN };
  if (typeof value !== "string") throw invalidArgument(`a cell cannot hold ${JSON.stringify(value)}`);
  if (value.length > 32_767) throw invalidArgument("a cell holds at most 32767 characters");
  if (pattern === textFormat) return textEntry(value);
  if (value.startsWith("'")) return value.length > 1 ? textEntry(value.slice(1)) : empty;
  if (value.startsWith("=") && value.length > 1) return { ...empty, f: thisRow(value) } as ICellData;
  return numberLike(value, pattern) ?? textEntry(value);
};

/** Univer does not read Tbl[@column], which Excel writes in files as Tbl[[#This Row],[column]] anyway. Texts are left alone. */
const thisRow = (formula: string): string =>
  formula
    .split(/("(?:[^"]|"")*")/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(
            /([\p{L}_][\p{L}\p{N}._]*)\[@(?:\[([^[\]]+)\]|([^[\]]+))\]/gu,
            (_, table, quoted, plain) => `${table}[[#This Row],[${quoted ?? plain}]]`,
          ),
    )
    .join("");

/** FORCE_STRING keeps "00123" text in Univer's own calculations. */
const textEntry = (text: string): ICellData => ({
  ...empty,
  v: text,
  t: numfmt.parseValue(text) === null ? CellValueType.STRING : CellValueType.FORCE_STRING,
});

const numberLike = (text: string, pattern: string): ICellData | undefined => {
  const parsed = numfmt.parseValue(text);
  if (parsed === null || parsed === undefined) return undefined;
  if (typeof parsed.v === "boolean") return { ...empty, v: parsed.v ? 1 : 0, t: CellValueType.BOOLEAN };
  if (typeof parsed.v !== "number") return undefined;
  const entry: ICellData = { ...empty, v: parsed.v, t: CellValueType.NUMBER };
  // Excel shows a typed date or percentage as such when the cell had no format of its own.
  return parsed.z && pattern === generalFormat ? { ...entry, s: { n: { pattern: parsed.z } } } : entry;
};
