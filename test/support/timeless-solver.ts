import { createSolver } from "../../src/adapters/solvers/choose-solver";
import { createEngines } from "../../src/adapters/solvers/create-engines";
import { createJavascriptLpSolver } from "../../src/adapters/solvers/javascript-lp-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import type { SolveOptions, SolveResult, Solver } from "../../src/core/lp/solver";

/**
 * The add-in's engines in this thread, for which no time passes: no limit in seconds ends a solve, and none is counted. So an answer is the same
 * however fast or busy the machine is.
 *
 * @param nodesPerSecond branches that take the place of each second of a limit
 * @param secondsEach what every solve says that it took
 */
export function createTimelessSolver(nodesPerSecond = 1000, secondsEach = 0): Solver {
  return timeless(createSolver(createEngines(createHighsLoader())), nodesPerSecond, secondsEach);
}

/** The engines of functions in cells, for which no time passes either: a test file puts them in the place of runtime/cell-solver. */
export const getCellSolver = (): Solver => (cellSolver ??= timeless(createSolver([createNetworkSolver(), createJavascriptLpSolver()]), 1000, 0));
let cellSolver: Solver | undefined;

const timeless = (engines: Solver, nodesPerSecond: number, secondsEach: number): Solver => ({
  ...engines,
  solve: async (model, options = {}) => {
    const result = await engines.solve(model, { ...options, limits: countedLimits(options.limits, nodesPerSecond) });
    return { ...result, seconds: secondsEach, terminationStatus: statusOf(result, options.limits) };
  },
});

const countedLimits = (
  { timeSeconds, ...limits }: NonNullable<SolveOptions["limits"]> = {},
  nodesPerSecond: number,
): NonNullable<SolveOptions["limits"]> => {
  const nodes = Math.min(limits.nodes ?? Infinity, Math.ceil((timeSeconds ?? Infinity) * nodesPerSecond));
  return Number.isFinite(nodes) ? { ...limits, nodes } : limits;
};

/** Branches that stand for seconds end as seconds do. */
const statusOf = ({ terminationStatus }: SolveResult, limits: SolveOptions["limits"]): SolveResult["terminationStatus"] =>
  terminationStatus === "nodeLimit" && limits?.nodes === undefined ? "timeLimit" : terminationStatus;
