import type { SolveResult } from "../lp/solver";
import type { LinearModel } from "../lp/linear-model";
import { extractSubModel, putBack } from "../lp/sub-model";
import { nearestDeliveries } from "./far-deliveries";
import { amountMoved, type MoveChoice } from "./movement-choices";
import { isBetter } from "./movement-score";
import { switchedPoint, withMovementSwitches } from "./movement-switches";
import { isCut } from "./run-clock";
import { scorePoint, type MovementAnswer, type MovementTask } from "./search-movements";

/** Movements that one search decides anew, about: so many that exchanges are found, so few that they are found at once. */
const movementsAtOnce = 70;
/** Searches at most, and without a better answer: counts, so that a search that is not stopped ends with the same answer everywhere. */
const mostSearches = 24;
/** Branches of each. */
const nodesEach = 20;
/** Differences below this share of the whole cost are not searched for. */
const relativeGap = 2e-5;
/** Deliveries of an agreement that are open besides those that are made. */
const nearest = 5;

/** What the answer is improved with. */
export interface PolishTask extends MovementTask {
  /** Columns of what pairs keep and deliver. */
  readonly pairColumns: readonly { readonly column: number; readonly demand: number }[];
  /** Branch and cut from a known point, with so many branches. */
  search(model: LinearModel, start: Float64Array, limits: { readonly nodes: number; readonly relativeGap: number }): Promise<SolveResult>;
}

/**
 * Decides the movements of a few agreements at a time anew, by branch and cut, while those of all others stay: agreements that use the same
 * inventory go together. Each agreement has its turn, then again beside others, until a round brings nothing.
 *
 * @param rounds at most
 * @source P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, 1998 (large neighbourhood search)
 */
export const polishMovements = async (task: PolishTask, answer: MovementAnswer, rounds = Infinity): Promise<MovementAnswer> => {
  const near = nearestDeliveries(task, nearest);
  let best = answer;
  let { isComplete } = answer;
  let searches = 0;
  for (let round = 0; searches < mostSearches && round < rounds; round++) {
    const before = best;
    for (const group of groupsOf(openChoices(task, near, best.primal), round)) {
      if (searches >= mostSearches) break;
      if (task.isOver()) return { ...best, isComplete: false };
      searches += 1;
      const open = openChoices(task, near, best.primal).filter(({ demand }) => group.has(demand));
      const { next, wasCut } = await decideAnew(task, best, group, open, { nodes: nodesEach, relativeGap });
      isComplete &&= !wasCut;
      if (next === undefined || !isBetter(next, best, "coverFirst")) continue;
      best = next;
      if (best.excess === 0 && best.shortfall <= 1e-9) task.onBetter?.(best.cost);
    }
    if (best === before) break;
  }
  return { ...best, isComplete: isComplete && answer.isComplete };
};

/** Agreements in groups: each takes those with it that use most of the same inventory, until their movements are many enough. */
const groupsOf = (open: readonly MoveChoice[], round: number): ReadonlySet<number>[] => {
  const counts = new Map<number, number>();
  const users = new Map<number, Set<number>>();
  for (const choice of open) {
    counts.set(choice.demand, (counts.get(choice.demand) ?? 0) + 1);
    const known = users.get(choice.supply) ?? new Set();
    users.set(choice.supply, known.add(choice.demand));
  }
  const demands = [...counts.keys()].sort((a, b) => a - b);
  // Other rounds begin with other agreements, so that other ones meet.
  const turn = Math.floor((round * demands.length) / 3) % Math.max(1, demands.length);
  const left = new Set([...demands.slice(turn), ...demands.slice(0, turn)]);
  const groups: ReadonlySet<number>[] = [];
  for (const first of left) {
    const group = new Set<number>();
    let size = 0;
    let next: number | undefined = first;
    while (next !== undefined && (size === 0 || size + counts.get(next)! <= movementsAtOnce)) {
      group.add(next);
      left.delete(next);
      size += counts.get(next)!;
      next = nearestTo(group, left, users);
    }
    groups.push(group);
  }
  return groups;
};

/** The agreement that shares most inventory lines with a group. */
const nearestTo = (group: ReadonlySet<number>, left: ReadonlySet<number>, users: ReadonlyMap<number, ReadonlySet<number>>): number | undefined => {
  const shared = new Map<number, number>();
  for (const demands of users.values()) {
    let inside = 0;
    for (const demand of demands) if (group.has(demand)) inside += 1;
    if (inside > 0) for (const demand of demands) if (left.has(demand)) shared.set(demand, (shared.get(demand) ?? 0) + inside);
  }
  let best: number | undefined;
  for (const [demand, count] of shared) {
    const most = best === undefined ? 0 : shared.get(best)!;
    if (count > most || (count === most && best !== undefined && demand < best)) best = demand;
  }
  return best;
};

/** Movements that are made or near to being made, and all recalls. */
const openChoices = ({ choices }: PolishTask, near: ReadonlySet<number>, primal: Float64Array): MoveChoice[] =>
  choices.filter((choice) => choice.isRecall || near.has(choice.column) || amountMoved(choice, primal[choice.column]!) > 0);

/** Branches of a search for all movements. */
const nodesOfWhole = 1;

/** Decides all movements at once, with a few branches: for books of a size in which they say more than searches of parts, a bound above all. */
export const decideWhole = async (task: PolishTask, answer: MovementAnswer): Promise<{ readonly answer: MovementAnswer; readonly bound: number }> => {
  const all = new Set(task.pairColumns.map(({ demand }) => demand));
  const { next, wasCut, bound } = await decideAnew(task, answer, all, task.choices, { nodes: nodesOfWhole, relativeGap: 1e-6 });
  const best = next !== undefined && isBetter(next, answer, "coverFirst") ? next : answer;
  return { answer: { ...best, isComplete: answer.isComplete && !wasCut }, bound };
};

interface Decided {
  /** The point with the movements that were found; undefined where none was found. */
  readonly next?: MovementAnswer;
  /** True where the time or a person ended the search. */
  readonly wasCut: boolean;
  /** Proved by the search for what was open. */
  readonly bound: number;
}

const decideAnew = async (
  task: PolishTask,
  answer: MovementAnswer,
  group: ReadonlySet<number>,
  open: readonly MoveChoice[],
  limits: { readonly nodes: number; readonly relativeGap: number },
): Promise<Decided> => {
  const { base, choices } = task;
  const isOpen = new Uint8Array(base.columnCount).fill(1);
  const decided = new Set(open.map(({ column }) => column));
  for (const { column } of choices) if (!decided.has(column)) isOpen[column] = 0;
  for (const { column, demand } of task.pairColumns) if (!decided.has(column) && !group.has(demand)) isOpen[column] = 0;
  const columns = Int32Array.from([...isOpen.keys()].filter((c) => isOpen[c] === 1));
  const place = new Map([...columns].map((c, own) => [c, own]));
  const objective = Float64Array.from(task.costs);
  for (const [column, weight] of task.shortfalls) objective[column]! += weight;
  const sub = extractSubModel({ ...base, objective }, columns, answer.primal);
  const switched = open.map((choice) => ({ choice, column: place.get(choice.column)! }));
  const elsewhere = countElsewhere(task, decided, answer.primal);
  const room = task.caps.map((limit, cap) => limit - elsewhere[cap]!);
  const model = withMovementSwitches(sub.model, switched, room);
  const start = Float64Array.from(columns, (c) => answer.primal[c]!);
  const found = await task.search(model, switchedPoint(start, switched), limits);
  const record = { wasCut: isCut(found), bound: found.bound };
  // Only the movements of the point count: amounts that are a trace off do not matter.
  if (found.primal.length !== model.columnCount) return record;
  // The movements are what was looked for: how much each moves is a linear program, without the dust of the search.
  const columnLower = Float64Array.from(sub.model.columnLower);
  const columnUpper = Float64Array.from(sub.model.columnUpper);
  switched.forEach(({ choice, column }, k) => {
    const isMade = found.primal[sub.model.columnCount + k]! > 0.5;
    if (choice.isRecall && !isMade) columnLower[column] = columnUpper[column]!;
    if (!choice.isRecall && !isMade) columnUpper[column] = columnLower[column]!;
    if (!choice.isRecall && isMade && choice.piece > 0)
      columnLower[column] = Math.max(columnLower[column]!, Math.min(choice.piece, columnUpper[column]!));
  });
  const { terminationStatus, primal } = await task.solve({ ...sub.model, columnLower, columnUpper }, undefined);
  if (terminationStatus !== "optimal" || primal.length !== columns.length) return record;
  const whole = putBack(sub, primal, answer.primal);
  return { ...record, next: { ...scorePoint(task, whole), primal: whole, isComplete: answer.isComplete } };
};

/** Movements that each cap counts among those that are not decided anew. */
const countElsewhere = ({ caps, choices }: PolishTask, decided: ReadonlySet<number>, primal: Float64Array): Int32Array => {
  const counts = new Int32Array(caps.length);
  if (caps.length === 0) return counts;
  for (const choice of choices) {
    if (decided.has(choice.column) || amountMoved(choice, primal[choice.column]!) === 0) continue;
    for (const cap of choice.caps) counts[cap]!++;
  }
  return counts;
};
