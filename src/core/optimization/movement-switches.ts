import type { LinearModel } from "../lp/linear-model";
import { amountMoved, type MoveChoice } from "./movement-choices";

/** A movement of a model and the column that it moves there. */
export interface SwitchedChoice {
  readonly choice: MoveChoice;
  readonly column: number;
}

/**
 * Adds a switch for each movement, with what it costs at all, its smallest piece and the caps that count it; switches stand behind all columns.
 *
 *   delivered <= most z,  delivered >= piece z,  today - kept <= (today - least kept) z,  z of delivery + z of recall <= 1,  sum z <= room of each cap
 *
 * @param room movements that each cap still allows
 */
export const withMovementSwitches = (model: LinearModel, switched: readonly SwitchedChoice[], room: readonly number[]): LinearModel => {
  const { columnCount } = model;
  const rows = createRows(model.rowCount);
  const z = (k: number): number => columnCount + k;
  const ofPair = new Map<number, number>();
  switched.forEach(({ choice, column }, k) => {
    const lower = model.columnLower[column]!;
    if (choice.isRecall) {
      // kept + (today - least kept) z >= today
      rows.add(choice.today, Infinity, [column, 1], [z(k), choice.today - lower]);
    } else {
      rows.add(-Infinity, 0, [column, 1], [z(k), -Math.min(choice.most, Math.max(lower, model.columnUpper[column]!))]);
      if (choice.piece > 0) rows.add(0, Infinity, [column, 1], [z(k), -choice.piece]);
    }
    const other = ofPair.get(choice.pair);
    if (other === undefined) ofPair.set(choice.pair, k);
    else rows.add(-Infinity, 1, [z(other), 1], [z(k), 1]);
  });
  room.forEach((limit, cap) => {
    const counted = switched.flatMap(({ choice }, k): [number, number][] => (choice.caps.includes(cap) ? [[z(k), 1]] : []));
    if (counted.length > 0) rows.add(-Infinity, Math.max(0, limit), ...counted);
  });
  return appended(model, switched, rows);
};

interface Rows {
  readonly lower: number[];
  readonly upper: number[];
  /** Entries by column: row and value. */
  readonly entries: Map<number, [number, number][]>;
  add(lower: number, upper: number, ...entries: readonly (readonly [column: number, value: number])[]): void;
}

const createRows = (first: number): Rows => {
  const [lower, upper]: [number[], number[]] = [[], []];
  const entries = new Map<number, [number, number][]>();
  return {
    lower,
    upper,
    entries,
    add: (low, up, ...own) => {
      const row = first + lower.length;
      lower.push(low);
      upper.push(up);
      for (const [column, value] of own) {
        const known = entries.get(column);
        if (known === undefined) entries.set(column, [[row, value]]);
        else known.push([row, value]);
      }
    },
  };
};

const appended = (model: LinearModel, switched: readonly SwitchedChoice[], rows: Rows): LinearModel => {
  const columnCount = model.columnCount + switched.length;
  const starts = new Int32Array(columnCount + 1);
  const [indices, values]: [number[], number[]] = [[], []];
  for (let c = 0; c < columnCount; c++) {
    if (c < model.columnCount) {
      for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
        indices.push(model.indices[k]!);
        values.push(model.values[k]!);
      }
    }
    for (const [row, value] of rows.entries.get(c) ?? []) {
      indices.push(row);
      values.push(value);
    }
    starts[c + 1] = indices.length;
  }
  const joined = (first: Float64Array, second: readonly number[]): Float64Array => Float64Array.from([...first, ...second]);
  const integer = new Uint8Array(columnCount);
  if (model.integer !== undefined) integer.set(model.integer);
  integer.fill(1, model.columnCount);
  return {
    ...model,
    columnCount,
    rowCount: model.rowCount + rows.lower.length,
    objective: joined(
      model.objective,
      switched.map(({ choice }) => choice.fixed),
    ),
    columnLower: joined(
      model.columnLower,
      switched.map(() => 0),
    ),
    columnUpper: joined(
      model.columnUpper,
      switched.map(() => 1),
    ),
    rowLower: joined(model.rowLower, rows.lower),
    rowUpper: joined(model.rowUpper, rows.upper),
    starts,
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    integer,
  };
};

/** A point with the switches of what it moves. @param primal its columns without switches */
export const switchedPoint = (primal: Float64Array, switched: readonly SwitchedChoice[]): Float64Array =>
  Float64Array.from([...primal, ...switched.map(({ choice, column }) => (amountMoved(choice, primal[column]!) > 0 ? 1 : 0))]);
