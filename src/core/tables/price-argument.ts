import { isBlank, showCell } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import { readPriceTable } from "./price-columns";
import { refuseCell, serialToText } from "./return-column";

/** One column of prices without blanks. */
export interface PriceSeries {
  readonly values: Float64Array;
  /** Where a position is: its date, or its row in the range. */
  readonly nameOf: (position: number) => string;
  /** Blank rows at the start and the end that were left out. */
  readonly dropped: number;
}

/**
 * Reads a series of prices that must all be above 0; blank rows are allowed before the first and after the last price only.
 *
 * @throws DomainError badInput with the row, tooLittleData when nothing is left
 */
export const readPriceSeries = (argument: unknown, hasDates: boolean): PriceSeries => {
  const { prices, times } = readPriceTable(argument, hasDates);
  const isAcross = prices.length === 1 && times === undefined;
  if (!isAcross && (prices[0]?.length ?? 0) > 1)
    throw new DomainError("badInput", `prices has ${prices[0]!.length} columns. Give one column (a date column needs dates=first).`);
  const cells = isAcross ? prices[0]! : prices.map((row) => row[0]);
  const isFilled = (index: number): boolean => !isBlank(cells[index]) && cells[index] !== 0;
  let first = 0;
  let last = cells.length - 1;
  while (first <= last && !isFilled(first)) first++;
  while (last >= first && !isFilled(last)) last--;
  if (first > last) throw new DomainError("tooLittleData", "prices hold no numbers. Point to a column of prices.");
  const values = Float64Array.from({ length: last - first + 1 }, (_, k) => {
    const row = first + k + 1;
    const cell = cells[first + k];
    if (!isFilled(first + k)) throw new DomainError("badInput", `prices row ${row} is blank or 0. Fill in the price.`);
    if (typeof cell !== "number" || !Number.isFinite(cell)) return refuseCell(cell, "prices", row);
    if (cell < 0) throw new DomainError("badInput", `prices row ${row} is ${showCell(cell)}, below 0. Correct that price.`);
    return cell;
  });
  return {
    values,
    nameOf: (position) =>
      times === undefined ? `row ${first + position + 1}` : `${serialToText(times[first + position]!)}, row ${first + position + 1}`,
    dropped: cells.length - values.length,
  };
};
