import { basisColumn, basisRow, copyState, eachEntry, exchange, solveForward, tiny, type BasisState } from "./basis-state";
import { exchangeWork, solveWork, type WorkBudget } from "./work-budget";

/** How fast the bounds of a variable move with t; variables as in BasisState. */
export interface BoundChange {
  readonly variable: number;
  readonly lower: number;
  readonly upper: number;
  /** Where the upper bound goes on at another speed: from a t on. */
  readonly turn?: { readonly at: number; readonly upper: number };
}

/** How the least cost changes as bounds move by t = 0 ... : the first piece of a bent line. */
export interface CostPiece {
  /** Change of the least cost for one unit of t; Infinity where there is no answer right away, NaN where nothing is known. */
  readonly slope: number;
  /** The t up to which the slope holds; Infinity where nothing ends it. */
  readonly upTo: number;
  /** What is there: another slope, no answer at all, or nothing known because the work was too much. */
  readonly then: "bend" | "none" | "end" | "unknown";
}

/** What is asked of followChange. */
export interface FollowOptions {
  /** The t at which to stop; default none. */
  readonly furthest?: number;
  /** Only the slope right away matters, not how far it holds: less work. */
  readonly slopeOnly?: boolean;
  /** Sees the basis that holds in this direction, how fast its variables move, and for how long. */
  readonly onFirst?: (state: BasisState, rate: Float64Array, step: number) => void;
}

/** Exchanges of basis followed for one change. */
const mostExchanges = 200;

/**
 * Follows the least cost as bounds move: the dual simplex with a parameter. Where the answer is degenerate it first finds the basis that
 * holds in this direction, so that the slope is the one-sided derivative whatever basis the engine ended with.
 *
 * @param state an optimal basis; not changed
 * @param changes moving bounds
 */
export function followChange(
  state: BasisState,
  changes: readonly BoundChange[],
  budget: WorkBudget,
  { furthest = Infinity, slopeOnly = false, onFirst }: FollowOptions = {},
): CostPiece {
  // Copied at the first exchange: for most questions about a slope there is none.
  let moving = state;
  const rates = new Map(changes.map((change) => [change.variable, change]));
  const turns = changes.flatMap((change) => (change.turn === undefined ? [] : [{ ...change, ...change.turn }])).sort((a, b) => a.at - b.at);
  let t = 0;
  let slope: number | undefined;
  for (let count = 0; count < mostExchanges; count++) {
    if (budget.left < 0) break;
    moving = withPayingBounds(moving, rates);
    const here = slopeOf(moving, rates);
    if (slope !== undefined && Math.abs(here - slope) > 1e-7 * Math.max(1, Math.abs(slope))) return { slope, upTo: t, then: "bend" };
    const rate = rateOfBasics(moving, rates);
    const stop = firstToStop(moving, rate, rates);
    const isTurn = turns[0] !== undefined && turns[0].at <= t + stop.step;
    const { step, place, atUpper } = isTurn ? { ...stop, step: Math.max(0, turns[0]!.at - t) } : stop;
    if (slope === undefined && t + step > tiny) {
      slope = here;
      onFirst?.(moving, rate, step);
    }
    budget.left -= solveWork(moving);
    if (slope !== undefined && slopeOnly) return { slope, upTo: t, then: "unknown" };
    if (t + step >= furthest) return { slope: slope ?? here, upTo: furthest, then: furthest === Infinity ? "end" : "bend" };
    if (moving === state) moving = copyState(state);
    budget.left -= exchangeWork(moving);
    advance(moving, rate, rates, step);
    t += step;
    if (isTurn) {
      const { variable, lower, upper } = turns.shift()!;
      rates.set(variable, { variable, lower, upper });
      continue;
    }
    const row = basisRow(moving, place);
    const entering = entersFor(moving, row, atUpper, rates);
    if (entering < 0) return { slope: slope ?? Infinity, upTo: slope === undefined ? 0 : t, then: "none" };
    exchange(moving, place, entering, basisColumn(moving, entering), row, atUpper);
  }
  return { slope: slope ?? NaN, upTo: slope === undefined ? 0 : t, then: "unknown" };
}

type Rates = ReadonlyMap<number, BoundChange>;

/** Rate of a variable outside the basis: that of the bound it rests at. */
const rateAt = (state: BasisState, change: BoundChange): number =>
  state.place[change.variable]! >= 0 ? 0 : state.isUpper[change.variable] === 1 ? change.upper : change.lower;

/** A variable whose bounds were equal and now part rests at the one that its price asks for. */
function withPayingBounds(state: BasisState, rates: Rates): BasisState {
  const isWrong = ({ variable: j, lower, upper }: BoundChange): boolean =>
    lower !== upper &&
    state.place[j]! < 0 &&
    state.lower[j] === state.upper[j] &&
    Math.abs(state.price[j]!) > tiny &&
    (state.isUpper[j] === 1) === state.price[j]! > 0;
  const wrong = [...rates.values()].filter(isWrong);
  if (wrong.length === 0) return state;
  const own = copyState(state);
  for (const { variable: j } of wrong) own.isUpper[j] = 1 - own.isUpper[j]!;
  return own;
}

function slopeOf(state: BasisState, rates: Rates): number {
  let slope = 0;
  for (const change of rates.values()) slope += state.price[change.variable]! * rateAt(state, change);
  return slope;
}

function rateOfBasics(state: BasisState, rates: Rates): Float64Array {
  const b = new Float64Array(state.head.length);
  for (const change of rates.values()) {
    const rate = rateAt(state, change);
    if (rate !== 0) eachEntry(state.model, change.variable, (row, value) => (b[row]! -= value * rate));
  }
  return solveForward(state, b);
}

/** The basic variable that meets its bound first; among equals the one that moves fastest, which is the stablest pivot. */
function firstToStop(state: BasisState, rate: Float64Array, rates: Rates): { step: number; place: number; atUpper: boolean } {
  let step = Infinity;
  let place = -1;
  let atUpper = false;
  let fastest = 0;
  for (let k = 0; k < rate.length; k++) {
    const j = state.head[k]!;
    const change = rates.get(j);
    const rise = rate[k]! - (change?.upper ?? 0);
    const fall = (change?.lower ?? 0) - rate[k]!;
    const toUpper = rise > 1e-9 ? Math.max(0, state.upper[j]! - state.value[j]!) / rise : Infinity;
    const toLower = fall > 1e-9 ? Math.max(0, state.value[j]! - state.lower[j]!) / fall : Infinity;
    const until = Math.min(toUpper, toLower);
    if (until === Infinity) continue;
    const isUpper = toUpper < toLower;
    const speed = isUpper ? rise : fall;
    if (until < step - 1e-12 || (until <= step + 1e-12 && speed > fastest)) {
      step = Math.min(step, until);
      place = k;
      atUpper = isUpper;
      fastest = speed;
    }
  }
  return { step, place, atUpper };
}

function advance(state: BasisState, rate: Float64Array, rates: Rates, step: number): void {
  if (step > 0) {
    for (let k = 0; k < rate.length; k++) state.value[state.head[k]!]! += rate[k]! * step;
    for (const change of rates.values()) {
      const own = rateAt(state, change);
      if (own !== 0) state.value[change.variable]! += own * step;
      state.lower[change.variable]! += change.lower * step;
      state.upper[change.variable]! += change.upper * step;
    }
  }
}

/** Dual ratio test: the variable that may come in so that all prices keep their sign; -1 where none can. */
function entersFor({ lower, upper, isUpper, price }: BasisState, row: Float64Array, atUpper: boolean, rates: Rates): number {
  // A local copy: read for every variable of the book.
  const noise = tiny;
  let best = -1;
  let largest = 0;
  let least = Infinity;
  for (let j = 0; j < row.length; j++) {
    // Inside the basis it is 0.
    const size = Math.abs(row[j]!);
    if (size <= noise) continue;
    const alpha = atUpper ? row[j]! : -row[j]!;
    const isFree = lower[j] === -Infinity && upper[j] === Infinity;
    if (!isFree && (isUpper[j] === 1 ? alpha >= 0 : alpha <= 0)) continue;
    // What cannot move away from its bound cannot come in, moving bound or not.
    if (upper[j]! - lower[j]! <= 0 && rates.get(j)?.lower === rates.get(j)?.upper) continue;
    const ratio = isFree ? 0 : Math.max(0, isUpper[j] === 1 ? -price[j]! : price[j]!) / size;
    if (ratio < least - 1e-12 || (ratio <= least + 1e-12 && size > largest)) {
      least = Math.min(least, ratio);
      largest = size;
      best = j;
    }
  }
  return best;
}
