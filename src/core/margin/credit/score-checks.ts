import { DomainError } from "../../basics/domain-error";

/** One scored case of a history with what happened. */
export interface ScoredCase {
  readonly defaultProbability: number;
  readonly hasDefaulted: boolean;
}

/** Observed against predicted default rate in one band of cases. */
export interface CalibrationBand {
  readonly cases: number;
  readonly predicted: number;
  readonly observed: number;
}

/** How well a scorecard tells defaults apart and how well it is calibrated. */
export interface ScoreChecks {
  readonly cases: number;
  readonly defaults: number;
  /** Area under the ROC curve: 0.5 = no discrimination, 1 = perfect. */
  readonly areaUnderCurve: number;
  /** Mean squared error of the probability; smaller is better. */
  readonly brier: number;
  /** Brier score of always predicting the observed rate. */
  readonly brierOfRate: number;
  readonly meanPredicted: number;
  /** Hosmer-Lemeshow statistic over the bands; large where predicted and observed differ. */
  readonly hosmerLemeshow: number;
  /** Bands less 2; 0 = too few bands for the test. */
  readonly degreesOfFreedom: number;
  readonly bands: readonly CalibrationBand[];
}

/**
 * Checks a scorecard on a history: discrimination (AUC by ranks, ties counted half), accuracy (Brier) and calibration by bands, with the
 * statistic of Hosmer and Lemeshow: sum of cases (observed - predicted)^2 / (predicted (1 - predicted)).
 *
 * @param bandCount bands of about equal size, by rising probability
 * @throws DomainError tooLittleData without a default or without a survivor
 */
export const checkScores = (history: readonly ScoredCase[], bandCount = 5): ScoreChecks => {
  const defaults = history.filter((row) => row.hasDefaulted).length;
  if (defaults === 0 || defaults === history.length) {
    throw new DomainError("tooLittleData", `The history has ${defaults} defaults in ${history.length} cases. Both outcomes are needed.`);
  }
  const sorted = [...history].sort((a, b) => a.defaultProbability - b.defaultProbability);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rate = defaults / history.length;
  const outcome = (row: ScoredCase): number => (row.hasDefaulted ? 1 : 0);
  const bands = Array.from({ length: Math.min(bandCount, sorted.length) }, (_, band) => {
    const count = Math.min(bandCount, sorted.length);
    return sorted.slice(Math.floor((band * sorted.length) / count), Math.floor(((band + 1) * sorted.length) / count));
  });
  const calibration = bands.map((rows): CalibrationBand => ({
    cases: rows.length,
    predicted: mean(rows.map((row) => row.defaultProbability)),
    observed: mean(rows.map(outcome)),
  }));
  return {
    cases: history.length,
    defaults,
    areaUnderCurve: (rankSum(sorted) - (defaults * (defaults + 1)) / 2) / (defaults * (history.length - defaults)),
    brier: mean(history.map((row) => (row.defaultProbability - outcome(row)) ** 2)),
    brierOfRate: rate * (1 - rate),
    meanPredicted: mean(history.map((row) => row.defaultProbability)),
    hosmerLemeshow: calibration.reduce(
      // A band without a miss adds nothing, also where it was predicted with certainty.
      (sum, { cases, predicted, observed }) =>
        sum + (observed === predicted ? 0 : (cases * (observed - predicted) ** 2) / (predicted * (1 - predicted))),
      0,
    ),
    degreesOfFreedom: Math.max(0, calibration.length - 2),
    bands: calibration,
  };
};

/** Sum of the mean ranks of the defaults; cases of one probability share their mean rank. */
const rankSum = (sorted: readonly ScoredCase[]): number => {
  let sum = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.defaultProbability === sorted[start]?.defaultProbability) end += 1;
    const rank = (start + 1 + end) / 2;
    sum += rank * sorted.slice(start, end).filter((row) => row.hasDefaulted).length;
    start = end;
  }
  return sum;
};
