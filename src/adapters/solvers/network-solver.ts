import { provesInfeasibility } from "../../core/lp/check-infeasibility";
import type { LinearModel } from "../../core/lp/linear-model";
import { buildNetwork, type NetworkIndex } from "../../core/lp/network/build-network";
import { createCrashBasis } from "../../core/lp/network/crash-basis";
import type { NetworkLayout } from "../../core/lp/network/network-layout";
import type { Network } from "../../core/lp/network/network";
import { createNetworkSimplex, type NetworkSimplex, type NetworkStatus } from "../../core/lp/network/network-simplex";
import { readBasis, readDual, readPrimal, startFromBasis } from "../../core/lp/network/read-network";
import {
  computeReducedCosts,
  resultWithInfeasibilityProof,
  resultWithoutPoint,
  solveTrivialModel,
  type SolveRecord,
} from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";

const NAME = "network simplex 1.0";
/** Pivots between two looks at the clock. */
const PIVOTS_PER_LOOK = 200;
/** How long the engine computes before waiting messages are seen, milliseconds. */
const SLICE = 50;

/**
 * Creates our own engine for models whose matrix is a generalized network; it refuses all others.
 *
 * It remembers how the last matrix was laid out, so that a solve after an edit of calls, prices or costs need not
 * work that out again. Models must not be changed in place between two solves.
 */
export function createNetworkSolver(): Solver {
  const memory: Memory = { layout: undefined, spare: undefined };
  return {
    name: NAME,
    capabilities: {
      duals: true,
      integers: false,
      needsWebAssembly: false,
      basis: true,
      maxColumns: Infinity,
      precision: 1e-9,
    },
    solve: (model, options = {}) => solve(model, options, memory),
  };
}

interface Memory {
  layout: NetworkLayout | undefined;
  /** Network of a solve that is over: a new one of that size costs more time and memory than clearing this one. */
  spare: Network | undefined;
}

async function solve(model: LinearModel, options: SolveOptions, memory: Memory): Promise<SolveResult> {
  const startedAt = performance.now();
  const record = (rawStatus: string, iterations = 0): SolveRecord => ({
    solver: NAME,
    seconds: (performance.now() - startedAt) / 1000,
    iterations,
    rawStatus,
  });
  if (model.integer) return resultWithoutPoint("notSupported", record("it has whole numbers"));
  const trivial = solveTrivialModel(model, NAME);
  if (trivial) return trivial;
  const form = buildNetwork(model, memory.layout, memory.spare);
  // Taken while in use: another solve may begin between two slices of this one.
  memory.spare = undefined;
  if (form.kind === "other") return resultWithoutPoint("notSupported", record(`not a network: ${form.reason}`));
  const { network, index } = form;
  memory.layout = form.layout;
  const basis = fittingBasis(model, options);
  const start = basis ? startFromBasis(model, network, index, basis) : createCrashBasis(network);
  const simplex = createNetworkSimplex(network, start, basis !== undefined);
  const ended = await runSlices(simplex, options, startedAt);
  const result = readResult(model, network, index, simplex, ended, record);
  memory.spare = network;
  return result;
}

function readResult(
  model: LinearModel,
  network: Network,
  index: NetworkIndex,
  simplex: NetworkSimplex,
  ended: Ending,
  record: (rawStatus: string, iterations: number) => SolveRecord,
): SolveResult {
  const { pivots } = simplex;
  if (ended === "infeasible") return readInfeasible(model, network, index, simplex, record("infeasible", pivots));
  if (ended === "unbounded") return resultWithoutPoint("unbounded", record("unbounded", pivots));
  if (ended !== "optimal") {
    return resultWithoutPoint(ended === "stalled" ? "numericalError" : ended, record(ended, pivots));
  }
  return readOptimal(model, network, index, simplex, record("optimal", pivots));
}

function fittingBasis(model: LinearModel, { start }: SolveOptions) {
  const basis = start?.basis;
  return basis && basis.columns.length === model.columnCount && basis.rows.length === model.rowCount ? basis : undefined;
}

type Ending = Exclude<NetworkStatus, "running"> | "interrupted" | "timeLimit";

async function runSlices(simplex: NetworkSimplex, options: SolveOptions, startedAt: number): Promise<Ending> {
  const deadline = startedAt + (options.limits?.timeSeconds ?? Infinity) * 1000;
  let sliceEnd = startedAt + SLICE;
  for (;;) {
    const status = simplex.step(PIVOTS_PER_LOOK);
    if (status !== "running") return status;
    const now = performance.now();
    if (now >= deadline) return "timeLimit";
    if (now >= sliceEnd) {
      options.onProgress?.({ phase: "network simplex", seconds: (now - startedAt) / 1000, iterations: simplex.pivots });
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (options.stop?.requested) return "interrupted";
      sliceEnd = performance.now() + SLICE;
    }
  }
}

function readOptimal(model: LinearModel, network: Network, index: NetworkIndex, { forest, state }: NetworkSimplex, record: SolveRecord): SolveResult {
  const primal = readPrimal(model, network, index, forest, state);
  const dual = readDual(model, index, forest.potential, state, network);
  let objective = model.objectiveOffset;
  for (let c = 0; c < primal.length; c++) objective += model.objective[c]! * primal[c]!;
  return {
    terminationStatus: "optimal",
    primalStatus: "feasiblePoint",
    dualStatus: "feasiblePoint",
    objective,
    bound: objective,
    primal,
    dual,
    reducedCosts: computeReducedCosts(model, dual),
    basis: readBasis(model, network, index, state),
    ...record,
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
  const ray = readDual(model, index, forest.potential, state, network);
  if (!provesInfeasibility(model, ray)) {
    return resultWithoutPoint("numericalError", { ...record, rawStatus: "infeasible within rounding; not proven" });
  }
  return resultWithInfeasibilityProof(ray, { ...record, rawStatus: "infeasible; proven by row multipliers" });
}
