import type { SolveResult, Solver } from "../lp/solver";
import { buildAllocationModel, largestExactSearch, type AllocationModel } from "./build-allocation-model";
import type { Quantities } from "./collateral-value";
import { pointOfQuantities, quantitiesOfPoint } from "./point-of-quantities";
import type { AllocationProblem } from "./problem-shape";
import type { StagedResult, StageOptions } from "./solve-stages";
import { isComplete, type StartingPoint } from "./starting-points";
import { waterfallQuantities } from "./waterfall";

/** With fewer whole numbers the search does without. */
const fewestIntegers = 1_000;
/** Share of the time that is left for the book without lots. */
const share = 0.4;

/** What the book without whole lots says about the one with them. */
export interface LotlessAnswer {
  /** Lots near its answer; undefined where no posting like it holds every rule. */
  readonly start: StartingPoint | undefined;
  /** No answer costs less; units of the cost objective. */
  readonly bound: number;
  /** Linear program with reduced costs that say which pairs are near to being used; columns of pairs are those of both models. */
  readonly near: SolveResult;
  readonly isReproducible: boolean;
}

/**
 * Solves a large book as if lots could be split: a network whose movements are searched one by one, with a bound that holds for whole lots too.
 *
 * Its answer, rounded down to whole lots and filled up by the waterfall, is where the search for whole lots starts.
 *
 * @param solve what solves the stages of a book
 * @returns undefined where lots are few or not the only whole numbers, or where something is short without them
 */
export const solveWithoutLots = async (
  problem: AllocationProblem,
  model: AllocationModel,
  solver: Solver,
  options: StageOptions,
  solve: (problem: AllocationProblem, model: AllocationModel, solver: Solver, options: StageOptions) => Promise<StagedResult>,
): Promise<LotlessAnswer | undefined> => {
  const { builder, index } = model;
  const integers = builder.build().integer?.reduce((sum, flag) => sum + flag, 0) ?? 0;
  if (index.lotCounts.length === 0 || integers < fewestIntegers || problem.pairs.length <= largestExactSearch) return undefined;
  const split = { ...problem, supplies: problem.supplies.map((supply) => ({ ...supply, hasLots: false })) };
  const bare = buildAllocationModel(split);
  if (bare.index.hasBindingIntegers || bare.builder.build().integer !== undefined) return undefined;
  const now = options.clock?.() ?? 0;
  const { onProgress: _, ...rest } = options;
  const limits = options.timeSeconds === undefined ? {} : { timeSeconds: now + share * Math.max(0.5, options.timeSeconds - now) };
  const solved = await solve(split, bare, solver, { ...rest, ...limits });
  if (!isComplete(bare, solved.primal, 1e-10)) return undefined;
  const near = solved.relaxed ?? solved.cost;
  if (near.reducedCosts.length === 0) return undefined;
  const quantities = wholeLots(problem, quantitiesOfPoint(problem, bare.index, solved.primal));
  const found = await pointOfQuantities(problem, model, quantities, solver, true);
  const isReproducible = solved.isReproducible && !found.wasCut;
  const start = found.primal === undefined ? undefined : { name: "the answer without lots, rounded to whole lots", primal: found.primal };
  return { start, bound: solved.cost.bound, near, isReproducible };
};

/** Rounds down to whole lots and fills up what is short then. */
const wholeLots = (problem: AllocationProblem, quantities: Quantities): Quantities => {
  const floored = quantities.map((units, p) => {
    const { supply, atLeast } = problem.pairs[p]!;
    const { hasLots, step } = problem.supplies[supply]!;
    return hasLots ? Math.max(atLeast, Math.floor(units / step + 1e-6) * step) : units;
  });
  return waterfallQuantities(problem, { isApart: true, countsMovements: true, from: floored });
};
