import type { TableKind } from "../../core/tables/column-catalogue";

/** A cell of a sample table. */
export type SampleCell = string | number | boolean | null;

/** A table of the sample book as plain data: one sheet, one table. */
export interface SampleTable {
  /** What it holds, such as assets. */
  readonly kind: TableKind;
  readonly sheet: string;
  readonly table: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SampleCell[])[];
  /** Columns whose cells are text even when they look like numbers. */
  readonly textColumns: readonly string[];
  readonly numberFormats?: Readonly<Record<string, string>>;
}

/** A row by column name; what it leaves out is a blank cell. */
export type SampleRow = Readonly<Record<string, SampleCell>>;

/** Lays named rows out under the columns. A name that is no column is a slip in the data, so the compiler checks it. */
export const layOut = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Partial<Readonly<Record<Column, SampleCell>>>[],
): readonly (readonly SampleCell[])[] => rows.map((row) => columns.map((column) => row[column] ?? null));

const millisecondsPerDay = 86_400_000;
const excelEpoch = Date.UTC(1899, 11, 30);

/** Turns a UTC date or time in ISO form into an Excel serial number: written text would be read as a date in the user's locale. */
export const excelDate = (iso: string): number => (Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : iso) - excelEpoch) / millisecondsPerDay;

/** Day on which the sample's numbers were made up. */
export const sampleDate = "2026-11-20";

/** Said on every sheet. */
export const illustrative = `Illustrative numbers of ${sampleDate}, not market data and not any venue's current terms. Blue cells are inputs: change them and run again.`;
