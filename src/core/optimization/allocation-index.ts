import type { ModelBuilder } from "../lp/model-builder";

/** A rule of the book as rows of the model, for conflicts and sensitivities. */
export interface NamedRule {
  readonly kind: "coverage" | "inventory" | "limit" | "timing" | "route" | "pin" | "cap" | "buffer" | "hqla" | "lots" | "overPost";
  /** Words for reports: `BTC limit at CSA-7 (tblLimits row 3)`. */
  readonly name: string;
  /** Rows of the model; without them the rule does not bind. */
  readonly rows: readonly number[];
  /** Column of what is posted in the scope, for limits that are shares of it. */
  readonly total?: number;
  /** Column of the switch of a limit that applies above a size: 1 while it does. */
  readonly gate?: number;
  /** Bounds of columns as they are without the rule. */
  readonly bounds?: readonly { readonly column: number; readonly lower: number; readonly upper: number }[];
  /** Index of the supply, demand, limit case ... that the rule is about. */
  readonly of: number;
}

/** By how much a hard minimum that gives way is missed: a column that its rows need. */
export interface MissColumn {
  readonly column: number;
  readonly rows: readonly number[];
  /** Weight beside the other minimums; all are in base currency. */
  readonly weight: number;
  /** Name of the minimum, see AllocationProblem.yielding. */
  readonly name: string;
}

/** The rows of one limit. */
export interface LimitRows {
  /** Index into limits of the problem. */
  readonly limit: number;
  readonly rows: readonly number[];
  /** Column of what is posted in the scope, for shares of it. */
  readonly total?: number;
  /** Column of the switch of a limit that applies above a size: 1 while it does. */
  readonly gate?: number;
}

/** What each column and row of the model means; built together with it. */
export interface AllocationIndex {
  /** Base currency per unit of a money column. */
  readonly scale: number;
  /** Base currency that is a trifle. */
  readonly cent: number;
  /** Base currency over the horizon per unit of the cost objective. */
  readonly costScale: number;
  /** Column of what stays posted of today's units, by pair; -1 where nothing is posted. */
  readonly keep: Int32Array;
  /** Column of what is delivered, by pair. */
  readonly deliver: Int32Array;
  readonly shortfall: Int32Array;
  readonly excess: Int32Array;
  readonly inventoryRow: Int32Array;
  readonly coverageRow: Int32Array;
  /** Rows of what is left unposted by HQLA level 1, 2A, 2B; empty without a liquidity buffer. */
  readonly bufferRows: number[];
  /** Columns of the slabs, by pool: the debt first where there is one. */
  readonly sliceColumns: readonly (readonly number[])[];
  readonly rules: NamedRule[];
  /** Breach columns of soft limits with their weights. */
  readonly breaches: { readonly column: number; readonly weight: number; readonly limit: number }[];
  /** Rows of soft limits: they bind as hard ones do where nothing is above them. */
  readonly softLimits: LimitRows[];
  /** Columns of hard minimums that give way. */
  readonly misses: MissColumn[];
  /** Objective coefficient of carrying and moving, by column; grows with the model. */
  readonly costs: number[];
  /** Cost that does not depend on the decision, in the same unit as `costs`. */
  constantCost: number;
  /** Columns that count whole lots. */
  readonly lotCounts: number[];
  /** True where integers limit what can be posted; false where they only carry fixed costs. */
  hasBindingIntegers: boolean;
  /** True where fixed costs, smallest pieces and caps of movements are not in the model and left to solveMovements. */
  awaitsMovements: boolean;
  /** Binary columns of deliveries and recalls, by pair; -1 where not needed. */
  readonly delivers: Int32Array;
  readonly recalls: Int32Array;
}

/** Adds the column by which a minimum that gives way may be missed to its rows. */
export const addMiss = (
  builder: ModelBuilder,
  index: AllocationIndex,
  rows: readonly number[],
  coefficient: 1 | -1,
  name: string,
  weight: number,
): void => {
  const column = addCostedColumn(builder, index, 0);
  for (const row of rows) builder.addEntry(row, column, coefficient);
  index.misses.push({ column, rows, weight, name });
};

/** Adds a column and remembers its cost; the objective of a stage is set when it is solved. */
export const addCostedColumn = (
  builder: ModelBuilder,
  index: AllocationIndex,
  cost: number,
  lower = 0,
  upper = Infinity,
  integer = false,
): number => {
  const column = builder.addColumn({ lower, upper: Math.max(lower, upper), integer });
  index.costs[column] = cost;
  return column;
};
