/**
 * A call counts as covered when no more than this is missing, in its own currency: 0.01, or what is worth a cent of base currency where that is
 * less, because a hundredth of a coin is no trifle; of large amounts 1e-11, because no more of their digits are exact.
 *
 * @param rate base currency per unit of the call's currency
 * @param cent base currency that is a trifle, from centOfBase
 * @param required the call, in its currency
 */
export const coverTolerance = (rate: number, cent: number, required: number): number =>
  Math.max(Math.min(0.01, cent / rate), 1e-11 * Math.abs(required));
