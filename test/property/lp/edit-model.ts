import type { LinearModel } from "../../../src/core/lp/linear-model";

/** Makes a small edit of the kind that a desk makes between two runs: calls, prices, haircuts or costs. */
export function editModel(model: LinearModel, random: () => number): LinearModel {
  const kind = Math.floor(random() * 4);
  const nudge = (value: number): number => (random() < 0.3 ? value * (0.9 + 0.2 * random()) : value);
  if (kind === 0) return { ...model, objective: model.objective.map(nudge) };
  if (kind === 1) return { ...model, rowLower: nudgeBelow(model.rowLower, model.rowUpper, nudge) };
  if (kind === 2) return { ...model, columnUpper: model.columnUpper.map((u, c) => (u > 0 ? Math.max(nudge(u), model.columnLower[c]!) : u)) };
  return { ...model, values: editValues(model, random) };
}

function nudgeBelow(lower: Float64Array, upper: Float64Array, nudge: (value: number) => number): Float64Array {
  return lower.map((value, r) => (value === upper[r] ? value : Math.min(nudge(value), upper[r]!)));
}

/** Changes the value of some columns in every row but the first, as a haircut does, so that nested rows stay nested. */
function editValues(model: LinearModel, random: () => number): Float64Array {
  const values = model.values.slice();
  for (let c = 0; c < model.columnCount; c++) {
    if (random() > 0.3) continue;
    const factor = 0.9 + 0.2 * random();
    for (let k = model.starts[c]! + 1; k < model.starts[c + 1]!; k++) values[k]! *= factor;
  }
  return values;
}
