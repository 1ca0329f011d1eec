import { binomialCdf, binomialUpperTail } from "../binomial-distribution";
import type { TestOutcome } from "./test-outcome";

/** Zone of the Basel traffic light. */
export type Zone = "green" | "yellow" | "red";

/** Which multipliers apply: 1996 (base 3 plus factor) or MAR32 (total from 1.50). The two bases are never added. */
export type Framework = "1996" | "mar32";

/** Cumulative probabilities at which the zones begin. */
const YELLOW_FROM = 0.95;
const RED_FROM = 0.9999;

const MULTIPLIERS: Record<Framework, readonly number[]> = {
  "1996": [3, 3, 3, 3, 3, 3.4, 3.5, 3.65, 3.75, 3.85, 4],
  mar32: [1.5, 1.5, 1.5, 1.5, 1.5, 1.7, 1.76, 1.83, 1.88, 1.92, 2],
};

/** Exceptions above which a trading desk fails in 250 days. @source Basel Committee, MAR32.18 */
const DESK_LIMITS: readonly (readonly [number, number])[] = [
  [0.01, 12],
  [0.025, 30],
];

/** Calculates the probability of at most this many exceptions under a correct model. */
export const cumulativeProbability = (exceptions: number, observations: number, tail: number): number => binomialCdf(exceptions, observations, tail);

/** Finds the zone of a count of exceptions: yellow from a cumulative probability of 95 %, red from 99.99 %. @source Basel Committee (1996), table 2 */
export const trafficLightZone = (exceptions: number, observations: number, tail: number): Zone => {
  const cumulative = cumulativeProbability(exceptions, observations, tail);
  return cumulative < YELLOW_FROM ? "green" : cumulative < RED_FROM ? "yellow" : "red";
};

/** Finds the capital multiplier; defined for 250 observations at 99 % only. @source Basel Committee (1996), table 2; MAR32.9 */
export const capitalMultiplier = (exceptions: number, observations: number, tail: number, framework: Framework): number | undefined =>
  observations === 250 && Math.abs(tail - 0.01) < 1e-12 ? MULTIPLIERS[framework][Math.min(exceptions, 10)] : undefined;

/** Reports the traffic light: statistic = exceptions, p value = P(X >= exceptions), decision = zone. */
export const reportTrafficLight = (exceptions: number, observations: number, tail: number, framework: Framework): TestOutcome => {
  const multiplier = capitalMultiplier(exceptions, observations, tail, framework);
  const desk = framework === "mar32" && observations === 250 ? DESK_LIMITS.find(([level]) => Math.abs(level - tail) < 1e-12) : undefined;
  const parts = [
    `cumulative probability ${Number(cumulativeProbability(exceptions, observations, tail).toPrecision(6))}`,
    multiplier === undefined ? "multiplier defined for 250 days at 0.99 only" : `multiplier ${multiplier.toFixed(2)} (${framework})`,
    ...(desk === undefined ? [] : [`desk level: ${exceptions > desk[1] ? "fails" : "passes"}, limit ${desk[1]}`]),
  ];
  return {
    test: "traffic-light",
    statistic: exceptions,
    pValue: binomialUpperTail(exceptions, observations, tail),
    decision: trafficLightZone(exceptions, observations, tail),
    detail: parts.join("; "),
  };
};
