import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as backtests from "../../../src/functions/backtest";
import * as haircuts from "../../../src/functions/haircut-calibration";
import * as portfolios from "../../../src/functions/portfolio-risk";
import * as risk from "../../../src/functions/risk";
import { version } from "../../../src/functions/version";
import { installExcelErrors } from "../../support/custom-functions-error";

beforeAll(installExcelErrors);

const functions: Record<string, (...args: any[]) => any[][]> = {
  VERSION: version,
  RETURNS: risk.returns,
  VALUEATRISK: risk.valueAtRisk,
  EXPECTEDSHORTFALL: risk.expectedShortfall,
  VOLATILITY: risk.volatility,
  TAILFIT: risk.tailfit,
  LIQUIDITYHORIZON: risk.liquidityHorizon,
  STRESSEDES: risk.stressedEs,
  PORTFOLIORISK: portfolios.portfoliorisk,
  CORRELATION: portfolios.correlation,
  STRESS: portfolios.stress,
  DRAWDOWN: portfolios.drawdown,
  BACKTEST: backtests.backtest,
  "BACKTEST.COUNTS": backtests.backtestCounts,
  "BACKTEST.SHORTFALL": backtests.backtestShortfall,
  "HAIRCUT.CALIBRATE": haircuts.haircutCalibrate,
  "HAIRCUT.BACKTEST": haircuts.haircutBacktest,
};

const literal = (text: string): any => {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (trimmed.startsWith("{"))
    return trimmed
      .slice(1, -1)
      .split(";")
      .map((row) => row.split(",").map(literal));
  return trimmed.startsWith('"') ? trimmed.slice(1, -1) : Number(trimmed);
};

/** Splits at commas outside braces, quotes and parentheses. */
const split = (text: string): string[] => {
  const parts: string[] = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted) depth += "{(".includes(character) ? 1 : "})".includes(character) ? -1 : 0;
    if (character === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
};

/** Calculates =COLL.X(literals) or =INDEX(COLL.X(literals), row, column). */
const calculate = (formula: string): any[][] => {
  const index = /^INDEX\((.*)\)$/.exec(formula);
  if (index !== null) {
    const [inner, row, column] = split(index[1]!);
    return [[calculate(inner!)[Number(row) - 1]![Number(column) - 1]]];
  }
  const [, id, args] = /^COLL\.([A-Z.]+)\((.*)\)$/.exec(formula)!;
  return functions[id!]!(...(args === "" ? [] : split(args!).map(literal)));
};

const expectCell = (actual: unknown, printed: string): void => {
  const text = printed.trim();
  if (typeof actual === "number") expect(Math.abs(actual - Number(text))).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(actual)));
  else expect(String(actual)).toBe(text);
};

describe("the examples of the help pages", () => {
  it.each(Object.keys(functions))("COLL.%s answers what its page says", (id) => {
    const page = readFileSync(join(__dirname, "../../../docs/functions", `${id.toLowerCase().replace(/\./g, "-")}.md`), "utf8");
    const example = page.slice(page.indexOf("## Example"), page.indexOf("## Errors"));
    const formula = /```\n=(.*)\n```/.exec(example)![1]!;
    const answer = calculate(formula);
    const scalar = /answers `([^`]*)`/.exec(example);
    if (process.env["SHOW_ANSWERS"] !== undefined) process.stdout.write(`${id} ${JSON.stringify(answer)}\n`);
    if (scalar !== null) return expectCell(answer[0]![0], scalar[1]!);
    const lines = example
      .slice(example.indexOf("answers"))
      .split("\n")
      .filter((line) => line.startsWith("|") && !/^\|[-| ]*-[-| ]*\|$/.test(line));
    const printed = lines.map((line) => line.slice(1, -1).split("|"));
    const body = printed.length === answer.length + 1 && printed[0]!.every((cell) => cell.trim() === "") ? printed.slice(1) : printed;
    expect(body.length).toBe(answer.length);
    answer.forEach((row, i) => row.forEach((cell, j) => expectCell(cell, body[i]![j]!)));
  });
});
