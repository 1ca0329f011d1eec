import type { Issue } from "../basics/issue";
import type { Book, VenueRuleRow } from "../collateral/book";
import { issueMaker, type IssueAt } from "./issue-at";
import type { ReadTable } from "./read-table";

/** Checks venue margin rules, the rows of each underlying and validFrom in the order of their bounds: each bound once, one unit, rates that do not fall. */
export const checkRules = (book: Book, tables: readonly ReadTable[]): readonly Issue[] => {
  const at = issueMaker(tables);
  const groups = new Map<string, VenueRuleRow[]>();
  for (const row of book.rules ?? []) {
    const key = `${row.underlying.toUpperCase()}|${row.validFrom ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) => rows.flatMap((row, index) => checkRow(row, rows[index - 1], index === rows.length - 1, at)));
};

const falls = (rate: number | undefined, before: number | undefined): boolean => rate !== undefined && before !== undefined && rate < before;

const checkRow = (row: VenueRuleRow, before: VenueRuleRow | undefined, isLast: boolean, at: IssueAt): readonly Issue[] => {
  const issues: Issue[] = [];
  const point = (column: string, message: string, fix: string): void => {
    issues.push(at("rules", row.origin, column, { code: "bad-rules", severity: "error", message: `${row.underlying}: ${message}`, fix }));
  };
  const initialRate = row.imRate ?? row.baseRate;
  if (row.upTo === Infinity && !isLast)
    point("upTo", "upTo is blank in more than one row.", "Type the bounds; only the last slab of an underlying may be open.");
  if (row.mmRate !== undefined && initialRate !== undefined && row.mmRate > initialRate)
    point("mmRate", `mmRate ${row.mmRate} is above the initial rate ${initialRate}.`, "Check whether the two columns are exchanged.");
  if (before === undefined) return issues;
  if (row.unit !== before.unit)
    point("unit", `the unit changes from ${before.unit} to ${row.unit}.`, "Use one unit for all slabs of the underlying.");
  if (row.upTo === before.upTo && row.upTo !== Infinity) point("upTo", `upTo ${row.upTo} stands twice.`, "Bounds are cumulative: each stands once.");
  if (falls(initialRate, before.imRate ?? before.baseRate))
    point("imRate", `the initial rate falls to ${initialRate}.`, "Check both rows: rates rise with size.");
  if (falls(row.mmRate, before.mmRate)) point("mmRate", `mmRate falls to ${row.mmRate}.`, "Check both rows: rates rise with size.");
  return issues;
};
