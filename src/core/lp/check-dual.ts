import type { LinearModel } from "./linear-model";

/** How far a primal-dual pair is from proving its own optimality, recomputed from the raw model. */
export interface DualCheck {
  /** Largest share of a reduced cost that has the wrong sign with no finite bound to hold it: 0 = dual feasible. */
  readonly dualInfeasibility: number;
  readonly worstColumn: number;
  /** Lower bound on the objective that these duals prove (exact only where dualInfeasibility is 0). */
  readonly dualObjective: number;
  readonly primalObjective: number;
  /** primalObjective - dualObjective, added up term by term so that it does not cancel. */
  readonly gap: number;
  /** |gap| as a share of the largest cost moved. */
  readonly relativeGap: number;
  /** Largest single |dual x distance from the bound| of a row or column. */
  readonly complementarity: number;
  /** c - A'y; shape (columnCount). */
  readonly reducedCosts: Float64Array;
}

interface Sums {
  gap: number;
  complementarity: number;
  dualObjective: number;
  infeasibility: number;
  worst: number;
}

/**
 * Checks dual feasibility and complementary slackness of a solution against the raw model.
 *
 * With y the row duals and d = c - A'y, gap = sum_r y_r (a_r x - b_r) + sum_c d_c (x_c - l_c), where b and l are the
 * bounds that the signs of y and d choose. A gap of zero with no dual infeasibility proves that x is optimal.
 *
 * @param result primal and dual in the model's order; only these two are read
 */
export function checkDual(model: LinearModel, result: { readonly primal: Float64Array; readonly dual: Float64Array }): DualCheck {
  const { primal, dual } = result;
  const reducedCosts = Float64Array.from(model.objective);
  const activity = new Float64Array(model.rowCount);
  const sums: Sums = { gap: 0, complementarity: 0, dualObjective: model.objectiveOffset, infeasibility: 0, worst: -1 };
  const columnSize = new Float64Array(model.columnCount);
  let primalObjective = model.objectiveOffset;
  let moved = Math.abs(model.objectiveOffset);
  for (let c = 0; c < model.columnCount; c++) {
    const x = primal[c] ?? NaN;
    let d = model.objective[c]!;
    let size = Math.abs(d);
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const price = model.values[k]! * (dual[model.indices[k]!] ?? NaN);
      d -= price;
      size += Math.abs(price);
      activity[model.indices[k]!]! += model.values[k]! * x;
    }
    reducedCosts[c] = d;
    primalObjective += model.objective[c]! * x;
    moved += Math.abs(model.objective[c]! * x);
    columnSize[c] = size;
    addTerm(sums, d, x, model.columnLower[c]!, model.columnUpper[c]!, size, c);
  }
  let dualMoved = 0;
  const rowSize = sizesOfRows(model, dual, columnSize);
  for (let r = 0; r < model.rowCount; r++) {
    const y = dual[r] ?? NaN;
    addTerm(sums, y, activity[r]!, model.rowLower[r]!, model.rowUpper[r]!, rowSize[r]!, -1);
    dualMoved = Math.max(dualMoved, Math.abs(y * activity[r]!));
  }
  return {
    dualInfeasibility: sums.infeasibility,
    worstColumn: sums.worst,
    dualObjective: sums.dualObjective,
    primalObjective,
    gap: sums.gap,
    relativeGap: Math.abs(sums.gap) / Math.max(moved, dualMoved, Number.MIN_VALUE),
    complementarity: sums.complementarity,
    reducedCosts,
  };
}

/** Tells whether a checked pair proves its optimality. @param tolerance relative, default 1e-7 */
export function isDualCertificate(check: DualCheck, tolerance = 1e-7): boolean {
  return check.dualInfeasibility <= tolerance && check.relativeGap <= tolerance;
}

/**
 * Gives each row dual the size at which it would matter: the dual is noise when a_rc y_r is noise in every column.
 * Row duals have no natural unit of their own (USD per BTC, USD per USD), the columns that they price have.
 */
function sizesOfRows(model: LinearModel, dual: Float64Array, columnSize: Float64Array): Float64Array {
  const weight = new Float64Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const share = Math.abs(model.values[k]!) / Math.max(columnSize[c]!, Number.MIN_VALUE);
      if (share > weight[model.indices[k]!]!) weight[model.indices[k]!] = share;
    }
  }
  return weight.map((w, r) => (w > 0 ? 1 / w : Math.abs(dual[r]!)));
}

/** Adds price x (value - bound), the bound being the one that the price's sign leans on. */
function addTerm(sums: Sums, price: number, value: number, lower: number, upper: number, size: number, column: number): void {
  if (price === 0) return;
  // A price that is noise against the terms it was made of must not lean on a far bound.
  const isNoise = Math.abs(price) <= 1e-13 * size;
  const bound = price > 0 ? lower : upper;
  if (!Number.isFinite(bound)) {
    const share = isNoise ? 0 : Math.abs(price) / Math.max(size, Number.MIN_VALUE);
    if (share > sums.infeasibility || Number.isNaN(share)) {
      sums.infeasibility = Number.isNaN(share) ? Infinity : share;
      sums.worst = column;
    }
    return;
  }
  const term = price * (value - bound);
  sums.gap += term;
  sums.complementarity = Math.max(sums.complementarity, Math.abs(term));
  sums.dualObjective += price * bound;
}
