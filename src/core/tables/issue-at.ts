import type { Issue } from "../basics/issue";
import type { RowOrigin } from "../collateral/book";
import type { TableKind } from "./column-catalogue";
import type { ReadTable } from "./read-table";

/** Builds an issue that points at one column of one row. */
export type IssueAt = (kind: TableKind, origin: RowOrigin, column: string, problem: Pick<Issue, "code" | "message"> & Partial<Issue>) => Issue;

/** Finds the row's own issue maker again, so that messages name the real cell. */
export const issueMaker = (tables: readonly ReadTable[]): IssueAt => {
  const rows = new Map(tables.flatMap((table) => table.rows.map((row) => [`${table.kind}|${row.origin.row}`, row] as const)));
  return (kind, origin, column, problem) => {
    const row = rows.get(`${kind}|${origin.row}`);
    return row === undefined ? { severity: "error", ...problem } : row.issue(column, problem);
  };
};
