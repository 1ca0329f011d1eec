import type { Forest } from "../network/forest";
import { computeStep, type Step } from "../network/pivot";
import { noteArc, type ForestPrices } from "./forest-prices";
import type { SideNetwork } from "./side-network";

/** In an arc's state: basic, but beside the forest. */
export const EXTRA = 4;

/**
 * What a basis of a network with p side rows has besides its forest: p more basic columns, each an arc or the total t
 * of a side row, and the p x p part of the basis inverse that belongs to them.
 *
 * With F the forest and C the extras, (A_C, D_C) their columns, the inverse kept is that of
 * Q = D_C - D_F F^-1 A_C, whose row k is the row of the whole basis inverse of extra k at the side rows.
 */
export interface WorkingBasis {
  /** Arc, or -1 - r for the total of side row r; shape (p). */
  readonly extras: Int32Array;
  /** Flow of the arc or value of the total; shape (p). */
  readonly values: Float64Array;
  /** Row k, column r at k * p + r. */
  readonly inverse: Float64Array;
}

/** Starts with the totals of all side rows basic, which fits any forest. */
export function createWorkingBasis(count: number): WorkingBasis {
  const inverse = new Float64Array(count * count);
  for (let r = 0; r < count; r++) inverse[r * count + r] = -1;
  return { extras: Int32Array.from({ length: count }, (_, r) => -1 - r), values: new Float64Array(count), inverse };
}

/** Computes D_e - D_F F^-1 A_e for an arc whose forest part is in `step`. @param prices what is noted of the arcs of the forest */
export function sideColumn(side: SideNetwork, forest: Forest, prices: ForestPrices, step: Step, arc: number, column: Float64Array): void {
  const { sideCount, sideStarts, sideRows, sideValues } = side;
  column.fill(0);
  for (let k = sideStarts[arc]!; k < sideStarts[arc + 1]!; k++) column[sideRows[k]!]! += sideValues[k]!;
  const { path, delta, count } = step;
  for (let i = 0; i < count; i++) {
    const n = path[i]!;
    noteArc(side, forest, prices, n);
    const row = prices.row[n]!;
    if (row === sideCount) continue;
    if (row >= 0) column[row]! -= prices.value[n]! * delta[n]!;
    else {
      const owned = forest.arc[n]!;
      for (let k = sideStarts[owned]!, end = sideStarts[owned + 1]!; k < end; k++) column[sideRows[k]!]! -= sideValues[k]! * delta[n]!;
    }
  }
}

/** Multiplies the inverse with a column of side rows. */
export function applyInverse({ inverse }: WorkingBasis, column: Float64Array, result: Float64Array): void {
  const count = column.length;
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let r = 0; r < count; r++) sum += inverse[k * count + r]! * column[r]!;
    result[k] = sum;
  }
}

/**
 * Changes the inverse for a pivot: every row i loses share[i] x `row`, and row `place` becomes `row` / `pivot`.
 *
 * @param row row of the basis inverse of the leaving variable at the side rows
 * @param z column of the entering variable at the extras
 * @param place extra that the entering variable becomes, -1 when it goes into the forest
 */
export function updateInverse({ inverse }: WorkingBasis, row: Float64Array, z: Float64Array, pivot: number, place: number): void {
  const count = row.length;
  for (let k = 0; k < count; k++) {
    if (k === place) {
      for (let r = 0; r < count; r++) inverse[k * count + r] = row[r]! / pivot;
    } else if (z[k] !== 0) {
      const share = z[k]! / pivot;
      for (let r = 0; r < count; r++) inverse[k * count + r]! -= share * row[r]!;
    }
  }
}

/** Computes the inverse anew from the forest and the extras; false when they are (nearly) dependent. */
export function invertAnew(side: SideNetwork, forest: Forest, prices: ForestPrices, working: WorkingBasis, step: Step): boolean {
  const { sideCount: count, network } = side;
  const { extras, inverse } = working;
  const matrix = new Float64Array(count * count);
  const column = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const arc = extras[k]!;
    if (arc < 0) matrix[(-1 - arc) * count + k] = -1;
    else {
      computeStep(network, forest, step, arc);
      sideColumn(side, forest, prices, step, arc, column);
      for (let r = 0; r < count; r++) matrix[r * count + k] = column[r]!;
    }
  }
  inverse.fill(0);
  for (let k = 0; k < count; k++) inverse[k * count + k] = 1;
  return eliminate(matrix, inverse, count);
}

/** Gauss-Jordan with the largest pivot of the column; `right` becomes the inverse of `matrix`, which is used up. */
function eliminate(matrix: Float64Array, right: Float64Array, count: number): boolean {
  for (let k = 0; k < count; k++) {
    let best = k;
    for (let r = k + 1; r < count; r++) if (Math.abs(matrix[r * count + k]!) > Math.abs(matrix[best * count + k]!)) best = r;
    const pivot = matrix[best * count + k]!;
    if (!(Math.abs(pivot) > 1e-11)) return false;
    for (let c = 0; c < count; c++) {
      const a = matrix[best * count + c]!;
      const b = right[best * count + c]!;
      matrix[best * count + c] = matrix[k * count + c]!;
      right[best * count + c] = right[k * count + c]!;
      matrix[k * count + c] = a / pivot;
      right[k * count + c] = b / pivot;
    }
    for (let r = 0; r < count; r++) {
      const share = matrix[r * count + k]!;
      if (r === k || share === 0) continue;
      for (let c = 0; c < count; c++) {
        matrix[r * count + c]! -= share * matrix[k * count + c]!;
        right[r * count + c]! -= share * right[k * count + c]!;
      }
    }
  }
  return true;
}
