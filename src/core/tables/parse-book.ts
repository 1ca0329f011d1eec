import { hasErrors, type Issue, type Parsed } from "../basics/issue";
import type { Book, Settings } from "../collateral/book";
import { checkBook } from "./check-book";
import { checkRules } from "./check-rules";
import { checkTiers } from "./check-tiers";
import { orderSlabs } from "./order-slabs";
import { tiersInForce, withAsOf } from "./rows-in-force";
import { columnCatalogue, normaliseHeader, requiredTables, tableNameOf, type TableKind } from "./column-catalogue";
import { readTable, type ReadRow, type ReadTable } from "./read-table";
import { parseSettings } from "./parse-settings";
import {
  toAgreementRow,
  toAssetRow,
  toCounterpartyRow,
  toEligibilityRow,
  toGradeRow,
  toHoldingRow,
  toLimitRow,
  toRow,
  toTierRow,
  toTransferRow,
  toVenueRuleRow,
} from "./to-rows";
import type { SheetTable } from "./sheet-table";
import { historyNames, priceHistoryOf } from "./price-history";
import type { CostRow, FxRow, ParameterRow, PinRow, PositionRow, ScoreWeightRow } from "../collateral/book";

/** Tables of a set as read, beside the book that they make. */
export interface ParsedBook {
  readonly book: Book;
  readonly tables: readonly ReadTable[];
  readonly missing: readonly string[];
}

/** Kinds that become rows of the book; the others are only for cells and later screens. */
const bookKinds = [
  "assets",
  "agreements",
  "eligibility",
  "limits",
  "tiers",
  "holdings",
  "positions",
  "fx",
  "costs",
  "pins",
  "transfers",
  "settings",
  "rules",
  "parameters",
  "counterparties",
  "grades",
  "scorecard",
] as const satisfies readonly TableKind[];

/**
 * Parses the tables of one set into a book and collects every problem with its cell.
 *
 * @param tables tables by kind
 * @param now ISO UTC; stands in for settings.asOf where the tables hold dates and the setting is blank
 * @returns the book of all rows that could be read; run nothing when an issue is an error
 */
export const parseBook = (tables: ReadonlyMap<TableKind, SheetTable>, now: string): Parsed<ParsedBook> => {
  const issues: Issue[] = [];
  const missing = requiredTables.filter((kind) => !tables.has(kind));
  for (const kind of missing) issues.push(missingTable(kind));
  const read = new Map<TableKind, ReadTable>();
  for (const kind of bookKinds) {
    const table = tables.get(kind);
    if (table === undefined) continue;
    const parsed = readTable(kind, table);
    read.set(kind, parsed.value);
    issues.push(...parsed.issues);
    if (parsed.value.rowsPresent === 0 && requiredTables.includes(kind)) issues.push(emptyTable(parsed.value));
  }
  const rowsOf = <T>(kind: TableKind, make: (row: ReadRow, issues: Issue[]) => T | undefined): readonly T[] =>
    (read.get(kind)?.rows ?? []).flatMap((row) => {
      const made = make(row, issues);
      return made === undefined ? [] : [made];
    });
  const settings = parseSettings(read.get("settings"), rowsOf("fx", toRow<FxRow>));
  issues.push(...settings.issues);
  const history = jointPrices(tables.get("prices"), tables.get("agreements"), issues);
  const assembled = assembleBook(rowsOf, settings.value);
  const dated = withAsOf(history === undefined ? assembled : { ...assembled, prices: history }, now);
  const book: Book = { ...dated.book, tiers: tiersInForce(dated.book.tiers, dated.book.settings.asOf) };
  const readTables = [...read.values()];
  issues.push(...dated.issues, ...checkBook(book, readTables), ...checkTiers(dated.book, readTables), ...checkRules(book, readTables));
  return { value: { book, tables: readTables, missing: missing.map((kind) => tableNameOf(kind)) }, issues };
};

const assembleBook = (
  rowsOf: <T>(of: TableKind, make: (row: ReadRow, issues: Issue[]) => T | undefined) => readonly T[],
  settings: Settings,
): Book => ({
  assets: rowsOf("assets", (row, issues) => toAssetRow(row, settings.baseCurrency, issues)),
  agreements: rowsOf("agreements", toAgreementRow),
  eligibility: rowsOf("eligibility", toEligibilityRow),
  limits: rowsOf("limits", toLimitRow),
  tiers: orderSlabs(rowsOf("tiers", toTierRow)),
  holdings: rowsOf("holdings", toHoldingRow),
  positions: rowsOf("positions", toRow<PositionRow>),
  fx: rowsOf("fx", toRow<FxRow>),
  costs: rowsOf("costs", toRow<CostRow>),
  pins: rowsOf("pins", toRow<PinRow>),
  transfers: rowsOf("transfers", toTransferRow),
  settings,
  rules: orderSlabs(rowsOf("rules", toVenueRuleRow)),
  parameters: rowsOf("parameters", toRow<ParameterRow>),
  counterparties: rowsOf("counterparties", toCounterpartyRow),
  grades: orderSlabs(rowsOf("grades", toGradeRow)),
  scorecard: rowsOf("scorecard", toRow<ScoreWeightRow>),
});

/** Reads the price history only where an agreement's method needs it, so that a bad price elsewhere never stops a run. */
const jointPrices = (prices: SheetTable | undefined, agreements: SheetTable | undefined, issues: Issue[]): Book["prices"] => {
  const method = (agreements?.values[0] ?? []).findIndex((header) => normaliseHeader(header) === "marginmethod");
  const isNeeded = (agreements?.values ?? []).slice(1).some((row) =>
    ["var", "es"].includes(
      String(row[method] ?? "")
        .trim()
        .toLowerCase(),
    ),
  );
  if (prices === undefined || method < 0 || !isNeeded) return undefined;
  const histories = historyNames(prices).map((name) => priceHistoryOf(prices, name));
  for (const history of histories) issues.push(...history.issues);
  const days = [...new Set(histories.flatMap((history) => history.value.dates))].sort();
  return new Map(
    histories.map(({ value }) => {
      const byDate = new Map(value.dates.map((date, at) => [date, value.prices[at] ?? NaN]));
      return [value.name, days.map((day) => byDate.get(day) ?? NaN)] as const;
    }),
  );
};

const missingTable = (kind: TableKind): Issue => {
  const needed = columnCatalogue[kind].filter((column) => column.required === true).map((column) => column.name);
  // Columns of which one of several is needed are not marked in the catalogue.
  if (kind === "eligibility") needed.push("assetId (or assetClass)", "haircut");
  if (kind === "agreements") needed.push("requirement");
  return {
    code: "missing-table",
    severity: "error",
    message: `No table ${tableNameOf(kind)} was found.`,
    fix: `Insert the sample to see its form, or add a table with the columns ${needed.join(", ")}.`,
    at: tableNameOf(kind),
  };
};

const emptyTable = (table: ReadTable): Issue => ({
  code: "empty-table",
  severity: "error",
  message: `${table.name} has no rows.`,
  fix: `Fill at least one row of ${table.name}.`,
  at: `${table.name} (${table.table.sheet})`,
  cell: { sheet: table.table.sheet, address: `A${table.table.rowIndex + 2}` },
});

/** Tells whether a run may start. */
export const canRun = (issues: readonly Issue[]): boolean => !hasErrors(issues);
