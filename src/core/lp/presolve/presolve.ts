import { runToEnd } from "../../basics/run-to-end";
import type { LinearModel } from "../linear-model";
import { dropDominated } from "./drop-dominated";
import { dropIdle } from "./drop-idle";
import { forceRows } from "./force-rows";
import { mergeColumns } from "./merge-columns";
import { mergeRows } from "./merge-rows";
import type { Reduction } from "./reduction";
import { rowsToBounds } from "./rows-to-bounds";

/** The step that takes most away where it finds something goes first. */
const STEPS = [mergeRows, forceRows, dropIdle, rowsToBounds, dropDominated, mergeColumns];
const MOST_ROUNDS = 4;

/**
 * Makes a linear model smaller without changing its optimum, step by step until no step finds anything more.
 *
 * Everything is decided from the matrix. Each step can be undone exactly, duals included, so that the answer to the
 * original can be certified from its own numbers.
 *
 * @returns undefined for a model with whole numbers and for one in which nothing is found
 */
export function presolve(model: LinearModel): Reduction | undefined {
  return runToEnd(presolveInSteps(model));
}

/** The same in steps, for callers that must listen in between. */
export function* presolveInSteps(model: LinearModel): Generator<undefined, Reduction | undefined> {
  if (model.integer) return undefined;
  const done: Reduction[] = [];
  let current = model;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = done.length;
    for (const step of STEPS) {
      const reduction = step(current);
      yield;
      if (!reduction) continue;
      done.push(reduction);
      current = reduction.model;
    }
    if (done.length === before) break;
  }
  if (done.length === 0) return undefined;
  return {
    model: current,
    what: done.map(({ what }) => what).join(", "),
    undo: (pair) => done.reduceRight((present, { undo }) => undo(present), pair),
  };
}

/**
 * Estimates quickly, in one pass without any hashing, what share of the columns a presolve would take away: columns of
 * zero width, parallel neighbours, columns of rows whose sums are the same as another row's, and those held by limits of zero.
 *
 * Calls that take all that there is for them hold columns too and are not counted: a large book has few, and what is missed costs time only.
 */
export function estimateSavings(model: LinearModel): number {
  const { columnCount, rowCount, objective, columnLower, columnUpper, rowLower, rowUpper, starts, indices, values } = model;
  let saved = countHeldAtZero(model);
  const size = new Int32Array(rowCount);
  const sum = new Float64Array(rowCount);
  for (let c = 0; c < columnCount; c++) {
    const from = starts[c]!;
    const to = starts[c + 1]!;
    let total = objective[c]!;
    for (let k = from; k < to; k++) total += values[k]!;
    for (let k = from; k < to; k++) {
      size[indices[k]!]!++;
      sum[indices[k]!]! += total;
    }
    if (columnLower[c] === columnUpper[c]) saved++;
    else if (c > 0 && objective[c] === objective[c - 1] && to - from === from - starts[c - 1]!) {
      let k = from;
      while (k < to && indices[k] === indices[k - to + from] && values[k] === values[k - to + from]) k++;
      if (k === to) saved++;
    }
  }
  const first = new Map<number, number>();
  for (let r = 0; r < rowCount; r++) {
    if (rowLower[r] !== -Infinity || rowUpper[r] === Infinity || size[r] === 0) continue;
    const other = first.get(sum[r]!);
    if (other === undefined) first.set(sum[r]!, r);
    else if (size[other] === size[r]) saved += size[r]!;
  }
  return columnCount > 0 ? Math.min(1, saved / columnCount) : 0;
}

/** Counts the columns in rows that are at most zero and cannot be less, where there are such rows. */
function countHeldAtZero({ columnCount, rowUpper, columnLower, columnUpper, starts, indices, values }: LinearModel): number {
  const holds = Uint8Array.from(rowUpper, (bound) => (bound === 0 ? 1 : 0));
  if (!holds.includes(1)) return 0;
  for (let c = 0; c < columnCount; c++) {
    for (let k = starts[c]!; k < starts[c + 1]!; k++) if (values[k]! < 0 || columnLower[c] !== 0) holds[indices[k]!] = 0;
  }
  if (!holds.includes(1)) return 0;
  let held = 0;
  for (let c = 0; c < columnCount; c++) {
    if (columnLower[c] === columnUpper[c]) continue;
    for (let k = starts[c]!; k < starts[c + 1]!; k++) {
      if (!holds[indices[k]!] || values[k] === 0) continue;
      held++;
      break;
    }
  }
  return held;
}
