/** How much a problem matters: an error blocks a run, a warning is shown, info is listed. */
export type Severity = "error" | "warning" | "info";

/**
 * A problem in the user's data, found while reading. Collected, never thrown.
 *
 * `message` says what is wrong, `fix` what to do, `at` where: `tblAssets[price] row 7 (Assets!D8)`.
 */
export interface Issue {
  /** Short stable word for support, such as `blank-haircut`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
  /** Human-readable place. */
  readonly at?: string;
  /** Where "Go to cell" jumps: sheet name and A1 address without the sheet. */
  readonly cell?: { readonly sheet: string; readonly address: string };
}

/** A value read from untrusted cells together with every problem met on the way. */
export interface Parsed<T> {
  readonly value: T;
  readonly issues: readonly Issue[];
}

/** Tells whether any of the issues blocks a run. */
export const hasErrors = (issues: readonly Issue[]): boolean => issues.some((issue) => issue.severity === "error");
