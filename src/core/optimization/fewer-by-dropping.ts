import type { LinearModel } from "../lp/linear-model";
import type { SolveResult, Solver } from "../lp/solver";
import { tightenUpperBounds } from "../lp/tighten-bounds";
import type { AllocationModel } from "./build-allocation-model";
import { fixedCostUnit } from "./model-rows/movement-rows";
import { amountMoved, listChoices, roomOfCaps, type MoveChoice } from "./movement-choices";
import type { AllocationProblem } from "./problem-shape";
import { dropFrom, type MovementTask } from "./search-movements";

/** Linear programs at most, so that a run that is not stopped ends with the same answer everywhere. */
const mostSolves = 1_500;
/** What one movement less may cost in each pass, as a share of all that may be spent: what saves most for its cost goes first. */
const passes = [1 / 64, 1 / 16, 1 / 4, 1] as const;

/** What a large book is made to move less with. */
export interface DropTask {
  readonly problem: AllocationProblem;
  readonly model: AllocationModel;
  /** The model without switches, with what is short, missed or breached held. */
  readonly held: LinearModel;
  /** Where it starts, shape (columns of held), and reduced costs there; empty where not known. */
  readonly start: SolveResult;
  /** Cost objective that may be added. */
  readonly allowance: number;
  readonly solver: Solver;
  isOver(): boolean;
}

/** A point with fewer movements. */
export interface FewerMovements {
  readonly primal: Float64Array;
  /** Cost objective at the point and at the start, fixed costs included. */
  readonly cost: number;
  readonly costBefore: number;
  readonly choices: readonly MoveChoice[];
  readonly movements: number;
  readonly movementsBefore: number;
  /** False where time ended the search. */
  readonly isComplete: boolean;
}

/**
 * Makes fewer movements in a book that is too large for a switch for each: every movement is dropped in turn and what remains is solved again,
 * first where a movement less costs little, then where it costs more, until the allowance is used up.
 *
 * The number is not proved to be the least.
 */
export const fewerByDropping = async (task: DropTask): Promise<FewerMovements> => {
  const { problem, model, held, start, allowance, solver } = task;
  const unit = fixedCostUnit(model.index);
  // One unit of money on each, so that every movement is listed; it is taken off again.
  const counted = problem.pairs.map((pair) => ({
    ...pair,
    costs: { ...pair.costs, deliverFixed: pair.costs.deliverFixed + 1, recallFixed: pair.costs.recallFixed + 1 },
  }));
  const all = listChoices({ ...problem, pairs: counted }, model.index, held, tightenUpperBounds(held)).map((choice) => ({
    ...choice,
    fixed: choice.fixed - unit,
  }));
  const costs = Float64Array.from({ length: held.columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const costOf = (primal: Float64Array): number => {
    let sum = 0;
    for (let c = 0; c < primal.length; c++) sum += costs[c]! * primal[c]!;
    return all.reduce((total, choice) => total + (amountMoved(choice, primal[choice.column]!) > 0 ? choice.fixed : 0), sum);
  };
  const count = (primal: Float64Array): number => all.filter((choice) => amountMoved(choice, primal[choice.column]!) > 0).length;
  const costBefore = costOf(start.primal);
  let { primal } = start;
  let solves = 0;
  const isOver = (): boolean => task.isOver() || solves >= mostSolves;
  for (const share of passes) {
    if (isOver()) break;
    const perMovement = share * allowance;
    const search: MovementTask = {
      base: held,
      costs,
      choices: all.map((choice) => ({ ...choice, fixed: choice.fixed + perMovement })),
      caps: roomOfCaps(problem),
      shortfalls: new Map(),
      relaxed: { ...start, primal },
      budget: { most: costBefore + allowance, perMovement },
      isOver,
      solve: async (asked, basis) => {
        solves += 1;
        return solver.solve(asked, basis === undefined ? {} : { start: { basis } });
      },
    };
    const found = await dropFrom(search);
    if (found.excess === 0) primal = found.primal;
  }
  return {
    primal,
    cost: costOf(primal),
    costBefore,
    choices: all,
    movements: count(primal),
    movementsBefore: count(start.primal),
    isComplete: !task.isOver(),
  };
};
