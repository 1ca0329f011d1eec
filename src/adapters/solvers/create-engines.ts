import type { Solver } from "../../core/lp/solver";
import { createColumnGenerationSolver } from "./column-generation-solver";
import { createHighsSolver } from "./highs-solver";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import type { HighsLoader } from "./load-highs";
import { createNetworkSolver } from "./network-solver";
import { createRestrictedMipSolver } from "./restricted-mip-solver";

/**
 * Creates all engines in the order in which they are asked: the network simplex for every network, column generation
 * for networks with a few side rows, a restricted start for large models with whole numbers, HiGHS for everything else,
 * and javascript-lp-solver as a second opinion and where no WebAssembly may run.
 */
export function createEngines(loader: HighsLoader): readonly Solver[] {
  const network = createNetworkSolver();
  const highs = createHighsSolver(loader);
  const columnGeneration = createColumnGenerationSolver(network, highs);
  return [network, columnGeneration, createRestrictedMipSolver([network, columnGeneration, highs], highs), highs, createJavascriptLpSolver()];
}
