import { DomainError } from "../basics/domain-error";
import { normalCdf, normalDensity, normalInverse } from "./normal-distribution";
import type { RiskPair } from "./parametric-risk";

/**
 * Checks that the Cornish-Fisher quantile rises with the probability everywhere.
 *
 * @param skewness population skewness
 * @param excessKurtosis population excess kurtosis
 * @returns true inside the domain
 * @source D. Maillard (2012), A user's guide to the Cornish Fisher expansion
 */
export const isCornishFisherDomain = (skewness: number, excessKurtosis: number): boolean => {
  const square = skewness * skewness;
  const leading = excessKurtosis / 8 - square / 6;
  const constant = 1 - excessKurtosis / 8 + (5 * square) / 36;
  return leading >= 0 && constant >= 0 && square / 9 - 4 * leading * constant <= 0;
};

/** Calculates the Cornish-Fisher quantile of a standardised variable for the normal quantile z. */
export const cornishFisherQuantile = (z: number, skewness: number, excessKurtosis: number): number =>
  z + ((z * z - 1) * skewness) / 6 + ((z * z * z - 3 * z) * excessKurtosis) / 24 - ((2 * z * z * z - 5 * z) * skewness * skewness) / 36;

/** Integrals of z^k phi(z) over (-infinity, h], needed by the Edgeworth tail. */
const truncatedMoments = (h: number): number[] => {
  const density = normalDensity(h);
  const moments = [normalCdf(h), -density];
  for (let k = 2; k <= 7; k++) moments.push(-Math.pow(h, k - 1) * density + (k - 1) * moments[k - 2]!);
  return moments;
};

/** Mean of the second-order Edgeworth density below h: the standardised expected shortfall, before its floor. */
const edgeworthShortfall = (h: number, skewness: number, excessKurtosis: number, tail: number): number => {
  const m = truncatedMoments(h);
  const third = m[4]! - 3 * m[2]!;
  const fourth = m[5]! - 6 * m[3]! + 3 * m[1]!;
  const sixth = m[7]! - 15 * m[5]! + 45 * m[3]! - 15 * m[1]!;
  return -(m[1]! + (skewness / 6) * third + (excessKurtosis / 24) * fourth + ((skewness * skewness) / 72) * sixth) / tail;
};

/** A Cornish-Fisher pair and the expected shortfall before it was floored at the value-at-risk. */
export interface CornishFisherRisk extends RiskPair {
  readonly rawExpectedShortfall: number;
}

/**
 * Calculates modified VaR and ES from four moments; ES is floored at VaR, because the expansion can fall below it.
 *
 * @param mean over the horizon
 * @param deviation standard deviation over the horizon
 * @param tail tail probability 1 - c
 * @throws DomainError outsideDomain when the expansion is not monotone for these moments
 * @source K. Boudt, B. Peterson, C. Croux (2008), Estimation and decomposition of downside risk for portfolios with non-normal returns
 */
export const cornishFisherRisk = (mean: number, deviation: number, skewness: number, excessKurtosis: number, tail: number): CornishFisherRisk => {
  if (!isCornishFisherDomain(skewness, excessKurtosis)) {
    throw new DomainError(
      "outsideDomain",
      `Skew ${skewness.toFixed(2)}, excess kurtosis ${excessKurtosis.toFixed(2)} are outside the Cornish-Fisher domain. Use historical or evt.`,
      { skewness, excessKurtosis },
    );
  }
  const h = cornishFisherQuantile(normalInverse(tail), skewness, excessKurtosis);
  const valueAtRisk = -deviation * h - mean;
  const rawExpectedShortfall = deviation * edgeworthShortfall(h, skewness, excessKurtosis, tail) - mean;
  return { valueAtRisk, expectedShortfall: Math.max(valueAtRisk, rawExpectedShortfall), rawExpectedShortfall };
};
