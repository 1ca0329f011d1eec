import type { Issue } from "../core/basics/issue";
import type { TierPaste, TierPreview } from "./exchange-rules";
import type { SourceTable } from "./map-tables";
import type { TableDraft } from "./mapping-drafts";
import type { SecondOpinion } from "./second-opinion";
import type { PinRequest, PinView } from "./pins-in-force";
import type { RiskChoice, RiskScreen } from "./risk-screen";
import type { TableMapping } from "../core/tables/mapping/table-mapping";
import type { AllocationOutcome, CheckReport } from "../core/optimization/allocation-outcome";

/** A table of ours that was found in the workbook. */
export interface FoundTable {
  /** Workbook name, such as tblAssets or tblAssets2. */
  readonly name: string;
  /** What it holds: assets, agreements, eligibility ... */
  readonly kind: string;
  readonly sheet: string;
  /** A1 address without the sheet. */
  readonly address: string;
  /** Data rows present. */
  readonly rows: number;
  /** Rows that were read without an error. */
  readonly rowsRead: number;
  readonly rowsSkipped: number;
  /** Where our columns stand: 0-based, within the table. */
  readonly columns?: Readonly<Record<string, number>>;
}

/** What the Data tab shows. */
export interface DataStatus {
  readonly tables: readonly FoundTable[];
  /** Sets of tables by suffix: "" for tblAssets ..., "2" for tblAssets2 ...; more than one = the user chooses. */
  readonly sets: readonly string[];
  readonly chosenSet: string;
  /** Required tables that are not there, such as tblFx. */
  readonly missing: readonly string[];
  readonly issues: readonly Issue[];
  readonly canRun: boolean;
  /** Tables and ranges that can be mapped: not read, mapped, or with columns in doubt. */
  readonly sources?: readonly SourceTable[];
  /** Mappings that are begun and not saved. */
  readonly drafts?: readonly TableDraft[];
  /** Rows of tblPins. */
  readonly pins?: readonly PinView[];
  /** Names in the tiers table, for a choice of them. */
  readonly tierTables?: readonly string[];
  /** Hash of the inputs as read now; where it differs from the last run's, the pane says that inputs have changed. */
  readonly inputHash?: string;
}

export type RunPhase = "reading" | "checking" | "computing" | "solving" | "verifying" | "writing";

/** Progress of a run, at most once a second while solving. */
export interface RunProgress {
  readonly phase: RunPhase;
  /** Whole sentence for the status line: "Solving: best 12,431 USD/day with moves, gap 0.8 %, 6 s of 10 s". */
  readonly text: string;
  /** Share done, 0 to 1, where it can be told (time used of the limit); omitted = not known. */
  readonly fraction?: number;
  /** What the search has so far; only while solving. */
  readonly search?: SearchView;
}

/** Where a search stands: money in base currency per day, over the cost horizon. */
export interface SearchView {
  readonly currency: string;
  /** Seconds after which the search ends by itself. */
  readonly limitSeconds: number;
  /** Best answer so far. */
  readonly bestPerDay?: number;
  /** No answer can cost less than this. */
  readonly boundPerDay?: number;
  /** Relative gap between the two, decimal. */
  readonly gap?: number;
}

/** How a run ended. */
export type RunStatus = "done" | "stopped" | "cancelled" | "blocked" | "failed";

/** What the Results tab shows and the role=status line says. */
export interface RunSummary {
  readonly status: RunStatus;
  readonly runId: string;
  /** ISO UTC. */
  readonly finishedAt: string;
  /** "Covered 8 of 8 calls. Cost 1,234 USD/day, 18 % below today. 6 moves." or the problem in one sentence. */
  readonly headline: string;
  readonly coveredCalls: number;
  readonly totalCalls: number;
  readonly outcome?: AllocationOutcome;
  readonly checks?: CheckReport;
  /** Blocking issues where status is blocked. */
  readonly issues: readonly Issue[];
  /** Names of the result sheets written. */
  readonly sheets: readonly string[];
  readonly inputHash?: string;
  /** What a second engine says of the cost; comes after the answer was written, for small books only. */
  readonly secondOpinion?: SecondOpinion;
}

export interface RunOptions {
  readonly set?: string;
  /** Most movements in this run only; a smaller maxMovements of tblSettings holds all the same. */
  readonly maxMovements?: number;
  readonly onProgress?: (progress: RunProgress) => void;
}

/** A run under way. `done` never rejects: failures are summaries. */
export interface RunHandle {
  readonly done: Promise<RunSummary>;
  /** Resolves after `done` and never rejects: to the second engine's opinion once it is in the log, or undefined where none was asked. */
  readonly secondOpinion?: Promise<SecondOpinion | undefined>;
  /** ISO UTC of the press, so that a pane which opens in the middle shows the time of the whole run. */
  readonly startedAt?: string;
  /** The latest progress, for a pane that opens in the middle of a run or did not start it. */
  readonly progress?: RunProgress;
  /** Keep the best answer so far, verify it and write it. */
  stop(): void;
  /** Write nothing. */
  cancel(): void;
}

export interface InsertedSample {
  readonly sheets: readonly string[];
  readonly suffix: string;
  readonly message: string;
}

/** What has changed: `run` = progress or end of a run, whoever started it; `data` = tables were inserted. */
export type AppChange = "run" | "data";

/** The use cases of the add-in, as the pane, the ribbon and the tests call them. */
export interface CollateralApp {
  /** Reads every table of ours and reports what it found; writes nothing. */
  checkData(set?: string): Promise<DataStatus>;
  insertSample(): Promise<InsertedSample>;
  /** Starts a run; a run already under way is returned instead of a second one. */
  run(options?: RunOptions): RunHandle;
  currentRun(): RunHandle | undefined;
  lastRun(): RunSummary | undefined;
  /** Selects a cell: "Go to cell" and the links to result sheets. */
  goTo(sheet: string, address: string): Promise<void>;
  /** Puts the results of the previous run back on the result sheets. */
  restorePrevious(): Promise<string>;
  /** VaR and ES of the prices table by method, with the back-test: the Risk tab. Problems are part of the screen. */
  analyseRisk(choice: RiskChoice): Promise<RiskScreen>;
  /** Types a formula into the selected cell if it is blank; resolves to a sentence that names the cell. Rejects with a sentence. */
  insertFormula(formula: string): Promise<string>;
  /** What a venue's pasted tiers would change; writes nothing. Rejects with a sentence that names the row. */
  previewTiers(paste: TierPaste): Promise<TierPreview>;
  /** Appends the pasted tiers to tblTiers from their UTC moment; resolves to a sentence. */
  acceptTiers(paste: TierPaste): Promise<string>;
  /** Remembers in the workbook how a table of the user's is read; resolves to a sentence. */
  saveMapping(mapping: TableMapping): Promise<string>;
  /** Forgets the mapping of a source; resolves to a sentence. */
  forgetMapping(key: string): Promise<string>;
  /** Keeps in the workbook what was said of a table and is not saved yet; undefined = thrown away. */
  keepDraft(key: string, draft: TableDraft | undefined): Promise<void>;
  /** Pins or forbids a line of the allocation by a row of tblPins; resolves to a sentence. Rejects with a sentence. */
  addPin(request: PinRequest): Promise<string>;
  /** Takes a pin of the pane's back; resolves to a sentence. Rejects with a sentence where the row was changed since. */
  undoPin(pin: PinView): Promise<string>;
  /**
   * Calls the listener after every change of currentRun(), its progress or lastRun(), and after a sample was inserted,
   * also where the ribbon caused it; returns the function that ends the subscription.
   */
  subscribe(listener: (change: AppChange) => void): () => void;
  readonly version: string;
}
