import { compareTiers, looksComplete, type TierChange } from "../core/tables/compare-tiers";
import type { TierRow } from "../core/collateral/book";
import { parseVenueTiers, type VenueSlab } from "../core/tables/venue-tiers";
import { DomainError } from "../core/basics/domain-error";
import { readCell } from "../core/tables/read-cell";
import type { MachinePort, WorkbookPort } from "./ports";
import { readBook, type ReadBook } from "./read-book";

/** What was pasted, for which tier table, and from when it holds. */
export interface TierPaste {
  readonly text: string;
  /** Name in tblTiers, such as BYBIT-UTA. */
  readonly tierTable: string;
  /** UTC, such as 2026-11-23T06:00Z; "" = at once. */
  readonly validFrom: string;
  readonly source: string;
  /** Whether the rows of assets that are not in the paste end with it; undefined = where the paste looks like the venue's whole list. */
  readonly endsMissing?: boolean;
}

/** The difference that the person accepts or not. */
export interface TierPreview {
  readonly shape: string;
  /** Tier tables that exist, to choose from. */
  readonly tierTables: readonly string[];
  readonly changes: readonly TierChange[];
  /** ISO UTC of the moment from which the new rows hold. */
  readonly validFrom: string;
  readonly rows: number;
  /** Whether assets that are not in the paste end with it. */
  readonly endsMissing: boolean;
  /** Such as "The tiers in force are 94 days old". */
  readonly warnings: readonly string[];
}

/** Days after which venue rules are called old: venues have changed them several times a year. */
const oldAfterDays = 90;

/**
 * Shows what a venue's new publication changes against the rows in force; writes nothing.
 *
 * @throws DomainError badInput with the row or field named
 */
export const previewTiers = async (workbook: WorkbookPort, machine: MachinePort, paste: TierPaste, set?: string): Promise<TierPreview> => {
  const { shape, slabs } = parseVenueTiers(paste.text);
  const read = await readBook(workbook, machine.now(), set);
  const validFrom = validFromOf(paste, machine);
  const { book } = read.parsed;
  const current = rowsInForce(read, paste);
  const endsMissing = paste.endsMissing ?? looksComplete(current, slabs);
  const owned = new Map<string, { quantity: number; price: number }>();
  for (const asset of book.assets) {
    const key = asset.assetId.toUpperCase();
    owned.set(key, { quantity: (owned.get(key)?.quantity ?? 0) + asset.quantity, price: asset.price });
  }
  return {
    shape: `${shape}, bounds in ${boundWords(slabs)}`,
    tierTables: [...new Set(book.tiers.map((tier) => tier.tierTable))].sort(),
    changes: compareTiers(current, slabs, owned, endsMissing),
    validFrom,
    rows: slabs.length,
    endsMissing,
    warnings: ageWarnings(current, machine.now()),
  };
};

/** What the bounds are in: a venue's 100 may be coins or dollars, and the difference must not leave that open. */
const boundWords = (slabs: readonly VenueSlab[]): string =>
  [...new Set(slabs.map((slab) => (slab.unit === "coin" ? "coins" : "US dollars")))].sort().join(" and ");

const rowsInForce = (read: ReadBook, paste: TierPaste): readonly TierRow[] =>
  read.parsed.book.tiers.filter((tier) => tier.tierTable.toLowerCase() === paste.tierTable.trim().toLowerCase());

/**
 * Appends accepted tiers to tblTiers with their first UTC moment; rows that are there stay, and stop counting when the new ones begin. An asset
 * that the venue has dropped gets one row with the ratio 0 from that moment: no cell of the user's is written over, and the history stays.
 *
 * @returns one sentence for the status line
 * @throws DomainError badInput, WorkbookError
 */
export const acceptTiers = async (workbook: WorkbookPort, machine: MachinePort, paste: TierPaste, set?: string): Promise<string> => {
  const { slabs } = parseVenueTiers(paste.text);
  if (paste.tierTable.trim() === "") throw new DomainError("badInput", "Name the tier table that the rows belong to, such as BYBIT-UTA.");
  const read = await readBook(workbook, machine.now(), set);
  const validFrom = validFromOf(paste, machine);
  const table = tiersTable(read);
  const current = rowsInForce(read, paste);
  const isEnding = paste.endsMissing ?? looksComplete(current, slabs);
  const ended = isEnding ? compareTiers(current, slabs, new Map(), true).filter(({ change }) => change === "ended") : [];
  await workbook.appendRows(table, [
    ...slabs.map((slab) => rowOf(slab, paste, validFrom)),
    ...ended.map(({ assetId }) => endingRow(assetId, current, paste, validFrom)),
  ]);
  const dropped = ended.length === 0 ? "" : ` ${ended.length} dropped ${ended.length === 1 ? "asset counts" : "assets count"} 0 from then.`;
  return `Added ${slabs.length + ended.length} rows to ${table}. They count from ${validFrom.slice(0, 16).replace("T", " ")} UTC.${dropped}`;
};

const tiersTable = (read: ReadBook): string => {
  const found = read.status.tables.find((table) => table.kind === "tiers");
  if (found === undefined) throw new DomainError("badInput", "There is no table tblTiers. Insert the sample to see its form, or add one.");
  return found.name;
};

const validFromOf = (paste: TierPaste, machine: MachinePort): string => {
  if (paste.validFrom.trim() === "") return machine.now();
  const read = readCell({ name: "validFrom", kind: "date", unit: "UTC" }, paste.validFrom);
  if (read.value === undefined)
    throw new DomainError("badInput", `validFrom "${paste.validFrom}" is not a time. Write 2026-11-23T06:00Z (UTC).`.slice(0, 120));
  return String(read.value);
};

/** Cells by column name; the gateway puts them where the headers are. */
const rowOf = (slab: VenueSlab, paste: TierPaste, validFrom: string): Readonly<Record<string, string | number>> => ({
  tierTable: paste.tierTable.trim(),
  assetId: slab.assetId,
  tierUnit: slab.unit,
  tierCurrency: slab.unit === "value" ? "USD" : "",
  tierMode: "marginal",
  upTo: slab.upTo === Infinity ? "" : slab.upTo,
  ratio: slab.ratio,
  validFrom: validFrom.slice(0, 16) + "Z",
  source: paste.source,
});

/** The end of a dropped asset: from then on any balance counts 0. */
const endingRow = (assetId: string, current: readonly TierRow[], paste: TierPaste, validFrom: string): Readonly<Record<string, string | number>> => {
  const unit = current.find((row) => row.assetId === assetId)?.tierUnit ?? "coin";
  const source = [paste.source, "not in the publication"].filter((part) => part !== "").join(", ");
  return rowOf({ assetId, unit, upTo: Infinity, ratio: 0 }, { ...paste, source }, validFrom);
};

const ageWarnings = (current: readonly { readonly validFrom?: string }[], now: string): readonly string[] => {
  if (current.length === 0) return [];
  const dates = current.map((row) => row.validFrom).filter((date) => date !== undefined);
  if (dates.length < current.length) return ["Some rows in force have no validFrom, so their age is not known."];
  const oldest = Math.min(...dates.map((date) => Date.parse(date)));
  const days = Math.floor((Date.parse(now) - oldest) / 86_400_000);
  return days > oldAfterDays ? [`The oldest rows in force are ${days} days old. Check the venue's page.`] : [];
};
