import type { AllocationProblem } from "./problem-shape";

/** One asset of the ranking, or one slab of it: slabs differ in what they cover. */
export interface CheapestRow {
  /** 1 = cheapest; undefined where the asset is out. */
  readonly rank?: number;
  readonly assetId: string;
  readonly location: string;
  readonly account: string;
  /** 1-based slab of a tiered asset. */
  readonly slab?: number;
  /** Effective total haircut, decimal. */
  readonly haircut?: number;
  /** Carry, annual decimal of market value. */
  readonly carryRate?: number;
  /** Carry per unit of covered value, annual decimal: carryRate / (1 - haircut). */
  readonly costPerCover?: number;
  /** Units that may be posted in this slab. */
  readonly units?: number;
  /** What they cover, in the agreement's currency. */
  readonly covers?: number;
  /** Why the asset is out, else "". */
  readonly reason: string;
}

/**
 * Ranks what may be posted at one agreement by cost per unit of covered value; with one agreement and no limits, filling in this order is optimal.
 *
 * A tiered asset stands once for each slab, never at its best slab alone.
 *
 * @param demand index of the agreement in the problem
 * @returns eligible rows by rank, then the assets that are out with the reason
 */
export const rankCheapest = (problem: AllocationProblem, demand: number): CheapestRow[] => {
  const { rate } = problem.demands[demand]!;
  const rows: (CheapestRow & { readonly costPerCover: number })[] = [];
  for (const pair of problem.pairs.filter((candidate) => candidate.demand === demand)) {
    const supply = problem.supplies[pair.supply]!;
    const { assetId, location, account } = supply.row;
    const pool = problem.pools[pair.pool];
    const slices = pool?.slices ?? [{ units: Infinity, ratio: pair.valueRatio }];
    let left = Math.max(0, Math.min(supply.available, pair.atMost));
    slices.forEach((slice, k) => {
      const units = Math.min(left, slice.units);
      left -= units;
      if (slice.ratio <= 0 || (units <= 0 && k > 0)) return;
      rows.push({
        assetId,
        location,
        account,
        ...(pool === undefined || pool.slices.length < 2 ? {} : { slab: k + 1 }),
        haircut: 1 - slice.ratio,
        carryRate: pair.costs.carryRate,
        costPerCover: pair.costs.carryRate / slice.ratio,
        units,
        covers: (units * supply.unitValue * slice.ratio) / rate,
        reason: units <= 0 ? "nothing free" : "",
      });
    });
  }
  rows.sort((a, b) => a.costPerCover - b.costPerCover || (a.assetId < b.assetId ? -1 : a.assetId > b.assetId ? 1 : 0));
  let rank = 0;
  const ranked = rows.map((row): CheapestRow => (row.reason === "" ? { ...row, rank: ++rank } : row));
  const out = problem.refused
    .filter((pair) => pair.demand === demand)
    .map((pair): CheapestRow => {
      const { assetId, location, account } = problem.supplies[pair.supply]!.row;
      return { assetId, location, account, reason: pair.reason };
    });
  return [...ranked.filter((row) => row.rank !== undefined), ...ranked.filter((row) => row.rank === undefined), ...out];
};
