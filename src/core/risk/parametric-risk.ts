import { normalDensity, normalUpperInverse } from "./normal-distribution";
import { studentTDensity, studentTUpperInverse } from "./student-t-distribution";

/** VaR and ES of one distribution at one tail probability, both positive for a loss. */
export interface RiskPair {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

/**
 * Calculates VaR and ES of normal returns: sd z - mean and sd phi(z) / (1 - c) - mean.
 *
 * @param mean of the return over the horizon
 * @param deviation standard deviation over the horizon, >= 0
 * @param tail tail probability 1 - c
 * @source McNeil, Frey, Embrechts (2015), Quantitative Risk Management, examples 2.11 and 2.14
 */
export const normalRisk = (mean: number, deviation: number, tail: number): RiskPair => {
  const z = normalUpperInverse(tail);
  return { valueAtRisk: deviation * z - mean, expectedShortfall: (deviation * normalDensity(z)) / tail - mean };
};

/**
 * Calculates VaR and ES of location-scale Student-t returns.
 *
 * ES needs df > 1 and is Infinity otherwise.
 *
 * @param location centre over the horizon
 * @param scale of the t distribution (not its standard deviation), >= 0
 * @param df degrees of freedom, > 0
 * @param tail tail probability 1 - c
 * @source McNeil, Frey, Embrechts (2015), examples 2.11 and 2.15
 */
export const studentTRisk = (location: number, scale: number, df: number, tail: number): RiskPair => {
  const q = studentTUpperInverse(tail, df);
  const shortfall = df > 1 ? ((studentTDensity(q, df) / tail) * (df + q * q)) / (df - 1) : Infinity;
  return { valueAtRisk: scale * q - location, expectedShortfall: scale * shortfall - location };
};

/** Calculates the scale of a t distribution with df > 2 from its standard deviation: sd sqrt((df - 2) / df). */
export const studentTScale = (deviation: number, df: number): number => deviation * Math.sqrt((df - 2) / df);
