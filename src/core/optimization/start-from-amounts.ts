import { checkPrimal, isPrimalFeasible } from "../lp/check-primal";
import type { LinearModel } from "../lp/linear-model";
import { rowsToBounds } from "../lp/presolve/rows-to-bounds";
import type { Solver } from "../lp/solver";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import { totalsWhenCovered } from "./limit-room";
import type { AllocationProblem, LimitCase } from "./problem-shape";

/** With fewer limits on shares of what is posted the whole model is solved soon enough. */
const fewestShares = 2_000;
/** Times that amounts are lowered to what was really posted. */
const rounds = 3;
/** Weight of a unit of shortfall beside cost, basis points. */
const penalty = 1e6;
/** Longest for one linear program here, seconds. */
const longest = 20;

/** A point that holds every rule, and what no answer that covers every call can cost less than. */
export interface AmountsStart {
  readonly primal: Float64Array;
  /** Units of the cost objective; -Infinity where not known. */
  readonly bound: number;
}

const isShare = (limit: LimitCase): boolean => limit.basis === "posted" && limit.direction === "max" && limit.appliesAbove === undefined;

/**
 * Finds a first answer of a large book with a limit on each asset as a share of what is posted: the shares become amounts of what has to be
 * posted at least, which is a network that is solved at once, and whatever keeps the amounts keeps the shares where so much is posted.
 *
 * @returns undefined where there are few such limits, or no such point was found
 */
export const startFromAmounts = async (problem: AllocationProblem, model: AllocationModel, solver: Solver): Promise<AmountsStart | undefined> => {
  if (problem.limits.filter(isShare).length < fewestShares || problem.yielding.size > 0) return undefined;
  const totals = totalsWhenCovered(problem);
  for (let round = 0; round < rounds; round++) {
    const limits = problem.limits.map((limit, l) => (isShare(limit) ? asAmount(limit, totals[l]!) : limit));
    const solved = await solveJoint({ ...problem, limits }, solver);
    if (solved === undefined) return undefined;
    const primal = asPoint(model, solved.primal);
    if (primal !== undefined) return { primal, bound: await boundOf(problem, model, primal, solver) };
    lowerTotals(problem, model, solved.primal, totals);
  }
  return undefined;
};

/** The larger of an amount and a share stays so. */
const asAmount = (limit: LimitCase, total: number): LimitCase => ({
  ...limit,
  basis: "constant",
  limit: Math.max(limit.limit * total, limit.orAmount ?? 0),
});

const solveJoint = async (
  problem: AllocationProblem,
  solver: Solver,
): Promise<{ readonly primal: Float64Array; readonly cost: number } | undefined> => {
  const { builder, index } = buildAllocationModel(problem);
  const { integer: _, ...built } = builder.build();
  const objective = Float64Array.from({ length: builder.columnCount }, (_, c) => index.costs[c] ?? 0);
  for (const column of index.shortfall) objective[column]! += penalty;
  for (const { column, weight } of index.breaches) objective[column]! += penalty * 1e-2 * weight;
  const whole = { ...built, objective };
  // Thousands of amounts on single assets would only be in the way as rows.
  const result = await solver.solve(rowsToBounds(whole)?.model ?? whole, { limits: { timeSeconds: longest } });
  if (result.terminationStatus !== "optimal") return undefined;
  const cost = result.primal.reduce((sum, x, c) => sum + x * (index.costs[c] ?? 0), 0);
  return { primal: result.primal, cost };
};

/**
 * The same postings in the whole model. Columns of pairs, calls and slabs stand first in both models; a total of what is posted follows from
 * its row.
 */
const asPoint = (model: AllocationModel, postings: Float64Array): Float64Array | undefined => {
  const { builder, index } = model;
  const built = builder.build();
  const primal = new Float64Array(builder.columnCount);
  const isKnown = new Uint8Array(builder.columnCount);
  const known = [...index.keep, ...index.deliver, ...index.shortfall, ...index.excess, ...index.sliceColumns.flat()];
  for (const column of known) if (column >= 0) [primal[column], isKnown[column]] = [postings[column]!, 1];
  for (const { column, coefficient, sum } of openColumns(built, primal, isKnown)) primal[column] = -sum / coefficient;
  return isPrimalFeasible(checkPrimal(built, primal)) ? primal : undefined;
};

/** Columns that stand alone, beside known ones, in a row that sums to nothing. */
const openColumns = (
  model: LinearModel,
  primal: Float64Array,
  isKnown: Uint8Array,
): { readonly column: number; readonly coefficient: number; readonly sum: number }[] => {
  const sums = new Float64Array(model.rowCount);
  const open = new Int32Array(model.rowCount);
  const last = new Int32Array(model.rowCount);
  const coefficients = new Float64Array(model.rowCount);
  for (let c = 0; c < model.columnCount; c++) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      const row = model.indices[k]!;
      sums[row]! += model.values[k]! * primal[c]!;
      if (isKnown[c] === 1) continue;
      open[row]! += 1;
      last[row] = c;
      coefficients[row] = model.values[k]!;
    }
  }
  return [...open.keys()]
    .filter((row) => open[row] === 1 && model.rowLower[row] === 0 && model.rowUpper[row] === 0)
    .map((row) => ({ column: last[row]!, coefficient: coefficients[row]!, sum: sums[row]! }));
};

const lowerTotals = (problem: AllocationProblem, { index }: AllocationModel, primal: Float64Array, totals: Float64Array): void => {
  const posted = (p: number, isMarket: boolean): number => {
    const amount = ((index.keep[p]! < 0 ? 0 : primal[index.keep[p]!]!) + primal[index.deliver[p]!]!) * index.scale;
    return isMarket ? amount : amount * problem.pairs[p]!.valueRatio;
  };
  const sums = new Map<readonly number[], number>();
  problem.limits.forEach((limit, l) => {
    if (!isShare(limit)) return;
    const sum = sums.get(limit.scope) ?? limit.scope.reduce((total, p) => total + posted(p, limit.valueBasis === "market"), 0);
    sums.set(limit.scope, sum);
    totals[l] = Math.min(totals[l]!, sum * 0.99);
  });
};

/** Without these limits it can only be cheaper; that says something about answers only that cover everything. */
const boundOf = async (problem: AllocationProblem, { index }: AllocationModel, primal: Float64Array, solver: Solver): Promise<number> => {
  if (index.shortfall.some((column) => primal[column]! > 1e-9)) return -Infinity;
  const free = await solveJoint({ ...problem, limits: problem.limits.filter((limit) => !isShare(limit)) }, solver);
  return free?.cost ?? -Infinity;
};
