/**
 * A generalized (gain) network program in equality form: minimise cost'x subject to A x = supply, 0 <= x <= capacity,
 * where every column (arc) has at most two entries.
 *
 * Arc e has `tailCoefficient` in the row of node `tail` and `headCoefficient` in the row of node `head`. An arc with
 * one entry has head = nodeCount, a node that does not exist, and headCoefficient 0: its potential is always 0, so
 * that the pricing loop needs no branch. Arcs realArcCount .. realArcCount + nodeCount - 1 are the artificial arcs,
 * one for each node, that make up for what the real arcs cannot deliver.
 */
export interface Network {
  readonly nodeCount: number;
  readonly realArcCount: number;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly tailCoefficient: Float64Array;
  readonly headCoefficient: Float64Array;
  readonly capacity: Float64Array;
  readonly cost: Float64Array;
  /** Right-hand side of each node; shape (nodeCount). */
  readonly supply: Float64Array;
  /** Arc that is the slack of the node's row, -1 where the row is an equality; shape (nodeCount). */
  readonly slackArc: Int32Array;
  /** Arc that passes the node's inflow on to the row it is nested in, -1 for none; shape (nodeCount). */
  readonly linkArc: Int32Array;
  /** Lowest and highest number of the real arcs that end at each node, and at none; shape (nodeCount + 1). */
  readonly firstArc: Int32Array;
  readonly lastArc: Int32Array;
}

/**
 * Puts the parts of a network together. Every network is made here, so that all have the same hidden class: the loops
 * over arcs are compiled once and not thrown away when a network made elsewhere comes by.
 */
export function assembleNetwork(parts: Network): Network {
  return {
    nodeCount: parts.nodeCount,
    realArcCount: parts.realArcCount,
    tail: parts.tail,
    head: parts.head,
    tailCoefficient: parts.tailCoefficient,
    headCoefficient: parts.headCoefficient,
    capacity: parts.capacity,
    cost: parts.cost,
    supply: parts.supply,
    slackArc: parts.slackArc,
    linkArc: parts.linkArc,
    firstArc: parts.firstArc,
    lastArc: parts.lastArc,
  };
}

/** Where an arc is: at zero, at its capacity, in the basis, or fixed because its capacity is zero. */
export const AT_LOWER = 0;
export const AT_UPPER = 1;
export const BASIC = 2;
export const FIXED = 3;

/**
 * Views the states of arcs eight at a time: nearly all arcs are at zero (AT_LOWER = 0), and where a number of the view is 0
 * all eight of them are. Empty where the states begin at an address that cannot be viewed like that.
 */
export function viewEights(state: Uint8Array): Float64Array {
  return state.byteOffset % 8 === 0 ? new Float64Array(state.buffer, state.byteOffset, state.length >>> 3) : NO_EIGHTS;
}

const NO_EIGHTS = new Float64Array(0);
