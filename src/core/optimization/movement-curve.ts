import type { Solver } from "../lp/solver";
import type { AllocationOutcome } from "./allocation-outcome";
import type { AllocationProblem } from "./problem-shape";
import { solveAllocation, type SolveAllocationOptions } from "./solve-allocation";

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
  /** Relative gap of the solve, decimal; 0 when proved. */
  readonly gap: number;
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
    const outcome = await solveAllocation(capped, solver, { ...options, explainSeconds: 0 });
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
});

/** Numbers of movements worth trying: from the fewest that matter up to those of the free optimum, in about `count` steps. */
export const curveLimits = (free: number, count = 6): number[] => {
  const step = Math.max(1, free / count);
  return [...new Set(Array.from({ length: count }, (_, k) => Math.round(free - k * step)))].filter((limit) => limit > 0).sort((a, b) => a - b);
};
