import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";
import { createPatientEngines } from "./create-engines";
import { createHighsSolver } from "./highs-solver";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import type { HighsLoader } from "./load-highs";
import { createNetworkSolver } from "./network-solver";
import { createSideNetworkSolver } from "./side-network-solver";
import type { WorkerSolver } from "./worker-solver";

/** Longest search with whole numbers in the page itself, seconds: it cannot be interrupted, and Excel ends an add-in that hangs for 5. */
const LONGEST_SEARCH = 2;

/** Linear solves in the page itself: what takes longer than some hundredths of a second is cut. */
const SLICES = { firstPivots: 250, smallestModel: 10_000 };

/** Columns up to which an engine that cannot be interrupted may give a second opinion in the page, which nobody has asked for. */
const LARGEST_OPINION = 200;

/**
 * Creates the solver of a page: workers first, and where none may start the engines in the page itself, slower but all of them.
 *
 * While workers may start, only the plain JavaScript engines stand behind them: a model that broke down WebAssembly in a worker must not
 * do that to the page.
 */
export function createPageSolver(worker: WorkerSolver, loader: HighsLoader): Solver {
  const highs = createHighsSolver(loader, SLICES);
  const highsInPage: Solver = {
    ...highs,
    solve: (model, options = {}) => {
      if (worker.barred === undefined) return Promise.resolve(resultWithoutPoint("notSupported", IN_WORKERS));
      const timeSeconds = Math.min(options.limits?.timeSeconds ?? Infinity, model.integer ? LONGEST_SEARCH : Infinity);
      return highs.solve(model, { ...options, limits: { ...options.limits, timeSeconds } });
    },
  };
  const javascriptLpSolver = createJavascriptLpSolver();
  const javascriptLp: Solver = {
    ...javascriptLpSolver,
    solve: (model, options = {}) => {
      const isHeldUp = options.unlike !== undefined && model.columnCount > LARGEST_OPINION;
      return isHeldUp ? Promise.resolve(resultWithoutPoint("notSupported", NOT_FOR_OPINIONS)) : javascriptLpSolver.solve(model, options);
    },
  };
  return createSolver([worker, createNetworkSolver(), createSideNetworkSolver(), highsInPage, javascriptLp, ...createPatientEngines()]);
}

const NOT_FOR_OPINIONS = { solver: "javascript-lp-solver in the page", seconds: 0, iterations: 0, rawStatus: "it would hold up the page" };
const IN_WORKERS = { solver: "highs in the page", seconds: 0, iterations: 0, rawStatus: "it runs in workers here" };
