import type { LinearModel } from "../linear-model";
import { groupByPattern, isSamePattern } from "./group-columns";
import { expandPair, selectModel, type Reduction } from "./reduction";

/** Rivals of a column that are looked at, the cheapest first. */
const MOST_RIVALS = 8;

/**
 * Leaves columns at their lower bound that another column in the same rows beats: it costs no more, gives at least as
 * much where more is wanted, takes no more where less is, and has no upper bound.
 *
 * Lossless: whatever is at the worse column can move to the better one. With the reduced cost of the better one at
 * least 0, that of the worse one is too, at the same row duals.
 */
export function dropDominated(model: LinearModel): Reduction | undefined {
  const isDropped = new Uint8Array(model.columnCount);
  let count = 0;
  for (const group of groupByPattern(model)) {
    const rivals = group.filter((c) => model.columnUpper[c] === Infinity);
    if (rivals.length === 0) continue;
    rivals.sort((a, b) => model.objective[a]! - model.objective[b]! || a - b);
    for (const column of group) {
      if (!Number.isFinite(model.columnLower[column]!)) continue;
      if (!rivals.slice(0, MOST_RIVALS).some((rival) => !isDropped[rival] && beats(model, rival, column))) continue;
      isDropped[column] = 1;
      count++;
    }
  }
  if (count === 0) return undefined;
  const selection = selectModel(model, isDropped, model.columnLower, new Uint8Array(model.rowCount));
  const fixed = model.columnLower.map((lower, c) => (isDropped[c] ? lower : 0));
  return {
    model: selection.model,
    what: `${count} dominated columns`,
    undo: (pair) => expandPair(selection, pair, fixed, model.rowCount),
  };
}

function beats(model: LinearModel, rival: number, column: number): boolean {
  if (rival === column || model.objective[rival]! > model.objective[column]! || !isSamePattern(model, rival, column)) return false;
  const { starts, indices, values, rowLower, rowUpper } = model;
  let isSame = model.objective[rival] === model.objective[column];
  for (let k = starts[rival]!, other = starts[column]!; k < starts[rival + 1]!; k++, other++) {
    const more = values[k]! - values[other]!;
    if (more === 0) continue;
    isSame = false;
    const row = indices[k]!;
    if (more > 0 ? rowUpper[row]! < Infinity : rowLower[row]! > -Infinity) return false;
  }
  // Of two that are the same the first one stays.
  return !isSame || rival < column || model.columnUpper[column]! < Infinity;
}
