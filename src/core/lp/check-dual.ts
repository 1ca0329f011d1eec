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
  const { columnCount, starts, indices, values, objective, columnLower, columnUpper } = model;
  const prices = knownPrices(dual, model.rowCount);
  const reducedCosts = new Float64Array(columnCount);
  const activity = new Float64Array(model.rowCount);
  const sums: Sums = { gap: 0, complementarity: 0, dualObjective: model.objectiveOffset, infeasibility: 0, worst: -1 };
  let primalObjective = model.objectiveOffset;
  let moved = Math.abs(model.objectiveOffset);
  for (let c = 0, k = 0; c < columnCount; c++) {
    const x = primal[c] ?? NaN;
    const first = k;
    const end = starts[c + 1]!;
    let d = objective[c]!;
    for (; k < end; k++) d -= values[k]! * prices[indices[k]!]!;
    reducedCosts[c] = d;
    // The usual column is at zero, its lower bound, and would cost: nothing of it counts.
    if (x === 0 && d >= 0 && columnLower[c] === 0) continue;
    for (let e = first; e < end; e++) activity[indices[e]!]! += values[e]! * x;
    primalObjective += objective[c]! * x;
    moved += Math.abs(objective[c]! * x);
    if (leansOnNothing(d, columnLower[c]!, columnUpper[c]!)) noteInfeasibility(sums, d, sizeOfColumn(model, prices, c), c);
    else addTerm(sums, d, x, columnLower[c]!, columnUpper[c]!);
  }
  let dualMoved = 0;
  let rowSize: Float64Array | undefined;
  for (let r = 0; r < model.rowCount; r++) {
    const y = prices[r]!;
    if (leansOnNothing(y, model.rowLower[r]!, model.rowUpper[r]!)) noteInfeasibility(sums, y, (rowSize ??= sizesOfRows(model, prices))[r]!, -1);
    else addTerm(sums, y, activity[r]!, model.rowLower[r]!, model.rowUpper[r]!);
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

/** A dual that is missing is no number, so that it spoils whatever it is used for. */
function knownPrices(dual: Float64Array, rowCount: number): Float64Array {
  if (dual.length >= rowCount) return dual;
  const prices = new Float64Array(rowCount).fill(NaN);
  prices.set(dual);
  return prices;
}

/** Tells whether a checked pair proves its optimality. @param tolerance relative, default 1e-7 */
export function isDualCertificate(check: DualCheck, tolerance = 1e-7): boolean {
  return check.dualInfeasibility <= tolerance && check.relativeGap <= tolerance;
}

/** Sum of the sizes of the terms that a column's reduced cost is made of. */
function sizeOfColumn({ starts, indices, values, objective }: LinearModel, prices: Float64Array, c: number): number {
  let size = Math.abs(objective[c]!);
  for (let k = starts[c]!; k < starts[c + 1]!; k++) size += Math.abs(values[k]! * prices[indices[k]!]!);
  return size;
}

/**
 * Gives each row dual the size at which it would matter: the dual is noise when a_rc y_r is noise in every column.
 * Row duals have no natural unit of their own (USD per BTC, USD per USD), the columns that they price have.
 */
function sizesOfRows(model: LinearModel, prices: Float64Array): Float64Array {
  const { columnCount, starts, indices, values } = model;
  const weight = new Float64Array(model.rowCount);
  for (let c = 0; c < columnCount; c++) {
    const size = Math.max(sizeOfColumn(model, prices, c), Number.MIN_VALUE);
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      const share = Math.abs(values[k]!) / size;
      if (share > weight[indices[k]!]!) weight[indices[k]!] = share;
    }
  }
  return weight.map((w, r) => (w > 0 ? 1 / w : Math.abs(prices[r]!)));
}

/** Tells whether the bound that a price's sign chooses is not there. */
function leansOnNothing(price: number, lower: number, upper: number): boolean {
  return price !== 0 && !Number.isFinite(price > 0 ? lower : upper);
}

/** Notes a price with no bound to lean on, unless it is noise against the terms that it was made of. */
function noteInfeasibility(sums: Sums, price: number, size: number, column: number): void {
  const share = Math.abs(price) <= 1e-13 * size ? 0 : Math.abs(price) / Math.max(size, Number.MIN_VALUE);
  if (share > sums.infeasibility || Number.isNaN(share)) {
    sums.infeasibility = Number.isNaN(share) ? Infinity : share;
    sums.worst = column;
  }
}

/** Adds price x (value - bound), the bound being the one that the price's sign leans on. */
function addTerm(sums: Sums, price: number, value: number, lower: number, upper: number): void {
  if (price === 0) return;
  const bound = price > 0 ? lower : upper;
  const term = price * (value - bound);
  sums.gap += term;
  sums.complementarity = Math.max(sums.complementarity, Math.abs(term));
  sums.dualObjective += price * bound;
}
