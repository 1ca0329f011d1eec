import type { FxRow } from "../collateral/book";

/** Gives base currency per unit of a currency, or undefined where the fx table has none. */
export type RateOf = (currency: string) => number | undefined;

/**
 * Makes the look-up of exchange rates. The base currency is 1 without a row.
 *
 * @param rows base currency per unit of each currency
 */
export const fxLookup = (rows: readonly FxRow[], baseCurrency: string): RateOf => {
  const rates = new Map(rows.map((row) => [row.currency.trim().toUpperCase(), row.rate]));
  const base = baseCurrency.trim().toUpperCase();
  return (currency) => {
    const code = currency.trim().toUpperCase();
    return code === base ? 1 : rates.get(code);
  };
};
