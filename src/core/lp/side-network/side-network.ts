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
  const columnOf = new Map<number, number>();
  for (const [column, arc] of negativePart) if (column < model.columnCount) columnOf.set(arc, column);
  const sideStarts = countEntries(model, place, columnOf, network.realArcCount);
  const total = sideStarts[network.realArcCount]!;
  const rows = new Int32Array(total);
  const sideValues = new Float64Array(total);
  const shift = new Float64Array(sideRows.length);
  const { starts, indices, values } = model;
  for (let e = 0; e < network.realArcCount; e++) {
    let next = sideStarts[e]!;
    if (next === sideStarts[e + 1]) continue;
    const isOwn = e < model.columnCount;
    const column = isOwn ? e : columnOf.get(e)!;
    const factor = (isOwn && !mirrored[e] ? 1 : -1) * (scale.arcFactor ? scale.arcFactor[e]! : 1);
    for (let k = starts[column]!; k < starts[column + 1]!; k++) {
      const row = place[indices[k]!]!;
      if (row < 0) continue;
      rows[next] = row;
      sideValues[next++] = values[k]! * factor;
      if (isOwn) shift[row]! += values[k]! * base[column]!;
    }
  }
  const rowFactor = scaleRows(sideRows.length, rows, sideValues);
  const bound = (bounds: Float64Array): Float64Array =>
    Float64Array.from(sideRows, (row, k) => ((bounds[row]! - shift[k]!) * rowFactor[k]!) / scale.amount);
  return {
    network,
    realCost: network.cost.slice(),
    sideCount: sideRows.length,
    sideStarts,
    sideRows: rows,
    sideValues,
    lower: bound(model.rowLower),
    upper: bound(model.rowUpper),
    rowFactor,
  };
}

/** Counts the entries that each arc has in side rows, as starts of their runs; the negative part of a free column has those of the column. */
function countEntries(model: LinearModel, place: Int32Array, columnOf: ReadonlyMap<number, number>, arcCount: number): Int32Array {
  const { columnCount, starts, indices } = model;
  const sideStarts = new Int32Array(arcCount + 1);
  for (let c = 0, k = 0, count = 0; c < columnCount; c++) {
    for (const end = starts[c + 1]!; k < end; k++) if (place[indices[k]!]! >= 0) count++;
    sideStarts[c + 1] = count;
  }
  for (let e = columnCount; e < arcCount; e++) {
    const column = columnOf.get(e);
    sideStarts[e + 1] = sideStarts[e]! + (column === undefined ? 0 : sideStarts[column + 1]! - sideStarts[column]!);
  }
  return sideStarts;
}

/** Scales every side row in place so that its largest entry is between 1 and 2. */
function scaleRows(count: number, rows: Int32Array, values: Float64Array): Float64Array {
  const largest = new Float64Array(count);
  for (let k = 0; k < rows.length; k++) if (Math.abs(values[k]!) > largest[rows[k]!]!) largest[rows[k]!] = Math.abs(values[k]!);
  const factor = largest.map((size) => 1 / powerOfTwoBelow(size));
  for (let k = 0; k < rows.length; k++) values[k]! *= factor[rows[k]!]!;
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
