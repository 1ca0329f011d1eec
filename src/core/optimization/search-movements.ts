import type { LinearModel } from "../lp/linear-model";
import type { SolveResult } from "../lp/solver";
import type { AllocationModel } from "./build-allocation-model";
import { addMovementRows, fixedCostUnit } from "./model-rows/movement-rows";
import type { AllocationProblem } from "./problem-shape";
import { isUsable } from "./solve-integer";

/** Up to this many pairs every movement gets its binary, and the search can prove its answer. */
const largestWholeSearch = 400;
/** How often the fixed costs are spread anew over what the last answer moved. */
const rounds = 6;

/** Solves a model; the caller keeps the clock and the statistics. */
export interface MovementSolver {
  linear(model: LinearModel): Promise<SolveResult>;
  integer(model: LinearModel, start: Float64Array | undefined): Promise<SolveResult>;
}

/** The answer of the search: a result of the model with binaries, and whether all pairs were in it. */
export interface MovementSearch {
  readonly result: SolveResult;
  readonly model: LinearModel;
  readonly isWhole: boolean;
}

/**
 * Fixed movement costs spread over amounts: objective coefficients by column, and the constant of recalls.
 *
 * With the whole possible amount as base this is the linear relaxation, a lower bound of the true cost.
 */
export const relaxedSlopes = (problem: AllocationProblem, { index }: AllocationModel): { slopes: Map<number, number>; constant: number } => {
  const slopes = new Map<number, number>();
  const unit = fixedCostUnit(index);
  let constant = 0;
  problem.pairs.forEach((pair, p) => {
    const value = problem.supplies[pair.supply]!.unitValue / index.scale;
    if (pair.costs.deliverFixed > 0)
      slopes.set(index.deliver[p]!, (pair.costs.deliverFixed * unit) / Math.max(1e-12, problem.supplies[pair.supply]!.available * value));
    if (pair.today > 0 && pair.costs.recallFixed > 0) {
      slopes.set(index.keep[p]!, (-pair.costs.recallFixed * unit) / (pair.today * value));
      constant += pair.costs.recallFixed * unit;
    }
  });
  return { slopes, constant };
};

/**
 * Looks for the cheapest set of movements: slope scaling for good answers early, then a search with binaries.
 *
 * Slope scaling charges each movement of the last answer its fixed cost per unit moved and solves again; what is moved in small amounts
 * becomes dear and is left alone. The search then works on the pairs that any answer used, or on all of them in small books.
 *
 * @param relaxed result of the cost stage with relaxedSlopes
 */
export const searchMovements = async (
  problem: AllocationProblem,
  model: AllocationModel,
  relaxed: SolveResult,
  run: MovementSolver,
): Promise<MovementSearch> => {
  const { builder, index } = model;
  const base = builder.build();
  const { slopes } = relaxedSlopes(problem, model);
  let best = relaxed.primal;
  let bestCost = trueCost(problem, model, best);
  const used = new Set<number>();
  noteUsed(problem, model, best, used);
  const isWhole = problem.pairs.length <= largestWholeSearch;
  let current = relaxed.primal;
  for (let round = 0; round < (isWhole ? 0 : rounds); round++) {
    updateSlopes(problem, model, current, slopes);
    const result = await run.linear({ ...base, objective: withSlopes(model, slopes) });
    if (!isUsable(result)) break;
    const isSame = result.primal.every((value, c) => Math.abs(value - current[c]!) <= 1e-9);
    current = result.primal;
    noteUsed(problem, model, current, used);
    const cost = trueCost(problem, model, current);
    if (cost < bestCost) [best, bestCost] = [current, cost];
    if (isSame) break;
  }
  const open = isWhole ? undefined : addCheapest(problem, model, relaxed, used);
  addMovementRows(builder, index, problem, open);
  const objective = new Float64Array(builder.columnCount);
  objective.set(index.costs);
  const full: LinearModel = { ...builder.build(), objective };
  const start = withMovements(problem, model, best, builder.columnCount);
  const searched = await run.integer(open === undefined ? full : closePairs(full, problem, model, open), start);
  const isBetter = isUsable(searched) && searched.objective <= bestCost + 1e-9 * Math.abs(bestCost);
  if (isBetter) return { result: searched, model: full, isWhole };
  return {
    result: {
      ...searched,
      primal: start,
      objective: bestCost,
      primalStatus: "feasiblePoint",
      terminationStatus: isUsable(searched) ? searched.terminationStatus : "timeLimit",
    },
    model: full,
    isWhole: false,
  };
};

const withSlopes = ({ index, builder }: AllocationModel, slopes: ReadonlyMap<number, number>): Float64Array => {
  const objective = new Float64Array(builder.columnCount);
  objective.set(index.costs);
  for (const [column, slope] of slopes) objective[column]! += slope;
  return objective;
};

/** Smallest amount that is a movement, as a share of the largest requirement. */
const nothing = 1e-9;

const moved = (problem: AllocationProblem, { index }: AllocationModel, primal: Float64Array, p: number): { delivered: number; recalled: number } => {
  const pair = problem.pairs[p]!;
  const today = (pair.today * problem.supplies[pair.supply]!.unitValue) / index.scale;
  const kept = index.keep[p]! < 0 ? 0 : primal[index.keep[p]!]!;
  const delivered = primal[index.deliver[p]!]!;
  return { delivered: delivered > nothing ? delivered : 0, recalled: today - kept > nothing ? today - kept : 0 };
};

const updateSlopes = (problem: AllocationProblem, model: AllocationModel, primal: Float64Array, slopes: Map<number, number>): void => {
  const unit = fixedCostUnit(model.index);
  problem.pairs.forEach((pair, p) => {
    const { delivered, recalled } = moved(problem, model, primal, p);
    if (pair.costs.deliverFixed > 0 && delivered > 0) slopes.set(model.index.deliver[p]!, (pair.costs.deliverFixed * unit) / delivered);
    if (pair.today > 0 && pair.costs.recallFixed > 0 && recalled > 0) slopes.set(model.index.keep[p]!, (-pair.costs.recallFixed * unit) / recalled);
  });
};

/** Cost objective of a point with every movement's fixed cost in full. */
const trueCost = (problem: AllocationProblem, model: AllocationModel, primal: Float64Array): number => {
  const unit = fixedCostUnit(model.index);
  let cost = model.index.costs.reduce((sum, value, c) => sum + value * primal[c]!, 0);
  problem.pairs.forEach((pair, p) => {
    if (pair.costs.deliverFixed + pair.costs.recallFixed === 0) return;
    const { delivered, recalled } = moved(problem, model, primal, p);
    cost += unit * ((delivered > 0 ? pair.costs.deliverFixed : 0) + (recalled > 0 ? pair.costs.recallFixed : 0));
  });
  return cost;
};

const noteUsed = (problem: AllocationProblem, model: AllocationModel, primal: Float64Array, used: Set<number>): void => {
  problem.pairs.forEach((pair, p) => {
    if (pair.today > 0 || moved(problem, model, primal, p).delivered > 0) used.add(p);
  });
};

/** Adds the unused pairs that the relaxation finds nearest to useful. */
const addCheapest = (
  problem: AllocationProblem,
  { index }: AllocationModel,
  relaxed: SolveResult,
  used: ReadonlySet<number>,
): ReadonlySet<number> => {
  if (relaxed.reducedCosts.length === 0) return used;
  const unused = problem.pairs.map((_, p) => p).filter((p) => !used.has(p));
  unused.sort((a, b) => relaxed.reducedCosts[index.deliver[a]!]! - relaxed.reducedCosts[index.deliver[b]!]! || a - b);
  return new Set([...used, ...unused.slice(0, Math.ceil(used.size / 2))]);
};

const closePairs = (model: LinearModel, problem: AllocationProblem, { index }: AllocationModel, open: ReadonlySet<number>): LinearModel => {
  const columnUpper = Float64Array.from(model.columnUpper);
  problem.pairs.forEach((_, p) => {
    if (!open.has(p)) columnUpper[index.deliver[p]!] = model.columnLower[index.deliver[p]!]!;
  });
  return { ...model, columnUpper };
};

/** A point with the binaries that its movements need. */
const withMovements = (problem: AllocationProblem, model: AllocationModel, primal: Float64Array, columnCount: number): Float64Array => {
  const point = new Float64Array(columnCount);
  point.set(primal);
  problem.pairs.forEach((_, p) => {
    const { delivered, recalled } = moved(problem, model, primal, p);
    if (model.index.delivers[p]! >= 0 && delivered > 0) point[model.index.delivers[p]!] = 1;
    if (model.index.recalls[p]! >= 0 && recalled > 0) point[model.index.recalls[p]!] = 1;
  });
  return point;
};
