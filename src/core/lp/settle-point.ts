import type { LinearModel } from "./linear-model";

/** Distance from a whole number up to which an engine means that number. */
const NEARLY_WHOLE = 1e-6;

/** Which values are put right. */
export interface Settling {
  /** Distance up to which a value is an engine's noise; shape (columnCount), in the columns' units. */
  readonly noise: Float64Array;
  /** Whether what is within the noise of a bound on its inner side goes onto it too. */
  readonly isInnerNoise: boolean;
}

/**
 * Takes an engine's noise away from a point: integer columns go to the whole numbers that they nearly are, columns to the bounds that
 * they nearly keep, and a column alone with integer ones in a row follows those.
 *
 * Where nothing is posted noise does harm: in `amount <= room x switch` with the switch at 0 an amount of 1e-10 is a posting that no
 * one switched on, and breaks that row altogether, because nothing else in it is any larger.
 *
 * @returns a new point
 */
export function settlePoint(model: LinearModel, point: Float64Array, settling: Settling): Float64Array {
  const { noise, isInnerNoise } = settling;
  const settled = point.map((x, c) => {
    if (model.integer?.[c] && Math.abs(x - Math.round(x)) < NEARLY_WHOLE) return Math.round(x);
    const lower = model.columnLower[c]!;
    const upper = model.columnUpper[c]!;
    if (isInnerNoise && Math.abs(x - lower) <= noise[c]!) return lower;
    if (isInnerNoise && Math.abs(x - upper) <= noise[c]!) return upper;
    return putInside(x, lower, upper, noise[c]!);
  });
  if (model.integer) followWholeNumbers(model, model.integer, point, settled, noise);
  return settled;
}

/**
 * Puts the column of each row that has one continuous column inside of what the row's integer columns leave it, if no more than
 * noise and what rounding those has moved is between.
 */
function followWholeNumbers(
  { columnCount, rowCount, starts, indices, values, rowLower, rowUpper }: LinearModel,
  integer: Uint8Array,
  before: Float64Array,
  point: Float64Array,
  noise: Float64Array,
): void {
  /** The continuous column of each row, -1 for none, -2 for several. */
  const only = new Int32Array(rowCount).fill(-1);
  const coefficient = new Float64Array(rowCount);
  const whole = new Float64Array(rowCount);
  const moved = new Float64Array(rowCount);
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const row = indices[k]!;
      if (values[k] === 0) continue;
      if (integer[c]) {
        whole[row]! += values[k]! * point[c]!;
        moved[row]! += Math.abs(values[k]! * (point[c]! - before[c]!));
      } else {
        only[row] = only[row] === -1 ? c : -2;
        coefficient[row] = values[k]!;
      }
    }
  }
  for (let r = 0; r < rowCount; r++) {
    const c = only[r]!;
    if (c < 0) continue;
    const ends = [(rowLower[r]! - whole[r]!) / coefficient[r]!, (rowUpper[r]! - whole[r]!) / coefficient[r]!];
    const reach = noise[c]! + (2 * moved[r]!) / Math.abs(coefficient[r]!);
    point[c] = putInside(point[c]!, Math.min(...ends), Math.max(...ends), reach);
  }
}

function putInside(value: number, lower: number, upper: number, noise: number): number {
  const inside = Math.min(Math.max(value, lower), upper);
  // Adding 0 takes the sign from a zero.
  return Math.abs(inside - value) <= noise ? inside + 0 : value;
}
