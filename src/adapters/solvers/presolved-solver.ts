import { estimateSavings, presolveInSteps } from "../../core/lp/presolve/presolve";
import { checkDual, isDualCertificate } from "../../core/lp/check-dual";
import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";
import { createPace } from "./pace";

const NAME = "presolve";
const NO_WORDS = "";
/** Below this many columns any engine is done before it would pay. */
const SMALLEST_MODEL = 4000;
/** Least share of the columns that must go: with less, the network engine is done as soon without. */
const LEAST_SAVED = 0.6;
/** Largest relative violation and gap of an answer that is handed on. */
const CERTAIN = 1e-9;

/**
 * Creates the engine that makes a large linear model smaller first (identical assets, dominated and empty pairs), has the
 * smaller one solved and undoes every step. The answer is certified on the original model; where that fails, or the
 * smaller model has no optimum, it refuses, so that the original is solved as it is.
 *
 * @param engines in the order of preference
 * @param leastSaved share of the columns that must seem to go; 0 to see what does
 */
export function createPresolvedSolver(engines: readonly Solver[], smallestModel = SMALLEST_MODEL, leastSaved = LEAST_SAVED): Solver {
  const inner = createSolver(engines);
  const refuse = (rawStatus: string): SolveResult => resultWithoutPoint("notSupported", { solver: NAME, seconds: 0, iterations: 0, rawStatus });
  return {
    name: NAME,
    // It takes whole numbers only to refuse them without a word.
    capabilities: { ...inner.capabilities, integers: true, duals: true, basis: false, needsWebAssembly: false },
    solve: async (model, options = {}) => {
      if (model.integer) return refuse(NO_WORDS);
      // Nothing worth a word in the run log: from a basis and on small models other engines are done before it would pay.
      if (options.start?.basis || model.columnCount < smallestModel) return refuse(NO_WORDS);
      const startedAt = performance.now();
      if (leastSaved > 0 && estimateSavings(model) < leastSaved) return refuse(NO_WORDS);
      return (await solveSmaller(model, options, inner, startedAt)) ?? refuse("the smaller model has no certain optimum");
    },
  };
}

async function solveSmaller(model: LinearModel, options: SolveOptions, inner: Solver, startedAt: number): Promise<SolveResult | undefined> {
  const pace = createPace(options, startedAt);
  const { seconds } = pace;
  const reduction = await pace.follow(presolveInSteps(model), NAME);
  if (typeof reduction === "string") return resultWithoutPoint(reduction, { solver: NAME, seconds: seconds(), iterations: 0, rawStatus: reduction });
  if (!reduction) return undefined;
  const smaller = reduction.model;
  const answer = await inner.solve(smaller, pace.leave(options));
  const rawStatus = `${model.columnCount} columns and ${model.rowCount} rows became ${smaller.columnCount} and ${smaller.rowCount}: ${reduction.what}`;
  if (answer.terminationStatus === "interrupted" || answer.terminationStatus === "timeLimit") {
    return resultWithoutPoint(answer.terminationStatus, { solver: answer.solver, seconds: seconds(), iterations: answer.iterations, rawStatus });
  }
  if (answer.terminationStatus !== "optimal" || answer.dualStatus !== "feasiblePoint") return undefined;
  await pace.pause(NAME);
  const pair = reduction.undo(answer);
  await pace.pause(NAME);
  const primal = checkPrimal(model, pair.primal);
  await pace.pause(NAME);
  const dual = checkDual(model, pair);
  if (!isPrimalFeasible(primal, CERTAIN) || !isDualCertificate(dual, CERTAIN)) return undefined;
  return {
    terminationStatus: "optimal",
    primalStatus: "feasiblePoint",
    dualStatus: "feasiblePoint",
    objective: primal.objective,
    bound: primal.objective,
    primal: pair.primal,
    dual: pair.dual,
    reducedCosts: dual.reducedCosts,
    solver: `${NAME} + ${answer.solver}`,
    seconds: seconds(),
    iterations: answer.iterations,
    rawStatus,
    reason: `${NAME}: ${rawStatus}; ${answer.reason ?? answer.rawStatus}`,
  };
}
