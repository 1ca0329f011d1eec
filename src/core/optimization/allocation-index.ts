import type { ModelBuilder } from "../lp/model-builder";

/** A rule of the book as rows of the model, for conflicts and sensitivities. */
export interface NamedRule {
  readonly kind: "coverage" | "inventory" | "limit" | "timing" | "pin" | "cap" | "buffer" | "lots";
  /** Words for reports: `BTC limit at CSA-7 (tblLimits row 3)`. */
  readonly name: string;
  /** Rows of the model; without them the rule does not bind. */
  readonly rows: readonly number[];
  /** Bounds of columns as they are without the rule. */
  readonly bounds?: readonly { readonly column: number; readonly lower: number; readonly upper: number }[];
  /** Index of the supply, demand, limit case ... that the rule is about. */
  readonly of: number;
}

/** What each column and row of the model means; built together with it. */
export interface AllocationIndex {
  /** Base currency per unit of a money column. */
  readonly scale: number;
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
  /** Columns of the slabs, by pool: the debt first where there is one. */
  readonly sliceColumns: readonly (readonly number[])[];
  readonly rules: NamedRule[];
  /** Breach columns of soft limits with their weights. */
  readonly breaches: { readonly column: number; readonly weight: number; readonly limit: number }[];
  /** Objective coefficient of carrying and moving, by column; grows with the model. */
  readonly costs: number[];
  /** Cost that does not depend on the decision, in the same unit as `costs`. */
  constantCost: number;
  /** Columns that count whole lots. */
  readonly lotCounts: number[];
  /** True where integers limit what can be posted; false where they only carry fixed costs. */
  hasBindingIntegers: boolean;
  /** Binary columns of deliveries and recalls, by pair; -1 where not needed. */
  readonly delivers: Int32Array;
  readonly recalls: Int32Array;
}

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
