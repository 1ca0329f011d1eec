import type { LinearModel } from "../lp/linear-model";
import type { AllocationIndex } from "./allocation-index";
import { countsIn, fixedCostUnit, forcedMovements } from "./model-rows/movement-rows";
import type { AllocationProblem } from "./problem-shape";

/** A movement that may be made or not: a delivery, or a return of what is posted today. */
export interface MoveChoice {
  readonly pair: number;
  readonly supply: number;
  readonly demand: number;
  /** Column of what is delivered, or of what stays. */
  readonly column: number;
  readonly isRecall: boolean;
  /** Amount posted today; 0 for deliveries. Model units. */
  readonly today: number;
  /** Most that can be moved. */
  readonly most: number;
  /** Least that may be delivered, 0 for none. */
  readonly piece: number;
  /** Cost objective of making it at all. */
  readonly fixed: number;
  readonly valueRatio: number;
  /** Caps that count it. */
  readonly caps: readonly number[];
}

/** Amounts below this share of the model's scale are no movement. */
export const leastAmount = 1e-9;

/**
 * Lists the movements whose number or smallest size matters: those with a fixed cost, a smallest piece or a cap.
 *
 * @param most most that each column can hold, from tightenUpperBounds
 */
export const listChoices = (problem: AllocationProblem, index: AllocationIndex, base: LinearModel, most: Float64Array): MoveChoice[] => {
  const unit = fixedCostUnit(index);
  const choices: MoveChoice[] = [];
  // Most caps are of one agreement: few have to be looked at for a pair.
  const capsAt = problem.demands.map((_, demand) => [...problem.caps.keys()].filter((c) => (problem.caps[c]!.demand ?? demand) === demand));
  problem.pairs.forEach((pair, p) => {
    const { deliverFixed, recallFixed, minimumPiece } = pair.costs;
    const caps = problem.caps.length === 0 ? none : capsAt[pair.demand]!.filter((c) => countsIn(problem.caps[c]!, pair, problem));
    const isCapped = caps.length > 0;
    const [deliver, keep] = [index.deliver[p]!, index.keep[p]!];
    const at = { pair: p, supply: pair.supply, demand: pair.demand };
    const { valueRatio } = pair;
    if (most[deliver]! > leastAmount && (deliverFixed > 0 || minimumPiece > 0 || isCapped)) {
      const piece = minimumPiece / index.scale;
      choices.push({ ...at, column: deliver, isRecall: false, today: 0, most: most[deliver]!, piece, fixed: deliverFixed * unit, valueRatio, caps });
    }
    if (keep < 0 || (recallFixed === 0 && !isCapped)) return;
    const today = (pair.today * problem.supplies[pair.supply]!.unitValue) / index.scale;
    if (base.columnLower[keep]! >= today - leastAmount) return;
    choices.push({ ...at, column: keep, isRecall: true, today, most: today, piece: 0, fixed: recallFixed * unit, valueRatio, caps });
  });
  return choices;
};

const none: readonly number[] = [];

/** Amount moved at a point, 0 for what is only rounding. @param x value of the choice's column */
export const amountMoved = (choice: MoveChoice, x: number): number => {
  const amount = choice.isRecall ? choice.today - x : x;
  return amount > leastAmount ? amount : 0;
};

/** Movements that each cap leaves to the search, after those that happen in any case. */
export const roomOfCaps = (problem: AllocationProblem): readonly number[] => {
  const forced = forcedMovements(problem, problem.caps);
  return problem.caps.map((cap, c) => Math.max(0, cap.limit - forced[c]!));
};

/**
 * Spreads fixed costs over the most that can be moved: the linear relaxation without switches, a lower bound of the true cost.
 *
 * @returns the objective, and the constant that belongs to it
 */
export const spreadFixedCosts = (costs: Float64Array, choices: readonly MoveChoice[]): { objective: Float64Array; constant: number } => {
  const objective = Float64Array.from(costs);
  let constant = 0;
  for (const { column, fixed, most, isRecall } of choices) {
    objective[column]! += (isRecall ? -fixed : fixed) / most;
    if (isRecall) constant += fixed;
  }
  return { objective, constant };
};

/** A model in which what was decided is a bound: open deliveries have their smallest piece, closed ones and kept postings stay. */
export const withDecisions = (
  task: { readonly base: LinearModel; readonly costs: Float64Array; readonly choices: readonly MoveChoice[] },
  primal: Float64Array,
): LinearModel => {
  const columnLower = Float64Array.from(task.base.columnLower);
  const columnUpper = Float64Array.from(task.base.columnUpper);
  for (const choice of task.choices) {
    const { column } = choice;
    const isMade = amountMoved(choice, primal[column]!) > 0;
    if (choice.isRecall && !isMade) columnLower[column] = columnUpper[column]!;
    if (!choice.isRecall && !isMade) columnUpper[column] = columnLower[column]!;
    if (!choice.isRecall && isMade && choice.piece > 0) columnLower[column] = Math.max(columnLower[column]!, Math.min(choice.piece, primal[column]!));
  }
  const objective = new Float64Array(task.base.columnCount);
  objective.set(task.costs);
  return { ...task.base, objective, columnLower, columnUpper };
};

/** Lower bound of the cost: the relaxation with fixed costs spread over the most that can be moved. */
export const relaxationOf = (base: LinearModel, costs: Float64Array, choices: readonly MoveChoice[]): { model: LinearModel; constant: number } => {
  const { objective, constant } = spreadFixedCosts(costs, choices);
  return { model: { ...base, objective }, constant };
};
