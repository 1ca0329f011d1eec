import { DomainError } from "../basics/domain-error";

/** One leg of a securities financing transaction: a value and the floor of what it consists of. */
export interface FloorLeg {
  readonly floor: number;
  readonly value: number;
}

/** The floor of an exchange, its actual haircut and whether the floor is breached. */
export interface HaircutFloor {
  readonly floor: number;
  readonly haircut: number;
  readonly isBreached: boolean;
}

const total = (legs: readonly FloorLeg[]): number => legs.reduce((sum, leg) => sum + leg.value, 0);

/** Value-weighted mean of 1 / (1 + floor). */
const weightedShare = (legs: readonly FloorLeg[]): number => legs.reduce((sum, leg) => sum + leg.value / (1 + leg.floor), 0) / total(legs);

/**
 * Calculates the haircut floor of an exchange and compares the actual haircut with it.
 *
 * One security against one: f = (1 + f_received) / (1 + f_lent) - 1; a netting set: the ratio of the value-weighted means of 1 / (1 + f).
 * Haircut: received / lent - 1; below the floor = breached.
 *
 * @throws DomainError badInput where a side has no value
 * @source Basel Framework CRE56.9 to CRE56.11
 */
export const haircutFloor = (received: readonly FloorLeg[], lent: readonly FloorLeg[]): HaircutFloor => {
  for (const [name, legs] of [
    ["received", received],
    ["lent", lent],
  ] as const) {
    if (!(total(legs) > 0)) throw new DomainError("badInput", `${name} is 0 in total. Give values above 0.`);
  }
  const floor = weightedShare(lent) / weightedShare(received) - 1;
  const haircut = total(received) / total(lent) - 1;
  // A haircut that equals the floor up to rounding noise keeps it.
  return { floor, haircut, isBreached: haircut < floor - 1e-12 };
};
