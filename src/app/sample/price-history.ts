import { excelDate, type SampleCell } from "./sample-table";

/** One synthetic series: daily volatility, loading on the common factor, last price. */
interface Series {
  readonly name: string;
  readonly last: number;
  readonly dailyVolatility: number;
  /** Share of the common crypto factor, -1 to 1. */
  readonly crypto: number;
  /** Share of the common rates factor, -1 to 1. */
  readonly rates: number;
  /** Significant decimals of a price. */
  readonly decimals: number;
  /** The series whose return it repeats, with its own volatility as the basis on top. */
  readonly tracks?: string;
}

const series: readonly Series[] = [
  { name: "BTC", last: 92000, dailyVolatility: 0.026, crypto: 0.92, rates: 0, decimals: 2 },
  { name: "ETH", last: 3150, dailyVolatility: 0.036, crypto: 0.88, rates: 0, decimals: 2 },
  { name: "stETH", last: 3140, dailyVolatility: 0.0012, crypto: 0.3, rates: 0, decimals: 2, tracks: "ETH" },
  { name: "SOL", last: 140, dailyVolatility: 0.046, crypto: 0.8, rates: 0, decimals: 3 },
  { name: "PAXG", last: 4050, dailyVolatility: 0.011, crypto: 0.05, rates: 0.35, decimals: 2 },
  { name: "USDC", last: 1, dailyVolatility: 0.0003, crypto: 0.1, rates: 0, decimals: 5 },
  { name: "USDT", last: 0.9995, dailyVolatility: 0.0004, crypto: 0.15, rates: 0, decimals: 5 },
  { name: "USDe", last: 0.998, dailyVolatility: 0.0011, crypto: 0.35, rates: 0, decimals: 5 },
  { name: "912828E10", last: 98.4, dailyVolatility: 0.0013, crypto: -0.05, rates: 0.9, decimals: 4 },
  { name: "INDEX-ETF-US", last: 612, dailyVolatility: 0.0105, crypto: 0.4, rates: 0.1, decimals: 2 },
  { name: "EUR", last: 1.16, dailyVolatility: 0.0045, crypto: 0.1, rates: 0.25, decimals: 5 },
  { name: "GBP", last: 1.32, dailyVolatility: 0.005, crypto: 0.12, rates: 0.2, decimals: 5 },
];

/** Days of history, weekends included: coins trade on them. */
export const historyDays = 540;

/** A small seeded generator (mulberry32 in form): the same seed gives the same numbers on every machine. */
const seededUniform = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** Twelve uniforms less six: near enough to normal, and without the logarithms and cosines whose last digit differs between machines. */
const nearNormal = (uniform: () => number): number => {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += uniform();
  return sum;
};

/** Calm and wild stretches of volatility, so that the estimators have something to tell apart. */
const regimeOf = (day: number): number => (day % 180 < 25 ? 1.6 : day % 90 < 20 ? 1.2 : 0.8);

const dailyReturns = (): readonly (readonly number[])[] => {
  const uniform = seededUniform(20261120);
  return Array.from({ length: historyDays - 1 }, (_, day) => {
    const jump = uniform() < 0.03 ? 1.9 : 1;
    const scale = regimeOf(day) * jump;
    const crypto = nearNormal(uniform);
    const rates = nearNormal(uniform);
    const own = series.map((one) => {
      const rest = Math.sqrt(Math.max(0, 1 - one.crypto ** 2 - one.rates ** 2));
      const shock = one.crypto * crypto + one.rates * rates + rest * nearNormal(uniform);
      return one.dailyVolatility * scale * shock;
    });
    return series.map(
      (one, index) => (own[index] ?? 0) + (one.tracks === undefined ? 0 : (own[series.findIndex(({ name }) => name === one.tracks)] ?? 0)),
    );
  });
};

/** Column names of the history: date, then the assets and currencies. */
export const historyColumns: readonly string[] = ["date", ...series.map((one) => one.name)];

/**
 * Makes the synthetic history: dates ascending, the last row at today's prices.
 *
 * @param lastDate ISO date of the last row
 */
export const priceHistory = (lastDate: string): readonly (readonly SampleCell[])[] => {
  const returns = dailyReturns();
  const last = excelDate(lastDate);
  const rows: SampleCell[][] = [];
  const prices = series.map((one) => one.last);
  for (let day = historyDays - 1; day >= 0; day -= 1) {
    rows.push([last - (historyDays - 1 - day), ...prices.map((price, column) => Number(price.toFixed(series[column]?.decimals ?? 4)))]);
    const step = returns[day - 1];
    step?.forEach((change, column) => {
      // Backwards in time: yesterday's price is today's without today's return. Pegged coins are pulled to their level.
      const now = prices[column] ?? 1;
      const anchor = series[column]?.last ?? 1;
      const isPegged = (series[column]?.dailyVolatility ?? 1) < 0.002 && series[column]?.tracks === undefined && Math.abs(anchor - 1) < 0.01;
      const pull = isPegged ? 0.2 * (anchor - now) : 0;
      prices[column] = now / (1 + change) + pull;
    });
  }
  return rows.reverse();
};
