import { isBlank, showCell, type CellValue } from "../../basics/cell-value";
import { columnCatalogue, normaliseHeader, type TableKind } from "../column-catalogue";
import type { SheetTable } from "../sheet-table";
import { headerNames } from "./header-names";
import { decimalSignOf, readNumberText, type DecimalSign } from "./number-texts";

/** What stands in a column of the user's table, as far as the pane needs it to ask the right questions. */
export interface ColumnProfile {
  readonly header: string;
  /** The first three different values, as they stand. */
  readonly samples: readonly string[];
  readonly filled: number;
  /** Cells that hold numbers. */
  readonly numbers: number;
  /** The first number, by which the unit is asked. */
  readonly firstNumber?: number;
  /** The first number that is small enough for a share, in a column that may hold amounts as well. */
  readonly firstShare?: number;
  /** Texts that are numbers with a percent sign. */
  readonly percentTexts: number;
  /** Texts that are numbers without one. */
  readonly numberTexts: number;
  /** "unclear" = it has to be asked. */
  readonly decimalSign?: DecimalSign | "unclear";
}

/** Looks at every column of a table, as the cells stand on the sheet. */
export const profileColumns = (table: SheetTable): readonly ColumnProfile[] => {
  const rows = table.values.slice(1);
  return headerNames(table.values[0] ?? []).map((header, c) =>
    profileOf(
      header,
      rows.map((row) => row[c]),
    ),
  );
};

/** No share that a limit states is larger, be it written as a percentage. */
const largestShare = 1000;

const profileOf = (header: string, cells: readonly CellValue[]): ColumnProfile => {
  const filled = cells.filter((cell) => !isBlank(cell));
  const numbers = filled.filter((cell) => typeof cell === "number");
  const texts = filled.filter((cell) => typeof cell === "string");
  const numeric = texts.filter((text) => readNumberText(text, ".") !== undefined || readNumberText(text, ",") !== undefined);
  const percents = numeric.filter((text) => text.includes("%"));
  const sign = decimalSignOf(numeric);
  const firstNumber = numbers.find((value) => value !== 0) ?? numbers[0] ?? firstOf(numeric, percents, sign);
  const read = numeric.filter((text) => !text.includes("%")).map((text) => readNumberText(text, sign === "," ? "," : ".")?.value);
  const firstShare = [...numbers, ...read].find((value) => value !== undefined && value > 0 && value <= largestShare);
  return {
    header,
    samples: [...new Set(filled.map((cell) => (typeof cell === "string" ? cell.trim() : showCell(cell))))].slice(0, 3),
    filled: filled.length,
    numbers: numbers.length,
    ...(firstNumber === undefined ? {} : { firstNumber }),
    ...(firstShare === undefined ? {} : { firstShare }),
    percentTexts: percents.length,
    numberTexts: numeric.length - percents.length,
    ...(sign === undefined ? {} : { decimalSign: sign }),
  };
};

const firstOf = (texts: readonly string[], percents: readonly string[], sign: DecimalSign | "unclear" | undefined): number | undefined => {
  const first = texts.find((text) => !percents.includes(text));
  return first === undefined ? undefined : readNumberText(first, sign === "," ? "," : ".")?.value;
};

/** What must be asked of a column, because its cells do not say it and a wrong guess costs money. */
export type ColumnQuestion = "unit" | "meaning" | "decimalSign";

/** Columns in which a haircut and its counterpart are confused. */
const confused: readonly string[] = ["haircut", "valuationPercentage"];

/**
 * Lists what has to be asked when a column is read as one of ours: 8 or 0.08, haircut or valuation percentage, comma or point.
 *
 * @param column column of ours; "" = not used, nothing to ask
 */
export const questionsOf = (kind: TableKind, column: string, profile: ColumnProfile): readonly ColumnQuestion[] => {
  const rule = columnCatalogue[kind].find(({ name }) => name === column);
  if (rule === undefined || profile.filled === 0) return [];
  const isShare = rule.kind === "decimal" || rule.kind === "haircut";
  if (!isShare && rule.kind !== "number") return [];
  const mayBeShare = rule.shareWhere !== undefined && profile.firstShare !== undefined;
  return [
    ...(confused.includes(column) && kind === "eligibility" ? (["meaning"] as const) : []),
    ...((isShare && profile.numbers + profile.numberTexts > 0) || mayBeShare ? (["unit"] as const) : []),
    ...(profile.decimalSign === "unclear" ? (["decimalSign"] as const) : []),
  ];
};

/** Tells whether a column that bears our name holds what has to be asked about: numbers over 1, percent signs, numbers as text. */
export const isDoubtful = (kind: TableKind, profile: ColumnProfile, values: readonly CellValue[]): boolean => {
  const rule = columnCatalogue[kind].find(({ name }) => normaliseHeader(name) === normaliseHeader(profile.header));
  if (rule === undefined || !["number", "decimal", "haircut"].includes(rule.kind)) return false;
  if (profile.percentTexts + profile.numberTexts > 0) return true;
  return rule.maximum === 1 && values.some((value) => typeof value === "number" && value > 1);
};
