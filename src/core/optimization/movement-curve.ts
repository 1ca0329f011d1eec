import { inParallel } from "../basics/in-parallel";
import type { Solver } from "../lp/solver";
import type { AllocationOutcome } from "./allocation-outcome";
import type { AllocationProblem } from "./problem-shape";
import { countSeconds } from "./run-clock";
import { solveAllocation, type SolveAllocationOptions } from "./solve-allocation";
import { withUntold } from "./untold";

/** One point of the curve of cost against movements: a solve of its own. */
export interface CurvePoint {
  /** Most movements allowed. */
  readonly limit: number;
  /** Movements made. */
  readonly movements: number;
  readonly costPerDay: number;
  readonly movementCost: number;
  /** Sum of shortfalls, base currency. */
  readonly shortfall: number;
  /** Relative gap of the cost, decimal; 0 when proved. */
  readonly gap: number;
  /** True where nothing of it was cut short: neither what can be covered nor what it costs. */
  readonly isProved: boolean;
}

/**
 * Solves the same book with ever fewer movements, so that a desk can choose between cost and work.
 *
 * @param limits numbers of movements to try
 * @returns one point for each, in the order given
 */
export const solveMovementCurve = async (
  problem: AllocationProblem,
  solver: Solver,
  limits: readonly number[],
  options: SolveAllocationOptions = {},
): Promise<CurvePoint[]> => {
  const points: CurvePoint[] = [];
  for (const limit of limits) {
    if (options.stop?.requested === true) break;
    const capped = { ...problem, caps: [...problem.caps, { name: `cap of ${limit} movements`, limit }] };
    const outcome = await solveAllocation(capped, solver, { ...options, explainSeconds: 0, hasPrices: false });
    points.push(pointOf(problem, limit, outcome));
  }
  return points;
};

const pointOf = (problem: AllocationProblem, limit: number, outcome: AllocationOutcome): CurvePoint => ({
  limit,
  movements: outcome.movements.length,
  costPerDay: outcome.costPerDay,
  movementCost: outcome.movementCost,
  shortfall: outcome.coverage.reduce((sum, line, d) => sum + line.shortfall * problem.demands[d]!.rate, 0),
  gap: outcome.solve.gap,
  isProved: outcome.solve.isOptimal,
});

/** Numbers of movements worth trying: from the fewest that matter up to those of the free optimum, in about `count` steps. */
export const curveLimits = (free: number, count = 6): number[] => {
  const step = Math.max(1, free / count);
  return [...new Set(Array.from({ length: count }, (_, k) => Math.round(free - k * step)))].filter((limit) => limit > 0).sort((a, b) => a - b);
};

/** Books with more pairs take too long for a curve beside every run. */
const mostPairs = 400;
/** Engine seconds for the whole curve; the point that exceeds them is the last. */
const curveSeconds = 4;

/**
 * Adds the curve of cost against movements to the answer of a small book, from its own number of movements down.
 *
 * @returns the outcome without a curve where nothing moves; with a sentence in its place where the book is large or the answer was not proved
 */
export const withMovementCurve = async (
  problem: AllocationProblem,
  outcome: AllocationOutcome,
  solver: Solver,
  options: Pick<SolveAllocationOptions, "stop"> = {},
): Promise<AllocationOutcome> => {
  const free = outcome.movements.length;
  if (free < 2) return outcome;
  if (problem.pairs.length > mostPairs)
    return withUntold(
      outcome,
      `The cost of fewer movements: told of books of up to ${mostPairs} pairs of an asset and an agreement; movementAllowance makes fewer in larger ones.`,
    );
  if (!outcome.solve.isOptimal) return withUntold(outcome, "The cost of fewer movements is worked out only for an answer that is proved best.");
  const limits = curveLimits(free, 4)
    .filter((count) => count < free)
    .reverse();
  const spent = countSeconds(solver);
  let hasEnded = false;
  const point = async (limit: number): Promise<CurvePoint | undefined> => {
    if (hasEnded || spent.clock() >= curveSeconds || options.stop?.requested === true) return undefined;
    const points = await solveMovementCurve(problem, spent.solver, [limit], { ...options, timeSeconds: 1 }).catch(() => []);
    // Fewer movements than pins and recalls force have no answer: the curve ends there.
    hasEnded ||= points.length === 0;
    return points[0];
  };
  const points = await inParallel(limits, solver.capabilities.parallel ?? 1, point);
  const end = points.indexOf(undefined);
  const short = outcome.coverage.reduce((sum, line, d) => sum + line.shortfall * problem.demands[d]!.rate, 0);
  // A search that was stopped before it could cover says nothing about what so few movements cost.
  const isTold = ({ isProved, shortfall }: CurvePoint): boolean => isProved || shortfall <= short + problem.cent;
  const curve = points.slice(0, end < 0 ? points.length : end).flatMap((each) => (each !== undefined && isTold(each) ? [each] : []));
  const told =
    end >= 0 && !hasEnded ? withUntold(outcome, "The cost of fewer movements: the run ended before every number of them was tried.") : outcome;
  return curve.length === 0 ? told : { ...told, curve: curve.map(({ limit: _, isProved: __, ...point }) => point) };
};
