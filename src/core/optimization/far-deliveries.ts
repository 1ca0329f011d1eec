import type { MoveChoice } from "./movement-choices";
import type { MovementTask } from "./search-movements";

/** Deliveries of each agreement that the search may open besides those that the relaxation uses: the nearest to being used. */
const nearest = 16;

/** Columns of deliveries that are too far from being used to be opened. */
export const farDeliveries = (task: Pick<MovementTask, "base" | "relaxed" | "choices">): ReadonlySet<number> =>
  new Set(byDistance(task).flatMap((list) => list.slice(nearest).map(({ column }) => column)));

/** Columns of deliveries that are not used but nearest to it, so many of each agreement, and of those that are used in the relaxation. */
export const nearestDeliveries = (task: Pick<MovementTask, "base" | "relaxed" | "choices">, count: number): ReadonlySet<number> => {
  const near = new Set(byDistance(task).flatMap((list) => list.slice(0, count).map(({ column }) => column)));
  for (const { column, isRecall } of task.choices) if (!isRecall && isUsed(task, column)) near.add(column);
  return near;
};

const isUsed = ({ base, relaxed }: Pick<MovementTask, "base" | "relaxed">, column: number): boolean =>
  relaxed.primal[column]! > 1e-9 || base.columnLower[column]! > 0;

/** Unused deliveries of each agreement, the nearest first. */
const byDistance = (task: Pick<MovementTask, "base" | "relaxed" | "choices">): MoveChoice[][] => {
  const { relaxed, choices } = task;
  const ofDemand = new Map<number, MoveChoice[]>();
  for (const choice of choices) {
    if (choice.isRecall || isUsed(task, choice.column)) continue;
    const list = ofDemand.get(choice.demand);
    if (list === undefined) ofDemand.set(choice.demand, [choice]);
    else list.push(choice);
  }
  const distance = ({ column, most }: MoveChoice): number => (relaxed.reducedCosts[column] ?? 0) * most;
  for (const list of ofDemand.values()) list.sort((a, b) => distance(a) - distance(b) || a.pair - b.pair);
  return [...ofDemand.values()];
};
