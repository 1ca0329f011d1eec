import { createModelBuilder } from "../../../src/core/lp/model-builder";
import type { LinearModel } from "../../../src/core/lp/linear-model";

interface Column {
  cost: number;
  lower: number;
  upper: number;
  entries: (readonly [row: number, value: number])[];
}

/** Adds to a model what a presolve should find: twins of rows and columns, dominated columns, empty and fixed ones. */
export function plantReductions(model: LinearModel, random: () => number): LinearModel {
  const rows = Array.from({ length: model.rowCount }, (_, r) => ({ lower: model.rowLower[r]!, upper: model.rowUpper[r]! }));
  const columns: Column[] = Array.from({ length: model.columnCount }, (_, c) => ({
    cost: model.objective[c]!,
    lower: model.columnLower[c]!,
    upper: model.columnUpper[c]!,
    entries: Array.from(
      { length: model.starts[c + 1]! - model.starts[c]! },
      (_, k) => [model.indices[model.starts[c]! + k]!, model.values[model.starts[c]! + k]!] as const,
    ),
  }));
  twinColumns(columns, random);
  twinRow(rows, columns, random);
  columns.push({ cost: random(), lower: 0, upper: 5, entries: [] });
  const single = columns[Math.floor(random() * model.columnCount)]!;
  if (random() < 0.5 && single.lower === 0) {
    single.entries.push([rows.length, 2]);
    rows.push(random() < 0.5 ? { lower: -Infinity, upper: 0.2 + random() * 10 } : { lower: 0.01 * random(), upper: Infinity });
  }
  if (random() < 0.5) rows.push({ lower: -Infinity, upper: Infinity });
  forceColumns(rows, columns, random);
  const builder = createModelBuilder();
  rows.forEach((row) => builder.addRow(row));
  for (const { entries, ...column } of columns) {
    const place = builder.addColumn(column);
    for (const [row, value] of entries) builder.addEntry(row, place, value);
  }
  return builder.build();
}

/** Rows that leave the columns in them no choice: a limit that is used up by what must be there, and a call for all that there is. */
function forceColumns(rows: { lower: number; upper: number }[], columns: Column[], random: () => number): void {
  for (const isUpper of [true, false]) {
    if (random() < 0.4) continue;
    const chosen = columns.filter(
      ({ lower, upper, entries }) => random() < 0.1 && entries.length > 0 && (isUpper ? Number.isFinite(lower) : upper < 4),
    );
    const terms = chosen.map((column) => {
      const value = random() < 0.8 ? 0.5 + random() : -0.5 - random();
      const bound = isUpper === value > 0 ? column.lower : column.upper;
      return { column, value, bound };
    });
    const held = terms.filter(({ bound }) => Number.isFinite(bound));
    for (const { column, value } of held) column.entries = [...column.entries, [rows.length, value]];
    const total = held.reduce((sum, { value, bound }) => sum + value * bound, 0);
    rows.push(isUpper ? { lower: -Infinity, upper: total } : { lower: total, upper: Infinity });
  }
}

function twinColumns(columns: Column[], random: () => number): void {
  const count = columns.length;
  for (let c = 0; c < count; c++) {
    const column = columns[c]!;
    const kind = random();
    if (kind < 0.1) columns.push({ ...column });
    else if (kind < 0.2) columns.push({ ...column, cost: column.cost + random() });
    else if (kind < 0.25) columns.push({ ...column, lower: 0, upper: 0 });
  }
}

/** A second asset like the first one that can be copied: same columns elsewhere, another amount. */
function twinRow(rows: { lower: number; upper: number }[], columns: Column[], random: () => number): void {
  const source = rows.findIndex(({ lower, upper }) => lower === -Infinity && upper > 0 && upper < Infinity);
  if (source < 0) return;
  const factor = 0.5 + random();
  rows.push({ lower: -Infinity, upper: rows[source]!.upper * factor });
  for (const column of [...columns]) {
    if (!column.entries.some(([row]) => row === source)) continue;
    columns.push({
      ...column,
      // Bounds in proportion where the column counts from zero; the others are copied and no twins.
      upper: column.lower === 0 ? column.upper * factor : column.upper,
      entries: column.entries.map(([row, value]) => [row === source ? rows.length - 1 : row, value] as const),
    });
  }
}
