import { chiSquareUpperTail } from "../chi-square-distribution";
import { minimizeOnInterval } from "../minimize-on-interval";
import { firstFailureTest, kupiecTest, type RatioTest } from "./coverage-tests";

/** How often each pair of consecutive days occurred; the second digit is today: n01 = calm yesterday, exception today. */
export interface Transitions {
  readonly n00: number;
  readonly n01: number;
  readonly n10: number;
  readonly n11: number;
}

/** Counts the transitions of a series of exceptions. */
export const countTransitions = (hits: readonly boolean[]): Transitions => {
  const counts = { n00: 0, n01: 0, n10: 0, n11: 0 };
  for (let t = 1; t < hits.length; t++) {
    if (hits[t - 1]) hits[t] ? counts.n11++ : counts.n10++;
    else hits[t] ? counts.n01++ : counts.n00++;
  }
  return counts;
};

/** x log(x / total), with 0 log 0 = 0. */
const share = (count: number, total: number): number => (count === 0 ? 0 : count * Math.log(count / total));

/**
 * Calculates Christoffersen's test of independence of exceptions on consecutive days.
 *
 * Without any exception the ratio is 0 and the p value 1.
 *
 * @source P. Christoffersen (1998), Evaluating interval forecasts
 */
export const independenceTest = ({ n00, n01, n10, n11 }: Transitions): RatioTest => {
  const calm = n00 + n10;
  const hit = n01 + n11;
  const free = share(n00, n00 + n01) + share(n01, n00 + n01) + share(n10, n10 + n11) + share(n11, n10 + n11);
  const bound = share(calm, calm + hit) + share(hit, calm + hit);
  const statistic = Math.max(0, 2 * (free - bound));
  return { statistic, pValue: chiSquareUpperTail(statistic, 1) };
};

/** Days between exceptions; the first counts from the start of the sample. */
export const daysBetween = (hits: readonly boolean[]): number[] => {
  const gaps: number[] = [];
  let last = -1;
  hits.forEach((hit, t) => {
    if (!hit) return;
    gaps.push(t - last);
    last = t;
  });
  return gaps;
};

/** Calculates Haas's time-between-failures independence test: the first-failure ratios of all gaps added up. @source M. Haas (2001), New methods in backtesting */
export const timeBetweenTest = (hits: readonly boolean[], tail: number): RatioTest & { readonly df: number } => {
  const gaps = daysBetween(hits);
  const statistic = gaps.reduce((sum, gap) => sum + firstFailureTest(gap, tail).statistic, 0);
  return { statistic, df: gaps.length, pValue: gaps.length === 0 ? 1 : chiSquareUpperTail(statistic, gaps.length) };
};

/** Calculates Haas's mixed test: time between failures plus Kupiec, one degree of freedom more. */
export const mixedTimeBetweenTest = (hits: readonly boolean[], tail: number): RatioTest & { readonly df: number } => {
  const between = timeBetweenTest(hits, tail);
  const statistic = between.statistic + kupiecTest(between.df, hits.length, tail).statistic;
  return { statistic, df: between.df + 1, pValue: chiSquareUpperTail(statistic, between.df + 1) };
};

/** A duration test and the Weibull shape that it found; 1 means no memory, below 1 clustering. */
export interface DurationTest extends RatioTest {
  readonly shape: number;
}

/**
 * Calculates the duration test of Christoffersen and Pelletier: Weibull durations against exponential ones.
 *
 * The spell before the first and the one after the last exception are censored unless the sample starts or ends with an exception.
 *
 * @returns undefined with fewer than two uncensored durations or no freedom in the shape
 * @source P. Christoffersen and D. Pelletier (2004), Backtesting value-at-risk: a duration-based approach
 */
export const durationTest = (hits: readonly boolean[]): DurationTest | undefined => {
  const days = hits.flatMap((hit, t) => (hit ? [t + 1] : []));
  if (days.length < 3) return undefined;
  const complete = days.slice(1).map((day, i) => day - days[i]!);
  const first = days[0]!;
  const last = days[days.length - 1]!;
  const censored = [...(hits[0] ? [] : [first]), ...(hits[hits.length - 1] ? [] : [hits.length - last])];
  const all = [...complete, ...censored];
  const m = complete.length;
  const logs = complete.reduce((sum, duration) => sum + Math.log(duration), 0);
  const logLikelihood = (shape: number): number => {
    const powers = all.reduce((sum, duration) => sum + duration ** shape, 0);
    return m * Math.log(m / powers) + m * Math.log(shape) + (shape - 1) * logs - m;
  };
  const best = minimizeOnInterval((logShape) => -logLikelihood(Math.exp(logShape)), Math.log(0.01), Math.log(50), 40);
  const statistic = Math.max(0, 2 * (-best.value - logLikelihood(1)));
  return { statistic, pValue: chiSquareUpperTail(statistic, 1), shape: Math.exp(best.at) };
};
