import { DomainError } from "../../basics/domain-error";
import { covarianceMatrix, toCorrelation } from "./covariance";
import { ewmaVariances } from "../ewma";
import type { EwmaStart } from "../risk-request";
import { isConstant, sampleDeviation, tamingScale } from "../moments";
import { averageRanks, kendallTau, lowerTailDependence } from "./rank-correlation";
import { assetReturns, type ScenarioMatrix } from "./scenario-matrix";
import { shrinkCovariance } from "./shrink-covariance";

/** How two series are compared. */
export const CORRELATION_METHODS = ["pearson", "spearman", "kendall", "ewma", "tail"] as const;

/** One of them. */
export type CorrelationMethod = (typeof CORRELATION_METHODS)[number];

/** What is asked. */
export interface CorrelationRequest {
  readonly method: CorrelationMethod;
  readonly shrinkage: "none" | "ledoit-wolf";
  readonly lambda: number;
  readonly start: EwmaStart;
  /** For tail dependence. */
  readonly tailProbability: number;
}

const pairwise = (matrix: ScenarioMatrix, of: (x: Float64Array, y: Float64Array) => number): Float64Array[] => {
  const columns = Array.from({ length: matrix.assets }, (_, i) => assetReturns(matrix, i));
  const result = columns.map(() => new Float64Array(matrix.assets));
  for (let i = 0; i < matrix.assets; i++) {
    for (let j = 0; j <= i; j++) {
      const value = i === j ? 1 : of(columns[i]!, columns[j]!);
      result[i]![j] = value;
      result[j]![i] = value;
    }
  }
  return result;
};

/** Calculates zero-mean EWMA covariances; the recursion is linear, so covariances come from variances of sums. */
export const ewmaCovariance = (matrix: ScenarioMatrix, lambda: number, start: EwmaStart): Float64Array[] => {
  const columns = Array.from({ length: matrix.assets }, (_, i) => assetReturns(matrix, i));
  const last = (values: Float64Array): number => ewmaVariances(values, lambda, start)[values.length]!;
  const variances = columns.map(last);
  return columns.map((x, i) =>
    Float64Array.from(columns, (y, j) =>
      i === j ? variances[i]! : (last(x.map((value, s) => value + y[s]!)) - last(x.map((value, s) => value - y[s]!))) / 4,
    ),
  );
};

const refuseConstant = (matrix: ScenarioMatrix): void => {
  for (let i = 0; i < matrix.assets; i++) {
    if (isConstant(assetReturns(matrix, i)))
      throw new DomainError("outsideDomain", `returns column ${i + 1} does not vary: its correlation is 0 / 0. Leave that column out.`);
  }
};

const ranked = (matrix: ScenarioMatrix): ScenarioMatrix => {
  const values = new Float64Array(matrix.values.length);
  for (let i = 0; i < matrix.assets; i++) averageRanks(assetReturns(matrix, i)).forEach((rank, s) => (values[s * matrix.assets + i] = rank));
  return { ...matrix, values };
};

/** Data divided by their size where their squares would overflow or vanish. */
const tamed = (matrix: ScenarioMatrix): { readonly matrix: ScenarioMatrix; readonly scale: number } => {
  const scale = tamingScale(matrix.values);
  return scale === 1 ? { matrix, scale } : { matrix: { ...matrix, values: matrix.values.map((value) => value / scale) }, scale };
};

/**
 * Calculates the correlation matrix of several assets.
 *
 * @param given full rows only
 * @throws DomainError tooLittleData, outsideDomain for a series that does not vary
 */
export const correlationMatrix = (given: ScenarioMatrix, request: CorrelationRequest): Float64Array[] => {
  const { matrix } = tamed(given);
  if (matrix.scenarios < 2) throw new DomainError("tooLittleData", `A correlation needs at least 2 full rows; ${matrix.scenarios} found. Add data.`);
  refuseConstant(matrix);
  switch (request.method) {
    case "pearson":
      return toCorrelation((request.shrinkage === "none" ? covarianceMatrix(matrix) : shrinkCovariance(matrix)).covariance);
    case "spearman":
      return toCorrelation(covarianceMatrix(ranked(matrix)).covariance);
    case "kendall":
      return pairwise(matrix, kendallTau);
    case "ewma":
      return toCorrelation(ewmaCovariance(matrix, request.lambda, request.start));
    case "tail":
      if (matrix.scenarios * request.tailProbability < 1)
        throw new DomainError(
          "tooLittleData",
          `${matrix.scenarios} rows hold no observation in a ${request.tailProbability} tail. Raise tailProbability=.`,
        );
      return pairwise(matrix, (x, y) => lowerTailDependence(x, y, request.tailProbability));
  }
};

/** Calculates covariances: sample, shrunk or EWMA as they are; rank correlations times the sample standard deviations. */
export const covarianceOf = (given: ScenarioMatrix, request: CorrelationRequest): Float64Array[] => {
  const { matrix, scale } = tamed(given);
  if (scale !== 1) return covarianceOf(matrix, request).map((row) => row.map((value) => value * scale * scale));
  if (request.method === "pearson") return (request.shrinkage === "none" ? covarianceMatrix(matrix) : shrinkCovariance(matrix)).covariance;
  if (request.method === "ewma") return ewmaCovariance(matrix, request.lambda, request.start);
  if (request.method === "tail") throw new DomainError("badInput", "Tail dependence has no covariance. Use output=correlation.");
  const deviations = Array.from({ length: matrix.assets }, (_, i) => sampleDeviation(assetReturns(matrix, i)));
  return correlationMatrix(matrix, request).map((row, i) => row.map((value, j) => value * deviations[i]! * deviations[j]!));
};
