import { appendRows } from "../lp/append-rows";
import type { LinearModel } from "../lp/linear-model";
import type { SolveOptions, SolveResult, Solver } from "../lp/solver";
import type { MovementSaving } from "./allocation-outcome";
import { buildAllocationModel, hasFixedCosts, largestExactSearch, type AllocationModel } from "./build-allocation-model";
import { fewerByDropping } from "./fewer-by-dropping";
import { searchKeepingBest } from "./keep-incumbent";
import { forcedMovements } from "./model-rows/movement-rows";
import { withDecisions } from "./movement-choices";
import type { AllocationProblem } from "./problem-shape";
import { distanceObjective, priceAnswer, settleTies, withFixedIntegers, type PricedAnswer } from "./settle-ties";
import { timeLeft } from "./run-clock";
import type { StagedResult, StageOptions } from "./solve-stages";
import { withSwitches } from "./solve-movements";

/** An answer with its prices and ties settled, and the model that says what it means. */
export interface SettledAnswer {
  readonly model: AllocationModel;
  readonly solved: StagedResult;
  readonly priced: PricedAnswer | undefined;
  /** Point of the model, at least up to its columns without switches. */
  readonly settled: Float64Array;
}

/** Branches of a search for fewer movements at most: a count, not a clock, so that it ends with the same answer everywhere. */
const mostNodes = 2_000;
/** The same where nothing may be spent and only equal costs are exchanged. */
const mostTieNodes = 100;
/** Room of the cost row: a share of the cost far below a cent, for the noise of the sum. */
const equalCost = 1e-9;

/**
 * Spends up to `movementAllowance` on fewer movements; in large books with whole numbers, and where no movement can be saved, on less money moved.
 *
 * What is short, missed or breached stays as it is, and the cost stays within the best cost found plus the allowance. Fewer movements are
 * then made as cheap as they can be. Without an allowance nothing but equal costs is exchanged, and only where lots, slabs or switched
 * limits are in the way of settling ties.
 *
 * @returns the given answer where nothing can be saved or the run is over
 */
export const spendAllowance = async (
  problem: AllocationProblem,
  answer: SettledAnswer,
  solver: Solver,
  options: StageOptions,
): Promise<SettledAnswer> => {
  const allowance = problem.settings.movementAllowance ?? 0;
  const { solved } = answer;
  if (!solved.isProved && solved.cost.primalStatus !== "feasiblePoint") return answer;
  const spent = { problem, answer, solver, options, allowance };
  const isSmall = problem.pairs.length <= largestExactSearch;
  const hasTies = isSmall && solved.isProved && answer.model.index.hasBindingIntegers && !hasFixedCosts(problem);
  if (secondsFor(options) <= 0) {
    // With more time the allowance would have been spent, or ties settled: so it is another answer elsewhere.
    return allowance > 0 || hasTies ? { ...answer, solved: { ...solved, isReproducible: false } } : answer;
  }
  if (allowance > 0) return solved.saved !== undefined ? answer : isSmall ? fewerMovements(spent) : fewerInLarge(spent);
  return hasTies ? shorterWay(spent) : answer;
};

interface Spending {
  readonly problem: AllocationProblem;
  readonly answer: SettledAnswer;
  readonly solver: Solver;
  readonly options: StageOptions;
  /** Base currency over the horizon. */
  readonly allowance: number;
}

/** Seconds that are left; without a limit there is no end. */
const secondsFor = (options: StageOptions): number => (options.stop?.requested === true ? 0 : timeLeft(options, "search"));

const limitsOf = (options: StageOptions, nodes: number): SolveOptions => {
  const seconds = secondsFor(options);
  return {
    ...(options.stop === undefined ? {} : { stop: options.stop }),
    limits: { nodes, ...(Number.isFinite(seconds) ? { timeSeconds: Math.max(0.1, seconds) } : {}) },
  };
};

/** Counts every movement with a switch and makes as few as the allowance pays for; then the cheapest answer with these movements. */
const fewerMovements = async (spending: Spending): Promise<SettledAnswer> => {
  const { problem, answer, solver, options } = spending;
  const before = countMoved(spending);
  if (before === 0) return answer;
  const all = { name: "all movements", limit: before };
  const forced = forcedMovements(problem, [all])[0]!;
  const counted = { ...problem, caps: [...problem.caps, { ...all, limit: before + forced }] };
  const model = buildAllocationModel(counted, { withSwitches: true });
  // The cap is only a way to count: no report may name it.
  const { rules } = model.index;
  rules.splice(
    rules.findIndex((rule) => rule.kind === "cap" && rule.of === problem.caps.length),
    1,
  );
  const { columnCount } = model.builder;
  const start = withSwitches(problem, model, answer.settled, columnCount);
  const held = heldAt(model, model.builder.build(), start);
  const costs = Float64Array.from({ length: columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const objective = new Float64Array(columnCount);
  // Among equally few movements the cheaper: all that may be spent weighs half a movement.
  const room = mostCost(spending, costs, start) - costAt(costs, start);
  for (let c = 0; c < columnCount; c++) objective[c] = (0.5 * costs[c]!) / room;
  for (const column of [...model.index.delivers, ...model.index.recalls]) if (column >= 0) objective[column]! += 1;
  const found = await searchKeepingBest(
    solver,
    { ...withCostRow(held, costs, mostCost(spending, costs, start)), objective },
    { ...limitsOf(options, mostNodes), start: { primal: start } },
  );
  const isReproducible = isDecided(found);
  // A search that was stopped early may not even have come back to where it started.
  const point = found.primalStatus === "feasiblePoint" && found.objective <= costAt(objective, start) ? found.primal : start;
  const cost: SolveResult = {
    ...answer.solved.cost,
    primal: point,
    dual: new Float64Array(0),
    reducedCosts: new Float64Array(0),
    objective: costAt(costs, point),
  };
  const solved = {
    ...answer.solved,
    primal: point,
    cost,
    model: { ...held, objective: costs },
    isReproducible: answer.solved.isReproducible && isReproducible,
  };
  const priced = await priceAnswer(solved, solver);
  const settled = await settleTies(model, solved, priced, solver);
  const exact = { ...cost, objective: costAt(costs, settled) };
  return withSaving(spending, { model, solved: { ...solved, cost: exact }, priced, settled });
};

/** Drops movements one by one while the allowance pays for it; the number is not proved to be the least. */
const fewerInLarge = async (spending: Spending): Promise<SettledAnswer> => {
  const { problem, answer, solver, options, allowance } = spending;
  const { model, solved, priced: known } = answer;
  const built = model.builder.build();
  const { columnCount } = built;
  if (built.integer !== undefined || answer.settled.length !== columnCount) return shorterWay(spending);
  const held = heldAt(model, built, answer.settled);
  const near = known?.result.reducedCosts.length === columnCount ? known.result.reducedCosts : new Float64Array(columnCount);
  const found = await fewerByDropping({
    problem,
    model,
    held,
    start: { ...solved.cost, primal: answer.settled, reducedCosts: near },
    allowance: allowance / model.index.costScale,
    solver,
    isOver: () => secondsFor(options) <= 0,
  });
  const isReproducible = solved.isReproducible && found.isComplete;
  if (found.movements >= found.movementsBefore) return shorterWay({ ...spending, answer: { ...answer, solved: { ...solved, isReproducible } } });
  const costs = Float64Array.from({ length: columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const none = new Float64Array(0);
  const cost = { ...solved.cost, primal: found.primal, dual: none, reducedCosts: none, objective: found.cost };
  // Decided movements count as whole numbers that are settled.
  const decided = { ...withDecisions({ base: held, costs, choices: found.choices }, found.primal), integer: new Uint8Array(columnCount) };
  const fewer = { ...solved, primal: found.primal, cost, model: decided, isReproducible };
  const priced = await priceAnswer(fewer, solver);
  const settled = await settleTies(model, fewer, priced, solver);
  const objective = found.cost + costAt(costs, settled) - costAt(costs, found.primal);
  const extra = Math.max(0, objective - found.costBefore) * model.index.costScale;
  return withSaving(spending, { model, solved: { ...fewer, cost: { ...cost, objective } }, priced, settled }, extra);
};

/** Moves as little money as the allowance pays for. Small books with whole numbers are searched; in large ones these are held. */
const shorterWay = async (spending: Spending): Promise<SettledAnswer> => {
  const { problem, answer, solver, options, allowance } = spending;
  const { model, solved } = answer;
  const { columnCount } = solved.model;
  if (answer.settled.length !== columnCount) return answer;
  const costs = Float64Array.from({ length: columnCount }, (_, c) => model.index.costs[c] ?? 0);
  const isSearched = solved.model.integer !== undefined && problem.pairs.length <= largestExactSearch;
  const base = isSearched || solved.model.integer === undefined ? solved.model : withFixedIntegers(solved.model, answer.settled);
  const held = heldAt(model, base, answer.settled);
  const asked = {
    ...withCostRow(held, costs, mostCost(spending, costs, answer.settled)),
    objective: distanceObjective(model, columnCount),
    objectiveOffset: 0,
  };
  const nodes = allowance > 0 ? mostNodes : mostTieNodes;
  const found = await searchKeepingBest(solver, asked, { ...limitsOf(options, nodes), ...(isSearched ? { start: { primal: answer.settled } } : {}) });
  const distance = (primal: Float64Array): number => costAt(asked.objective, primal);
  const isNearer = found.primalStatus === "feasiblePoint" && distance(found.primal) < distance(answer.settled) - 1e-9;
  const reproducible = { ...solved, isReproducible: solved.isReproducible && isDecided(found) };
  if (!isNearer) return { ...answer, solved: reproducible };
  const cost = { ...solved.cost, objective: costAt(costs, found.primal) };
  const next = { ...reproducible, primal: found.primal, cost: allowance > 0 ? cost : solved.cost };
  // With whole numbers settled anew the prices are those of the new ones.
  const priced = isSearched ? await priceAnswer(next, solver) : answer.priced;
  return allowance > 0
    ? withSaving(spending, { model, solved: next, priced, settled: found.primal })
    : { model, solved: next, priced, settled: found.primal };
};

const isDecided = ({ terminationStatus }: SolveResult): boolean => terminationStatus !== "timeLimit" && terminationStatus !== "interrupted";

const costAt = (costs: Float64Array, primal: Float64Array): number => {
  let sum = 0;
  for (let c = 0; c < primal.length; c++) sum += (costs[c] ?? 0) * primal[c]!;
  return sum;
};

/** Most that the answer may cost, in units of the cost objective. */
const mostCost = ({ answer, allowance }: Spending, costs: Float64Array, start: Float64Array): number => {
  const best = costAt(costs, start);
  return best + equalCost * Math.max(1, Math.abs(best)) + allowance / answer.model.index.costScale;
};

/** What is short, missed or breached may not grow. */
const heldAt = ({ index }: AllocationModel, model: LinearModel, primal: Float64Array): LinearModel => {
  const columnUpper = Float64Array.from(model.columnUpper);
  const columns = [...index.shortfall, ...index.misses.map(({ column }) => column), ...index.breaches.map(({ column }) => column)];
  for (const column of columns) {
    const reached = primal[column]! <= 1e-10 ? 0 : primal[column]! * (1 + 1e-9);
    columnUpper[column] = Math.max(model.columnLower[column]!, reached);
  }
  return { ...model, columnUpper };
};

/** The model with one more row: the cost is at most `most`. */
const withCostRow = (model: LinearModel, costs: Float64Array, most: number): LinearModel =>
  appendRows(model, [{ coefficients: costs, lower: -Infinity, upper: most }]);

/** Base currency of each movement; amounts below a cent are none. */
const amountsOf = ({ problem }: Spending, { model, settled }: SettledAnswer): number[] => {
  const { keep, deliver, scale } = model.index;
  return problem.pairs.flatMap((pair, p) => {
    const today = pair.today * problem.supplies[pair.supply]!.unitValue;
    const amount = Math.abs(((keep[p]! < 0 ? 0 : settled[keep[p]!]!) + settled[deliver[p]!]!) * scale - today);
    return amount > problem.cent ? [amount] : [];
  });
};

const countMoved = (spending: Spending): number => amountsOf(spending, spending.answer).length;

/** @param extraCost where fixed costs of movements stand beside the model's costs */
const withSaving = (spending: Spending, next: SettledAnswer, extraCost?: number): SettledAnswer => {
  const [before, after] = [amountsOf(spending, spending.answer), amountsOf(spending, next)];
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const { costScale } = spending.answer.model.index;
  const costOf = ({ model, settled }: SettledAnswer): number => costAt(Float64Array.from(model.index.costs), settled) * costScale;
  const saved: MovementSaving = {
    allowance: spending.allowance,
    extraCost: extraCost ?? Math.max(0, costOf(next) - costOf(spending.answer)),
    movementsBefore: before.length,
    movements: after.length,
    amountBefore: sum(before),
    amount: sum(after),
  };
  return { ...next, solved: { ...next.solved, saved } };
};
