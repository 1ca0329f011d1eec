import type { LinearModel } from "../lp/linear-model";
import { resultWithoutPoint } from "../lp/solve-result";
import type { SolveResult } from "../lp/solver";
import { tightenUpperBounds } from "../lp/tighten-bounds";
import { largestExactSearch, type AllocationModel } from "./build-allocation-model";
import { addMovementRows } from "./model-rows/movement-rows";
import { checkedPoint, searchKeepingBest } from "./keep-incumbent";
import { listChoices, relaxationOf, roomOfCaps, withDecisions } from "./movement-choices";
import type { AllocationProblem } from "./problem-shape";
import { dropFrom, scorePoint, searchMovements, type MovementAnswer, type MovementTask } from "./search-movements";
import { decideWhole, polishMovements, type PolishTask } from "./polish-movements";
import { raiseBound } from "./raise-bound";
import { isCut } from "./run-clock";
import { isBetter } from "./movement-score";
import type { StartingPoint } from "./starting-points";
import { gapOf, isOver, noteResult, secondsForAnswer, secondsLeft, solveLinear, tellProgress, usableOr, watchOf, type StageRun } from "./stage-run";

/** What a stage found, and the model that says what it means. */
export interface SolvedMovements {
  readonly cost: SolveResult;
  readonly model: LinearModel;
  /** The linear relaxation that the search started from. */
  readonly relaxed: SolveResult;
}

/** What calls, minimums and soft limits reached before is worth in the search: far above any cost, in their order. */
const softWeights = ({ index }: AllocationModel, problem: AllocationProblem): ReadonlyMap<number, number> => {
  const ranks = [...new Set(problem.demands.map((demand) => demand.rank))].sort((a, b) => a - b);
  const heaviest = Math.max(1e-12, ...problem.demands.map((demand) => demand.weight));
  const weights = new Map<number, number>();
  problem.demands.forEach((demand, d) => {
    weights.set(index.shortfall[d]!, (1e6 * (demand.weight / heaviest)) / 10 ** Math.min(2, ranks.indexOf(demand.rank)));
  });
  for (const { column } of index.misses) weights.set(column, 1e4);
  for (const { column } of index.breaches) weights.set(column, 1e3);
  return weights;
};

/**
 * The cost stage where movements have fixed costs, smallest pieces or caps and nothing else is whole.
 *
 * Small books get a switch for each movement and a proof. Large ones are searched movement by movement; their bound is that of the linear
 * relaxation, in which every fixed cost is spread over the most that its rows let move.
 *
 * @param held rows that hold what earlier stages reached, from this one on; where caps bind they become weights in the search
 * @returns undefined where no set of movements that keeps all caps and pieces was found
 */
export const solveMovements = async (
  run: StageRun,
  problem: AllocationProblem,
  model: AllocationModel,
  held: number,
): Promise<SolvedMovements | undefined> => {
  const built = model.builder.build();
  const most = tightenUpperBounds(built);
  const choices = listChoices(problem, model.index, built, most);
  const binds = problem.caps.length > 0 || choices.some((choice) => choice.piece > 0);
  const base = binds ? { ...built, rowUpper: built.rowUpper.map((upper, row) => (row >= held ? Infinity : upper)) } : built;
  const costs = Float64Array.from({ length: base.columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const relaxation = relaxationOf(built, costs, choices);
  const relaxed = usableOr(run, await solveLinear(run, relaxation.model), relaxation.model.objective);
  // A relaxation that was ended by the time bounds nothing, whatever its point costs.
  const bound = isCut(relaxed) ? -Infinity : relaxed.objective + relaxation.constant;
  tellProgress(run, { bound });
  const task: MovementTask = {
    base,
    costs,
    choices,
    caps: roomOfCaps(problem),
    shortfalls: binds ? softWeights(model, problem) : new Map(),
    relaxed,
    isOver: () => isOver(run),
    onBetter: (objective) => tellProgress(run, { objective, bound }),
    solve: async (asked, basis) => {
      // No person can wait for one of them, but a book may be so large that the time ends in the middle of it.
      const seconds = run.options.timeSeconds === undefined ? {} : { limits: { timeSeconds: Math.max(0.1, secondsForAnswer(run)) } };
      const result = await run.solver.solve(asked, { ...seconds, ...(basis === undefined ? {} : { start: { basis } }) });
      noteResult(run, result);
      return result;
    },
  };
  const found = await betterOf(task, await searchMovements(task), run.starts);
  // What breaks a cap is no answer: it is neither shown nor kept.
  if (found.excess > 0) return undefined;
  tellProgress(run, found.shortfall > 1e-9 ? { bound } : { objective: found.cost, bound });
  if (!binds && problem.pairs.length <= largestExactSearch) return solveExactly(run, problem, model, found, bound, relaxed);
  const isBounded = Number.isFinite(bound) && found.shortfall <= 1e-9;
  const isMedium = problem.pairs.length <= largestCountedSearch;
  const { coverageRow } = model.index;
  // The bound comes first, so that it has its time; in books of a middling size the search at the end gives a better one.
  const raised = isBounded && !isMedium ? await raiseBound({ ...task, relaxation, most, coverageRow, known: found.cost }) : bound;
  const polish = polishTask(run, problem, model, { ...task, onBetter: (objective) => tellProgress(run, { objective, bound: raised }) });
  const polished = await polishMovements(polish, found, isMedium ? 1 : Infinity);
  const isCounted = isMedium && isBounded && !isOver(run);
  const { answer, bound: searched } = isCounted ? await decideWhole(polish, polished) : { answer: polished, bound: -Infinity };
  tellProgress(run, answer.shortfall > 1e-9 ? { bound } : { objective: answer.cost, bound: Math.max(raised, searched) });
  return finishSearch(run, task, answer, isBounded ? Math.max(raised, searched) : raised, relaxed);
};

/** Up to this many pairs all movements are decided at once as well, with few branches: beyond, one branch takes too long. */
const largestCountedSearch = 1_000;

const polishTask = (run: StageRun, problem: AllocationProblem, { index }: AllocationModel, task: MovementTask): PolishTask => ({
  ...task,
  pairColumns: problem.pairs.flatMap(({ demand }, p) =>
    [index.keep[p]!, index.deliver[p]!].filter((column) => column >= 0).map((column) => ({ column, demand })),
  ),
  search: async (model, start, limits) => {
    const timeSeconds = secondsLeft(run);
    const { stop } = run.options;
    const result = await run.solver.solve(model, {
      ...(stop === undefined ? {} : { stop }),
      limits: { ...limits, ...(timeSeconds === undefined ? {} : { timeSeconds }) },
      start: { primal: start },
    });
    noteResult(run, result);
    return result;
  },
});

/** The answer of the search, or what becomes of an answer without a search where that is better. */
const betterOf = async (task: MovementTask, found: MovementAnswer, starts: readonly StartingPoint[]): Promise<MovementAnswer> => {
  let best = found;
  for (const { primal } of starts) {
    // It was made before calls were held at what can be covered: it may be cheap because it covers less.
    if (checkedPoint(task.base, primal) === undefined) continue;
    const score = scorePoint(task, primal);
    if (!isBetter(score, best, "capsFirst")) continue;
    const start = { ...score, primal, isComplete: best.isComplete };
    const dropped = task.isOver() ? start : await dropFrom({ ...task, relaxed: { ...task.relaxed, primal } });
    best = isBetter(start, dropped, "capsFirst") ? start : dropped;
  }
  return best;
};

const finishSearch = (run: StageRun, task: MovementTask, answer: MovementAnswer, bound: number, relaxed: SolveResult): SolvedMovements => {
  const decided = withDecisions(task, answer.primal);
  const columnUpper = Float64Array.from(decided.columnUpper);
  // What is short stays short: the price of the answer must not be paid with another call.
  for (const column of task.shortfalls.keys())
    columnUpper[column] = Math.max(decided.columnLower[column]!, answer.primal[column]! * (1 + 1e-9) + 1e-12);
  const status = answer.isComplete ? "iterationLimit" : run.options.stop?.requested === true ? "interrupted" : "timeLimit";
  run.isReproducible &&= answer.isComplete;
  const cost: SolveResult = {
    ...resultWithoutPoint(status, { solver: relaxed.solver, seconds: 0, iterations: 0, rawStatus: "movements dropped one by one" }),
    primalStatus: "feasiblePoint",
    objective: answer.cost,
    // A relaxation that covers everything bounds only answers that do so too.
    bound: answer.shortfall > 1e-9 ? -Infinity : Math.min(bound, answer.cost),
    primal: answer.primal,
    reason: `${task.choices.length} movements searched one by one, each a linear program by ${relaxed.solver}`,
  };
  run.isProved &&= gapOf(cost) <= 1e-6;
  run.lastUsable = answer.primal;
  // Decided movements count as whole numbers that are settled.
  return { cost, model: { ...decided, columnUpper, integer: new Uint8Array(decided.columnCount) }, relaxed };
};

/** Branch and cut over all movements, from the answer of the search. */
const solveExactly = async (
  run: StageRun,
  problem: AllocationProblem,
  model: AllocationModel,
  answer: MovementAnswer,
  bound: number,
  relaxed: SolveResult,
): Promise<SolvedMovements> => {
  const { builder, index } = model;
  addMovementRows(builder, index, problem);
  const objective = Float64Array.from({ length: builder.columnCount }, (_, c) => index.costs[c] ?? 0);
  const full: LinearModel = { ...builder.build(), objective };
  const start = withSwitches(problem, model, answer.primal, builder.columnCount);
  const { nodes, relativeGap = 1e-6 } = run.options;
  const timeSeconds = secondsLeft(run);
  const limits = { ...(timeSeconds === undefined ? {} : { timeSeconds }), ...(nodes === undefined ? {} : { nodes }), relativeGap };
  const known = { objective: answer.cost, bound };
  const result = isOver(run)
    ? resultWithoutPoint("timeLimit", { solver: run.solver.name, seconds: 0, iterations: 0, rawStatus: "no time left to search" })
    : await searchKeepingBest(run.solver, full, { ...watchOf(run, known), limits, start: { primal: start } });
  noteResult(run, result);
  const isFound = result.primalStatus === "feasiblePoint" && result.objective <= answer.cost + 1e-9 * Math.abs(answer.cost);
  const own = Number.isFinite(result.bound) ? Math.max(result.bound, bound) : bound;
  const best = isFound
    ? result
    : { ...result, primal: start, objective: answer.cost, primalStatus: "feasiblePoint" as const, dual: new Float64Array(0) };
  const terminationStatus = !isFound && result.terminationStatus === "optimal" ? "otherError" : result.terminationStatus;
  const cost = { ...best, terminationStatus, bound: Math.min(best.objective, own) };
  run.isProved &&= cost.terminationStatus === "optimal";
  return { cost, model: full, relaxed };
};

/** A point with the switches that its movements need. @param primal its columns without switches at least */
export const withSwitches = (problem: AllocationProblem, { index }: AllocationModel, primal: Float64Array, columnCount: number): Float64Array => {
  const point = new Float64Array(columnCount);
  point.set(primal.subarray(0, Math.min(primal.length, firstSwitch(index, columnCount))));
  problem.pairs.forEach((pair, p) => {
    const today = (pair.today * problem.supplies[pair.supply]!.unitValue) / index.scale;
    if (index.delivers[p]! >= 0 && primal[index.deliver[p]!]! > 1e-9) point[index.delivers[p]!] = 1;
    if (index.recalls[p]! >= 0 && today - primal[index.keep[p]!]! > 1e-9) point[index.recalls[p]!] = 1;
  });
  return point;
};

const firstSwitch = ({ delivers, recalls }: AllocationModel["index"], columnCount: number): number =>
  [...delivers, ...recalls].reduce((first, column) => (column >= 0 ? Math.min(first, column) : first), columnCount);
