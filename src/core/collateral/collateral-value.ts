/** How a currency haircut combines with the asset's: added to it (Basel, US rule, CDM) or multiplied. */
export type FxHaircutForm = "additive" | "product";

/** Haircuts of one holding, decimals. */
export interface HaircutParts {
  readonly haircut: number;
  readonly fxHaircut?: number;
  readonly additional?: number;
  readonly form?: FxHaircutForm;
}

/**
 * Calculates the value ratio that remains after haircuts: max(0, 1 - haircut - fxHaircut - additional), or with the form `product`
 * max(0, 1 - haircut - additional) * (1 - fxHaircut).
 *
 * @returns decimal in [0, 1]
 */
export const valueRatio = (parts: HaircutParts): number => {
  const { haircut, fxHaircut = 0, additional = 0, form = "additive" } = parts;
  return form === "additive" ? Math.max(0, 1 - haircut - fxHaircut - additional) : Math.max(0, 1 - haircut - additional) * Math.max(0, 1 - fxHaircut);
};

/**
 * Calculates what a holding counts for: quantity * price * fxRate * value ratio; a negative quantity is a debt and counts in full.
 *
 * @param quantity units, < 0 = debt
 * @param price per unit
 * @param fxRate result currency per unit of the price's currency
 */
export const collateralValue = (quantity: number, price: number, parts: HaircutParts, fxRate = 1): number =>
  quantity * price * fxRate * (quantity < 0 ? 1 : valueRatio(parts));
