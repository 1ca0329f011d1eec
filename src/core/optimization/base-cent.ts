import type { Book } from "../collateral/book";
import { fxLookup } from "./fx-rates";

/** Currencies whose hundredth is a trifle: what a unit of base currency is worth is read from the first that has a rate. */
const cheapUnits = ["USD", "USDC", "USDT", "EUR", "GBP", "CHF"];

/** Dollars per unit of a base currency without such a rate, to the power of ten: enough to know how fine its cents are. */
const dearUnits: Readonly<Record<string, number>> = { BTC: 1e5, XBT: 1e5, WBTC: 1e5, ETH: 1e3, WETH: 1e3, STETH: 1e3, PAXG: 1e3, XAU: 1e3 };

/**
 * Tells how much base currency is a trifle: 0.01, or what is worth 0.01 dollars of a currency of which one unit is worth more than 2, such as a
 * coin. All tolerances and steps of a run follow it, so that a book in BTC gives the answer that it gives in USD.
 */
export const centOfBase = ({ fx, settings }: Pick<Book, "fx" | "settings">): number => {
  const rateOf = fxLookup(fx, settings.baseCurrency);
  const rate = cheapUnits.map(rateOf).find((value) => value !== undefined && value > 0 && Number.isFinite(value));
  const worth = rate === undefined ? (dearUnits[settings.baseCurrency.trim().toUpperCase()] ?? 1) : 1 / rate;
  return worth <= 2 ? 0.01 : 0.01 / worth;
};
