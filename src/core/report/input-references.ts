import { cellAddress, quoteSheet } from "../tables/sheet-table";
import type { ReadTable } from "../tables/read-table";
import type { TableKind } from "../tables/column-catalogue";

/** Finds the reference of an input column for native formulas, such as `tblAssets[price]`. */
export interface InputReferences {
  /** Reference to all data cells of a column; undefined when the workbook has no such table or column. */
  readonly column: (kind: TableKind, column: string) => string | undefined;
  /** Absolute reference to one cell by the 1-based data row. */
  readonly cell: (kind: TableKind, column: string, row: number) => string | undefined;
}

/**
 * Builds references to the input tables as they stand in the workbook.
 *
 * Structured references follow a growing table; a plain range, or a header that would need escaping, gets an absolute range.
 */
export const inputReferences = (tables: readonly ReadTable[]): InputReferences => {
  const byKind = new Map(tables.map((table) => [table.kind, table]));
  const find = (kind: TableKind, column: string): { table: ReadTable; index: number } | undefined => {
    const table = byKind.get(kind);
    const index = table?.columns.get(column);
    return table === undefined || index === undefined ? undefined : { table, index };
  };
  const absolute = (table: ReadTable, index: number, row: number): string => {
    const [, letters = "A", digits = "1"] = /^([A-Z]+)(\d+)$/.exec(cellAddress(table.table.rowIndex + row, table.table.columnIndex + index)) ?? [];
    return `$${letters}$${digits}`;
  };
  const wholeColumn = (table: ReadTable, index: number): string => {
    const header = table.table.mapped?.headers[index] ?? String(table.table.values[0]?.[index] ?? "");
    if (table.table.name !== undefined && /^[A-Za-z][A-Za-z0-9 _]*$/.test(header)) return `${table.table.name}[${header}]`;
    const last = Math.max(1, table.table.values.length - 1);
    return `${quoteSheet(table.table.sheet)}!${absolute(table, index, 1)}:${absolute(table, index, last)}`;
  };
  /** What a mapping has read differently from how it stands must be read so by the formula as well. */
  const asRead = ({ table }: ReadTable, index: number, reference: string): string | undefined => {
    const reading = table.mapped?.reading[index] ?? "same";
    return reading === "same" ? reference : reading === "percent" ? `(${reference}/100)` : undefined;
  };
  return {
    column: (kind, column) => {
      const found = find(kind, column);
      return found === undefined ? undefined : asRead(found.table, found.index, wholeColumn(found.table, found.index));
    },
    cell: (kind, column, row) => {
      const found = find(kind, column);
      if (found === undefined) return undefined;
      return asRead(found.table, found.index, `${quoteSheet(found.table.table.sheet)}!${absolute(found.table, found.index, row)}`);
    },
  };
};
