import { DomainError } from "../../basics/domain-error";
import { sampleDeviation } from "../moments";
import { assetReturns, profitAndLoss, type ScenarioMatrix } from "./scenario-matrix";

/** P&L of a book under one scenario, with the asset that hurts most. */
export interface StressResult {
  /** Position of the scenario, or of the first row of a window. */
  readonly position: number;
  readonly profit: number;
  readonly worstAsset: number;
  readonly worstAssetProfit: number;
}

const withWorstAsset = (position: number, exposures: Float64Array, moves: (asset: number) => number): StressResult => {
  let profit = 0;
  let worstAsset = 0;
  let worstAssetProfit = Infinity;
  for (let i = 0; i < exposures.length; i++) {
    const own = exposures[i]! * moves(i);
    profit += own;
    if (own < worstAssetProfit) {
      worstAssetProfit = own;
      worstAsset = i;
    }
  }
  return { position, profit, worstAsset, worstAssetProfit };
};

/**
 * Calculates the P&L of each scenario: the sum of exposure x simple shock.
 *
 * @throws DomainError badInput for a shock below -1
 */
export const stressScenarios = (matrix: ScenarioMatrix, exposures: Float64Array): StressResult[] => {
  const bad = matrix.values.findIndex((shock) => shock < -1);
  if (bad >= 0) {
    const shock = matrix.values[bad]!;
    throw new DomainError("badInput", `Shock ${shock} (scenario ${Math.floor(bad / matrix.assets) + 1}) is below -1. Write -30% as -0.3.`);
  }
  return Array.from({ length: matrix.scenarios }, (_, s) => withWorstAsset(s, exposures, (i) => matrix.values[s * matrix.assets + i]!));
};

/**
 * Calculates the P&L over every window of consecutive rows, returns compounded within it and exposures held.
 *
 * @param length rows per window, >= 1
 * @returns one result per window, position = its first row
 */
export const stressWindows = (matrix: ScenarioMatrix, exposures: Float64Array, length: number): StressResult[] => {
  if (!Number.isInteger(length) || length < 1) throw new DomainError("badInput", `window=${length} must be a whole number above 0. Write window=10.`);
  const count = matrix.scenarios - length + 1;
  if (count < 1) throw new DomainError("tooLittleData", `${matrix.scenarios} rows hold no window of ${length}. Add data or shorten window=.`);
  return Array.from({ length: count }, (_, first) =>
    withWorstAsset(first, exposures, (i) => {
      let growth = 1;
      for (let s = first; s < first + length; s++) growth *= 1 + matrix.values[s * matrix.assets + i]!;
      return growth - 1;
    }),
  );
};

/** Moves of a number of standard deviations. */
export interface SigmaMoves {
  /** Loss (negative) of each asset for an adverse move of k of its own standard deviations. */
  readonly single: Float64Array;
  /** All assets against the book at once: the worst case without diversification. */
  readonly together: number;
  /** The book's own standard deviation of P&L times -k. */
  readonly book: number;
}

/** Calculates k-sigma moves from a history of simple returns. @param k number of standard deviations, > 0 */
export const stressSigmas = (matrix: ScenarioMatrix, exposures: Float64Array, k: number): SigmaMoves => {
  if (!(k > 0)) throw new DomainError("badInput", `sigmas=${k} must be above 0. Write sigmas=3.`);
  const single = exposures.map((exposure, i) => -Math.abs(exposure) * k * sampleDeviation(assetReturns(matrix, i)));
  return { single, together: single.reduce((sum, value) => sum + value, 0), book: -k * sampleDeviation(profitAndLoss(matrix, exposures)) };
};
