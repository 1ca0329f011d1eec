import { chiSquareUpperTail } from "../chi-square-distribution";
import { firstFailureTest, kupiecTest, reportBinomial, reportKupiec } from "./coverage-tests";
import {
  countTransitions,
  daysBetween,
  durationTest,
  independenceTest,
  mixedTimeBetweenTest,
  timeBetweenTest,
  type Transitions,
} from "./independence-tests";
import { decide, notApplicable, type TestOutcome } from "./test-outcome";
import { reportTrafficLight, type Framework } from "./traffic-light";

/** The VaR back-tests, in the order of the report. */
export const BACKTESTS = [
  "kupiec",
  "christoffersen",
  "conditional-coverage",
  "tuff",
  "tbf",
  "tbfi",
  "binomial",
  "duration",
  "traffic-light",
] as const;

/** One of the VaR back-tests. */
export type BacktestName = (typeof BACKTESTS)[number];

/** How to judge. */
export interface BacktestSettings {
  /** Tail probability of the VaR, 1 - c. */
  readonly tail: number;
  /** Level of the tests, such as 0.95. */
  readonly testConfidence: number;
  readonly framework: Framework;
}

/** What is known from counts alone. */
export interface ExceptionCounts {
  readonly exceptions: number;
  readonly observations: number;
  /** Day of the first exception, 1-based. */
  readonly firstException?: number;
  readonly transitions?: Transitions;
}

const reportFirstFailure = (counts: ExceptionCounts, { tail, testConfidence }: BacktestSettings): TestOutcome => {
  if (counts.firstException === undefined)
    return notApplicable("tuff", counts.exceptions === 0 ? "no exception in the sample" : "the day of the first exception is not known");
  const { statistic, pValue } = firstFailureTest(counts.firstException, tail);
  return {
    test: "tuff",
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: `first exception on day ${counts.firstException}, expected ${Number((1 / tail).toPrecision(6))}`,
  };
};

const reportIndependence = (counts: ExceptionCounts, { testConfidence }: BacktestSettings): TestOutcome => {
  if (counts.transitions === undefined) return notApplicable("christoffersen", "needs the series, or n00, n01, n10 and n11");
  const { n00, n01, n10, n11 } = counts.transitions;
  const { statistic, pValue } = independenceTest(counts.transitions);
  return {
    test: "christoffersen",
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: `n00 ${n00}, n01 ${n01}, n10 ${n10}, n11 ${n11}`,
  };
};

const reportCoverage = (counts: ExceptionCounts, { tail, testConfidence }: BacktestSettings): TestOutcome => {
  if (counts.transitions === undefined) return notApplicable("conditional-coverage", "needs the series, or n00, n01, n10 and n11");
  const statistic = kupiecTest(counts.exceptions, counts.observations, tail).statistic + independenceTest(counts.transitions).statistic;
  const pValue = chiSquareUpperTail(statistic, 2);
  return {
    test: "conditional-coverage",
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: "kupiec + christoffersen, 2 degrees of freedom",
  };
};

/** Reports a test that needs no more than counts. */
export const reportFromCounts = (test: BacktestName, counts: ExceptionCounts, settings: BacktestSettings): TestOutcome => {
  const { exceptions, observations } = counts;
  const { tail, testConfidence, framework } = settings;
  switch (test) {
    case "kupiec":
      return reportKupiec(exceptions, observations, tail, testConfidence);
    case "binomial":
      return reportBinomial(exceptions, observations, tail, testConfidence);
    case "traffic-light":
      return reportTrafficLight(exceptions, observations, tail, framework);
    case "tuff":
      return reportFirstFailure(counts, settings);
    case "christoffersen":
      return reportIndependence(counts, settings);
    case "conditional-coverage":
      return reportCoverage(counts, settings);
    default:
      return notApplicable(test, "needs the series: use COLL.BACKTEST");
  }
};

const reportTimes = (test: "tbf" | "tbfi", hits: readonly boolean[], { tail, testConfidence }: BacktestSettings): TestOutcome => {
  const gaps = daysBetween(hits);
  if (gaps.length === 0) return notApplicable(test, "no exception in the sample");
  const { statistic, pValue, df } = (test === "tbf" ? mixedTimeBetweenTest : timeBetweenTest)(hits, tail);
  const shortest = Math.min(...gaps);
  return {
    test,
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: `${df} degrees of freedom; shortest gap ${shortest} days, longest ${Math.max(...gaps)}`,
  };
};

const reportDuration = (hits: readonly boolean[], { testConfidence }: BacktestSettings): TestOutcome => {
  const found = durationTest(hits);
  if (found === undefined) return notApplicable("duration", "needs at least three exceptions");
  return {
    test: "duration",
    statistic: found.statistic,
    pValue: found.pValue,
    decision: decide(found.pValue, testConfidence),
    detail: `Weibull shape ${Number(found.shape.toPrecision(6))} (1 = no memory, below 1 = clusters)`,
  };
};

/**
 * Reports one VaR back-test of a series of exceptions.
 *
 * @param hits one entry per day: true where the loss was above the VaR
 */
export const reportBacktest = (test: BacktestName, hits: readonly boolean[], settings: BacktestSettings): TestOutcome => {
  if (test === "tbf" || test === "tbfi") return reportTimes(test, hits, settings);
  if (test === "duration") return reportDuration(hits, settings);
  const first = hits.indexOf(true);
  return reportFromCounts(
    test,
    {
      exceptions: hits.filter(Boolean).length,
      observations: hits.length,
      transitions: countTransitions(hits),
      ...(first < 0 ? {} : { firstException: first + 1 }),
    },
    settings,
  );
};

/** Marks the exceptions: loss strictly above the VaR, return < -VaR. Both known for the same day; the VaR from data up to the day before. */
export const markExceptions = (returns: Float64Array, valueAtRisk: Float64Array): boolean[] =>
  Array.from(returns, (value, t) => value < -valueAtRisk[t]!);
