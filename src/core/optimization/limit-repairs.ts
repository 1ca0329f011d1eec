import type { LinearModel } from "../lp/linear-model";
import type { Conflict, TableEdit } from "./allocation-outcome";
import type { NamedRule } from "./allocation-index";
import { withColumn, withEntry } from "./relaxed-model";
import { amountIn, centIn, exactPercent, moneyStep, safely, shareStep, units } from "./repair-numbers";
import { covered, edit, leastWith, type Change } from "./repair-model";
import type { LimitCase } from "./problem-shape";
import type { ShortfallQuestion } from "./shortfall-question";
import { nearestCure } from "./try-repair";

/** One number of a limit row: which column, how much of the base currency (or units) 1 in it stands for, and how it is written. */
interface LimitNumber {
  readonly column: "limit" | "orAmount";
  readonly from: number;
  readonly per: number;
  readonly step: number;
  readonly text: (value: number) => string;
  /** Base currency per 1 in the column, for ranking. */
  readonly worth: number;
}

/** The number of a limit that decides: the larger of limit and orAmount. */
const numberOf = (question: ShortfallQuestion, limit: LimitCase): LimitNumber => {
  const { problem, model } = question;
  const { stated } = limit;
  const ratedMoney = (value: number): string => `${amountIn(value, stated.rate, problem.cent)} ${stated.currency}`;
  const first = limit.members[0];
  const unitValue = first === undefined ? 1 : problem.supplies[problem.pairs[first]!.supply]!.unitValue;
  const inBase = limit.basis === "units" ? limit.limit * unitValue : limit.limit;
  if (limit.orAmount !== undefined && (limit.basis === "posted" || limit.orAmount > inBase)) {
    const step = moneyStep(model.index.scale, stated.rate, problem.cent);
    return { column: "orAmount", from: limit.orAmount / stated.rate, per: stated.rate, step, text: ratedMoney, worth: stated.rate };
  }
  if (stated.basis === "amount") {
    const step = moneyStep(model.index.scale, stated.rate, problem.cent);
    return { column: "limit", from: stated.limit, per: stated.rate, step, text: ratedMoney, worth: stated.rate };
  }
  const worth = limit.basis === "units" ? stated.per * unitValue : limit.basis === "posted" ? requiredIn(question, limit) : stated.per;
  return {
    column: "limit",
    from: stated.limit,
    per: stated.per * (limit.basis === "units" ? unitValue : 1),
    step: shareStep,
    text: exactPercent,
    worth,
  };
};

/** Requirements where the limit applies, base currency. */
const requiredIn = ({ problem }: ShortfallQuestion, limit: LimitCase): number =>
  [...new Set(limit.scope.map((p) => problem.pairs[p]!.demand))].reduce((sum, d) => sum + problem.demands[d]!.required, 0);

/** Raises a maximum, or lowers a minimum, to the nearest number that cures. */
export const limitRepair = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { model, problem } = question;
  const limit = problem.limits[rule.of]!;
  const number = numberOf(question, limit);
  const isMaximum = limit.direction === "max";
  // What gave way allows what is locked: its row says nothing of its own number.
  const hasGivenWay = isMaximum && problem.yielding.has(limit.name);
  const guess = hasGivenWay
    ? undefined
    : limit.basis === "posted" && limit.orAmount === undefined
      ? await leastShare(question, rule.rows[0]!, limit)
      : shifted(
          number,
          await leastWith(question, withColumn(covered(question), [[rule.rows[rule.rows.length - 1]!, -1]])),
          model.index.scale,
          isMaximum,
        );
  const edits = (value: number): TableEdit[] => [edit("tblLimits", limit.row, number.column, value)];
  const next = await nearestCure(question, {
    from: number.from,
    to: isMaximum ? highest(question, limit, number) : 0,
    guess: limit.direction === "min" && limit.basis === "posted" && limit.orAmount !== undefined ? undefined : guess,
    step: number.step,
    worth: number.worth,
    edits,
  });
  if (next === undefined) return undefined;
  return {
    change: `${isMaximum ? "raise" : "lower"} the ${limit.name} from ${rangeText(number, number.from, next)}`,
    size: Math.abs(next - number.from) * number.worth,
    edits: edits(next),
  };
};

const rangeText = ({ column, text }: LimitNumber, from: number, to: number): string => {
  const [first, second] = [text(from), text(to)];
  const unit = / [A-Z]+$/.exec(first)?.[0] ?? "";
  return `${unit === "" ? first : first.slice(0, -unit.length)} to ${second}${column === "orAmount" ? " (orAmount)" : ""}`;
};

const shifted = (number: LimitNumber, least: number | undefined, scale: number, isMaximum: boolean): number | undefined =>
  least === undefined || !(number.per > 0) ? undefined : number.from + ((isMaximum ? 1 : -1) * least * scale) / number.per;

/** So high that a maximum does not bind. */
const highest = ({ problem }: ShortfallQuestion, limit: LimitCase, { per, step, from }: LimitNumber): number => {
  if (limit.basis === "posted" && limit.orAmount === undefined) return Math.max(1, from);
  const inventory = problem.supplies.reduce((sum, supply) => sum + supply.available * supply.unitValue, 0);
  return Math.max(from, safely((inventory * 1.01) / Math.max(per, 1e-12), step, "up"));
};

/** Least change of a share of what is posted: the share multiplies a column, so it is found by halving. */
const leastShare = async (question: ShortfallQuestion, row: number, limit: LimitCase): Promise<number | undefined> => {
  const total = totalColumn(question.base, row);
  if (total === undefined) return undefined;
  const sign = limit.direction === "max" ? -1 : 1;
  const cures = async (share: number): Promise<boolean> =>
    (await question.least(withEntry(question.base, row, total, sign * share), question.column)) <= question.tolerance;
  let [bad, good] = [limit.limit, limit.direction === "max" ? 1 : 0];
  if (!(await cures(good))) return undefined;
  for (let step = 0; step < 26; step++) {
    const middle = (bad + good) / 2;
    if (await cures(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

/** The column of the total in a share row: the last one with an entry, because it was added with the row. */
const totalColumn = (model: LinearModel, row: number): number | undefined => {
  for (let c = model.columnCount - 1; c >= 0; c--) {
    for (let k = model.starts[c]!; k < model.starts[c + 1]!; k++) if (model.indices[k] === row && isTotal(model, c)) return c;
  }
  return undefined;
};

/** A total is free of bounds above and stands in an equation with -1. */
const isTotal = (model: LinearModel, column: number): boolean => {
  for (let k = model.starts[column]!; k < model.starts[column + 1]!; k++) {
    const r = model.indices[k]!;
    if (model.values[k] === -1 && model.rowLower[r] === 0 && model.rowUpper[r] === 0) return true;
  }
  return false;
};

/** A minimum that is missed may be lowered to what was reached; one row may stand for several minimums, so the nearest number is looked for. */
export const lowerMinimum = async (question: ShortfallQuestion, missing: Conflict): Promise<(Change & { rule: string }) | undefined> => {
  const { problem, target } = question;
  const rule = missing.minimum ?? target.name;
  const limit = problem.limits.find((one) => one.name === target.name);
  if (limit !== undefined) {
    const number = numberOf(question, limit);
    const editsOf = (value: number): TableEdit[] => [edit("tblLimits", limit.row, number.column, value)];
    // A share of what is posted: the same share of needed as was reached.
    const reached = missing.required > 0 ? number.from * (missing.reachable / missing.required) : 0;
    const next = await nearestCure(question, { from: number.from, to: 0, guess: reached, step: number.step, worth: number.worth, edits: editsOf });
    if (next === undefined) return undefined;
    const change = `lower the ${limit.name} from ${rangeText(number, number.from, next)}`;
    return { rule, change, size: (number.from - next) * number.worth, edits: editsOf(next) };
  }
  const pin = problem.pins.find((one) => one.name === target.name);
  if (pin !== undefined) {
    const supply = problem.supplies[problem.pairs[pin.pairs[0]!]!.supply]!;
    const edits = [edit("tblPins", pin.row, "quantity", missing.reachable)];
    const change = `change the pin from ${units(missing.required)} to ${units(missing.reachable)}: ${pin.name}`;
    return { rule, change, size: missing.shortfall * supply.unitValue, edits };
  }
  const next = safely(missing.reachable, centIn(1, problem.cent), "down");
  const money = (value: number): string => amountIn(value, 1, problem.cent);
  const change = `lower the liquidity buffer by ${money(missing.required - next)} to ${money(next)} ${missing.currency}`;
  return { rule, change, size: missing.required - next, edits: [edit("tblSettings", 0, "liquidityBuffer", next)] };
};
