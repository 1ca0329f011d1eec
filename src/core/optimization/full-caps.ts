import type { LinearModel } from "../lp/linear-model";
import type { Solver } from "../lp/solver";
import type { AllocationOutcome, Conflict } from "./allocation-outcome";
import { buildAllocationModel } from "./build-allocation-model";
import type { AllocationProblem, MovementCap } from "./problem-shape";
import type { StageOptions } from "./solve-stages";

/** Longest that the one question may take, seconds. */
const longest = 2;

/**
 * Names the caps on movements that are used up where a call is short and the search for causes came to no end: one linear program without
 * caps tells whether the call could be covered then.
 *
 * @returns the conflicts; those without rules get the full caps of their agreement where these are the reason
 */
export const nameFullCaps = async (
  problem: AllocationProblem,
  outcome: AllocationOutcome,
  conflicts: readonly Conflict[],
  solver: Solver,
  options: StageOptions,
): Promise<readonly Conflict[]> => {
  const isOpen = ({ rules, minimum }: Conflict): boolean => rules.length === 0 && minimum === undefined;
  const full = problem.caps.filter((cap) => countMade(problem, outcome, cap) >= cap.limit);
  if (full.length === 0 || !conflicts.some(isOpen) || options.stop?.requested === true) return conflicts;
  const { builder, index } = buildAllocationModel({ ...problem, caps: [] });
  const { integer, ...built } = builder.build();
  if (integer !== undefined) return conflicts;
  const objective = new Float64Array(builder.columnCount);
  problem.demands.forEach((demand, d) => (objective[index.shortfall[d]!] = demand.weight));
  const model: LinearModel = { ...built, objective };
  const result = await solver.solve(model, { limits: { timeSeconds: longest } });
  if (result.terminationStatus !== "optimal") return conflicts;
  return conflicts.map((conflict) => {
    const d = problem.demands.findIndex((demand) => demand.agreementId === conflict.agreementId);
    if (!isOpen(conflict) || d < 0 || result.primal[index.shortfall[d]!]! * index.scale > problem.cent) return conflict;
    const own = full.filter((cap) => cap.demand === undefined || cap.demand === d).map((cap) => cap.name);
    if (own.length === 0) return conflict;
    return { ...conflict, rules: [`cover ${conflict.agreementId}`, ...own], untold: "The run ended before repairs were looked for." };
  });
};

const countMade = (problem: AllocationProblem, outcome: AllocationOutcome, cap: MovementCap): number =>
  outcome.movements.filter(
    ({ agreementId, location }) =>
      (cap.demand === undefined || problem.demands[cap.demand]!.agreementId === agreementId) &&
      (cap.location === undefined || cap.location === location),
  ).length;
