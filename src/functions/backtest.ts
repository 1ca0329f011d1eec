import { DomainError } from "../core/basics/domain-error";
import {
  BACKTESTS,
  markExceptions,
  reportBacktest,
  reportFromCounts,
  type BacktestName,
  type BacktestSettings,
  type ExceptionCounts,
} from "../core/risk/backtests/backtest-report";
import { reportShortfallTests } from "../core/risk/backtests/shortfall-report";
import type { TestOutcome } from "../core/risk/backtests/test-outcome";
import { tailOfConfidence } from "../core/risk/tail-probability";
import { readAlignedColumns } from "../core/tables/aligned-columns";
import { choiceOption, numberOption, parseFunctionOptions, type FunctionOptions } from "../core/tables/function-options";
import { answerExcel } from "./excel-error";
import { numberArgument, optionalNumber, wordArgument } from "./risk-arguments";

const ALL = ["all", ...BACKTESTS] as const;
const OUTPUTS = ["table", "statistic", "pValue", "decision"] as const;

const settingsOf = (confidence: unknown, fallback: number, options: FunctionOptions): BacktestSettings => {
  const testConfidence = numberOption(options, "testConfidence", 0.95);
  tailOfConfidence(testConfidence, "testConfidence");
  return {
    tail: tailOfConfidence(numberArgument(confidence, "confidence", fallback)),
    testConfidence,
    framework: choiceOption(options, "framework", ["1996", "mar32"], "1996"),
  };
};

const spill = (outcomes: readonly TestOutcome[], options: FunctionOptions): unknown[][] => {
  const output = choiceOption(options, "output", OUTPUTS, "table");
  if (output === "table") {
    return [
      ["test", "statistic", "pValue", "decision", "detail"],
      ...outcomes.map((outcome) => [outcome.test, outcome.statistic ?? "", outcome.pValue ?? "", outcome.decision, outcome.detail]),
    ];
  }
  return outcomes.map((outcome) => [outcome[output] ?? new DomainError("tooLittleData", `${outcome.test}: ${outcome.detail}.`.slice(0, 120))]);
};

const wholeCount = (value: number, name: string): number => {
  if (!Number.isInteger(value) || value < 0) throw new DomainError("badInput", `${name} ${value} must be a whole number, 0 or more.`);
  return value;
};

/** Refuses a column of VaR figures given with the wrong sign. */
const checkSign = (figures: Float64Array, name: string): void => {
  if (figures.every((figure) => figure < 0)) throw new DomainError("badInput", `${name} is negative throughout. Give losses as positive numbers.`);
};

/**
 * Back-tests value-at-risk figures against the returns of the same days. An exception is a loss above the VaR (return < -VaR).
 * @customfunction BACKTEST Back-test of value at risk
 * @param {any[][]} returns Returns, oldest first, negative = loss.
 * @param {any[][]} valueAtRisk VaR of the same days, positive = loss, known the day before; or one number for all days.
 * @param {any} [confidence] Confidence level of the VaR; default 0.99.
 * @param {any} [test] all (default), kupiec, christoffersen, conditional-coverage, tuff, tbf, tbfi, binomial, duration or traffic-light.
 * @param {any[][]} [options] testConfidence=0.95; framework=1996 or mar32; output=table, statistic, pValue or decision; errors=skip.
 * @returns {any[][]} Header and a row per test: test, statistic, pValue, decision, detail.
 * @helpurl https://localhost:3000/help/backtest.html
 */
export function backtest(returns: any[][], valueAtRisk: any[][], confidence?: any, test?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["testConfidence", "framework", "output", "errors"]);
    const settings = settingsOf(confidence, 0.99, read);
    const asked = wordArgument(test, "test", ALL, "all");
    const { columns, dropped } = readAlignedColumns(
      [
        { cells: returns, name: "returns" },
        { cells: valueAtRisk, name: "valueAtRisk" },
      ],
      choiceOption(read, "errors", ["stop", "skip"] as const, "stop"),
    );
    checkSign(columns[1]!, "valueAtRisk");
    const hits = markExceptions(columns[0]!, columns[1]!);
    const outcomes = (asked === "all" ? BACKTESTS : [asked as BacktestName]).map((name) => reportBacktest(name, hits, settings));
    const noted =
      dropped === 0
        ? outcomes
        : outcomes.map((outcome, i) => (i === 0 ? { ...outcome, detail: `${outcome.detail}; ${dropped} rows with blanks left out` } : outcome));
    return spill(noted, read);
  });
}

const countsOf = (exceptions: unknown, observations: unknown, options: FunctionOptions): ExceptionCounts => {
  const x = wholeCount(numberArgument(exceptions, "exceptions"), "exceptions");
  const n = wholeCount(numberArgument(observations, "observations"), "observations");
  if (n < 1 || x > n)
    throw new DomainError("badInput", `exceptions ${x} and observations ${n} do not fit: 0 <= exceptions <= observations, at least 1.`);
  const first = optionalNumber(options, "firstException");
  if (first !== undefined && (wholeCount(first, "firstException") < 1 || first > n))
    throw new DomainError("badInput", `firstException ${first} must be a day from 1 to ${n}.`);
  const keys = ["n00", "n01", "n10", "n11"] as const;
  const given = keys.filter((key) => options.has(key));
  if (given.length > 0 && given.length < 4) throw new DomainError("badInput", "Give all of n00=, n01=, n10= and n11=, or none.");
  const [n00, n01, n10, n11] = keys.map((key) => wholeCount(numberOption(options, key, 0), key));
  return {
    exceptions: x,
    observations: n,
    ...(first === undefined ? {} : { firstException: first }),
    ...(given.length === 0 ? {} : { transitions: { n00: n00!, n01: n01!, n10: n10!, n11: n11! } }),
  };
};

/**
 * Back-tests value-at-risk from counts alone, with the same header as COLL.BACKTEST.
 * @customfunction BACKTEST.COUNTS Back-test from counts
 * @param {any} exceptions Days with a loss above the VaR.
 * @param {any} observations Number of days.
 * @param {any} [confidence] Confidence level of the VaR; default 0.99.
 * @param {any} [test] kupiec (default), binomial, traffic-light, tuff, christoffersen, conditional-coverage or all.
 * @param {any[][]} [options] testConfidence=0.95; framework=1996 or mar32; firstException= (day); n00=, n01=, n10=, n11=; output=table, statistic, pValue or decision.
 * @returns {any[][]} Header and a row per test: test, statistic, pValue, decision, detail.
 * @helpurl https://localhost:3000/help/backtest-counts.html
 */
export function backtestCounts(exceptions: any, observations: any, confidence?: any, test?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["testConfidence", "framework", "output", "firstException", "n00", "n01", "n10", "n11"]);
    const settings = settingsOf(confidence, 0.99, read);
    const asked = wordArgument(test, "test", ALL, "kupiec");
    const counts = countsOf(exceptions, observations, read);
    if (asked === "tbf" || asked === "tbfi" || asked === "duration")
      throw new DomainError("badInput", `${asked} needs the series of returns. Use COLL.BACKTEST.`);
    const needsMore: readonly BacktestName[] = [
      ...(counts.firstException === undefined ? (["tuff"] as const) : []),
      ...(counts.transitions === undefined ? (["christoffersen", "conditional-coverage"] as const) : []),
    ];
    const names =
      asked === "all"
        ? BACKTESTS.filter((name) => !["tbf", "tbfi", "duration"].includes(name) && !needsMore.includes(name))
        : [asked as BacktestName];
    return spill(
      names.map((name) => reportFromCounts(name, counts, settings)),
      read,
    );
  });
}

/**
 * Back-tests expected shortfall: Acerbi-Szekely Z1 and Z2 with critical values simulated for this number of days, and McNeil-Frey.
 * @customfunction BACKTEST.SHORTFALL Back-test of expected shortfall
 * @param {any[][]} returns Returns, oldest first, negative = loss.
 * @param {any[][]} valueAtRisk VaR of the same days, positive = loss; or one number.
 * @param {any[][]} expectedShortfall Expected shortfall of the same days, positive = loss; or one number.
 * @param {any} [confidence] Confidence level of VaR and ES; default 0.975.
 * @param {any[][]} [options] dist=normal or t; df=; sims=; seed=1; testConfidence=0.95; residuals=raw or scaled; output=table, statistic, pValue or decision; errors=skip.
 * @returns {any[][]} Header and a row per test: test, statistic, pValue, decision, detail.
 * @helpurl https://localhost:3000/help/backtest-shortfall.html
 */
export function backtestShortfall(returns: any[][], valueAtRisk: any[][], expectedShortfall: any[][], confidence?: any, options?: any[][]): any[][] {
  return answerExcel(() => {
    const read = parseFunctionOptions(options as any, ["dist", "df", "sims", "seed", "testConfidence", "residuals", "output", "errors"]);
    const { tail, testConfidence } = settingsOf(confidence, 0.975, read);
    const { columns, dropped } = readAlignedColumns(
      [
        { cells: returns, name: "returns" },
        { cells: valueAtRisk, name: "valueAtRisk" },
        { cells: expectedShortfall, name: "expectedShortfall" },
      ],
      choiceOption(read, "errors", ["stop", "skip"] as const, "stop"),
    );
    checkSign(columns[1]!, "valueAtRisk");
    const sims = optionalNumber(read, "sims");
    const outcomes = reportShortfallTests(
      { returns: columns[0]!, valueAtRisk: columns[1]!, expectedShortfall: columns[2]! },
      {
        tail,
        testConfidence,
        law: { dist: choiceOption(read, "dist", ["normal", "t"], "normal"), ...(read.has("df") ? { df: numberOption(read, "df", 5) } : {}) },
        seed: numberOption(read, "seed", 1),
        isScaled: choiceOption(read, "residuals", ["raw", "scaled"], "raw") === "scaled",
        ...(sims === undefined ? {} : { sims }),
      },
    );
    const noted =
      dropped === 0
        ? outcomes
        : outcomes.map((outcome, i) => (i === 0 ? { ...outcome, detail: `${outcome.detail}; ${dropped} rows with blanks left out` } : outcome));
    return spill(noted, read);
  });
}
