import type { LinearModel } from "../linear-model";
import { expandPair, selectModel, type Reduction } from "./reduction";

/** Share of a row's largest term within which its least and its most count as its bound: the last places of a sum. */
const SAME = 1e-14;

/** A row that leaves its columns no choice, with those that it holds at a bound. */
interface ForcingRow {
  readonly row: number;
  /** Whether even the least that the columns can be fills the row's upper bound; else the most just reaches its lower one. */
  readonly isUpper: boolean;
  readonly columns: number[];
  readonly coefficients: number[];
}

/**
 * Fixes the columns of rows that only one choice can keep: a limit of zero, a call that takes all that there is for it.
 *
 * Back, such a row gets the price that makes staying at the bound worth while for each of its columns, so that the answer is certified
 * with prices as well. Several rows that hold the same column pull it to the same side, so that one row's price never spoils another's.
 *
 * @returns undefined where there is no such row, or one that pulls against another, which an engine should judge
 * @source A. L. Brearley, G. Mitra, H. P. Williams, Analysis of mathematical programming problems prior to applying the simplex
 *   algorithm, 1975; duals as in E. D. Andersen, K. D. Andersen, Presolving in linear programming, 1995, section 3.3
 */
export function forceRows(model: LinearModel): Reduction | undefined {
  const { columnCount, rowCount, columnLower, columnUpper } = model;
  const forcing = findForcingRows(model);
  const isDropped = new Uint8Array(columnCount);
  const fixed = new Float64Array(columnCount);
  const isRowDropped = new Uint8Array(rowCount);
  let columns = 0;
  for (const { row, isUpper, columns: held, coefficients } of forcing) {
    isRowDropped[row] = 1;
    for (const [place, c] of held.entries()) {
      const value = isUpper === coefficients[place]! > 0 ? columnLower[c]! : columnUpper[c]!;
      if (isDropped[c] && fixed[c] !== value) return undefined;
      if (!isDropped[c]) columns++;
      isDropped[c] = 1;
      fixed[c] = value;
    }
  }
  if (forcing.length === 0) return undefined;
  const selection = selectModel(model, isDropped, fixed, isRowDropped);
  return {
    model: selection.model,
    what: `${columns} columns forced by ${forcing.length} rows`,
    undo: (pair) => {
      const full = expandPair(selection, pair, fixed, rowCount);
      for (const found of forcing) full.dual[found.row] = priceOf(model, found, full.dual);
      return full;
    },
  };
}

/** Finds the rows whose least or most is exactly their bound; a column without width is held anyway and decides nothing. */
function findForcingRows(model: LinearModel): ForcingRow[] {
  const { columnCount, rowCount, columnLower, columnUpper, rowLower, rowUpper, starts, indices, values } = model;
  const least = new Float64Array(rowCount);
  const most = new Float64Array(rowCount);
  const size = new Float64Array(rowCount);
  const isFree = new Uint8Array(rowCount);
  for (let c = 0; c < columnCount; c++) {
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const value = values[k]!;
      if (value === 0) continue;
      const row = indices[k]!;
      const low = value * (value > 0 ? lower : upper);
      const high = value * (value > 0 ? upper : lower);
      least[row]! += low;
      most[row]! += high;
      if (Number.isFinite(low)) size[row] = Math.max(size[row]!, Math.abs(low));
      if (Number.isFinite(high)) size[row] = Math.max(size[row]!, Math.abs(high));
      if (lower < upper) isFree[row] = 1;
    }
  }
  const place = new Int32Array(rowCount).fill(-1);
  const found: ForcingRow[] = [];
  for (let r = 0; r < rowCount; r++) {
    if (!isFree[r]) continue;
    const isUpper = isSame(least[r]!, rowUpper[r]!, size[r]!);
    if (!isUpper && !isSame(most[r]!, rowLower[r]!, size[r]!)) continue;
    place[r] = found.length;
    found.push({ row: r, isUpper, columns: [], coefficients: [] });
  }
  if (found.length === 0) return found;
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const row = place[indices[k]!]!;
      if (row < 0 || values[k] === 0 || columnLower[c] === columnUpper[c]) continue;
      found[row]!.columns.push(c);
      found[row]!.coefficients.push(values[k]!);
    }
  }
  return found;
}

function isSame(reached: number, bound: number, size: number): boolean {
  return Number.isFinite(reached) && Number.isFinite(bound) && Math.abs(reached - bound) <= SAME * size;
}

/** The price nearest to zero at which none of the row's columns would rather leave its bound, at the prices of the other rows. */
function priceOf(
  { objective, starts, indices, values }: LinearModel,
  { row, isUpper, columns, coefficients }: ForcingRow,
  dual: Float64Array,
): number {
  let price = 0;
  for (const [place, c] of columns.entries()) {
    let reduced = objective[c]!;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) if (indices[k] !== row) reduced -= values[k]! * dual[indices[k]!]!;
    const own = reduced / coefficients[place]!;
    price = isUpper ? Math.min(price, own) : Math.max(price, own);
  }
  return price;
}
