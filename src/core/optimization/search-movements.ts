import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveResult } from "../lp/solver";
import { extractSubModel, putBack, type SubModel } from "../lp/sub-model";
import { amountMoved, leastAmount, type MoveChoice } from "./movement-choices";
import { farDeliveries } from "./far-deliveries";
import { isBetter, type Order, type Score } from "./movement-score";
import { scaleSlopes, type SlopeTask } from "./scale-slopes";

/** Passes over all movements at most; what has not changed since is not tried again. */
const mostPasses = 8;
/** Times that the charge on movements over a cap is doubled to come near the cap. */
const doublings = 12;

/** What the search works on. */
export interface MovementTask {
  /** The model without switches; its objective does not matter. */
  readonly base: LinearModel;
  /** Cost objective without fixed costs; shape (columns of base). */
  readonly costs: Float64Array;
  readonly choices: readonly MoveChoice[];
  /** Movements that each cap allows. */
  readonly caps: readonly number[];
  /** Weight of one unit of shortfall, by column: far above any cost. Empty where shortfalls are held by rows. */
  readonly shortfalls: ReadonlyMap<number, number>;
  /** Result of the relaxation with the fixed costs spread. */
  readonly relaxed: SolveResult;
  solve(model: LinearModel, basis: Basis | undefined): Promise<SolveResult>;
  /** True when the time is up or the person has stopped. */
  isOver(): boolean;
  /** Called with each better point that keeps all caps: its cost objective with fixed costs, and the point. */
  readonly onBetter?: (objective: number) => void;
  /** Most that a point may cost once what was added to each movement is taken off again; default no limit. */
  readonly budget?: { readonly most: number; readonly perMovement: number };
}

/** The best set of movements found. */
export interface MovementAnswer extends Score {
  /** Point of the whole model. */
  readonly primal: Float64Array;
  /** True where no single movement could be dropped any more; false where time ended the search. */
  readonly isComplete: boolean;
}

interface State {
  readonly x: Float64Array;
  /** Amount of each movement. */
  readonly amounts: Float64Array;
  readonly basis: Basis | undefined;
  readonly score: Score;
}

interface Search {
  readonly task: MovementTask;
  readonly sub: SubModel;
  readonly costs: Float64Array;
  readonly choices: readonly MoveChoice[];
  /** Column of the sub-model, by choice. */
  readonly columns: Int32Array;
  /** Today's amount of recalls, -1 for deliveries; by choice. */
  readonly todays: Float64Array;
  readonly mosts: Float64Array;
  readonly fixed: Float64Array;
  /** Choices with a smallest piece. */
  readonly pieces: readonly number[];
  readonly shortfalls: readonly (readonly [number, number])[];
  /** Charge on movements that a cap counts, by cap. */
  readonly charges: Float64Array;
}

/**
 * Looks for a cheap set of movements: starts from the relaxation, scales its slopes and drops one movement after the other, each time solving what remains.
 *
 * While one is dropped, what is open costs nothing to use, and what is closed costs its fixed part spread over the amount that was moved:
 * so another movement takes its place where that is cheaper. Small amounts are tried first. No clock and no luck: a search that is not
 * stopped ends by itself, with the same answer everywhere.
 *
 * @source L. Cooper, C. Drebes, An approximate solution method for the fixed charge problem, 1967 (dropping one at a time)
 */
export const searchMovements = async (task: MovementTask): Promise<MovementAnswer> => {
  const search = prepare(task);
  let state = await firstState(search);
  if (state === undefined) {
    const x = pick(search.sub, task.relaxed.primal);
    return { primal: task.relaxed.primal, ...scoreOf(search, x, amountsAt(search, x)), isComplete: false };
  }
  if (state.score.excess > 0) state = await relieveCaps(search, await approachCaps(search, state), "coverFirst");
  else state = await scaleSlopes(state, slopeTask(search));
  // A point that keeps every cap must be there when the time is up, whatever it leaves short.
  const within = state.score.excess > 0 ? await closeExceeded(search, state) : undefined;
  let last = await dropMovements(search, state, "coverFirst");
  // Where caps cannot be kept otherwise, calls give way: a cap is a rule, a call that is short is an answer.
  if (last.state.score.excess > 0) {
    const relieved = await relieveCaps(search, last.state, "capsFirst");
    const closed = relieved.score.excess > 0 ? await closeExceeded(search, relieved) : undefined;
    const best = [within, closed].reduce<State>((a, b) => (b !== undefined && isBetter(b.score, a.score, "capsFirst") ? b : a), relieved);
    last = await dropMovements(search, best, "capsFirst");
  }
  const { x, score } = last.state;
  return { primal: putBack(search.sub, x, new Float64Array(task.base.columnCount)), ...score, isComplete: last.isComplete };
};

/** Drops movements one by one from a point that is known. @param task its relaxation: the point, and reduced costs that say what is near */
export const dropFrom = async (task: MovementTask): Promise<MovementAnswer> => {
  const search = prepare(task);
  const x = pick(search.sub, task.relaxed.primal);
  const amounts = amountsAt(search, x);
  const start: State = { x, amounts, basis: undefined, score: scoreOf(search, x, amounts) };
  const { state, isComplete } = await dropMovements(search, start, "coverFirst");
  return { primal: putBack(search.sub, state.x, new Float64Array(task.base.columnCount)), ...state.score, isComplete };
};

/** What a point of the whole model is worth. */
export const scorePoint = (task: MovementTask, primal: Float64Array): Score => {
  const { base, costs, choices } = task;
  const amounts = Float64Array.from(choices, (choice) => amountMoved(choice, primal[choice.column]!));
  const every = {
    task,
    costs,
    choices,
    fixed: Float64Array.from(choices, (choice) => choice.fixed),
    pieces: [...choices.keys()].filter((k) => choices[k]!.piece > 0),
    shortfalls: [...task.shortfalls],
  };
  return scoreOf(every, primal.subarray(0, base.columnCount), amounts);
};

/** True where a point is dearer than the budget allows. */
const isTooDear = ({ task }: Search, { score, amounts }: State): boolean =>
  task.budget !== undefined &&
  score.cost - task.budget.perMovement * amounts.reduce((sum, amount) => sum + (amount > 0 ? 1 : 0), 0) > task.budget.most;

const pick = (sub: SubModel, primal: Float64Array): Float64Array => Float64Array.from(sub.columns, (c) => primal[c]!);

/** Keeps everything but deliveries that are far from being used. */
const prepare = (task: MovementTask): Search => {
  const { base, relaxed, choices } = task;
  const far = farDeliveries(task);
  const columns: number[] = [];
  for (let c = 0; c < base.columnCount; c++) if (!far.has(c)) columns.push(c);
  const sub = extractSubModel(base, Int32Array.from(columns), new Float64Array(base.columnCount));
  const place = new Int32Array(base.columnCount).fill(-1);
  columns.forEach((c, own) => (place[c] = own));
  const kept = choices.filter((choice) => place[choice.column]! >= 0);
  return {
    task: { ...task, relaxed },
    sub,
    costs: Float64Array.from(columns, (c) => task.costs[c]!),
    choices: kept,
    columns: Int32Array.from(kept, (choice) => place[choice.column]!),
    todays: Float64Array.from(kept, (choice) => (choice.isRecall ? choice.today : -1)),
    mosts: Float64Array.from(kept, (choice) => choice.most),
    fixed: Float64Array.from(kept, (choice) => choice.fixed),
    pieces: [...kept.keys()].filter((k) => kept[k]!.piece > 0),
    shortfalls: [...task.shortfalls].map(([column, weight]) => [place[column]!, weight] as const),
    charges: new Float64Array(task.caps.length),
  };
};

const amountsAt = ({ columns, todays }: Search, x: Float64Array): Float64Array => {
  const amounts = new Float64Array(columns.length);
  for (let k = 0; k < columns.length; k++) {
    const amount = todays[k]! < 0 ? x[columns[k]!]! : todays[k]! - x[columns[k]!]!;
    if (amount > leastAmount) amounts[k] = amount;
  }
  return amounts;
};

type Scored = Pick<Search, "task" | "costs" | "choices" | "fixed" | "pieces" | "shortfalls">;

const scoreOf = ({ task, costs, choices, fixed, pieces, shortfalls }: Scored, x: Float64Array, amounts: Float64Array): Score => {
  let cost = 0;
  for (let c = 0; c < costs.length; c++) cost += costs[c]! * x[c]!;
  for (let k = 0; k < fixed.length; k++) if (amounts[k]! > 0) cost += fixed[k]!;
  let excess = 0;
  for (const k of pieces) if (amounts[k]! > 0 && amounts[k]! < choices[k]!.piece * (1 - 1e-9)) excess += 1;
  if (task.caps.length > 0) countMovements(task, choices, amounts).forEach((count, cap) => (excess += Math.max(0, count - task.caps[cap]!)));
  const shortfall = shortfalls.reduce((sum, [column, weight]) => sum + weight * Math.max(0, x[column]!), 0);
  return { excess, shortfall, cost };
};

/** Movements that each cap counts. */
const countMovements = (task: MovementTask, choices: readonly MoveChoice[], amounts: Float64Array): Int32Array => {
  const counts = new Int32Array(task.caps.length);
  for (let k = 0; k < choices.length; k++) if (amounts[k]! > 0) for (const cap of choices[k]!.caps) counts[cap]!++;
  return counts;
};

/** Objective: open movements at their own cost, closed ones with their fixed part spread over `moved` or all that they may move. */
const objectiveFor = (search: Search, amounts: Float64Array | undefined, near?: MoveChoice, moved = 0): Float64Array => {
  const { task, costs, choices, columns, charges, shortfalls, fixed, mosts, todays } = search;
  const objective = Float64Array.from(costs);
  for (const [column, weight] of shortfalls) objective[column]! += weight;
  const value = near === undefined ? Infinity : moved * near.valueRatio;
  for (let k = 0; k < fixed.length; k++) {
    if (amounts !== undefined && amounts[k]! > 0) continue;
    let charge = fixed[k]!;
    if (task.caps.length > 0) for (const cap of choices[k]!.caps) charge += charges[cap]!;
    if (charge === 0) continue;
    const amount = value === Infinity ? mosts[k]! : Math.min(mosts[k]!, value / choices[k]!.valueRatio);
    objective[columns[k]!]! += (todays[k]! < 0 ? charge : -charge) / Math.max(1e-9, amount);
  }
  return objective;
};

const solveState = async (search: Search, model: LinearModel, basis: Basis | undefined): Promise<State | undefined> => {
  const { terminationStatus, primal, basis: next } = await search.task.solve(model, basis);
  if (terminationStatus !== "optimal" || primal.length !== model.columnCount) return undefined;
  const amounts = amountsAt(search, primal);
  return { x: primal, amounts, basis: next, score: scoreOf(search, primal, amounts) };
};

const firstState = async (search: Search): Promise<State | undefined> => {
  const state = await solveState(search, { ...search.sub.model, objective: objectiveFor(search, undefined) }, undefined);
  return state === undefined ? undefined : raisePieces(search, state);
};

const slopeTask = (search: Search): SlopeTask<State> => ({
  charges: search.fixed,
  mosts: search.mosts,
  isOver: () => search.task.isOver(),
  isBetter: (a, b) => isBetter(a.score, b.score, "coverFirst"),
  solve: async (slopes, { basis }) => {
    const { sub, columns, todays } = search;
    const objective = Float64Array.from(search.costs);
    for (const [column, weight] of search.shortfalls) objective[column]! += weight;
    slopes.forEach((slope, k) => (objective[columns[k]!]! += todays[k]! < 0 ? slope : -slope));
    const next = await solveState(search, { ...sub.model, objective }, basis);
    return next === undefined ? undefined : raisePieces(search, next);
  },
});

/** Charges movements over a cap more and more, until the relaxation itself keeps to most of the caps. */
const approachCaps = async (search: Search, start: State): Promise<State> => {
  const { task, choices, charges } = search;
  let best = start;
  let last = start;
  const typical = Math.max(1e-9, ...choices.map((choice) => choice.fixed), Math.abs(start.score.cost) / Math.max(1, choices.length));
  for (let round = 0; round < doublings && last.score.excess > 0 && !task.isOver(); round++) {
    const counts = countMovements(task, choices, last.amounts);
    task.caps.forEach((limit, cap) => {
      if (counts[cap]! > limit) charges[cap] = Math.max(typical, charges[cap]! * 2);
    });
    const solved = await solveState(search, { ...search.sub.model, objective: objectiveFor(search, undefined) }, last.basis);
    if (solved === undefined) break;
    last = await raisePieces(search, solved);
    if (isBetter(last.score, best.score, "coverFirst")) best = last;
  }
  return best;
};

/** How much dearer than usual a movement is made where an agreement must do with fewer, one try after the other. */
const pressures = [1, 100, 10_000];

/** Chooses the movements of each cap that is exceeded anew, as few as possible, while the others keep theirs. */
const relieveCaps = async (search: Search, start: State, order: Order): Promise<State> => {
  const { task, choices } = search;
  let state = start;
  for (let cap = 0; cap < task.caps.length; cap++) {
    for (const pressure of order === "capsFirst" ? [...pressures, Infinity] : pressures) {
      const counts = countMovements(task, choices, state.amounts);
      if (counts[cap]! <= task.caps[cap]! || task.isOver()) break;
      const next = await withFewer(search, state, cap, counts, pressure);
      if (next !== undefined && isBetter(next.score, state.score, order)) state = next;
    }
  }
  return state;
};

/**
 * Keeps of the movements of each exceeded cap those that move most value, as many as it allows, and closes all others; where what goes home
 * has no choice, recalls come before deliveries. The cheapest ways come first: a few linear programs without a look at the time.
 */
const closeExceeded = async (search: Search, start: State): Promise<State | undefined> => {
  const { task, choices, sub, columns, todays } = search;
  let best: State | undefined;
  for (const way of ["most value", "recalls first", "nothing new"] as const) {
    const { amounts } = start;
    const value = (k: number): number => amounts[k]! * choices[k]!.valueRatio + (way === "recalls first" && choices[k]!.isRecall ? 1e6 : 0);
    const room = [...task.caps];
    const columnLower = Float64Array.from(sub.model.columnLower);
    const columnUpper = Float64Array.from(sub.model.columnUpper);
    for (const k of [...choices.keys()].sort((a, b) => value(b) - value(a) || a - b)) {
      const { caps } = choices[k]!;
      const isKept = way !== "nothing new" && amounts[k]! > 0 && caps.every((cap) => room[cap]! > 0);
      if (isKept) for (const cap of caps) room[cap]! -= 1;
      else if (caps.length > 0 && todays[k]! < 0) columnUpper[columns[k]!] = columnLower[columns[k]!]!;
      else if (caps.length > 0) columnLower[columns[k]!] = columnUpper[columns[k]!]!;
    }
    const objective = objectiveFor(search, amounts);
    const solved = await solveState(search, { ...sub.model, columnLower, columnUpper, objective }, start.basis);
    const next = solved === undefined ? undefined : await raisePieces(search, solved, { columnLower, columnUpper });
    if (next !== undefined && (best === undefined || isBetter(next.score, best.score, "capsFirst"))) best = next;
    if (best !== undefined && best.score.excess === 0) return best;
  }
  return best;
};

/** One cap's movements chosen anew; those that other full caps count stay closed. With infinite pressure none is made. */
const withFewer = async (search: Search, state: State, cap: number, counts: Int32Array, pressure: number): Promise<State | undefined> => {
  const { task, choices, columns, todays, mosts, fixed, sub } = search;
  const objective = objectiveFor(search, state.amounts);
  const columnLower = Float64Array.from(sub.model.columnLower);
  const columnUpper = Float64Array.from(sub.model.columnUpper);
  const close = (k: number): void => {
    if (todays[k]! < 0) columnUpper[columns[k]!] = columnLower[columns[k]!]!;
    else columnLower[columns[k]!] = columnUpper[columns[k]!]!;
  };
  const typical = Math.max(1e-6, ...fixed, Math.abs(state.score.cost) / Math.max(1, choices.length));
  choices.forEach(({ caps }, k) => {
    if (caps.includes(cap)) {
      if (pressure === Infinity) return close(k);
      objective[columns[k]!]! =
        search.costs[columns[k]!]! + ((todays[k]! < 0 ? 1 : -1) * (fixed[k]! + pressure * typical)) / Math.max(1e-9, mosts[k]!);
    } else if (state.amounts[k] === 0 && caps.some((other) => counts[other]! >= task.caps[other]!)) close(k);
  });
  const next = await solveState(search, { ...sub.model, columnLower, columnUpper, objective }, state.basis);
  return next === undefined ? undefined : raisePieces(search, next);
};

/** Deliveries below their smallest piece are raised to it, or dropped where they are less than half of it. */
const raisePieces = async (
  search: Search,
  state: State,
  within: { readonly columnLower: Float64Array; readonly columnUpper: Float64Array } = search.sub.model,
): Promise<State> => {
  const { choices, columns, sub, pieces } = search;
  if (!pieces.some((k) => state.amounts[k]! > 0 && state.amounts[k]! < choices[k]!.piece)) return state;
  const columnLower = Float64Array.from(within.columnLower);
  const columnUpper = Float64Array.from(within.columnUpper);
  for (const k of pieces) {
    const { piece } = choices[k]!;
    const column = columns[k]!;
    if (state.amounts[k]! >= piece / 2 && piece <= columnUpper[column]!) columnLower[column] = Math.max(columnLower[column]!, piece);
    else columnUpper[column] = columnLower[column]!;
  }
  const raised = await solveState(search, { ...sub.model, columnLower, columnUpper, objective: objectiveFor(search, state.amounts) }, state.basis);
  return raised ?? state;
};

/** Tries each movement in turn: what would it cost not to make it? */
const dropMovements = async (search: Search, start: State, order: Order): Promise<{ state: State; isComplete: boolean }> => {
  const { task, choices } = search;
  let state = start;
  const changed = { supply: new Map<number, number>(), demand: new Map<number, number>() };
  const triedAt = new Int32Array(choices.length).fill(-1);
  let now = 0;
  const isFresh = (k: number): boolean => {
    const { supply, demand } = choices[k]!;
    return triedAt[k]! < 0 || Math.max(changed.supply.get(supply) ?? 0, changed.demand.get(demand) ?? 0) > triedAt[k]!;
  };
  for (let pass = 0; pass < mostPasses; pass++) {
    const { amounts } = state;
    const open = [...choices.keys()].filter((k) => amounts[k]! > 0 && isFresh(k));
    if (open.length === 0) return { state, isComplete: true };
    // What saves most for each unit that has to go elsewhere comes first.
    const ease = (k: number): number => amounts[k]! / Math.max(1e-9, choices[k]!.fixed + 1e-3);
    open.sort((a, b) => ease(a) - ease(b) || a - b);
    for (const k of open) {
      if (task.isOver()) return { state, isComplete: false };
      if (state.amounts[k] === 0) continue;
      triedAt[k] = ++now;
      const next = await withoutMovement(search, state, k);
      if (next === undefined || !isBetter(next.score, state.score, order) || isTooDear(search, next)) continue;
      now++;
      noteChanges(choices, state.amounts, next.amounts, changed, now);
      state = next;
      if (state.score.excess === 0 && state.score.shortfall <= 1e-9) task.onBetter?.(state.score.cost);
    }
  }
  return { state, isComplete: true };
};

/** The cheapest point without one movement, as far as one linear program tells. */
const withoutMovement = async (search: Search, state: State, k: number): Promise<State | undefined> => {
  const { choices, columns, sub } = search;
  const choice = choices[k]!;
  const own = columns[k]!;
  const columnLower = Float64Array.from(sub.model.columnLower);
  const columnUpper = Float64Array.from(sub.model.columnUpper);
  if (choice.isRecall) {
    if (columnUpper[own]! < choice.today) return undefined;
    columnLower[own] = choice.today;
  } else {
    if (columnLower[own]! > 0) return undefined;
    columnUpper[own] = 0;
  }
  for (const j of search.pieces) {
    const { piece } = choices[j]!;
    if (j !== k && state.amounts[j]! >= piece * (1 - 1e-9)) columnLower[columns[j]!] = Math.max(columnLower[columns[j]!]!, piece);
  }
  const objective = objectiveFor(search, state.amounts, choice, state.amounts[k]!);
  const next = await solveState(search, { ...sub.model, columnLower, columnUpper, objective }, state.basis);
  return next === undefined ? undefined : raisePieces(search, next);
};

const noteChanges = (
  choices: readonly MoveChoice[],
  before: Float64Array,
  after: Float64Array,
  changed: { readonly supply: Map<number, number>; readonly demand: Map<number, number> },
  now: number,
): void => {
  choices.forEach(({ supply, demand }, k) => {
    if (Math.abs(before[k]! - after[k]!) <= leastAmount) return;
    changed.supply.set(supply, now);
    changed.demand.set(demand, now);
  });
};
