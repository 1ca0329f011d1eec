import type { BasisState } from "../lp/parametric/basis-state";
import { followChange, type BoundChange, type CostPiece } from "../lp/parametric/follow-change";
import { followShare } from "../lp/parametric/share-range";
import type { AllocationModel } from "./build-allocation-model";
import type { LimitRows } from "./allocation-index";
import type { AnswerPrices } from "./answer-prices";
import { hqlaLevel, hqlaRatio } from "./model-rows/buffer-rows";
import type { AllocationProblem } from "./problem-shape";

/** What one more and one less of an amount would change, base currency a year for one unit of base currency. */
export interface Marginal {
  /** Rise of the cost for one unit more; Infinity where no more can be had. */
  readonly more: number;
  /** Fall of the cost for one unit less; -Infinity where no less can be had. */
  readonly less: number;
  /** By how much the amount may rise or fall while these hold, base currency; undefined where not given. */
  readonly room?: { readonly up: number; readonly down: number };
  /** True where beyond the range there is no answer at all. */
  readonly isLastUp: boolean;
  readonly isLastDown: boolean;
}

/** Everything that prices are read from. */
export interface PricedBook {
  readonly problem: AllocationProblem;
  readonly model: AllocationModel;
  readonly prices: AnswerPrices;
}

/** Base currency per year for one unit of base currency, from a dual of the cost objective. */
export const yearlyRate = ({ settings }: AllocationProblem, { index }: AllocationModel, dual: number): number =>
  ((dual * index.costScale) / index.scale / settings.horizonDays) * settings.dayCount;

/** Differences below this share of a price are rounding. */
const sameSlope = 1e-6;

/**
 * Follows an amount up and down from where it is.
 *
 * @param changes what moves when the amount grows by one, in model units
 * @param amount the amount itself, base currency: it cannot fall below nothing
 * @param onTheWayDown what moves when the amount falls by one; default the opposite of changes
 */
export const marginalOf = (
  { problem, model, prices }: PricedBook,
  changes: readonly BoundChange[],
  amount = Infinity,
  onTheWayDown: readonly BoundChange[] = changes.map(({ variable, lower, upper }) => ({ variable, lower: -lower, upper: -upper })),
): Marginal => {
  const rate = (slope: number): number => yearlyRate(problem, model, slope);
  const { basis, budget } = prices;
  const plain = (): Marginal => {
    const slope = rate(dualSlope(prices, changes));
    return { more: slope, less: slope, isLastUp: false, isLastDown: false };
  };
  if (basis === undefined || budget.left < 0) return plain();
  const { scale } = model.index;
  const up = follow(prices, basis, changes, Infinity);
  const down = follow(prices, basis, onTheWayDown, amount / scale);
  if (isUnknown(up) || isUnknown(down)) return plain();
  // Where there is no answer one way, the other has a price all the same.
  const isSame = Number.isFinite(up.slope) && Math.abs(up.slope + down.slope) <= sameSlope * Math.max(Math.abs(up.slope), Math.abs(down.slope), 1e-3);
  return {
    more: rate(up.slope),
    less: isSame ? rate(up.slope) : -rate(down.slope),
    ...(Number.isNaN(up.upTo + down.upTo) ? {} : { room: { up: up.upTo * scale, down: down.upTo * scale } }),
    isLastUp: up.then === "none",
    isLastDown: down.then === "none",
  };
};

/** Follows with slabs in order; how far is only known as far as slabs out of order would pay no more. */
const follow = ({ inOrder, budget }: AnswerPrices, basis: BasisState, changes: readonly BoundChange[], furthest: number): CostPiece => {
  const free = followChange(basis, changes, budget, { furthest });
  if (inOrder === undefined || isUnknown(free)) return free;
  const held = followChange(inOrder, changes, budget, { furthest });
  const isSame = Math.abs(held.slope - free.slope) <= sameSlope * Math.max(1e-3, Math.abs(free.slope)) || held.slope === free.slope;
  return { slope: held.slope, upTo: isSame ? Math.min(held.upTo, free.upTo) : NaN, then: held.then === free.then ? free.then : "bend" };
};

const isUnknown = (piece: CostPiece): boolean => piece.then === "unknown";

/** The slope by the engine's duals, where there is no basis: of whatever basis it ended with. */
const dualSlope = ({ dual, reducedCosts }: AnswerPrices, changes: readonly BoundChange[]): number =>
  changes.reduce((sum, { variable, lower, upper }) => {
    const price = variable < reducedCosts.length ? reducedCosts[variable]! : dual[variable - reducedCosts.length]!;
    return sum + price * (price > 0 ? lower : upper);
  }, 0);

const rowOf = ({ prices }: PricedBook, row: number): number => prices.reducedCosts.length + row;

/**
 * One more unit required at an agreement. What is measured by the requirement moves with it: shares of the requirement in tblLimits and what
 * may be posted beyond it.
 *
 * @param limits of limitsOfRequirements
 */
export const agreementMarginal = (book: PricedBook, d: number, limits: readonly LimitRows[]): Marginal => {
  const demand = book.problem.demands[d]!;
  return marginalOf(book, movesWithRequirement(book, d, limits, 1), demand.requirement * demand.rate, movesWithRequirement(book, d, limits, -1));
};

/**
 * Lists for each agreement the limits that move with its requirement. What gives way, or is exceeded already, is bound by what the run reached,
 * and does not.
 *
 * @returns shape (agreements)
 */
export const limitsOfRequirements = (book: PricedBook): readonly (readonly LimitRows[])[] => {
  const { problem } = book;
  const lists: LimitRows[][] = problem.demands.map(() => []);
  for (const rows of limitRowsOf(book)) {
    const { basis, requiredOf = [], name } = problem.limits[rows.limit]!;
    if (basis !== "constant" || requiredOf.length === 0 || isOff(book, rows.gate)) continue;
    if (problem.yielding.has(name) || excessOf(book, rows.limit) > 1e-9) continue;
    for (const d of new Set(requiredOf)) lists[d]!.push(rows);
  }
  return lists;
};

/** What moves when an agreement requires one more, or one less. */
const movesWithRequirement = (book: PricedBook, d: number, limits: readonly LimitRows[], sign: 1 | -1): BoundChange[] => {
  const { problem, model } = book;
  const { index } = model;
  const demand = problem.demands[d]!;
  const share = demand.row.overPostCap ?? 0;
  // What stays anyway is the less beyond the requirement the more is required.
  const beyond = largerOf(
    { amount: Math.max(0, demand.roundingRoom + share * demand.required), rate: sign * share },
    { amount: demand.heldAnyway - demand.required, rate: -sign },
    index.scale,
  );
  return [
    { variable: rowOf(book, index.coverageRow[d]!), lower: sign, upper: sign },
    { variable: index.excess[d]!, lower: 0, ...beyond },
    ...limits.flatMap(({ limit: l, rows }): BoundChange[] => {
      const limit = problem.limits[l]!;
      const moves = largerOf({ amount: limit.limit, rate: sign * limit.stated.limit }, { amount: limit.orAmount ?? 0, rate: 0 }, index.scale);
      return rows.map((row) => ({ variable: rowOf(book, row), lower: 0, ...(limit.direction === "max" ? moves : downwards(moves)) }));
    }),
  ];
};

interface Moving {
  /** Base currency. */
  readonly amount: number;
  /** For each unit of base currency that something else moves. */
  readonly rate: number;
}

/** How fast the larger of two moving amounts moves, and from when on it is the other one. */
const largerOf = (first: Moving, second: Moving, scale: number): Pick<BoundChange, "upper" | "turn"> => {
  const gap = first.amount - second.amount;
  if (Math.abs(gap) <= 1e-9 * Math.max(Math.abs(first.amount), Math.abs(second.amount))) return { upper: Math.max(first.rate, second.rate) };
  const [larger, smaller] = gap > 0 ? [first, second] : [second, first];
  const closing = smaller.rate - larger.rate;
  return { upper: larger.rate, ...(closing > 0 ? { turn: { at: Math.abs(gap) / closing / scale, upper: smaller.rate } } : {}) };
};

const downwards = ({ upper, turn }: Pick<BoundChange, "upper" | "turn">): Pick<BoundChange, "upper" | "turn"> => ({
  upper: -upper,
  ...(turn === undefined ? {} : { turn: { at: turn.at, upper: -turn.upper } }),
});

/** The rows of all limits, hard ones first. */
export const limitRowsOf = ({ model: { index } }: PricedBook): readonly LimitRows[] => [
  ...index.rules.flatMap(({ kind, of, ...rest }): LimitRows[] => (kind === "limit" ? [{ ...rest, limit: of }] : [])),
  ...index.softLimits,
];

/** True where a limit that applies above a size does not apply. */
export const isOff = ({ prices }: PricedBook, gate: number | undefined): boolean => gate !== undefined && (prices.primal[gate] ?? 1) < 0.5;

/** By how much a soft limit is exceeded, model units. */
export const excessOf = ({ model: { index }, prices }: PricedBook, limit: number): number =>
  index.breaches.reduce((sum, breach) => (breach.limit === limit ? sum + (prices.primal[breach.column] ?? 0) : sum), 0);

/** One more unit of base currency of an inventory line; the liquidity buffer gains too. */
export const assetMarginal = (book: PricedBook, s: number): Marginal => {
  const { problem, model } = book;
  const { index } = model;
  const supply = problem.supplies[s]!;
  const changes: BoundChange[] = [{ variable: rowOf(book, index.inventoryRow[s]!), lower: 0, upper: 1 }];
  const level = hqlaLevel(supply.row.hqlaClass);
  const bufferRow = index.bufferRows[level];
  if (bufferRow !== undefined) changes.push({ variable: rowOf(book, bufferRow), lower: 0, upper: hqlaRatio(level) });
  return marginalOf(book, changes, supply.available * supply.unitValue);
};

/** True where the row of an inventory line has nothing left, so that more or less of it may matter. */
export const isTight = ({ prices }: PricedBook, row: number): boolean => {
  if (Math.abs(prices.dual[row]!) > 1e-9) return true;
  const { basis } = prices;
  if (basis === undefined) return false;
  const variable = basis.model.columnCount + row;
  const room = Math.min(basis.upper[variable]! - basis.value[variable]!, basis.value[variable]! - basis.lower[variable]!);
  return room <= 1e-9;
};

/**
 * One more unit of base currency in a limit, in its own row; a minimum is raised by it, too.
 *
 * @param other the amount that counts where this one is lower: from there on lowering it changes nothing
 */
export const limitMarginal = (book: PricedBook, row: number, direction: "max" | "min", amount: number, other = 0): Marginal => {
  const towards = direction === "max" ? 1 : -1;
  const change = { variable: rowOf(book, row), lower: 0 };
  const turn = other > 0 ? { turn: { at: (amount - other) / book.model.index.scale, upper: 0 } } : {};
  return marginalOf(book, [{ ...change, upper: towards }], amount, [{ ...change, upper: -towards, ...turn }]);
};

/** The value of a share of what is posted. */
export type ShareMarginal = Omit<Marginal, "room"> & {
  /** By how much the share may rise or fall while the same rules bind, decimal; undefined where not given. */
  readonly shares?: { readonly up: number; readonly down: number };
};

/**
 * A share of what is posted that is raised by 1 = 100 %: right at first order, because what is posted may change with it.
 *
 * @param total column of what is posted in the scope
 */
export const shareMarginal = (book: PricedBook, row: number, direction: "max" | "min", posted: number, total: number | undefined): ShareMarginal => {
  const { problem, model, prices } = book;
  const towards = direction === "max" ? 1 : -1;
  const plain = marginalOf(book, [{ variable: rowOf(book, row), lower: 0, upper: towards }]);
  const values = { more: plain.more * posted, less: plain.less * posted, isLastUp: plain.isLastUp, isLastDown: plain.isLastDown };
  const { basis, budget } = prices;
  if (plain.room === undefined || basis === undefined || total === undefined || budget.left < 0) return values;
  const up = followShare(basis, row, total, towards, budget);
  const down = followShare(basis, row, total, direction === "max" ? -1 : 1, budget);
  const agrees = (slope: number, known: number): boolean =>
    Math.abs(yearlyRate(problem, model, slope) - known) <= 1e-6 * Math.max(1e-3, Math.abs(known)) || !Number.isFinite(known);
  if (up.upTo === undefined || down.upTo === undefined || !agrees(up.slope, plain.more) || !agrees(-down.slope, plain.less)) return values;
  return { ...values, shares: { up: up.upTo, down: down.upTo } };
};
