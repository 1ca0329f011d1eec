import { costRange, type CostChange } from "../lp/parametric/cost-range";
import type { BasisState } from "../lp/parametric/basis-state";
import { followChange } from "../lp/parametric/follow-change";
import { yearlyRate, type PricedBook } from "./marginal-values";

/** An eligible pair that is not used, and by how much cheaper it would be. */
export interface UnusedPair {
  readonly pair: number;
  /** Basis points a year of market value. */
  readonly cheaperBy: number;
  /** False where degenerate prices could not be followed: it is then at least so much. */
  readonly isExact: boolean;
}

/** A used pair, and how far its cost may move before the allocation changes. */
export interface UsedPair {
  readonly pair: number;
  /** True where another posting costs the same, so that the choice is one of order, not of cost. */
  readonly isTied: boolean;
  /** Annual decimals; Infinity where nothing ends the range. */
  readonly up: number;
  readonly down: number;
}

/** Most pairs listed of each kind. */
const mostPairs = 300;
/** Model units that are no posting. */
const nothing = 1e-9;

const columnsOf = ({ model: { index } }: PricedBook, p: number): number[] =>
  index.keep[p]! < 0 ? [index.deliver[p]!] : [index.keep[p]!, index.deliver[p]!];

/** Posted by the priced answer, model units. */
export const postedBy = (book: PricedBook, p: number): number => columnsOf(book, p).reduce((sum, column) => sum + book.prices.primal[column]!, 0);

/**
 * Finds how much cheaper each unused pair would have to be, the nearest first.
 *
 * Where the answer is degenerate the reduced cost of one basis is only a lower bound: what counts is how the least cost rises when the pair
 * is forced in.
 */
export const unusedPairs = (book: PricedBook): UnusedPair[] => {
  const { problem, prices } = book;
  // With integers held, reduced costs alone do not say which pairs may be used at all.
  if (prices.areGivenMovements && prices.basis === undefined) return [];
  const near = problem.pairs.flatMap((pair, p) => {
    if (pair.atMost === 0 || postedBy(book, p) > nothing) return [];
    const columns = columnsOf(book, p).filter((column) => hasRoom(book, column));
    if (columns.length === 0) return [];
    return [{ p, columns, reduced: Math.min(...columns.map((column) => prices.reducedCosts[column]!)) }];
  });
  near.sort((a, b) => a.reduced - b.reduced || a.p - b.p);
  const found: UnusedPair[] = [];
  for (const { p, columns, reduced } of near) {
    if (found.length === mostPairs) break;
    const slopes = columns.map((column) => forcedSlope(book, column));
    const isKnown = slopes.every((found) => found !== undefined);
    const isExact = isKnown && slopes.every((found) => found.isExact);
    const cheaperBy = yearlyRate(problem, book.model, isKnown ? Math.min(...slopes.map(({ slope }) => slope)) : reduced) * 1e4;
    if (cheaperBy > 1e-5 && Number.isFinite(cheaperBy)) found.push({ pair: p, cheaperBy, isExact });
  }
  return found.sort((a, b) => a.cheaperBy - b.cheaperBy || a.pair - b.pair);
};

const hasRoom = ({ prices: { basis } }: PricedBook, column: number): boolean => basis === undefined || basis.upper[column]! > basis.lower[column]!;

/** Rise of the least cost when a column is forced up from 0; Infinity where it cannot be, undefined where not known. */
const forcedSlope = ({ prices: { basis, inOrder, budget } }: PricedBook, column: number): ForcedSlope | undefined => {
  if (basis === undefined || budget.left < 0) return undefined;
  const options = { furthest: basis.upper[column]! - basis.lower[column]!, slopeOnly: true };
  const force = (state: BasisState): number => followChange(state, [{ variable: column, lower: 1, upper: 0 }], budget, options).slope;
  const slope = force(basis);
  if (Number.isNaN(slope)) return undefined;
  // Where slabs of low value would have to be filled first, it is at least so much.
  const isExact = inOrder === undefined || Math.abs(force(inOrder) - slope) <= 1e-9 * Math.max(1, Math.abs(slope));
  return { slope, isExact };
};

interface ForcedSlope {
  readonly slope: number;
  readonly isExact: boolean;
}

/**
 * Finds the costs between which the allocation stays, for each used pair; nothing where there is no basis to range from.
 *
 * @param settled the point that is posted: among equally cheap ones it need not be the one of the basis
 */
export const usedPairs = (book: PricedBook, settled: Float64Array): UsedPair[] => {
  const { problem, model, prices } = book;
  const { basis, budget } = prices;
  if (basis === undefined) return [];
  const watched = new Set(problem.pairs.flatMap((_, p) => columnsOf(book, p)));
  const found: UsedPair[] = [];
  for (let p = 0; p < problem.pairs.length && found.length < mostPairs; p++) {
    const columns = columnsOf(book, p);
    const posted = columns.reduce((sum, column) => sum + settled[column]!, 0);
    if (posted <= nothing) continue;
    if (Math.abs(posted - postedBy(book, p)) > 1e-7) {
      found.push({ pair: p, isTied: true, up: 0, down: 0 });
      continue;
    }
    const change = (sign: number): CostChange => new Map(columns.map((column) => [column, sign]));
    const up = costRange(basis, change(1), watched, budget);
    const down = costRange(basis, change(-1), watched, budget);
    if (up === undefined || down === undefined) continue;
    found.push({ pair: p, isTied: false, up: yearlyRate(problem, model, up), down: yearlyRate(problem, model, down) });
  }
  return found;
};
