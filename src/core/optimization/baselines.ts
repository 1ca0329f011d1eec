import type { Baseline } from "./allocation-outcome";
import { costPerDayOf, coveredValues, type Quantities } from "./collateral-value";
import { brokenLimits } from "./limit-room";
import { coverTolerance } from "./cover-tolerance";
import { movementsOf } from "./movements";
import type { AllocationProblem } from "./problem-shape";
import { waterfallQuantities } from "./waterfall";
import { strandedHoldings } from "./stranded-holdings";

/** Cost and coverage of today's posting and of a cheapest-to-deliver waterfall, beside the optimum. */
export const baselinesOf = (problem: AllocationProblem): Baseline[] => [
  ...(problem.holdings.length > 0 ? [baseline("today", problem, todayQuantities(problem))] : []),
  baseline("waterfall", problem, waterfallQuantities(problem, { isApart: true })),
];

/** Units posted today by pair. */
export const todayQuantities = (problem: AllocationProblem): Quantities => Float64Array.from(problem.pairs, (pair) => pair.today);

const baseline = (name: Baseline["name"], problem: AllocationProblem, quantities: Quantities): Baseline => {
  const covered = coveredValues(problem, quantities);
  const shortfalls = problem.demands.map((demand, d) => Math.max(0, demand.required - covered[d]!));
  // What is posted where it is not eligible costs its carry as well.
  const stranded = strandedHoldings(problem).reduce(
    (sum, held) => sum + held.units * problem.supplies[held.supply]!.unitValue * problem.recallCosts(held.supply, held.demand).carryRate,
    0,
  );
  const movements = name === "today" ? [] : movementsOf(problem, quantities);
  return {
    name,
    costPerDay: costPerDayOf(problem, quantities) + (name === "today" ? stranded / problem.settings.dayCount : 0),
    movements: movements.length,
    movementCost: movements.reduce((sum, movement) => sum + movement.cost, 0),
    covered: problem.demands.filter(
      (demand, d) => demand.required > 0 && shortfalls[d]! <= coverTolerance(demand.rate, problem.cent, demand.required / demand.rate) * demand.rate,
    ).length,
    brokenLimits: brokenLimits(problem, quantities),
    shortfall: shortfalls.reduce((sum, short) => sum + (short <= problem.cent ? 0 : short), 0),
  };
};
