import { copyState, rowTimesColumns, solveBackward, tiny, type BasisState } from "./basis-state";
import { enterBasis, tryEntrance } from "./enter-basis";
import { exchangeWork, type WorkBudget } from "./work-budget";

/** A change of the cost of some columns, for one unit of t. */
export type CostChange = ReadonlyMap<number, number>;

/** Exchanges of basis that leave the point where it is. */
const mostExchanges = 60;

/**
 * Says how far costs may move before another point is cheaper: cost ranging that goes on through degenerate bases.
 *
 * @param state an optimal basis; not changed
 * @param watched columns whose amounts are the answer; others may change without notice
 * @returns the t up to which the watched amounts stay, Infinity where nothing ends it, undefined where the work was too much
 */
export function costRange(state: BasisState, change: CostChange, watched: ReadonlySet<number>, budget: WorkBudget): number | undefined {
  // Copied at the first exchange: for most costs there is none.
  let moving = state;
  let t = 0;
  for (let count = 0; count < mostExchanges; count++) {
    budget.left -= exchangeWork(moving);
    if (budget.left < 0) return undefined;
    const rate = rateOfPrices(moving, change);
    const { step, entering } = firstToTurn(moving, rate);
    if (entering < 0) return Infinity;
    t += step;
    if (moving === state) moving = copyState(state);
    for (let j = 0; j < rate.length; j++) moving.price[j]! += rate[j]! * step;
    moving.price[entering] = 0;
    const entrance = tryEntrance(moving, entering);
    if (entrance.step > tiny && movesWatched(moving, entering, entrance.column, watched)) return t;
    if (!enterBasis(moving, entering, entrance)) return t;
  }
  return undefined;
}

function rateOfPrices(state: BasisState, change: CostChange): Float64Array {
  const atBasis = new Float64Array(state.head.length);
  for (const [j, rate] of change) if (state.place[j]! >= 0) atBasis[state.place[j]!] = rate;
  const product = rowTimesColumns(state, solveBackward(state, atBasis));
  for (let j = 0; j < product.length; j++) product[j] = -product[j]!;
  for (const [j, rate] of change) if (state.place[j]! < 0) product[j]! += rate;
  return product;
}

/** The variable outside the basis whose price loses its sign first. */
function firstToTurn(state: BasisState, rate: Float64Array): { step: number; entering: number } {
  const noise = tiny;
  let step = Infinity;
  let entering = -1;
  let largest = 0;
  for (let j = 0; j < rate.length; j++) {
    if (Math.abs(rate[j]!) <= noise || state.place[j]! >= 0 || state.lower[j] === state.upper[j]) continue;
    const isFree = state.lower[j] === -Infinity && state.upper[j] === Infinity;
    const falls = state.isUpper[j] === 1 ? rate[j]! : -rate[j]!;
    if (!isFree && falls <= 0) continue;
    const until = isFree ? 0 : Math.max(0, state.isUpper[j] === 1 ? -state.price[j]! : state.price[j]!) / Math.abs(rate[j]!);
    if (until < step - 1e-12 || (until <= step + 1e-12 && Math.abs(rate[j]!) > largest)) {
      step = Math.min(step, until);
      largest = Math.abs(rate[j]!);
      entering = j;
    }
  }
  return { step, entering };
}

function movesWatched(state: BasisState, entering: number, column: Float64Array, watched: ReadonlySet<number>): boolean {
  if (watched.has(entering)) return true;
  return column.some((value, k) => Math.abs(value) > tiny && watched.has(state.head[k]!));
}
