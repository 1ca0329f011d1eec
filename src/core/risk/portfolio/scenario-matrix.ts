/** Simple returns of several assets over several scenarios, stored scenario by scenario. */
export interface ScenarioMatrix {
  readonly scenarios: number;
  readonly assets: number;
  /** Entry scenario * assets + asset. */
  readonly values: Float64Array;
}

/**
 * Calculates the profit or loss of a book in every scenario: the sum of exposure x simple return.
 *
 * @param exposures market value per asset, one currency, > 0 = long
 */
export const profitAndLoss = (matrix: ScenarioMatrix, exposures: Float64Array): Float64Array => {
  const { scenarios, assets, values } = matrix;
  const result = new Float64Array(scenarios);
  for (let s = 0, at = 0; s < scenarios; s++) {
    // Four running sums let the additions overlap.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let i = 0;
    for (; i + 3 < assets; i += 4, at += 4) {
      a += exposures[i]! * values[at]!;
      b += exposures[i + 1]! * values[at + 1]!;
      c += exposures[i + 2]! * values[at + 2]!;
      d += exposures[i + 3]! * values[at + 3]!;
    }
    for (; i < assets; i++, at++) a += exposures[i]! * values[at]!;
    result[s] = a + b + (c + d);
  }
  return result;
};

/** Reads one asset's returns out of the matrix. */
export const assetReturns = ({ scenarios, assets, values }: ScenarioMatrix, asset: number): Float64Array => {
  const result = new Float64Array(scenarios);
  for (let s = 0, at = asset; s < scenarios; s++, at += assets) result[s] = values[at]!;
  return result;
};
