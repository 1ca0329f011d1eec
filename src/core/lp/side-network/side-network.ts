import type { LinearModel } from "../linear-model";
import type { NetworkIndex } from "../network/build-network";
import type { Network } from "../network/network";
import { powerOfTwoBelow } from "../network/scale-network";

/**
 * A network with side rows: minimise cost'x subject to A x = supply (a network), lower <= D x <= upper, 0 <= x <= capacity.
 *
 * D is stored by arcs (CSC): arc e has the entries sideStarts[e] .. sideStarts[e + 1] - 1. Everything is in the
 * network's scaled units; side row r of it is rowFactor[r] times the model's row.
 */
export interface SideNetwork {
  readonly network: Network;
  /** Costs without any price of a side row; shape as network.cost. */
  readonly realCost: Float64Array;
  readonly sideCount: number;
  readonly sideStarts: Int32Array;
  readonly sideRows: Int32Array;
  readonly sideValues: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rowFactor: Float64Array;
}

/**
 * Adds the side rows of a model to the network that was built from its other rows.
 *
 * @param sideRows rows of the model that are not in the network
 */
export function addSideRows(model: LinearModel, sideRows: Int32Array, network: Network, index: NetworkIndex): SideNetwork {
  const place = new Int32Array(model.rowCount).fill(-1);
  sideRows.forEach((row, k) => (place[row] = k));
  const { base, mirrored, negativePart, scale } = index;
  const sideStarts = new Int32Array(network.realArcCount + 1);
  const rows: number[] = [];
  const values: number[] = [];
  const shift = new Float64Array(sideRows.length);
  const addEntries = (column: number, arc: number, sign: number): void => {
    const factor = sign * (scale.arcFactor ? scale.arcFactor[arc]! : 1);
    for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
      const row = place[model.indices[k]!]!;
      if (row < 0) continue;
      rows.push(row);
      values.push(model.values[k]! * factor);
      if (arc === column) shift[row]! += model.values[k]! * base[column]!;
    }
  };
  for (let c = 0; c < model.columnCount; c++) {
    addEntries(c, c, mirrored[c] ? -1 : 1);
    sideStarts[c + 1] = rows.length;
  }
  const columnOf = new Map<number, number>();
  for (const [column, arc] of negativePart) if (column < model.columnCount) columnOf.set(arc, column);
  for (let e = model.columnCount; e < network.realArcCount; e++) {
    const column = columnOf.get(e);
    if (column !== undefined) addEntries(column, e, -1);
    sideStarts[e + 1] = rows.length;
  }
  const sideValues = Float64Array.from(values);
  const rowFactor = scaleRows(sideRows.length, rows, sideValues);
  const bound = (bounds: Float64Array): Float64Array =>
    Float64Array.from(sideRows, (row, k) => ((bounds[row]! - shift[k]!) * rowFactor[k]!) / scale.amount);
  return {
    network,
    realCost: network.cost.slice(),
    sideCount: sideRows.length,
    sideStarts,
    sideRows: Int32Array.from(rows),
    sideValues,
    lower: bound(model.rowLower),
    upper: bound(model.rowUpper),
    rowFactor,
  };
}

/** Scales every side row in place so that its largest entry is between 1 and 2. */
function scaleRows(count: number, rows: readonly number[], values: Float64Array): Float64Array {
  const largest = new Float64Array(count);
  rows.forEach((row, k) => (largest[row] = Math.max(largest[row]!, Math.abs(values[k]!))));
  const factor = largest.map((size) => 1 / powerOfTwoBelow(size));
  rows.forEach((row, k) => (values[k]! *= factor[row]!));
  return factor;
}

/** Computes D's share of the cost of one unit of an arc at the prices w of the side rows. */
export function sidePrice({ sideStarts, sideRows, sideValues }: SideNetwork, w: Float64Array, arc: number): number {
  let sum = 0;
  for (let k = sideStarts[arc]!, end = sideStarts[arc + 1]!; k < end; k++) sum += sideValues[k]! * w[sideRows[k]!]!;
  return sum;
}

/** Writes cost - D'w into the network's costs: what arcs cost once the side rows have their prices. */
export function applySidePrices(side: SideNetwork, w: Float64Array): void {
  const { network, realCost, sideStarts, sideRows, sideValues } = side;
  const { cost, realArcCount } = network;
  for (let e = 0, k = 0; e < realArcCount; e++) {
    let own = realCost[e]!;
    for (const end = sideStarts[e + 1]!; k < end; k++) own -= sideValues[k]! * w[sideRows[k]!]!;
    cost[e] = own;
  }
}
