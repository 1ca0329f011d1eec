import { DomainError } from "../core/basics/domain-error";
import type { Issue } from "../core/basics/issue";
import { columnCatalogue, normaliseHeader, type TableKind } from "../core/tables/column-catalogue";
import { unitQuestions } from "../core/tables/check-units";
import { isDoubtful, profileColumns, type ColumnProfile } from "../core/tables/mapping/column-profile";
import { mappingKey, type TableMapping } from "../core/tables/mapping/table-mapping";
import type { RecognisedTable } from "../core/tables/recognise-tables";
import { cellAddress, columnLetters, type SheetTable } from "../core/tables/sheet-table";
import type { WorkbookPort } from "./ports";
import { writeChoices } from "./workbook-choices";

/** A table or range of the workbook that a person may map to a table of ours. */
export interface SourceTable {
  /** What its mapping goes by. */
  readonly key: string;
  /** Excel table name; absent for a plain range. */
  readonly name?: string;
  readonly sheet: string;
  /** A1 address without the sheet. */
  readonly address: string;
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** What it is read as; absent = it is not read. */
  readonly kind?: TableKind;
  readonly mapping?: TableMapping;
  /** Headers of ours whose cells do not say what they mean: 8 or 0.08, haircut or valuation percentage, numbers as text. */
  readonly doubts: readonly string[];
  /** Headers of which nothing is read although they look like one of ours. */
  readonly unread?: readonly string[];
}

/** Lists what can be mapped: tables that are not read, tables that are mapped, and tables of ours with columns in doubt. */
export const sourcesOf = (
  raw: readonly SheetTable[],
  recognised: readonly RecognisedTable[],
  mappings: readonly TableMapping[],
  issues: readonly Issue[],
): readonly SourceTable[] =>
  raw
    .map((table) => sourceOf(table, recognised, mappings, issues))
    .filter((source) => source.kind === undefined || source.mapping !== undefined || source.doubts.length > 0 || source.unread !== undefined);

const sourceOf = (
  table: SheetTable,
  recognised: readonly RecognisedTable[],
  mappings: readonly TableMapping[],
  issues: readonly Issue[],
): SourceTable => {
  const key = mappingKey({ table: table.name, sheet: table.sheet });
  const read = recognised.find((found) => mappingKey({ table: found.table.name, sheet: found.table.sheet }) === key);
  const mapping = mappings.find((candidate) => mappingKey(candidate) === key);
  const columns = profileColumns(table);
  const isOwn = read !== undefined && read.table.mapped === undefined;
  const unread = isOwn ? headersOf(table, columns, issues, unreadCodes) : [];
  return {
    key,
    sheet: table.sheet,
    address: `${cellAddress(table.rowIndex, table.columnIndex)}:${cellAddress(
      table.rowIndex + table.values.length - 1,
      table.columnIndex + (table.values[0]?.length ?? 1) - 1,
    )}`,
    rows: table.values.length - 1,
    columns,
    doubts: isOwn ? doubtsOf(table, read.kind, columns, issues) : [],
    ...(unread.length === 0 ? {} : { unread }),
    ...(table.name === undefined ? {} : { name: table.name }),
    ...(read === undefined ? {} : { kind: read.kind }),
    ...(mapping === undefined ? {} : { mapping }),
  };
};

const doubtsOf = (table: SheetTable, kind: TableKind, columns: readonly ColumnProfile[], issues: readonly Issue[]): readonly string[] => {
  const confused = kind === "eligibility" && issues.some((issue) => issue.code === "haircut-or-valuation" && issue.cell?.sheet === table.sheet);
  const asked = headersOf(table, columns, issues, unitCodes);
  return columns.flatMap((column, c) => {
    const values = table.values.slice(1).map((row) => row[c]);
    const isConfused = confused && ["haircut", "valuationpercentage"].includes(normaliseHeader(column.header));
    return isConfused || asked.includes(column.header) || isDoubtful(kind, column, values) ? [column.header] : [];
  });
};

const unreadCodes: ReadonlySet<string> = new Set(["unread-column"]);
/** Issues that an answer to "how are they written" settles. */
const unitCodes: ReadonlySet<string> = new Set([...unitQuestions, "limit-above-one"]);

/** Headers of the columns in which issues of some kinds have their cell. */
const headersOf = (table: SheetTable, columns: readonly ColumnProfile[], issues: readonly Issue[], codes: ReadonlySet<string>): readonly string[] => {
  const places = new Set(
    issues.flatMap(({ code, cell }) => (codes.has(code) && cell?.sheet === table.sheet ? [cell.address.replace(/\d+$/, "")] : [])),
  );
  return columns.flatMap(({ header }, c) => (places.has(columnLetters(table.columnIndex + c)) ? [header] : []));
};

/**
 * Remembers in the workbook how a table is read.
 *
 * @returns one sentence for the pane
 * @throws DomainError badInput when a column of ours is mapped twice
 */
export const saveMapping = async (workbook: WorkbookPort, mapping: TableMapping): Promise<string> => {
  const used = mapping.columns.map(({ column }) => column).filter((column) => column !== "");
  const twice = used.find((column, at) => used.indexOf(column) !== at);
  if (twice !== undefined) throw new DomainError("badInput", `Two columns are mapped to ${twice}. Keep one of them.`);
  const unknown = used.find((column) => !columnCatalogue[mapping.kind].some(({ name }) => name === column));
  if (unknown !== undefined) throw new DomainError("badInput", `tbl${mapping.kind} has no column ${unknown}.`);
  const key = mappingKey(mapping);
  await writeChoices(workbook, (before) => ({
    ...before,
    mappings: [...before.mappings.filter((other) => mappingKey(other) !== key), mapping],
  }));
  return `${mapping.table ?? `Sheet ${mapping.sheet}`} is read as ${mapping.kind}. The mapping is kept in this workbook.`;
};

/** Forgets a mapping; the table is then read by its own name and headers, if at all. @returns one sentence */
export const forgetMapping = async (workbook: WorkbookPort, key: string): Promise<string> => {
  await writeChoices(workbook, (before) => ({ ...before, mappings: before.mappings.filter((mapping) => mappingKey(mapping) !== key) }));
  return "The mapping is forgotten. The cells are as they were.";
};
