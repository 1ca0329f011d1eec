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

/**
 * Solves the asset value at which equity is worth what it is, by Newton's method from equity + discounted debt: the call is convex in the asset value,
 * so the steps fall towards the root and never pass it.
 */
const firmAt = (input: MertonInput, volatility: number): Firm => {
  let value = input.equity + input.debt * Math.exp(-input.rate * input.years);
  for (let step = 0; step < 100; step += 1) {
    const { equity, d1 } = equityOf(input, value, volatility);
    const change = (equity - input.equity) / normalCumulative(d1);
    value -= change;
    if (!(Math.abs(change) > 1e-15 * value)) break;
  }
  return { value, d1: equityOf(input, value, volatility).d1 };
};

/** How much the equity volatility that an asset volatility implies exceeds the one given. */
const excessVolatility = (input: MertonInput, volatility: number): number => {
  const firm = firmAt(input, volatility);
  return (normalCumulative(firm.d1) * volatility * firm.value) / input.equity - input.equityVolatility;
};

/**
 * Calculates the structural probability of default of Merton (1974): equity is a call on the firm's assets.
 *
 * Solves E = V N(d1) - D e^(-rT) N(d2) and sigma_E E = N(d1) sigma_V V for V and sigma_V: the elasticity of equity is at
 * least 1, so sigma_V lies in (0, sigma_E], where it is bracketed by the Illinois form of false position.
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
  if (input.equityVolatility > 10) throw new DomainError("badInput", `equityVolatility is ${input.equityVolatility}, above 10. Write 0.4 for 40 %.`);
  const assetVolatility = solveAssetVolatility(input);
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

const solveAssetVolatility = (input: MertonInput): number => {
  let [low, high] = [0, input.equityVolatility];
  let [atLow, atHigh] = [-input.equityVolatility, excessVolatility(input, high)];
  let lastSide = 0;
  for (let step = 0; step < 100 && high - low > 1e-14 * high && atHigh !== 0; step += 1) {
    const middle = high - (atHigh * (high - low)) / (atHigh - atLow);
    const excess = excessVolatility(input, middle);
    if (excess < 0) {
      [low, atLow] = [middle, excess];
      // The same end twice: halving the other's weight keeps the bracket shrinking from both sides.
      if (lastSide === -1) atHigh /= 2;
      lastSide = -1;
    } else {
      [high, atHigh] = [middle, excess];
      if (lastSide === 1) atLow /= 2;
      lastSide = 1;
    }
    if (Math.abs(excess) <= 1e-15 * input.equityVolatility) return middle;
  }
  return Math.abs(atLow) < Math.abs(atHigh) ? low : high;
};
