import { columnCatalogue, normaliseHeader, tableKinds, tableNameOf, type ColumnRule, type TableKind } from "./column-catalogue";
import type { SheetTable } from "./sheet-table";

/** A table with the kind that it was recognised as and the set (suffix) that it belongs to. */
export interface RecognisedTable {
  readonly kind: TableKind;
  /** "" for tblAssets and for the user's own names, "2" for tblAssets2, "own" for mapped tables beside tables of ours. */
  readonly set: string;
  readonly table: SheetTable;
}

const isNeeded = (column: ColumnRule): boolean => column.required === true || column.present === true;

/**
 * Recognises tables by name (tblAssets, tblAssets2 ...) and otherwise by their header row.
 *
 * A header row fits a kind when it holds every required column of the kind; of several fitting kinds the one with most known
 * columns wins. A table that is called tbl + kind is of that kind even when columns are missing, so that the missing column can be named.
 *
 * @param tables everything in the workbook that could be a table
 * @returns the recognised ones, in the order given
 */
export const recogniseTables = (tables: readonly SheetTable[]): readonly RecognisedTable[] =>
  tables.flatMap((table) => {
    if (table.mapped !== undefined) return [{ kind: table.mapped.kind, set: table.mapped.set, table }];
    const named = recogniseName(table.name);
    if (named !== undefined) return [{ ...named, table }];
    const kind = recogniseHeader(table);
    return kind === undefined ? [] : [{ kind, set: "", table }];
  });

/** Recognises tblAssets, tblAssets2 and tblAssetsOwn by name; the rest of the name is the set. */
export const recogniseName = (name: string | undefined): { kind: TableKind; set: string } | undefined => {
  if (name === undefined) return undefined;
  for (const kind of tableKinds) {
    const stem = tableNameOf(kind).toLowerCase();
    const rest = name.toLowerCase().startsWith(stem) ? name.slice(stem.length).toLowerCase() : undefined;
    if (rest !== undefined && /^(\d*|own)$/.test(rest)) return { kind, set: rest };
  }
  return undefined;
};

const recogniseHeader = (table: SheetTable): TableKind | undefined => {
  const headers = new Set((table.values[0] ?? []).map(normaliseHeader));
  let best: { kind: TableKind; known: number } | undefined;
  for (const kind of tableKinds) {
    const columns = columnCatalogue[kind];
    if (kind === "prices" || columns.length < 2) continue;
    if (!columns.filter(isNeeded).every((column) => headers.has(normaliseHeader(column.name)))) continue;
    const known = columns.filter((column) => headers.has(normaliseHeader(column.name))).length;
    if (best === undefined || known > best.known) best = { kind, known };
  }
  return best?.kind;
};

/** The sets present, "" first, then by number, mapped tables last. */
export const setsOf = (tables: readonly RecognisedTable[]): readonly string[] => {
  const rank = (set: string): number => (/^\d*$/.test(set) ? Number(set) : Infinity);
  return [...new Set(tables.map((table) => table.set))].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
};

/** Tables of one set by kind; a named table goes before a recognised range. */
export const tablesOfSet = (tables: readonly RecognisedTable[], set: string): ReadonlyMap<TableKind, SheetTable> => {
  const byKind = new Map<TableKind, SheetTable>();
  const inSet = tables.filter((table) => table.set === set);
  for (const { kind, table } of [
    ...inSet.filter((found) => found.table.name !== undefined),
    ...inSet.filter((found) => found.table.name === undefined),
  ]) {
    if (!byKind.has(kind)) byKind.set(kind, table);
  }
  return byKind;
};
