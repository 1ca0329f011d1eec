import { roundHaircut } from "../core/collateral/haircut-scaling";
import { DomainError } from "../core/basics/domain-error";
import { decide } from "../core/risk/backtests/test-outcome";
import { estimateRisk } from "../core/risk/estimate-risk";
import { explainRisk } from "../core/risk/explain-risk";
import { backtestHaircut, haircutFromLoss } from "../core/risk/haircut-calibration";
import { tailOfConfidence } from "../core/risk/tail-probability";
import { choiceOption, numberOption, parseFunctionOptions } from "../core/tables/function-options";
import { readPriceSeries } from "../core/tables/price-argument";
import { answerExcel } from "./excel-error";
import { METHOD_OPTIONS, numberArgument, returnsArgument, riskRequest, unusedOptions } from "./risk-arguments";

const CALIBRATION_OPTIONS = [
  ...METHOD_OPTIONS.filter((key) => key !== "horizon" && key !== "days"),
  "measure",
  "liquidity",
  "gap",
  "floor",
  "round",
  "output",
  "dates",
  "weights",
  "errors",
] as const;

/**
 * Calibrates a haircut from returns: VaR or ES over the close-out period as a price fall, plus gap and liquidity add-on, in [0, 1].
 * @customfunction HAIRCUT.CALIBRATE Haircut calibration
 * @param {any[][]} returns Log returns of the collateral (or simple with returns=simple), oldest first.
 * @param {any} [confidence] Confidence level; default 0.99.
 * @param {any} [days] Close-out period in days; default 10.
 * @param {any} [method] historical (default) or any method of COLL.VALUEATRISK.
 * @param {any[][]} [options] measure=var or es; gap=; liquidity=; floor=; round=0.01; returns=log or simple; periodsPerDay=24; scaling=sqrt, overlapping or ar1; output=table; and the options of the method.
 * @returns {any[][]} Haircut, decimal: 1 - exp(-VaR) for log returns, plus gap and liquidity.
 * @helpurl https://localhost:3000/help/haircut-calibrate.html
 */
export function haircutCalibrate(returns: any[][], confidence?: any, days?: any, method?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, CALIBRATION_OPTIONS);
    const period = numberArgument(days, "days", 10);
    if (!(period > 0)) throw new DomainError("badInput", `days ${period} must be above 0. Give the close-out period in days.`);
    const measure = choiceOption(read, "measure", ["var", "es"] as const, "var") === "es" ? "expectedShortfall" : "valueAtRisk";
    const asked = riskRequest(measure, confidence, method, read, 0.99, period);
    const { values, weights, origin } = returnsArgument(returns, read);
    const request = weights !== undefined && asked.method === "historical" ? { ...asked, weights } : asked;
    const estimate = estimateRisk(values, request);
    const terms = {
      returns: choiceOption(read, "returns", ["log", "simple"] as const, "log"),
      gap: numberOption(read, "gap", 0),
      liquidity: numberOption(read, "liquidity", 0),
      floor: numberOption(read, "floor", 0),
    };
    const haircut = roundHaircut(haircutFromLoss(estimate.value, terms), numberOption(read, "round", 0));
    if (!request.isExplained) return [[haircut]];
    const [header, ...rows] = explainRisk(
      request,
      estimate,
      { result: estimate.value, unit: `loss over ${period} days, units of the returns` },
      { ...origin, notes: [...origin.notes, ...unusedOptions(read, request.method)] },
    );
    const fall = terms.returns === "log" ? "1 - exp(-loss)" : "loss";
    return [header!, ["haircut", haircut, `${fall} + gap ${terms.gap} + liquidity ${terms.liquidity}, at least ${terms.floor}, in [0, 1]`], ...rows];
  });
}

/** Breached windows listed one by one. */
const MOST_LISTED = 100;

/**
 * Back-tests a haircut on past prices: how often the price fell by more than the haircut within the close-out period.
 * @customfunction HAIRCUT.BACKTEST Haircut back-test
 * @param {any[][]} prices Prices, oldest first: one column or row; with dates=first a date column before them.
 * @param {any} haircut Haircut, decimal.
 * @param {any} [days] Close-out period in days; default 10.
 * @param {any[][]} [options] confidence=0.99 (what the haircut was meant to cover); testConfidence=0.95; periodsPerDay=24; price=end or lowest; dates=first.
 * @returns {any[][]} Rows item, value, detail: windows, breaches, worst breach, tests, and each breached window.
 * @helpurl https://localhost:3000/help/haircut-backtest.html
 */
export function haircutBacktest(prices: any[][], haircut: any, days?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["confidence", "testConfidence", "periodsPerDay", "price", "dates"]);
    const series = readPriceSeries(prices, choiceOption(read, "dates", ["none", "first"] as const, "none") === "first");
    const level = numberArgument(haircut, "haircut");
    const period = numberArgument(days, "days", 10);
    const perDay = numberOption(read, "periodsPerDay", 1);
    const tail = tailOfConfidence(numberOption(read, "confidence", 0.99));
    const testConfidence = numberOption(read, "testConfidence", 0.95);
    tailOfConfidence(testConfidence, "testConfidence");
    const rows = Number((period * perDay).toPrecision(12));
    const found = backtestHaircut(series.values, level, rows, tail, choiceOption(read, "price", ["end", "lowest"] as const, "end"));
    const windowAt = (start: number): string => `${series.nameOf(start)} to ${series.nameOf(start + rows)}`;
    const fallAt = (start: number): number => 1 - series.values[start + rows]! / series.values[start]!;
    const listed = found.breachStarts.slice(0, MOST_LISTED);
    return [
      ["item", "value", "detail"],
      ["windows", found.windows, `overlapping, ${rows} rows each`],
      ["breaches", found.breaches, `fall above the haircut ${level}`],
      ["breach share", found.breaches / found.windows, `meant to be ${Number(tail.toPrecision(6))}`],
      ["worst fall", found.worstFall, windowAt(found.worstStart)],
      ["worst breach", Math.max(0, found.worstFall - level), "worst fall less haircut"],
      ["separate windows", found.separateWindows, "side by side, for the test"],
      ["separate breaches", found.separateBreaches, ""],
      [
        "kupiec",
        found.kupiec.statistic,
        `p value ${Number(found.kupiec.pValue.toPrecision(6))}, ${decide(found.kupiec.pValue, testConfidence)}; separate windows`,
      ],
      ...listed.map((start) => ["breach", fallAt(start), windowAt(start)]),
      ...(found.breaches > listed.length ? [["breach", "", `and ${found.breaches - listed.length} more`]] : []),
      ...(found.separateWindows * tail < 1 ? [["warning", "", "fewer separate windows than 1 / (1 - c): the test has little power"]] : []),
    ];
  });
}
