import type { ReportSheet } from "./report-sheet";

/** What the log says of a second engine's opinion. */
export interface LoggedOpinion {
  readonly runId: string;
  /** ISO UTC of the opinion. */
  readonly at: string;
  readonly inputHash: string;
  readonly engine: string;
  /** OK, CHECK or Note. */
  readonly status: string;
  readonly text: string;
}

/** Reports a second engine's opinion as one more row of the Run log. @param log the log as it was written for the run */
export const reportSecondOpinion = (log: ReportSheet, { runId, at, inputHash, engine, status, text }: LoggedOpinion): ReportSheet => ({
  ...log,
  rows: [[runId, at.slice(0, 19).replace("T", " "), inputHash, engine, "Second engine", status, "", "", text]],
});
