/** The largest fall of a price series from an earlier high. */
export interface Drawdown {
  /** 1 - trough / peak, decimal, 0 for a series that never falls. */
  readonly depth: number;
  /** Positions in the series. */
  readonly peak: number;
  readonly trough: number;
  /** First position at or above the peak again; undefined while under water. */
  readonly recovery: number | undefined;
  /** Fall of the last price from the highest one. */
  readonly current: number;
}

/**
 * Finds the largest drawdown; among equals the first.
 *
 * @param prices oldest first, > 0, at least one
 */
export const largestDrawdown = (prices: Float64Array): Drawdown => {
  let high = 0;
  let depth = 0;
  let peak = 0;
  let trough = 0;
  for (let t = 0; t < prices.length; t++) {
    if (prices[t]! > prices[high]!) high = t;
    const fall = 1 - prices[t]! / prices[high]!;
    if (fall > depth) {
      depth = fall;
      peak = high;
      trough = t;
    }
  }
  const back = depth === 0 ? -1 : prices.findIndex((price, t) => t > trough && price >= prices[peak]!);
  return { depth, peak, trough, recovery: back < 0 ? undefined : back, current: 1 - prices[prices.length - 1]! / prices[high]! };
};
