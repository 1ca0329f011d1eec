import { DomainError } from "../core/basics/domain-error";
import { ewmaVariance } from "../core/risk/ewma";
import { fitGarch, longRunVariance } from "../core/risk/garch";
import { sampleDeviation, tamingScale } from "../core/risk/moments";
import { liquidityHorizonShortfall, stressedShortfall } from "../core/risk/regulatory-shortfall";
import { EWMA_STARTS } from "../core/risk/risk-request";
import { fitTail, tailRisk } from "../core/risk/tail-fit";
import { tailDetails } from "../core/risk/tail-method";
import { tailOfConfidence } from "../core/risk/tail-probability";
import { readReturnColumn, type ReturnColumn } from "../core/tables/return-column";
import { estimateRisk } from "../core/risk/estimate-risk";
import { explainRisk } from "../core/risk/explain-risk";
import { logLossToSimple, priceReturn, RETURN_KINDS } from "../core/risk/price-returns";
import type { RiskMeasure } from "../core/risk/risk-request";
import { choiceOption, numberOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { readPriceTable, returnsOfPrices } from "../core/tables/price-columns";
import { answerExcel } from "./excel-error";
import { METHOD_OPTIONS, numberArgument, optionalNumber, returnsArgument, riskRequest, unusedOptions, wordArgument } from "./risk-arguments";

const RISK_OPTIONS = [...METHOD_OPTIONS, "value", "output", "dates", "weights", "errors"] as const;

/** Turns a loss in units of the returns into what was asked for: as is, simple, or money. */
const inUnits = (loss: number, options: FunctionOptions): { result: number; unit: string } => {
  const value = optionalNumber(options, "value");
  const isSimple = options.get("output")?.toLowerCase() === "simple";
  const isDeclaredLog = options.get("returns")?.toLowerCase() === "log";
  if (isSimple && options.get("returns")?.toLowerCase() === "simple")
    throw new DomainError("badInput", "output=simple converts log returns; with returns=simple leave it out.");
  const rate = isSimple || (value !== undefined && isDeclaredLog) ? logLossToSimple(loss) : loss;
  if (value !== undefined)
    return { result: value * rate, unit: isSimple || isDeclaredLog ? "money: value x (1 - exp(-loss))" : "money: value x loss" };
  return { result: rate, unit: isSimple ? "simple loss: 1 - exp(-loss)" : "positive = loss, in units of the returns" };
};

const answerRisk = (
  measure: RiskMeasure,
  returns: unknown,
  confidence: unknown,
  method: unknown,
  optionCells: any,
  fallbackConfidence: number,
): (string | number)[][] => {
  const options = parseFunctionOptions(optionCells, RISK_OPTIONS);
  const asked = riskRequest(measure, confidence, method, options, fallbackConfidence);
  const { values, weights, origin } = returnsArgument(returns, options);
  const isWeighted = weights !== undefined && asked.method === "historical";
  const request = isWeighted ? { ...asked, weights } : asked;
  const estimate = estimateRisk(values, request);
  const outcome = inUnits(estimate.value, options);
  if (!request.isExplained) return [[outcome.result]];
  return explainRisk(request, estimate, outcome, { ...origin, notes: [...origin.notes, ...unusedOptions(options, request.method)] });
};

/**
 * Turns prices into returns. Spills a range of the same height; the first row stays blank, a row with a bad price shows an error.
 * @customfunction RETURNS Returns
 * @param {any[][]} prices Prices, oldest first: one column, or one column per asset. With dates=first the first column holds the dates.
 * @param {any} [type] log (default), simple or difference.
 * @param {any[][]} [options] step= (rows between the two prices, 1); dates=first; gaps=na, scale or keep; spacing= (days); calendar=auto, every-day or weekdays; zero=allowed. Text "key=value; key=value" or a two-column range.
 * @returns {any[][]} Returns, negative = loss, same height as the prices.
 * @helpurl https://localhost:3000/help/returns.html
 */
export function returns(prices: any[][], type?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["step", "dates", "gaps", "spacing", "calendar", "zero"]);
    return returnsOfPrices(readPriceTable(prices, choiceOption(read, "dates", ["none", "first"], "none") === "first"), {
      type: wordArgument(type, "type", RETURN_KINDS, "log"),
      returnOf: priceReturn,
      options: read,
    });
  });
}

/**
 * Value-at-risk of a series of returns by any of eleven methods. A positive number is a loss.
 * @customfunction VALUEATRISK Value at risk
 * @param {any[][]} returns Returns, oldest first, negative = loss: one column or row. Blank cells are left out and counted.
 * @param {any} [confidence] Confidence level, 0.5 to below 1; default 0.99.
 * @param {any} [method] historical (default), normal, student-t, cornish-fisher, ewma, garch, filtered-historical, volatility-scaled, age-weighted, evt or monte-carlo.
 * @param {any[][]} [options] Such as "quantile=exc; days=10; output=table". Text or a two-column range; see the help page.
 * @returns {any[][]} Loss over the horizon, in units of the returns; money with value=; a table with output=table.
 * @helpurl https://localhost:3000/help/valueatrisk.html
 */
export function valueAtRisk(returns: any[][], confidence?: any, method?: any, options?: any[][]): any[][] {
  return answerExcel(() => answerRisk("valueAtRisk", returns, confidence, method, options, 0.99));
}

/**
 * Expected shortfall: the mean loss in the worst 1 - confidence of cases, by any of eleven methods. A positive number is a loss.
 * @customfunction EXPECTEDSHORTFALL Expected shortfall
 * @param {any[][]} returns Returns, oldest first, negative = loss: one column or row. Blank cells are left out and counted.
 * @param {any} [confidence] Confidence level, 0.5 to below 1; default 0.975.
 * @param {any} [method] historical (default), normal, student-t, cornish-fisher, ewma, garch, filtered-historical, volatility-scaled, age-weighted, evt or monte-carlo.
 * @param {any[][]} [options] Such as "estimator=tailmean; days=10; output=table". Text or a two-column range; see the help page.
 * @returns {any[][]} Loss over the horizon, in units of the returns; money with value=; a table with output=table.
 * @helpurl https://localhost:3000/help/expectedshortfall.html
 */
export function expectedShortfall(returns: any[][], confidence?: any, method?: any, options?: any[][]): any[][] {
  return answerExcel(() => answerRisk("expectedShortfall", returns, confidence, method, options, 0.975));
}

interface VolatilityAnswer {
  readonly volatility: number;
  readonly rule: string;
  readonly details: readonly (readonly [string, unknown])[];
}

const shownOr = (value: number | undefined): unknown => (value === undefined || !Number.isFinite(value) ? "not available" : value);

const volatilityOf = (values: Float64Array, method: "sample" | "ewma" | "garch", options: FunctionOptions): VolatilityAnswer => {
  if (method === "sample") {
    if (choiceOption(options, "mean", ["sample", "zero"] as const, "sample") === "sample")
      return { volatility: sampleDeviation(values), rule: "standard deviation with n-1 (STDEV.S)", details: [] };
    if (values.length === 0) throw new DomainError("tooLittleData", "returns hold no numbers. Point to a range with returns.");
    const squares = values.reduce((sum, value) => sum + value * value, 0);
    return { volatility: Math.sqrt(squares / values.length), rule: "root mean square (mean set to 0, divisor n)", details: [] };
  }
  if (method === "ewma") {
    const lambda = numberOption(options, "lambda", 0.94);
    const start = choiceOption(options, "start", EWMA_STARTS, "first");
    return {
      volatility: Math.sqrt(ewmaVariance(values, lambda, start)),
      rule: `EWMA forecast, zero mean, start=${start}`,
      details: [["lambda", lambda]],
    };
  }
  const fit = fitGarch(values, {
    dist: choiceOption(options, "dist", ["normal", "t"] as const, "normal"),
    ...(choiceOption(options, "mean", ["sample", "zero"] as const, "sample") === "zero" ? { mean: "zero" as const } : {}),
  });
  const errors = fit.standardErrors;
  const details: [string, unknown][] = [];
  for (const key of ["mu", "omega", "alpha", "beta", "nu"] as const) {
    if (fit[key] !== undefined) details.push([key, fit[key]], [`standard error of ${key}`, shownOr(errors?.[key])]);
  }
  details.push(
    ["log-likelihood", fit.logLikelihood],
    ["long-run volatility", shownOr(Math.sqrt(longRunVariance(fit)))],
    ["converged", fit.isConverged ? "yes" : "no"],
  );
  return { volatility: Math.sqrt(fit.nextVariance), rule: "GARCH(1,1) forecast, presample mean((r-mu)^2)", details };
};

/**
 * Volatility of a series of returns: sample standard deviation, EWMA or GARCH(1,1) forecast for the next period.
 * @customfunction VOLATILITY Volatility
 * @param {any[][]} returns Returns, oldest first: one column or row. Blank cells are left out.
 * @param {any} [method] sample (default), ewma or garch.
 * @param {any[][]} [options] periodsPerYear= (365 for daily crypto, 252 for trading days) annualises; lambda=0.94; start=first, sample-variance or normalised; dist=normal or t; mean=sample or zero; output=table; dates=first; errors=skip.
 * @returns {any[][]} Standard deviation per period, or per year with periodsPerYear=; fitted parameters and standard errors with output=table.
 * @helpurl https://localhost:3000/help/volatility.html
 */
export function volatility(returns: any[][], method?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["periodsPerYear", "lambda", "start", "dist", "mean", "output", "dates", "errors"]);
    const chosen = wordArgument(method, "method", ["sample", "ewma", "garch"] as const, "sample");
    const { values, origin } = returnsArgument(returns, read);
    const scale = tamingScale(values);
    const answer = volatilityOf(scale === 1 ? values : values.map((value) => value / scale), chosen, read);
    const periods = optionalNumber(read, "periodsPerYear");
    if (periods !== undefined && !(periods > 0)) throw new DomainError("badInput", `periodsPerYear=${periods} must be above 0. Write 365 or 252.`);
    const result = answer.volatility * scale * Math.sqrt(periods ?? 1);
    if (choiceOption(read, "output", ["value", "table"] as const, "value") === "value") return [[result]];
    const head = [
      ["item", "value", "detail"],
      ["volatility", result, periods === undefined ? "per period" : `per year of ${periods} periods`],
      ["method", chosen, ""],
      ["rule", answer.rule, ""],
      ["n used", values.length, ""],
      ["n dropped", origin.dropped, ""],
      ...(scale === 1 ? [] : [["unit of the parameters below", scale, ""]]),
    ];
    return [...head, ...answer.details.map(([item, value]) => [item, value, ""]), ...origin.notes.map((note) => ["warning", "", note])];
  });
}

/**
 * Fits the tail of losses above a threshold (generalised Pareto, or Hill) and reads VaR and expected shortfall off it.
 * @customfunction TAILFIT Tail fit
 * @param {any[][]} returns Returns (negative = loss), or losses with input=losses: one column or row.
 * @param {any} [threshold] Loss size above which the tail is fitted, positive; default the 0.95 quantile of the losses.
 * @param {any[][]} [options] input=returns or losses; thresholdQuantile=0.95; method=ml, pwm or hill; k= (largest losses for Hill); confidence=0.99; errors=skip.
 * @returns {any[][]} Rows item, value: xi, beta, standard errors, threshold, exceedances, log-likelihood, VaR and ES.
 * @helpurl https://localhost:3000/help/tailfit.html
 */
export function tailfit(returns: any[][], threshold?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["input", "thresholdQuantile", "method", "k", "confidence", "errors"]);
    const isLosses = choiceOption(read, "input", ["returns", "losses"] as const, "returns") === "losses";
    const column = readReturnColumn(returns, {
      name: isLosses ? "losses" : "returns",
      errors: choiceOption(read, "errors", ["stop", "skip"] as const, "stop"),
    });
    const losses = isLosses ? column.values : column.values.map((value) => -value);
    const tail = tailOfConfidence(numberOption(read, "confidence", 0.99));
    const u = numberArgument(threshold, "threshold", NaN);
    if (!isLosses && !Number.isNaN(u) && !(u > 0))
      throw new DomainError("badInput", `threshold ${u} must be a positive loss size. Write 0.02 for a 2% loss.`);
    const k = optionalNumber(read, "k");
    const fit = fitTail(losses, {
      fit: choiceOption(read, "method", ["ml", "pwm", "hill"] as const, "ml"),
      thresholdQuantile: numberOption(read, "thresholdQuantile", 0.95),
      ...(Number.isNaN(u) ? {} : { threshold: u }),
      ...(k === undefined ? {} : { tailCount: k }),
    });
    const rows: unknown[][] = [
      ["item", "value"],
      ["method", fit.fit],
      ...tailDetails(fit).map((row) => [...row]),
      ["n used", losses.length],
      ["n dropped", column.blanks + column.skippedErrors],
      ["confidence", 1 - tail],
    ];
    try {
      const pair = tailRisk(fit, tail);
      return [
        ...rows,
        ["value at risk", pair.valueAtRisk],
        [
          "expected shortfall",
          pair.expectedShortfall === Infinity
            ? new DomainError("outsideDomain", "xi is 1 or more: expected shortfall is infinite.")
            : pair.expectedShortfall,
        ],
      ];
    } catch (error) {
      if (error instanceof DomainError) return [...rows, ["value at risk", error], ["expected shortfall", error]];
      throw error;
    }
  });
}

/** Reads numbers that belong to those of another column: a blank between them would shift the pairs. @throws DomainError badInput naming the entry */
const pairedColumn = (argument: unknown, name: string): ReturnColumn => {
  const column = readReturnColumn(argument, { name });
  const gap = column.rows.findIndex((row, position) => row !== position + 1);
  if (gap >= 0) throw new DomainError("badInput", `${name} entry ${gap + 1} is blank. Fill it, or leave its horizon out of both ranges.`);
  return column;
};

/**
 * Adds expected shortfalls of risk factors with different liquidity horizons (FRTB).
 * @customfunction LIQUIDITYHORIZON Liquidity horizon expected shortfall
 * @param {any[][]} expectedShortfalls ES at the base horizon: first all factors, then those with horizon 20 or longer, 40 or longer ...
 * @param {any[][]} horizonsDays Liquidity horizons in days, rising, such as 10, 20, 40, 60, 120.
 * @param {any} [baseDays] Horizon of the shortfalls in days; default 10.
 * @returns {any[][]} sqrt(sum (ES_j sqrt((LH_j - LH_(j-1)) / base))^2), in the unit of the shortfalls.
 * @helpurl https://localhost:3000/help/liquidityhorizon.html
 */
export function liquidityHorizon(expectedShortfalls: any[][], horizonsDays: any[][], baseDays?: any): any[][] {
  return answerExcel(() => {
    const shortfalls = pairedColumn(expectedShortfalls, "expectedShortfalls");
    const horizons = pairedColumn(horizonsDays, "horizonsDays");
    if (shortfalls.values.length === 0) throw new DomainError("tooLittleData", "expectedShortfalls holds no numbers. Point to the shortfalls.");
    return [[liquidityHorizonShortfall([...shortfalls.values], [...horizons.values], numberArgument(baseDays, "baseDays", 10))]];
  });
}

/**
 * Scales the stressed expected shortfall of a reduced set of risk factors to the full set (FRTB).
 * @customfunction STRESSEDES Stressed expected shortfall
 * @param {any} reducedStressed ES of the reduced set in the stressed period.
 * @param {any} fullCurrent ES of the full set in the current period.
 * @param {any} reducedCurrent ES of the reduced set in the current period.
 * @returns {any[][]} ES_RS x max(1, ES_FC / ES_RC), in the unit of the inputs.
 * @helpurl https://localhost:3000/help/stressedes.html
 */
export function stressedEs(reducedStressed: any, fullCurrent: any, reducedCurrent: any): any[][] {
  return answerExcel(() => [
    [
      stressedShortfall(
        numberArgument(reducedStressed, "reducedStressed"),
        numberArgument(fullCurrent, "fullCurrent"),
        numberArgument(reducedCurrent, "reducedCurrent"),
      ),
    ],
  ]);
}
