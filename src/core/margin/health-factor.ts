import { DomainError } from "../basics/domain-error";

/** One collateral position: value and the share of it that counts against the debt. */
export interface HealthCollateral {
  readonly value: number;
  readonly threshold: number;
}

/** The health of an account and the common fall in price that brings it to 1. */
export interface Health {
  readonly factor: number;
  /** Decimal; < 0 = already below 1, the rise that is missing; undefined where the collateral counts 0 or less: no move of prices helps. */
  readonly fallToOne: number | undefined;
  readonly weighted: number;
}

/**
 * Calculates a health factor: sum(value * threshold) / debt, and the fall of all collateral prices together at which it is 1.
 *
 * @throws DomainError outsideDomain where there is no debt
 * @source https://aave.com/docs
 */
export const healthFactor = (collateral: readonly HealthCollateral[], debt: number): Health => {
  if (!(debt >= 0)) throw new DomainError("badInput", `The debt is ${debt}. Give it as an amount above 0.`);
  const weighted = collateral.reduce((sum, row) => sum + row.value * row.threshold, 0);
  if (debt === 0) throw new DomainError("outsideDomain", "There is no debt or margin: the health factor has no end.");
  const factor = weighted / debt;
  return { factor, fallToOne: factor > 0 ? 1 - 1 / factor : undefined, weighted };
};
