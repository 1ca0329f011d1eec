import type { LinearModel } from "./linear-model";

/** Passes over all rows; what a second pass finds rests on the first one's bounds. */
const passes = 2;

/**
 * Works out how large each column can be at most in any point that holds all rows: a bound for switches, never for the columns themselves.
 *
 * For each row that limits from above, what the other columns need at least is taken off; the rest is the most for each one.
 *
 * @returns the least known upper bound of each column, never above its own; shape (columnCount)
 * @source M. W. P. Savelsbergh, Preprocessing and probing techniques for mixed integer programming problems, 1994, section 1.1
 */
export const tightenUpperBounds = (model: LinearModel): Float64Array => {
  const upper = Float64Array.from(model.columnUpper);
  for (let pass = 0; pass < passes; pass++) tightenOnce(model, upper);
  return upper;
};

const tightenOnce = (model: LinearModel, upper: Float64Array): void => {
  const { starts, indices, values, columnLower, rowLower, rowUpper, columnCount, rowCount } = model;
  // Least and most activity of each row: the finite part, and how many columns make it infinite.
  const least = activity(rowCount);
  const most = activity(rowCount);
  const note = (to: Activity, row: number, amount: number): void => {
    if (Number.isFinite(amount)) to.finite[row]! += amount;
    else to.infinite[row]! += 1;
  };
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const a = values[k]!;
      note(least, indices[k]!, a * (a > 0 ? columnLower[c]! : upper[c]!));
      note(most, indices[k]!, a * (a > 0 ? upper[c]! : columnLower[c]!));
    }
  }
  for (let c = 0; c < columnCount; c++) {
    let bound = upper[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const [row, a] = [indices[k]!, values[k]!];
      const [limit, side, own] = a > 0 ? [rowUpper[row]!, least, a * columnLower[c]!] : [rowLower[row]!, most, a * columnLower[c]!];
      const others = without(side, row, own);
      if (Number.isFinite(limit) && Number.isFinite(others)) bound = Math.min(bound, (limit - others) / a);
    }
    // Room for rounding: a switch that is a hair too narrow would forbid what the rows allow.
    if (bound < upper[c]!) upper[c] = Math.min(upper[c]!, Math.max(columnLower[c]!, bound + 1e-9 * Math.max(1, Math.abs(bound))));
  }
};

interface Activity {
  readonly finite: Float64Array;
  readonly infinite: Int32Array;
}

const activity = (rowCount: number): Activity => ({ finite: new Float64Array(rowCount), infinite: new Int32Array(rowCount) });

/** Activity of a row without one column's part; not finite where it is unknown. */
const without = ({ finite, infinite }: Activity, row: number, own: number): number => {
  if (Number.isFinite(own)) return infinite[row] === 0 ? finite[row]! - own : NaN;
  return infinite[row] === 1 ? finite[row]! : NaN;
};
