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

/** Paths handled at a time: their normals stay in the first cache. */
const BLOCK = 32;

/** Below this size a Taylor polynomial of degree 10 gives exp(x) - 1 to the last digits, several times faster than Math.expm1. */
const SMALL = 0.125;

/** exp(x) - 1. */
const growth = (x: number): number =>
  x < SMALL && x > -SMALL
    ? x *
      (1 +
        x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320 + x * (1 / 362880 + x / 3628800)))))))))
    : Math.expm1(x);

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

/** The factor row by row in one array, padded with zero rows to a multiple of four so that four rows are multiplied at a time. */
const flatten = (factor: readonly Float64Array[], padded: number): Float64Array => {
  const flat = new Float64Array(padded * padded);
  factor.forEach((row, i) => flat.set(row, i * padded));
  return flat;
};

/**
 * Triangular product for one block: target[i * BLOCK + p] = sum over k <= i of factor[i][k] normals[p][k].
 *
 * Four rows and two paths at a time: eight running sums that the processor can overlap.
 */
const multiplyBlock = (flat: Float64Array, padded: number, normals: Float64Array, target: Float64Array): void => {
  for (let i = 0; i < padded; i += 4) {
    const r0 = i * padded;
    const r1 = r0 + padded;
    const r2 = r1 + padded;
    const r3 = r2 + padded;
    for (let p = 0; p < BLOCK; p += 2) {
      const n0 = p * padded;
      const n1 = n0 + padded;
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      let c0 = 0;
      let c1 = 0;
      let d0 = 0;
      let d1 = 0;
      for (let k = 0; k < i + 4; k++) {
        const x = normals[n0 + k]!;
        const y = normals[n1 + k]!;
        const a = flat[r0 + k]!;
        const b = flat[r1 + k]!;
        const c = flat[r2 + k]!;
        const d = flat[r3 + k]!;
        a0 += a * x;
        a1 += a * y;
        b0 += b * x;
        b1 += b * y;
        c0 += c * x;
        c1 += c * y;
        d0 += d * x;
        d1 += d * y;
      }
      const at = i * BLOCK + p;
      target[at] = a0;
      target[at + 1] = a1;
      target[at + BLOCK] = b0;
      target[at + BLOCK + 1] = b1;
      target[at + 2 * BLOCK] = c0;
      target[at + 2 * BLOCK + 1] = c1;
      target[at + 3 * BLOCK] = d0;
      target[at + 3 * BLOCK + 1] = d1;
    }
  }
};

/** Shared walk over blocks of paths: normals, triangular product, revaluation; `use` sees simple returns, asset i of path p at i * BLOCK + p. */
const walkBlocks = (simulation: PortfolioSimulation, use: (first: number, count: number, returns: Float64Array) => void): void => {
  const { means, factor, paths, seed, revaluation } = simulation;
  const assets = means.length;
  const padded = Math.ceil(assets / 4) * 4;
  const flat = flatten(factor, padded);
  const random = createRandomSource(seed);
  const normals = new Float64Array(padded * BLOCK);
  const returns = new Float64Array(padded * BLOCK);
  for (let first = 0; first < paths; first += BLOCK) {
    random.fillNormals(normals);
    multiplyBlock(flat, padded, normals, returns);
    for (let i = 0; i < assets; i++) {
      const mean = means[i]!;
      const end = (i + 1) * BLOCK;
      if (revaluation === "log") for (let at = i * BLOCK; at < end; at++) returns[at] = growth(returns[at]! + mean);
      else for (let at = i * BLOCK; at < end; at++) returns[at]! += mean;
    }
    use(first, Math.min(BLOCK, paths - first), returns);
  }
};

/**
 * Simulates the P&L of a book with jointly normal returns and full revaluation, block by block.
 *
 * @returns P&L per path; the same seed gives the same paths
 */
export const simulateProfits = (simulation: PortfolioSimulation): Float64Array => {
  const profits = new Float64Array(simulation.paths);
  const { exposures } = simulation;
  walkBlocks(simulation, (first, count, returns) => {
    for (let i = 0; i < exposures.length; i++) {
      const exposure = exposures[i]!;
      for (let p = 0; p < count; p++) profits[first + p]! += exposure * returns[i * BLOCK + p]!;
    }
  });
  return profits;
};

/** Simulates the simple returns of every asset on every path, for contributions. */
export const simulateScenarios = (simulation: PortfolioSimulation): ScenarioMatrix => {
  const assets = simulation.means.length;
  const values = new Float64Array(simulation.paths * assets);
  walkBlocks(simulation, (first, count, returns) => {
    for (let p = 0; p < count; p++) for (let i = 0; i < assets; i++) values[(first + p) * assets + i] = returns[i * BLOCK + p]!;
  });
  return { scenarios: simulation.paths, assets, values };
};
