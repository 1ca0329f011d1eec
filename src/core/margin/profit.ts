import { DomainError } from "../basics/domain-error";

/** How a contract pays: in the quote currency, in coin with the inverse price, or in coin per point of another price. */
export const profitTypes = ["linear", "inverse", "quanto"] as const;
export type ProfitType = (typeof profitTypes)[number];

/**
 * Calculates the profit of a position between two prices.
 *
 * linear: q m (exit - entry) in quote currency; inverse: q m (1/entry - 1/exit) in coin, m = quote currency per contract;
 * quanto: q m (exit - entry) in coin, m = coin per point.
 *
 * @param quantity contracts or units, > 0 = long
 * @throws DomainError badInput where an inverse price is not above 0
 * @source BitMEX inverse and quanto perpetual guides
 */
export const contractProfit = (type: ProfitType, quantity: number, entryPrice: number, exitPrice: number, multiplier = 1): number => {
  if (type !== "inverse") return quantity * multiplier * (exitPrice - entryPrice);
  if (!(entryPrice > 0 && exitPrice > 0))
    throw new DomainError("badInput", `An inverse contract needs prices above 0, not ${entryPrice} and ${exitPrice}.`);
  return quantity * multiplier * (1 / entryPrice - 1 / exitPrice);
};
