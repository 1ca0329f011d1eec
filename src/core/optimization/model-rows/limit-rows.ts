import type { ModelBuilder } from "../../lp/model-builder";
import { addCostedColumn, addMiss, type AllocationIndex } from "../allocation-index";
import type { AllocationProblem, LimitCase } from "../problem-shape";
import { allSlices } from "./pool-rows";

/** A sum of columns: column -> coefficient. */
type Expression = Map<number, number>;

/**
 * Adds the concentration limits, each in its own base.
 *
 *   constant   sum_G w x <= L                        L holds "the larger of" already
 *   posted     sum_G w x - p * sum_scope w x <= 0    or, with orAmount, sum_G w x <= L: two cases, one binary
 *   units      units posted <= share of the issue or of the daily volume
 *
 * appliesAbove switches a limit on only when more than that is posted in its scope (one binary). Soft limits get a breach column.
 */
export const addLimitRows = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem): void => {
  const totals = new Map<readonly number[], Map<string, number>>();
  const totalOf = (limit: LimitCase, side: "up" | "down"): number => {
    const known = totals.get(limit.scope) ?? new Map<string, number>();
    totals.set(limit.scope, known);
    const key = `${limit.valueBasis} ${side}`;
    const column = known.get(key) ?? addTotal(builder, index, weigh(index, problem, limit.scope, asTotal(limit), side));
    known.set(key, column);
    return column;
  };
  problem.limits.forEach((limit, l) => {
    if (limit.direction === "max" && limit.members.length === 0) return;
    if (limit.direction === "max" && problem.yielding.has(limit.name)) {
      index.rules.push({ kind: "limit", name: limit.name, rows: [addLocked(builder, index, problem, limit, totalOf)], of: l });
      return;
    }
    const added =
      limit.direction === "max" ? addMaximum(builder, index, problem, limit, l, totalOf) : addMinimum(builder, index, problem, limit, l, totalOf);
    const { rows, gate } = added;
    const on = gate === undefined ? {} : { gate };
    const total = limit.basis === "posted" ? { total: totalOf(limit, limit.direction === "max" ? "down" : "up") } : {};
    if (limit.isSoft) index.softLimits.push({ limit: l, rows, ...total, ...on });
    else index.rules.push({ kind: "limit", name: limit.name, rows, ...total, ...on, of: l });
  });
};

/** One column for what is posted in a scope, so that a limit on every asset does not repeat the whole scope. */
const addTotal = (builder: ModelBuilder, index: AllocationIndex, scope: Expression): number => {
  const column = addCostedColumn(builder, index, 0);
  const row = builder.addRow({ lower: 0, upper: 0 });
  for (const [member, coefficient] of scope) builder.addEntry(row, member, coefficient);
  builder.addEntry(row, column, -1);
  return column;
};

/** The size of a scope is measured by valueBasis, also where the limit itself counts units of an issue. */
const asTotal = (limit: LimitCase): LimitCase => (limit.basis === "units" ? { ...limit, basis: "constant" } : limit);

/** The rows of a limit and the column of its switch, where it has one. */
interface LimitAdded {
  readonly rows: readonly number[];
  readonly gate: number | undefined;
}

type TotalOf = (limit: LimitCase, side: "up" | "down") => number;

const addMaximum = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  limit: LimitCase,
  l: number,
  totalOf: TotalOf,
): LimitAdded => {
  const group = weigh(index, problem, limit.members, limit, "up");
  const most = upperBound(index, problem, limit.members, limit);
  const gate = gateOf(builder, index, problem, limit, totalOf);
  const breach = limit.isSoft ? addBreach(builder, index, limit, l) : undefined;
  if (limit.basis !== "posted") {
    const amount = constantAmount(index, problem, limit);
    return { rows: [addRow(builder, group, amount, breach, gate, Math.max(0, most - amount))], gate };
  }
  const share = withShare(group, totalOf(limit, "down"), limit.limit);
  if (limit.orAmount === undefined) return { rows: [addRow(builder, share, 0, breach, gate, most)], gate };
  // Either the share holds (binary 0) or the amount does (binary 1): the larger of both is allowed.
  const amount = limit.orAmount / index.scale;
  const byAmount = addCostedColumn(builder, index, 0, 0, 1, true);
  const shareRow = addRow(builder, share, 0, breach, gate, most);
  builder.addEntry(shareRow, byAmount, -most);
  const slack = Math.max(0, most - amount);
  const amountRow = addRow(builder, group, amount + slack, breach, gate, most);
  builder.addEntry(amountRow, byAmount, slack);
  return { rows: [shareRow, amountRow], gate };
};

/** A maximum that is exceeded by what cannot be recalled yet allows that and no more; counted in market value, so that nothing else fits. */
const addLocked = (builder: ModelBuilder, index: AllocationIndex, problem: AllocationProblem, limit: LimitCase, totalOf: TotalOf): number => {
  const market: LimitCase = { ...limit, valueBasis: "market", basis: "constant" };
  const locked = limit.members.reduce((sum, p) => sum + problem.pairs[p]!.locked * problem.supplies[problem.pairs[p]!.supply]!.unitValue, 0);
  const amount = (locked / index.scale) * (1 + 1e-12);
  const most = upperBound(index, problem, limit.members, market);
  return addRow(
    builder,
    weigh(index, problem, limit.members, market, "up"),
    amount,
    undefined,
    gateOf(builder, index, problem, limit, totalOf),
    Math.max(0, most - amount),
  );
};

/** sum_G w x >= amount, and >= share of what is posted; a binary gate lowers it to nothing while it does not apply. */
const addMinimum = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  limit: LimitCase,
  l: number,
  totalOf: TotalOf,
): LimitAdded => {
  const group = weigh(index, problem, limit.members, limit, "down");
  const gate = gateOf(builder, index, problem, limit, totalOf);
  const breach = limit.isSoft ? addBreach(builder, index, limit, l) : undefined;
  const rows: number[] = [];
  if (limit.basis === "posted") {
    const share = negate(withShare(group, totalOf(limit, "up"), limit.limit));
    rows.push(addRow(builder, share, 0, breach, gate, limit.limit * upperBound(index, problem, limit.scope, limit)));
  }
  const amount = limit.basis === "posted" ? (limit.orAmount ?? 0) / index.scale : constantAmount(index, problem, limit);
  // The larger of both: a minimum must reach each of them.
  if (limit.basis !== "posted" || amount > 0) rows.push(addRow(builder, negate(group), -amount, breach, gate, amount));
  if (problem.yielding.has(limit.name)) addMiss(builder, index, rows, -1, limit.name, limit.penalty);
  return { rows, gate };
};

/** expression - breach <= amount + slack * (1 - gate) */
const addRow = (
  builder: ModelBuilder,
  expression: Expression,
  amount: number,
  breach: number | undefined,
  gate: number | undefined,
  slack: number,
): number => {
  const row = builder.addRow({ upper: gate === undefined ? amount : amount + slack });
  for (const [column, coefficient] of expression) builder.addEntry(row, column, coefficient);
  if (breach !== undefined) builder.addEntry(row, breach, -1);
  if (gate !== undefined) builder.addEntry(row, gate, slack);
  return row;
};

const addBreach = (builder: ModelBuilder, index: AllocationIndex, limit: LimitCase, l: number): number => {
  const column = addCostedColumn(builder, index, 0);
  index.breaches.push({ column, weight: limit.penalty, limit: l });
  return column;
};

/** A binary that must be 1 when more than appliesAbove is posted in the scope; undefined where the limit always applies. */
const gateOf = (
  builder: ModelBuilder,
  index: AllocationIndex,
  problem: AllocationProblem,
  limit: LimitCase,
  totalOf: TotalOf,
): number | undefined => {
  if (limit.appliesAbove === undefined) return undefined;
  const size = limit.appliesAbove / index.scale;
  const most = upperBound(index, problem, limit.scope, asTotal(limit));
  const gate = addCostedColumn(builder, index, 0, 0, 1, true);
  const row = builder.addRow({ upper: size });
  builder.addEntry(row, totalOf(limit, "up"), 1);
  builder.addEntry(row, gate, -Math.max(0, most - size));
  return gate;
};

/** The amount of a limit in model units; with orAmount the larger of both. */
export const constantAmount = (index: AllocationIndex, problem: AllocationProblem, limit: LimitCase): number => {
  const first = limit.members[0];
  const unitValue = first === undefined ? 1 : problem.supplies[problem.pairs[first]!.supply]!.unitValue;
  const amount = limit.basis === "units" ? limit.limit * unitValue : limit.limit;
  return Math.max(amount, limit.orAmount ?? 0) / index.scale;
};

/**
 * Weighs what is posted: 1 for market value, the value ratio after haircut.
 *
 * Where a slab balance is only partly in the group, its lines are weighed at the best slab (up) or at none (down): on the safe side.
 */
const weigh = (index: AllocationIndex, problem: AllocationProblem, members: readonly number[], limit: LimitCase, side: "up" | "down"): Expression => {
  const expression: Expression = new Map();
  const add = (column: number, coefficient: number): void => {
    if (column >= 0 && coefficient !== 0) expression.set(column, (expression.get(column) ?? 0) + coefficient);
  };
  const isAfterHaircut = limit.valueBasis === "afterHaircut" && limit.basis !== "units";
  const inside = new Set(members);
  const whole = new Set<number>();
  for (const p of members) {
    const pair = problem.pairs[p]!;
    const pool = problem.pools[pair.pool];
    if (isAfterHaircut && pool !== undefined) {
      if (pool.pairs.every((other) => inside.has(other))) {
        whole.add(pair.pool);
        continue;
      }
      const best = Math.max(...allSlices(pool).map((slice) => slice.ratio));
      const ratio = side === "up" ? best : 0;
      add(index.keep[p]!, ratio);
      add(index.deliver[p]!, ratio);
      continue;
    }
    const weight = isAfterHaircut ? pair.valueRatio : 1;
    add(index.keep[p]!, weight);
    add(index.deliver[p]!, weight);
  }
  for (const pool of whole) {
    const slices = allSlices(problem.pools[pool]!);
    index.sliceColumns[pool]!.forEach((column, k) => add(column, slices[k]!.ratio));
  }
  return expression;
};

const withShare = (group: Expression, total: number, share: number): Expression => new Map([...group, [total, -share]]);

const negate = (expression: Expression): Expression => new Map([...expression].map(([column, coefficient]) => [column, -coefficient]));

/** Most that members can ever weigh, model units: inventory, each line counted once at its best ratio. */
const upperBound = (index: AllocationIndex, problem: AllocationProblem, members: readonly number[], limit: LimitCase): number => {
  const best = new Map<number, number>();
  for (const p of members) {
    const pair = problem.pairs[p]!;
    const pool = problem.pools[pair.pool];
    const ratio =
      limit.valueBasis === "market" || limit.basis === "units"
        ? 1
        : pool === undefined
          ? pair.valueRatio
          : Math.max(...allSlices(pool).map((slice) => slice.ratio));
    best.set(pair.supply, Math.max(best.get(pair.supply) ?? 0, ratio));
  }
  let sum = 0;
  for (const [supply, ratio] of best) sum += problem.supplies[supply]!.available * problem.supplies[supply]!.unitValue * ratio;
  return sum / index.scale;
};
