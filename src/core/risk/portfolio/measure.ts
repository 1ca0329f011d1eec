/** VaR or ES of a book split by asset. */
export interface Decomposition {
  readonly total: number;
  /** Derivative by exposure: loss per unit of currency added to the asset. */
  readonly marginal: Float64Array;
  /** Exposure x marginal; adds up to the total. */
  readonly component: Float64Array;
}

/** How a method measures a book: on its own P&L, and split by asset. */
export interface BookMeasure {
  /** Calculates the number of a P&L series. */
  readonly of: (profits: Float64Array) => number;
  /** Splits the number of the whole book by asset. */
  readonly decompose: () => Decomposition;
}

/** Builds a decomposition from marginals. */
export const fromMarginals = (total: number, marginal: Float64Array, exposures: Float64Array): Decomposition => ({
  total,
  marginal,
  component: marginal.map((value, i) => value * exposures[i]!),
});
