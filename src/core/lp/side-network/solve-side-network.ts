import { buildForest, computeFlows } from "../network/build-forest";
import { createCrashBasisInSteps } from "../network/crash-basis";
import type { Forest } from "../network/forest";
import { BASIC } from "../network/network";
import { largestCost } from "../network/network-simplex";
import { guessPrices, meanCosts, totalsOf } from "./guess-prices";
import { costOf, guessShortage } from "./guess-shortage";
import { createPenalties, ON_LOWER, ON_UPPER } from "./row-penalties";
import { applySidePrices, type SideNetwork } from "./side-network";
import type { SideRun, SideStatus } from "./side-run";
import { solveAtPrices, type PricedNetwork } from "./solve-at-prices";
import { advanceSideRun, createSideRun, returnToCosts, seekFeasibility } from "./side-simplex";
import { EXTRA } from "./working-basis";

/** What came of it, in the network's units. */
export interface SideAnswer {
  /** `networkInfeasible`: already without the side rows; `infeasible`: w and the potentials are multipliers that prove it. */
  readonly status: "optimal" | "infeasible" | "networkInfeasible" | "networkUnbounded" | "unbounded" | "stalled";
  /** Basic arcs with their flows, those beside the forest behind the others, and the potentials. */
  readonly forest: Pick<Forest, "arc" | "flow" | "potential">;
  /** Where each arc is. */
  readonly state: Uint8Array;
  /** Dual of each side row. */
  readonly w: Float64Array;
  /** Basis status of each side row in the coding of the Solver port: 0 at lower, 1 basic, 2 at upper. */
  readonly rowStatus: Int32Array;
  readonly pivots: number;
}

/** Where to begin: the answer to an earlier model. */
export interface SideStart {
  readonly state: Uint8Array;
  readonly w: Float64Array;
}

/** Pivots between two yields. */
const SLICE = 200;
/** How far from its guess a dual may go at first, as a share of the guess and of the row's mean cost; duals of an earlier answer are good guesses. */
const WIDTH = { share: 0.5, mean: 0.05 };
const NARROW = { share: 0.1, mean: 0.02 };
/** Price of breaking a row for good, in the dearest arc's cost. */
const MOST = 1000;

/**
 * Solves a network with side rows exactly: the network alone at guessed prices of the side rows, then the simplex with
 * all rows from there. Yields the number of pivots every few of them, so that it can be interrupted.
 *
 * @param start of an earlier answer, whose duals are a better guess
 */
export function* solveSideNetwork(side: SideNetwork, start?: SideStart): Generator<number | undefined, SideAnswer> {
  const { network, realCost } = side;
  const mean = meanCosts(side);
  yield 0;
  let state = start ? start.state : yield* createCrashBasisInSteps(network);
  yield 0;
  const dearest = largestCost(network.realArcCount, realCost);
  const w = start ? start.w : yield* guessFromCrash(side, state, mean, dearest);
  yield 0;
  // At the guessed prices other arcs are cheap.
  if (!start && w.some((price) => price !== 0)) {
    applySidePrices(side, w);
    state = yield* createCrashBasisInSteps(network);
  }
  yield 0;
  const first = yield* solveAtPrices(side, state, w, start !== undefined);
  if (first.status !== "optimal") return readNetworkAlone(first, w.length);
  const { simplex, pivots: before } = first;
  const most = MOST * dearest;
  yield before;
  const { share, mean: ofMean } = start ? NARROW : WIDTH;
  const width = w.map((price, r) => share * Math.abs(price) + ofMean * (mean[r]! || 1));
  const run = createSideRun(side, simplex.forest, simplex.state, createPenalties(side, w, width, most), most);
  yield before;
  let status = yield* finish(run, before);
  if (status === "broken") {
    const cost = realCost.slice();
    seekFeasibility(run);
    status = yield* finish(run, before);
    if (status === "optimal") {
      returnToCosts(run, cost, 1e6 * most);
      status = yield* finish(run, before);
      if (status === "broken") status = "stalled";
    }
  }
  const known = status === "broken" ? "infeasible" : status;
  return { status: known, ...readRun(run), w: run.w, rowStatus: Int32Array.from(run.place, statusOf), pivots: before + run.pivots };
}

/** The network alone says it already: without end at no price, or not at all. */
function readNetworkAlone({ status, simplex, pivots }: PricedNetwork, rows: number): SideAnswer {
  const known = status === "infeasible" ? "networkInfeasible" : status === "unbounded" ? "networkUnbounded" : "stalled";
  const rowStatus = new Int32Array(rows).fill(1);
  return { status: known, forest: simplex.forest, state: simplex.state, w: new Float64Array(rows), rowStatus, pivots };
}

function statusOf(place: number): number {
  return place === ON_LOWER ? 0 : place === ON_UPPER ? 2 : 1;
}

function* finish(run: SideRun, before: number): Generator<number, Exclude<SideStatus, "running">> {
  for (;;) {
    const status = advanceSideRun(run, SLICE);
    if (status !== "running") return status;
    yield before + run.pivots;
  }
}

function* guessFromCrash(side: SideNetwork, state: Uint8Array, mean: Float64Array, dearest: number): Generator<number | undefined, Float64Array> {
  const trial = state.slice();
  const forest = buildForest(side.network, trial);
  yield 0;
  computeFlows(side.network, forest, trial);
  yield 0;
  const total = totalsOf(side, forest, trial);
  const w = guessPrices(side, total, mean);
  yield* guessShortage(side, w, total, costOf(side, forest, trial), mean, dearest);
  return w;
}

/** Joins what is basic in the forest and beside it. */
function readRun({ forest, working, state }: SideRun): Pick<SideAnswer, "forest" | "state"> {
  const beside = [...working.extras.keys()].filter((k) => working.extras[k]! >= 0);
  const join = (first: Int32Array | Float64Array, second: readonly number[]): number[] => [...first, ...second];
  return {
    forest: {
      arc: Int32Array.from(
        join(
          forest.arc,
          beside.map((k) => working.extras[k]!),
        ),
      ),
      flow: Float64Array.from(
        join(
          forest.flow,
          beside.map((k) => working.values[k]!),
        ),
      ),
      potential: forest.potential,
    },
    state: state.map((at) => (at === EXTRA ? BASIC : at)),
  };
}
