import type { DataStatus, RunProgress, RunSummary } from "../../app/collateral-app";
import type { MappingDraft } from "./mapping-draft";
import { gatherMoveCosts, type MoveCosts } from "./move-costs";

/** The tabs, in the order in which they stand. */
export const paneTabs = ["Data", "Run", "Results", "Risk", "Help"] as const;

export type PaneTab = (typeof paneTabs)[number];

/** Tells whether a text names a tab, as the ribbon's commands do; case does not matter. */
export const toPaneTab = (name: unknown): PaneTab | undefined =>
  paneTabs.find((tab) => typeof name === "string" && tab.toLowerCase() === name.trim().toLowerCase());

export type Intent = "success" | "info" | "warning" | "error";

/** A sentence about the latest action in one panel. */
export interface Notice {
  readonly tab: PaneTab;
  readonly intent: Intent;
  readonly text: string;
}

/** What the Data tab knows about the workbook. */
export interface DataState {
  readonly phase: "unknown" | "checking" | "ready" | "failed";
  /** Kept while a new check is under way, so that the panel does not flicker. */
  readonly status?: DataStatus;
}

/** Where "Try the sample" stands: `asking` when tables of ours are there already. */
export type SamplePhase = "idle" | "asking" | "inserting";

/** What has been asked of a run under way. */
export type RunRequest = "none" | "stop" | "cancel";

export interface PaneState {
  readonly tab: PaneTab;
  readonly data: DataState;
  /** Suffix of the set of tables that the user works on; undefined = the app chooses. */
  readonly set?: string;
  readonly sample: SamplePhase;
  /** Present while a run is under way. */
  readonly progress?: RunProgress;
  /** ISO UTC of the start of the run under way, where it is known. */
  readonly startedAt?: string;
  readonly request: RunRequest;
  /** The latest run, however it ended. */
  readonly lastRun?: RunSummary;
  /** The latest run that has an answer to show; a cancelled run does not hide it. */
  readonly lastResult?: RunSummary;
  /** The result before that one, to compare with. */
  readonly earlierResult?: RunSummary;
  /** Cost by number of moves, gathered from the runs on the same inputs. */
  readonly moveCosts?: MoveCosts;
  /** The table that is being mapped; by its key. */
  readonly mapping?: string;
  /** Mappings begun and not saved, by the key of their table: kept while the pane lives, never written anywhere. */
  readonly drafts: Readonly<Record<string, MappingDraft>>;
  /** True while a choice is being written into the workbook. */
  readonly isWriting: boolean;
  readonly isRestoring: boolean;
  readonly notice?: Notice;
  /** The first screen: `due` shows it over an empty workbook only, `reopened` in any case. */
  readonly welcome: "due" | "closed" | "reopened";
  /** Counts up when a heading should take the focus, because what had it is gone. */
  readonly focusRequest: number;
}

/** Everything that can happen to the pane. */
export type PaneAction =
  /** `takesFocus` where what was pressed goes out of sight with its panel. */
  | { readonly type: "tabChosen"; readonly tab: PaneTab; readonly takesFocus?: true }
  | { readonly type: "welcomeClosed" }
  | { readonly type: "welcomeReopened" }
  | { readonly type: "setChosen"; readonly set: string }
  | { readonly type: "checkStarted" }
  | { readonly type: "checkFinished"; readonly status: DataStatus }
  | { readonly type: "checkFailed"; readonly message: string }
  | { readonly type: "sampleAsked" }
  | { readonly type: "sampleDeclined" }
  | { readonly type: "sampleStarted" }
  | { readonly type: "sampleInserted"; readonly suffix: string; readonly message: string }
  | { readonly type: "sampleFailed"; readonly message: string }
  | { readonly type: "runProgressed"; readonly progress: RunProgress; readonly startedAt?: string }
  | { readonly type: "runRequested"; readonly request: "stop" | "cancel" }
  | { readonly type: "runFinished"; readonly summary: RunSummary }
  | { readonly type: "restoreStarted" }
  | { readonly type: "restoreFinished"; readonly message: string; readonly lastRun?: RunSummary }
  | { readonly type: "mappingOpened"; readonly key: string }
  | { readonly type: "mappingDrafted"; readonly key: string; readonly draft: MappingDraft }
  /** Cancelled: what was said is thrown away. */
  | { readonly type: "mappingClosed" }
  | { readonly type: "writingStarted" }
  /** A choice was written, or refused. */
  | { readonly type: "writingEnded"; readonly notice: Notice; readonly isDone: boolean }
  | { readonly type: "noticed"; readonly notice: Notice }
  | { readonly type: "problemTold"; readonly text: string }
  | { readonly type: "noticeClosed" };

/** Tells whether a run has an answer to show: one that failed its checks has none, whatever was computed. */
export const hasAnswer = (summary: RunSummary | undefined): boolean =>
  summary?.outcome !== undefined && (summary.status === "done" || summary.status === "stopped");

/** Takes an answer in, and what it tells about the cost of fewer moves. */
export const withMoveCosts = <T extends { readonly moveCosts?: MoveCosts }>(
  state: T,
  result: RunSummary,
): T & { readonly lastResult: RunSummary } => {
  const moveCosts = gatherMoveCosts(state.moveCosts, result);
  return { ...state, lastResult: result, ...(moveCosts === undefined ? {} : { moveCosts }) };
};

/** The pane as it opens: on the run under way, on the last result, else on the data. */
export const openingState = (known: {
  readonly isWelcomed: boolean;
  readonly progress?: RunProgress | undefined;
  readonly lastRun?: RunSummary | undefined;
}): PaneState => ({
  tab: known.progress ? "Run" : known.lastRun ? "Results" : "Data",
  data: { phase: "unknown" },
  sample: "idle",
  request: "none",
  isRestoring: false,
  isWriting: false,
  drafts: {},
  welcome: known.isWelcomed ? "closed" : "due",
  focusRequest: 0,
  ...(known.progress ? { progress: known.progress } : {}),
  ...(known.lastRun ? { lastRun: known.lastRun } : {}),
  ...(known.lastRun && hasAnswer(known.lastRun) ? withMoveCosts({}, known.lastRun) : {}),
});
