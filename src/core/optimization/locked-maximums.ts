import type { Solver } from "../lp/solver";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import { pairValues } from "./collateral-value";
import { limitAmount, limitWeight } from "./limit-room";
import type { AllocationProblem, LimitCase } from "./problem-shape";
import type { StageOptions } from "./stage-run";

/** Most limits on shares of what is posted that are tried one by one. */
const mostTried = 60;

/**
 * Finds the hard maximums that cannot hold because of what cannot be recalled yet.
 *
 * Where a limit is an amount, what is locked is compared with it. A share of what is posted may still hold if enough else is posted: those that
 * could be the reason give way together, and each is taken back that holds as well.
 *
 * @param withMinimums the problem in which all hard minimums give way: a maximum must not be blamed for them
 * @returns names to add to those that give way already; empty where locks have nothing to do with it
 */
export const findLockedMaximums = async (
  problem: AllocationProblem,
  withMinimums: AllocationProblem,
  solver: Solver,
  { stop }: Pick<StageOptions, "stop">,
): Promise<ReadonlySet<string>> => {
  const locked = Float64Array.from(problem.pairs, (pair) => pair.locked);
  if (!locked.some((units) => units > 0)) return new Set();
  const values = pairValues(problem, locked);
  // Money by which what is locked must be above a limit to break it.
  const leastExcess = 0.5 * problem.cent;
  const heldOf = (limit: LimitCase): number => limit.members.reduce((sum, p) => sum + limitWeight(problem, limit, p, locked[p]!, values[p]!), 0);
  const held = problem.limits.filter(
    (limit) => limit.direction === "max" && !limit.isSoft && !problem.yielding.has(limit.name) && limit.members.some((p) => locked[p]! > 0),
  );
  const isAbove = (limit: LimitCase): boolean => {
    const worth = limit.basis === "units" ? problem.supplies[problem.pairs[limit.members[0]!]!.supply]!.unitValue : 1;
    const total = limit.scope.reduce((sum, p) => sum + limitWeight(problem, limit, p, locked[p]!, values[p]!), 0);
    const applies = limit.appliesAbove === undefined || total * worth > limit.appliesAbove;
    return limit.basis !== "posted" && applies && (heldOf(limit) - limitAmount(limit, 0)) * worth > leastExcess;
  };
  const amounts = held.filter(isAbove).map((limit) => limit.name);
  if (amounts.length > 0) return new Set(amounts);
  const shares = held
    .filter((limit) => limit.basis === "posted" && heldOf(limit) > (limit.orAmount ?? 0) + leastExcess)
    .sort((a, b) => b.limit * heldOf(a) - a.limit * heldOf(b) || (a.name < b.name ? -1 : 1))
    .slice(0, mostTried)
    .map((limit) => limit.name);
  const holds = async (names: ReadonlySet<string>): Promise<boolean> => {
    const tried = { ...withMinimums, yielding: new Set([...withMinimums.yielding, ...names]) };
    return isFeasible(buildAllocationModel(tried, { withSwitches: true }), solver, stop);
  };
  const chosen = new Set(shares);
  // Where all of them hold once the minimums give way, locks have nothing to do with it.
  if (shares.length === 0 || (await holds(new Set())) || !(await holds(chosen))) return new Set();
  // The one that is exceeded least is the first to be taken back.
  for (const name of [...shares].reverse()) {
    chosen.delete(name);
    if (!(await holds(chosen))) chosen.add(name);
  }
  return chosen;
};

const isFeasible = async ({ builder }: AllocationModel, solver: Solver, stop: StageOptions["stop"]): Promise<boolean> => {
  const { integer: _, ...linear } = builder.build();
  const asked = { ...linear, objective: new Float64Array(linear.columnCount) };
  return (await solver.solve(asked, stop === undefined ? {} : { stop })).primal.length > 0;
};
