import type { Issue, Severity } from "../basics/issue";
import type { RowOrigin } from "../collateral/book";

/** Says where a row stands: `tblAssets row 7 (Assets!A8)`. */
export const placeOf = (origin: RowOrigin): string => `${origin.table} row ${origin.row} (${origin.sheet}!A${origin.sheetRow})`;

/** Makes an issue that points at a row. */
export const rowIssue = (origin: RowOrigin, severity: Severity, code: string, message: string, fix: string): Issue => ({
  code,
  severity,
  message,
  fix,
  at: placeOf(origin),
  cell: { sheet: origin.sheet, address: `A${origin.sheetRow}` },
});
