import type { Highs } from "highs";
import { scaleModelInSteps } from "../../core/lp/scale-model";
import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint, solveTrivialModel } from "../../core/lp/solve-result";
import type { SolveOptions, SolveResult, Solver } from "../../core/lp/solver";
import { passScaledModel, setRunOptions, setStart } from "./highs-model";
import { readHighsResult } from "./highs-result";
import { runHighs, type HighsContext, type HighsRun } from "./highs-run";
import type { HighsLoader } from "./load-highs";
import { createPace } from "./pace";

/** npm version that package.json pins; HiGHS itself reports its own, which may differ in the last place. */
const NAME = "highs 1.15.3";
/** Reported while HiGHS has not begun: it is silent in its own presolve. */
const PREPARE = "presolve";

/** How linear solves are cut into slices; whole numbers never are. */
export interface Slices {
  /** Pivots before messages are let in for the first time; each slice is twice as long as the one before. */
  readonly firstPivots: number;
  /** Entries below which a model is solved in one go, as in a worker: to the same last bit. */
  readonly smallestModel: number;
}

/**
 * Creates the HiGHS engine: simplex for linear and branch-and-cut for mixed-integer models, in WebAssembly.
 *
 * Models go in as arrays, never as LP text, in which an asset called `1INCH` or `inf` is silently misread.
 * Everything is scaled first and an "infeasible" is believed only after a second run without presolve.
 *
 * A solve holds up its thread until it is done, except that the clock and a `stop` that is set in `onProgress` are heard; so it belongs into a
 * worker that can be ended.
 *
 * @param loader where the WebAssembly comes from
 * @param slices for a page that has no worker: how large linear solves are cut so that it stays alive; they then take up to twice as long
 */
export function createHighsSolver(loader: HighsLoader, slices?: Slices): Solver {
  return {
    name: NAME,
    capabilities: {
      duals: true,
      integers: true,
      needsWebAssembly: true,
      interruptible: true,
      basis: true,
      maxColumns: Infinity,
      precision: 1e-9,
    },
    solve: async (model, options = {}) => {
      const trivial = solveTrivialModel(model, NAME);
      if (trivial) return trivial;
      const startedAt = performance.now();
      const failed = (error: unknown): SolveResult =>
        resultWithoutPoint("otherError", {
          solver: NAME,
          seconds: (performance.now() - startedAt) / 1000,
          iterations: 0,
          rawStatus: error instanceof Error ? error.message : String(error),
        });
      let highs: Highs;
      try {
        highs = await loader.load();
      } catch (error) {
        return failed(error);
      }
      try {
        return await solveWith(highs, model, options, slices);
      } catch (error) {
        // An abort inside WebAssembly (out of memory) leaves an instance that must not be used again.
        loader.forget();
        return failed(error);
      }
    },
  };
}

async function solveWith(highs: Highs, model: LinearModel, options: SolveOptions, slices: Slices | undefined): Promise<SolveResult> {
  const pace = createPace(options);
  const scaled = await pace.follow(scaleModelInSteps(model), PREPARE);
  if (typeof scaled === "string") return resultWithoutPoint(scaled, { solver: NAME, seconds: pace.seconds(), iterations: 0, rawStatus: scaled });
  const native = highs.createModel();
  try {
    passScaledModel(native, scaled, highs.constants.objectiveSense.minimize);
    const isSliced = slices !== undefined && !model.integer && model.values.length >= slices.smallestModel;
    const isPresolved = setRunOptions(native, model, options, isSliced);
    setStart(native, scaled, options);
    await pace.pause(PREPARE);
    const context: HighsContext = { native, model, scaled, options, firstSlice: isSliced ? slices.firstPivots : Infinity, pace };
    const notes: string[] = [];
    let run = await runHighs(context);
    // HiGHS's presolve has open reports of false "infeasible" (#3296, #2511), so that is believed only without it.
    if (isPresolved && isDoubtful(run)) run = await runAgain(context, run, { presolve: "off" }, notes);
    if (run.status === "numericalError") run = await runAgain(context, run, HIGHS_TOLERANCES, notes);
    await pace.pause("simplex", run.iterations);
    const result = readHighsResult(native, model, scaled, run, { solver: NAME, seconds: 0, iterations: run.iterations }, notes, pace.left());
    // Reading the answer is part of the solve: whole numbers are settled with one more run.
    return { ...result, seconds: pace.seconds() };
  } finally {
    native.dispose();
  }
}

/** HiGHS's own tolerances, for models on which ours leave it without an answer. */
const HIGHS_TOLERANCES = { primal_feasibility_tolerance: 1e-7, dual_feasibility_tolerance: 1e-7 };

function isDoubtful({ status }: HighsRun): boolean {
  return status === "infeasible" || status === "infeasibleOrUnbounded" || status === "numericalError";
}

/** Solves from nothing with other settings, and notes what the run before had said. */
async function runAgain(
  context: HighsContext,
  before: HighsRun,
  settings: Readonly<Record<string, string | number>>,
  notes: string[],
): Promise<HighsRun> {
  context.native.clearSolver();
  context.native.options.set(settings);
  const run = await runHighs(context);
  notes.push(`run again with ${Object.keys(settings).join(", ")} changed, after ${before.status}`);
  return { ...run, iterations: before.iterations + run.iterations };
}
