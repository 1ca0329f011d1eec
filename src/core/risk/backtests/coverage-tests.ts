import { binomialUpperTail } from "../binomial-distribution";
import { chiSquareUpperInverse, chiSquareUpperTail } from "../chi-square-distribution";
import { devianceTerm } from "../log-gamma";
import { normalUpperTail } from "../normal-distribution";
import { decide, type TestOutcome } from "./test-outcome";

/** A likelihood ratio and its p value. */
export interface RatioTest {
  readonly statistic: number;
  readonly pValue: number;
}

/**
 * Calculates Kupiec's proportion-of-failures test.
 *
 * The ratio is a sum of two deviances, so that neither zero exceptions nor 100 000 observations cost digits.
 *
 * @param exceptions days with a loss above the VaR, 0..observations
 * @param observations number of days, >= 1
 * @param tail expected share of exceptions, 1 - c
 * @source P. Kupiec (1995), Techniques for verifying the accuracy of risk measurement models
 */
export const kupiecTest = (exceptions: number, observations: number, tail: number): RatioTest => {
  const statistic = 2 * (devianceTerm(exceptions, observations * tail) + devianceTerm(observations - exceptions, observations * (1 - tail)));
  return { statistic, pValue: chiSquareUpperTail(statistic, 1) };
};

/**
 * Finds the numbers of exceptions that Kupiec's test does not reject.
 *
 * @param testConfidence level of the test, such as 0.95
 * @returns smallest and largest count, both accepted; undefined when every count is rejected
 */
export const kupiecRegion = (observations: number, tail: number, testConfidence: number): readonly [number, number] | undefined => {
  const critical = chiSquareUpperInverse(Number((1 - testConfidence).toFixed(15)), 1);
  const isAccepted = (count: number): boolean => kupiecTest(count, observations, tail).statistic <= critical;
  const centre = Math.round(observations * tail);
  let low = -1;
  for (let count = centre; count >= 0 && isAccepted(count); count--) low = count;
  let high = -1;
  for (let count = centre; count <= observations && isAccepted(count); count++) high = count;
  return low < 0 ? undefined : [low, high];
};

/** Reports Kupiec's test with its acceptance region in words. */
export const reportKupiec = (exceptions: number, observations: number, tail: number, testConfidence: number): TestOutcome => {
  const { statistic, pValue } = kupiecTest(exceptions, observations, tail);
  const region = kupiecRegion(observations, tail, testConfidence);
  const words = region === undefined ? "no count is accepted" : `accepted: ${region[0]} to ${region[1]}`;
  return {
    test: "kupiec",
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: `${exceptions} exceptions in ${observations} days, expected ${Number((observations * tail).toPrecision(6))}; ${words}`,
  };
};

/** Reports the binomial z test (two-sided, normal approximation) with the exact upper tail beside it. @source P. Jorion (2007), Value at Risk, 6.2 */
export const reportBinomial = (exceptions: number, observations: number, tail: number, testConfidence: number): TestOutcome => {
  const statistic = (exceptions - observations * tail) / Math.sqrt(observations * tail * (1 - tail));
  const pValue = 2 * normalUpperTail(Math.abs(statistic));
  const exact = binomialUpperTail(exceptions, observations, tail);
  return {
    test: "binomial",
    statistic,
    pValue,
    decision: decide(pValue, testConfidence),
    detail: `z score, two-sided; exact P(X >= ${exceptions}) = ${Number(exact.toPrecision(6))}`,
  };
};

/**
 * Calculates Kupiec's time-until-first-failure test.
 *
 * @param firstException day of the first exception, 1-based
 */
export const firstFailureTest = (firstException: number, tail: number): RatioTest => {
  const n = firstException;
  const likelihood = Math.log(tail) + (n - 1) * Math.log1p(-tail);
  const best = n === 1 ? 0 : -Math.log(n) + (n - 1) * Math.log1p(-1 / n);
  const statistic = Math.max(0, -2 * (likelihood - best));
  return { statistic, pValue: chiSquareUpperTail(statistic, 1) };
};
