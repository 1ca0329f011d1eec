import { DomainError } from "../basics/domain-error";
import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveOptions, SolveProgress, SolveResult, Solver } from "../lp/solver";
import { hasFixedCosts, type AllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";
import { relaxedSlopes, searchMovements } from "./search-movements";
import { isUsable, solveWithIntegers } from "./solve-integer";

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
}

/** What the run allows and reports. */
export interface StageOptions {
  readonly stop?: SolveOptions["stop"];
  readonly onProgress?: SolveOptions["onProgress"];
  readonly timeSeconds?: number;
  readonly nodes?: number;
  readonly relativeGap?: number;
}

/** A shortfall below this share of the largest requirement is none. */
export const shortfallTolerance = 1e-10;

/** What one unit of shortfall weighs against cost when both are solved in one go: 1e6 basis points. */
const penalty = 1e6;

/**
 * Solves in order: weighted shortfall by priority, breaches of soft limits, cost. Each stage keeps the results of those before.
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
  const run = createRun(solver, options, model.index);
  if (!model.index.hasBindingIntegers && hasFixedCosts(problem)) {
    await fixShortfalls(problem, model, run);
    if (model.index.breaches.length > 0) await fixBreaches(model, run);
    return run.search(problem, model);
  }
  if (model.index.breaches.length === 0 && (await isWorthJoining(model, run))) {
    const joint = await run.solve(model, jointObjective(model));
    if (joint.result.primal.length > 0 && totalShortfall(model, joint.result.primal) <= shortfallTolerance) {
      return run.finish(joint, withCost(model, joint.result));
    }
  }
  await fixShortfalls(problem, model, run);
  if (model.index.breaches.length > 0) await fixBreaches(model, run);
  const last = await run.solve(model, costObjective(model));
  return run.finish(last, withCost(model, last.result));
};

/** With integers a joint search that ends short is lost time: first see whether everything can be covered at all. */
const isWorthJoining = async (model: AllocationModel, run: Run): Promise<boolean> => {
  const { builder, index } = model;
  if (builder.build().integer === undefined) return true;
  const objective = new Float64Array(builder.columnCount);
  for (const column of index.shortfall) objective[column] = 1;
  const { result } = await run.solve(model, objective, true);
  return totalShortfall(model, result.primal) <= shortfallTolerance;
};

interface Solved {
  readonly result: SolveResult;
  readonly model: LinearModel;
}

interface Run {
  /** @param isLinear the objective holds no cost of movements, so integers matter only where they bind */
  solve(model: AllocationModel, objective: Float64Array, isLinear?: boolean): Promise<Solved>;
  /** The cost stage where movements have fixed costs. */
  search(problem: AllocationProblem, model: AllocationModel): Promise<StagedResult>;
  finish(last: Solved, cost: SolveResult): StagedResult;
}

/** A linear stage that was given less than this would leave nothing to show: it may always take so long. */
const leastLinearSeconds = 60;

const createRun = (solver: Solver, options: StageOptions, index: AllocationModel["index"]): Run => {
  let seconds = 0;
  let iterations = 0;
  let isProved = true;
  let isReproducible = true;
  let lastUsable: Float64Array | undefined;
  let basis: Basis | undefined;
  let phase = "cost";
  const watch = {
    ...(options.stop === undefined ? {} : { stop: options.stop }),
    ...(options.onProgress === undefined ? {} : { onProgress: (progress: SolveProgress) => options.onProgress?.(inMoney(progress)) }),
  };
  // People see money over the horizon and the time of the whole run, not a stage's units and clock.
  const inMoney = ({ objective, bound, ...rest }: SolveProgress): SolveProgress => {
    const isCost = phase === "cost" && objective !== undefined && Number.isFinite(objective);
    const money = (value: number): number => (value + index.constantCost) * index.costScale;
    return {
      ...rest,
      phase,
      seconds: seconds + rest.seconds,
      ...(isCost ? { objective: money(objective), ...(bound === undefined ? {} : { bound: money(bound) }) } : {}),
    };
  };
  const linear = async (model: LinearModel): Promise<SolveResult> => {
    const timeSeconds = options.timeSeconds === undefined ? undefined : Math.max(leastLinearSeconds, options.timeSeconds - seconds);
    const start = extendBasis(basis, model);
    const result = await solver.solve(model, {
      ...watch,
      limits: timeSeconds === undefined ? {} : { timeSeconds },
      ...(start === undefined ? {} : { start: { basis: start } }),
    });
    basis = result.basis ?? basis;
    seconds += result.seconds;
    iterations += result.iterations;
    isProved &&= isProvedBy(result);
    return result;
  };
  const whole = async (model: LinearModel, index: AllocationModel["index"]): Promise<SolveResult> => {
    const left = options.timeSeconds === undefined ? undefined : Math.max(1, options.timeSeconds - seconds);
    const run = await solveWithIntegers(model, index, solver, watch, { seconds: left, nodes: options.nodes, relativeGap: options.relativeGap });
    seconds += run.seconds;
    iterations += run.iterations;
    const gap = Math.abs(run.result.objective - run.result.bound) / Math.max(1e-9, Math.abs(run.result.objective));
    isProved &&= run.result.terminationStatus === "optimal" && (!run.isRestricted || gap <= 1e-6);
    return run.result;
  };
  return {
    solve: async ({ builder }, objective, isLinear) => {
      phase = isLinear === true ? "cover" : "cost";
      const { integer, ...built } = builder.build();
      const keepsIntegers = integer !== undefined && (index.hasBindingIntegers || isLinear !== true);
      const model: LinearModel = { ...built, objective, ...(keepsIntegers ? { integer } : {}) };
      const result = model.integer === undefined ? await linear(model) : await whole(model, index);
      isReproducible &&= !["timeLimit", "interrupted"].includes(result.terminationStatus);
      if (isUsable(result)) {
        lastUsable = result.primal;
        return { result, model };
      }
      if (result.terminationStatus === "infeasible")
        throw new DomainError("infeasible", "The fixed rules contradict each other: check pins, locks, minimum limits.");
      // What an earlier stage found still holds every rule: better than nothing.
      if (lastUsable === undefined)
        throw new DomainError("notConverged", `The engine stopped without an answer (${result.terminationStatus}). Allow more time.`);
      const objectiveThere = objective.reduce((sum, cost, c) => sum + cost * (lastUsable?.[c] ?? 0), 0);
      return {
        result: { ...result, primal: lastUsable, objective: objectiveThere, dual: new Float64Array(0), reducedCosts: new Float64Array(0) },
        model,
      };
    },
    search: async (problem, model) => {
      phase = "cost";
      const { slopes, constant } = relaxedSlopes(problem, model);
      const objective = costObjective(model);
      for (const [column, slope] of slopes) objective[column]! += slope;
      const relaxed = await linear({ ...model.builder.build(), objective });
      if (!isUsable(relaxed))
        throw new DomainError("notConverged", `The engine stopped without an answer (${relaxed.terminationStatus}). Allow more time.`);
      const found = await searchMovements(problem, model, relaxed, {
        linear,
        integer: (searched, start) => {
          const timeSeconds = options.timeSeconds === undefined ? undefined : Math.max(1, options.timeSeconds - seconds);
          return solver
            .solve(searched, {
              ...watch,
              limits: {
                ...(timeSeconds === undefined ? {} : { timeSeconds }),
                ...(options.nodes === undefined ? {} : { nodes: options.nodes }),
                relativeGap: options.relativeGap ?? 1e-6,
              },
              ...(start === undefined ? {} : { start: { primal: start } }),
            })
            .then((result) => {
              seconds += result.seconds;
              iterations += result.iterations;
              return result;
            });
        },
      });
      const own = found.isWhole && Number.isFinite(found.result.bound) ? found.result.bound : -Infinity;
      const bound = Math.min(found.result.objective, Math.max(own, relaxed.objective + constant));
      const gap = Math.abs(found.result.objective - bound) / Math.max(1e-9, Math.abs(found.result.objective));
      isProved &&= found.result.terminationStatus === "optimal" && (found.isWhole || gap <= 1e-6);
      isReproducible &&= !["timeLimit", "interrupted"].includes(found.result.terminationStatus);
      const cost = { ...found.result, bound };
      return { primal: cost.primal, cost, model: found.model, seconds, iterations, isProved, isReproducible };
    },
    finish: (last, cost) => ({ primal: last.result.primal, cost, model: last.model, seconds, iterations, isProved, isReproducible }),
  };
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

/** Serves priority 1 first, then 2 ...: each level's weighted shortfall is least, and then held. */
const fixShortfalls = async (problem: AllocationProblem, model: AllocationModel, run: Run): Promise<void> => {
  const { builder, index } = model;
  const ranks = [...new Set(problem.demands.map((demand) => demand.rank))].sort((a, b) => a - b);
  for (const rank of ranks) {
    const members = problem.demands.flatMap((demand, d) => (demand.rank === rank ? [d] : []));
    const objective = new Float64Array(builder.columnCount);
    for (const d of members) objective[index.shortfall[d]!] = problem.demands[d]!.weight;
    const { result } = await run.solve(model, objective, true);
    const least = members.reduce((sum, d) => sum + problem.demands[d]!.weight * Math.max(0, result.primal[index.shortfall[d]!]!), 0);
    const row = builder.addRow({ upper: least + shortfallTolerance });
    for (const d of members) builder.addEntry(row, index.shortfall[d]!, problem.demands[d]!.weight);
  }
};

const fixBreaches = async (model: AllocationModel, run: Run): Promise<void> => {
  const { builder, index } = model;
  const objective = new Float64Array(builder.columnCount);
  for (const breach of index.breaches) objective[breach.column] = breach.weight;
  const { result } = await run.solve(model, objective, true);
  const least = index.breaches.reduce((sum, breach) => sum + breach.weight * Math.max(0, result.primal[breach.column]!), 0);
  const row = builder.addRow({ upper: least + shortfallTolerance });
  for (const breach of index.breaches) builder.addEntry(row, breach.column, breach.weight);
};
