import { isBlank, type CellMatrix, type CellValue } from "../../basics/cell-value";
import type { Issue } from "../../basics/issue";
import { columnCatalogue, normaliseHeader, type ColumnRule, type TableKind } from "../column-catalogue";
import { wordOf } from "../read-cell";
import { recogniseName } from "../recognise-tables";
import { cellAddress, type SheetTable } from "../sheet-table";
import { headerNames } from "./header-names";
import { readNumberText, type DecimalSign } from "./number-texts";

/** One column of the user's table and what it is read as. */
export interface MappedColumn {
  /** Header as it stands; a repeated one carries its number, such as `Amount (2)`. */
  readonly header: string;
  /** Column of ours; "" = not used. */
  readonly column: string;
  /** percent = 8 means 8 %; decimal = 0.08 means 8 %. */
  readonly unit?: "decimal" | "percent";
  /** Of numbers that stand as text, such as 1.234,56. */
  readonly decimalSign?: DecimalSign;
}

/** How a table of the user's is read: said once in the pane, remembered in the workbook. */
export interface TableMapping {
  /** Excel table name; absent for a plain range. */
  readonly table?: string;
  readonly sheet: string;
  readonly kind: TableKind;
  readonly columns: readonly MappedColumn[];
}

/** What a mapping has changed, so that formulas can still refer to the sheet. */
export interface MappedFrom {
  readonly kind: TableKind;
  readonly set: string;
  /** Headers as they stand on the sheet. */
  readonly headers: readonly string[];
  /** By column: read as it stands, divided by 100, or read from text. */
  readonly reading: readonly ("same" | "percent" | "text")[];
}

/** Set of mapped tables where the workbook also has tables of ours of the same kinds. */
export const ownSet = "own";

/** What a mapping goes by: the table's name, else the sheet. */
export const mappingKey = (of: { readonly table?: string | undefined; readonly sheet: string }): string =>
  (of.table === undefined ? `sheet ${of.sheet}` : `table ${of.table}`).toLowerCase();

const keyOf = (table: SheetTable): string => mappingKey({ table: table.name, sheet: table.sheet });

const namesOf = (table: SheetTable): readonly string[] => headerNames(table.values[0] ?? []).map((name) => name.toLowerCase());

const missingHeaders = (mapping: TableMapping, table: SheetTable): readonly string[] => {
  const names = new Set(namesOf(table));
  return mapping.columns.filter(({ column, header }) => column !== "" && !names.has(header.toLowerCase())).map(({ header }) => header);
};

const hasSameHeaders = (mapping: TableMapping, table: SheetTable): boolean => {
  const names = namesOf(table).filter((name) => name !== "");
  const known = new Set(mapping.columns.map(({ header }) => header.toLowerCase()));
  return names.length === known.size && names.every((name) => known.has(name));
};

/**
 * Reads tables as their mappings say: headers become ours, percentages decimals, number texts numbers.
 *
 * A mapping goes by table name or sheet; where neither is there any more, by the same header row, so that tomorrow's export on a new sheet
 * needs no new mapping.
 *
 * @param tables everything in the workbook that could be a table
 * @returns all tables, the mapped ones changed, and an issue for each mapping whose columns have gone
 */
export const applyMappings = (
  tables: readonly SheetTable[],
  mappings: readonly TableMapping[],
): { readonly tables: readonly SheetTable[]; readonly issues: readonly Issue[] } => {
  if (mappings.length === 0) return { tables, issues: [] };
  const byTable = new Map<SheetTable, TableMapping>();
  const issues: Issue[] = [];
  const used = new Set<TableMapping>();
  for (const table of tables) {
    const mapping = mappings.find((candidate) => mappingKey(candidate) === keyOf(table));
    if (mapping === undefined) continue;
    used.add(mapping);
    const missing = missingHeaders(mapping, table);
    if (missing.length === 0) byTable.set(table, mapping);
    else issues.push(outdated(mapping, table, missing));
  }
  for (const table of tables) {
    if (byTable.has(table) || recogniseName(table.name) !== undefined) continue;
    const mapping = mappings.find((candidate) => !used.has(candidate) && hasSameHeaders(candidate, table));
    if (mapping !== undefined) byTable.set(table, mapping);
  }
  for (const [table, mapping] of byTable) issues.push(...tinyPercentages(table, mapping));
  const set = setOfMapped(tables, byTable);
  return {
    tables: tables.map((table) => {
      const mapping = byTable.get(table);
      return mapping === undefined ? table : applyMapping(table, mapping, recogniseName(table.name)?.set ?? set);
    }),
    issues,
  };
};

/** Beside tables of ours of the same kind, such as the sample's, mapped tables are a set of their own: books never mix. */
const setOfMapped = (tables: readonly SheetTable[], byTable: ReadonlyMap<SheetTable, TableMapping>): string => {
  const foreign = new Set([...byTable].filter(([table]) => recogniseName(table.name) === undefined).map(([, mapping]) => mapping.kind));
  const isTaken = tables.some((table) => {
    const named = recogniseName(table.name);
    return named !== undefined && named.set === "" && foreign.has(named.kind);
  });
  return isTaken ? ownSet : "";
};

const outdated = (mapping: TableMapping, table: SheetTable, missing: readonly string[]): Issue => {
  const address = cellAddress(table.rowIndex, table.columnIndex);
  const name = table.name ?? `Sheet ${table.sheet}`;
  return {
    code: "mapping-outdated",
    severity: "error",
    message: `${name} no longer has the ${missing.length === 1 ? "column" : "columns"} ${missing.slice(0, 3).join(", ")} of its mapping.`,
    fix: `Map its columns to ${mapping.kind} again, or rename the header.`,
    at: `${name} header (${table.sheet}!${address})`,
    cell: { sheet: table.sheet, address },
  };
};

/** Tells in which rows a column holds shares: in all of them, or in those whose other column says so. */
const shareRows = (table: SheetTable, mapping: TableMapping, column: string): ((cells: readonly CellValue[]) => boolean) => {
  const rule = columnCatalogue[mapping.kind].find(({ name }) => name === column);
  if (rule === undefined) return () => false;
  if (rule.shareWhere === undefined) return () => rule.kind === "decimal" || rule.kind === "haircut";
  const { column: other, says } = rule.shareWhere;
  const header = mapping.columns.find((mapped) => mapped.column === other)?.header.toLowerCase();
  // A column that came after the mapping was made is known by our own name.
  const at = namesOf(table).findIndex((name) => (header === undefined ? normaliseHeader(name) === normaliseHeader(other) : name === header));
  const words = says.map(wordOf);
  return (cells) => words.includes(wordOf(cells[at]));
};

/** Below this a percentage is more likely a decimal that was typed later: 0.08 meant as 8 %. */
const tinyPercentage = 0.2;

/** In a column of percentages, 0.08 would cut off 0.08 % and value the asset almost in full: it is read as said, and pointed at. */
const tinyPercentages = (table: SheetTable, mapping: TableMapping): readonly Issue[] => {
  const names = namesOf(table);
  return mapping.columns
    .filter(({ unit, column }) => unit === "percent" && column !== "")
    .flatMap(({ header, column }) => {
      const c = names.indexOf(header.toLowerCase());
      const isShare = shareRows(table, mapping, column);
      const rows = table.values.slice(1).map((row) => (isShare(row) ? row[c] : undefined));
      const isTiny = (cell: CellValue): boolean => typeof cell === "number" && cell > 0 && cell < tinyPercentage;
      const first = rows.findIndex(isTiny);
      if (first < 0) return [];
      const address = cellAddress(table.rowIndex + 1 + first, table.columnIndex + c);
      const count = rows.filter(isTiny).length;
      return [
        {
          code: "tiny-percentage",
          severity: "warning" as const,
          message: `${header} ${String(rows[first])} is read as ${String(rows[first])} %${count > 1 ? `, and ${count - 1} more like it` : ""}: the column holds percentages.`,
          fix: `If a decimal is meant, type ${String(hundredfold(rows[first] as number))}. Else leave it: ${column} is that small.`,
          at: `${header} row ${first + 1} (${table.sheet}!${address})`,
          cell: { sheet: table.sheet, address },
        },
      ];
    });
};

const hundredfold = (value: number): number => Number((value * 100).toPrecision(15));

/** Reads one table as its mapping says; cells stay where they are, so that every issue still names its cell. */
const applyMapping = (table: SheetTable, mapping: TableMapping, set: string): SheetTable => {
  const names = namesOf(table);
  const byName = new Map(mapping.columns.map((column) => [column.header.toLowerCase(), column]));
  const rules = new Map(columnCatalogue[mapping.kind].map((rule) => [rule.name, rule]));
  const reading: ("same" | "percent" | "text")[] = names.map(() => "same");
  const columns = names.map((name) => byName.get(name));
  const shares = columns.map((mapped) => (mapped === undefined ? () => false : shareRows(table, mapping, mapped.column)));
  const header = (table.values[0] ?? []).map((cell, c) => {
    const mapped = columns[c];
    if (mapped !== undefined) return mapped.column;
    // What came after the mapping was made is not guessed at, unless it bears one of our names that nothing is mapped to.
    const isTaken = mapping.columns.some(({ column }) => column !== "" && normaliseHeader(column) === normaliseHeader(cell));
    return isTaken ? "" : cell;
  });
  const rows = table.values.slice(1).map((cells) =>
    cells.map((cell, c): CellValue => {
      const mapped = columns[c];
      const rule = mapped && rules.get(mapped.column);
      if (mapped === undefined || rule === undefined) return cell;
      const read = readMapped(cell, mapped, rule, shares[c]?.(cells) === true);
      if (read.how !== "same" && reading[c] !== "text") reading[c] = read.how;
      return read.value;
    }),
  );
  const mapped: MappedFrom = { kind: mapping.kind, set, headers: (table.values[0] ?? []).map((cell) => String(cell ?? "")), reading };
  return { ...table, values: [header, ...rows] as CellMatrix, mapped };
};

const isNumeric = (rule: ColumnRule): boolean => rule.kind === "number" || rule.kind === "decimal" || rule.kind === "haircut";

const readMapped = (
  cell: CellValue,
  mapped: MappedColumn,
  rule: ColumnRule,
  isShare: boolean,
): { readonly value: CellValue; readonly how: "same" | "percent" | "text" } => {
  if (!isNumeric(rule) || isBlank(cell)) return { value: cell, how: "same" };
  if (typeof cell === "number") {
    return isShare && mapped.unit === "percent" ? { value: hundredth(cell), how: "percent" } : { value: cell, how: "same" };
  }
  const read = typeof cell === "string" ? readNumberText(cell, mapped.decimalSign ?? ".") : undefined;
  if (read === undefined) return { value: cell, how: "same" };
  // A percent sign says itself what it means.
  return { value: read.isPercent || (isShare && mapped.unit === "percent") ? hundredth(read.value) : read.value, how: "text" };
};

/** A hundredth without the noise of binary fractions: 2.675 -> 0.02675. */
const hundredth = (value: number): number => Number((value / 100).toPrecision(15));
