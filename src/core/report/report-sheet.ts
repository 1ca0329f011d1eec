import { cellAddress } from "../tables/sheet-table";

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
  /** Also on a sheet of an earlier run: the texts of this run need the room. */
  readonly isWidened?: boolean;
  /** Its sum stands above the header; only for columns in one currency. */
  readonly isTotalled?: boolean;
}

/**
 * Cells of one column that say, in words, that something is wrong. They are red by their number format, so that the colour goes where the values
 * go: restored, copied, or kept in a file.
 */
export interface ReportAlerts {
  /** 0-based. */
  readonly column: number;
  /** 0-based, among the rows of the report. */
  readonly rows: readonly number[];
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
  /** The first column says of what a row speaks, and stays in sight. */
  readonly isKeyed?: boolean;
  readonly chart?: ReportChart;
  readonly alerts?: ReportAlerts;
}

/** Excel number format of each cell. */
export const formatsOf = ({ columns, rows, alerts }: ReportSheet): readonly (readonly string[])[] =>
  rows.map((_, row) => columns.map(({ format }, column) => (alerts?.column === column && alerts.rows.includes(row) ? redText : format)));

const redText = "General;General;General;[Red]@";

/** 1-based sheet rows of every report: title, status, note, the totals (a blank row where there are none), the header, then data. */
export const reportRows = { title: 1, status: 2, note: 3, totals: 4, header: 5, firstData: 6 } as const;

/**
 * Adds up the columns that are totalled, above the header and with a word before them, where they stay in sight and no filter or sort moves them. SUBTOTAL adds what a filter
 * leaves.
 *
 * @returns a cell for each column, or undefined where nothing is totalled
 */
export const totalsRow = ({ columns, rows, appends }: ReportSheet): readonly ReportCell[] | undefined => {
  if (appends || rows.length === 0 || !columns.some(({ isTotalled }) => isTotalled === true)) return undefined;
  const last = reportRows.firstData + rows.length - 1;
  const first = columns.findIndex(({ isTotalled }) => isTotalled === true);
  return columns.map(({ isTotalled }, at): ReportCell => {
    if (isTotalled !== true) return at === first - 1 ? "Total" : "";
    const letter = cellAddress(0, at).replace(/\d+$/, "");
    return { formula: `=SUBTOTAL(109,${letter}${reportRows.firstData}:${letter}${last})` };
  });
};

/** What a status line says while the sheet is being written, and when it is complete. */
export const incompleteStatus = (runId: string): string => `INCOMPLETE: run ${runId} is being written`;

/** Status line of a finished sheet. */
export const completeStatus = (runId: string, finishedAt: string, version: string): string =>
  `Run ${runId}, ${finishedAt.slice(0, 16).replace("T", " ")} UTC, complete. Saved values; Collateral Optimizer ${version}.`;
