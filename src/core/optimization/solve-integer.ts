import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveOptions, SolveResult, Solver } from "../lp/solver";
import type { AllocationIndex } from "./allocation-index";

/** Models with more integers than this are first cut down to the pairs that the linear relaxation likes. */
const largestWholeSearch = 1500;

/** Solves a model with integers within a time: relaxation first, then the search, then, if that found nothing, rounding up. */
export interface IntegerRun {
  readonly result: SolveResult;
  /** True where the search left out pairs: its own bound is then none, only the relaxation's. */
  readonly isRestricted: boolean;
  readonly seconds: number;
  readonly iterations: number;
}

/**
 * Solves a mixed-integer model: a good answer early, and an honest bound.
 *
 * The linear relaxation bounds the cost from below. A large search keeps only pairs that the relaxation uses and those whose reduced
 * cost is next best. When the search finds nothing in its time, movements of the relaxation are taken whole.
 *
 * @param seconds time for the search, after the relaxation
 */
export const solveWithIntegers = async (
  model: LinearModel,
  index: AllocationIndex,
  solver: Solver,
  options: Omit<SolveOptions, "limits">,
  limits: { readonly seconds: number | undefined; readonly nodes: number | undefined; readonly relativeGap: number | undefined },
  start?: Basis,
): Promise<IntegerRun> => {
  const { integer, ...relaxedModel } = model;
  const relaxed = await solver.solve(relaxedModel, { ...options, ...(start === undefined ? {} : { start: { basis: start } }) });
  let { seconds, iterations } = relaxed;
  const whole = { seconds, iterations };
  if (relaxed.primal.length === 0) return { result: relaxed, isRestricted: false, ...whole };
  if (isWhole(integer, relaxed.primal)) return { result: { ...relaxed, dual: relaxed.dual }, isRestricted: false, ...whole };
  const count = integer?.reduce((sum, flag) => sum + flag, 0) ?? 0;
  const isRestricted = count > largestWholeSearch && relaxed.reducedCosts.length > 0;
  const searched = isRestricted ? restrict(model, index, relaxed) : model;
  const found = await solver.solve(searched, {
    ...options,
    limits: {
      ...(limits.seconds === undefined ? {} : { timeSeconds: Math.max(1, limits.seconds - seconds) }),
      ...(limits.nodes === undefined ? {} : { nodes: limits.nodes }),
      relativeGap: limits.relativeGap ?? 1e-6,
    },
  });
  seconds += found.seconds;
  iterations += found.iterations;
  if (isUsable(found)) return { result: withBound(found, relaxed, isRestricted), isRestricted, seconds, iterations };
  if (found.terminationStatus === "infeasible" && !isRestricted) return { result: found, isRestricted, seconds, iterations };
  const rounded = await solver.solve(roundUp(model, relaxed.primal), options);
  seconds += rounded.seconds;
  iterations += rounded.iterations;
  if (isUsable(rounded)) {
    const status = found.terminationStatus === "infeasible" ? "otherError" : found.terminationStatus;
    return {
      result: withBound({ ...rounded, terminationStatus: status, dual: new Float64Array(0), reducedCosts: new Float64Array(0) }, relaxed, true),
      isRestricted: true,
      seconds,
      iterations,
    };
  }
  if (!isRestricted) return { result: found, isRestricted, seconds, iterations };
  const last = await solver.solve(model, { ...options, limits: limits.seconds === undefined ? {} : { timeSeconds: limits.seconds } });
  return { result: withBound(last, relaxed, false), isRestricted: false, seconds: seconds + last.seconds, iterations: iterations + last.iterations };
};

/** A point that may be used: the engine stands by it, or its own strict check was the only objection. */
export const isUsable = (result: SolveResult): boolean =>
  result.primal.length > 0 && (result.primalStatus === "feasiblePoint" || result.terminationStatus === "numericalError");

const isWhole = (integer: Uint8Array | undefined, primal: Float64Array): boolean =>
  integer === undefined || integer.every((flag, c) => flag !== 1 || Math.abs(primal[c]! - Math.round(primal[c]!)) <= 1e-7);

const withBound = (found: SolveResult, relaxed: SolveResult, onlyRelaxed: boolean): SolveResult => {
  const bound = onlyRelaxed || !Number.isFinite(found.bound) ? relaxed.objective : Math.max(found.bound, relaxed.objective);
  return { ...found, bound: Math.min(bound, found.objective) };
};

/** Closes deliveries that the relaxation does not use, except half as many again with the best reduced costs. */
const restrict = (model: LinearModel, index: AllocationIndex, relaxed: SolveResult): LinearModel => {
  const pairs = [...index.deliver.keys()];
  const isUsed = (p: number): boolean => relaxed.primal[index.deliver[p]!]! > 1e-9;
  const used = pairs.filter(isUsed);
  const unused = pairs.filter((p) => !isUsed(p) && model.columnLower[index.deliver[p]!]! <= 0);
  const price = (p: number): number =>
    relaxed.reducedCosts[index.deliver[p]!]! + (index.delivers[p]! < 0 ? 0 : Math.max(0, relaxed.reducedCosts[index.delivers[p]!]!));
  unused.sort((a, b) => price(a) - price(b) || a - b);
  const closed = unused.slice(Math.max(100, Math.ceil(used.length / 2)));
  const columnUpper = Float64Array.from(model.columnUpper);
  for (const p of closed) {
    columnUpper[index.deliver[p]!] = 0;
    if (index.delivers[p]! >= 0) columnUpper[index.delivers[p]!] = 0;
  }
  return { ...model, columnUpper };
};

/** Takes every integer of the relaxation up to the next whole number: movements that are begun are made. */
const roundUp = (model: LinearModel, primal: Float64Array): LinearModel => {
  const columnLower = Float64Array.from(model.columnLower);
  const columnUpper = Float64Array.from(model.columnUpper);
  model.integer?.forEach((flag, c) => {
    if (flag === 1) columnLower[c] = columnUpper[c] = Math.min(columnUpper[c]!, Math.ceil(primal[c]! - 1e-9));
  });
  const { integer: _, ...continuous } = model;
  return { ...continuous, columnLower, columnUpper };
};
