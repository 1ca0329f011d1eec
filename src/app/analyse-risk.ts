import { hasErrors } from "../core/basics/issue";
import { BACKTESTS, reportBacktest } from "../core/risk/backtests/backtest-report";
import { estimateRisk } from "../core/risk/estimate-risk";
import { priceReturn } from "../core/risk/price-returns";
import type { RiskMethod } from "../core/risk/risk-request";
import { tailOfConfidence } from "../core/risk/tail-probability";
import { historyNames, priceHistoryOf, type PriceHistory } from "../core/tables/price-history";
import type { WorkbookPort } from "./ports";
import { readTableOf } from "./read-book";
import type { RiskChoice, RiskDay, RiskMethodRow, RiskScreen, RiskVerdict } from "./risk-screen";

const methods: readonly RiskMethod[] = ["historical", "normal", "student-t", "cornish-fisher", "ewma", "garch", "filtered-historical", "evt"];

/** Basel's desk level for ES. */
const esConfidence = 0.975;

/** Trading year of the back-test; shorter histories use half of what they have. */
const backtestWindow = 250;

/**
 * Reads the prices table and answers the Risk tab: VaR and ES by method, each day's return against the VaR known the day before, and
 * the back-test verdicts.
 *
 * @returns a screen, always; a missing table or a bad cell is its `problem`
 */
export const analyseRisk = async (workbook: WorkbookPort, choice: RiskChoice, set?: string): Promise<RiskScreen> => {
  const confidence = choice.confidence ?? 0.99;
  const empty: RiskScreen = {
    series: [],
    chosen: "",
    confidence,
    esConfidence,
    observations: 0,
    dropped: 0,
    methods: [],
    days: [],
    window: 0,
    exceptions: 0,
    verdicts: [],
  };
  const table = await readTableOf(workbook, "prices", set);
  if (table === undefined)
    return { ...empty, problem: "No table tblPrices was found. Insert the sample, or add a table with a date column and one column per asset." };
  const series = historyNames(table);
  const chosen = choice.series !== undefined && series.includes(choice.series) ? choice.series : (series[0] ?? "");
  const read = priceHistoryOf(table, chosen);
  const first = read.issues[0];
  if (hasErrors(read.issues) && first !== undefined)
    return { ...empty, series, chosen, problem: `${first.message} ${first.at ?? ""}. ${first.fix ?? ""}` };
  if (read.value.prices.length < 30)
    return { ...empty, series, chosen, problem: `${chosen} has ${read.value.prices.length} prices. At least 30 are needed.` };
  const returns = returnsOf(read.value);
  const days = rollingDays(returns, read.value.dates, confidence);
  const known = days.filter((day) => day.valueAtRisk !== undefined);
  return {
    series,
    chosen,
    confidence,
    esConfidence,
    observations: returns.length,
    dropped: read.value.dropped,
    methods: methods.map((method) => methodRow(method, returns, confidence, read.value.reference)),
    days,
    window: returns.length - known.length,
    exceptions: days.filter((day) => day.isException).length,
    verdicts: verdictsOf(known, confidence),
  };
};

const returnsOf = (series: PriceHistory): Float64Array => {
  const returns = new Float64Array(series.prices.length - 1);
  for (let at = 0; at < returns.length; at += 1) returns[at] = priceReturn(series.prices[at] ?? NaN, series.prices[at + 1] ?? NaN, "log");
  return returns;
};

const methodRow = (method: RiskMethod, returns: Float64Array, confidence: number, reference: string): RiskMethodRow => {
  const formulaOf = (name: string, level: number): string => `=COLL.${name}(COLL.RETURNS(${reference}),${level},"${method}")`;
  const formulas = {
    valueAtRiskFormula: formulaOf("VALUEATRISK", confidence),
    expectedShortfallFormula: formulaOf("EXPECTEDSHORTFALL", esConfidence),
  };
  try {
    const valueAtRisk = estimateRisk(returns, { measure: "valueAtRisk", method, confidence });
    const shortfall = estimateRisk(returns, { measure: "expectedShortfall", method, confidence: esConfidence });
    return {
      method,
      valueAtRisk: valueAtRisk.value,
      expectedShortfall: shortfall.value,
      warnings: [...new Set([...valueAtRisk.warnings, ...shortfall.warnings])],
      ...formulas,
    };
  } catch (error) {
    return { method, problem: error instanceof Error ? error.message : String(error), warnings: [], ...formulas };
  }
};

/** The VaR of day t is the historical one of the window before it, so it was known at t - 1. */
const rollingDays = (returns: Float64Array, dates: readonly string[], confidence: number): readonly RiskDay[] => {
  const window = Math.min(backtestWindow, Math.floor(returns.length / 2));
  return [...returns].map((value, at) => {
    const date = dates[at + 1] ?? "";
    if (at < window) return { date, value, isException: false };
    const { value: valueAtRisk } = estimateRisk(returns.subarray(at - window, at), { measure: "valueAtRisk", method: "historical", confidence });
    return { date, value, valueAtRisk, isException: value < -valueAtRisk };
  });
};

const verdictsOf = (days: readonly RiskDay[], confidence: number): readonly RiskVerdict[] => {
  const hits = days.map((day) => day.isException);
  const settings = { tail: tailOfConfidence(confidence), testConfidence: 0.95, framework: "1996" } as const;
  return BACKTESTS.map((name) => {
    const { test, statistic, pValue, decision, detail } = reportBacktest(name, hits, settings);
    return { test, decision, detail, ...(statistic === undefined ? {} : { statistic }), ...(pValue === undefined ? {} : { pValue }) };
  });
};
