import { normalCumulative, normalDensity } from "./internal/normal";

/** Value of an option on a forward and its sensitivities, per unit of the underlying, undiscounted. */
export interface OptionValue {
  readonly value: number;
  /** Change per unit of the forward. */
  readonly delta: number;
  /** Change per 1.00 of volatility. */
  readonly vega: number;
}

/**
 * Values a European option on a forward by Black's formula of 1976, without discounting.
 *
 * At or after expiry, or without volatility, it is worth what it would pay now.
 *
 * @param forward price of the underlying, > 0
 * @param strike > 0
 * @param volatility annual decimal
 * @param years time to expiry, 365 days each
 */
export const black76 = (optionType: "call" | "put", forward: number, strike: number, volatility: number, years: number): OptionValue => {
  const sign = optionType === "call" ? 1 : -1;
  const deviation = volatility * Math.sqrt(Math.max(0, years));
  if (!(deviation > 0)) {
    const isInTheMoney = sign * (forward - strike) > 0;
    return { value: isInTheMoney ? sign * (forward - strike) : 0, delta: isInTheMoney ? sign : 0, vega: 0 };
  }
  const d1 = Math.log(forward / strike) / deviation + 0.5 * deviation;
  const d2 = d1 - deviation;
  return {
    value: sign * (forward * normalCumulative(sign * d1) - strike * normalCumulative(sign * d2)),
    delta: sign * normalCumulative(sign * d1),
    vega: forward * normalDensity(d1) * Math.sqrt(years),
  };
};
