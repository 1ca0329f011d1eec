import type { Forest } from "../network/forest";
import { AT_LOWER, AT_UPPER, BASIC, FIXED } from "../network/network";
import type { Step } from "../network/pivot";
import type { ForestPrices } from "./forest-prices";
import type { SidePricing } from "./price-side-arcs";
import { ABOVE, BELOW, INSIDE, ON_LOWER, ON_UPPER, type RowPenalties } from "./row-penalties";
import { moveSideArc } from "./side-arc-list";
import type { SideNetwork } from "./side-network";
import { EXTRA, type WorkingBasis } from "./working-basis";

export type SideStatus = "running" | "optimal" | "broken" | "unbounded" | "stalled";

/** Everything that a run changes. */
export interface SideRun {
  readonly side: SideNetwork;
  readonly penalties: RowPenalties;
  /** Price of breaking a row for good. */
  most: number;
  readonly forest: Forest;
  /** Where each arc is, EXTRA for a basic one beside the forest. */
  readonly state: Uint8Array;
  readonly working: WorkingBasis;
  /** Dual of each side row. */
  readonly w: Float64Array;
  /** Zone or bound of the total of each side row. */
  readonly place: Uint8Array;
  readonly step: Step;
  /** Room for a second column. */
  readonly probe: Step;
  readonly pricing: SidePricing;
  readonly prices: ForestPrices;
  readonly column: Float64Array;
  readonly z: Float64Array;
  readonly row: Float64Array;
  readonly onPath: Float64Array;
  status: SideStatus;
  pivots: number;
  /** Tries to pivot, in all phases, whatever came of them. */
  steps: number;
  degenerateRun: number;
  sinceRebuild: number;
  confirmations: number;
  /** Times that noise of totals was forgiven, see `forgiveNoise`. */
  forgiven: number;
  /** True while the potentials fit the forest and w. */
  isFresh: boolean;
}

/** Reduced costs up to this (typical cost = 1) are zero. */
export const COST_TOLERANCE = 1e-12;
/** A reduced cost within this share of the terms it was summed from is rounding noise. */
export const NOISE = 3e-14;
/** The same once nothing has moved for long: by then noise is the likelier cause. */
export const STRICT_NOISE = 1e-12;

/** What enters the basis: an arc, or -1 - r for the total of side row r. */
export interface Entering {
  readonly arc: number;
  readonly direction: 1 | -1;
}

/** Zone that a resting total moves into. */
export function zoneBeside({ lower, upper }: SideNetwork, place: Uint8Array, r: number, direction: 1 | -1): number {
  if (direction === 1) return place[r] === ON_UPPER || lower[r] === upper[r] ? ABOVE : INSIDE;
  return place[r] === ON_LOWER || lower[r] === upper[r] ? BELOW : INSIDE;
}

/** Puts an arc that has just left the basis where it belongs. */
export function restArc({ side, state, pricing }: SideRun, arc: number, atCapacity: boolean): void {
  const canReturn = arc < side.network.realArcCount && side.network.capacity[arc]! > 0;
  const at = !canReturn ? FIXED : atCapacity ? AT_UPPER : AT_LOWER;
  state[arc] = at;
  moveSideArc(side, pricing.list, arc, at);
}

/** Marks an arc as basic, in the forest or beside it. */
export function enterArc({ side, state, pricing }: SideRun, arc: number, inForest: boolean): void {
  state[arc] = inForest ? BASIC : EXTRA;
  moveSideArc(side, pricing.list, arc, BASIC);
}
