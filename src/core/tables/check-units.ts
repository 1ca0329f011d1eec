import type { Issue } from "../basics/issue";
import type { Settings } from "../collateral/book";
import { columnCatalogue, type ColumnRule } from "./column-catalogue";
import type { ReadRow, ReadTable } from "./read-table";
import { largestShare } from "./to-rows";

/** Codes of the questions whether 3 means 3 % or 300 %: asked of tables on sheets, where they can be answered; a function reads decimals. */
export const unitQuestions: ReadonlySet<string> = new Set(["percent-or-decimal", "limit-percent-or-decimal"]);

/** What 3 and 0.03 say in a column is asked, where its numbers are larger than such numbers are: once for each column, at the first of them. */
export const doubtfulUnits = (settings: Settings, tables: readonly ReadTable[]): readonly Issue[] =>
  (settings as { confirmUnits?: boolean }).confirmUnits === true
    ? []
    : tables.filter(({ table }) => table.mapped === undefined).flatMap((table) => columnCatalogue[table.kind].flatMap((rule) => ask(rule, table)));

const ask = (rule: ColumnRule, { rows }: ReadTable): readonly Issue[] => {
  const { name, usualMaximum, shareWhere } = rule;
  const valueOf = (row: ReadRow): number => {
    const value = row.values.get(name);
    return typeof value === "number" ? value : NaN;
  };
  const filled = rows.filter((row) => !Number.isNaN(valueOf(row)));
  if (shareWhere !== undefined) {
    const shares = filled.filter((row) => shareWhere.says.includes(String(row.values.get(shareWhere.column))));
    // The reader of limits refuses what never binds; a limit of 120 % may be meant, and several days' volume.
    const large = shares.filter((row) => valueOf(row) > 1 && valueOf(row) <= (largestShare[String(row.values.get(shareWhere.column))] ?? Infinity));
    return large[0] === undefined ? [] : [question(rule, large[0], large.length, shares.length, "warning")];
  }
  if (usualMaximum === undefined) return [];
  const large = filled.filter((row) => valueOf(row) > usualMaximum);
  return large[0] === undefined ? [] : [question(rule, large[0], large.length, filled.length, "error")];
};

const question = (
  { name, shareWhere, usualMaximum = 1 }: ColumnRule,
  row: ReadRow,
  large: number,
  of: number,
  severity: Issue["severity"],
): Issue => {
  const value = Number(row.values.get(name));
  const shown = (factor: number): string => String(Number((value * factor).toPrecision(12)));
  return row.issue(name, {
    code: shareWhere === undefined ? "percent-or-decimal" : "limit-percent-or-decimal",
    severity,
    message: `${name} ${value} is ${shown(100)} %; ${large} of ${of} ${shareWhere === undefined ? "values" : "shares"} are above ${usualMaximum}.`,
    fix: `If ${value} % is meant, type ${shown(0.01)} or ${value}%. If ${shown(100)} % is meant, say so by "Say what they mean" on the Data tab.`,
  });
};
