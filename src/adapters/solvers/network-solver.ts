import { provesInfeasibility } from "../../core/lp/check-infeasibility";
import { assembleModel, type LinearModel } from "../../core/lp/linear-model";
import { buildNetworkInSteps, type NetworkForm, type NetworkIndex } from "../../core/lp/network/build-network";
import { createCrashBasisInSteps } from "../../core/lp/network/crash-basis";
import type { Network } from "../../core/lp/network/network";
import { createNetworkSimplex, type NetworkSimplex, type NetworkStatus } from "../../core/lp/network/network-simplex";
import type { Pricing } from "../../core/lp/network/price-arcs";
import {
  createFinish,
  moveToBasis,
  readColumns,
  readPrices,
  readReducedCosts,
  readRowBasis,
  startFromBasis,
  type PricedFinish,
} from "../../core/lp/network/read-network";
import { assemblePrepared, updateNetwork, type PreparedNetwork } from "../../core/lp/network/update-network";
import { resultWithInfeasibilityProof, resultWithoutPoint, type SolveRecord } from "../../core/lp/solve-result";
import type { Basis, SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { answerAtOnce, beginRun, type EngineRun } from "./engine-run";
import type { EarlyEnd, Pace } from "./pace";

const NAME = "network simplex 1.0";
/** Pivots between two looks at the clock. */
const PIVOTS_PER_LOOK = 200;
const PHASE = "network simplex";

/**
 * Creates our own engine for models whose matrix is a generalized network; it refuses all others.
 *
 * It keeps the network of the last solve, so that a solve after an edit changes a few arcs of it, and where everything
 * was in its answer, for when that answer's basis is the start. Models must not be changed in place between two solves.
 */
export function createNetworkSolver(): Solver {
  const memory: Memory = { prepared: undefined, basis: undefined, pricing: undefined };
  return {
    name: NAME,
    capabilities: {
      duals: true,
      integers: false,
      needsWebAssembly: false,
      interruptible: true,
      basis: true,
      maxColumns: Infinity,
      precision: 1e-9,
    },
    solve: (model, options = {}) => solve(model, options, memory),
  };
}

/** What one solve leaves for the next; nothing of it belongs to a result, whose vectors may be handed over. */
interface Memory {
  prepared: PreparedNetwork | undefined;
  /** The basis that was given out with the prepared network's state. */
  basis: Basis | undefined;
  /** Lists of a run that is over. */
  pricing: Pricing | undefined;
}

async function solve(task: LinearModel, options: SolveOptions, memory: Memory): Promise<SolveResult> {
  const run = beginRun(NAME, options);
  const atOnce = answerAtOnce(task, run);
  if (atOnce) return atOnce;
  const { pace } = run;
  const model = assembleModel(task);
  const basis = fittingBasis(model, options);
  const lastBasis = memory.basis;
  const form = await prepare(model, memory, pace);
  if (typeof form === "string") return run.endEarly(form);
  if (form.kind === "other") return run.refuse(`not a network: ${form.reason}`);
  const { network, index, layout } = form.prepared;
  await pause(pace);
  const state = basis ? startState(form.prepared, basis, lastBasis) : await pace.follow(createCrashBasisInSteps(network), PHASE);
  if (typeof state === "string") return run.endEarly(state);
  await pause(pace);
  const spare = memory.pricing?.active.placeOf.length === network.realArcCount ? memory.pricing : undefined;
  memory.pricing = undefined;
  const finish = createFinish(model, network, index);
  const simplex = createNetworkSimplex(network, state, basis !== undefined, spare, finish);
  await pause(pace);
  const ended = await pace.follow(pivot(simplex), PHASE);
  await pause(pace);
  const result = readResult(model, network, index, simplex, finish, ended, run);
  memory.prepared = assemblePrepared({ model, network, index, layout, state: result.basis ? state : undefined });
  memory.basis = result.basis;
  memory.pricing = simplex.pricing;
  return result;
}

/** Takes pivots until the simplex is done; yields their number. */
function* pivot(simplex: NetworkSimplex): Generator<number, Exclude<NetworkStatus, "running">> {
  for (;;) {
    const status = simplex.step(PIVOTS_PER_LOOK);
    if (status !== "running") return status;
    yield simplex.pivots;
  }
}

/** Lets messages in while the network is built; whether to go on is asked before the first pivot. */
const pause = (pace: Pace): Promise<unknown> => pace.pause(PHASE);

type Preparation = { readonly kind: "network"; readonly prepared: PreparedNetwork } | Extract<NetworkForm, { kind: "other" }>;

/** Changes the network of the last solve to that of this model, or builds it anew. */
async function prepare(model: LinearModel, memory: Memory, pace: Pace): Promise<Preparation | EarlyEnd> {
  const last = memory.prepared;
  // Taken while in use: another solve may begin between two slices of this one.
  memory.prepared = undefined;
  memory.basis = undefined;
  if (last) {
    const updated = updateNetwork(last, model);
    if (updated) return { kind: "network", prepared: updated };
    await pause(pace);
  }
  const form = await pace.follow(buildNetworkInSteps(model, last?.layout, last?.network), PHASE);
  if (typeof form === "string") return form;
  if (form.kind === "other") return form;
  const { network, index } = form;
  return { kind: "network", prepared: assemblePrepared({ model, network, index, layout: form.layout, state: undefined }) };
}

/** Begins at a basis; most of it is where the last solve has ended. */
function startState({ model, network, index, state }: PreparedNetwork, basis: Basis, last: Basis | undefined): Uint8Array {
  if (!state || !last || last.columns.length !== basis.columns.length) return startFromBasis(model, network, index, basis);
  moveToBasis(model, network, index, state, last, basis);
  return state;
}

function readResult(
  model: LinearModel,
  network: Network,
  index: NetworkIndex,
  simplex: NetworkSimplex,
  finish: PricedFinish,
  ended: Ending,
  { record, endEarly }: EngineRun,
): SolveResult {
  const { pivots } = simplex;
  if (ended === "infeasible") return readInfeasible(model, network, index, simplex, record("infeasible", pivots));
  if (ended === "unbounded") return resultWithoutPoint("unbounded", record("unbounded", pivots));
  if (ended === "stalled") return resultWithoutPoint("numericalError", record(ended, pivots));
  if (ended !== "optimal") return endEarly(ended, pivots);
  return readOptimal(model, network, index, simplex, finish, () => record("optimal", pivots));
}

function fittingBasis(model: LinearModel, { start }: SolveOptions) {
  const basis = start?.basis;
  return basis && basis.columns.length === model.columnCount && basis.rows.length === model.rowCount ? basis : undefined;
}

type Ending = Exclude<NetworkStatus, "running"> | EarlyEnd;

function readOptimal(
  model: LinearModel,
  network: Network,
  index: NetworkIndex,
  { forest, state }: NetworkSimplex,
  finish: PricedFinish,
  record: () => SolveRecord,
): SolveResult {
  const { primal, basis, cost } = readColumns(model, index, forest, state);
  const objective = model.objectiveOffset + cost;
  return {
    terminationStatus: "optimal",
    primalStatus: "feasiblePoint",
    dualStatus: "feasiblePoint",
    objective,
    bound: objective,
    primal,
    dual: finish.dual,
    reducedCosts: readReducedCosts(index, finish),
    basis: { columns: basis, rows: readRowBasis(model, network, index, state) },
    ...record(),
  };
}

/** An infeasible answer is given only with row multipliers that prove it on the raw model. */
function readInfeasible(
  model: LinearModel,
  network: Network,
  index: NetworkIndex,
  { forest, state }: NetworkSimplex,
  record: SolveRecord,
): SolveResult {
  const ray = readPrices(model, index, forest.potential, state, network).dual;
  if (!provesInfeasibility(model, ray)) {
    return resultWithoutPoint("numericalError", { ...record, rawStatus: "infeasible within rounding; not proven" });
  }
  return resultWithInfeasibilityProof(ray, { ...record, rawStatus: "infeasible; proven by row multipliers" });
}
