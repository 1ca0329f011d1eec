import { hasErrors, type Issue } from "../../core/basics/issue";
import type { DataStatus, RunSummary } from "../../app/collateral-app";
import type { Intent, PaneState } from "./pane-state";

/** What the role=status line says, and how it is tinted; `running` shows that more is to come. */
export interface StatusText {
  readonly text: string;
  readonly intent: Intent | "neutral" | "running";
}

const intentOf = (summary: RunSummary): StatusText["intent"] => {
  if (summary.status === "failed" || summary.status === "blocked") return "error";
  if (summary.status === "cancelled") return "neutral";
  const { unapplied = [], unmet = [], exceeded = [] } = summary.outcome ?? {};
  const isWhole = summary.coveredCalls === summary.totalCalls && unapplied.length === 0 && unmet.length + exceeded.length === 0;
  if (!isWhole) return "warning";
  return summary.status === "stopped" ? "info" : "success";
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The issues without those that only repeat `missing`: the pane shows missing tables in a group of their own. */
export const otherIssues = (status: DataStatus): readonly Issue[] =>
  status.missing.length === 0 ? status.issues : status.issues.filter((issue) => issue.code !== "missing-table");

/** Counts what blocks a run: issues, and tables that are not there. */
export const countBlockers = (status: DataStatus): number =>
  otherIssues(status).filter((issue) => issue.severity === "error").length + status.missing.length;

const describeData = (status: DataStatus): StatusText => {
  if (status.tables.length === 0) {
    return { text: "No calls found. Insert the sample, or use your own tables.", intent: "neutral" };
  }
  if (!status.canRun || hasErrors(status.issues)) {
    const blockers = countBlockers(status);
    const text = blockers > 0 ? `${plural(blockers, "problem stops", "problems stop")} the run.` : "The data cannot be run yet.";
    return { text, intent: "error" };
  }
  const rows = status.tables.reduce((sum, table) => sum + table.rowsRead, 0);
  return { text: `Ready: ${plural(status.tables.length, "table", "tables")}, ${plural(rows, "row", "rows")} read.`, intent: "neutral" };
};

/** Tells whether the last run was blocked by data that is fine now: it has no result, and its complaint is out of date. */
export const isMended = (state: PaneState): boolean => state.lastRun?.status === "blocked" && state.data.status?.canRun === true;

/** Says in one line what is going on, else how the last run ended, else what there is to run on. */
export const describeStatus = (state: PaneState): StatusText => {
  if (state.progress) return { text: state.progress.text, intent: "running" };
  if (state.lastRun && !isMended(state)) return { text: state.lastRun.headline, intent: intentOf(state.lastRun) };
  if (state.data.status) return describeData(state.data.status);
  return { text: "No result yet.", intent: "neutral" };
};
