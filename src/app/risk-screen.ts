/** VaR and ES of one method, side by side with the others. */
export interface RiskMethodRow {
  readonly method: string;
  /** Positive for a loss, decimal; undefined where the method has no answer, which `problem` explains. */
  readonly valueAtRisk?: number;
  readonly expectedShortfall?: number;
  readonly problem?: string;
  readonly warnings: readonly string[];
  /** Formulas that give the same numbers in a cell, references filled in, beginning with =. */
  readonly valueAtRiskFormula: string;
  readonly expectedShortfallFormula: string;
}

/** One verdict of a back-test. */
export interface RiskVerdict {
  readonly test: string;
  readonly statistic?: number;
  readonly pValue?: number;
  readonly decision: string;
  readonly detail: string;
}

/** One day of the plot: the return and the VaR known the day before; both decimals, VaR positive. */
export interface RiskDay {
  readonly date: string;
  readonly value: number;
  /** undefined in the first window, where no VaR was known yet. */
  readonly valueAtRisk?: number;
  readonly isException: boolean;
}

/** What the Risk tab shows. */
export interface RiskScreen {
  /** Columns of the prices table. */
  readonly series: readonly string[];
  readonly chosen: string;
  readonly confidence: number;
  readonly esConfidence: number;
  readonly observations: number;
  readonly dropped: number;
  readonly methods: readonly RiskMethodRow[];
  readonly days: readonly RiskDay[];
  /** Returns in the rolling window behind each day's VaR. */
  readonly window: number;
  readonly exceptions: number;
  readonly verdicts: readonly RiskVerdict[];
  /** Problems of the prices table; nothing else is shown when one is an error. */
  readonly problem?: string;
}

/** What the person chooses on the Risk tab. */
export interface RiskChoice {
  readonly series?: string;
  /** Default 0.99. */
  readonly confidence?: number;
}
