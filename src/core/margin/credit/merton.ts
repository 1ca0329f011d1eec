import { DomainError } from "../../basics/domain-error";
import { normalCumulative } from "../internal/normal";

/** What a structural model reads. */
export interface MertonInput {
  /** Market value of equity, > 0. */
  readonly equity: number;
  /** Annual decimal, > 0. */
  readonly equityVolatility: number;
  /** Default point: debt due at the horizon, > 0. */
  readonly debt: number;
  readonly years: number;
  /** Annual, continuously compounded. */
  readonly rate: number;
  /** Annual drift of assets for a physical probability; undefined = the rate (risk-neutral). */
  readonly drift?: number;
}

/** Structural default probability and what it rests on. */
export interface MertonAnswer {
  readonly defaultProbability: number;
  readonly distanceToDefault: number;
  readonly assetValue: number;
  readonly assetVolatility: number;
  /** Annual credit spread over the rate that the model implies. */
  readonly spread: number;
}

interface Firm {
  readonly value: number;
  readonly d1: number;
}

/** Equity as a call on the assets, at an asset value and volatility. */
const equityOf = (input: MertonInput, value: number, volatility: number): { readonly equity: number; readonly d1: number } => {
  const deviation = volatility * Math.sqrt(input.years);
  const owed = input.debt * Math.exp(-input.rate * input.years);
  const d1 = Math.log(value / owed) / deviation + 0.5 * deviation;
  return { equity: value * normalCumulative(d1) - owed * normalCumulative(d1 - deviation), d1 };
};

/** Solves the asset value at which equity is worth what it is; it lies between equity and equity + discounted debt. */
const firmAt = (input: MertonInput, volatility: number): Firm => {
  let low = input.equity;
  let high = input.equity + input.debt * Math.exp(-input.rate * input.years);
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
    const middle = 0.5 * (low + high);
    if (equityOf(input, middle, volatility).equity < input.equity) low = middle;
    else high = middle;
  }
  const value = 0.5 * (low + high);
  return { value, d1: equityOf(input, value, volatility).d1 };
};

/**
 * Calculates the structural probability of default of Merton (1974): equity is a call on the firm's assets.
 *
 * Solves E = V N(d1) - D e^(-rT) N(d2) and sigma_E E = N(d1) sigma_V V for V and sigma_V by two nested bisections: the elasticity of equity is at
 * least 1, so sigma_V lies in (0, sigma_E].
 *
 * @throws DomainError badInput for inputs that are not above 0
 * @source R. Merton (1974), On the pricing of corporate debt
 */
export const mertonDefault = (input: MertonInput): MertonAnswer => {
  for (const [name, value] of [
    ["equity", input.equity],
    ["equityVolatility", input.equityVolatility],
    ["debt", input.debt],
    ["years", input.years],
  ] as const) {
    if (!(value > 0) || !Number.isFinite(value)) throw new DomainError("badInput", `${name} is ${value}. It must be above 0.`);
  }
  let low = 0;
  let high = input.equityVolatility;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
    const middle = 0.5 * (low + high);
    const firm = firmAt(input, middle);
    if ((normalCumulative(firm.d1) * middle * firm.value) / input.equity < input.equityVolatility) low = middle;
    else high = middle;
  }
  const assetVolatility = 0.5 * (low + high);
  const { value } = firmAt(input, assetVolatility);
  const deviation = assetVolatility * Math.sqrt(input.years);
  const growth = (input.drift ?? input.rate) * input.years;
  const distanceToDefault = (Math.log(value / input.debt) + growth) / deviation - 0.5 * deviation;
  return {
    defaultProbability: normalCumulative(-distanceToDefault),
    distanceToDefault,
    assetValue: value,
    assetVolatility,
    spread: -Math.log((value - input.equity) / input.debt) / input.years - input.rate,
  };
};
