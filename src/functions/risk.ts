import { DomainError } from "../core/basics/domain-error";
import { estimateRisk } from "../core/risk/estimate-risk";
import { explainRisk } from "../core/risk/explain-risk";
import { logLossToSimple, priceReturn, RETURN_KINDS } from "../core/risk/price-returns";
import type { RiskMeasure } from "../core/risk/risk-request";
import { choiceOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { readPriceTable, returnsOfPrices } from "../core/tables/price-columns";
import { answerExcel } from "./excel-error";
import { METHOD_OPTIONS, optionalNumber, returnsArgument, riskRequest, unusedOptions, wordArgument } from "./risk-arguments";

const RISK_OPTIONS = [...METHOD_OPTIONS, "value", "output", "dates", "weights", "errors"] as const;

/** Turns a loss in units of the returns into what was asked for: as is, simple, or money. */
const inUnits = (loss: number, options: FunctionOptions): { result: number; unit: string } => {
  const value = optionalNumber(options, "value");
  const isSimple = options.get("output")?.toLowerCase() === "simple";
  const isDeclaredLog = options.get("returns")?.toLowerCase() === "log";
  if (isSimple && options.get("returns")?.toLowerCase() === "simple") throw new DomainError("badInput", "output=simple converts log returns; with returns=simple leave it out.");
  const rate = isSimple || (value !== undefined && isDeclaredLog) ? logLossToSimple(loss) : loss;
  if (value !== undefined) return { result: value * rate, unit: isSimple || isDeclaredLog ? "money: value x (1 - exp(-loss))" : "money: value x loss" };
  return { result: rate, unit: isSimple ? "simple loss: 1 - exp(-loss)" : "positive = loss, in units of the returns" };
};

const answerRisk = (measure: RiskMeasure, returns: unknown, confidence: unknown, method: unknown, optionCells: any, fallbackConfidence: number): (string | number)[][] => {
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
