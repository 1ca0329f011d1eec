import { DomainError } from "../../basics/domain-error";
import type { ScenarioMatrix } from "./scenario-matrix";

/** Means and covariances (divisor n - 1) of several assets. */
export interface Covariance {
  readonly means: Float64Array;
  readonly covariance: Float64Array[];
}

/**
 * Calculates means and sample covariances.
 *
 * @param ddof 1 = divisor n - 1 (COVARIANCE.S), 0 = n
 * @throws DomainError tooLittleData below two scenarios
 */
export const covarianceMatrix = ({ scenarios: n, assets, values }: ScenarioMatrix, ddof: 0 | 1 = 1): Covariance => {
  if (n < 2) throw new DomainError("tooLittleData", `A covariance needs at least 2 full rows; ${n} found. Add data.`);
  const means = new Float64Array(assets);
  for (let s = 0, at = 0; s < n; s++) for (let i = 0; i < assets; i++, at++) means[i]! += values[at]!;
  for (let i = 0; i < assets; i++) means[i]! /= n;
  const covariance = Array.from({ length: assets }, () => new Float64Array(assets));
  const deviations = new Float64Array(assets);
  for (let s = 0; s < n; s++) {
    for (let i = 0; i < assets; i++) deviations[i] = values[s * assets + i]! - means[i]!;
    for (let i = 0; i < assets; i++) {
      const row = covariance[i]!;
      const own = deviations[i]!;
      for (let j = 0; j <= i; j++) row[j]! += own * deviations[j]!;
    }
  }
  for (let i = 0; i < assets; i++) {
    for (let j = 0; j <= i; j++) {
      covariance[i]![j]! /= n - ddof;
      covariance[j]![i] = covariance[i]![j]!;
    }
  }
  return { means, covariance };
};

/** Turns a covariance matrix into a correlation matrix. @throws DomainError outsideDomain for an asset without variance */
export const toCorrelation = (covariance: readonly Float64Array[]): Float64Array[] => {
  const flat = covariance.findIndex((row, i) => !(row[i]! > 0));
  if (flat >= 0) throw new DomainError("outsideDomain", `returns column ${flat + 1} does not vary: its correlation is 0 / 0. Leave that column out.`);
  return covariance.map((row, i) => row.map((value, j) => (i === j ? 1 : value / Math.sqrt(row[i]! * covariance[j]![j]!))));
};
