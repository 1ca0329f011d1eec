/**
 * A call counts as covered when no more than this is missing, in its own currency: 0.01, or what is worth a cent of base currency where that is
 * less, because a hundredth of a coin is no trifle.
 *
 * @param rate base currency per unit of the call's currency
 * @param cent base currency that is a trifle, from centOfBase
 */
export const coverTolerance = (rate: number, cent: number): number => Math.min(0.01, cent / rate);
