import type { MoveChoice } from "./movement-choices";
import type { MovementTask } from "./search-movements";

/** Deliveries of each agreement that the search may open besides those that the relaxation uses: the nearest to being used. */
const nearest = 16;

/** Columns of deliveries that are too far from being used to be opened. */
export const farDeliveries = ({ base, relaxed, choices }: Pick<MovementTask, "base" | "relaxed" | "choices">): ReadonlySet<number> => {
  const ofDemand = new Map<number, MoveChoice[]>();
  const far = new Set<number>();
  for (const choice of choices) {
    if (choice.isRecall || relaxed.primal[choice.column]! > 1e-9 || base.columnLower[choice.column]! > 0) continue;
    const list = ofDemand.get(choice.demand);
    if (list === undefined) ofDemand.set(choice.demand, [choice]);
    else list.push(choice);
  }
  const distance = ({ column, most }: MoveChoice): number => (relaxed.reducedCosts[column] ?? 0) * most;
  for (const list of ofDemand.values()) {
    list.sort((a, b) => distance(a) - distance(b) || a.pair - b.pair);
    list.slice(nearest).forEach((choice) => far.add(choice.column));
  }
  return far;
};
