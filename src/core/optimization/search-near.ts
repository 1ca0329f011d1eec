import type { LinearModel } from "../lp/linear-model";
import type { SolveProgress, SolveResult, Solver } from "../lp/solver";
import { extractSubModel, putBack } from "../lp/sub-model";
import type { AllocationIndex } from "./allocation-index";
import { lotsByPair } from "./lot-columns";

/** Pairs that nothing uses and that are open all the same: half as many as are used, at least so many. */
const fewestOthers = 100;

/**
 * Chooses the columns that a search near some points needs: what they use, the pairs next best by reduced cost, and everything that is no pair.
 *
 * @param points points of the model that the search may start from
 * @param near linear program without the whole numbers, for reduced costs
 */
export const columnsNear = (model: LinearModel, index: AllocationIndex, points: readonly Float64Array[], near: SolveResult): Int32Array => {
  const isUsed = (p: number): boolean => [near.primal, ...points].some((primal) => primal[index.deliver[p]!]! > 1e-9);
  const mustStay = (p: number): boolean => model.columnLower[index.deliver[p]!]! > 0;
  const pairs = [...index.deliver.keys()];
  const others = pairs.filter((p) => !isUsed(p) && !mustStay(p));
  const price = (p: number): number => near.reducedCosts[index.deliver[p]!] ?? 0;
  others.sort((a, b) => price(a) - price(b) || a - b);
  const closed = others.slice(Math.max(fewestOthers, Math.ceil((pairs.length - others.length) / 2)));
  const isClosed = new Uint8Array(model.columnCount);
  const lotOf = lotsByPair(model, index);
  for (const p of closed) {
    isClosed[index.deliver[p]!] = 1;
    if (index.delivers[p]! >= 0) isClosed[index.delivers[p]!] = 1;
    const lot = lotOf.get(p);
    if (lot !== undefined && index.keep[p]! < 0) isClosed[lot.column] = 1;
  }
  return Int32Array.from([...isClosed.keys()].filter((c) => isClosed[c] === 0));
};

/** The same engine for some columns of each model, while the others stay at their lower bounds: points come and go as those of the whole. */
export const withColumns = (solver: Solver, columns: Int32Array): Solver => ({
  name: solver.name,
  capabilities: solver.capabilities,
  solve: async (model, { onProgress, start, ...options } = {}) => {
    const sub = extractSubModel(model, columns, model.columnLower);
    const whole = (primal: Float64Array): Float64Array => putBack(sub, primal, model.columnLower);
    const tell = ({ incumbent, bound: _, gap: __, ...progress }: SolveProgress): void =>
      onProgress?.({ ...progress, ...(incumbent === undefined ? {} : { incumbent: whole(incumbent) }) });
    const primal = start?.primal;
    const result = await solver.solve(sub.model, {
      ...options,
      ...(onProgress === undefined ? {} : { onProgress: tell }),
      ...(primal === undefined ? {} : { start: { primal: Float64Array.from(columns, (c) => primal[c]!) } }),
    });
    const none = new Float64Array(0);
    const { basis: _, ...rest } = result;
    return { ...rest, primal: result.primal.length === 0 ? none : whole(result.primal), dual: none, reducedCosts: none, bound: -Infinity };
  },
});
