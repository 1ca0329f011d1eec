import type { SideNetwork } from "./side-network";

/**
 * A convex price for each side row's total t, in place of its hard bounds while the search is on its way:
 * slope `below` under the lower bound, `inside` between the bounds, `above` over the upper one.
 *
 * At the end every total must be inside with slope 0 or rest on a bound; then the penalties have no part in the answer.
 */
export interface RowPenalties {
  readonly below: Float64Array;
  readonly inside: Float64Array;
  readonly above: Float64Array;
}

/** Where a total is: basic in one of the three zones, or resting on a bound. */
export const BELOW = 0;
export const INSIDE = 1;
export const ABOVE = 2;
export const ON_LOWER = 3;
export const ON_UPPER = 4;

/**
 * Sets penalties that hold the dual of each row near a guess: between w - width and w + width, and 0 where the guess is 0.
 *
 * @param most price of breaking a row for good, well above any cost
 */
export function createPenalties({ sideCount, lower, upper }: SideNetwork, w: Float64Array, width: Float64Array, most: number): RowPenalties {
  const below = new Float64Array(sideCount).fill(-most);
  const inside = new Float64Array(sideCount);
  const above = new Float64Array(sideCount).fill(most);
  for (let r = 0; r < sideCount; r++) {
    const price = -w[r]!;
    if (price > 0 && upper[r] !== Infinity) {
      inside[r] = Math.max(0, price - width[r]!);
      above[r] = price + width[r]!;
    } else if (price < 0 && lower[r] !== -Infinity) {
      inside[r] = Math.min(0, price + width[r]!);
      below[r] = price - width[r]!;
    } else {
      if (upper[r] !== Infinity) above[r] = width[r]!;
      if (lower[r] !== -Infinity) below[r] = -width[r]!;
    }
  }
  return { below, inside, above };
}

/**
 * Widens the penalties of the rows whose totals lean on them at an optimum.
 *
 * @returns the number of rows changed, or -1 when a row is broken at the price of breaking it for good
 */
export function widenPenalties({ below, inside, above }: RowPenalties, place: Uint8Array, factor: number, most: number): number {
  let changed = 0;
  for (let r = 0; r < place.length; r++) {
    if (place[r] === ABOVE) {
      if (above[r]! >= most) return -1;
      above[r] = Math.min(most, above[r]! * factor);
      changed++;
    } else if (place[r] === BELOW) {
      if (below[r]! <= -most) return -1;
      below[r] = Math.max(-most, below[r]! * factor);
      changed++;
    } else if (inside[r] !== 0 && place[r] !== (inside[r]! > 0 ? ON_UPPER : ON_LOWER)) {
      // Basic inside, or resting on the bound that the slope pushes it to: there the slope would do what no rule does.
      inside[r] = 0;
      changed++;
    }
  }
  return changed;
}

/** Slope of the price of a total in a zone. */
export function slopeAt({ below, inside, above }: RowPenalties, r: number, zone: number): number {
  return zone === BELOW ? below[r]! : zone === ABOVE ? above[r]! : inside[r]!;
}
