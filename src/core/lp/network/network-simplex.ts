import { buildForest, computeFlows } from "./build-forest";
import { setRoot, updatePotentials, type Forest } from "./forest";
import { moveActive, refreshActive } from "./active-arcs";
import { assembleNetwork, AT_LOWER, AT_UPPER, BASIC, FIXED, type Network } from "./network";
import { createDualWork, makeDualPivot, type DualWork } from "./dual-pivot";
import { applyStep, computeStep, createStep, exchange, findLeaving, type Leaving, type Step } from "./pivot";
import { chooseActive, chooseLowestEntering, clearPricing, createPricing, resetPricing, type Pricing } from "./price-arcs";
import { refreshForest } from "./refresh-forest";
import { chooseEntering, listNearArcs, proveNoneImproves, type Finish } from "./search-arcs";

export type NetworkStatus = "running" | "optimal" | "infeasible" | "unbounded" | "stalled";

/**
 * What is done for now. `dual` mends a basis from before an edit, at the real costs. The others are primal:
 * `penalty` has the real costs and a penalty on artificial arcs; `feasibility` nothing but the artificial arcs;
 * `final` the real costs alone, with the artificial arcs held at zero.
 */
type Phase = "dual" | "penalty" | "feasibility" | "final";

/** A run of the simplex that can be continued in slices. */
export interface NetworkSimplex {
  /** Makes at most this many pivots and says how things stand. */
  step(maxPivots: number): NetworkStatus;
  readonly pivots: number;
  readonly degeneratePivots: number;
  readonly pricedArcs: number;
  /** Lists that the next run may use again once this one is over. */
  readonly pricing: Pricing;
  /** Where each arc is; artificial arcs from realArcCount on. */
  readonly state: Uint8Array;
  /** Present flows and potentials; of the phase's costs, so read them when the status is final. */
  readonly forest: Forest;
  readonly phase: Phase;
}

interface Run {
  network: Network;
  readonly realCost: Float64Array;
  readonly state: Uint8Array;
  readonly finish: Finish;
  /** Undefined only until the first phase has been entered. */
  forest: Forest;
  readonly step: Step;
  readonly dualWork: DualWork;
  readonly leaving: Leaving;
  readonly pricing: Pricing;
  phase: Phase;
  status: NetworkStatus;
  pivots: number;
  /** Tries to pivot, in all phases, whatever came of them. */
  steps: number;
  degeneratePivots: number;
  /** Degenerate pivots since the last one that moved something. */
  degenerateRun: number;
  sinceRefresh: number;
  /** Dual pivots since near arcs were listed. */
  sinceListed: number;
  confirmations: number;
}

/** Flows this far outside their bounds (largest amount = 1) are rounding noise. */
const FLOW_TOLERANCE = 1e-11;
/** Reduced costs up to this (typical cost = 1) are zero. */
const COST_TOLERANCE = 1e-12;
/** What artificial arcs cost at first, as a multiple of the dearest arc. */
const PENALTY = 1000;
/** Potentials that change by no more than this share are the same. */
const SAME_PRICE = 1e-11;
/** Pivots in which nothing moved before the rule changes to one that cannot cycle. */
const PATIENCE = 500;
/** Tries to pivot after which another engine is to be asked, whatever they do: many times what the largest books take. */
const MOST_STEPS = { least: 50_000, perNode: 50, perArc: 5 };
/** Pivots by the slow rule without moving anything after which noise must be what drives them. */
const MOST_STRICT = { least: 10_000, perNode: 20 };
/** Dual pivots after which near arcs are listed again: they take about as long as that, which goes through all arcs, or longer. */
const LIST_AGAIN = { least: 25, share: 1.5 };
/** Everything is computed anew after this many pivots at the latest, or after nodeCount where that is more. */
const REFRESH_AFTER = 500;

/**
 * Prepares the primal simplex for generalized networks.
 *
 * @param network scaled, see scaleNetwork
 * @param state first basis: of createCrashBasis, or of an earlier run on an edited network; it is repaired where it
 *   no longer fits and then belongs to the run
 * @param isWarm true when the state is of an earlier run, whose prices are worth keeping: mended by dual pivots first
 * @param spare lists of a run that is over, on a network of this size: their room is used again
 * @param finish filled in by the last look at all arcs before the status is optimal
 */
export function createNetworkSimplex(
  network: Network,
  state: Uint8Array,
  isWarm = false,
  spare?: Pricing,
  finish: Finish = { reduced: new Float64Array(0), unit: 1, priceNodes: (potential) => potential },
): NetworkSimplex {
  const run: Run = {
    network,
    realCost: network.cost,
    state,
    finish,
    forest: undefined as unknown as Forest,
    step: createStep(network.nodeCount),
    dualWork: createDualWork(network.nodeCount),
    leaving: { node: -1, length: 0, atCapacity: false },
    pricing: spare ? resetPricing(spare) : createPricing(network.realArcCount),
    phase: "penalty",
    status: "running",
    pivots: 0,
    steps: 0,
    degeneratePivots: 0,
    degenerateRun: 0,
    sinceRefresh: 0,
    sinceListed: 0,
    confirmations: 0,
  };
  enterPhase(run, isWarm ? "dual" : "penalty");
  return {
    step: (maxPivots) => advance(run, maxPivots),
    get pivots() {
      return run.pivots;
    },
    get degeneratePivots() {
      return run.degeneratePivots;
    },
    get pricedArcs() {
      return run.pricing.priced;
    },
    pricing: run.pricing,
    get forest() {
      return run.forest;
    },
    get phase() {
      return run.phase;
    },
    state,
  };
}

function advance(run: Run, maxPivots: number): NetworkStatus {
  const { nodeCount, realArcCount } = run.network;
  const refreshAfter = Math.max(REFRESH_AFTER, nodeCount);
  const mostSteps = MOST_STEPS.least + MOST_STEPS.perNode * nodeCount + MOST_STEPS.perArc * realArcCount;
  const mostStill = PATIENCE + MOST_STRICT.least + MOST_STRICT.perNode * nodeCount;
  for (let k = 0; k < maxPivots && run.status === "running"; k++) {
    run.steps++;
    if (run.steps > mostSteps || run.degenerateRun > mostStill) {
      run.status = "stalled";
      break;
    }
    if (run.sinceRefresh >= refreshAfter) settle(run);
    if (run.phase === "dual") {
      mend(run);
      continue;
    }
    const arc = choose(run);
    if (arc < 0) closePhase(run);
    else pivot(run, arc);
  }
  return run.status;
}

/** Makes a dual pivot; when all flows fit, or nothing mends them, or it takes too long, the primal phases take over. */
function mend(run: Run): void {
  const { network, state, step, dualWork, pricing } = run;
  // Arcs that were not near when the list was made have come near meanwhile: not to know of them costs hundreds of detours.
  if (run.sinceListed >= Math.max(LIST_AGAIN.least, (LIST_AGAIN.share * network.realArcCount) / network.nodeCount)) {
    clearPricing(pricing);
    run.sinceListed = 0;
  }
  run.sinceListed++;
  const near = listNearArcs(network, run.forest.potential, state, pricing);
  const outcome = makeDualPivot(network, run.forest, state, step, dualWork, near);
  if (outcome === "mended") {
    run.pivots++;
    run.sinceRefresh++;
    if (run.pivots <= network.nodeCount) return;
  }
  // The dual phase has the costs of the final one, and its list of near arcs will do for a start.
  if (outcome === "feasible") run.phase = "final";
  else enterPhase(run, "penalty");
}

function choose({ network, forest, state, pricing, phase, degenerateRun }: Run): number {
  const { potential } = forest;
  if (degenerateRun > PATIENCE) return chooseLowestEntering(network, potential, state, COST_TOLERANCE);
  // The final phase looks at all arcs when it closes.
  if (phase === "final") return chooseActive(potential, state, pricing, COST_TOLERANCE);
  return chooseEntering(network, potential, state, pricing, COST_TOLERANCE);
}

function pivot(run: Run, arc: number): void {
  const { network, forest, step, state, leaving } = run;
  const direction = state[arc] === AT_LOWER ? 1 : -1;
  computeStep(network, forest, step, arc);
  findLeaving(network, forest, step, arc, direction, run.degenerateRun > PATIENCE, leaving);
  if (leaving.length === Infinity) {
    meetUnbounded(run);
    return;
  }
  run.pivots++;
  run.sinceRefresh++;
  applyStep(forest, step, direction * leaving.length);
  if (leaving.length <= FLOW_TOLERANCE * FLOW_TOLERANCE) {
    run.degeneratePivots++;
    run.degenerateRun++;
  } else run.degenerateRun = 0;
  if (leaving.node < 0) {
    place(run, arc, direction === 1 ? AT_UPPER : AT_LOWER);
    return;
  }
  const leavingArc = forest.arc[leaving.node]!;
  const isFixed = network.capacity[leavingArc] === 0 || leavingArc >= network.realArcCount;
  place(run, leavingArc, isFixed ? FIXED : leaving.atCapacity ? AT_UPPER : AT_LOWER);
  place(run, arc, BASIC);
  exchange(network, forest, leaving.node, arc, direction === 1 ? leaving.length : network.capacity[arc]! - leaving.length);
}

function place({ network, state, pricing }: Run, arc: number, at: number): void {
  state[arc] = at;
  moveActive(network, pricing.active, arc, at);
}

/** An arc that nothing stops: proof of unboundedness, provided that the flows of the real arcs can be made to fit. */
function meetUnbounded(run: Run): void {
  if (run.phase === "penalty" && largestArtificialFlow(run) > FLOW_TOLERANCE) enterPhase(run, "feasibility");
  else if (run.phase === "penalty") enterPhase(run, "final");
  else run.status = run.phase === "final" ? "unbounded" : "stalled";
}

/** No arc improves, or in the final phase no active one: the phase is over once that still holds when everything is computed anew. */
function closePhase(run: Run): void {
  if (run.phase === "final") {
    closeFinalPhase(run);
    return;
  }
  if (run.sinceRefresh > 0 && run.confirmations < 20) {
    run.confirmations++;
    const before = run.forest.potential.slice();
    settle(run);
    // The same prices as before need no second look at every arc.
    if (!isSamePotential(before, run.forest.potential)) return;
  }
  if (largestArtificialFlow(run) <= FLOW_TOLERANCE) enterPhase(run, "final");
  else if (run.phase === "penalty") enterPhase(run, "feasibility");
  else run.status = "infeasible";
}

function closeFinalPhase(run: Run): void {
  if (run.sinceRefresh > 0) settle(run);
  if (run.phase !== "final") return;
  const { network, forest, state, pricing, finish } = run;
  if (!proveNoneImproves(network, forest.potential, state, pricing, COST_TOLERANCE, finish)) return;
  run.status = largestArtificialFlow(run) <= 1000 * FLOW_TOLERANCE ? "optimal" : "stalled";
}

function isSamePotential(a: Float64Array, b: Float64Array): boolean {
  for (let n = 0; n < a.length; n++) if (Math.abs(a[n]! - b[n]!) > SAME_PRICE * Math.abs(b[n]!)) return false;
  return true;
}

/** Sets the costs and artificial capacities of a phase and builds the basis anew. */
function enterPhase(run: Run, phase: Phase): void {
  const { network, realCost } = run;
  const { realArcCount, nodeCount, capacity } = network;
  run.phase = phase;
  run.confirmations = 0;
  run.degenerateRun = 0;
  clearPricing(run.pricing);
  const cost = phase === "feasibility" ? new Float64Array(realArcCount + nodeCount) : realCost;
  run.network = assembleNetwork({ ...network, cost });
  const artificialCost = phase === "feasibility" ? 1 : phase === "penalty" ? PENALTY * largestCost(network.realArcCount, realCost) : 0;
  for (let n = 0; n < nodeCount; n++) {
    const artificial = realArcCount + n;
    network.tail[artificial] = n;
    network.head[artificial] = nodeCount;
    if (network.tailCoefficient[artificial] === 0) network.tailCoefficient[artificial] = 1;
    capacity[artificial] = phase === "final" || phase === "dual" ? 0 : Infinity;
    cost[artificial] = artificialCost;
  }
  settle(run);
}

/** Size of the dearest of the first arcs; 1 where all are free. */
export function largestCost(count: number, cost: Float64Array): number {
  let largest = 0;
  for (let e = 0; e < count; e++) {
    const size = Math.abs(cost[e]!);
    if (size > largest) largest = size;
  }
  return largest || 1;
}

/**
 * Computes the numbers of the basis and every flow anew; arcs that turn out to be outside their bounds leave the basis at the bound
 * that they break, and artificial arcs make up for them.
 *
 * This is the accuracy check of a long run and the repair of a basis from before an edit alike.
 */
function settle(run: Run): void {
  const { network, state } = run;
  run.sinceRefresh = 0;
  const known = run.forest as Forest | undefined;
  let isSame = known !== undefined && refreshForest(network, known);
  for (let pass = 0; pass <= network.nodeCount; pass++) {
    if (!isSame) run.forest = buildForest(network, state, (run.forest as Forest | undefined)?.arc);
    computeFlows(network, run.forest, state);
    if (run.phase === "dual" || !expelViolations(run)) break;
    isSame = false;
  }
  if (!isSame) refreshActive(network, run.pricing.active, state);
  if (run.phase === "final" && largestArtificialFlow(run) > 1000 * FLOW_TOLERANCE) enterPhase(run, "penalty");
}

/** Takes arcs outside their bounds out of the basis and turns artificial arcs the way that they are needed. */
function expelViolations({ network, forest, state, phase }: Run): boolean {
  const { capacity, realArcCount, nodeCount, tailCoefficient } = network;
  let expelled = false;
  for (let n = 0; n < nodeCount; n++) {
    const arc = forest.arc[n]!;
    const flow = forest.flow[n]!;
    if (arc >= realArcCount) {
      if (flow >= 0 || phase === "final") continue;
      tailCoefficient[arc] = -tailCoefficient[arc]!;
      forest.flow[n] = -flow;
      setRoot(network, forest, n, arc);
      updatePotentials(forest, n);
    } else if (flow < -FLOW_TOLERANCE) {
      state[arc] = capacity[arc] === 0 ? FIXED : AT_LOWER;
      expelled = true;
    } else if (flow > capacity[arc]! + FLOW_TOLERANCE) {
      state[arc] = capacity[arc] === 0 ? FIXED : AT_UPPER;
      expelled = true;
    } else {
      forest.flow[n] = Math.min(Math.max(flow, 0), capacity[arc]!);
    }
  }
  return expelled;
}

function largestArtificialFlow({ network, forest }: Run): number {
  let largest = 0;
  for (let n = 0; n < network.nodeCount; n++) {
    if (forest.arc[n]! >= network.realArcCount) largest = Math.max(largest, Math.abs(forest.flow[n]!));
  }
  return largest;
}
