import { mean, sampleKurtosis, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import { DomainError } from "../basics/domain-error";

/** simple-statistics runs on typed arrays but its types ask for number[]. */
const asNumbers = (values: Float64Array): number[] => values as unknown as number[];

/** Largest absolute value; the scale by which very large and very small data are divided before they are squared. */
export const largestAbsolute = (values: Float64Array): number => {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
  }
  return largest;
};

/** Every value a safe distance from overflow and underflow of its square. */
const isTame = (largest: number): boolean => largest === 0 || (largest > 1e-120 && largest < 1e120);

/**
 * Finds the number by which data should be divided before they are squared: 1 for all ordinary data, their largest size when squares
 * would overflow or vanish.
 */
export const tamingScale = (values: Float64Array): number => {
  const largest = largestAbsolute(values);
  return isTame(largest) ? 1 : largest;
};

const requireCount = (values: Float64Array, least: number, what: string): void => {
  if (values.length < least) throw new DomainError("tooLittleData", `${what} needs at least ${least} returns; ${values.length} found. Add data.`);
};

/** Calculates the arithmetic mean of finite values. @throws DomainError tooLittleData when empty */
export const sampleMean = (values: Float64Array): number => {
  requireCount(values, 1, "A mean");
  const largest = largestAbsolute(values);
  return isTame(largest) ? mean(asNumbers(values)) : largest * mean(asNumbers(values.map((value) => value / largest)));
};

/** Calculates the standard deviation with divisor n - 1 (STDEV.S). @throws DomainError tooLittleData below two values */
export const sampleDeviation = (values: Float64Array): number => {
  requireCount(values, 2, "A standard deviation");
  const largest = largestAbsolute(values);
  if (isConstant(values)) return 0;
  return isTame(largest)
    ? sampleStandardDeviation(asNumbers(values))
    : largest * sampleStandardDeviation(asNumbers(values.map((value) => value / largest)));
};

/** Tells whether all values are the same, so that ratios of moments are 0 / 0. */
export const isConstant = (values: Float64Array): boolean => {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
};

/** Population moments: mean, standard deviation with divisor n, skewness m3 / m2^1.5 (SKEW.P) and excess kurtosis m4 / m2^2 - 3. */
export interface PopulationMoments {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly excessKurtosis: number;
}

/** Calculates population moments in two passes over data scaled by their largest value; a constant series has skewness and kurtosis 0. */
export const populationMoments = (values: Float64Array): PopulationMoments => {
  requireCount(values, 1, "A moment");
  const n = values.length;
  const centre = sampleMean(values);
  const scale = isConstant(values) ? 0 : largestAbsolute(values.map((value) => value - centre));
  if (scale === 0) return { mean: centre, deviation: 0, skewness: 0, excessKurtosis: 0 };
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < n; i++) {
    const deviation = (values[i]! - centre) / scale;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  const variance = second / n;
  return {
    mean: centre,
    deviation: scale * Math.sqrt(variance),
    skewness: third / n / (variance * Math.sqrt(variance)),
    excessKurtosis: fourth / n / (variance * variance) - 3,
  };
};

/** Calculates the sample skewness of Excel's SKEW; 0 for a constant series. @throws DomainError tooLittleData below three values */
export const excelSkewness = (values: Float64Array): number => {
  requireCount(values, 3, "A skewness");
  return isConstant(values) ? 0 : sampleSkewness(asNumbers(values));
};

/** Calculates the sample excess kurtosis of Excel's KURT; 0 for a constant series. @throws DomainError tooLittleData below four values */
export const excelKurtosis = (values: Float64Array): number => {
  requireCount(values, 4, "A kurtosis");
  return isConstant(values) ? 0 : sampleKurtosis(asNumbers(values));
};
