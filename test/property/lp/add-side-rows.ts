import { appendRows } from "../../../src/core/lp/append-rows";
import type { LinearModel } from "../../../src/core/lp/linear-model";

/** Adds a few rows across a model's columns, with all kinds of bounds, which make it a network with side rows. */
export function addRandomSideRows(model: LinearModel, random: () => number): LinearModel {
  const count = 1 + Math.floor(random() * 4);
  const isWhole = random() < 0.2;
  const coefficients = Array.from({ length: count }, () =>
    Float64Array.from({ length: model.columnCount }, () => (random() < 0.5 ? 0 : isWhole ? 1 : 0.2 + random() * (random() < 0.2 ? -1 : 1))),
  );
  // In the unit of the column's largest entry, as a limit in money is; now and then in units of the asset.
  const inMoney = random() < 0.9;
  const sizeOf = (c: number): number => {
    let largest = 0;
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) largest = Math.max(largest, Math.abs(model.values[k]!));
    return isWhole || !inMoney || largest === 0 ? 1 : Math.min(largest, 1e6);
  };
  // Sizes of the bounds: what the columns and rows of the model let one expect.
  const size = Math.max(1e-3, ...[...model.rowUpper, ...model.rowLower].filter(Number.isFinite).map(Math.abs));
  const bounds = coefficients.map(() => drawBounds(random, size, isWhole));
  return appendRows(
    model,
    coefficients.map((row, k) => ({ coefficients: row.map((value, c) => value * sizeOf(c)), ...bounds[k]! })),
  );
}

function drawBounds(random: () => number, size: number, isWhole: boolean): { lower: number; upper: number } {
  const at = isWhole ? Math.round(size * random() * 2) : size * random() * 2;
  const kind = random();
  if (kind < 0.55) return { lower: -Infinity, upper: at };
  if (kind < 0.8) return { lower: at / 4, upper: Infinity };
  if (kind < 0.9) return { lower: at / 3, upper: at / 3 };
  return { lower: at / 6, upper: at };
}
