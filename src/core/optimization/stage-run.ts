import { DomainError } from "../basics/domain-error";
import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveOptions, SolveProgress, SolveResult, Solver } from "../lp/solver";
import type { AllocationIndex } from "./allocation-index";
import { solveWithIntegers, isUsable } from "./solve-integer";

/** What the run allows and reports. */
export interface StageOptions {
  readonly stop?: SolveOptions["stop"];
  /** Objective and bound arrive in base currency over the cost horizon, seconds since the run began. */
  readonly onProgress?: SolveOptions["onProgress"];
  readonly timeSeconds?: number;
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
  /** The last point that held every rule. */
  lastUsable: Float64Array | undefined;
  basis: Basis | undefined;
  phase: "cover" | "minimums" | "soft limits" | "cost";
}

/** A linear stage that was given less than this would leave nothing to show: it may always take so long. */
const leastLinearSeconds = 60;

/** Starts the statistics of a run. */
export const startRun = (solver: Solver, options: StageOptions, index: AllocationIndex): StageRun => ({
  solver,
  options,
  index,
  seconds: 0,
  iterations: 0,
  isProved: true,
  isReproducible: true,
  lastUsable: undefined,
  basis: undefined,
  phase: "cost",
});

/** Seconds left for a search; undefined without a limit. */
export const secondsLeft = (run: StageRun): number | undefined =>
  run.options.timeSeconds === undefined ? undefined : Math.max(1, run.options.timeSeconds - run.seconds);

/** Stop and progress for an engine: people see money and the time of the whole run, not a stage's units and clock. */
export const watchOf = (run: StageRun): Pick<SolveOptions, "stop" | "onProgress"> => ({
  ...(run.options.stop === undefined ? {} : { stop: run.options.stop }),
  ...(run.options.onProgress === undefined ? {} : { onProgress: (progress: SolveProgress) => run.options.onProgress?.(inMoney(run, progress)) }),
});

const inMoney = (run: StageRun, { objective, bound, ...rest }: SolveProgress): SolveProgress => {
  const isCost = run.phase === "cost" && objective !== undefined && Number.isFinite(objective);
  const money = (value: number): number => (value + run.index.constantCost) * run.index.costScale;
  const amounts = isCost ? { objective: money(objective), ...(bound === undefined ? {} : { bound: money(bound) }) } : {};
  return { ...rest, phase: run.phase, seconds: run.seconds + rest.seconds, ...amounts };
};

/** Adds a result to the statistics. */
export const noteResult = (run: StageRun, result: Pick<SolveResult, "seconds" | "iterations" | "terminationStatus">): void => {
  run.seconds += result.seconds;
  run.iterations += result.iterations;
  run.isReproducible &&= !["timeLimit", "interrupted"].includes(result.terminationStatus);
};

/** Solves a linear model, starting from the basis of the stage before. */
export const solveLinear = async (run: StageRun, model: LinearModel): Promise<SolveResult> => {
  const { timeSeconds } = run.options;
  const start = extendBasis(run.basis, model);
  const result = await run.solver.solve(model, {
    ...watchOf(run),
    limits: timeSeconds === undefined ? {} : { timeSeconds: Math.max(leastLinearSeconds, timeSeconds - run.seconds) },
    ...(start === undefined ? {} : { start: { basis: start } }),
  });
  run.basis = result.basis ?? run.basis;
  noteResult(run, result);
  run.isProved &&= isProvedBy(result);
  return result;
};

/** Solves a model with integers in the time that is left. */
export const solveWhole = async (run: StageRun, model: LinearModel): Promise<SolveResult> => {
  const { nodes, relativeGap } = run.options;
  const left = secondsLeft(run);
  // Covering comes first but must leave time for cost.
  const seconds = left === undefined || run.phase === "cost" ? left : left * 0.4;
  const search = await solveWithIntegers(model, run.index, run.solver, watchOf(run), { seconds, nodes, relativeGap });
  noteResult(run, { ...search, terminationStatus: search.result.terminationStatus });
  run.isProved &&= search.result.terminationStatus === "optimal" && (!search.isRestricted || gapOf(search.result) <= 1e-6);
  return search.result;
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
    throw new DomainError("notConverged", `The engine stopped without an answer (${result.terminationStatus}). Allow more time.`);
  const primal = new Float64Array(objective.length);
  primal.set(run.lastUsable.subarray(0, objective.length));
  const there = objective.reduce((sum, cost, c) => sum + cost * primal[c]!, 0);
  return { ...result, primal, objective: there, dual: new Float64Array(0), reducedCosts: new Float64Array(0) };
};

/** Optimal; or optimal to the engine with only tiny rows off by a relative measure, which rounding and the checker deal with. */
const isProvedBy = (result: SolveResult): boolean =>
  result.terminationStatus === "optimal" || (result.terminationStatus === "numericalError" && result.primal.length > 0 && result.dual.length > 0);

/** A basis of the model before rows were added: they start as basic. */
const extendBasis = (basis: Basis | undefined, model: LinearModel): Basis | undefined => {
  if (basis === undefined || basis.columns.length !== model.columnCount || basis.rows.length > model.rowCount) return undefined;
  const rows = new Int32Array(model.rowCount).fill(1);
  rows.set(basis.rows);
  return { columns: basis.columns, rows };
};
