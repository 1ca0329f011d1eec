import { DomainError } from "../basics/domain-error";
import { selectInPlace, smallestFrom } from "./select";
import { snapToWhole } from "./tail-probability";

/** The nine sample quantiles of Hyndman and Fan. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** How a quantile is read off the sample: a type, and whether positions outside the sample are refused (PERCENTILE.EXC). */
export interface QuantileRule {
  readonly type: QuantileType;
  readonly isExclusive: boolean;
  readonly name: string;
}

const NAMES: Record<QuantileType, string> = {
  1: "type 1 (inverse of the empirical distribution, k-th worst)",
  2: "type 2 (type 1 with averages at the jumps)",
  3: "type 3 (nearest observation)",
  4: "type 4 (linear in the empirical distribution)",
  5: "type 5 (Hazen)",
  6: "type 6 (Weibull)",
  7: "type 7 (PERCENTILE.INC)",
  8: "type 8 (median unbiased)",
  9: "type 9 (normal unbiased)",
};

const rule = (type: QuantileType, isExclusive = false): QuantileRule => ({
  type,
  isExclusive,
  name: isExclusive ? "type 6 (PERCENTILE.EXC)" : NAMES[type],
});

/** PERCENTILE.INC, the default. */
export const INCLUSIVE: QuantileRule = rule(7);

/**
 * Reads the name of a quantile rule: `inc`, `exc`, `discrete` or 1..9.
 *
 * @throws DomainError badInput with the choices
 */
export const parseQuantileRule = (text: string): QuantileRule => {
  const word = text.trim().toLowerCase();
  if (word === "inc") return INCLUSIVE;
  if (word === "exc") return rule(6, true);
  if (word === "discrete") return rule(1);
  const type = Number(word);
  if (!Number.isInteger(type) || type < 1 || type > 9)
    throw new DomainError("badInput", `Option quantile=${text} is unknown. Use inc, exc, discrete or 1 to 9.`.slice(0, 120));
  return rule(type as QuantileType);
};

/** A position in the ascending order: (1 - weight) x[index] + weight x[index + 1], 0-based and inside the sample. */
export interface QuantilePosition {
  readonly index: number;
  readonly weight: number;
}

const plotting: Partial<Record<QuantileType, readonly [number, number]>> = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

/**
 * Finds where the p-quantile of n ordered values lies.
 *
 * @param n sample size, >= 1
 * @param p probability in [0, 1]
 * @throws DomainError outsideDomain when the rule is exclusive and p is outside [1 / (n + 1), n / (n + 1)]
 * @source R. Hyndman and Y. Fan (1996), Sample quantiles in statistical packages
 */
export const quantilePosition = (n: number, p: number, quantileRule: QuantileRule): QuantilePosition => {
  const { type } = quantileRule;
  const [a, b] = plotting[type] ?? (type === 3 ? [-0.5, 1.5] : [0, 1]);
  const place = snapToWhole(a + p * (n + 1 - a - b));
  if (quantileRule.isExclusive && (place < 1 || place > n)) {
    throw new DomainError("outsideDomain", `quantile=exc needs 1/(n+1) <= 1-c; n is ${n}. Use quantile=inc or more data.`, { n, p });
  }
  const lower = Math.floor(place);
  const fraction = place - lower;
  const weight =
    type === 1 ? (fraction > 0 ? 1 : 0) : type === 2 ? (fraction > 0 ? 1 : 0.5) : type === 3 ? (fraction === 0 && lower % 2 === 0 ? 0 : 1) : fraction;
  if (lower < 1) return { index: 0, weight: 0 };
  if (lower >= n) return { index: n - 1, weight: 0 };
  return weight === 1 ? { index: lower, weight: 0 } : { index: lower - 1, weight };
};

const blend = (low: number, high: number, weight: number): number => (weight === 0 || low === high ? low : (1 - weight) * low + weight * high);

/** Reads the p-quantile of values sorted in ascending order. */
export const quantileOfSorted = (sorted: Float64Array | readonly number[], p: number, quantileRule: QuantileRule = INCLUSIVE): number => {
  const { index, weight } = quantilePosition(sorted.length, p, quantileRule);
  return blend(sorted[index]!, sorted[Math.min(index + 1, sorted.length - 1)]!, weight);
};

/**
 * Calculates the p-quantile of finite values in any order, in linear time.
 *
 * @param values finite numbers, at least one; not changed
 * @param p probability in [0, 1]
 */
export const quantile = (values: Float64Array | readonly number[], p: number, quantileRule: QuantileRule = INCLUSIVE): number =>
  quantileInPlace(Float64Array.from(values), p, quantileRule);

/** Calculates the p-quantile and leaves the scratch array partitioned around it: everything before `index` is not larger. */
export const quantileInPlace = (scratch: Float64Array, p: number, quantileRule: QuantileRule): number => {
  const { index, weight } = quantilePosition(scratch.length, p, quantileRule);
  selectInPlace(scratch, index);
  return weight === 0 ? scratch[index]! : blend(scratch[index]!, smallestFrom(scratch, index + 1), weight);
};
