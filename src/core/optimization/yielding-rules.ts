import type { LinearModel } from "../lp/linear-model";
import type { SolveResult, Solver } from "../lp/solver";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import { findLockedMaximums } from "./locked-maximums";
import { withoutYieldingPins } from "./pins";
import { bufferKey, type AllocationProblem } from "./problem-shape";
import { withinTime } from "./run-clock";
import { isUsable } from "./solve-integer";
import type { StageOptions } from "./stage-run";

/** A miss below this (model units) is engine noise. */
const noise = 1e-8;
/** Engine seconds for one look at which minimums can hold, where integers bind. */
const searchSeconds = 3;

/** Lets hard minimums give way to covering calls: they are then missed by as little as possible instead of stopping the run. */
export const withYielding = (problem: AllocationProblem, keys: Iterable<string>): AllocationProblem => {
  const yielding = new Set([...problem.yielding, ...keys]);
  return { ...problem, yielding, pairs: withoutYieldingPins(problem.pairs, problem.pins, yielding) };
};

/** Lets every hard minimum give way: what contradicts itself then does so by maximums, locks, forbidden pairs and caps alone. */
export const withoutMinimums = (problem: AllocationProblem): AllocationProblem => withYielding(problem, minimumKeys(problem));

/**
 * Finds the hard minimums that cannot hold today, whatever is covered: limits of direction min, the least of pins, the liquidity buffer.
 *
 * All of them are made elastic and missed by as little as possible in sum. Those that are missed give way, and those that have a price then:
 * they could be held only at the cost of the others. A maximum gives way to nothing but what cannot be recalled yet, see findLockedMaximums.
 *
 * @returns names to add to those that give way already; undefined where the other rules contradict each other by themselves
 */
export const yieldingRules = async (problem: AllocationProblem, engine: Solver, options: StageOptions): Promise<ReadonlySet<string> | undefined> => {
  const solver = withinTime(engine, options, "answer");
  const locked = await findLockedMaximums(problem, withoutMinimums(problem), solver, options);
  if (locked.size > 0) return locked;
  const candidates = minimumKeys(problem).filter((key) => !problem.yielding.has(key));
  if (candidates.length === 0) return undefined;
  const model = buildAllocationModel(withYielding(problem, candidates), { withSwitches: true });
  const built = model.builder.build();
  const objective = new Float64Array(built.columnCount);
  for (const { column, weight } of model.index.misses) objective[column] = weight;
  const { integer, ...linear } = { ...built, objective };
  const relaxed = await solver.solve(linear);
  const found = missedIn(model, linear, relaxed);
  if (found === undefined) return undefined;
  if (integer === undefined || !model.index.hasBindingIntegers) return found;
  const whole = await solver.solve({ ...linear, integer }, { limits: { timeSeconds: searchSeconds } });
  const inWhole = missedIn(model, linear, whole);
  return inWhole === undefined ? undefined : new Set([...found, ...inWhole]);
};

const minimumKeys = (problem: AllocationProblem): string[] => [
  ...problem.limits.flatMap((limit) => (limit.direction === "min" && !limit.isSoft ? [limit.name] : [])),
  ...problem.pins.flatMap((pin) => (pin.lower > 0 ? [pin.name] : [])),
  ...(problem.buffer > 0 ? [bufferKey] : []),
];

const missedIn = ({ index }: AllocationModel, { rowCount }: LinearModel, result: SolveResult): Set<string> | undefined => {
  if (!isUsable(result)) return undefined;
  const hasPrices = result.dual.length === rowCount;
  const isMissed = ({ column, rows }: (typeof index.misses)[number]): boolean =>
    result.primal[column]! > noise || (hasPrices && rows.some((row) => Math.abs(result.dual[row]!) > noise));
  return new Set(index.misses.filter(isMissed).map((miss) => miss.name));
};
