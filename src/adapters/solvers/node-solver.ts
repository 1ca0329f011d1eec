import type { Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";
import { createHighsSolver } from "./highs-solver";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import { createHighsLoader } from "./load-highs";
import { createNetworkSolver } from "./network-solver";

/** Creates the solver for Node: every engine in this thread, no worker. Used by tests and benchmarks. */
export function createNodeSolver(): Solver {
  return createSolver([createNetworkSolver(), createHighsSolver(createHighsLoader()), createJavascriptLpSolver()]);
}
