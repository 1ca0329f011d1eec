import { assembleModel, type LinearModel } from "../linear-model";
import { groupByPattern, isSamePattern, mixNumber } from "./group-columns";
import { expandPair, selectModel, type Reduction } from "./reduction";

/**
 * Merges columns with the same entries and the same cost into the first of them, with the sum of their bounds; back, the
 * first ones are filled first.
 */
export function mergeColumns(model: LinearModel): Reduction | undefined {
  const isDropped = new Uint8Array(model.columnCount);
  /** Columns merged into a column, itself first. */
  const members = new Map<number, number[]>();
  let count = 0;
  for (const group of groupByPattern(model)) {
    for (const alike of splitByValues(model, group)) {
      const [first] = alike;
      for (let k = 1; k < alike.length; k++) isDropped[alike[k]!] = 1;
      members.set(first!, alike);
      count += alike.length - 1;
    }
  }
  if (count === 0) return undefined;
  const columnLower = model.columnLower.slice();
  const columnUpper = model.columnUpper.slice();
  for (const [first, alike] of members) {
    columnLower[first] = alike.reduce((sum, c) => sum + model.columnLower[c]!, 0);
    columnUpper[first] = alike.reduce((sum, c) => sum + model.columnUpper[c]!, 0);
  }
  const none = new Float64Array(model.columnCount);
  const selection = selectModel(assembleModel({ ...model, columnLower, columnUpper }), isDropped, none, new Uint8Array(model.rowCount));
  return {
    model: selection.model,
    what: `${count} columns merged with others alike`,
    undo: (pair) => {
      const full = expandPair(selection, pair, none, model.rowCount);
      for (const alike of members.values()) share(model, alike, full.primal);
      return full;
    },
  };
}

/** Splits columns of a hash into lists of two or more that are alike in every number but their bounds. */
function splitByValues(model: LinearModel, group: readonly number[]): number[][] {
  const byValue = new Map<number, number[]>();
  for (const c of group) {
    if (!Number.isFinite(model.columnLower[c]!)) continue;
    let hash = mixNumber(23, model.objective[c]!);
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) hash = mixNumber(hash, model.values[k]!);
    const list = byValue.get(hash);
    if (list) list.push(c);
    else byValue.set(hash, [c]);
  }
  const found: number[][] = [];
  for (const list of byValue.values()) {
    const alike = list.filter((c) => isAlike(model, list[0]!, c));
    if (alike.length > 1) found.push(alike);
  }
  return found;
}

function isAlike(model: LinearModel, a: number, b: number): boolean {
  if (model.objective[a] !== model.objective[b] || !isSamePattern(model, a, b)) return false;
  for (let k = model.starts[a]!, other = model.starts[b]!; k < model.starts[a + 1]!; k++, other++)
    if (model.values[k] !== model.values[other]) return false;
  return true;
}

/** Shares the value of the merged column among its members within their bounds, the first ones first. */
function share({ columnLower, columnUpper }: LinearModel, alike: readonly number[], primal: Float64Array): void {
  let left = primal[alike[0]!]!;
  for (const c of alike) left -= columnLower[c]!;
  for (const c of alike) {
    const more = Math.min(Math.max(0, left), columnUpper[c]! - columnLower[c]!);
    primal[c] = columnLower[c]! + more;
    left -= more;
  }
}
