import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveResult, Solver } from "../lp/solver";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import { inventoryRoom } from "./inventory-reuse";
import type { AllocationProblem } from "./problem-shape";
import { onlyColumn, withColumnBounds } from "./relaxed-model";
import { countSeconds, timeLeft, type RunTime } from "./run-clock";
import { withYielding } from "./yielding-rules";

/** What is missing: a call that is short, or a hard minimum that is missed. */
export interface Target {
  readonly kind: "call" | "minimum";
  /** The agreementId of a call, the name of a minimum. */
  readonly name: string;
}

/** What the run left missing, base currency: by agreementId, and by name of the minimum. */
export interface Left {
  readonly calls: ReadonlyMap<string, number>;
  readonly minimums: ReadonlyMap<string, number>;
}

/** How little can be missing of the target while everything else keeps what it has? */
export interface ShortfallQuestion {
  readonly problem: AllocationProblem;
  readonly model: AllocationModel;
  readonly target: Target;
  readonly left: Left;
  /** The model with all that is not asked about held at what the run left. */
  readonly base: LinearModel;
  /** Column of what is missing. */
  readonly column: number;
  /** Index of the call in demands; -1 for a minimum. */
  readonly demand: number;
  /** Model units below which nothing is missing. */
  readonly tolerance: number;
  readonly engine: Explainer;
  /** Least value of a column; Infinity where the model has no answer. */
  least(model: LinearModel, column: number): Promise<number>;
  /** The same with the engine's whole answer. */
  ask(model: LinearModel, column: number): Promise<SolveResult>;
}

/** The engine of explanations with its clock. */
export interface Explainer {
  solve(model: LinearModel, start: Basis | undefined): Promise<SolveResult>;
  /** True when the time for explanations is used up, or a person has stopped it. */
  isOver(): boolean;
}

/** Starts the clock. @param seconds for all explanations together, by the clock of the run; never more than it has left */
export const startExplainer = (solver: Solver, seconds: number, time: RunTime): Explainer => {
  const { stop } = time;
  const counted = time.clock === undefined ? countSeconds(solver) : { solver, clock: time.clock };
  const startedAt = counted.clock();
  const left = (): number => Math.min(seconds - (counted.clock() - startedAt), timeLeft(time, "words"));
  return {
    isOver: () => left() <= 0 || stop?.requested === true,
    solve: (model, start) =>
      counted.solver.solve(model, {
        ...(stop === undefined ? {} : { stop }),
        // A question that is not answered in the time left says nothing, and ends the search for causes.
        limits: { timeSeconds: Math.max(0.1, Math.min(model.integer === undefined ? Infinity : 2, left())) },
        ...(start === undefined ? {} : { start: { basis: start } }),
      }),
  };
};

/**
 * The problem that is asked for causes: what arrives too late is a rule of it, by asset and agreement.
 *
 * @returns the same problem where nothing arrives too late
 */
export const problemForQuestions = (problem: AllocationProblem): AllocationProblem => {
  if (!problem.refused.some((pair) => pair.isLate)) return problem;
  const late = withOrderOf(problem.source.withLate(), problem);
  return withYielding({ ...late, caps: problem.caps }, problem.yielding);
};

/** Keeps those slabs in order by whole numbers that another version of the problem keeps so. */
export const withOrderOf = (problem: AllocationProblem, other: AllocationProblem): AllocationProblem => {
  const keyOf = ({ demand, assetId, tierTable = "" }: AllocationProblem["pools"][number]): string => `${demand}|${assetId}|${tierTable}`;
  const ordered = new Set([...other.orderedPools].map((pool) => keyOf(other.pools[pool]!)));
  return { ...problem, orderedPools: new Set([...problem.pools.keys()].filter((pool) => ordered.has(keyOf(problem.pools[pool]!)))) };
};

/** Asks about a target in a problem that may differ from the one that was run; undefined where the problem knows no such target. */
export const askAbout = (
  problem: AllocationProblem,
  target: Target,
  left: Left,
  engine: Explainer,
  model: AllocationModel = modelForQuestions(problem),
): ShortfallQuestion | undefined => {
  const { index } = model;
  const demand = target.kind === "call" ? problem.demands.findIndex((one) => one.agreementId === target.name) : -1;
  const column = target.kind === "call" ? index.shortfall[demand] : index.misses.find((miss) => miss.name === target.name)?.column;
  if (column === undefined) return undefined;
  const held = (column: number, amount: number): [number, number, number] => [column, 0, (amount / index.scale) * (1 + 1e-9) + 1e-11];
  const calls = problem.demands.map((one, d) => held(index.shortfall[d]!, left.calls.get(one.agreementId) ?? 0));
  // Calls come before minimums: to cover one, a minimum may be missed by more.
  const minimums = target.kind === "call" ? [] : index.misses.map((miss) => held(miss.column, left.minimums.get(miss.name) ?? 0));
  const base = withColumnBounds(heldToday(problem, model), [...calls, ...minimums, [column, 0, Infinity]]);
  return { problem, model, target, left, base, column, demand, tolerance: 1e-8, engine, ...askingWith(engine) };
};

/**
 * Builds a model in which every rule binds in its own rows only.
 *
 * The bounds of lots, movements and slabs are usually as tight as the inventory; a rule that is taken away would stay in them. So they are
 * built for more than there is, and the rows then hold what there is: see heldToday.
 */
export const modelForQuestions = (problem: AllocationProblem): AllocationModel => {
  // Caps are among the causes, also where the run itself leaves movements to a search of their own.
  // What arrives too late is open in switches and slabs, and shut by bounds only: see heldToday.
  const open = { ...problem, pairs: problem.pairs.map((pair) => (pair.isShut === true ? { ...pair, atMost: Infinity } : pair)) };
  const model = buildAllocationModel(open, { withSwitches: true, withOpenRules: true });
  if (model.builder.build().integer === undefined) return model;
  const wanted = problem.demands.reduce((sum, demand) => sum + demand.required + demand.overPostCap, 0);
  const supplies = problem.supplies.map((supply) =>
    // More is posted than may be: nothing is free, however much is added.
    supply.postedToday > supply.available ? supply : { ...supply, available: supply.available + (4 * wanted) / Math.max(1e-12, supply.unitValue) },
  );
  const demands = problem.demands.map((demand) => ({ ...demand, overPostCap: demand.overPostCap + wanted }));
  return buildAllocationModel({ ...open, supplies, demands }, { withSwitches: true, withOpenRules: true });
};

const heldToday = (problem: AllocationProblem, { builder, index }: AllocationModel): LinearModel => {
  const built = builder.build();
  const rowUpper = Float64Array.from(built.rowUpper);
  problem.supplies.forEach(
    (supply, s) => (rowUpper[index.inventoryRow[s]!] = (inventoryRoom(supply, problem.settings) * supply.unitValue) / index.scale),
  );
  const caps = problem.demands.map((demand, d): [number, number, number] => [index.excess[d]!, 0, demand.overPostCap / index.scale]);
  const shut = problem.pairs.flatMap((pair, p): [number, number, number][] => (pair.isShut === true ? [[index.deliver[p]!, 0, 0]] : []));
  return withColumnBounds({ ...built, rowUpper }, [...caps, ...shut]);
};

/** The same question without integers. */
export const relaxedQuestion = (question: ShortfallQuestion): ShortfallQuestion => {
  const { integer: _, ...base } = question.base;
  return { ...question, base, ...askingWith(question.engine) };
};

const askingWith = (engine: Explainer): Pick<ShortfallQuestion, "least" | "ask"> => {
  let basis: Basis | undefined;
  const ask = async (model: LinearModel, column: number): Promise<SolveResult> => {
    const asked = onlyColumn(model, column);
    const fits =
      basis !== undefined && asked.integer === undefined && basis.columns.length === asked.columnCount && basis.rows.length === asked.rowCount;
    const result = await engine.solve(asked, fits ? basis : undefined);
    basis = result.basis ?? basis;
    return result;
  };
  const least = async (model: LinearModel, column: number): Promise<number> => {
    const result = await ask(model, column);
    return result.primal.length > 0 && result.terminationStatus !== "infeasible" ? Math.max(0, result.primal[column]!) : Infinity;
  };
  return { ask, least };
};
