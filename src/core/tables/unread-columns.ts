import type { Issue } from "../basics/issue";
import { columnCatalogue, normaliseHeader, type TableKind } from "./column-catalogue";
import { nearestColumn } from "./mapping/propose-mapping";
import { cellAddress, quoteSheet, type SheetTable } from "./sheet-table";

/** Kinds whose other columns are the user's: attributes of a scorecard, names of assets, keys. */
const ownColumns: readonly TableKind[] = ["counterparties", "prices", "scenarios", "settings"];

/**
 * Names the columns of which nothing is read although they look like one of ours that is not there: a misspelt header, or another word
 * for it. Other columns are the user's own and none of our business.
 *
 * @param name name of the table for messages
 * @param columns our columns that were found
 */
export const unreadColumns = (kind: TableKind, name: string, table: SheetTable, columns: ReadonlyMap<string, number>): readonly Issue[] => {
  if (ownColumns.includes(kind)) return [];
  const read = new Set(columns.values());
  // What a table cannot do without is missed by name already.
  const missed = new Set(columnCatalogue[kind].filter((rule) => rule.required === true || rule.present === true).map((rule) => rule.name));
  return (table.values[0] ?? []).flatMap((header, c): readonly Issue[] => {
    if (read.has(c) || normaliseHeader(header) === "") return [];
    const column = nearestColumn(kind, String(header), (ours) => columns.has(ours) || missed.has(ours));
    if (column === undefined) return [];
    missed.add(column);
    const address = cellAddress(table.rowIndex, table.columnIndex + c);
    return [
      {
        code: "unread-column",
        severity: "warning",
        message: `Column "${String(header).trim()}" of ${name} is not read. Is it ${column}?`,
        fix: `If it is, rename the header to ${column}, or map it on the Data tab. If not, leave it.`,
        at: `${name} header (${quoteSheet(table.sheet)}!${address})`,
        cell: { sheet: table.sheet, address },
      },
    ];
  });
};
