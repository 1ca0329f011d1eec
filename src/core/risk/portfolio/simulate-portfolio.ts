import { DomainError } from "../../basics/domain-error";
import { createRandomSource } from "../random-source";
import type { ScenarioMatrix } from "./scenario-matrix";

/**
 * Factorises a covariance matrix, C = L L'. A semi-definite matrix gives zero columns.
 *
 * @param covariance symmetric, row by row
 * @throws DomainError outsideDomain when it is clearly not positive semi-definite
 */
export const choleskyFactor = (covariance: readonly (readonly number[] | Float64Array)[]): Float64Array[] => {
  const size = covariance.length;
  const factor = covariance.map(() => new Float64Array(size));
  for (let j = 0; j < size; j++) {
    let pivot = covariance[j]![j]!;
    for (let k = 0; k < j; k++) pivot -= factor[j]![k]! ** 2;
    if (pivot < -1e-8 * Math.abs(covariance[j]![j]!)) {
      throw new DomainError(
        "outsideDomain",
        `The covariance matrix is not positive semi-definite (column ${j + 1}). Repair it with COLL.CORRELATION repair=nearest.`.slice(0, 120),
      );
    }
    const isZero = pivot <= 1e-13 * Math.abs(covariance[j]![j]!);
    const root = isZero ? 0 : Math.sqrt(pivot);
    factor[j]![j] = root;
    for (let i = j + 1; i < size; i++) {
      let sum = covariance[i]![j]!;
      for (let k = 0; k < j; k++) sum -= factor[i]![k]! * factor[j]![k]!;
      factor[i]![j] = isZero ? 0 : sum / root;
    }
  }
  return factor;
};

/** Paths handled at a time: the block of normals stays in the cache. */
const BLOCK = 256;

/** What is simulated. */
export interface PortfolioSimulation {
  readonly exposures: Float64Array;
  /** Mean return per asset over the horizon. */
  readonly means: Float64Array;
  /** Cholesky factor of the covariance of returns over the horizon. */
  readonly factor: readonly Float64Array[];
  readonly paths: number;
  readonly seed: number;
  /** log: exposure x (exp(r) - 1); simple: exposure x r. */
  readonly revaluation: "log" | "simple";
}

/** Shared walk over blocks of paths: normals, triangular product, revaluation; `use` sees the simple returns of one asset in one block. */
const walkBlocks = (simulation: PortfolioSimulation, use: (asset: number, first: number, count: number, returns: Float64Array) => void): void => {
  const { means, factor, paths, seed, revaluation } = simulation;
  const assets = means.length;
  const random = createRandomSource(seed);
  const normals = new Float64Array(assets * BLOCK);
  const returns = new Float64Array(BLOCK);
  for (let first = 0; first < paths; first += BLOCK) {
    const count = Math.min(BLOCK, paths - first);
    random.fillNormals(normals, assets * BLOCK);
    for (let i = 0; i < assets; i++) {
      const row = factor[i]!;
      returns.fill(means[i]!);
      let k = 0;
      for (; k + 3 <= i; k += 4) {
        const [a, b, c, d] = [row[k]!, row[k + 1]!, row[k + 2]!, row[k + 3]!];
        const start = k * BLOCK;
        for (let p = 0; p < BLOCK; p++) {
          returns[p]! +=
            a * normals[start + p]! + b * normals[start + BLOCK + p]! + (c * normals[start + 2 * BLOCK + p]! + d * normals[start + 3 * BLOCK + p]!);
        }
      }
      for (; k <= i; k++) {
        const weight = row[k]!;
        const start = k * BLOCK;
        for (let p = 0; p < BLOCK; p++) returns[p]! += weight * normals[start + p]!;
      }
      if (revaluation === "log") for (let p = 0; p < count; p++) returns[p] = Math.expm1(returns[p]!);
      use(i, first, count, returns);
    }
  }
};

/**
 * Simulates the P&L of a book with jointly normal returns and full revaluation, block by block.
 *
 * @returns P&L per path; the same seed gives the same paths
 */
export const simulateProfits = (simulation: PortfolioSimulation): Float64Array => {
  const profits = new Float64Array(simulation.paths);
  walkBlocks(simulation, (asset, first, count, returns) => {
    const exposure = simulation.exposures[asset]!;
    for (let p = 0; p < count; p++) profits[first + p]! += exposure * returns[p]!;
  });
  return profits;
};

/** Simulates the simple returns of every asset on every path, for contributions. */
export const simulateScenarios = (simulation: PortfolioSimulation): ScenarioMatrix => {
  const assets = simulation.means.length;
  const values = new Float64Array(simulation.paths * assets);
  walkBlocks(simulation, (asset, first, count, returns) => {
    for (let p = 0; p < count; p++) values[(first + p) * assets + asset] = returns[p]!;
  });
  return { scenarios: simulation.paths, assets, values };
};
