import { createSolver } from "../adapters/solvers/choose-solver";
import { createJavascriptLpSolver } from "../adapters/solvers/javascript-lp-solver";
import { createNetworkSolver } from "../adapters/solvers/network-solver";
import type { Solver } from "../core/lp/solver";

let solver: Solver | undefined;

/** The engines for functions in cells: plain JavaScript, no worker and no WebAssembly, for books that solve at once. */
export const getCellSolver = (): Solver => {
  solver ??= createSolver([createNetworkSolver(), createJavascriptLpSolver()]);
  return solver;
};
