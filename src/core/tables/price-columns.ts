import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import type { ReturnKind } from "../risk/price-returns";
import { choiceOption, numberOption, type FunctionOptions } from "./function-options";
import { asMatrix } from "./return-column";
import { firstNotRising, guessCalendar, relativeGaps } from "./time-gaps";

/** Prices as given: rows of cells, and a date per row where the first column holds dates. */
export interface PriceTable {
  readonly prices: CellMatrix;
  readonly dateCells: readonly CellValue[] | undefined;
  readonly times: readonly number[] | undefined;
}

/** Reads a serial date or an ISO date text. @throws DomainError badInput */
const timeOf = (cell: CellValue, row: number): number => {
  if (typeof cell === "number" && Number.isFinite(cell) && cell !== 0) return cell;
  const parsed =
    typeof cell === "string" && /^\d{4}-\d{2}-\d{2}/.test(cell.trim())
      ? Date.parse(
          cell.trim().length === 10
            ? cell.trim()
            : cell
                .trim()
                .replace(" ", "T")
                .replace(/(T\d{2}:\d{2}(:\d{2})?)$/, "$1Z"),
        )
      : NaN;
  if (!Number.isFinite(parsed))
    throw new DomainError("badInput", `dates row ${row} is ${showCell(cell).slice(0, 30)}, not a date. Use Excel dates or 2026-01-31.`);
  return parsed / 86400000 + 25569;
};

/** Splits a range of prices; a lone row is taken as a series across columns. @throws DomainError badInput for dates that do not rise */
export const readPriceTable = (argument: unknown, hasDates: boolean): PriceTable => {
  const matrix = asMatrix(argument);
  if (!hasDates) return { prices: matrix, dateCells: undefined, times: undefined };
  if ((matrix[0]?.length ?? 0) < 2) throw new DomainError("badInput", "dates=first needs a date column and at least one price column.");
  const dateCells = matrix.map((row) => row[0]);
  const times = dateCells.map((cell, i) => timeOf(cell, i + 1));
  const bad = firstNotRising(times);
  if (bad !== undefined) throw new DomainError("badInput", `dates row ${bad + 1} is not later than the row before. Sort by date and remove doubles.`);
  return { prices: matrix.map((row) => row.slice(1)), dateCells, times };
};

const priceOf = (cell: CellValue, row: number, isZeroAllowed: boolean): number => {
  if (typeof cell === "number" && Number.isFinite(cell)) {
    if (cell === 0 && !isZeroAllowed) throw new DomainError("badInput", `prices row ${row} is blank or 0. Fill in the price.`);
    return cell;
  }
  if (isBlank(cell)) throw new DomainError("badInput", `prices row ${row} is blank or 0. Fill in the price.`);
  if (isErrorCell(cell))
    throw new DomainError(
      /n\/a|notavailable/i.test(showCell(cell)) ? "notFound" : "badInput",
      `prices row ${row} holds the error ${showCell(cell)}. Fix that cell.`,
    );
  throw new DomainError("badInput", `prices row ${row} is ${showCell(cell).slice(0, 30)}, not a number. Correct that cell.`);
};

/** How to turn prices into returns. */
export interface PriceReturnOptions {
  readonly type: ReturnKind;
  /** The return of two prices; throws where it is not defined. */
  readonly returnOf: (from: number, to: number, type: ReturnKind) => number;
  readonly options: FunctionOptions;
}

/** Time factor of each row: 1, a scale, or undefined over a hole. */
const gapFactors = (table: PriceTable, step: number, options: FunctionOptions): ((row: number) => number | DomainError) => {
  if (table.times === undefined) return () => 1;
  const gaps = choiceOption(options, "gaps", ["na", "scale", "keep"], "na");
  if (gaps === "keep") return () => 1;
  const { times } = table;
  const chosen = choiceOption(options, "calendar", ["auto", "every-day", "weekdays"], "auto");
  const spacing = options.has("spacing") ? numberOption(options, "spacing", 1) : undefined;
  if (spacing !== undefined && !(spacing > 0)) throw new DomainError("badInput", `spacing=${spacing} must be above 0 days. Write spacing=1.`);
  const relative = relativeGaps(times, chosen === "auto" ? guessCalendar(times) : chosen, spacing);
  return (row) => {
    let length = 0;
    for (let k = row - step; k < row; k++) length += relative[k]!;
    if (length <= step * 1.5) return 1;
    if (gaps === "scale") return Math.sqrt(step / length);
    return new DomainError("noPrice", `Row ${row + 1} spans a hole of ${Number(length.toPrecision(3))} periods. Fill the prices or use gaps=scale.`);
  };
};

/**
 * Calculates returns row by row: same height as the prices, blank in the first `step` rows, an error in the bad rows only.
 *
 * A date column, when there is one, is passed through in front.
 */
export const returnsOfPrices = (table: PriceTable, { type, returnOf, options }: PriceReturnOptions): unknown[][] => {
  const isAcross = table.prices.length === 1 && table.dateCells === undefined;
  const rows: CellMatrix = isAcross ? table.prices[0]!.map((cell) => [cell]) : table.prices;
  const step = numberOption(options, "step", 1);
  if (!Number.isInteger(step) || step < 1) throw new DomainError("badInput", `step=${step} must be a whole number above 0. Write step=1.`);
  if (rows.length <= step)
    throw new DomainError("tooLittleData", `prices hold ${rows.length} rows; step=${step} needs at least ${step + 1}. Add prices.`);
  const isZeroAllowed = choiceOption(options, "zero", ["refused", "allowed"], "refused") === "allowed";
  const factorOf = gapFactors(table, step, options);
  const answer = rows.map((row, i) =>
    row.map((cell, column) => {
      if (i < step) return "";
      try {
        const factor = factorOf(i);
        if (factor instanceof DomainError) return factor;
        return factor * returnOf(priceOf(rows[i - step]![column], i - step + 1, isZeroAllowed), priceOf(cell, i + 1, isZeroAllowed), type);
      } catch (error) {
        if (error instanceof DomainError) return error;
        throw error;
      }
    }),
  );
  if (isAcross) return [answer.map((row) => row[0])];
  return table.dateCells === undefined ? answer : answer.map((row, i) => [table.dateCells![i], ...row]);
};
