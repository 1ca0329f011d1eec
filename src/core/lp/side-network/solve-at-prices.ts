import { createNetworkSimplex, type NetworkSimplex } from "../network/network-simplex";
import { applySidePrices, type SideNetwork } from "./side-network";

/** How the network alone ended at the prices w of the side rows. */
export interface PricedNetwork {
  readonly status: "optimal" | "infeasible" | "unbounded" | "stalled";
  readonly simplex: NetworkSimplex;
  readonly pivots: number;
}

/** Pivots between two yields. */
const SLICE = 200;

/**
 * Solves the network alone at the prices w. Where at these it may earn without end or stalls, w becomes none at all, at which it says more.
 *
 * @param isWarm true when the state is of an earlier answer
 */
export function* solveAtPrices(side: SideNetwork, state: Uint8Array, w: Float64Array, isWarm: boolean): Generator<number, PricedNetwork> {
  applySidePrices(side, w);
  const first = yield* follow(createNetworkSimplex(side.network, state, isWarm), 0);
  if (first.status === "optimal" || first.status === "infeasible" || w.every((price) => price === 0)) return first;
  w.fill(0);
  applySidePrices(side, w);
  return yield* follow(createNetworkSimplex(side.network, first.simplex.state), first.pivots);
}

function* follow(simplex: NetworkSimplex, before: number): Generator<number, PricedNetwork> {
  for (;;) {
    const status = simplex.step(SLICE);
    if (status !== "running") return { status, simplex, pivots: before + simplex.pivots };
    yield before + simplex.pivots;
  }
}
