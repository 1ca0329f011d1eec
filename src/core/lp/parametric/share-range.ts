import { basisRow, type BasisState } from "./basis-state";
import { followChange } from "./follow-change";
import { exchangeWork, type WorkBudget } from "./work-budget";

/** What a coefficient that changes is worth, and how far the basis that says so holds. */
export interface SharePiece {
  /** Change of the least cost for one unit of room in the row; Infinity where there is no answer, NaN where nothing is known. */
  readonly slope: number;
  /** Change of the coefficient, at least 0, up to which the same basis is optimal; undefined where it is not known. */
  readonly upTo: number | undefined;
}

/**
 * Follows the least cost as the coefficient of a column in a row `x_G - p T <= 0` changes: p is a share of the total T.
 *
 * While the basis stays, x moves as if the row had room for the change of p times T. The basis stays as long as no basic variable meets a
 * bound (room / T at that point) and no price changes sign: with the change D of p the prices are d - s a, where a is the row of T in the
 * tableau, s = D y / (1 - D dT), y the price of the row and dT what T gains for one unit of room (Sherman and Morrison).
 *
 * @param row index of the row; @param total column of T; @param direction 1 for more room (a higher p), -1 for less
 */
export function followShare(state: BasisState, row: number, total: number, direction: 1 | -1, budget: WorkBudget): SharePiece {
  const variable = state.model.columnCount + row;
  let upTo: number | undefined;
  const { slope } = followChange(state, [{ variable, lower: 0, upper: direction }], budget, {
    slopeOnly: true,
    onFirst: (basis, rate, step) => {
      const place = basis.place[total]!;
      if (place < 0) return;
      budget.left -= exchangeWork(basis);
      const gain = rate[place]!;
      const there = basis.value[total]! + (step === Infinity ? 0 : gain * step);
      const byBounds = step === Infinity ? (gain > 0 ? 1 / gain : Infinity) : there > 0 ? step / there : 0;
      upTo = Math.min(byBounds, byPrices(basis, place, basis.price[variable]!, gain, direction));
    },
  });
  return { slope, upTo };
}

/** @param y price of the row; @param gain rate of the total in this direction */
function byPrices(state: BasisState, place: number, y: number, gain: number, direction: 1 | -1): number {
  if (y === 0) return Infinity;
  const toward = Math.sign(y) * direction;
  const row = basisRow(state, place);
  let most = Infinity;
  for (let j = 0; j < row.length; j++) {
    const alpha = row[j]! * toward;
    if (Math.abs(alpha) <= 1e-11 || state.place[j]! >= 0 || state.upper[j]! - state.lower[j]! <= 0) continue;
    // What rests below may not fall under 0, what rests above may not rise over it.
    const price = state.isUpper[j] === 1 ? -state.price[j]! : state.price[j]!;
    const fall = state.isUpper[j] === 1 ? -alpha : alpha;
    if (fall > 0) most = Math.min(most, Math.max(0, price) / fall);
  }
  if (most === Infinity) return Infinity;
  // s = D y / (1 - D dT) with dT = direction * gain, solved for the size of D.
  const size = Math.abs(y) + most * gain;
  return size > 0 ? most / size : Infinity;
}
