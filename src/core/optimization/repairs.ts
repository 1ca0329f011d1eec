import type { LinearModel } from "../lp/linear-model";
import type { CoverageLine, Repair } from "./allocation-outcome";
import type { NamedRule } from "./allocation-index";
import { supplyName } from "./build-allocation-model";
import type { ShortfallQuestion } from "./conflict";
import { constantAmount } from "./model-rows/limit-rows";
import { withColumn, withColumnBounds, withEntry, withoutRules } from "./relaxed-model";
import type { LimitCase } from "./problem-shape";

/** Most assets for which "make it eligible" is worked out. */
const mostEligibility = 12;

/**
 * Lists single changes that cure a shortfall, each the least of its kind, the smallest first.
 *
 * @param rules the irreducible conflict, without the agreement's own cover
 */
export const repairsOf = async (question: ShortfallQuestion, rules: readonly NamedRule[], line: CoverageLine): Promise<Repair[]> => {
  const { problem, demand } = question;
  const repairs: Repair[] = [];
  const agreementId = problem.demands[demand]!.agreementId;
  const size = line.shortfall * problem.demands[demand]!.rate;
  repairs.push({
    rule: `cover ${agreementId}`,
    change: `agree to reduce the requirement of ${agreementId} by ${money(line.shortfall)} to ${money(line.required - line.shortfall)} ${line.currency}`,
    size,
    agreementId,
  });
  for (const rule of rules) {
    if (question.isOutOfTime()) break;
    const repair = await repairOf(question, rule);
    if (repair !== undefined) repairs.push({ ...repair, rule: rule.name, agreementId });
  }
  repairs.push(...(await eligibilityRepairs(question)));
  return repairs.sort((a, b) => a.size - b.size || (a.rule < b.rule ? -1 : 1));
};

type Change = Pick<Repair, "change" | "size">;

/** The question with the agreement covered in full: what is left is to find the least change. */
const covered = (question: ShortfallQuestion): LinearModel =>
  withColumnBounds(question.base, [[question.model.index.shortfall[question.demand]!, 0, 0]]);

const leastWith = async (question: ShortfallQuestion, model: LinearModel): Promise<number | undefined> => {
  const least = await question.least(model, model.columnCount - 1);
  return Number.isFinite(least) && least > 0 ? least : undefined;
};

const repairOf = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const { problem, model } = question;
  const { scale } = model.index;
  switch (rule.kind) {
    case "inventory": {
      const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]]));
      const supply = problem.supplies[rule.of]!;
      return least === undefined
        ? undefined
        : { change: `add ${units((least * scale) / supply.unitValue)} ${supplyName(supply)}`, size: least * scale };
    }
    case "coverage": {
      const other = problem.demands[rule.of]!;
      const row = model.index.coverageRow[rule.of]!;
      const least = await leastWith(question, withColumn(covered(question), [[row, 1]]));
      return least === undefined
        ? undefined
        : {
            change: `agree to reduce the requirement of ${other.agreementId} by ${money((least * scale) / other.rate)} ${other.row.currency}`,
            size: least * scale,
          };
    }
    case "limit":
      return limitRepair(question, rule, problem.limits[rule.of]!);
    case "buffer": {
      const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, 1]]));
      return least === undefined
        ? undefined
        : {
            change: `lower the liquidity buffer by ${money(least * scale)} to ${money(problem.buffer - least * scale)} ${problem.settings.baseCurrency}`,
            size: least * scale,
          };
    }
    case "cap": {
      const least = await leastWith(question, withColumn(covered(question), [[rule.rows[0]!, -1]], Infinity, true));
      const cap = problem.caps[rule.of]!;
      // A movement has no amount: ranked as if each cost nothing but the attention of a desk.
      return least === undefined
        ? undefined
        : { change: `allow ${cap.limit + Math.ceil(least - 1e-6)} movements instead of ${cap.limit} (${cap.name})`, size: Math.ceil(least - 1e-6) };
    }
    case "pin":
    case "timing":
    case "lots":
      return droppedRule(question, rule);
  }
};

/** A rule without an amount can only be dropped; it is ranked by what it would cure. */
const droppedRule = async (question: ShortfallQuestion, rule: NamedRule): Promise<Change | undefined> => {
  const column = question.model.index.shortfall[question.demand]!;
  const before = await question.least(question.base, column);
  const after = await question.least(withoutRules(question.base, [rule]), column);
  if (after > question.tolerance) return undefined;
  const words = { pin: `drop the pin: ${rule.name}`, timing: `accept a later settlement: ${rule.name}`, lots: `accept part lots: ${rule.name}` };
  return { change: words[rule.kind as keyof typeof words], size: before * question.model.index.scale };
};

const limitRepair = async (question: ShortfallQuestion, rule: NamedRule, limit: LimitCase): Promise<Change | undefined> => {
  const { model, problem } = question;
  const { scale } = model.index;
  const currency = problem.settings.baseCurrency;
  const verb = limit.direction === "max" ? "raise" : "lower";
  const row = rule.rows[rule.rows.length - 1]!;
  if (limit.basis !== "posted" || limit.orAmount !== undefined) {
    const least = await leastWith(question, withColumn(covered(question), [[row, -1]]));
    if (least === undefined) return undefined;
    const now = limit.basis === "posted" ? (limit.orAmount ?? 0) : constantAmount(model.index, problem, limit) * scale;
    const next = limit.direction === "max" ? now + least * scale : now - least * scale;
    return { change: `${verb} the ${limit.name} from ${money(now)} to ${money(next)} ${currency}`, size: least * scale };
  }
  const share = await leastShare(question, row, limit);
  if (share === undefined) return undefined;
  const posted = limit.scope.length === 0 ? 0 : problem.demands[question.demand]!.required;
  return { change: `${verb} the ${limit.name} from ${percent(limit.limit)} to ${percent(share)}`, size: Math.abs(share - limit.limit) * posted };
};

/** Least change of a share of what is posted: the share multiplies a column, so it is found by halving. */
const leastShare = async (question: ShortfallQuestion, row: number, limit: LimitCase): Promise<number | undefined> => {
  const total = totalColumn(question.base, row);
  if (total === undefined) return undefined;
  const sign = limit.direction === "max" ? -1 : 1;
  const column = question.model.index.shortfall[question.demand]!;
  const cures = async (share: number): Promise<boolean> =>
    (await question.least(withEntry(question.base, row, total, sign * share), column)) <= question.tolerance;
  let [bad, good] = [limit.limit, limit.direction === "max" ? 1 : 0];
  if (!(await cures(good))) return undefined;
  for (let step = 0; step < 24; step++) {
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

/** "Make ... eligible": for assets that are free but refused, at the best haircut that they have elsewhere. */
const eligibilityRepairs = async (question: ShortfallQuestion): Promise<Repair[]> => {
  const { problem, model, demand } = question;
  const { agreementId } = problem.demands[demand]!;
  const repairs: Repair[] = [];
  const candidates = problem.refused
    .filter((pair) => pair.demand === demand && !/wrong-way|own paper|tblEligibility rows/.test(pair.reason))
    .map((pair) => ({ pair, supply: problem.supplies[pair.supply]! }))
    .filter(({ supply }) => supply.available > 0)
    .sort((a, b) => b.supply.available * b.supply.unitValue - a.supply.available * a.supply.unitValue)
    .slice(0, mostEligibility);
  for (const { pair, supply } of candidates) {
    if (question.isOutOfTime()) break;
    const ratios = problem.pairs
      .filter((other) => problem.supplies[other.supply]!.row.assetId === supply.row.assetId)
      .map((other) => other.valueRatio);
    const ratio = ratios.length > 0 ? Math.max(...ratios) : 1;
    const least = await leastWith(
      question,
      withColumn(covered(question), [
        [model.index.inventoryRow[pair.supply]!, 1],
        [model.index.coverageRow[demand]!, ratio],
      ]),
    );
    if (least === undefined) continue;
    const amount = `${units((least * model.index.scale) / supply.unitValue)} ${supplyName(supply)}`;
    const change = pair.isLate
      ? `accept a later settlement of ${amount} at ${agreementId} (${pair.reason})`
      : `make ${amount} eligible at ${agreementId} (at a haircut of ${percent(1 - ratio)}; now: ${pair.reason})`;
    repairs.push({
      rule: pair.isLate ? `deadline of ${agreementId}` : `eligibility of ${supply.row.assetId} at ${agreementId}`,
      change,
      size: least * model.index.scale,
      agreementId,
    });
  }
  return repairs;
};

/** Thousands separated by commas, at most two decimals. */
export const money = (value: number): string => grouped(value, 2);

const units = (value: number): string => grouped(value, value >= 1000 ? 2 : 8);

const grouped = (value: number, digits: number): string => {
  const [whole = "0", fraction = ""] = Number(Math.abs(value).toPrecision(12)).toFixed(digits).split(".");
  const tail = fraction.replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",")}${tail === "" ? "" : `.${tail}`}`;
};

/** A decimal as a percentage with at most two decimals. */
export const percent = (value: number): string => `${Number((value * 100).toFixed(2))} %`;
