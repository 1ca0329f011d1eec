import { DomainError } from "../basics/domain-error";
import { assembleModel, type LinearModel } from "./linear-model";
import type { SolveResult } from "./solver";

/** A convex cost of a column on top of its linear one, such as market impact. */
export interface ConvexCost {
  readonly column: number;
  /** Cost of a value of the column between its bounds; convex. */
  readonly cost: (value: number) => number;
}

/** A model in which each column with a convex cost has become parallel columns, one for each segment. */
export interface SegmentedModel {
  readonly model: LinearModel;
  /** Column of the original for each column. */
  readonly columnOf: Int32Array;
}

/** The answer to a model with convex costs. */
export interface ConvexAnswer {
  /** Answer to the last piecewise linear model, whose objective is above the true cost by no more than `gap`. */
  readonly result: SolveResult;
  /** Values of the original columns. */
  readonly primal: Float64Array;
  /** True cost of `primal`. */
  readonly objective: number;
  /** How much less any other point can cost at most, proven by the row duals. */
  readonly gap: number;
  readonly rounds: number;
}

const FIRST_SEGMENTS = 4;
const MOST_ROUNDS = 60;
/** Breakpoints closer together than this share of the column's width are one. */
const CLOSEST = 1e-9;

/**
 * Replaces convex costs by chords between breakpoints: parallel columns with the same entries, so that a network stays
 * one. A column's first segment starts at its lower bound; with convex costs the cheaper ones fill first by themselves.
 *
 * @param breakpoints ascending, the column's bounds first and last; one list for each of `costs`
 */
export function segmentConvexCosts(model: LinearModel, costs: readonly ConvexCost[], breakpoints: readonly (readonly number[])[]): SegmentedModel {
  const pieces = new Map(costs.map(({ column, cost }, k) => [column, { cost, at: breakpoints[k]! }]));
  const columnOf: number[] = [];
  const objective: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  let objectiveOffset = model.objectiveOffset;
  const add = (c: number, cost: number, from: number, to: number): void => {
    columnOf.push(c);
    objective.push(cost);
    lower.push(from);
    upper.push(to);
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) {
      indices.push(model.indices[k]!);
      values.push(model.values[k]!);
    }
    starts.push(indices.length);
  };
  for (let c = 0; c < model.columnCount; c++) {
    const piece = pieces.get(c);
    const own = model.objective[c]!;
    if (!piece || piece.at.length < 2) {
      objectiveOffset += piece ? piece.cost(model.columnLower[c]!) : 0;
      add(c, own, model.columnLower[c]!, model.columnUpper[c]!);
      continue;
    }
    const first = piece.at[0]!;
    for (let k = 1; k < piece.at.length; k++) {
      const [from, to] = [piece.at[k - 1]!, piece.at[k]!];
      const slope = (piece.cost(to) - piece.cost(from)) / (to - from);
      add(c, own + slope, k === 1 ? first : 0, k === 1 ? to : to - from);
      if (k === 1) objectiveOffset += piece.cost(first) - slope * first;
    }
  }
  const segmented = assembleModel({
    columnCount: columnOf.length,
    rowCount: model.rowCount,
    objective: Float64Array.from(objective),
    objectiveOffset,
    columnLower: Float64Array.from(lower),
    columnUpper: Float64Array.from(upper),
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
  });
  return { model: segmented, columnOf: Int32Array.from(columnOf) };
}

/** Adds the segments of each column up. */
export function joinSegments({ columnOf }: SegmentedModel, primal: Float64Array, columnCount: number): Float64Array {
  const joined = new Float64Array(columnCount);
  columnOf.forEach((c, place) => (joined[c]! += primal[place]!));
  return joined;
}

/**
 * Solves a linear model with separable convex costs as a sequence of piecewise linear ones, refined around the answer
 * until no point can cost less by more than `tolerance`.
 *
 * The proof is the Lagrangian bound: at the row duals y the true cost of x exceeds the least possible one by at most the
 * sum over these columns of f(x) + d x - min(f(v) + d v), with d = c - A'y.
 *
 * @param solve solves a linear model, with duals
 * @param tolerance share of the objective, decimal; default 1e-6
 * @throws badInput when a column with a convex cost has no finite bounds
 */
export async function solveConvex(
  model: LinearModel,
  costs: readonly ConvexCost[],
  solve: (model: LinearModel) => Promise<SolveResult>,
  tolerance = 1e-6,
): Promise<ConvexAnswer> {
  const breakpoints = costs.map(({ column }) => firstBreakpoints(model.columnLower[column]!, model.columnUpper[column]!, column));
  for (let round = 1; ; round++) {
    const segmented = segmentConvexCosts(model, costs, breakpoints);
    const result = await solve(segmented.model);
    if (result.terminationStatus !== "optimal" || result.dualStatus !== "feasiblePoint") {
      return { result, primal: new Float64Array(0), objective: NaN, gap: Infinity, rounds: round };
    }
    const primal = joinSegments(segmented, result.primal, model.columnCount);
    let objective = model.objectiveOffset;
    for (let c = 0; c < model.columnCount; c++) objective += model.objective[c]! * primal[c]!;
    let gap = 0;
    const parts = costs.map((convex) => {
      const part = gapOf(model, convex, primal[convex.column]!, result.dual);
      objective += convex.cost(primal[convex.column]!);
      gap += part.gap;
      return part;
    });
    const allowed = tolerance * Math.max(Math.abs(objective), Number.MIN_VALUE);
    if (gap <= allowed || round === MOST_ROUNDS) return { result, primal, objective, gap, rounds: round };
    parts.forEach(({ gap: own, best }, k) => {
      if (own > (0.1 * allowed) / costs.length) refine(breakpoints[k]!, primal[costs[k]!.column]!, best);
    });
  }
}

function firstBreakpoints(lower: number, upper: number, column: number): number[] {
  if (!Number.isFinite(upper - lower)) throw new DomainError("badInput", `Column ${column} has a convex cost but no finite bounds.`);
  if (upper === lower) return [lower];
  return Array.from({ length: FIRST_SEGMENTS + 1 }, (_, k) => (k === FIRST_SEGMENTS ? upper : lower + ((upper - lower) * k) / FIRST_SEGMENTS));
}

/** What a column could save by itself at the prices of the rows, and the value at which it would. */
function gapOf(model: LinearModel, { column, cost }: ConvexCost, value: number, dual: Float64Array): { gap: number; best: number } {
  let slope = model.objective[column]!;
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) slope -= model.values[k]! * dual[model.indices[k]!]!;
  const at = (x: number): number => cost(x) + slope * x;
  // A convex function has its least value where thirds of the range say it is.
  let from = model.columnLower[column]!;
  let to = model.columnUpper[column]!;
  for (let k = 0; k < 120 && to > from; k++) {
    const [left, right] = [from + (to - from) / 3, to - (to - from) / 3];
    if (at(left) <= at(right)) to = right;
    else from = left;
  }
  const best = (from + to) / 2;
  return { gap: Math.max(0, at(value) - at(best)), best };
}

/** Adds the value, the better one and the middles of the segments beside them. */
function refine(at: number[], value: number, best: number): void {
  const close = CLOSEST * (at.at(-1)! - at[0]!);
  for (const x of [value, best, (value + best) / 2]) {
    const place = at.findIndex((point) => point >= x);
    if (place < 0) continue;
    const before = at[place - 1];
    const after = at[place + 1];
    const middles = [before === undefined ? x : (before + x) / 2, after === undefined || at[place]! > x ? (at[place]! + x) / 2 : (x + after) / 2];
    for (const point of [x, ...middles]) {
      if (point > at[0]! && point < at.at(-1)! && !at.some((other) => Math.abs(other - point) <= close)) at.push(point);
    }
    at.sort((a, b) => a - b);
  }
}
