/** A native Excel formula in en-US, beginning with =. */
export interface ReportFormula {
  readonly formula: string;
}

/** What a report cell holds; "" is blank. */
export type ReportCell = string | number | boolean | ReportFormula;

/** One column of a report: its header, how it is shown and how wide it is. */
export interface ReportColumn {
  readonly header: string;
  /** Text columns are formatted as text before writing, so that a CUSIP such as 912828E10 survives. */
  readonly kind: "text" | "number" | "formula";
  /** Excel number format, en-US. */
  readonly format: string;
  /** Pixels. */
  readonly width: number;
}

/** A chart over columns of the report's own rows. */
export interface ReportChart {
  readonly title: string;
  readonly type: "columnClustered" | "barClustered" | "line";
  /** 0-based column of the categories and of each series. */
  readonly categories: number;
  readonly series: readonly number[];
}

/** The names under which result sheets are known; the workbook may add a suffix when the user has taken one. */
export const reportSheetNames = ["Allocation", "Coverage", "Inventory", "Movements", "Analysis", "Run log"] as const;
export type ReportSheetName = (typeof reportSheetNames)[number];

/**
 * One result sheet: title and facts on top, then a header row and rows.
 *
 * `appends` = earlier rows stay and the new ones are added below them (Run log).
 */
export interface ReportSheet {
  readonly name: ReportSheetName;
  readonly title: string;
  /** One line under the title, such as the headline of the run. */
  readonly note: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  readonly appends: boolean;
  readonly chart?: ReportChart;
}

/** 1-based sheet rows of every report: title, status, note, a blank row, the header, then data. */
export const reportRows = { title: 1, status: 2, note: 3, header: 5, firstData: 6 } as const;

/** What a status line says while the sheet is being written, and when it is complete. */
export const incompleteStatus = (runId: string): string => `INCOMPLETE: run ${runId} is being written`;

/** Status line of a finished sheet. */
export const completeStatus = (runId: string, finishedAt: string, version: string): string =>
  `Run ${runId}, ${finishedAt.slice(0, 16).replace("T", " ")} UTC, complete. Saved values; Collateral Optimizer ${version}.`;
