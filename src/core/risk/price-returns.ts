import { DomainError } from "../basics/domain-error";

/** How two prices make a return. */
export const RETURN_KINDS = ["log", "simple", "difference"] as const;

/** One of the return types. */
export type ReturnKind = (typeof RETURN_KINDS)[number];

/**
 * Calculates one return.
 *
 * @param from earlier price
 * @param to later price
 * @param type log(to / from), to / from - 1, or to - from
 * @returns return, decimal (or price units for difference)
 * @throws DomainError outsideDomain for prices at which the type is not defined
 */
export const priceReturn = (from: number, to: number, type: ReturnKind): number => {
  if (type === "difference") return to - from;
  if (!(from > 0) || (type === "log" && !(to > 0)) || to < 0) {
    throw new DomainError(
      "outsideDomain",
      `A ${type} return of ${from} to ${to} is not defined. Use type difference or correct the price.`.slice(0, 120),
      { from, to },
    );
  }
  if (type === "simple") return (to - from) / from;
  // log1p keeps the digits of small moves.
  const relative = (to - from) / from;
  return Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(to / from);
};

/** Converts a log loss (or any log number, loss positive) into a simple one: 1 - exp(-x). */
export const logLossToSimple = (loss: number): number => -Math.expm1(-loss);
