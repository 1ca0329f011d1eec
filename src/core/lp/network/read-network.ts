import type { LinearModel } from "../linear-model";
import type { Basis } from "../solver";
import type { NetworkIndex } from "./build-network";
import type { Forest } from "./forest";
import { AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "./network";

/** Reads the flows back into columns of the model. */
export function readPrimal(model: LinearModel, network: Network, index: NetworkIndex, forest: Forest, state: Uint8Array): Float64Array {
  const { columnLower, columnUpper } = model;
  const { base, mirrored } = index;
  const primal = new Float64Array(model.columnCount);
  const { amount, arcFactor } = index.scale;
  const put = (arc: number, flow: number): void => {
    if (arc < model.columnCount) primal[arc] = flow * (arcFactor ? arcFactor[arc]! : 1) * amount;
  };
  for (let c = 0; c < model.columnCount; c++) if (state[c] === AT_UPPER) put(c, network.capacity[c]!);
  const flows = new Map<number, number>();
  for (let n = 0; n < network.nodeCount; n++) {
    put(forest.arc[n]!, forest.flow[n]!);
    if (index.negativePart.size > 0) flows.set(forest.arc[n]!, forest.flow[n]!);
  }
  for (const [arc, negative] of index.negativePart) {
    const flow = flows.get(negative);
    if (arc < model.columnCount && flow) primal[arc]! -= flow * (arcFactor ? arcFactor[negative]! : 1) * amount;
  }
  for (let c = 0; c < model.columnCount; c++) {
    const moved = mirrored[c] ? base[c]! - primal[c]! : base[c]! + primal[c]!;
    const lower = columnLower[c]!;
    const upper = columnUpper[c]!;
    primal[c] = moved < lower ? lower : moved > upper ? upper : moved;
  }
  return primal;
}

/**
 * Reads the potentials back into row duals of the model.
 *
 * The dual of a nested row k in row j is potential(k) - multiple * potential(j). Where it would lean on a lower bound
 * that the columns only imply, the columns carry it instead and the row's dual is zero.
 */
export function readDual(model: LinearModel, index: NetworkIndex, potential: Float64Array, state: Uint8Array, network: Network): Float64Array {
  const { nesting, scale, impliedLower } = index;
  const price = new Float64Array(model.rowCount);
  for (let r = 0; r < model.rowCount; r++) {
    price[r] = (potential[r]! * (scale.nodeFactor ? scale.nodeFactor[r]! : 1)) / scale.objective;
  }
  const dual = new Float64Array(model.rowCount);
  const done = new Uint8Array(model.rowCount);
  const visit = (r: number): void => {
    if (done[r]) return;
    done[r] = 1;
    const above = nesting.parent[r]!;
    if (above < 0) {
      dual[r] = price[r]!;
      return;
    }
    visit(above);
    const own = price[r]! - nesting.multiple[r]! * price[above]!;
    const link = state[network.linkArc[r]!];
    if (link === BASIC || (impliedLower[r] && own > 0 && (link === AT_LOWER || link === FIXED))) {
      price[r] = nesting.multiple[r]! * price[above]!;
    } else dual[r] = own;
  };
  for (let r = 0; r < model.rowCount; r++) visit(r);
  return dual;
}

/** Reads which columns and rows are basic, in the coding of the Solver port. */
export function readBasis(model: LinearModel, network: Network, index: NetworkIndex, state: Uint8Array): Basis {
  const { mirrored, negativePart } = index;
  const columns = new Int32Array(model.columnCount);
  for (let c = 0; c < columns.length; c++) {
    const negative = negativePart.size > 0 ? negativePart.get(c) : undefined;
    if (state[c] === BASIC || (negative !== undefined && state[negative] === BASIC)) columns[c] = 1;
    else if (negative !== undefined) columns[c] = 3;
    else columns[c] = (state[c] === AT_UPPER) === (mirrored[c] === 1) ? 0 : 2;
  }
  const rows = new Int32Array(model.rowCount);
  for (let r = 0; r < model.rowCount; r++) {
    const arc = index.nesting.parent[r]! >= 0 ? network.linkArc[r]! : network.slackArc[r]!;
    const artificial = state[network.realArcCount + r] === BASIC;
    if (artificial || (arc >= 0 && state[arc] === BASIC)) rows[r] = 1;
    else if (arc >= 0 && model.rowLower[r] === -Infinity && !index.impliedLower[r]) rows[r] = 2;
    else rows[r] = arc >= 0 && state[arc] === AT_UPPER ? 2 : 0;
  }
  return { columns, rows };
}

/** Turns a basis of the Solver port into the states of the network's arcs, for a start; the simplex repairs the rest. */
export function startFromBasis(model: LinearModel, network: Network, index: NetworkIndex, basis: Basis): Uint8Array {
  const state = new Uint8Array(network.realArcCount + network.nodeCount);
  for (let e = 0; e < network.realArcCount; e++) state[e] = network.capacity[e]! > 0 ? AT_LOWER : FIXED;
  for (let c = 0; c < model.columnCount; c++) {
    const status = basis.columns[c];
    if (status === 1) state[c] = BASIC;
    else if (state[c] !== FIXED && Number.isFinite(network.capacity[c]!)) {
      state[c] = (status === 2) === (index.mirrored[c] === 1) ? AT_LOWER : AT_UPPER;
    }
  }
  for (let r = 0; r < model.rowCount; r++) {
    const arc = index.nesting.parent[r]! >= 0 ? network.linkArc[r]! : network.slackArc[r]!;
    if (arc < 0) continue;
    if (basis.rows[r] === 1) state[arc] = BASIC;
    else if (state[arc] !== FIXED && basis.rows[r] === 2 && Number.isFinite(network.capacity[arc]!)) state[arc] = AT_UPPER;
  }
  return state;
}
