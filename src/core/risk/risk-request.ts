/** The models behind VaR and ES, as users write them. */
export const RISK_METHODS = [
  "historical",
  "normal",
  "student-t",
  "cornish-fisher",
  "ewma",
  "garch",
  "filtered-historical",
  "volatility-scaled",
  "age-weighted",
  "evt",
  "monte-carlo",
] as const;

/** One of the models behind VaR and ES. */
export type RiskMethod = (typeof RISK_METHODS)[number];

/** The two measures that every method answers. */
export type RiskMeasure = "valueAtRisk" | "expectedShortfall";

/** How a one-period number becomes a horizon number; `forecast` sums the variance path of a GARCH model. */
export const SCALINGS = ["sqrt", "overlapping", "ar1", "forecast"] as const;

/** One of the horizon rules. */
export type Scaling = (typeof SCALINGS)[number];

/** How the EWMA recursion starts: first return squared, sample variance, or weights normalised to one over the window. */
export const EWMA_STARTS = ["first", "sample-variance", "normalised"] as const;

/** One of the EWMA starts. */
export type EwmaStart = (typeof EWMA_STARTS)[number];

/** What VaR or ES is asked for. Every omitted entry takes the documented default. */
export interface RiskRequest {
  readonly measure: RiskMeasure;
  readonly method: RiskMethod;
  /** 0.5 <= confidence < 1. */
  readonly confidence: number;
  /** Tail probability 1 - c, where it is known better than the confidence level. */
  readonly tailProbability?: number;
  /** `inc`, `exc`, `discrete`, `1` .. `9`; default inc. */
  readonly quantile?: string;
  /** Expected shortfall of historical scenarios; default acerbi-tasche. */
  readonly estimator?: "acerbi-tasche" | "tailmean";
  /** Return periods, > 0; default 1. */
  readonly horizon?: number;
  readonly scaling?: Scaling;
  /** First-order autocorrelation for scaling=ar1; default estimated. */
  readonly rho?: number;
  readonly mean?: "sample" | "zero";
  /** What the input is; overlapping windows add log returns and compound simple ones. Default log. */
  readonly returns?: "log" | "simple";
  /** Degrees of freedom of a t distribution; default fitted. */
  readonly df?: number;
  /** EWMA decay, default 0.94. */
  readonly lambda?: number;
  readonly start?: EwmaStart;
  /** Innovations of GARCH and Monte Carlo, default normal. */
  readonly dist?: "normal" | "t";
  /** Volatility model behind volatility-scaled and filtered-historical; default ewma and garch. */
  readonly volatility?: "ewma" | "garch";
  /** Age weighting, default 0.98. */
  readonly decay?: number;
  /** Use only this many of the newest returns. */
  readonly window?: number;
  /** Positive loss size above which a generalised Pareto tail is fitted. */
  readonly threshold?: number;
  /** Probability of the threshold when it is not given as a size; default 0.95. */
  readonly thresholdQuantile?: number;
  readonly fit?: "ml" | "pwm" | "hill";
  /** Number of order statistics of Hill's estimator. */
  readonly tailCount?: number;
  readonly paths?: number;
  readonly seed?: number;
  /** Scenario weights, one per return, >= 0; historical only. */
  readonly weights?: Float64Array;
  /** Collect the scenarios behind the number (costs another pass). */
  readonly isExplained?: boolean;
}

/** One scenario behind a number: position among the returns used, its return and its weight in the number. */
export interface RiskScenario {
  readonly position: number;
  readonly value: number;
  readonly weight: number;
}

/** A VaR or ES with everything needed to explain it. */
export interface RiskEstimate {
  /** Loss over the horizon in units of the returns, positive for a loss. */
  readonly value: number;
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** The rule in words: model, quantile rule, scaling. */
  readonly rule: string;
  readonly used: number;
  /** Named numbers such as mean, standard deviation, fitted parameters. */
  readonly details: readonly (readonly [string, number | string])[];
  readonly scenarios: readonly RiskScenario[];
  readonly warnings: readonly string[];
}
