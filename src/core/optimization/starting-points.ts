import type { Solver } from "../lp/solver";
import { todayQuantities } from "./baselines";
import type { AllocationModel } from "./build-allocation-model";
import type { Quantities } from "./collateral-value";
import { checkedPoint } from "./keep-incumbent";
import { amountMoved, listChoices, roomOfCaps, type MoveChoice } from "./movement-choices";
import { pointOfQuantities } from "./point-of-quantities";
import type { AllocationProblem } from "./problem-shape";
import { waterfallQuantities } from "./waterfall";

/** Answers without a search. */
export interface StartingPoints {
  /** Points of the model, the best first. */
  readonly points: readonly StartingPoint[];
  /** True where the time ended one of the questions: elsewhere the search may start from another point. */
  readonly wasCut: boolean;
}

/** An answer without a search, and what it is. */
export interface StartingPoint {
  /** Words for the Run log. */
  readonly name: string;
  readonly primal: Float64Array;
}

/**
 * Makes the answers that need no search: the waterfall, the same with the cost of moving counted, and today's holdings with what is short
 * filled up. Each counts only where the model holds it; where none is, the waterfall as far as the rules let it.
 */
export const findStartingPoints = async (problem: AllocationProblem, model: AllocationModel, solver: Solver): Promise<StartingPoints> => {
  const candidates = candidatesOf(problem);
  const points: StartingPoint[] = [];
  let wasCut = false;
  for (const isExact of [true, false]) {
    for (const { name, quantities } of candidates) {
      const found = await pointOfQuantities(problem, model, quantities, solver, isExact);
      wasCut ||= found.wasCut;
      if (found.primal !== undefined) points.push({ name: isExact ? name : `${name}, as far as the rules let it`, primal: found.primal });
      if (!isExact && points.length > 0) break;
    }
    if (points.length > 0) break;
  }
  const costOfMovements = costBesideModel(problem, model);
  const ranked = points
    .map((point) => ({ point, worth: worthOf(problem, model, point.primal, costOfMovements) }))
    .filter(({ worth }) => worth.every(Number.isFinite));
  ranked.sort((a, b) => compareWorth(a.worth, b.worth));
  return { points: ranked.map(({ point }) => point), wasCut };
};

const candidatesOf = (problem: AllocationProblem): { readonly name: string; readonly quantities: Quantities }[] => {
  const counted = { isApart: true, countsMovements: true };
  const plain = { name: "the waterfall", quantities: waterfallQuantities(problem, { isApart: true }) };
  const hasToday = problem.pairs.some((pair) => pair.today > 0);
  return [
    plain,
    ...(problem.hasMovementCosts ? [{ name: "the waterfall with the cost of moving", quantities: waterfallQuantities(problem, counted) }] : []),
    ...(hasToday ? [{ name: "today's holdings", quantities: waterfallQuantities(problem, { ...counted, from: wholeToday(problem) }) }] : []),
  ];
};

/** What is posted today, within pins and in whole lots. */
const wholeToday = (problem: AllocationProblem): Quantities =>
  todayQuantities(problem).map((units, p) => {
    const { supply, atLeast, atMost } = problem.pairs[p]!;
    const { hasLots, step } = problem.supplies[supply]!;
    const held = Math.min(units, atMost);
    return Math.max(atLeast, hasLots ? Math.floor(held / step + 1e-9) * step : held);
  });

/** What a point is worth in the order of the stages: shortfall of each rank, minimums, soft limits, cost. */
const worthOf = (
  problem: AllocationProblem,
  model: AllocationModel,
  primal: Float64Array,
  costOfMovements: (primal: Float64Array) => number,
): number[] => {
  const { demands } = problem;
  const { builder, index } = model;
  const ranks = [...new Set(demands.map((demand) => demand.rank))].sort((a, b) => a - b);
  const short = ranks.map((rank) =>
    demands.reduce((sum, demand, d) => (demand.rank === rank ? sum + demand.weight * Math.max(0, primal[index.shortfall[d]!]!) : sum), 0),
  );
  const sum = (columns: readonly { readonly column: number; readonly weight: number }[]): number =>
    columns.reduce((total, { column, weight }) => total + weight * Math.max(0, primal[column]!), 0);
  const objective = Float64Array.from({ length: builder.columnCount }, (_, c) => index.costs[c] ?? 0);
  const cost = checkedPoint({ ...builder.build(), objective }, primal)?.objective ?? Infinity;
  return [...short, sum(index.misses), sum(index.breaches), cost + costOfMovements(primal)];
};

/**
 * Prices the movements of points that have no switch in the model.
 *
 * @returns fixed costs of a point; Infinity where it breaks a cap or a smallest piece that is not in the model either
 */
export const costBesideModel = (problem: AllocationProblem, { index, builder }: AllocationModel): ((primal: Float64Array) => number) => {
  if (!index.awaitsMovements) return () => 0;
  const built = builder.build();
  const choices = listChoices(problem, index, built, built.columnUpper);
  const rooms = roomOfCaps(problem);
  const isSmall = ({ isRecall, piece }: MoveChoice, x: number): boolean => !isRecall && x < piece * (1 - 1e-9);
  return (primal) => {
    const made = choices.filter((choice) => amountMoved(choice, primal[choice.column]!) > 0);
    const isOver = rooms.some((room, cap) => made.filter(({ caps }) => caps.includes(cap)).length > room);
    const hasSmall = made.some((choice) => isSmall(choice, primal[choice.column]!));
    return isOver || hasSmall ? Infinity : made.reduce((sum, { fixed }) => sum + fixed, 0);
  };
};

const compareWorth = (a: readonly number[], b: readonly number[]): number => {
  for (let k = 0; k < a.length; k++) if (Math.abs(a[k]! - b[k]!) > 1e-9 * Math.max(1, Math.abs(b[k]!))) return a[k]! - b[k]!;
  return 0;
};

/** True where a point leaves nothing short, misses no minimum and breaks no soft limit: then its cost is that of an answer. */
export const isComplete = ({ index }: AllocationModel, primal: Float64Array, tolerance: number): boolean =>
  [...index.shortfall, ...index.misses.map(({ column }) => column), ...index.breaches.map(({ column }) => column)].every(
    (column) => primal[column]! <= tolerance,
  );
