import type { LinearModel } from "../linear-model";
import type { Basis } from "../solver";
import type { NetworkIndex } from "./build-network";
import { findIntegerDifference } from "./find-difference";
import type { Forest } from "./forest";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, viewEights, type Network } from "./network";
import type { Finish } from "./search-arcs";

/** The columns' part of an answer. */
export interface ColumnAnswer {
  readonly primal: Float64Array;
  /** Basis status of each column in the coding of the Solver port; shape (columnCount). */
  readonly basis: Int32Array;
  /** c'x without the offset. */
  readonly cost: number;
}

/** Reads the flows back into columns of the model: only basic arcs have a flow of their own, all others are at a bound. */
export function readColumns(model: LinearModel, index: NetworkIndex, forest: Pick<Forest, "arc" | "flow">, state: Uint8Array): ColumnAnswer {
  const { columnCount, columnLower, columnUpper, objective } = model;
  const { base, mirrored, isMoved } = index;
  const primal = new Float64Array(columnCount);
  const basis = new Int32Array(columnCount);
  putBasicFlows(index, forest, primal);
  const eights = viewEights(state);
  let cost = 0;
  for (let c = 0; c < columnCount; c++) {
    // Most columns are at zero, which is what new vectors are filled with.
    if (!isMoved && c % 8 === 0) while (eights[c >>> 3] === 0) c += 8;
    if (c >= columnCount) break;
    const at = state[c]!;
    if (at === AT_LOWER && !isMoved) continue;
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    const isMirrored = mirrored[c] === 1;
    const isAbove = isMirrored !== (at === AT_UPPER);
    let x = isAbove ? upper : lower;
    let status = isAbove ? 2 : 0;
    if (at === BASIC || (lower === -Infinity && !isAbove)) {
      const moved = isMirrored ? base[c]! - primal[c]! : base[c]! + primal[c]!;
      x = moved < lower ? lower : moved > upper ? upper : moved;
      status = at === BASIC ? 1 : 3;
    }
    primal[c] = x;
    basis[c] = status;
    cost += objective[c]! * x;
  }
  for (const [arc, negative] of index.negativePart) if (arc < columnCount && state[negative] === BASIC) basis[arc] = 1;
  return { primal, basis, cost };
}

/**
 * Prepares to read the reduced costs of the columns off their arcs, which have two entries where the columns may have more.
 *
 * They are c - A'y with the duals that go with the prices: what a nested row takes off its column, the row above gives back.
 */
export function createFinish(model: LinearModel, network: Network, index: NetworkIndex): PricedFinish {
  const finish: PricedFinish = {
    reduced: new Float64Array(model.columnCount),
    unit: 1 / index.scale.objective,
    dual: new Float64Array(0),
    priceNodes: (potential, state) => {
      const { dual, price } = readPrices(model, index, potential, state, network);
      finish.dual = dual;
      return price;
    },
  };
  return finish;
}

/** A last look at all arcs that also keeps the row duals at which it was taken. */
export interface PricedFinish extends Finish {
  /** Dual of each row of the model, empty before; shape (rowCount). */
  dual: Float64Array;
}

/** Turns the reduced costs of arcs into those of the columns: in their units, and counted upwards. */
export function readReducedCosts({ columnCount, mirrored, scale, isMoved }: NetworkIndex, { reduced }: Finish): Float64Array {
  const { arcFactor } = scale;
  for (let c = 0; arcFactor && c < columnCount; c++) reduced[c]! /= arcFactor[c]!;
  for (let c = 0; isMoved && c < columnCount; c++) if (mirrored[c] === 1) reduced[c] = -reduced[c]!;
  return reduced;
}

/** Puts the flow of each basic arc in its column's place, in the model's unit. */
function putBasicFlows({ columnCount, scale, negativePart }: NetworkIndex, { arc, flow }: Pick<Forest, "arc" | "flow">, primal: Float64Array): void {
  const { amount, arcFactor } = scale;
  const columnOf = new Map<number, number>();
  for (const [column, negative] of negativePart) if (column < columnCount) columnOf.set(negative, column);
  for (let n = 0; n < arc.length; n++) {
    const e = arc[n]!;
    const moved = flow[n]! * amount * (arcFactor ? (arcFactor[e] ?? 1) : 1);
    if (e < columnCount) primal[e]! += moved;
    else if (columnOf.size > 0 && columnOf.has(e)) primal[columnOf.get(e)!]! -= moved;
  }
}

/** What the rows cost at an answer. */
export interface RowPrices {
  /** Dual of each row of the model; shape (rowCount). */
  readonly dual: Float64Array;
  /** The potentials that these duals belong to, in the network's units, and 0 for the node that does not exist; shape (nodeCount + 1). */
  readonly price: Float64Array;
}

/**
 * Reads the potentials back into row duals of the model.
 *
 * The dual of a nested row k in row j is potential(k) - multiple * potential(j). Where it would lean on a lower bound
 * that the columns only imply, the columns carry it instead and the row's dual is zero.
 */
export function readPrices(model: LinearModel, index: NetworkIndex, potential: Float64Array, state: Uint8Array, network: Network): RowPrices {
  const { nesting, scale, impliedLower } = index;
  const price = potential.slice();
  const dual = new Float64Array(model.rowCount);
  const done = new Uint8Array(model.rowCount);
  /** What one unit of a row's own price is in the model's units. */
  const unitOf = (r: number): number => (scale.nodeFactor ? scale.nodeFactor[r]! : 1) / scale.objective;
  const visit = (r: number): void => {
    if (done[r]) return;
    done[r] = 1;
    const above = nesting.parent[r]!;
    if (above < 0) {
      dual[r] = price[r]! * unitOf(r);
      return;
    }
    visit(above);
    const passed = nesting.multiple[r]! * price[above]! * unitOf(above);
    const own = price[r]! * unitOf(r) - passed;
    const link = state[network.linkArc[r]!];
    if (link === BASIC || (impliedLower[r] && own > 0 && (link === AT_LOWER || link === FIXED))) {
      price[r] = passed / unitOf(r);
    } else dual[r] = own;
  };
  for (let r = 0; r < model.rowCount; r++) visit(r);
  return { dual, price };
}

/** Reads which rows are basic, in the coding of the Solver port. */
export function readRowBasis(model: LinearModel, network: Network, index: NetworkIndex, state: Uint8Array): Int32Array {
  const rows = new Int32Array(model.rowCount);
  for (let r = 0; r < model.rowCount; r++) {
    const arc = index.nesting.parent[r]! >= 0 ? network.linkArc[r]! : network.slackArc[r]!;
    const artificial = state[network.realArcCount + r] === BASIC;
    if (artificial || (arc >= 0 && state[arc] === BASIC)) rows[r] = 1;
    else if (arc >= 0 && model.rowLower[r] === -Infinity && !index.impliedLower[r]) rows[r] = 2;
    else rows[r] = arc >= 0 && state[arc] === AT_UPPER ? 2 : 0;
  }
  return rows;
}

/** Turns a basis of the Solver port into the states of the network's arcs, for a start; the simplex repairs the rest. */
export function startFromBasis(model: LinearModel, network: Network, index: NetworkIndex, basis: Basis): Uint8Array {
  const { realArcCount, nodeCount, capacity } = network;
  const { columns } = basis;
  const { mirrored } = index;
  const state = new Uint8Array(realArcCount + nodeCount);
  for (let c = 0; c < model.columnCount; c++) state[c] = placeOf(columns[c]!, capacity[c]!, mirrored[c] === 1);
  placeRowArcs(model, network, index, basis, state);
  return state;
}

/**
 * Does the same by changing the states of another basis, of the same network: most columns are where they were.
 *
 * @param state of the basis `from`, changed in place
 */
export function moveToBasis(model: LinearModel, network: Network, index: NetworkIndex, state: Uint8Array, from: Basis, to: Basis): void {
  const { capacity } = network;
  const { mirrored } = index;
  for (let c = findIntegerDifference(from.columns, to.columns, 0); c >= 0; c = findIntegerDifference(from.columns, to.columns, c + 1)) {
    state[c] = placeOf(to.columns[c]!, capacity[c]!, mirrored[c] === 1);
  }
  placeRowArcs(model, network, index, to, state);
}

/** Where a column of a basis status has its arc. */
function placeOf(status: number, capacity: number, isMirrored: boolean): number {
  if (status === 1) return BASIC;
  if (!(capacity > 0)) return FIXED;
  return (status === 2) !== isMirrored && capacity < Infinity ? AT_UPPER : AT_LOWER;
}

/** Places the arcs of the rows by their basis status, and the artificial ones nowhere. */
function placeRowArcs(model: LinearModel, network: Network, index: NetworkIndex, { rows }: Basis, state: Uint8Array): void {
  const { realArcCount, nodeCount, capacity, linkArc, slackArc } = network;
  for (let e = model.columnCount; e < realArcCount; e++) state[e] = capacity[e]! > 0 ? AT_LOWER : FIXED;
  state.fill(AT_LOWER, realArcCount);
  for (let r = 0; r < nodeCount; r++) {
    const arc = index.nesting.parent[r]! >= 0 ? linkArc[r]! : slackArc[r]!;
    if (arc < 0) continue;
    if (rows[r] === 1) state[arc] = BASIC;
    else if (state[arc] !== FIXED && rows[r] === 2 && capacity[arc]! < Infinity) state[arc] = AT_UPPER;
  }
}
