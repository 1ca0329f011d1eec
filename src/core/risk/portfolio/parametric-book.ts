import { DomainError } from "../../basics/domain-error";
import { cornishFisherRisk } from "../cornish-fisher";
import { populationMoments, sampleDeviation, sampleMean } from "../moments";
import { normalRisk, studentTRisk, studentTScale, type RiskPair } from "../parametric-risk";
import { fromMarginals, type BookMeasure, type Decomposition } from "./measure";
import { assetReturns, type ScenarioMatrix } from "./scenario-matrix";

type Measure = "valueAtRisk" | "expectedShortfall";

/** What the parametric measures need to know. */
export interface ParametricSettings {
  readonly tail: number;
  readonly isZeroMean: boolean;
  readonly meanScale: number;
  readonly deviationScale: number;
  /** Degrees of freedom of a t law; undefined = normal. */
  readonly df?: number;
}

/** Means of the assets and of (P - mean)^k (R_i - mean_i) over the scenarios, k = 1..3, divisor n. */
const coMoments = (
  matrix: ScenarioMatrix,
  profits: Float64Array,
): { means: Float64Array; powers: readonly [Float64Array, Float64Array, Float64Array] } => {
  const { scenarios: n, assets, values } = matrix;
  const means = new Float64Array(assets);
  for (let i = 0; i < assets; i++) means[i] = sampleMean(assetReturns(matrix, i));
  const centre = sampleMean(profits);
  const powers = [new Float64Array(assets), new Float64Array(assets), new Float64Array(assets)] as const;
  for (let s = 0, at = 0; s < n; s++) {
    const deviation = profits[s]! - centre;
    const square = deviation * deviation;
    const cube = square * deviation;
    for (let i = 0; i < assets; i++, at++) {
      const own = values[at]! - means[i]!;
      powers[0][i]! += deviation * own;
      powers[1][i]! += square * own;
      powers[2][i]! += cube * own;
    }
  }
  for (const power of powers) for (let i = 0; i < assets; i++) power[i]! /= n;
  return { means, powers };
};

/**
 * Measures a book by its mean and standard deviation (n - 1) under a normal or t law; the contributions are Euler's.
 *
 * @throws DomainError badInput for df not above 2
 */
export const ellipticalBook = (
  measure: Measure,
  matrix: ScenarioMatrix,
  exposures: Float64Array,
  profits: Float64Array,
  settings: ParametricSettings,
): BookMeasure => {
  const { tail, isZeroMean, meanScale, deviationScale, df } = settings;
  if (df !== undefined && !(df > 2)) throw new DomainError("badInput", `df ${df} must be above 2 for a finite variance. Write df=5.`);
  const risk = (mean: number, deviation: number): RiskPair =>
    df === undefined ? normalRisk(mean, deviation, tail) : studentTRisk(mean, studentTScale(deviation, df), df, tail);
  const perDeviation = risk(0, 1)[measure] * deviationScale;
  const meanOf = (series: Float64Array): number => (isZeroMean ? 0 : sampleMean(series) * meanScale);
  return {
    of: (series) => perDeviation * sampleDeviation(series) - meanOf(series),
    decompose: () => {
      const { means, powers } = coMoments(matrix, profits);
      const deviation = sampleDeviation(profits);
      const n = profits.length;
      const marginal = means.map((mean, i) => {
        const covariance = (powers[0][i]! * n) / (n - 1);
        return (deviation === 0 ? 0 : (perDeviation * covariance) / deviation) - (isZeroMean ? 0 : mean * meanScale);
      });
      return fromMarginals(perDeviation * deviation - meanOf(profits), marginal, exposures);
    },
  };
};

/** Derivative of the standardised modified VaR or ES in skewness and kurtosis, by central differences. */
const slopes = (of: (skewness: number, kurtosis: number) => number, skewness: number, kurtosis: number): readonly [number, number] => {
  const step = 1e-5;
  return [
    (of(skewness + step, kurtosis) - of(skewness - step, kurtosis)) / (2 * step),
    (of(skewness, kurtosis + step) - of(skewness, kurtosis - step)) / (2 * step),
  ];
};

/** Measures a book by four population moments; the contributions are Euler's, through the co-moments. @source Boudt, Peterson, Croux (2008) */
export const cornishFisherBook = (
  measure: Measure,
  matrix: ScenarioMatrix,
  exposures: Float64Array,
  profits: Float64Array,
  settings: ParametricSettings,
): BookMeasure => {
  const { tail, isZeroMean, meanScale, deviationScale } = settings;
  const standard = (skewness: number, kurtosis: number): number => cornishFisherRisk(0, 1, skewness, kurtosis, tail)[measure];
  const of = (series: Float64Array): number => {
    const moments = populationMoments(series);
    return moments.deviation * deviationScale * standard(moments.skewness, moments.excessKurtosis) - (isZeroMean ? 0 : moments.mean * meanScale);
  };
  const decompose = (): Decomposition => {
    const { deviation, skewness, excessKurtosis } = populationMoments(profits);
    const total = of(profits);
    const { means, powers } = coMoments(matrix, profits);
    const factor = standard(skewness, excessKurtosis);
    const [inSkewness, inKurtosis] = deviation === 0 ? [0, 0] : slopes(standard, skewness, excessKurtosis);
    const marginal = means.map((mean, i) => {
      const ownMean = isZeroMean ? 0 : mean * meanScale;
      if (deviation === 0) return -ownMean;
      const dDeviation = powers[0][i]! / deviation;
      const dSkewness = (3 * powers[1][i]!) / deviation ** 3 - (3 * skewness * dDeviation) / deviation;
      const dKurtosis = (4 * powers[2][i]!) / deviation ** 4 - (4 * (excessKurtosis + 3) * dDeviation) / deviation;
      return deviationScale * (dDeviation * factor + deviation * (inSkewness * dSkewness + inKurtosis * dKurtosis)) - ownMean;
    });
    return fromMarginals(total, marginal, exposures);
  };
  return { of, decompose };
};
