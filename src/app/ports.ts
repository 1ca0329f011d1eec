import type { ReportSheet, ReportSheetName } from "../core/report/report-sheet";
import type { SheetTable } from "../core/tables/sheet-table";

/** A table to be inserted with its sheet: what the sample is made of. */
export interface TableToInsert {
  readonly sheet: string;
  readonly table: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** Columns whose cells are text even when they look like numbers. */
  readonly textColumns: readonly string[];
  readonly numberFormats?: Readonly<Record<string, string>>;
  /** Words that a column takes, to choose from in the cell. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
}

/** A cell of the workbook. */
export interface CellPlace {
  readonly sheet: string;
  /** A1 address without the sheet. */
  readonly address: string;
}

/** A report ready to be written, made once the actual sheet names are known. */
export interface ReportToWrite {
  readonly runId: string;
  readonly names: readonly ReportSheetName[];
  /** What the status line says when everything is written. */
  readonly completeStatus: string;
  /** Builds the sheets from logical to actual names; a name has a suffix when the user has taken it. */
  readonly build: (actual: ReadonlyMap<ReportSheetName, string>) => readonly ReportSheet[];
}

/** The only way to the workbook. One adapter implements it, on Office.js. */
export interface WorkbookPort {
  /** Reads every table and every plain range that begins with a header row. */
  readTables(): Promise<readonly SheetTable[]>;
  /**
   * Writes a report to our own sheets, never over the user's cells. On failure the previous block of each sheet is put back.
   *
   * @returns the actual sheet names in the order written
   */
  writeReport(report: ReportToWrite): Promise<readonly string[]>;
  /**
   * Adds rows below those of a log of ours that is there already, and touches nothing else.
   *
   * @returns false where the sheet is gone
   */
  appendLog(log: ReportSheet): Promise<boolean>;
  /** Writes the previous blocks back; resolves to the names of the sheets restored. */
  restorePrevious(): Promise<readonly string[]>;
  /** Inserts sheets and tables; an existing name gets the same suffix on all of them. Resolves to the suffix used. */
  insertTables(tables: readonly TableToInsert[]): Promise<{ readonly suffix: string; readonly sheets: readonly string[] }>;
  /** Appends rows (cells by column name) below a table and grows it; refuses when the cells below are used. */
  appendRows(table: string, rows: readonly Readonly<Record<string, string | number>>[]): Promise<void>;
  /**
   * Appends a row to a table; a table that is missing is made on a new sheet, with these columns.
   *
   * @returns the cell where the row begins
   * @throws WorkbookError when the cells below are used
   */
  addRow(table: TableToInsert, row: Readonly<Record<string, string | number>>): Promise<CellPlace>;
  /**
   * Takes a row out of a table, the last one whose cells are exactly these; other columns of it must be blank.
   *
   * @throws WorkbookError when there is no such row
   */
  removeRow(table: string, row: Readonly<Record<string, string | number>>): Promise<void>;
  /** Reads a text that was kept in the workbook, beside its cells. */
  readSetting(key: string): Promise<string | undefined>;
  /** Keeps a text in the workbook, beside its cells; it is saved with the file. */
  writeSetting(key: string, value: string): Promise<void>;
  /** Types a formula into the selected cell if it is blank; resolves to its address. */
  insertFormula(formula: string): Promise<string>;
  /** Activates a sheet and selects a cell or range. */
  select(sheet: string, address: string): Promise<void>;
}

/** What the machine gives: the clock, a hash and run ids. */
export interface MachinePort {
  /** ISO UTC. */
  now(): string;
  /** SHA-256 as lower-case hex. */
  hash(text: string): Promise<string>;
  newRunId(): string;
}

/** A failure at the workbook that a person can act on. */
export class WorkbookError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "WorkbookError";
    this.code = code;
  }
}
