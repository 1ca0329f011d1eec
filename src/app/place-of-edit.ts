import type { TableEdit } from "../core/optimization/allocation-outcome";
import { tableNameOf, type TableKind } from "../core/tables/column-catalogue";
import { cellAddress } from "../core/tables/sheet-table";
import type { FoundTable } from "./collateral-app";
import type { CellPlace } from "./ports";

const corner = /^([A-Z]+)(\d+):[A-Z]+(\d+)$/;

const columnIndex = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/**
 * Finds the cell that a repair would change: of a new row the first blank one below the table, of a setting the table.
 *
 * @param tables the tables of the set in use, as last read
 * @returns undefined where the workbook has no such table
 */
export const placeOfEdit = (edit: TableEdit, tables: readonly FoundTable[]): CellPlace | undefined => {
  const table = tables.find(({ kind }) => tableNameOf(kind as TableKind).toLowerCase() === edit.table.toLowerCase());
  const found = corner.exec(table?.address ?? "");
  if (table === undefined || found === null) return undefined;
  if (edit.row === 0 && table.kind === "settings") return { sheet: table.sheet, address: table.address };
  const row = edit.row === 0 ? Number(found[3]) : Number(found[2]) - 1 + edit.row;
  return { sheet: table.sheet, address: cellAddress(row, columnIndex(found[1] ?? "A") + (table.columns?.[edit.column] ?? 0)) };
};
