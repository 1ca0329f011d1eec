import { checkDual, isDualCertificate } from "../../core/lp/check-dual";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import { cleanRay, findProof } from "../../core/lp/check-infeasibility";
import { assembleModel, type LinearModel } from "../../core/lp/linear-model";
import { buildNetworkInSteps, type NetworkIndex } from "../../core/lp/network/build-network";
import type { Network } from "../../core/lp/network/network";
import { readColumns, readPrices, readRowBasis, startFromBasis } from "../../core/lp/network/read-network";
import { addSideRows, type SideNetwork } from "../../core/lp/side-network/side-network";
import { solveSideNetwork, type SideAnswer } from "../../core/lp/side-network/solve-side-network";
import { splitSideRowsInSteps, type SideRowSplit } from "../../core/lp/side-rows";
import { computeReducedCosts, resultWithInfeasibilityProof, resultWithoutPoint } from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { answerAtOnce, beginRun, type EngineRun } from "./engine-run";
import type { Pace } from "./pace";

const NAME = "network simplex with side rows 1.0";
/** How many side rows it takes on. */
export interface SideRowLimits {
  readonly rows: number;
  /** As a share of all rows. */
  readonly share: number;
}

/** More side rows than these make the dense part of the basis dearer than what it saves, and the network a poor guide. */
const QUICK: SideRowLimits = { rows: 60, share: 0.1 };
/** Largest relative violation and gap of an answer that is handed on. */
const CERTAIN = 1e-9;
/** From a basis before an edit: a gap up to this share of the objective, or of the terms that it is summed from, is rounding. */
const SURE = { ofObjective: 1e-10, ofTerms: 1e-13 };
const PHASE = "network simplex with side rows";

/**
 * Creates our own engine for networks with a few side rows: issuer caps across agreements, limits on a share of the
 * total posted, budgets. It refuses all other models. The answer is exact, with duals for all rows.
 *
 * @param most side rows up to which it is quick; more where nobody waits for the answer
 */
export function createSideNetworkSolver(most = QUICK): Solver {
  const memory: Memory = { split: undefined };
  return {
    name: NAME,
    capabilities: { duals: true, integers: false, needsWebAssembly: false, interruptible: true, basis: true, maxColumns: Infinity, precision: 1e-9 },
    solve: (model, options) => solve(model, options, most, memory),
  };
}

/** How the last model was taken apart, which serves for the next one of its pattern. Models must not be changed in place between two solves. */
interface Memory {
  split: SideRowSplit | undefined;
}

/** A basis from before an edit can be so bad a start that nothing can be vouched for: then it is solved from nothing. */
async function solve(task: LinearModel, options: SolveOptions = {}, most: SideRowLimits, memory: Memory): Promise<SolveResult> {
  const startedAt = performance.now();
  const model = assembleModel(task);
  const first = await solveOnce(model, options, startedAt, most, memory);
  if (first.terminationStatus !== "numericalError" || !options.start?.basis || options.stop?.requested) return first;
  const { start: _, ...fresh } = options;
  const second = await solveOnce(model, fresh, startedAt, most, memory);
  return { ...second, iterations: first.iterations + second.iterations };
}

async function solveOnce(model: LinearModel, options: SolveOptions, startedAt: number, most: SideRowLimits, memory: Memory): Promise<SolveResult> {
  const run = beginRun(NAME, options, startedAt);
  const { pace, refuse, endEarly } = run;
  const atOnce = answerAtOnce(model, run);
  if (atOnce) return atOnce;
  const split = await pace.follow(splitSideRowsInSteps(model, most.share, memory.split), PHASE);
  if (typeof split === "string") return endEarly(split);
  if (!split) return refuse("not a network with a few side rows");
  memory.split = split;
  if (split.sideRows.length > most.rows) return refuse(`${split.sideRows.length} side rows are too many`);
  await pace.pause(PHASE);
  const form = await pace.follow(buildNetworkInSteps(split.network, split.layout), PHASE);
  if (typeof form === "string") return endEarly(form);
  if (form.kind === "other") return refuse(`not a network with a few side rows: ${form.reason}`);
  const late = await pace.pause(PHASE);
  if (late) return endEarly(late);
  const parts: Parts = { model, split, network: form.network, index: form.index, side: addSideRows(model, split.sideRows, form.network, form.index) };
  await pace.pause(PHASE);
  const answer = await pace.follow(solveSideNetwork(parts.side, startFrom(parts, options)), PHASE);
  if (typeof answer === "string") return endEarly(answer);
  await pace.pause(PHASE);
  return readAnswer(parts, answer, run);
}

interface Parts {
  readonly model: LinearModel;
  readonly split: SideRowSplit;
  readonly network: Network;
  readonly index: NetworkIndex;
  readonly side: SideNetwork;
}

/** Takes the basis of an earlier answer where its prices are given with it. */
function startFrom({ model, split, network, index, side }: Parts, { start }: SolveOptions) {
  const basis = start?.basis;
  if (!basis || basis.columns.length !== model.columnCount || basis.rows.length !== model.rowCount) return undefined;
  const { prices } = basis;
  if (prices?.length !== model.rowCount) return undefined;
  const rows = Int32Array.from(split.networkRows, (row) => basis.rows[row]!);
  return {
    state: startFromBasis(split.network, network, index, { columns: basis.columns, rows }),
    w: Float64Array.from(split.sideRows, (row, k) => (prices[row]! * index.scale.objective) / side.rowFactor[k]!),
  };
}

async function readAnswer(parts: Parts, answer: SideAnswer, { record, pace, options }: EngineRun): Promise<SolveResult> {
  const { model, split, network, index } = parts;
  const { status, pivots } = answer;
  if (status === "stalled") return resultWithoutPoint("numericalError", record("stalled", pivots));
  // Without the side rows: a general engine has to say what they change.
  if (status === "networkUnbounded") return resultWithoutPoint("notSupported", record("the network alone is unbounded", pivots));
  if (status === "unbounded") return resultWithoutPoint("numericalError", record("unbounded in the side rows' phase; not proven", pivots));
  // Noise that leans on a bound which does not exist would spoil the proof; whatever is no noise shows in the check of the rest.
  const dual = cleanRay(model, readAllDuals(parts, answer));
  if (status !== "optimal") {
    const proof = findProof(model, dual);
    return proof
      ? resultWithInfeasibilityProof(proof, record("infeasible; proven by row multipliers", pivots))
      : resultWithoutPoint("numericalError", record("infeasible within rounding; not proven", pivots));
  }
  await pace.pause(PHASE);
  const { primal, basis, cost } = readColumns(model, index, answer.forest, answer.state);
  await pace.pause(PHASE);
  if (!(await isCertain(model, primal, dual, pace, options.start?.basis !== undefined)))
    return resultWithoutPoint("numericalError", record("its answer does not pass its own check", pivots));
  const rows = new Int32Array(model.rowCount).fill(1);
  readRowBasis(split.network, network, index, answer.state).forEach((status, k) => (rows[split.networkRows[k]!] = status));
  split.sideRows.forEach((row, k) => (rows[row] = answer.rowStatus[k]!));
  return {
    terminationStatus: "optimal",
    primalStatus: "feasiblePoint",
    dualStatus: "feasiblePoint",
    objective: cost + model.objectiveOffset,
    bound: cost + model.objectiveOffset,
    primal,
    dual,
    reducedCosts: computeReducedCosts(model, dual),
    basis: { columns: basis, rows, prices: dual },
    ...record(`optimal; ${split.sideRows.length} side rows`, pivots),
  };
}

/**
 * Rows in units that have nothing to do with each other are beyond this engine; it must not hand such an answer on.
 *
 * @param isWarm where a worse gap than rounding explains may be the basis's fault: from nothing it may be better
 */
async function isCertain(model: LinearModel, primal: Float64Array, dual: Float64Array, pace: Pace, isWarm: boolean): Promise<boolean> {
  const point = checkPrimal(model, primal);
  if (!isPrimalFeasible(point, CERTAIN)) return false;
  await pace.pause(PHASE);
  const proof = checkDual(model, { primal, dual });
  if (isWarm && Math.abs(proof.gap) > SURE.ofObjective * Math.abs(point.objective) && proof.relativeGap > SURE.ofTerms) return false;
  return isDualCertificate(proof, CERTAIN);
}

function readAllDuals({ model, split, network, index, side }: Parts, { forest, state, w }: SideAnswer): Float64Array {
  const dual = new Float64Array(model.rowCount);
  readPrices(split.network, index, forest.potential, state, network).dual.forEach((price, k) => (dual[split.networkRows[k]!] = price));
  split.sideRows.forEach((row, k) => (dual[row] = (w[k]! * side.rowFactor[k]!) / index.scale.objective));
  return dual;
}
