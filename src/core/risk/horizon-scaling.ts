import { DomainError } from "../basics/domain-error";
import { sampleMean } from "./moments";

/**
 * Calculates the factor by which a one-period standard deviation grows over h periods with first-order autocorrelation rho:
 * sqrt(h + 2 sum_{k<h} (h - k) rho^k).
 *
 * @param horizon whole periods, >= 1
 * @param rho autocorrelation, |rho| < 1; 0 gives sqrt(h)
 * @throws DomainError badInput
 * @source C. Alexander (2008), Market Risk Analysis IV, IV.1.5.3
 */
export const autocorrelatedScale = (horizon: number, rho: number): number => {
  if (!Number.isInteger(horizon) || horizon < 1) throw new DomainError("badInput", `horizon ${horizon} must be whole with scaling=ar1. Round it.`);
  if (!(Math.abs(rho) < 1)) throw new DomainError("badInput", `rho ${rho} must lie between -1 and 1. Check rho=.`);
  let sum = horizon;
  let power = 1;
  for (let k = 1; k < horizon; k++) {
    power *= rho;
    sum += 2 * (horizon - k) * power;
    if (Math.abs(power) < 1e-18) break;
  }
  return Math.sqrt(sum);
};

/** Calculates the first-order autocorrelation of a series (sums over n, mean removed); 0 for a constant series. */
export const firstAutocorrelation = (values: Float64Array): number => {
  if (values.length < 3)
    throw new DomainError("tooLittleData", `Autocorrelation needs at least 3 returns; ${values.length} found. Add data or give rho=.`);
  const centre = sampleMean(values);
  let cross = 0;
  let square = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre;
    square += deviation * deviation;
    if (i > 0) cross += deviation * (values[i - 1]! - centre);
  }
  return square === 0 ? 0 : cross / square;
};

/**
 * Builds the returns over every window of h consecutive periods.
 *
 * @param values one-period returns
 * @param horizon whole periods, >= 1
 * @param kind log returns are added, simple returns compounded
 * @returns values.length - horizon + 1 returns, window i ending at position i + horizon - 1
 * @throws DomainError badInput for a horizon that is not whole, tooLittleData when no window fits
 */
export const overlappingReturns = (values: Float64Array, horizon: number, kind: "log" | "simple"): Float64Array => {
  if (!Number.isInteger(horizon) || horizon < 1)
    throw new DomainError("badInput", `horizon ${horizon} must be whole with scaling=overlapping. Round it.`);
  const count = values.length - horizon + 1;
  if (count < 1)
    throw new DomainError("tooLittleData", `${values.length} returns hold no window of ${horizon} periods. Add data or shorten horizon.`);
  const windows = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let total = kind === "log" ? 0 : 1;
    for (let k = i; k < i + horizon; k++) total = kind === "log" ? total + values[k]! : total * (1 + values[k]!);
    windows[i] = kind === "log" ? total : total - 1;
  }
  return windows;
};
