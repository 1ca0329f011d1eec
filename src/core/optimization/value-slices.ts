import type { Issue } from "../basics/issue";
import type { AssetRow, Settings, TierRow } from "../collateral/book";
import { isInForce } from "./effective-date";
import type { RateOf } from "./fx-rates";
import { totalHaircut } from "./haircut-terms";
import { normalName, sameName } from "./name-match";
import type { Slice, ValuePool } from "./problem-shape";
import { rowIssue } from "./row-issue";

/** The slabs of one asset in one tier table, in units, before FX and additional haircuts. */
export interface TierSlices {
  readonly slices: readonly Slice[];
  readonly mode: ValuePool["mode"];
}

/** Finds the slabs of an asset in a tier table; undefined where the table has none for it. */
export type TiersOf = (tierTable: string, asset: AssetRow) => TierSlices | undefined;

/**
 * Prepares the look-up of slabs: rows in force, ordered by their cumulative bound, widths turned into units.
 *
 * Rows whose bounds repeat are issues: they cannot both hold.
 *
 * @param rateOf base currency per unit
 * @returns the look-up, and every problem by row (filled while looking up)
 */
export const tierLookup = (rows: readonly TierRow[], settings: Settings, rateOf: RateOf): { tiersOf: TiersOf; issues: Issue[] } => {
  const issues: Issue[] = [];
  const groups = new Map<string, TierRow[]>();
  for (const row of rows.filter((candidate) => isInForce(candidate, settings.asOf))) {
    const key = `${normalName(row.tierTable)}|${normalName(row.assetId)}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  for (const [key, group] of groups) {
    const sorted = [...group].sort((a, b) => a.upTo - b.upTo);
    sorted.forEach((row, index) => {
      if (index > 0 && sorted[index - 1]?.upTo === row.upTo) {
        issues.push(
          rowIssue(
            row.origin,
            "error",
            "repeated-tier",
            `Tier ${row.tierTable} of ${row.assetId} has the bound ${row.upTo} twice.`,
            "Keep one row, or give them dates that do not overlap.",
          ),
        );
      }
    });
    groups.set(key, sorted);
  }
  const tiersOf: TiersOf = (tierTable, asset) => {
    const group = groups.get(`${normalName(tierTable)}|${normalName(asset.assetId)}`) ?? groups.get(`${normalName(tierTable)}|*`);
    return group === undefined ? undefined : slicesOf(group, asset, rateOf, issues);
  };
  return { tiersOf, issues };
};

const slicesOf = (rows: readonly TierRow[], asset: AssetRow, rateOf: RateOf, issues: Issue[]): TierSlices | undefined => {
  const slices: Slice[] = [];
  let from = 0;
  for (const row of rows) {
    let unitsPerBound = 1;
    if (row.tierUnit === "value") {
      const assetRate = rateOf(asset.priceCurrency);
      const tierRate = rateOf(row.tierCurrency ?? asset.priceCurrency);
      if (assetRate === undefined || tierRate === undefined) {
        issues.push(
          rowIssue(
            row.origin,
            "error",
            "missing-fx",
            `No fx rate for the tier currency ${row.tierCurrency ?? asset.priceCurrency}.`,
            "Add it to tblFx.",
          ),
        );
        return undefined;
      }
      unitsPerBound = tierRate / (asset.price * assetRate);
    }
    const to = row.upTo * unitsPerBound;
    if (to > from) slices.push({ units: to - from, ratio: row.ratio });
    from = Math.max(from, to);
  }
  // Beyond the last bound nothing counts, but a balance may be there.
  if (Number.isFinite(from)) slices.push({ units: Infinity, ratio: 0 });
  return { slices, mode: rows[0]?.tierMode ?? "marginal" };
};

/** Takes FX and additional haircuts off every slab and applies the venue's own price. */
export const netSlices = (
  slices: readonly Slice[],
  fxHaircut: number,
  additional: number,
  form: Settings["fxHaircutForm"],
  priceFactor: number,
): Slice[] => slices.map(({ units, ratio }) => ({ units, ratio: (1 - totalHaircut(1 - ratio, fxHaircut, additional, form)) * priceFactor }));

/** Leaves out the first `units` of the slabs: they are taken by a balance that cannot be moved. */
export const skipUnits = (slices: readonly Slice[], units: number): Slice[] => {
  let left = units;
  const rest: Slice[] = [];
  for (const slice of slices) {
    const taken = Math.min(left, slice.units);
    left -= taken;
    if (slice.units > taken) rest.push({ units: slice.units - taken, ratio: slice.ratio });
  }
  return rest;
};

/** Tells whether ratios never rise: only then a linear program fills the slabs in order. */
export const isFalling = (slices: readonly Slice[]): boolean =>
  slices.every((slice, index) => index === 0 || slice.ratio <= (slices[index - 1]?.ratio ?? Infinity) + 1e-12);

/** Same asset, same agreement: the key of a balance. */
export const sameAsset = (a: AssetRow, b: AssetRow): boolean => sameName(a.assetId, b.assetId);
