import { createModelBuilder } from "../../../src/core/lp/model-builder";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import type { TerminationStatus } from "../../../src/core/lp/solver";

/** A model whose answer was worked out by hand. */
export interface KnownCase {
  readonly name: string;
  readonly model: LinearModel;
  readonly status: TerminationStatus;
  readonly objective?: number;
  /** Only where the optimum is unique. */
  readonly primal?: readonly number[];
  readonly dual?: readonly number[];
  /** True where every column has at most two entries, so that a network engine must take it. */
  readonly isNetwork?: boolean;
}

type Column = readonly [cost: number, lower: number, upper: number];
type Row = readonly [lower: number, upper: number, coefficients: readonly number[]];

/** Writes a small model down as columns and dense rows. */
export function denseModel(columns: readonly Column[], rows: readonly Row[], integers: readonly number[] = []): LinearModel {
  const builder = createModelBuilder();
  columns.forEach(([cost, lower, upper], c) => builder.addColumn({ cost, lower, upper, integer: integers.includes(c) }));
  rows.forEach(([lower, upper, coefficients]) => {
    const row = builder.addRow({ lower, upper });
    coefficients.forEach((value, c) => builder.addEntry(row, c, value));
  });
  return builder.build();
}

const INF = Infinity;

/** Linear models with answers by hand. */
export const LINEAR_CASES: readonly KnownCase[] = [
  {
    // The cheap column is filled to its bound of 10, the rest comes from the dear one: 10 * 1 + 5 * 2 = 20.
    name: "a cover from two assets, the cheap one limited",
    model: denseModel(
      [
        [1, 0, 10],
        [2, 0, INF],
      ],
      [[15, INF, [1, 1]]],
    ),
    status: "optimal",
    objective: 20,
    primal: [10, 5],
    dual: [2],
    isNetwork: true,
  },
  {
    // Two calls share an asset of 100; call 2 has no other cover, so call 1 must pay 3 for the dear one.
    // x11 + x21(dear) = 80, x12 = 60 with x11 + x12 <= 100: x12 = 60, x11 = 40, dear 40: 40*1 + 60*1 + 40*3 = 220.
    name: "a scarce shared asset, where filling in order is wrong",
    model: denseModel(
      [
        [1, 0, INF],
        [1, 0, INF],
        [3, 0, INF],
      ],
      [
        [-INF, 100, [1, 1, 0]],
        [80, INF, [1, 0, 1]],
        [60, INF, [0, 1, 0]],
      ],
    ),
    status: "optimal",
    objective: 220,
    primal: [40, 60, 40],
    dual: [-2, 3, 3],
    isNetwork: true,
  },
  {
    // Gain arcs: 1 unit of asset gives 0.9 of cover. 90 / 0.9 = 100 units at 0.5.
    name: "a haircut",
    model: denseModel([[0.5, 0, 200]], [[90, 90, [0.9]]]),
    status: "optimal",
    objective: 50,
    primal: [100],
    isNetwork: true,
  },
  {
    name: "an equality with a free column",
    // x - y = 3, x in [0, 10], y free with cost 1: y as low as possible means x = 0, y = -3.
    model: denseModel(
      [
        [0, 0, 10],
        [1, -INF, INF],
      ],
      [[3, 3, [1, -1]]],
    ),
    status: "optimal",
    objective: -3,
    primal: [0, -3],
    isNetwork: true,
  },
  {
    name: "a range row that binds from above",
    // max x + y (as min of the negative) with 2 <= x + y <= 6 and x <= 4, y <= 4.
    model: denseModel(
      [
        [-1, 0, 4],
        [-1, 0, 4],
      ],
      [[2, 6, [1, 1]]],
    ),
    status: "optimal",
    objective: -6,
    isNetwork: true,
  },
  {
    name: "negative lower bounds and an upper bound only",
    // min x - y with -5 <= x <= 5, y <= 2: x = -5, y = 2 -> -7; the row x + y >= -3 holds with equality.
    model: denseModel(
      [
        [1, -5, 5],
        [-1, -INF, 2],
      ],
      [[-3, INF, [1, 1]]],
    ),
    status: "optimal",
    objective: -7,
    primal: [-5, 2],
    isNetwork: true,
  },
  {
    name: "three entries in a column",
    // min 2x + 3y with x + y >= 4, x + 3y >= 6, x <= 3: the corner x = 3, y = 1 -> 9.
    model: denseModel(
      [
        [2, 0, INF],
        [3, 0, INF],
      ],
      [
        [4, INF, [1, 1]],
        [6, INF, [1, 3]],
        [-INF, 3, [1, 0]],
      ],
    ),
    status: "optimal",
    objective: 9,
    primal: [3, 1],
  },
  {
    name: "a model in which nothing fits",
    model: denseModel(
      [
        [1, 0, 4],
        [2, 0, 3],
      ],
      [[10, INF, [1, 1]]],
    ),
    status: "infeasible",
    isNetwork: true,
  },
  {
    name: "two equalities that contradict each other",
    model: denseModel(
      [
        [1, 0, INF],
        [1, 0, INF],
      ],
      [
        [5, 5, [1, 1]],
        [4, 4, [1, 1]],
      ],
    ),
    status: "infeasible",
    isNetwork: true,
  },
  {
    name: "an income without a limit",
    model: denseModel(
      [
        [-1, 0, INF],
        [0, 0, INF],
      ],
      [[1, INF, [1, 1]]],
    ),
    status: "unbounded",
    isNetwork: true,
  },
  {
    name: "a degenerate assignment",
    // 3 x 3 assignment with ties; the best total is 1 + 1 + 1.
    model: denseModel(
      [1, 1, 2, 2, 1, 1, 1, 2, 1].map((cost) => [cost, 0, INF] as const),
      [0, 1, 2].flatMap((k) => [
        [1, 1, Array.from({ length: 9 }, (_, c) => (Math.floor(c / 3) === k ? 1 : 0))] as const,
        [1, 1, Array.from({ length: 9 }, (_, c) => (c % 3 === k ? 1 : 0))] as const,
      ]),
    ),
    status: "optimal",
    objective: 3,
    isNetwork: true,
  },
  {
    // Beale's classical example on which the textbook simplex cycles; optimum -1/20.
    name: "Beale's cycling example",
    model: denseModel(
      [
        [-0.75, 0, INF],
        [150, 0, INF],
        [-0.02, 0, INF],
        [6, 0, INF],
      ],
      [
        [-INF, 0, [0.25, -60, -1 / 25, 9]],
        [-INF, 0, [0.5, -90, -1 / 50, 3]],
        [-INF, 1, [0, 0, 1, 0]],
      ],
    ),
    status: "optimal",
    objective: -0.05,
  },
  {
    // Native units: 97,123.45 USD a BTC, a token of 2.31e-5 USD, cash. Cover 5,000,000 USD; cost per unit.
    // Cash 1e6 at 0.05 yearly is dearest; the token covers 1e10 * 2.31e-5 * 0.5 = 115,500; BTC the rest:
    // (5,000,000 - 115,500) / (97,123.45 * 0.8) = 62.8645...
    name: "native units of BTC, a token and cash",
    model: denseModel(
      [
        [97_123.45 * 0.01, 0, 100],
        [2.31e-5 * 0.002, 0, 1e10],
        [0.05, 0, 1e6],
      ],
      [[5e6, INF, [97_123.45 * 0.8, 2.31e-5 * 0.5, 1]]],
    ),
    status: "optimal",
    objective: ((5e6 - 115_500) / (97_123.45 * 0.8)) * 971.2345 + 1e10 * 4.62e-8,
    primal: [(5e6 - 115_500) / (97_123.45 * 0.8), 1e10, 0],
    isNetwork: true,
  },
  {
    name: "a requirement above 1e10 USD",
    // J1 of solving.md: javascript-lp-solver's own presolve calls this infeasible.
    model: denseModel(
      [
        [1, 0, INF],
        [2, 0, INF],
      ],
      [[2.1e10, INF, [1, 1]]],
    ),
    status: "optimal",
    objective: 2.1e10,
    primal: [2.1e10, 0],
    isNetwork: true,
  },
  {
    name: "coefficients of 1e-8",
    // J5: p x >= 1 with p = 1e-8.
    model: denseModel([[1e-8, 0, INF]], [[1, INF, [1e-8]]]),
    status: "optimal",
    objective: 1,
    primal: [1e8],
    isNetwork: true,
  },
  {
    name: "an amount of 1e-8",
    // J6: min x, x >= 1e-8 as a row.
    model: denseModel([[1, 0, INF]], [[1e-8, INF, [1]]]),
    status: "optimal",
    objective: 1e-8,
    primal: [1e-8],
    isNetwork: true,
  },
  {
    // The second column is in no row at all and earns up to its bound.
    name: "a column that is in no row, beside one that is",
    model: denseModel(
      [
        [1, 0, 10],
        [-1, 0, 4],
      ],
      [[3, INF, [1, 0]]],
    ),
    status: "optimal",
    objective: -1,
    primal: [3, 4],
    isNetwork: true,
  },
  {
    name: "columns without rows",
    model: denseModel(
      [
        [1, -2, 5],
        [-1, 0, 4],
      ],
      [],
    ),
    status: "optimal",
    objective: -6,
    primal: [-2, 4],
    isNetwork: true,
  },
  { name: "an empty model", model: denseModel([], []), status: "optimal", objective: 0, primal: [], isNetwork: true },
  {
    name: "a row that no column can help",
    model: denseModel([[1, 0, 1]], [[2, INF, [0]]]),
    status: "infeasible",
    isNetwork: true,
  },
];

/** Mixed-integer models with answers by hand. */
export const INTEGER_CASES: readonly KnownCase[] = [
  {
    // 0/1 knapsack, capacity 10: values 10, 13, 7 with weights 4, 6, 5 -> items 1 and 2, value 23.
    name: "a knapsack",
    model: denseModel(
      [
        [-10, 0, 1],
        [-13, 0, 1],
        [-7, 0, 1],
      ],
      [[-INF, 10, [4, 6, 5]]],
      [0, 1, 2],
    ),
    status: "optimal",
    objective: -23,
    primal: [1, 1, 0],
  },
  {
    // Lots of 1000: 2500 needed, lots cost 1 per unit, loose units 3: 2 lots + 500 loose = 3500 beats 3 lots = 3000? No:
    // 3 lots cost 3000 < 2 * 1000 + 500 * 3 = 3500.
    name: "whole lots beside loose units",
    model: denseModel(
      [
        [1000, 0, 10],
        [3, 0, INF],
      ],
      [[2500, INF, [1000, 1]]],
      [0],
    ),
    status: "optimal",
    objective: 3000,
    primal: [3, 0],
  },
  {
    // A fixed charge: y = 1 opens the cheap asset (100 + 1 a unit); otherwise 2 a unit. 150 units: 250 < 300.
    name: "a fixed charge for opening an asset",
    model: denseModel(
      [
        [1, 0, INF],
        [100, 0, 1],
        [2, 0, INF],
      ],
      [
        [150, INF, [1, 0, 1]],
        [-INF, 0, [1, -1000, 0]],
      ],
      [1],
    ),
    status: "optimal",
    objective: 250,
    primal: [150, 1, 0],
  },
  {
    name: "whole numbers for which nothing fits",
    // 2 x = 3.
    model: denseModel([[1, 0, 10]], [[3, 3, [2]]], [0]),
    status: "infeasible",
  },
];
