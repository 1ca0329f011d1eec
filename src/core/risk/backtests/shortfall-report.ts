import { DomainError } from "../../basics/domain-error";
import {
  criticalValue,
  excessTest,
  shortfallStatistics,
  simulatedPValue,
  simulateShortfallStatistics,
  type ShortfallLaw,
  type ShortfallSeries,
} from "./shortfall-tests";
import { decide, notApplicable, type TestOutcome } from "./test-outcome";

/** How to judge expected shortfall. */
export interface ShortfallSettings {
  readonly tail: number;
  readonly testConfidence: number;
  readonly law: ShortfallLaw;
  /** Simulated histories; default 100 000, fewer for long histories. */
  readonly sims?: number;
  readonly seed: number;
  /** Divide the excesses of McNeil and Frey by the VaR. */
  readonly isScaled: boolean;
}

const DEFAULT_SIMS = 100_000;
const MOST_SIMS = 2_000_000;
/** About this many tail draws take half a second. */
const DRAWS = 4_000_000;
const MOST_DRAWS = 100_000_000;

const checkSettings = (settings: ShortfallSettings, days: number): number => {
  const { law, seed, tail } = settings;
  if (law.dist === "t" && !((law.df ?? 0) > 1)) throw new DomainError("badInput", "dist=t needs df above 1. Write df=5.");
  if (!Number.isInteger(seed)) throw new DomainError("badInput", `seed ${seed} must be a whole number. Write seed=1.`);
  const sims = settings.sims ?? Math.max(10_000, Math.min(DEFAULT_SIMS, Math.floor(DRAWS / (days * tail + 1))));
  if (!Number.isInteger(sims) || sims < 1000 || sims > MOST_SIMS)
    throw new DomainError("badInput", `sims ${sims} must be a whole number from 1000 to ${MOST_SIMS}.`);
  if (sims * days * tail > MOST_DRAWS) throw new DomainError("tooLarge", `sims=${sims} for ${days} days would take minutes. Lower sims=.`);
  return sims;
};

const round = (value: number): number => Number(value.toPrecision(5));

/**
 * Reports the expected-shortfall back-tests: Acerbi-Szekely Z1 and Z2 with simulated critical values, and McNeil-Frey.
 *
 * @throws DomainError badInput for ES that is not positive or settings out of range
 */
export const reportShortfallTests = (series: ShortfallSeries, settings: ShortfallSettings): TestOutcome[] => {
  const { tail, testConfidence, law, seed } = settings;
  const days = series.returns.length;
  const bad = series.expectedShortfall.findIndex((shortfall) => !(shortfall > 0));
  if (bad >= 0)
    throw new DomainError("badInput", `expectedShortfall ${series.expectedShortfall[bad]} (entry ${bad + 1}) must be above 0. Give positive losses.`);
  const sims = checkSettings(settings, days);
  const { exceptions, z1, z2 } = shortfallStatistics(series, tail);
  const simulated = simulateShortfallStatistics(days, tail, law, sims, seed);
  const name = law.dist === "normal" ? "normal" : `t with df ${law.df}`;
  const significance = Number((1 - testConfidence).toFixed(15));
  const judge = (test: string, statistic: number, sorted: Float64Array): TestOutcome => {
    const pValue = simulatedPValue(sorted, statistic);
    const levels = [significance, 0.0001].map((level) => `${round(criticalValue(sorted, level))} at ${Number((level * 100).toPrecision(6))}%`);
    return {
      test,
      statistic,
      pValue,
      decision: statistic <= criticalValue(sorted, significance) ? "reject" : "accept",
      detail: `${exceptions} exceptions in ${days} days; critical ${levels.join(", ")} (${name}, ${sims} simulations)`,
    };
  };
  const excess = excessTest(series, settings.isScaled, seed);
  return [
    z1 === undefined ? notApplicable("acerbi-szekely-z1", "no exception in the sample: 0 / 0") : judge("acerbi-szekely-z1", z1, simulated.z1),
    judge("acerbi-szekely-z2", z2, simulated.z2),
    excess === undefined
      ? notApplicable("mcneil-frey", "needs at least two exceptions")
      : {
          test: "mcneil-frey",
          statistic: excess.statistic,
          pValue: excess.pValue,
          decision: decide(excess.pValue, testConfidence),
          detail: `mean excess over ES ${round(excess.meanExcess)}, one-sided t; bootstrap p value ${round(excess.bootstrapPValue)}`,
        },
  ];
};
