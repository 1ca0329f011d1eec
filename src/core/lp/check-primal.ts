import type { LinearModel } from "./linear-model";

/** How far a point is from satisfying the raw model. Zero or tiny everywhere = feasible. */
export interface PrimalCheck {
  /** c'x + offset, recomputed. */
  readonly objective: number;
  /** Largest amount by which a row is outside its bounds, in the row's unit. */
  readonly rowViolation: number;
  /** The same, as a share of the row's largest term or bound. */
  readonly relativeRowViolation: number;
  /** Row of the largest relative violation, -1 where none is violated. */
  readonly worstRow: number;
  /** Largest amount by which a column is outside its bounds, in the column's unit. */
  readonly boundViolation: number;
  /** The same, as a share of the column's value or bound. */
  readonly relativeBoundViolation: number;
  readonly worstColumn: number;
  /** Largest distance of an integer column from a whole number. */
  readonly integralityViolation: number;
  /** A x; shape (rowCount). */
  readonly activity: Float64Array;
}

/**
 * Recomputes every row, bound, integrality and the objective of a point from the raw model, in double precision.
 *
 * Relative violations are measured against the size of what was added up, because a book in which one row is
 * 1e10 USD and another 1e-5 BTC has no useful absolute tolerance.
 */
export function checkPrimal(model: LinearModel, primal: Float64Array): PrimalCheck {
  const { columnCount, starts, indices, values, objective: costs, columnLower, columnUpper } = model;
  const activity = new Float64Array(model.rowCount);
  const size = new Float64Array(model.rowCount);
  let objective = model.objectiveOffset;
  let boundViolation = 0;
  let relativeBoundViolation = 0;
  let worstColumn = -1;
  let integralityViolation = 0;
  for (let c = 0; c < columnCount; c++) {
    const x = primal[c] ?? NaN;
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    // Nearly all columns are at zero: they add nothing to any row.
    if (x === 0 && lower <= 0 && upper >= 0) continue;
    objective += costs[c]! * x;
    for (let k = starts[c]!, end = starts[c + 1]!; k < end; k++) {
      const r = indices[k]!;
      const term = values[k]! * x;
      activity[r]! += term;
      if (Math.abs(term) > size[r]!) size[r] = Math.abs(term);
    }
    const outside = outsideOf(x, lower, upper);
    boundViolation = Math.max(boundViolation, outside);
    const relative = share(outside, x, lower, upper, Math.abs(x));
    if (relative > relativeBoundViolation) {
      relativeBoundViolation = relative;
      worstColumn = c;
    }
    if (model.integer?.[c]) integralityViolation = Math.max(integralityViolation, Math.abs(x - Math.round(x)));
  }
  const rows = checkRows(model, activity, size);
  return { objective, ...rows, boundViolation, relativeBoundViolation, worstColumn, integralityViolation, activity };
}

/** Tells whether a checked point may be believed. @param tolerance relative, default 1e-7 */
export function isPrimalFeasible(check: PrimalCheck, tolerance = 1e-7): boolean {
  return (
    Number.isFinite(check.objective) &&
    check.relativeRowViolation <= tolerance &&
    check.relativeBoundViolation <= tolerance &&
    check.integralityViolation <= 1e-5
  );
}

function checkRows(
  model: LinearModel,
  activity: Float64Array,
  size: Float64Array,
): { rowViolation: number; relativeRowViolation: number; worstRow: number } {
  let rowViolation = 0;
  let relativeRowViolation = 0;
  let worstRow = -1;
  for (let r = 0; r < model.rowCount; r++) {
    const outside = outsideOf(activity[r]!, model.rowLower[r]!, model.rowUpper[r]!);
    rowViolation = Math.max(rowViolation, outside);
    const relative = share(outside, activity[r]!, model.rowLower[r]!, model.rowUpper[r]!, size[r]!);
    if (relative > relativeRowViolation) {
      relativeRowViolation = relative;
      worstRow = r;
    }
  }
  return { rowViolation, relativeRowViolation, worstRow };
}

/** How far a value is outside its bounds; NaN counts as infinitely far. */
function outsideOf(value: number, lower: number, upper: number): number {
  if (Number.isNaN(value)) return Infinity;
  return Math.max(lower - value, value - upper, 0);
}

function share(outside: number, value: number, lower: number, upper: number, size: number): number {
  if (outside === 0) return 0;
  const bound = value < lower ? lower : upper;
  return outside / Math.max(size, Math.abs(bound), Number.MIN_VALUE);
}
