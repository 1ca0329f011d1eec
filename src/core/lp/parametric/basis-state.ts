import type { LinearModel } from "../linear-model";
import type { Basis } from "../solver";
import { factorBasis, type FactoredBasis } from "./factor-basis";

/** Amounts and prices below this are rounding, for models scaled to numbers near 1. */
export const tiny = 1e-9;

/** A change of basis since the last factorization: the column that came in at a place, in terms of the basis before. */
interface Eta {
  readonly place: number;
  readonly column: Float64Array;
}

/**
 * A basis with its point and prices, ready for pivots. Variables are the columns of the model, then the row activities s = A x.
 */
export interface BasisState {
  readonly model: LinearModel;
  readonly factors: FactoredBasis;
  readonly etas: readonly Eta[];
  /** Variable at each place of the basis; shape (rowCount). */
  readonly head: Int32Array;
  /** Place of each variable in the basis, -1 outside. */
  readonly place: Int32Array;
  /** Of variables outside: 1 at its upper bound, 0 at its lower one or at 0 without any. */
  readonly isUpper: Uint8Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly value: Float64Array;
  readonly cost: Float64Array;
  /** Reduced costs; 0 in the basis. The one of a row activity is the row's dual. */
  readonly price: Float64Array;
}

/** Factors a basis of the Solver port and computes its point and prices; dependent columns give way to rows. */
export function createBasisState(model: LinearModel, basis: Basis): BasisState | undefined {
  const { columnCount, rowCount } = model;
  if (basis.columns.length !== columnCount || basis.rows.length !== rowCount) return undefined;
  const statusOf = (j: number): number => (j < columnCount ? basis.columns[j]! : basis.rows[j - columnCount]!);
  const lower = joined(model.columnLower, model.rowLower);
  const upper = joined(model.columnUpper, model.rowUpper);
  const isUpper = new Uint8Array(columnCount + rowCount);
  const inBasis: number[] = [];
  boundBelow(model, basis, lower);
  for (let j = 0; j < columnCount + rowCount; j++) {
    if (statusOf(j) === 1) inBasis.push(j);
    else isUpper[j] = Number.isFinite(upper[j]!) && (statusOf(j) === 2 || !Number.isFinite(lower[j]!)) ? 1 : 0;
  }
  const repaired = repairBasis(model, inBasis);
  if (repaired === undefined) return undefined;
  const place = new Int32Array(columnCount + rowCount).fill(-1);
  repaired.head.forEach((j, k) => (place[j] = k));
  const cost = new Float64Array(columnCount + rowCount);
  cost.set(model.objective);
  const state = { model, ...repaired, etas: [], place, isUpper, lower, upper, cost };
  const value = Float64Array.from(lower, (bound, j) => (isUpper[j] === 1 ? upper[j]! : Number.isFinite(bound) ? bound : 0));
  const whole = { ...state, value, price: new Float64Array(columnCount + rowCount) };
  computeValues(whole);
  computePrices(whole);
  return whole;
}

/**
 * Gives rows that rest at a lower bound without having one the bound that their columns imply: engines for networks know a row of
 * amounts to be at least 0. It takes nothing away and stays true while bounds of columns only rise.
 */
function boundBelow(model: LinearModel, basis: Basis, lower: Float64Array): void {
  const { columnCount, rowCount, columnLower, columnUpper, starts, indices, values } = model;
  const implied = new Float64Array(rowCount);
  let count = 0;
  for (let r = 0; r < rowCount; r++) if (basis.rows[r] === 0 && lower[columnCount + r] === -Infinity) count++;
  if (count === 0) return;
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      implied[indices[k]!]! += values[k]! * (values[k]! > 0 ? columnLower[c]! : columnUpper[c]!);
    }
  }
  for (let r = 0; r < rowCount; r++) {
    if (basis.rows[r] === 0 && lower[columnCount + r] === -Infinity && Number.isFinite(implied[r]!)) lower[columnCount + r] = implied[r]!;
  }
}

function joined(columns: Float64Array, rows: Float64Array): Float64Array {
  const all = new Float64Array(columns.length + rows.length);
  all.set(columns);
  all.set(rows, columns.length);
  return all;
}

/** Fills a basis that is short with rows, cuts one that is long, and exchanges dependent columns for rows. */
function repairBasis(model: LinearModel, inBasis: number[]): { head: Int32Array; factors: FactoredBasis } | undefined {
  const { columnCount, rowCount } = model;
  const isIn = new Set(inBasis);
  for (let r = 0; isIn.size < rowCount && r < rowCount; r++) isIn.add(columnCount + r);
  let head = Int32Array.from([...isIn].sort((a, b) => a - b).slice(0, rowCount));
  for (let attempt = 0; attempt < 3; attempt++) {
    const factors = factorBasis(basisColumns(model, head));
    if (factors === undefined) return undefined;
    const { columns, rows } = factors.dependent;
    if (columns.length === 0) return { head, factors };
    head = Int32Array.from(head);
    columns.forEach((place, k) => (head[place] = columnCount + rows[k]!));
    if (new Set(head).size < rowCount) return undefined;
  }
  return undefined;
}

function basisColumns(model: LinearModel, head: Int32Array) {
  const starts = new Int32Array(head.length + 1);
  const rows: number[] = [];
  const values: number[] = [];
  head.forEach((j, k) => {
    eachEntry(model, j, (row, value) => {
      rows.push(row);
      values.push(value);
    });
    starts[k + 1] = rows.length;
  });
  return { size: head.length, starts, rows: Int32Array.from(rows), values: Float64Array.from(values) };
}

/** Visits the entries of a variable in A x - s = 0. */
export function eachEntry(model: LinearModel, j: number, visit: (row: number, value: number) => void): void {
  if (j >= model.columnCount) visit(j - model.columnCount, -1);
  else for (let k = model.starts[j]!; k < model.starts[j + 1]!; k++) visit(model.indices[k]!, model.values[k]!);
}

/** Solves B x = b with the basis as it is now. @param b by row, overwritten */
export function solveForward(state: BasisState, b: Float64Array): Float64Array {
  const x = state.factors.forward(b);
  for (const { place, column } of state.etas) {
    const step = x[place]! / column[place]!;
    if (step !== 0) for (let i = 0; i < x.length; i++) x[i]! -= column[i]! * step;
    x[place] = step;
  }
  return x;
}

/** Solves B' y = g with the basis as it is now. @param g by place in the basis, overwritten */
export function solveBackward(state: BasisState, g: Float64Array): Float64Array {
  for (let k = state.etas.length - 1; k >= 0; k--) {
    const { place, column } = state.etas[k]!;
    let sum = g[place]!;
    for (let i = 0; i < g.length; i++) if (i !== place) sum -= column[i]! * g[i]!;
    g[place] = sum / column[place]!;
  }
  return state.factors.backward(g);
}

/** Row `place` of B^-1 N for every variable outside the basis; 0 inside. */
export function basisRow(state: BasisState, place: number): Float64Array {
  const unit = new Float64Array(state.head.length);
  unit[place] = 1;
  return rowTimesColumns(state, solveBackward(state, unit));
}

/** y'N: product of a vector by row with the column of every variable outside the basis. */
export function rowTimesColumns({ model, place }: BasisState, y: Float64Array): Float64Array {
  const { columnCount, starts, indices, values } = model;
  const row = new Float64Array(place.length);
  for (let c = 0; c < columnCount; c++) {
    if (place[c]! >= 0) continue;
    let sum = 0;
    for (let k = starts[c]!, end = starts[c + 1]!; k < end; k++) sum += values[k]! * y[indices[k]!]!;
    row[c] = sum;
  }
  for (let r = 0; r < y.length; r++) if (place[columnCount + r]! < 0) row[columnCount + r] = -y[r]!;
  return row;
}

/** Column of a variable in terms of the basis: B^-1 a. */
export function basisColumn(state: BasisState, j: number): Float64Array {
  const b = new Float64Array(state.head.length);
  eachEntry(state.model, j, (row, value) => (b[row] = value));
  return solveForward(state, b);
}

/** Computes the basic variables from the others. */
function computeValues(state: BasisState): void {
  const { model, place, value, head } = state;
  const b = new Float64Array(head.length);
  for (let j = 0; j < value.length; j++) {
    if (place[j]! < 0 && value[j] !== 0) eachEntry(model, j, (row, entry) => (b[row]! -= entry * value[j]!));
  }
  const x = solveForward(state, b);
  head.forEach((j, k) => (value[j] = x[k]!));
}

/** Computes d = c - A'y with B'y = c_B. */
function computePrices(state: BasisState): void {
  const { place, price, cost, head } = state;
  const atBasis = new Float64Array(head.length);
  for (let k = 0; k < head.length; k++) atBasis[k] = cost[head[k]!]!;
  const product = rowTimesColumns(state, solveBackward(state, atBasis));
  for (let j = 0; j < price.length; j++) price[j] = place[j]! >= 0 ? 0 : cost[j]! - product[j]!;
}

/** A state that may be changed without changing the one given. */
export function copyState(state: BasisState): BasisState {
  return {
    ...state,
    etas: [...state.etas],
    head: state.head.slice(),
    place: state.place.slice(),
    isUpper: state.isUpper.slice(),
    lower: state.lower.slice(),
    upper: state.upper.slice(),
    value: state.value.slice(),
    price: state.price.slice(),
  };
}

/**
 * Exchanges the variable at a place of the basis for another one; values stay, prices follow.
 *
 * @param column B^-1 a of the variable that enters
 * @param row row `place` of B^-1 N
 * @param leavesUpper the variable that leaves rests at its upper bound
 */
export function exchange(state: BasisState, place: number, entering: number, column: Float64Array, row: Float64Array, leavesUpper: boolean): void {
  const leaving = state.head[place]!;
  const ratio = state.price[entering]! / row[entering]!;
  if (ratio !== 0) for (let j = 0; j < row.length; j++) if (row[j] !== 0) state.price[j]! -= ratio * row[j]!;
  state.price[entering] = 0;
  state.price[leaving] = -ratio;
  state.head[place] = entering;
  state.place[entering] = place;
  state.place[leaving] = -1;
  state.isUpper[leaving] = leavesUpper ? 1 : 0;
  (state.etas as Eta[]).push({ place, column });
}
