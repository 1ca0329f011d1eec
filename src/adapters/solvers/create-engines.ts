import type { Solver } from "../../core/lp/solver";
import { createColumnGenerationSolver } from "./column-generation-solver";
import { createHighsSolver } from "./highs-solver";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import type { HighsLoader } from "./load-highs";
import { createNetworkSolver } from "./network-solver";
import { createPresolvedSolver } from "./presolved-solver";
import { createRestrictedMipSolver } from "./restricted-mip-solver";
import { createSideNetworkSolver } from "./side-network-solver";

/** Side rows that our extension of the network engine takes on when no other engine can: it is then slow. */
const PATIENT = { rows: 400, share: 0.6 };

/**
 * Creates our engines for many more rules across agreements than they are quick with, with what is settled taken out first: where no
 * WebAssembly may run, and to check HiGHS where a book is too large for javascript-lp-solver.
 */
export function createPatientEngines(): readonly Solver[] {
  const engines = [createNetworkSolver(), createSideNetworkSolver(PATIENT)];
  return [createPresolvedSolver(engines, 0, 0), ...engines];
}

/**
 * Creates all engines in the order in which they are asked: a presolve where it takes much away, the network simplex for
 * every network, its extension for networks with a few side rows, column generation where there are too many of them
 * for that, a restricted start for large models with whole numbers, HiGHS for everything else, and
 * javascript-lp-solver as a second opinion and where no WebAssembly may run; at last ours again, with more patience.
 */
export function createEngines(loader: HighsLoader): readonly Solver[] {
  const network = createNetworkSolver();
  const highs = createHighsSolver(loader);
  const sideNetwork = createSideNetworkSolver();
  const columnGeneration = createColumnGenerationSolver(network, highs);
  const linear = [network, sideNetwork, columnGeneration, highs];
  const presolved = createPresolvedSolver(linear);
  return [
    presolved,
    network,
    sideNetwork,
    columnGeneration,
    createRestrictedMipSolver([presolved, ...linear], highs),
    highs,
    createJavascriptLpSolver(),
    ...createPatientEngines(),
  ];
}
