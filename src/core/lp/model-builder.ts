import { DomainError } from "../basics/domain-error";
import type { LinearModel } from "./linear-model";

/** What a new column is; every part has a default. */
export interface ColumnInput {
  /** Cost of one unit; default 0. */
  readonly cost?: number;
  /** Default 0; -Infinity for none. */
  readonly lower?: number;
  /** Default Infinity. */
  readonly upper?: number;
  readonly integer?: boolean;
}

/** Bounds of a new row: lower <= A x <= upper; a side left out is open. */
export interface RowInput {
  readonly lower?: number;
  readonly upper?: number;
}

/** Collects columns, rows and entries in any order and turns them into a LinearModel. */
export interface ModelBuilder {
  /** Adds a column and returns its index. @throws badInput when cost or bounds make no sense. */
  addColumn(column?: ColumnInput): number;
  /** Adds a row and returns its index. @throws badInput when the bounds make no sense. */
  addRow(row?: RowInput): number;
  /** Puts a coefficient at (row, column); zeros are dropped. @throws badInput when not finite or outside the model. */
  addEntry(row: number, column: number, value: number): void;
  /** Adds a constant to the objective. */
  addOffset(value: number): void;
  readonly columnCount: number;
  readonly rowCount: number;
  /** Builds the model. @throws badInput when a (row, column) pair was given twice. */
  build(): LinearModel;
}

interface Lists {
  readonly cost: number[];
  readonly columnLower: number[];
  readonly columnUpper: number[];
  readonly integer: number[];
  readonly rowLower: number[];
  readonly rowUpper: number[];
  readonly entryRow: number[];
  readonly entryColumn: number[];
  readonly entryValue: number[];
}

/** Starts an empty model. */
export function createModelBuilder(): ModelBuilder {
  const lists: Lists = {
    cost: [],
    columnLower: [],
    columnUpper: [],
    integer: [],
    rowLower: [],
    rowUpper: [],
    entryRow: [],
    entryColumn: [],
    entryValue: [],
  };
  let offset = 0;
  return {
    addColumn: ({ cost = 0, lower = 0, upper = Infinity, integer = false } = {}) => {
      requireFinite(cost, `Column ${lists.cost.length}: cost`);
      requireBounds(lower, upper, `Column ${lists.cost.length}`);
      lists.columnLower.push(lower);
      lists.columnUpper.push(upper);
      lists.integer.push(integer ? 1 : 0);
      return lists.cost.push(cost) - 1;
    },
    addRow: ({ lower = -Infinity, upper = Infinity } = {}) => {
      requireBounds(lower, upper, `Row ${lists.rowLower.length}`);
      lists.rowUpper.push(upper);
      return lists.rowLower.push(lower) - 1;
    },
    addEntry: (row, column, value) => {
      if (!(row in lists.rowLower) || !(column in lists.cost)) {
        throw new DomainError("badInput", `Entry (${row}, ${column}) is outside the model; add its row and column first.`);
      }
      requireFinite(value, `Entry (${row}, ${column})`);
      if (value === 0) return;
      lists.entryRow.push(row);
      lists.entryColumn.push(column);
      lists.entryValue.push(value);
    },
    addOffset: (value) => {
      requireFinite(value, "Objective offset");
      offset += value;
    },
    get columnCount() {
      return lists.cost.length;
    },
    get rowCount() {
      return lists.rowLower.length;
    },
    build: () => compress(lists, offset),
  };
}

function requireFinite(value: number, where: string): void {
  if (!Number.isFinite(value)) throw new DomainError("badInput", `${where} is ${value}; give a finite number.`);
}

function requireBounds(lower: number, upper: number, where: string): void {
  // NaN fails every comparison, so this one line covers it too.
  if (!(lower <= upper) || lower === Infinity || upper === -Infinity) {
    throw new DomainError("badInput", `${where}: lower bound ${lower} is not below upper bound ${upper}.`);
  }
}

/** Sorts the entries by column, then row (two stable counting sorts), and refuses repeated places. */
function compress(lists: Lists, objectiveOffset: number): LinearModel {
  const columnCount = lists.cost.length;
  const rowCount = lists.rowLower.length;
  const count = lists.entryValue.length;
  const byRow = countingOrder(
    lists.entryRow,
    rowCount,
    Uint32Array.from({ length: count }, (_, k) => k),
  ).order;
  const { order, starts } = countingOrder(lists.entryColumn, columnCount, byRow);
  const indices = new Int32Array(count);
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const entry = order[k]!;
    indices[k] = lists.entryRow[entry]!;
    values[k] = lists.entryValue[entry]!;
    const isFirst = k === 0 || lists.entryColumn[order[k - 1]!] !== lists.entryColumn[entry];
    if (!isFirst && indices[k] === indices[k - 1]) {
      throw new DomainError("badInput", `Entry (${indices[k]}, ${lists.entryColumn[entry]}) was given twice.`);
    }
  }
  const model = {
    columnCount,
    rowCount,
    objective: Float64Array.from(lists.cost),
    objectiveOffset,
    columnLower: Float64Array.from(lists.columnLower),
    columnUpper: Float64Array.from(lists.columnUpper),
    rowLower: Float64Array.from(lists.rowLower),
    rowUpper: Float64Array.from(lists.rowUpper),
    starts,
    indices,
    values,
  };
  return lists.integer.includes(1) ? { ...model, integer: Uint8Array.from(lists.integer) } : model;
}

function countingOrder(keys: readonly number[], keyCount: number, previous: Uint32Array): { order: Uint32Array; starts: Int32Array } {
  const starts = new Int32Array(keyCount + 1);
  for (const key of keys) starts[key + 1]!++;
  for (let k = 0; k < keyCount; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Uint32Array(previous.length);
  for (const entry of previous) order[next[keys[entry]!]!++] = entry;
  return { order, starts };
}
