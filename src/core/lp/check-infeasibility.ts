import type { LinearModel } from "./linear-model";

/**
 * Tells whether row multipliers y prove that no x satisfies the model (Farkas).
 *
 * They do when the smallest value that y'(row) may have under the row bounds is still above the largest value that
 * (A'y)'x can reach within the column bounds. Tried with both signs, because engines disagree on the sign of a ray.
 * Says nothing about integrality: a model that is infeasible only for whole numbers has no such proof.
 *
 * @param ray one multiplier per row
 */
export function provesInfeasibility(model: LinearModel, ray: Float64Array): boolean {
  return margin(model, ray, 1) > 0 || margin(model, ray, -1) > 0;
}

function margin(model: LinearModel, ray: Float64Array, sign: number): number {
  let least = 0;
  let size = 0;
  for (let r = 0; r < model.rowCount; r++) {
    const y = sign * ray[r]!;
    if (y === 0) continue;
    const bound = y > 0 ? model.rowLower[r]! : model.rowUpper[r]!;
    if (!Number.isFinite(bound)) return -Infinity;
    least += y * bound;
    size += Math.abs(y * bound);
  }
  let most = 0;
  for (let c = 0; c < model.columnCount; c++) {
    let slope = 0;
    let terms = 0;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const term = model.values[k]! * sign * ray[model.indices[k]!]!;
      slope += term;
      terms += Math.abs(term);
    }
    // Cancelled to rounding noise: the exact slope is taken as zero.
    if (Math.abs(slope) <= 1e-12 * terms) continue;
    const bound = slope > 0 ? model.columnUpper[c]! : model.columnLower[c]!;
    if (!Number.isFinite(bound)) return -Infinity;
    most += slope * bound;
    size += Math.abs(slope * bound);
  }
  // A margin within rounding of the sums proves nothing.
  return least - most - 1e-12 * size;
}

/**
 * Takes away the multipliers that lean on a bound which does not exist: in a ray of an engine they are rounding noise.
 * What is left proves something only when `provesInfeasibility` says so.
 */
export function cleanRay(model: LinearModel, ray: Float64Array): Float64Array {
  return ray.map((y, r) => (Number.isFinite(y > 0 ? model.rowLower[r]! : model.rowUpper[r]!) ? y : 0));
}

/** Multipliers whose terms are all smaller than this share of the largest term of any are taken for rounding noise. */
const TRIFLE = 1e-12;

/**
 * Finds multipliers that prove infeasibility among those of an engine: as they are, and without those that are rounding noise.
 *
 * @returns undefined where none of them proves it
 */
export function findProof(model: LinearModel, ray: Float64Array): Float64Array | undefined {
  if (provesInfeasibility(model, ray)) return ray;
  const largest = new Float64Array(model.rowCount);
  for (let k = 0; k < model.starts[model.columnCount]!; k++) {
    const row = model.indices[k]!;
    largest[row] = Math.max(largest[row]!, Math.abs(model.values[k]! * ray[row]!));
  }
  const least = TRIFLE * largest.reduce((most, term) => Math.max(most, term), 0);
  const rest = ray.map((y, r) => (largest[r]! > least ? y : 0));
  return provesInfeasibility(model, rest) ? rest : undefined;
}
