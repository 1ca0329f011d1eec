import { isBlank, type CellValue } from "../basics/cell-value";
import type { Issue, Parsed } from "../basics/issue";
import type { RowOrigin } from "../collateral/book";
import { columnCatalogue, normaliseHeader, tableNameOf, type ColumnRule, type TableKind } from "./column-catalogue";
import { readCell, type ReadValue } from "./read-cell";
import { cellAddress, quoteSheet, type SheetTable } from "./sheet-table";
import { unreadColumns } from "./unread-columns";

/** One data row as read: values by column name, blank cells absent. */
export interface ReadRow {
  readonly origin: RowOrigin;
  readonly values: ReadonlyMap<string, ReadValue>;
  /** Every filled cell by header as compared, for tables with columns of the user's own (counterparties). */
  readonly cells?: ReadonlyMap<string, CellValue>;
  /** Builds an issue that points at one column of this row. */
  readonly issue: (column: string, problem: Pick<Issue, "code" | "message"> & Partial<Issue>) => Issue;
}

/** A table as read. `rowsPresent` = rows.length + rowsSkipped. */
export interface ReadTable {
  readonly kind: TableKind;
  readonly name: string;
  readonly table: SheetTable;
  /** Column name of the catalogue -> 0-based column within the table. */
  readonly columns: ReadonlyMap<string, number>;
  readonly rows: readonly ReadRow[];
  readonly rowsPresent: number;
  readonly rowsSkipped: number;
}

/**
 * Reads a table of the workbook by its header row: any column order, tolerant of case, spaces and units in brackets.
 *
 * A row with an error is left out of `rows` and named in an issue; completely blank rows are skipped silently.
 *
 * @param kind what the table holds
 * @param table its cells, header first
 * @returns rows with typed values, and every problem with its cell
 */
export const readTable = (kind: TableKind, table: SheetTable): Parsed<ReadTable> => {
  const name = table.name ?? tableNameOf(kind);
  const issues: Issue[] = [];
  const columns = findColumns(kind, name, table, issues);
  const rows: ReadRow[] = [];
  const data = table.values.slice(1);
  let rowsPresent = 0;
  for (const [index, cells] of data.entries()) {
    if (cells.every(isBlank)) continue;
    rowsPresent += 1;
    const row = readRow({ kind, name, table, columns, index, cells });
    issues.push(...row.issues);
    if (row.value !== undefined) rows.push(row.value);
  }
  issues.push(...unreadColumns(kind, name, table, columns), ...rowsBelow(name, table));
  return { value: { kind, name, table, columns, rows, rowsPresent, rowsSkipped: rowsPresent - rows.length }, issues };
};

const findColumns = (kind: TableKind, name: string, table: SheetTable, issues: Issue[]): ReadonlyMap<string, number> => {
  const headers = (table.values[0] ?? []).map(normaliseHeader);
  const columns = new Map<string, number>();
  for (const rule of columnCatalogue[kind]) {
    const wanted = normaliseHeader(rule.name);
    const first = headers.indexOf(wanted);
    if (first >= 0) columns.set(rule.name, first);
    if (first >= 0 && headers.indexOf(wanted, first + 1) >= 0) {
      issues.push(
        headerIssue(
          name,
          table,
          headers.indexOf(wanted, first + 1),
          "repeated-column",
          `Column ${rule.name} stands twice in ${name}.`,
          "Delete or rename one of them.",
        ),
      );
    }
    if (first < 0 && (rule.required === true || rule.present === true)) {
      issues.push(
        headerIssue(
          name,
          table,
          0,
          "missing-column",
          `Column ${rule.name} is missing in ${name}.`,
          `Add a column called ${rule.name} (${rule.unit || "text"}).`,
        ),
      );
    }
  }
  return columns;
};

const headerIssue = (name: string, table: SheetTable, column: number, code: string, message: string, fix: string): Issue => {
  const address = cellAddress(table.rowIndex, table.columnIndex + column);
  return {
    code,
    severity: "error",
    message,
    fix,
    at: `${name} header (${quoteSheet(table.sheet)}!${address})`,
    cell: { sheet: table.sheet, address },
  };
};

interface RowSource {
  readonly kind: TableKind;
  readonly name: string;
  readonly table: SheetTable;
  readonly columns: ReadonlyMap<string, number>;
  readonly index: number;
  readonly cells: readonly CellValue[];
}

const readRow = ({ kind, name, table, columns, index, cells }: RowSource): Parsed<ReadRow | undefined> => {
  const sheetRow = table.rowIndex + 1 + index;
  const origin: RowOrigin = { table: name, sheet: table.sheet, row: index + 1, sheetRow: sheetRow + 1 };
  const issue: ReadRow["issue"] = (column, problem) => {
    const address = cellAddress(sheetRow, table.columnIndex + (columns.get(column) ?? 0));
    return {
      severity: "error",
      at: `${name}[${column}] row ${index + 1} (${quoteSheet(table.sheet)}!${address})`,
      cell: { sheet: table.sheet, address },
      ...problem,
    };
  };
  const values = new Map<string, ReadValue>();
  const issues: Issue[] = [];
  let isIncomplete = false;
  for (const rule of columnCatalogue[kind]) {
    const column = columns.get(rule.name);
    if (column === undefined) {
      // The header's issue says it once; a row without a required value must not go on as if it had one.
      isIncomplete ||= rule.required === true;
      continue;
    }
    const read = readCell(rule, cells[column]);
    if (read.problem !== undefined)
      issues.push(issue(rule.name, { ...read.problem, message: describeRow(cells, columns, kind, rule) + read.problem.message }));
    else if (read.value !== undefined) values.set(rule.name, read.value);
  }
  const isBroken = isIncomplete || issues.some((found) => found.severity === "error");
  if (isBroken) return { value: undefined, issues };
  return { value: { origin, values, issue, ...(kind === "counterparties" ? { cells: cellsByHeader(table, cells) } : {}) }, issues };
};

const cellsByHeader = (table: SheetTable, cells: readonly CellValue[]): ReadonlyMap<string, CellValue> =>
  new Map((table.values[0] ?? []).flatMap((header, column) => (isBlank(cells[column]) ? [] : [[normaliseHeader(header), cells[column]] as const])));

/** Names the row by its key, so that a person knows which one is meant: `SOL, OKX: `. */
const describeRow = (cells: readonly CellValue[], columns: ReadonlyMap<string, number>, kind: TableKind, rule: ColumnRule): string => {
  const keys = keyColumns[kind] ?? [];
  const shown = keys
    .filter((key) => key !== rule.name)
    .map((key) => columns.get(key))
    .map((column) => (column === undefined ? "" : String(cells[column] ?? "")))
    .filter((shownKey) => shownKey !== "");
  return shown.length === 0 ? "" : `${shown.join(", ")}: `;
};

const keyColumns: Partial<Record<TableKind, readonly string[]>> = {
  assets: ["assetId", "location"],
  agreements: ["agreementId"],
  eligibility: ["agreementId", "assetId", "assetClass"],
  limits: ["scopeId", "limitType", "group"],
  tiers: ["tierTable", "assetId"],
  holdings: ["agreementId", "assetId"],
  positions: ["agreementId", "instrument"],
  fx: ["currency"],
  costs: ["assetId", "agreementId"],
  pins: ["agreementId", "assetId"],
  settings: ["key"],
  counterparties: ["counterparty"],
  grades: ["grade"],
};

/** Rows typed right under a table that did not grow: silently leaving them out would hide a call or an asset. */
const rowsBelow = (name: string, table: SheetTable): readonly Issue[] => {
  if (table.name === undefined || table.below === undefined) return [];
  const filled = table.below.filter((cell) => !isBlank(cell as CellValue)).length;
  if (filled < 2) return [];
  const row = table.rowIndex + table.values.length;
  const address = cellAddress(row, table.columnIndex);
  return [
    {
      code: "rows-below-table",
      severity: "error",
      message: `Rows below ${name} are not part of the table and would be left out.`,
      fix: "Drag the table's corner down over them, or leave one blank row between.",
      at: `${name} below (${quoteSheet(table.sheet)}!${address})`,
      cell: { sheet: table.sheet, address },
    },
  ];
};
