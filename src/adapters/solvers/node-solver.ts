import type { Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";
import { createEngines } from "./create-engines";
import { createHighsLoader } from "./load-highs";

/** Creates the solver for Node: every engine in this thread, no worker. Used by tests and benchmarks. */
export function createNodeSolver(): Solver {
  return createSolver(createEngines(createHighsLoader()));
}
