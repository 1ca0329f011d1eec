import type { Issue } from "../basics/issue";
import type { Book, TierRow } from "../collateral/book";

const dateColumns = ["validFrom", "validTo", "deadline", "lockedUntil", "recallableFrom", "expectedSettle"] as const;

/**
 * Gives the book the time at which dates are judged: settings.asOf, or now where the tables hold dates and the setting is blank.
 *
 * @param now ISO UTC; an input, because core knows no clock
 * @returns the book, and an info that says which time was taken
 */
export const withAsOf = (book: Book, now: string): { readonly book: Book; readonly issues: readonly Issue[] } => {
  if (book.settings.asOf !== undefined) return { book, issues: [] };
  const rows: readonly object[] = [...book.agreements, ...book.assets, ...book.eligibility, ...book.limits, ...book.tiers, ...book.holdings];
  if (!rows.some((row) => dateColumns.some((column) => (row as Record<string, unknown>)[column] !== undefined))) return { book, issues: [] };
  const issue: Issue = {
    code: "as-of-now",
    severity: "info",
    message: `tblSettings has no asOf, so dates and deadlines are judged at ${now.slice(0, 16).replace("T", " ")} UTC.`,
    fix: "Add asOf to tblSettings to repeat a run later with the same answer.",
  };
  return { book: { ...book, settings: { ...book.settings, asOf: now } }, issues: [issue] };
};

/**
 * Keeps of every tier table and asset the rows published last that apply already, so that tomorrow's tiers may stand beside today's.
 *
 * Rows without validFrom are the oldest. A row whose validTo has passed is left to the rules that judge dates.
 */
export const tiersInForce = (tiers: readonly TierRow[], asOf: string | undefined): readonly TierRow[] => {
  if (asOf === undefined) return tiers;
  const now = Date.parse(asOf);
  const from = (row: TierRow): number => (row.validFrom === undefined ? -Infinity : Date.parse(row.validFrom));
  const keyOf = (row: TierRow): string => `${row.tierTable.toLowerCase()}|${row.assetId.toLowerCase()}`;
  const newest = new Map<string, number>();
  for (const row of tiers) {
    if (from(row) <= now) newest.set(keyOf(row), Math.max(newest.get(keyOf(row)) ?? -Infinity, from(row)));
  }
  return tiers.filter((row) => from(row) === newest.get(keyOf(row)));
};
