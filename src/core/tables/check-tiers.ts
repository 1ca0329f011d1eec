import type { Issue } from "../basics/issue";
import type { Book, TierRow } from "../collateral/book";
import { issueMaker, type IssueAt } from "./issue-at";
import type { ReadTable } from "./read-table";

/**
 * Checks tier tables, each asset's rows in the order of their bounds, today's and those that apply later: one unit and mode, bounds that stand once, no gap or
 * overlap where `from` is given, only the last without end, ratios that do not rise.
 */
export const checkTiers = (book: Book, tables: readonly ReadTable[]): readonly Issue[] => {
  const at = issueMaker(tables);
  const groups = new Map<string, TierRow[]>();
  for (const row of book.tiers) {
    const key = `${row.tierTable.toLowerCase()}|${row.assetId.toLowerCase()}|${row.validFrom ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) => checkGroup(rows, at));
};

const checkGroup = (rows: readonly TierRow[], at: IssueAt): readonly Issue[] => {
  const issues: Issue[] = [];
  const name = (row: TierRow): string => `${row.tierTable}, ${row.assetId}`;
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    const isLast = index === rows.length - 1;
    const point = (column: string, code: string, message: string, fix: string): void => {
      issues.push(at("tiers", row.origin, column, { code, severity: "error", message: `${name(row)}: ${message}`, fix }));
    };
    if (row.upTo === Infinity && !isLast)
      point("upTo", "open-tier", "upTo is blank in more than one row.", "Type the bounds; only the last tier may be open.");
    const expected = before === undefined ? 0 : before.upTo;
    if (row.from !== undefined && row.from !== expected && expected !== Infinity) {
      const isGap = row.from > expected;
      const what = isGap ? `there is a gap between ${expected} and ${row.from}.` : `from ${row.from} overlaps the tier that ends at ${expected}.`;
      point("from", isGap ? "tier-gap" : "tier-overlap", what, "Let each tier begin where the one before ends; the first begins at 0.");
    }
    if (before === undefined) return;
    if (before.tierUnit !== row.tierUnit)
      point("tierUnit", "mixed-units", `the unit changes from ${before.tierUnit} to ${row.tierUnit}.`, "Use one unit for all tiers of the asset.");
    if (before.tierMode !== row.tierMode)
      point("tierMode", "mixed-modes", `the mode changes from ${before.tierMode} to ${row.tierMode}.`, "Use one mode for all tiers of the asset.");
    if (row.upTo === before.upTo && row.upTo !== Infinity)
      point("upTo", "repeated-bound", `upTo ${row.upTo} stands twice.`, "Bounds are cumulative: each must be larger than the one before.");
    if (row.ratio > before.ratio)
      point(
        "ratio",
        "rising-ratio",
        `the ratio rises from ${before.ratio} (upTo ${before.upTo}) to ${row.ratio}.`,
        "Check both rows: a larger balance never counts at a better ratio.",
      );
  });
  return issues;
};
