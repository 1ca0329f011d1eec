import { isBlank, showCell, type CellMatrix, type CellValue } from "../core/basics/cell-value";
import { DomainError } from "../core/basics/domain-error";
import type { ReturnOrigin } from "../core/risk/explain-risk";
import { EWMA_STARTS, RISK_METHODS, SCALINGS, type RiskMeasure, type RiskMethod, type RiskRequest } from "../core/risk/risk-request";
import { choiceOption, numberOption, type FunctionOptions } from "../core/tables/function-options";
import { asMatrix, countZeroRuns, readReturnColumn, refuseCell, serialToText } from "../core/tables/return-column";

/** Reads the one cell of an argument: the rest of a range would be dropped in silence. @throws DomainError badInput */
const singleCell = (argument: unknown, name: string): CellValue => {
  const matrix = asMatrix(argument);
  if (matrix.length > 1 || (matrix[0]?.length ?? 0) > 1) throw new DomainError("badInput", `${name} is a range of several cells. Give one cell.`);
  return matrix[0]?.[0];
};

/** Reads a single cell that must be a number; a blank takes the default. @throws DomainError badInput */
export const numberArgument = (argument: unknown, name: string, fallback?: number): number => {
  const cell = singleCell(argument, name);
  if (isBlank(cell)) {
    if (fallback === undefined) throw new DomainError("badInput", `${name} is blank. Give a number.`);
    return fallback;
  }
  if (typeof cell !== "number" || !Number.isFinite(cell)) {
    if (typeof cell === "object") return refuseCell(cell, name, 1);
    throw new DomainError(
      "badInput",
      `${name} is ${showCell(cell).slice(0, 40)}, not a number. Give a number${fallback === undefined || Number.isNaN(fallback) ? "" : ` such as ${fallback}`}.`,
    );
  }
  return cell;
};

/** Reads a single cell that must be one of the given words; a blank takes the default. @throws DomainError badInput with the words */
export const wordArgument = <T extends string>(argument: unknown, name: string, words: readonly T[], fallback: T): T => {
  const cell = singleCell(argument, name);
  if (isBlank(cell)) return fallback;
  const text = typeof cell === "string" ? cell.trim().toLowerCase() : "";
  const found = words.find((word) => word.toLowerCase() === text);
  if (found === undefined)
    throw new DomainError("badInput", `${name} ${showCell(cell).slice(0, 30)} is unknown. Use ${words.join(", ")}.`.slice(0, 120));
  return found;
};

/** Reads an option that must be a number above a bound (or at it). @throws DomainError badInput */
export const optionalNumber = (options: FunctionOptions, key: string): number | undefined =>
  options.has(key) ? numberOption(options, key, 0) : undefined;

/** The options that choose and tune a method of VaR and ES. */
export const METHOD_OPTIONS = [
  "quantile",
  "estimator",
  "horizon",
  "days",
  "periodsPerDay",
  "scaling",
  "rho",
  "mean",
  "returns",
  "df",
  "lambda",
  "start",
  "dist",
  "volatility",
  "decay",
  "window",
  "threshold",
  "thresholdQuantile",
  "fit",
  "k",
  "paths",
  "seed",
  "tailProbability",
] as const;

/** Options that only some methods read; the others say so in output=table. */
const USED_BY: Readonly<Record<string, readonly RiskMethod[]>> = {
  quantile: ["historical", "age-weighted", "filtered-historical", "volatility-scaled", "monte-carlo"],
  estimator: ["historical", "filtered-historical", "volatility-scaled"],
  mean: ["normal", "student-t", "cornish-fisher", "ewma", "garch", "filtered-historical", "monte-carlo"],
  df: ["student-t", "monte-carlo"],
  lambda: ["ewma", "volatility-scaled", "filtered-historical"],
  start: ["ewma", "volatility-scaled", "filtered-historical"],
  dist: ["garch", "filtered-historical", "volatility-scaled", "monte-carlo"],
  volatility: ["filtered-historical", "volatility-scaled"],
  decay: ["age-weighted"],
  threshold: ["evt"],
  thresholdQuantile: ["evt"],
  fit: ["evt"],
  k: ["evt"],
  paths: ["monte-carlo"],
  seed: ["monte-carlo"],
  weights: ["historical"],
};

/** Names the options that the method does not read. */
export const unusedOptions = (options: FunctionOptions, method: RiskMethod): string[] =>
  [...options.keys()]
    .filter((key) => USED_BY[key] !== undefined && !USED_BY[key].includes(method))
    .map((key) => `option ${key} is not used by method ${method}`);

/** Reads the horizon in return periods: `horizon=`, or `days=` times `periodsPerDay=`. @throws DomainError badInput when both are given */
export const horizonOption = (options: FunctionOptions, fallbackDays?: number): number => {
  if (options.has("horizon") && (options.has("days") || options.has("periodsPerDay")))
    throw new DomainError("badInput", "Give horizon= or days=, not both.");
  if (options.has("horizon")) return numberOption(options, "horizon", 1);
  const perDay = numberOption(options, "periodsPerDay", 1);
  if (!(perDay > 0)) throw new DomainError("badInput", `periodsPerDay=${perDay} must be above 0. Write periodsPerDay=24 for hourly returns.`);
  return options.has("days") ? numberOption(options, "days", 1) * perDay : (fallbackDays ?? 1 / perDay) * perDay;
};

/** Builds the request of VaR or ES from method, confidence and options. @throws DomainError badInput */
export const riskRequest = (
  measure: RiskMeasure,
  confidence: unknown,
  method: unknown,
  options: FunctionOptions,
  fallbackConfidence: number,
  fallbackDays?: number,
): RiskRequest => {
  const numbers: Record<string, number> = {};
  for (const key of ["rho", "df", "lambda", "decay", "window", "threshold", "thresholdQuantile", "paths", "seed", "tailProbability"]) {
    const value = optionalNumber(options, key);
    if (value !== undefined) numbers[key] = value;
  }
  const tailCount = optionalNumber(options, "k");
  const quantile = options.get("quantile");
  const chosen = wordArgument(method, "method", RISK_METHODS, "historical");
  return {
    measure,
    method: chosen,
    confidence:
      numbers["tailProbability"] === undefined ? numberArgument(confidence, "confidence", fallbackConfidence) : 1 - numbers["tailProbability"],
    ...numbers,
    ...(tailCount === undefined ? {} : { tailCount }),
    ...(quantile === undefined ? {} : { quantile }),
    horizon: horizonOption(options, fallbackDays),
    estimator: choiceOption(options, "estimator", ["acerbi-tasche", "tailmean"], "acerbi-tasche"),
    scaling: choiceOption(options, "scaling", SCALINGS, "sqrt"),
    ...(options.has("mean") ? { mean: choiceOption(options, "mean", ["sample", "zero"], "sample") } : {}),
    returns: choiceOption(options, "returns", ["log", "simple"], "log"),
    start: choiceOption(options, "start", EWMA_STARTS, "first"),
    dist: choiceOption(options, "dist", ["normal", "t"], "normal"),
    ...(options.has("volatility") ? { volatility: choiceOption(options, "volatility", ["ewma", "garch"], "ewma") } : {}),
    fit: choiceOption(options, "fit", ["ml", "pwm", "hill"], "ml"),
    isExplained: choiceOption(options, "output", ["value", "simple", "table"], "value") === "table",
  };
};

/** Returns read from an argument, with where they came from and the scenario weights. */
export interface ReturnsArgument {
  readonly values: Float64Array;
  readonly origin: ReturnOrigin;
  readonly weights: Float64Array | undefined;
}

const listOfNumbers = (text: string, key: string): Float64Array => {
  const parts = text.split(/[|,\s]+/).filter((part) => part !== "");
  return Float64Array.from(parts, (part, i) => {
    const value = Number(part);
    if (!Number.isFinite(value))
      throw new DomainError("badInput", `${key} entry ${i + 1} is "${part.slice(0, 20)}", not a number. Separate numbers by |.`);
    return value;
  });
};

const weightOf = (cell: CellValue, row: number): number => {
  if (typeof cell === "number" && Number.isFinite(cell)) return cell;
  throw new DomainError("badInput", `weights row ${row} is ${showCell(cell).slice(0, 30)}, not a number. Give a weight of 0 or more.`);
};

const dateText = (cell: CellValue): string =>
  typeof cell === "number" ? serialToText(cell) : isBlank(cell) ? "no date" : showCell(cell).replace(/"/g, "");

const checkRising = (dates: readonly CellValue[], rows: Uint32Array): void => {
  let previous = -Infinity;
  for (const row of rows) {
    const cell = dates[row - 1];
    if (typeof cell !== "number") continue;
    if (!(cell > previous)) throw new DomainError("badInput", `dates row ${row} is not later than the row before. Sort by date and remove doubles.`);
    previous = cell;
  }
};

/** Splits a range into dates (dates=first), returns and weights (weights=last). */
const splitColumns = (
  argument: unknown,
  hasDates: boolean,
  hasWeights: boolean,
): { dates: CellValue[] | undefined; cells: unknown; weights: CellValue[] | undefined } => {
  if (!hasDates && !hasWeights) return { dates: undefined, cells: argument, weights: undefined };
  const matrix: CellMatrix = asMatrix(argument);
  const width = 1 + (hasDates ? 1 : 0) + (hasWeights ? 1 : 0);
  if (matrix.some((row) => row.length !== width)) {
    throw new DomainError("badInput", `returns must have ${width} columns: ${hasDates ? "date, " : ""}return${hasWeights ? ", weight" : ""}.`);
  }
  return {
    dates: hasDates ? matrix.map((row) => row[0]) : undefined,
    cells: matrix.map((row) => [row[hasDates ? 1 : 0]]),
    weights: hasWeights ? matrix.map((row) => row[width - 1]) : undefined,
  };
};

/**
 * Reads the returns argument: one column or row, a date column before it with dates=first, a weight column after it with weights=last.
 *
 * @throws DomainError badInput, notFound for an #N/A cell
 */
export const returnsArgument = (argument: unknown, options: FunctionOptions, name = "returns"): ReturnsArgument => {
  const hasDates = choiceOption(options, "dates", ["none", "first"], "none") === "first";
  const weightText = options.get("weights")?.toLowerCase();
  const { dates, cells, weights } = splitColumns(argument, hasDates, weightText === "last");
  const column = readReturnColumn(cells, { name, errors: choiceOption(options, "errors", ["stop", "skip"], "stop") });
  if (dates !== undefined) checkRising(dates, column.rows);
  const notes: string[] = [];
  const { zeros, longestRun } = options.get("output") === "table" ? countZeroRuns(column.values) : { zeros: 0, longestRun: 0 };
  if (zeros > 0) notes.push(`${zeros} returns are exactly 0${longestRun >= 3 ? `, ${longestRun} in a row: stale prices, or blanks read as 0?` : ""}`);
  const listed = weightText !== undefined && weightText !== "last" ? listOfNumbers(weightText, "weights") : undefined;
  if (listed !== undefined && listed.length !== column.values.length + column.blanks + column.skippedErrors) {
    throw new DomainError("badInput", `weights hold ${listed.length} numbers for ${column.values.length + column.blanks} rows. Give one per row.`);
  }
  const weightValues =
    weights !== undefined
      ? Float64Array.from(column.rows, (row) => weightOf(weights[row - 1], row))
      : listed === undefined
        ? undefined
        : Float64Array.from(column.rows, (row) => listed[row - 1]!);
  return {
    values: column.values,
    weights: weightValues,
    origin: {
      rowOf: (position) => column.rows[position]!,
      ...(dates === undefined ? {} : { dateOf: (position: number) => dateText(dates[column.rows[position]! - 1]) }),
      dropped: column.blanks + column.skippedErrors,
      notes,
    },
  };
};
