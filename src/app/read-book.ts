import type { Issue } from "../core/basics/issue";
import { hasErrors } from "../core/basics/issue";
import { applyCredit } from "../core/margin/credit/apply-credit";
import type { TableKind } from "../core/tables/column-catalogue";
import { parseBook, type ParsedBook } from "../core/tables/parse-book";
import { applyMappings } from "../core/tables/mapping/table-mapping";
import { recogniseTables, setsOf, tablesOfSet, type RecognisedTable } from "../core/tables/recognise-tables";
import { cellAddress, type SheetTable } from "../core/tables/sheet-table";
import type { DataStatus, FoundTable } from "./collateral-app";
import { sourcesOf } from "./map-tables";
import { pinsOf } from "./pins-in-force";
import type { WorkbookPort } from "./ports";
import { readChoices, type WorkbookChoices } from "./workbook-choices";

/** A set of tables as read from the workbook, with everything that the Data tab shows. */
export interface ReadBook {
  readonly parsed: ParsedBook;
  readonly issues: readonly Issue[];
  readonly status: DataStatus;
  /** The raw cells of the chosen set, in a fixed order: what the input hash is made of. */
  readonly cells: string;
}

/** The tables of one set as they stand in the workbook, not parsed yet. */
interface ReadSet {
  /** Everything that could be a table, before any mapping. */
  readonly raw: readonly SheetTable[];
  readonly choices: WorkbookChoices;
  readonly mappingIssues: readonly Issue[];
  readonly recognised: readonly RecognisedTable[];
  readonly sets: readonly string[];
  readonly chosenSet: string;
  readonly tables: ReturnType<typeof tablesOfSet>;
  readonly cells: string;
}

const readSet = async (workbook: WorkbookPort, set?: string): Promise<ReadSet> => {
  const choices = await readChoices(workbook);
  const raw = await workbook.readTables();
  const mapped = applyMappings(raw, choices.mappings);
  const recognised = recogniseTables(mapped.tables);
  const sets = setsOf(recognised);
  const chosenSet = [set, choices.set].find((wanted) => wanted !== undefined && sets.includes(wanted)) ?? sets[0] ?? "";
  const tables = tablesOfSet(recognised, chosenSet);
  const cells = JSON.stringify([...tables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, table]) => [kind, table.values]));
  return { raw, choices, mappingIssues: mapped.issues, recognised, sets, chosenSet, tables, cells };
};

/** Reads only the raw cells of a set, to tell whether the inputs have changed; nothing is parsed. */
export const readCells = async (workbook: WorkbookPort, set?: string): Promise<string> => (await readSet(workbook, set)).cells;

/**
 * Reads the workbook's tables and parses one set into a book.
 *
 * @param now ISO UTC, for dates where tblSettings has no asOf
 * @param set the suffix chosen; undefined = the newest set that holds the required tables
 */
export const readBook = async (workbook: WorkbookPort, now: string, set?: string): Promise<ReadBook> => {
  const { raw, choices, mappingIssues, recognised, sets, chosenSet, tables, cells } = await readSet(workbook, set);
  const asRead = parseBook(tables, now);
  const credited = applyCredit(asRead.value.book);
  const parsed = { value: { ...asRead.value, book: credited.book }, issues: [...asRead.issues, ...credited.issues] };
  const issues = [...mappingIssues, ...parsed.issues, ...unusedTables(recognised, chosenSet)];
  const status: DataStatus = {
    tables: [...parsed.value.tables.map(foundTable), ...historyOf(tables.get("prices"))],
    sets,
    chosenSet,
    missing: parsed.value.missing,
    issues,
    canRun: !hasErrors(issues),
    sources: sourcesOf(raw, recognised, choices.mappings, issues),
    pins: pinsOf(parsed.value, choices.pins),
    tierTables: [...new Set(parsed.value.book.tiers.map(({ tierTable }) => tierTable))].sort(),
  };
  return { parsed: parsed.value, issues, status, cells };
};

const addressOf = ({ rowIndex, columnIndex, values }: SheetTable): string =>
  `${cellAddress(rowIndex, columnIndex)}:${cellAddress(rowIndex + values.length - 1, columnIndex + (values[0]?.length ?? 1) - 1)}`;

const foundTable = ({ name, kind, table, rowsPresent, rows, rowsSkipped, columns }: ParsedBook["tables"][number]): FoundTable => ({
  name,
  kind,
  sheet: table.sheet,
  address: addressOf(table),
  rows: rowsPresent,
  rowsRead: rows.length,
  rowsSkipped,
  columns: Object.fromEntries(columns),
});

/** A price history has no rows of ours: it is read where its prices are asked for, on the tab Risk and by the methods var and es. */
const historyOf = (table: SheetTable | undefined): readonly FoundTable[] => {
  if (table === undefined) return [];
  const rows = table.values.length - 1;
  const name = table.name ?? `Sheet ${table.sheet}`;
  return [{ name, kind: "prices", sheet: table.sheet, address: addressOf(table), rows, rowsRead: rows, rowsSkipped: 0 }];
};

/** Finds one kind of table of the set in use, mapped or of ours, without parsing the rest. */
export const readTableOf = async (workbook: WorkbookPort, kind: TableKind, set?: string): Promise<SheetTable | undefined> => {
  const { recognised, sets, chosenSet } = await readSet(workbook, set);
  return [chosenSet, ...sets].map((name) => tablesOfSet(recognised, name).get(kind)).find((found) => found !== undefined);
};

/** Two tables of one kind in one set: only the first is read, and the reader is told so. */
const unusedTables = (recognised: readonly RecognisedTable[], set: string): readonly Issue[] => {
  const seen = new Set<string>();
  return recognised
    .filter((table) => table.set === set)
    .sort((a, b) => Number(a.table.name === undefined) - Number(b.table.name === undefined))
    .flatMap(({ kind, table }) => {
      if (!seen.has(kind)) {
        seen.add(kind);
        return [];
      }
      const address = cellAddress(table.rowIndex, table.columnIndex);
      return [
        {
          code: "second-table",
          severity: "warning" as const,
          message: `${table.name ?? `A range on ${table.sheet}`} also looks like ${kind} and is not read.`,
          fix: "Name the table that is meant tbl + kind, or delete the other.",
          at: `${table.sheet}!${address}`,
          cell: { sheet: table.sheet, address },
        },
      ];
    });
};
