import { readFileSync } from "node:fs";
import { join } from "node:path";

const fixture = (name: string): string[] =>
  readFileSync(join(__dirname, "../fixtures/risk", name), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1);

/** Closing prices of DAX, SMI, CAC and FTSE, one row per day. */
export const euPrices = (): number[][] => fixture("eu_stock_markets.csv").map((line) => line.split(",").map(Number));

/** Simple returns of the four indices, one row per day. */
export const euReturns = (): number[][] => {
  const prices = euPrices();
  return prices.slice(1).map((row, day) => row.map((price, i) => price / prices[day]![i]! - 1));
};

/** Log returns of the DAX, 1859 of them. */
export const daxLogReturns = (): number[] => {
  const prices = euPrices().map((row) => row[0]!);
  return prices.slice(1).map((price, day) => Math.log(price / prices[day]!));
};

/** Danish fire losses in millions. */
export const danishLosses = (): number[] => fixture("danish.csv").map(Number);

/** DEM/GBP returns in percent. */
export const demGbpReturns = (): number[] => fixture("dem2gbp.csv").map((line) => Number(line.split(",")[1]));
