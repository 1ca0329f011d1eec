import type { LinearModel } from "../../../src/core/lp/linear-model";
import type { Basis, SolveResult } from "../../../src/core/lp/solver";
import { addRandomSideRows } from "./add-side-rows";
import { editModel } from "./edit-model";

/** The basis of an answer with its prices, whichever engine gave it. */
export function basisOf({ basis, dual }: SolveResult): Basis | undefined {
  return basis && dual.length === basis.rows.length ? { ...basis, prices: basis.prices ?? dual } : undefined;
}

/** The basis of a model before rows were added: they start as basic, at no price. */
export function extendBasis({ columns, rows, prices }: Basis, { rowCount }: LinearModel): Basis {
  const longer = new Int32Array(rowCount).fill(1);
  longer.set(rows);
  const more = new Float64Array(rowCount);
  more.set(prices!);
  return { columns, rows: longer, prices: more };
}

/** Edits a model the way the next stage or question of a run does, most of all where the old basis then no longer fits. */
export function editForRestart(model: LinearModel, random: () => number): LinearModel {
  const kind = Math.floor(random() * 6);
  // One column alone counts, as when one call after the other is covered: nearly all reduced costs are zero.
  if (kind === 0) return { ...model, objective: onlyOne(model.columnCount, Math.floor(random() * model.columnCount)) };
  if (kind === 1) return { ...model, objective: model.objective.map(() => (random() < 0.5 ? 0 : random())) };
  // Fixed columns and rows that leave no room: every amount is at a bound.
  if (kind === 2) return { ...model, columnUpper: model.columnUpper.map((upper, c) => (random() < 0.3 ? model.columnLower[c]! : upper)) };
  if (kind === 3)
    return { ...model, rowUpper: model.rowUpper.map((upper, r) => (random() < 0.3 ? Math.max(0.9 * upper, model.rowLower[r]!) : upper)) };
  if (kind === 4) return addRandomSideRows(model, random);
  return editModel(model, random);
}

function onlyOne(count: number, place: number): Float64Array {
  const objective = new Float64Array(count);
  objective[place] = 1;
  return objective;
}

/** Joins pairs of rows by two columns between them that differ by a trace, as a share of what is posted after haircut does. */
export function addCycles(model: LinearModel, random: () => number): LinearModel {
  const starts = [...model.starts];
  const indices = [...model.indices];
  const values = [...model.values];
  const cost = [...model.objective];
  const upper = [...model.columnUpper];
  const rowCount = model.rowCount + 4;
  for (const first of [model.rowCount, model.rowCount + 2]) {
    for (let k = 0; k < 3; k++) {
      const entry = 0.2 + Math.floor(random() * 8) / 10;
      indices.push(first, first + 1);
      values.push(entry, -entry);
      starts.push(indices.length);
      cost.push(random() < 0.7 ? 0 : random() - 0.3);
      upper.push(random() < 0.7 ? 1 + random() : Infinity);
    }
    indices.push(first, first + 1);
    values.push(-1, 1 - 10 ** (-2 - 5 * random()));
    starts.push(indices.length);
    cost.push(0);
    upper.push(Infinity);
  }
  const columnCount = upper.length;
  const columnLower = new Float64Array(columnCount);
  columnLower.set(model.columnLower);
  return {
    ...model,
    columnCount,
    rowCount,
    objective: Float64Array.from(cost),
    columnLower,
    columnUpper: Float64Array.from(upper),
    rowLower: Float64Array.from([...model.rowLower, 0, 0, 0, 0]),
    rowUpper: Float64Array.from([...model.rowUpper, 0, 0, 0, 0]),
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  };
}
