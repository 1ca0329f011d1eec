import { DomainError } from "../basics/domain-error";
import { kupiecTest } from "./backtests/coverage-tests";
import { logLossToSimple } from "./price-returns";

/** What is added to the loss over the close-out period. */
export interface HaircutTerms {
  /** The loss is a log number (default) or already simple. */
  readonly returns: "log" | "simple";
  /** Price gap at the liquidation, decimal. */
  readonly gap: number;
  /** Liquidity add-on (spread, market impact), decimal. */
  readonly liquidity: number;
  /** Never below this, decimal. */
  readonly floor: number;
}

/**
 * Turns a loss over the close-out period into a haircut: 1 - exp(-loss) for log returns, plus gap and liquidity, at least the floor, in [0, 1].
 *
 * @param loss VaR or ES over the period, positive
 * @throws DomainError badInput for a negative add-on or a floor outside [0, 1]
 */
export const haircutFromLoss = (loss: number, terms: HaircutTerms): number => {
  const { gap, liquidity, floor } = terms;
  for (const [name, value] of [
    ["gap", gap],
    ["liquidity", liquidity],
    ["floor", floor],
  ] as const) {
    if (!(value >= 0 && value <= 1)) throw new DomainError("badInput", `${name}=${value} must be a decimal from 0 to 1. Write ${name}=0.02.`);
  }
  const fall = terms.returns === "log" ? logLossToSimple(loss) : loss;
  return Math.min(1, Math.max(0, floor, fall + gap + liquidity));
};

/** How a haircut held up in history. */
export interface HaircutBacktest {
  /** Windows looked at: overlapping and, for the tests, side by side. */
  readonly windows: number;
  readonly breaches: number;
  /** Largest fall over a window, decimal; its first position. */
  readonly worstFall: number;
  readonly worstStart: number;
  /** Starts of the breached windows, in order. */
  readonly breachStarts: readonly number[];
  readonly separateWindows: number;
  readonly separateBreaches: number;
  readonly kupiec: { readonly statistic: number; readonly pValue: number };
}

/**
 * Back-tests a haircut: a breach is a fall over the close-out period strictly larger than the haircut.
 *
 * @param prices oldest first, > 0
 * @param haircut decimal, 0..1
 * @param rows rows of the close-out period, whole, >= 1
 * @param tail share of breaches that the haircut was meant to allow, 1 - c
 * @param price end: the price at the end of the period; lowest: the lowest within it
 * @throws DomainError badInput, tooLittleData
 */
export const backtestHaircut = (prices: Float64Array, haircut: number, rows: number, tail: number, price: "end" | "lowest"): HaircutBacktest => {
  if (!(haircut >= 0 && haircut <= 1)) throw new DomainError("badInput", `haircut ${haircut} must be a decimal from 0 to 1. Write 8% as 0.08.`);
  if (!Number.isInteger(rows) || rows < 1)
    throw new DomainError("badInput", `days x periodsPerDay is ${rows}; it must be a whole number of rows, at least 1.`);
  const windows = prices.length - rows;
  if (windows < 1) throw new DomainError("tooLittleData", `${prices.length} prices hold no period of ${rows} rows. Add prices or shorten days.`);
  const falls = Float64Array.from({ length: windows }, (_, start) => {
    let last = prices[start + rows]!;
    if (price === "lowest") for (let t = start + 1; t < start + rows; t++) last = Math.min(last, prices[t]!);
    return 1 - last / prices[start]!;
  });
  const breachStarts: number[] = [];
  let worstStart = 0;
  let separateBreaches = 0;
  let separateWindows = 0;
  falls.forEach((fall, start) => {
    if (fall > haircut) breachStarts.push(start);
    if (fall > falls[worstStart]!) worstStart = start;
    if (start % rows !== 0) return;
    separateWindows++;
    if (fall > haircut) separateBreaches++;
  });
  return {
    windows,
    breaches: breachStarts.length,
    worstFall: falls[worstStart]!,
    worstStart,
    breachStarts,
    separateWindows,
    separateBreaches,
    kupiec: kupiecTest(separateBreaches, separateWindows, tail),
  };
};
