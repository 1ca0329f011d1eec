import type { Covariance } from "./covariance";
import { covarianceMatrix } from "./covariance";
import type { ScenarioMatrix } from "./scenario-matrix";

/** A shrunk covariance matrix and how far it moved to its target. */
export interface ShrunkCovariance extends Covariance {
  /** Weight of the target, 0..1. */
  readonly intensity: number;
}

/**
 * Shrinks the sample covariance (divisor n) towards the identity times the mean variance, with the intensity that minimises the expected error.
 *
 * @source O. Ledoit and M. Wolf (2004), A well-conditioned estimator for large-dimensional covariance matrices
 */
export const shrinkCovariance = (matrix: ScenarioMatrix): ShrunkCovariance => {
  const { scenarios: n, assets, values } = matrix;
  const { means, covariance } = covarianceMatrix(matrix, 0);
  let target = 0;
  for (let i = 0; i < assets; i++) target += covariance[i]![i]! / assets;
  let distance = 0;
  let sumOfSquares = 0;
  for (let i = 0; i < assets; i++) {
    for (let j = 0; j < assets; j++) {
      distance += (covariance[i]![j]! - (i === j ? target : 0)) ** 2;
      sumOfSquares += covariance[i]![j]! ** 2;
    }
  }
  // Mean over scenarios of ||x x' - S||^2 = mean ||x||^4 - ||S||^2.
  let fourth = 0;
  for (let s = 0; s < n; s++) {
    let square = 0;
    for (let i = 0; i < assets; i++) square += (values[s * assets + i]! - means[i]!) ** 2;
    fourth += (square * square) / n;
  }
  const noise = Math.max(0, (fourth - sumOfSquares) / n);
  const intensity = distance === 0 ? 0 : Math.min(1, noise / distance);
  return {
    means,
    intensity,
    covariance: covariance.map((row, i) => row.map((value, j) => (1 - intensity) * value + (i === j ? intensity * target : 0))),
  };
};
