import type { TierRow } from "../collateral/book";
import type { VenueSlab } from "./venue-tiers";

/** What a new publication changes for one asset. */
export interface TierChange {
  readonly assetId: string;
  /** removed: not in the publication, the rows in force stay; ended: not in it, and they end with it. */
  readonly change: "new" | "changed" | "same" | "removed" | "ended";
  /** Slabs in force, as `0-10: 98 %, above 10: 95 %`, or `all: 98 %`; "" when there are none. */
  readonly before: string;
  readonly after: string;
  /** Ratio counted today of the quantity owned, before and after; undefined where nothing is owned. */
  readonly countedBefore?: number;
  readonly countedAfter?: number;
}

interface Slab {
  readonly upTo: number;
  readonly ratio: number;
}

/**
 * Compares the rows of a tier table in force with what a venue has published.
 *
 * @param current rows of one tier table in force today
 * @param published slabs as parsed
 * @param owned units owned by asset in upper case, to show what the change does to us
 * @param endsMissing whether assets that are not in the publication end with it
 * @returns one entry for each asset, in order of asset id
 */
export const compareTiers = (
  current: readonly TierRow[],
  published: readonly VenueSlab[],
  owned: ReadonlyMap<string, { quantity: number; price: number }>,
  endsMissing = false,
): readonly TierChange[] => {
  const before = groupByAsset(current);
  const after = groupByAsset(published);
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((key) => {
    const old = before.get(key);
    const next = after.get(key);
    const assetId = next?.assetId ?? old?.assetId ?? key;
    const isEnding = endsMissing && next === undefined && old !== undefined && old.slabs.some((slab) => slab.ratio > 0);
    const oldText = old === undefined ? "" : describe(old.slabs);
    const newText = next === undefined ? "" : describe(next.slabs);
    const holding = owned.get(key);
    const counted = (group: Group | undefined): number | undefined =>
      holding === undefined || group === undefined || holding.quantity <= 0 ? undefined : countedShare(group, holding);
    const countedBefore = counted(old);
    const countedAfter = isEnding && holding !== undefined && holding.quantity > 0 ? 0 : counted(next);
    return {
      assetId,
      change: isEnding
        ? "ended"
        : old === undefined
          ? "new"
          : next === undefined
            ? "removed"
            : oldText === newText && old.unit === next.unit
              ? "same"
              : "changed",
      before: oldText,
      after: newText,
      ...(countedBefore === undefined ? {} : { countedBefore }),
      ...(countedAfter === undefined ? {} : { countedAfter }),
    };
  });
};

interface Group {
  readonly assetId: string;
  readonly unit: "coin" | "value";
  readonly slabs: readonly Slab[];
}

const groupByAsset = (
  rows: readonly (Slab & { readonly assetId: string; readonly tierUnit?: "coin" | "value"; readonly unit?: "coin" | "value" })[],
): ReadonlyMap<string, Group> => {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = row.assetId.toUpperCase();
    const group = groups.get(key);
    const slabs = [...(group?.slabs ?? []), { upTo: row.upTo, ratio: row.ratio }].sort((a, b) => a.upTo - b.upTo);
    groups.set(key, { assetId: group?.assetId ?? row.assetId, unit: row.tierUnit ?? row.unit ?? "coin", slabs });
  }
  return groups;
};

const bound = new Intl.NumberFormat("en-US", { maximumFractionDigits: 8 });

const describe = (slabs: readonly Slab[]): string =>
  slabs
    .map((slab, index) => {
      const from = index === 0 ? 0 : (slabs[index - 1]?.upTo ?? 0);
      const bounds =
        slab.upTo === Infinity ? (from === 0 ? "all" : `above ${bound.format(from)}`) : `${bound.format(from)}-${bound.format(slab.upTo)}`;
      return `${bounds}: ${Number((slab.ratio * 100).toPrecision(6))} %`;
    })
    .join(", ");

/** Share of the holding that counts when each slice counts at its slab's ratio. */
const countedShare = ({ unit, slabs }: Group, { quantity, price }: { quantity: number; price: number }): number => {
  const size = unit === "coin" ? quantity : quantity * price;
  let counted = 0;
  let from = 0;
  for (const slab of slabs) {
    counted += Math.max(0, Math.min(size, slab.upTo) - from) * slab.ratio;
    from = slab.upTo;
  }
  return size === 0 ? 0 : counted / size;
};

/**
 * Tells whether a publication looks like a venue's whole list and not like an excerpt: it names at least half of the assets in force, and more
 * than one.
 */
export const looksComplete = (current: readonly TierRow[], published: readonly VenueSlab[]): boolean => {
  const inForce = new Set(current.map((row) => row.assetId.toUpperCase()));
  const named = new Set(published.map((slab) => slab.assetId.toUpperCase()));
  const known = [...inForce].filter((asset) => named.has(asset)).length;
  return named.size > 1 && known * 2 >= inForce.size;
};
