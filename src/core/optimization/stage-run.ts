import { DomainError } from "../basics/domain-error";
import type { LinearModel } from "../lp/linear-model";
import { resultWithoutPoint } from "../lp/solve-result";
import type { Basis, SolveOptions, SolveProgress, SolveResult, Solver } from "../lp/solver";
import type { AllocationIndex } from "./allocation-index";
import { checkedPoint, isCheaper, withPoint, type CheckedPoint } from "./keep-incumbent";
import { isCut, timeLeft, type RunTime } from "./run-clock";
import { asLinear, isUsable, solveWithIntegers } from "./solve-integer";
import type { StartingPoint, StartingPoints } from "./starting-points";

/** What the run allows and reports. */
export interface StageOptions extends RunTime {
  /** Objective and bound arrive in base currency over the cost horizon, seconds since the run began. An objective is that of an answer. */
  readonly onProgress?: SolveOptions["onProgress"];
  readonly nodes?: number;
  readonly relativeGap?: number;
}

/** Statistics of a run of several solves, and what later solves start from. */
export interface StageRun {
  readonly solver: Solver;
  readonly options: StageOptions;
  readonly index: AllocationIndex;
  seconds: number;
  iterations: number;
  isProved: boolean;
  isReproducible: boolean;
  /** Rows that hold what earlier stages reached. */
  readonly keptRows: number[];
  /** True where those rows leave the engine room for its noise, because nobody asks again with more. */
  isRoomy: boolean;
  /** The last point that held every rule. */
  lastUsable: Float64Array | undefined;
  basis: Basis | undefined;
  /** Bound of the cost that came with a first answer; then linear stages need not take longer than the run may. */
  startBound: number | undefined;
  phase: "cover" | "minimums" | "soft limits" | "cost";
  /** True where something stays short: then the search leaves time for saying why. */
  hasWordsToCome: boolean;
  /** The cheapest answer that was shown. */
  shown: CheckedPoint | undefined;
  /** Finds an answer without a search, for runs that end before theirs has found one, or a good one. */
  readonly fallback: () => Promise<StartingPoints>;
  /** Answers without a search that a search starts from, the best first. */
  starts: readonly StartingPoint[];
  /** Where to search in a book that is too large to be searched whole, and a bound of its cost once everything is covered. */
  nearby: { readonly near: SolveResult; readonly bound: number } | undefined;
  /** True where the time ended looking for them. */
  startWasCut: boolean;
  /** False for points that hold the rows of the model but are no answer of the book. */
  readonly isAnswer: (primal: Float64Array) => boolean;
}

/** Where nothing else gives an answer a linear stage may take so long after all, seconds. */
const leastLinearSeconds = 60;
/** Share of the time that a search uses where reasons for what is short have to be found after it. */
const shareWithWords = 0.8;
/** What a linear stage may still take once the person has stopped or the time is up and there is an answer to improve. */
const lastLinearSeconds = 0.8;

/** Starts the statistics of a run. */
export const startRun = (
  solver: Solver,
  options: StageOptions,
  index: AllocationIndex,
  { fallback, isAnswer }: Pick<StageRun, "fallback" | "isAnswer">,
): StageRun => ({
  solver,
  options,
  index,
  fallback: once(fallback),
  isAnswer,
  hasWordsToCome: false,
  shown: undefined,
  starts: [],
  startWasCut: false,
  nearby: undefined,
  seconds: 0,
  iterations: 0,
  isProved: true,
  isReproducible: true,
  keptRows: [],
  isRoomy: false,
  lastUsable: undefined,
  basis: undefined,
  startBound: undefined,
  phase: "cost",
});

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** Seconds since the run began. */
export const elapsed = (run: StageRun): number => Math.max(run.options.clock?.() ?? 0, run.seconds);

/** Seconds left for a search; undefined without a limit. */
export const secondsLeft = (run: StageRun): number | undefined =>
  run.options.timeSeconds === undefined ? undefined : Math.max(0.1, searchSeconds(run) - elapsed(run));

const searchSeconds = ({ options, hasWordsToCome }: StageRun): number => (options.timeSeconds ?? Infinity) * (hasWordsToCome ? shareWithWords : 1);

/** Seconds left for what the answer needs. */
export const secondsForAnswer = (run: StageRun): number => timeLeft({ ...run.options, clock: () => elapsed(run) }, "answer");

/** True when the person has stopped or the time of the whole run is up: what follows must be short. */
export const isOver = (run: StageRun): boolean => run.options.stop?.requested === true || elapsed(run) >= searchSeconds(run);

/** What is known of the cost before an engine has found out anything: its progress is shown against it. */
export interface KnownCost {
  readonly objective?: number;
  readonly bound?: number;
}

/** Stop and progress for an engine: people see money and the time of the whole run, not a stage's units and clock. */
export const watchOf = (run: StageRun, known: KnownCost = {}): Pick<SolveOptions, "stop" | "onProgress"> => ({
  ...(run.options.stop === undefined ? {} : { stop: run.options.stop }),
  ...(run.options.onProgress === undefined ? {} : { onProgress: ({ seconds, ...progress }: SolveProgress) => tell(run, progress, known, seconds) }),
});

/** Shows what is known of the cost now. */
export const tellProgress = (run: StageRun, known: KnownCost): void => tell(run, { phase: run.phase }, known, 0);

const tell = (run: StageRun, progress: Omit<SolveProgress, "seconds">, known: KnownCost, since: number): void => {
  const { objective: _, bound: __, gap: ___, ...rest } = progress;
  const seconds = Math.max(run.options.clock?.() ?? 0, run.seconds + since);
  run.options.onProgress?.({ ...rest, phase: run.phase, seconds, ...(run.phase === "cost" ? costsOf(run, progress, known) : {}) });
};

/** The better of what an engine says and what was known, in money. */
const costsOf = (run: StageRun, progress: Partial<SolveProgress>, known: KnownCost): Partial<SolveProgress> => {
  const objectives = [progress.objective, known.objective].filter(isKnown);
  const bounds = [progress.bound, known.bound].filter(isKnown);
  const money = (value: number): number => (value + run.index.constantCost) * run.index.costScale;
  const best = objectives.length === 0 ? undefined : money(Math.min(...objectives));
  const bound = bounds.length === 0 ? undefined : money(Math.max(...bounds));
  return {
    ...(best === undefined ? {} : { objective: best }),
    ...(bound === undefined ? {} : { bound: best === undefined ? bound : Math.min(bound, best) }),
    ...(best === undefined || bound === undefined ? {} : { gap: Math.max(0, best - bound) / Math.max(1e-9, Math.abs(best)) }),
  };
};

const isKnown = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** Adds a result to the statistics. */
export const noteResult = (run: StageRun, result: Pick<SolveResult, "seconds" | "iterations" | "terminationStatus">): void => {
  run.seconds += result.seconds;
  run.iterations += result.iterations;
  run.isReproducible &&= !["timeLimit", "interrupted"].includes(result.terminationStatus);
};

/** Solves a linear model, starting from the basis of the stage before. */
export const solveLinear = async (run: StageRun, model: LinearModel): Promise<SolveResult> => {
  if (isOver(run) && run.startBound !== undefined && run.lastUsable !== undefined) {
    // The first answer stands: what such a book needs for a stage does not fit into what may still be taken.
    const result = resultWithoutPoint("timeLimit", { solver: run.solver.name, seconds: 0, iterations: 0, rawStatus: "no time left" });
    noteResult(run, result);
    run.isProved = false;
    return result;
  }
  const start = extendBasis(run.basis, model);
  const ask = async (limited: Pick<SolveOptions, "stop" | "limits">): Promise<SolveResult> => {
    const result = await run.solver.solve(model, {
      ...asLinear(watchOf(run, knownOf(run, model))),
      ...limited,
      ...(start === undefined ? {} : { start: { basis: start } }),
    });
    noteResult(run, result);
    return result;
  };
  // Without "stop": once it is asked for, an engine would end at once, and what it is asked for now is all there will be.
  const bounded = { stop: { requested: false }, limits: { timeSeconds: lastLinearSeconds } };
  let result = await ask(isOver(run) ? bounded : linearLimits(run));
  if (isCut(result) && run.lastUsable === undefined) {
    run.lastUsable = (await run.fallback()).points[0]?.primal;
    const patience = { stop: { requested: false }, limits: { timeSeconds: run.options.stop?.requested === true ? 2 : leastLinearSeconds } };
    if (run.lastUsable === undefined) result = await ask(patience);
  }
  run.basis = result.basis ?? run.basis;
  run.isProved &&= isProvedBy(result);
  return isCut(result) ? bestKnown(run, model, result) : result;
};

const linearLimits = (run: StageRun): Pick<SolveOptions, "limits"> => {
  const seconds = run.startBound === undefined ? secondsForAnswer(run) : searchSeconds(run) - elapsed(run);
  return Number.isFinite(seconds) ? { limits: { timeSeconds: Math.max(lastLinearSeconds, seconds) } } : {};
};

/** A first answer is an incumbent while linear stages look for a better one. */
const knownOf = (run: StageRun, model: LinearModel): KnownCost => {
  if (run.phase !== "cost" || run.startBound === undefined || run.lastUsable === undefined) return {};
  const point = checkedPoint(model, run.lastUsable);
  return point === undefined ? {} : { objective: point.objective, bound: run.startBound };
};

/** The best of what a stage that was ended has found, what the stage before has left and what needs no search. */
const bestKnown = async (run: StageRun, model: LinearModel, result: SolveResult): Promise<SolveResult> => {
  let best = result;
  // A first answer that came with a bound is better than any without a search, and its book is large.
  const known = run.startBound === undefined ? [run.lastUsable, ...(await run.fallback()).points.map(({ primal }) => primal)] : [run.lastUsable];
  for (const primal of known) {
    const point = primal === undefined ? undefined : checkedPoint(model, primal);
    if (point === undefined || (isUsable(best) && !isCheaper(point.objective, best.objective))) continue;
    best = withPoint(best, point);
  }
  // What a linear program has reached when it is ended bounds nothing.
  const bound = run.phase === "cost" && run.startBound !== undefined ? Math.max(best.bound, run.startBound) : best.bound;
  return best === result ? result : { ...best, bound: Math.min(bound, best.objective) };
};

/** Tells whether a point may be shown as an answer, and keeps the best one that was. */
const isShown = (run: StageRun, point: CheckedPoint): boolean => {
  if (!run.isAnswer(point.primal)) return false;
  if (run.phase === "cost" && (run.shown === undefined || point.objective < run.shown.objective)) run.shown = point;
  return true;
};

/** Solves a model with integers in the time that is left; once that is up, only as far as a first guess. */
export const solveWhole = async (run: StageRun, model: LinearModel): Promise<SolveResult> => {
  const { nodes, relativeGap } = run.options;
  const left = secondsLeft(run);
  // Covering comes first but must leave time for cost.
  const seconds = left === undefined || run.phase === "cost" ? left : left * 0.4;
  const search = await solveWithIntegers(model, run.index, run.solver, {
    watch: (known) => watchOf(run, known),
    isOver: () => isOver(run),
    seconds,
    secondsForAnswer: left === undefined ? undefined : secondsForAnswer(run),
    nodes,
    relativeGap,
    isShown: (point) => isShown(run, point),
    ...(run.nearby === undefined || run.phase !== "cost" ? {} : { nearby: run.nearby }),
    points: [...run.starts, ...(run.lastUsable === undefined ? [] : [{ name: "the stage before", primal: run.lastUsable }])],
  });
  noteResult(run, { ...search, terminationStatus: search.result.terminationStatus });
  run.isProved &&= search.result.terminationStatus === "optimal" && (!search.isRestricted || gapOf(search.result) <= 1e-6);
  return isCut(search.result) ? bestKnown(run, model, search.result) : search.result;
};

/** Relative gap between a result and its bound. */
export const gapOf = ({ objective, bound }: Pick<SolveResult, "objective" | "bound">): number =>
  Math.abs(objective - bound) / Math.max(1e-9, Math.abs(objective));

/** Takes a usable result, or the last point of an earlier stage, which still holds every rule. @throws DomainError infeasible, notConverged */
export const usableOr = (run: StageRun, result: SolveResult, objective: Float64Array): SolveResult => {
  if (isUsable(result)) {
    run.lastUsable = result.primal;
    return result;
  }
  // After a stage that had a point only the noise of what it holds can make the next one infeasible: that point stands.
  if (result.terminationStatus === "infeasible" && run.lastUsable === undefined)
    throw new DomainError("infeasible", "The fixed rules contradict each other: check pins, locks and minimum limits.");
  if (run.lastUsable === undefined)
    throw new DomainError(
      "notConverged",
      run.options.stop?.requested === true
        ? "Stopped before there was a first answer."
        : `The engine stopped without an answer (${result.terminationStatus}). Allow more time.`,
    );
  const primal = new Float64Array(objective.length);
  primal.set(run.lastUsable.subarray(0, objective.length));
  const there = objective.reduce((sum, cost, c) => sum + cost * primal[c]!, 0);
  const bound = run.phase === "cost" && run.startBound !== undefined ? Math.min(there, run.startBound) : result.bound;
  return { ...result, primal, primalStatus: "feasiblePoint", bound, objective: there, dual: new Float64Array(0), reducedCosts: new Float64Array(0) };
};

/** Optimal; or optimal to the engine with only tiny rows off by a relative measure, which rounding and the checker deal with. */
const isProvedBy = (result: SolveResult): boolean =>
  result.terminationStatus === "optimal" || (result.terminationStatus === "numericalError" && result.primal.length > 0 && result.dual.length > 0);

/** A basis of the model before rows were added: they start as basic. */
const extendBasis = (basis: Basis | undefined, model: LinearModel): Basis | undefined => {
  if (basis === undefined || basis.columns.length !== model.columnCount || basis.rows.length > model.rowCount) return undefined;
  const rows = new Int32Array(model.rowCount).fill(1);
  rows.set(basis.rows);
  if (basis.prices === undefined) return { columns: basis.columns, rows };
  const prices = new Float64Array(model.rowCount);
  prices.set(basis.prices);
  return { columns: basis.columns, rows, prices };
};
