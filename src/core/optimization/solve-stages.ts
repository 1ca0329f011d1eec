import type { LinearModel } from "../lp/linear-model";
import type { SolveResult, Solver } from "../lp/solver";
import type { MovementSaving } from "./allocation-outcome";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";
import { slabsOutOfOrder } from "./slab-order";
import { checkedPoint, type CheckedPoint } from "./keep-incumbent";
import { solveMovements } from "./solve-movements";
import { startFromAmounts } from "./start-from-amounts";
import { findStartingPoints, isComplete, costBesideModel } from "./starting-points";
import { solveWithoutLots } from "./without-lots";
import { elapsed, isOver, solveLinear, solveWhole, startRun, tellProgress, usableOr, type StageOptions, type StageRun } from "./stage-run";

export type { StageOptions } from "./stage-run";

/** The best point found, how it was found, and what the last cost stage says about prices. */
export interface StagedResult {
  readonly primal: Float64Array;
  /** Result of the cost stage. */
  readonly cost: SolveResult;
  /** The model of the cost stage, for checks and sensitivities. */
  readonly model: LinearModel;
  readonly seconds: number;
  readonly iterations: number;
  /** True when every stage was proved optimal. */
  readonly isProved: boolean;
  /** False when a clock or a person ended a stage. */
  readonly isReproducible: boolean;
  /** Linear program behind a search of movements one by one. */
  readonly relaxed?: SolveResult;
  /** The cheapest answer that was shown on the way. */
  readonly shown?: CheckedPoint;
  /** What was spent to move less, where something was. */
  readonly saved?: MovementSaving;
}

/** A shortfall below this share of the model's scale, and below a tenth of a cent, is none. */
export const shortfallTolerance = 1e-10;
const shortfallCents = 0.1;

/** What a later stage may give up of an earlier one, model units. */
const toleranceOf = ({ index }: AllocationModel): number => Math.min(shortfallTolerance, (shortfallCents * index.cent) / index.scale);

/** What one unit of shortfall weighs against cost when both are solved in one go: 1e6 basis points. */
const penalty = 1e6;

/**
 * Solves in order: weighted shortfall by priority, hard minimums that give way, breaches of soft limits, cost. Each stage keeps the results
 * of those before.
 *
 * When nothing is soft, shortfall and cost are tried in one go with a large weight; if that covers everything it is the answer of both stages.
 *
 * @throws DomainError infeasible when the fixed rules (pins, locks, hard limits on them) cannot all hold
 */
export const solveStages = async (
  problem: AllocationProblem,
  model: AllocationModel,
  solver: Solver,
  options: StageOptions,
): Promise<StagedResult> => {
  const run = startRun(solver, options, model.index, {
    fallback: () => findStartingPoints(problem, model, solver),
    isAnswer: (primal) => slabsOutOfOrder(problem, model.index, primal).every((pool) => problem.orderedPools.has(pool)),
  });
  const start = options.timeSeconds === undefined ? undefined : await startFromAmounts(problem, model, solver);
  run.lastUsable = start?.primal;
  run.startBound = start?.bound;
  if (model.index.awaitsMovements || model.builder.build().integer !== undefined) {
    await beginSearch(run, problem, model);
    await lookWithoutLots(run, problem, model);
  }
  if (model.index.awaitsMovements) {
    const held = model.builder.rowCount;
    run.isRoomy = true;
    await fixRules(problem, model, run);
    run.phase = "cost";
    const solved = await solveMovements(run, problem, model, held);
    if (solved !== undefined) return { ...finish(run, solved.model, solved.cost), relaxed: solved.relaxed };
    const { isReproducible } = run;
    const again = await solveStages(problem, buildAllocationModel(problem, { withSwitches: true }), solver, options);
    return { ...again, isReproducible: again.isReproducible && isReproducible };
  }
  if (model.index.breaches.length + model.index.misses.length === 0 && (await isWorthJoining(model, run))) {
    const joint = await solveStage(run, model, jointObjective(model));
    if (joint.result.primal.length > 0 && totalShortfall(model, joint.result.primal) <= toleranceOf(model)) {
      return finish(run, joint.model, withCost(model, joint.result));
    }
  }
  await fixRules(problem, model, run);
  run.phase = "cost";
  const last = await solveStage(run, model, costObjective(model));
  return finish(run, last.model, withCost(model, last.result));
};

/** A search has an answer from its first moment: the best of those that need no search. One that leaves nothing short is shown with its cost. */
const beginSearch = async (run: StageRun, problem: AllocationProblem, model: AllocationModel): Promise<void> => {
  const { points, wasCut } = await run.fallback();
  run.starts = points;
  run.startWasCut = wasCut;
  run.lastUsable ??= run.starts[0]?.primal;
  const first = run.starts.find(({ primal }) => isComplete(model, primal, toleranceOf(model)) && run.isAnswer(primal));
  const objective = costObjective(model);
  const point = first === undefined ? undefined : checkedPoint({ ...model.builder.build(), objective }, first.primal);
  if (point === undefined) return;
  if (!model.index.awaitsMovements) run.shown = point;
  tellProgress(run, { objective: point.objective + costBesideModel(problem, model)(point.primal) });
};

/** In large books with lots that are all covered, the answer without lots says where to search and what cannot be beaten. */
const lookWithoutLots = async (run: StageRun, problem: AllocationProblem, model: AllocationModel): Promise<void> => {
  const isCovered = run.starts.some(({ primal }) => isComplete(model, primal, toleranceOf(model)));
  if (!isCovered || isOver(run)) return;
  const lotless = await solveWithoutLots(problem, model, run.solver, run.options, solveStages);
  if (lotless === undefined) return;
  run.nearby = { near: lotless.near, bound: lotless.bound };
  run.startWasCut ||= !lotless.isReproducible;
  if (lotless.start !== undefined) run.starts = [...run.starts, lotless.start];
};

/** True where a point that is known already reaches nothing at all in a sum of columns: then no search can do better. */
const isNil = (run: StageRun, model: AllocationModel, columns: readonly number[]): boolean => {
  const primal = run.starts.length === 0 ? undefined : run.lastUsable;
  return primal !== undefined && columns.reduce((sum, column) => sum + Math.max(0, primal[column]!), 0) <= toleranceOf(model);
};

/** With integers a joint search that ends short is lost time: first see whether everything can be covered at all. */
const isWorthJoining = async (model: AllocationModel, run: StageRun): Promise<boolean> => {
  const { builder, index } = model;
  if (builder.build().integer === undefined) return true;
  // Where integers bind, covering is a search of its own.
  if (index.hasBindingIntegers) return false;
  if (isNil(run, model, [...index.shortfall])) return true;
  const objective = new Float64Array(builder.columnCount);
  for (const column of index.shortfall) objective[column] = 1;
  const { result } = await solveStage(run, model, objective, true);
  return totalShortfall(model, result.primal) <= toleranceOf(model);
};

/**
 * Adds the row that holds what a stage reached: nothing at all where it reached nothing, else a trace more for the noise of the sum.
 *
 * No more than that, because room for a thousandth of a cent would be taken to swap whole units of assets that are worth almost the same.
 */
const addKept = (run: StageRun, model: AllocationModel, least: number): number => {
  const tolerance = toleranceOf(model);
  if (least <= tolerance) return model.builder.addRow({ upper: 0 });
  run.hasWordsToCome ||= run.phase !== "soft limits";
  const row = model.builder.addRow({ upper: run.isRoomy ? least + tolerance : least * (1 + 1e-14) });
  run.keptRows.push(row);
  return row;
};

/** The same model with room for an engine to which what was reached looks just out of reach. */
const withRoom = (run: StageRun, model: LinearModel, tolerance: number): LinearModel => {
  const rowUpper = Float64Array.from(model.rowUpper);
  for (const row of run.keptRows) rowUpper[row]! += tolerance;
  return { ...model, rowUpper };
};

interface Solved {
  readonly result: SolveResult;
  readonly model: LinearModel;
}

/** Solves one stage. @param isLinear the objective holds no cost of movements, so integers matter only where they bind */
const solveStage = async (run: StageRun, allocation: AllocationModel, objective: Float64Array, isLinear = false): Promise<Solved> => {
  const { builder, index } = allocation;
  const { integer, ...built } = builder.build();
  const keepsIntegers = integer !== undefined && (index.hasBindingIntegers || !isLinear);
  const model: LinearModel = { ...built, objective, ...(keepsIntegers ? { integer } : {}) };
  const solve = (asked: LinearModel): Promise<SolveResult> => (keepsIntegers ? solveWhole(run, asked) : solveLinear(run, asked));
  const wasProved = run.isProved;
  const result = await solve(model);
  if (result.terminationStatus !== "infeasible" || run.keptRows.length === 0) return { result: usableOr(run, result, objective), model };
  run.isProved = wasProved;
  const roomy = withRoom(run, model, toleranceOf(allocation));
  return { result: usableOr(run, await solve(roomy), objective), model: roomy };
};

const finish = (run: StageRun, model: LinearModel, cost: SolveResult): StagedResult => {
  const { iterations, isProved, shown } = run;
  // Where the time kept a starting point away, a search without a proof may end elsewhere with another answer.
  const isReproducible = run.isReproducible && (isProved || !run.startWasCut);
  const record = { seconds: elapsed(run), iterations, isProved, isReproducible };
  return { primal: cost.primal, cost, model, ...record, ...(shown === undefined ? {} : { shown }) };
};

const costObjective = ({ builder, index }: AllocationModel): Float64Array => {
  const objective = new Float64Array(builder.columnCount);
  objective.set(index.costs);
  return objective;
};

const jointObjective = (model: AllocationModel): Float64Array => {
  const objective = costObjective(model);
  for (const column of model.index.shortfall) objective[column]! += penalty;
  return objective;
};

const totalShortfall = ({ index }: AllocationModel, primal: Float64Array): number =>
  index.shortfall.reduce((sum, column) => sum + Math.max(0, primal[column]!), 0);

/** The joint objective without the weight of shortfalls that are nil. */
const withCost = ({ index }: AllocationModel, result: SolveResult): SolveResult => {
  const excessPenalty = result.primal.length === 0 ? 0 : index.shortfall.reduce((sum, column) => sum + result.primal[column]! * penalty, 0);
  return excessPenalty === 0 || totalIsLarge(excessPenalty)
    ? result
    : { ...result, objective: result.objective - excessPenalty, bound: result.bound - excessPenalty };
};

const totalIsLarge = (value: number): boolean => Math.abs(value) > penalty * shortfallTolerance * 10;

/** With more integers than this a search for each priority would take each its time. */
const mostRankedIntegers = 300;

/** Serves priority 1 first, then 2 ...: each level's weighted shortfall is least, and then held. */
const fixShortfalls = async (problem: AllocationProblem, model: AllocationModel, run: StageRun): Promise<void> => {
  const { builder, index } = model;
  run.phase = "cover";
  const ranks = [...new Set(problem.demands.map((demand) => demand.rank))].sort((a, b) => a - b);
  const integers = index.hasBindingIntegers ? (builder.build().integer?.reduce((sum, flag) => sum + flag, 0) ?? 0) : 0;
  if (integers > mostRankedIntegers && ranks.length > 1) return fixTogether(problem, model, run, ranks);
  for (const rank of ranks) {
    const members = problem.demands.flatMap((demand, d) => (demand.rank === rank ? [d] : []));
    const objective = new Float64Array(builder.columnCount);
    for (const d of members) objective[index.shortfall[d]!] = problem.demands[d]!.weight;
    const known = isNil(
      run,
      model,
      members.map((d) => index.shortfall[d]!),
    )
      ? run.lastUsable!
      : undefined;
    const primal = known ?? (await solveStage(run, model, objective, true)).result.primal;
    const least = members.reduce((sum, d) => sum + problem.demands[d]!.weight * Math.max(0, primal[index.shortfall[d]!]!), 0);
    const row = addKept(run, model, least);
    for (const d of members) builder.addEntry(row, index.shortfall[d]!, problem.demands[d]!.weight);
  }
};

/** One search with weights that only differ by far, then each level is held. */
const fixTogether = async (problem: AllocationProblem, model: AllocationModel, run: StageRun, ranks: readonly number[]): Promise<void> => {
  const { builder, index } = model;
  const objective = new Float64Array(builder.columnCount);
  problem.demands.forEach((demand, d) => (objective[index.shortfall[d]!] = demand.weight * 100 ** -Math.min(3, ranks.indexOf(demand.rank))));
  const known = isNil(run, model, [...index.shortfall]) ? run.lastUsable! : undefined;
  const primal = known ?? (await solveStage(run, model, objective, true)).result.primal;
  for (const rank of ranks) {
    const least = problem.demands.reduce(
      (sum, demand, d) => (demand.rank === rank ? sum + demand.weight * Math.max(0, primal[index.shortfall[d]!]!) : sum),
      0,
    );
    const row = addKept(run, model, least);
    problem.demands.forEach((demand, d) => {
      if (demand.rank === rank) builder.addEntry(row, index.shortfall[d]!, demand.weight);
    });
  }
};

/** Fixes what comes before cost: calls, then hard minimums that give way, then soft limits. */
const fixRules = async (problem: AllocationProblem, model: AllocationModel, run: StageRun): Promise<void> => {
  await fixShortfalls(problem, model, run);
  run.phase = "minimums";
  await fixLeast(model.index.misses, model, run);
  run.phase = "soft limits";
  await fixLeast(model.index.breaches, model, run);
};

/** Makes a weighted sum of columns least and holds it. */
const fixLeast = async (
  columns: readonly { readonly column: number; readonly weight: number }[],
  model: AllocationModel,
  run: StageRun,
): Promise<void> => {
  if (columns.length === 0) return;
  const { builder } = model;
  const objective = new Float64Array(builder.columnCount);
  for (const { column, weight } of columns) objective[column] = weight;
  const known = isNil(
    run,
    model,
    columns.map(({ column }) => column),
  )
    ? run.lastUsable!
    : undefined;
  const primal = known ?? (await solveStage(run, model, objective, true)).result.primal;
  const least = columns.reduce((sum, { column, weight }) => sum + weight * Math.max(0, primal[column]!), 0);
  const row = addKept(run, model, least);
  for (const { column, weight } of columns) builder.addEntry(row, column, weight);
};
