/**
 * A call counts as covered when no more than this is missing, in its own currency: 0.01, or what is worth 0.01 of base currency where that is
 * less, because a hundredth of a coin is no trifle.
 *
 * @param rate base currency per unit of the call's currency
 */
export const coverTolerance = (rate: number): number => 0.01 / Math.max(1, rate);
