import type { AssetRow } from "./book";

/**
 * Works out what an asset loses once because it has to be unbonded before it can be delivered: in those hours it earns no staking yield
 * and does not count as collateral yet.
 *
 * @param dayCount days of a year
 * @returns decimal of market value; 0 where nothing is unbonded
 */
export const unbondingLossRate = ({ stakingYield = 0, unbondHours = 0 }: Pick<AssetRow, "stakingYield" | "unbondHours">, dayCount: number): number =>
  (stakingYield * unbondHours) / 24 / dayCount;
