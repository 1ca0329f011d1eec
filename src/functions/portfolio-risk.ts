import { DomainError } from "../core/basics/domain-error";
import { largestDrawdown } from "../core/risk/drawdown";
import { CORRELATION_METHODS, correlationMatrix, covarianceOf, type CorrelationRequest } from "../core/risk/portfolio/correlation";
import { toCorrelation } from "../core/risk/portfolio/covariance";
import { nearestCorrelation, smallestEigenvalue } from "../core/risk/portfolio/nearest-correlation";
import { PORTFOLIO_METHODS, portfolioRisk, type BookRisk, type PortfolioRequest } from "../core/risk/portfolio/portfolio-risk";
import { stressScenarios, stressSigmas, stressWindows, type StressResult } from "../core/risk/portfolio/stress";
import { EWMA_STARTS, type RiskScenario } from "../core/risk/risk-request";
import { choiceOption, numberOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { readPriceSeries } from "../core/tables/price-argument";
import { readExposures, readScenarioCells, type ScenarioCells } from "../core/tables/scenario-cells";
import { answerExcel } from "./excel-error";
import { horizonOption, numberArgument, optionalNumber, wordArgument } from "./risk-arguments";

const errorsOption = (options: FunctionOptions): "stop" | "skip" => choiceOption(options, "errors", ["stop", "skip"] as const, "stop");

const hasDates = (options: FunctionOptions): boolean => choiceOption(options, "dates", ["none", "first"] as const, "none") === "first";

const nameOf = (cells: ScenarioCells, asset: number): string => cells.assetNames?.[asset] ?? `asset ${asset + 1}`;

const shown = (value: number): unknown =>
  Number.isNaN(value) ? new DomainError("outsideDomain", "Outside the Cornish-Fisher domain. Use method historical.") : value;

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

const toSimple = (cells: ScenarioCells, options: FunctionOptions): ScenarioCells =>
  choiceOption(options, "returns", ["simple", "log"] as const, "simple") === "log"
    ? { ...cells, values: cells.values.map((value) => Math.expm1(value)) }
    : cells;

const MEASURE_HEADERS = ["standalone", "marginal", "component", "incremental"] as const;

const bookTable = (cells: ScenarioCells, exposures: Float64Array, valueAtRisk: BookRisk, shortfall: BookRisk): unknown[][] => {
  const header = ["asset", "exposure", ...MEASURE_HEADERS.map((name) => `${name} VaR`), ...MEASURE_HEADERS.map((name) => `${name} ES`)];
  const measuresOf = (risk: BookRisk, i: number): unknown[] => [
    shown(risk.standalone[i]!),
    risk.marginal[i],
    risk.component[i],
    shown(risk.incremental[i]!),
  ];
  const rows = Array.from(exposures, (exposure, i) => [nameOf(cells, i), exposure, ...measuresOf(valueAtRisk, i), ...measuresOf(shortfall, i)]);
  const totalOf = (risk: BookRisk): unknown[] => [shown(sumOf(risk.standalone)), "", risk.total, ""];
  return [header, ...rows, ["Total", sumOf(exposures), ...totalOf(valueAtRisk), ...totalOf(shortfall)]];
};

/** More scenario rows than this make a spill hard to read. */
const MOST_SCENARIOS = 250;

const scenarioRows = (cells: ScenarioCells, label: string, scenarios: readonly RiskScenario[]): unknown[][] =>
  scenarios.slice(0, MOST_SCENARIOS).map(({ position, value, weight }) => {
    const name = cells.scenarioNames === undefined ? "" : `${cells.scenarioNames[position]}, `;
    return [label, value, `${name}row ${cells.rows[position]}, weight ${Number(weight.toPrecision(6))}`, ...Array<string>(7).fill("")];
  });

/**
 * VaR and expected shortfall of a book, split by asset: standalone, marginal, component (adds up to the total) and incremental.
 * @customfunction PORTFOLIORISK Portfolio risk
 * @param {any[][]} exposures Market value per asset in one currency, positive = long: one row or column.
 * @param {any[][]} returns Returns, scenarios x assets, negative = loss; a header row of names is allowed.
 * @param {any} [confidence] Confidence level of the VaR; default 0.99.
 * @param {any} [method] historical (default), normal, student-t (with df=), cornish-fisher or monte-carlo.
 * @param {any[][]} [options] esConfidence=0.975; returns=simple or log; quantile=inc; mean=sample or zero; df=; horizon= or days=; paths=10000; seed=1; dates=first; errors=skip; output=table.
 * @returns {any[][]} A row per asset and a Total row, in the currency of the exposures; positive = loss.
 * @helpurl https://localhost:3000/help/portfoliorisk.html
 */
export function portfoliorisk(exposures: any[][], returns: any[][], confidence?: any, method?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, [
      "esConfidence",
      "returns",
      "quantile",
      "mean",
      "df",
      "horizon",
      "days",
      "periodsPerDay",
      "paths",
      "seed",
      "dates",
      "errors",
      "output",
    ]);
    const held = readExposures(exposures);
    const chosen = wordArgument(method, "method", PORTFOLIO_METHODS, "historical");
    const cells = readScenarioCells(returns, {
      name: "returns",
      blanks: "drop",
      errors: errorsOption(read),
      hasDates: hasDates(read),
      assets: held.length,
    });
    if (cells.scenarios === 0) throw new DomainError("tooLittleData", "returns hold no full row. Point to scenarios x assets.");
    const isLog = choiceOption(read, "returns", ["simple", "log"] as const, "simple") === "log";
    const df = optionalNumber(read, "df");
    const quantile = read.get("quantile");
    const request: PortfolioRequest = {
      method: chosen,
      confidence: numberArgument(confidence, "confidence", 0.99),
      esConfidence: numberOption(read, "esConfidence", 0.975),
      mean: choiceOption(read, "mean", ["sample", "zero"] as const, "sample"),
      horizon: horizonOption(read),
      isLog,
      paths: numberOption(read, "paths", 10_000),
      seed: numberOption(read, "seed", 1),
      ...(df === undefined ? {} : { df }),
      ...(quantile === undefined ? {} : { quantile }),
    };
    const risk = portfolioRisk(chosen === "monte-carlo" ? cells : toSimple(cells, read), held, request);
    const table = bookTable(cells, held, risk.valueAtRisk, risk.expectedShortfall);
    if (choiceOption(read, "output", ["rows", "table"] as const, "rows") === "rows") return table;
    const blank = Array<string>(8).fill("");
    const tailCount = cells.scenarios * (1 - request.confidence);
    return [
      ...table,
      ["method", chosen, ...blank],
      ["confidence", request.confidence, ...blank],
      ["ES confidence", request.esConfidence, ...blank],
      ["n used", cells.scenarios, ...blank],
      ["n dropped", cells.dropped, ...blank],
      ["horizon", request.horizon, ...blank],
      ...scenarioRows(cells, "VaR scenario", risk.scenarios.valueAtRisk),
      ...scenarioRows(cells, "ES scenario", risk.scenarios.expectedShortfall),
      ...(chosen === "historical" && tailCount < 1 - 1e-9 ? [["warning", "n(1-c) < 1: the tail holds less than one observation", ...blank]] : []),
    ];
  });
}

const correlationRequest = (method: unknown, options: FunctionOptions): CorrelationRequest => {
  const request = {
    method: wordArgument(method, "method", CORRELATION_METHODS, "pearson"),
    shrinkage: choiceOption(options, "shrinkage", ["none", "ledoit-wolf"] as const, "none"),
    lambda: numberOption(options, "lambda", 0.94),
    start: choiceOption(options, "start", EWMA_STARTS, "first"),
    tailProbability: numberOption(options, "tailProbability", 0.05),
  };
  if (request.shrinkage !== "none" && request.method !== "pearson")
    throw new DomainError("badInput", `shrinkage works with method pearson, not ${request.method}. Leave one out.`);
  if (!(request.tailProbability > 0 && request.tailProbability <= 0.5))
    throw new DomainError("badInput", `tailProbability=${request.tailProbability} must lie in (0, 0.5]. Write 0.05.`);
  return request;
};

const givenMatrix = (cells: ScenarioCells): Float64Array[] => {
  const { scenarios: n, assets, values } = cells;
  if (n !== assets) throw new DomainError("badInput", `input=matrix needs a square range; it has ${n} rows and ${assets} columns.`);
  const matrix = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(matrix[i]![j]! - matrix[j]![i]!) > 1e-9)
        throw new DomainError("badInput", `The matrix is not symmetric at row ${i + 1}, column ${j + 1}. Make both entries equal.`);
    }
  }
  return matrix;
};

const repaired = (matrix: Float64Array[], isRepaired: boolean): Float64Array[] => {
  if (isRepaired) return nearestCorrelation(matrix);
  if (matrix.length <= 150 && smallestEigenvalue(matrix) < -1e-8)
    throw new DomainError("outsideDomain", "The matrix is not positive semi-definite, so no correlation matrix. Add repair=nearest.");
  return matrix;
};

/**
 * Correlation or covariance matrix of several assets.
 * @customfunction CORRELATION Correlation matrix
 * @param {any[][]} returns Returns, scenarios x assets; a header row of names is allowed. A square matrix with input=matrix.
 * @param {any} [method] pearson (default), spearman, kendall, ewma or tail (share of common worst days).
 * @param {any[][]} [options] output=correlation or covariance; shrinkage=ledoit-wolf; repair=nearest; input=returns or matrix; lambda=0.94; start=first; tailProbability=0.05; dates=first; errors=skip.
 * @returns {any[][]} Square matrix, one row and column per asset.
 * @helpurl https://localhost:3000/help/correlation.html
 */
export function correlation(returns: any[][], method?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, [
      "output",
      "shrinkage",
      "repair",
      "input",
      "lambda",
      "start",
      "tailProbability",
      "dates",
      "errors",
    ]);
    const request = correlationRequest(method, read);
    const cells = readScenarioCells(returns, { name: "returns", blanks: "drop", errors: errorsOption(read), hasDates: hasDates(read) });
    const isRepaired = choiceOption(read, "repair", ["none", "nearest"] as const, "none") === "nearest";
    if (choiceOption(read, "input", ["returns", "matrix"] as const, "returns") === "matrix")
      return repaired(givenMatrix(cells), isRepaired).map((row) => [...row]);
    const isCovariance = choiceOption(read, "output", ["correlation", "covariance"] as const, "correlation") === "covariance";
    if (!isCovariance) {
      const matrix = correlationMatrix(cells, request);
      return (request.method === "tail" && !isRepaired ? matrix : repaired(matrix, isRepaired)).map((row) => [...row]);
    }
    const covariance = covarianceOf(cells, request);
    if (!isRepaired) return covariance.map((row) => [...row]);
    const near = nearestCorrelation(toCorrelation(covariance));
    return near.map((row, i) => Array.from(row, (value, j) => value * Math.sqrt(covariance[i]![i]! * covariance[j]![j]!)));
  });
}

const stressRow = (cells: ScenarioCells, name: string, result: StressResult): unknown[] => [
  name,
  result.profit,
  result.worstAssetProfit < 0 ? `most from ${nameOf(cells, result.worstAsset)}: ${Number(result.worstAssetProfit.toPrecision(6))}` : "no asset loses",
];

const worstOf = (results: readonly StressResult[]): StressResult =>
  results.reduce((worst, result) => (result.profit < worst.profit ? result : worst));

const scenarioName = (cells: ScenarioCells, position: number): string => cells.scenarioNames?.[position] ?? `scenario ${position + 1}`;

const windowName = (cells: ScenarioCells, first: number, length: number): string => {
  const last = first + length - 1;
  return cells.scenarioNames === undefined
    ? `rows ${cells.rows[first]} to ${cells.rows[last]}`
    : `${cells.scenarioNames[first]} to ${cells.scenarioNames[last]}`;
};

/**
 * Profit or loss of a book under stress: given scenarios, the worst window of a history, or moves of some standard deviations.
 * @customfunction STRESS Stress test
 * @param {any[][]} exposures Market value per asset in one currency, positive = long: one row or column.
 * @param {any[][]} shocks Simple-return shocks, scenarios x assets (-0.3 = minus 30 %); names in the first row and column are allowed. A history of returns for mode=window and mode=sigma.
 * @param {any[][]} [options] mode=scenarios, window or sigma; window=10 (rows); count=5 (windows listed); sigmas=3; returns=simple or log; dates=first; errors=skip.
 * @returns {any[][]} Header scenario, profitAndLoss, detail; a row per scenario and the worst last. Negative = loss.
 * @helpurl https://localhost:3000/help/stress.html
 */
export function stress(exposures: any[][], shocks: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["mode", "window", "count", "sigmas", "returns", "dates", "errors"]);
    const held = readExposures(exposures);
    const mode = choiceOption(read, "mode", ["scenarios", "window", "sigma"] as const, "scenarios");
    const cells = toSimple(
      readScenarioCells(shocks, {
        name: "shocks",
        blanks: mode === "scenarios" ? "zero" : "drop",
        errors: errorsOption(read),
        hasDates: hasDates(read),
        assets: held.length,
      }),
      read,
    );
    if (cells.scenarios === 0) throw new DomainError("tooLittleData", "shocks hold no full row. Give one row per scenario.");
    const header = ["scenario", "profitAndLoss", "detail"];
    if (mode === "sigma") {
      const k = numberOption(read, "sigmas", 3);
      const moves = stressSigmas(cells, held, k);
      return [
        header,
        ...Array.from(moves.single, (loss, i) => [`${nameOf(cells, i)}: ${k} standard deviations against us`, loss, ""]),
        [`book: ${k} standard deviations`, moves.book, "with the history's correlations"],
        ["worst: all assets against us at once", moves.together, "without diversification"],
      ];
    }
    if (mode === "scenarios") {
      const results = stressScenarios(cells, held);
      const worst = worstOf(results);
      return [
        header,
        ...results.map((result) => stressRow(cells, scenarioName(cells, result.position), result)),
        stressRow(cells, `worst: ${scenarioName(cells, worst.position)}`, worst),
      ];
    }
    const length = numberOption(read, "window", 10);
    const windows = stressWindows(cells, held, length);
    const count = numberOption(read, "count", 5);
    if (!Number.isInteger(count) || count < 1) throw new DomainError("badInput", `count=${count} must be a whole number above 0. Write count=5.`);
    const listed = windows
      .slice()
      .sort((a, b) => a.profit - b.profit)
      .slice(0, count);
    return [
      header,
      ...listed.map((result) => stressRow(cells, windowName(cells, result.position, length), result)),
      stressRow(cells, `worst: ${windowName(cells, listed[0]!.position, length)}`, listed[0]!),
    ];
  });
}

/**
 * Largest drawdown of a price series: the deepest fall from an earlier high, as a positive decimal.
 * @customfunction DRAWDOWN Largest drawdown
 * @param {any[][]} prices Prices, oldest first: one column or row; with dates=first a date column before them.
 * @param {any[][]} [options] output=value or table (peak, trough, recovery); dates=first.
 * @returns {any[][]} 1 - trough / peak; a table with output=table.
 * @helpurl https://localhost:3000/help/drawdown.html
 */
export function drawdown(prices: any[][], options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["output", "dates"]);
    const series = readPriceSeries(prices, hasDates(read));
    const found = largestDrawdown(series.values);
    if (choiceOption(read, "output", ["value", "table"] as const, "value") === "value") return [[found.depth]];
    const at = (position: number): unknown[] => [series.values[position], series.nameOf(position)];
    return [
      ["item", "value", "detail"],
      ["largest drawdown", found.depth, "1 - trough / peak"],
      ["peak", ...(found.depth === 0 ? ["", "the price never falls"] : at(found.peak))],
      ["trough", ...(found.depth === 0 ? ["", ""] : at(found.trough))],
      ["recovery", ...(found.recovery === undefined ? ["", found.depth === 0 ? "" : "not recovered"] : at(found.recovery))],
      ["rows from peak to trough", found.trough - found.peak, ""],
      ["rows from trough to recovery", found.recovery === undefined ? "" : found.recovery - found.trough, ""],
      ["current drawdown", found.current, "last price against the highest"],
      ["n used", series.values.length, ""],
      ["n dropped", series.dropped, ""],
    ];
  });
}
