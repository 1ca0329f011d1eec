import type { LinearModel } from "../lp/linear-model";
import type { Basis, SolveResult, Solver, StopSignal } from "../lp/solver";
import type { Conflict, CoverageLine } from "./allocation-outcome";
import type { NamedRule } from "./allocation-index";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import type { AllocationProblem } from "./problem-shape";
import { onlyColumn, withColumnBounds, withoutRules } from "./relaxed-model";
import { repairsOf } from "./repairs";

/** Above this many short agreements the others are listed without an analysis. */
const mostAnalysed = 8;
/** Most solves spent on one agreement. */
const mostSolves = 400;

/** What explaining may cost. */
export interface ExplainOptions {
  readonly stop?: StopSignal | undefined;
  /** Engine seconds for all explanations together; default 5. */
  readonly explainSeconds?: number | undefined;
}

/** A shortfall problem of one agreement: how little can it be short while the others keep what they have? */
export interface ShortfallQuestion {
  readonly problem: AllocationProblem;
  readonly model: AllocationModel;
  /** The model with the other agreements' shortfalls held at what the run left. */
  readonly base: LinearModel;
  readonly demand: number;
  /** Model units below which nothing is short. */
  readonly tolerance: number;
  /** Least value of a column; Infinity where the model has no answer. */
  least(model: LinearModel, column: number): Promise<number>;
  /** True when the time for explanations is used up. */
  isOutOfTime(): boolean;
  /** The same with the engine's whole answer. */
  ask(model: LinearModel, column: number): Promise<SolveResult>;
}

/**
 * Says why agreements are short: for each an irreducible set of named rules, and repairs that cure it alone.
 *
 * The set comes from a deletion filter over rules, not rows: take a rule away; if the agreement is still short, the rule is not needed for
 * the conflict. Rules without a price in the shortfall problem are taken away first, all at once.
 *
 * @source J. W. Chinneck, Feasibility and Infeasibility in Optimization, chapter 6 (deletion filter)
 */
export const explainShortfalls = async (
  problem: AllocationProblem,
  coverage: readonly CoverageLine[],
  solver: Solver,
  options: ExplainOptions = {},
): Promise<Conflict[]> => {
  const short = coverage.flatMap((line, demand) => (line.isCovered ? [] : [{ line, demand }]));
  if (short.length === 0) return [];
  const model = buildAllocationModel(problem);
  const built = model.builder.build();
  const held = coverage.map((line, d): [number, number, number] => [
    model.index.shortfall[d]!,
    0,
    ((line.shortfall * problem.demands[d]!.rate) / model.index.scale) * (1 + 1e-9) + 1e-11,
  ]);
  const clock = { left: options.explainSeconds ?? 5 };
  const conflicts: Conflict[] = [];
  for (const { line, demand } of short) {
    const isOver = conflicts.length >= mostAnalysed || clock.left <= 0 || options.stop?.requested === true;
    const others = held.filter((_, d) => d !== demand);
    const base = withColumnBounds(built, [...others, [model.index.shortfall[demand]!, 0, Infinity]]);
    const ask = (asked: LinearModel): ShortfallQuestion =>
      askingWith({ problem, model, base: asked, demand, tolerance: 1e-8 }, solver, options, clock);
    conflicts.push(isOver ? bare(line) : await explainOne(await simplest(ask, base, model.index.shortfall[demand]!), line));
  }
  return conflicts;
};

/** Where the linear relaxation is short already, lots and caps have nothing to do with it: prices then lead to the conflict at once. */
const simplest = async (ask: (model: LinearModel) => ShortfallQuestion, base: LinearModel, column: number): Promise<ShortfallQuestion> => {
  if (base.integer === undefined) return ask(base);
  const { integer: _, ...relaxed } = base;
  const question = ask(relaxed);
  return (await question.least(relaxed, column)) > question.tolerance ? question : ask(base);
};

const bare = (line: CoverageLine): Conflict => ({
  agreementId: line.agreementId,
  currency: line.currency,
  required: line.required,
  reachable: line.posted,
  shortfall: line.shortfall,
  rules: [],
  repairs: [],
});

const askingWith = (
  question: Omit<ShortfallQuestion, "least" | "ask" | "isOutOfTime">,
  solver: Solver,
  options: ExplainOptions,
  clock: { left: number },
): ShortfallQuestion => {
  let basis: Basis | undefined;
  const ask = async (model: LinearModel, column: number): Promise<SolveResult> => {
    const asked = onlyColumn(model, column);
    const fits =
      basis !== undefined && asked.integer === undefined && basis.columns.length === asked.columnCount && basis.rows.length === asked.rowCount;
    const result: SolveResult = await solver.solve(asked, {
      ...(options.stop === undefined ? {} : { stop: options.stop }),
      ...(asked.integer === undefined ? {} : { limits: { timeSeconds: Math.max(0.2, Math.min(2, clock.left)) } }),
      ...(fits && basis !== undefined ? { start: { basis } } : {}),
    });
    clock.left -= result.seconds;
    basis = result.basis ?? basis;
    return result;
  };
  const least = async (model: LinearModel, column: number): Promise<number> => {
    const result = await ask(model, column);
    return result.primal.length > 0 && result.terminationStatus !== "infeasible" ? Math.max(0, result.primal[column]!) : Infinity;
  };
  return { ...question, ask, least, isOutOfTime: () => clock.left <= 0 || options.stop?.requested === true };
};

const explainOne = async (question: ShortfallQuestion, line: CoverageLine): Promise<Conflict> => {
  const { problem, demand } = question;
  const name = `cover ${problem.demands[demand]!.agreementId}`;
  const trivial = trivialCause(question);
  if (trivial !== undefined) {
    return { ...bare(line), rules: [name, trivial], repairs: await repairsOf(question, [], line) };
  }
  const relevant = await irreducible(question);
  // A filter that was cut short names rules that may have nothing to do with it: better none.
  if (question.isOutOfTime()) return bare(line);
  const rules = [name, ...relevant.map((rule) => rule.name)];
  return { ...bare(line), rules, repairs: await repairsOf(question, relevant, line) };
};

/** Causes that need no solver: nothing is eligible, or nothing of it arrives in time. */
const trivialCause = ({ problem, demand }: ShortfallQuestion): string | undefined => {
  if (problem.pairs.some((pair) => pair.demand === demand)) return undefined;
  const refused = problem.refused.filter((pair) => pair.demand === demand);
  if (refused.some((pair) => pair.isLate)) return "no eligible asset arrives before the deadline";
  const reasons = [...new Set(refused.map((pair) => pair.reason))];
  return reasons.length === 1 ? `no eligible asset: ${reasons[0]}` : "no eligible asset";
};

/** Rules of the model other than the agreement's own cover. */
const otherRules = ({ model, demand }: ShortfallQuestion): NamedRule[] =>
  model.index.rules.filter((rule) => !(rule.kind === "coverage" && rule.of === demand));

/** Taking away another agreement's cover means that it may fall short as well. */
const relaxedBy = (question: ShortfallQuestion, off: ReadonlySet<NamedRule>): LinearModel => {
  const freed = [...off]
    .filter((rule) => rule.kind === "coverage")
    .map((rule): [number, number, number] => [question.model.index.shortfall[rule.of]!, 0, Infinity]);
  return withColumnBounds(
    withoutRules(
      question.base,
      [...off].filter((rule) => rule.kind !== "coverage"),
    ),
    freed,
  );
};

const irreducible = async (question: ShortfallQuestion): Promise<NamedRule[]> => {
  const all = otherRules(question);
  const column = question.model.index.shortfall[question.demand]!;
  const isShort = async (off: ReadonlySet<NamedRule>): Promise<boolean> =>
    (await question.least(relaxedBy(question, off), column)) > question.tolerance;
  let solves = 0;
  const isSpent = (): boolean => solves >= mostSolves || question.isOutOfTime();
  // Whole blocks first: most rules have nothing to do with the conflict, and one solve may clear hundreds of them.
  const filter = async (rules: readonly NamedRule[], off: Set<NamedRule>): Promise<NamedRule[]> => {
    if (rules.length === 0 || isSpent()) return [...rules];
    solves += 1;
    if (await isShort(new Set([...off, ...rules]))) {
      rules.forEach((rule) => off.add(rule));
      return [];
    }
    if (rules.length === 1) return [...rules];
    const middle = Math.ceil(rules.length / 2);
    const first = await filter(rules.slice(0, middle), off);
    return [...first, ...(await filter(rules.slice(middle), off))];
  };
  const priced = pricedRules(question, all, await question.ask(question.base, column));
  // Without the rules that have no price the shortfall is the same: the dual answer stays valid. The filter checks it once more.
  const off = new Set(all.filter((rule) => !priced.has(rule)));
  if (off.size > 0 && !(await isShort(off))) return filter(inOrder(all), new Set());
  return filter(inOrder([...priced]), off);
};

/** Rules with a price in the shortfall problem; all of them where the engine gives no prices. */
const pricedRules = ({ model }: ShortfallQuestion, rules: readonly NamedRule[], result: SolveResult): ReadonlySet<NamedRule> => {
  const { dual, reducedCosts } = result;
  if (dual.length === 0 || reducedCosts.length === 0) return new Set(rules);
  const hasPrice = (rule: NamedRule): boolean =>
    rule.kind === "coverage"
      ? Math.abs(reducedCosts[model.index.shortfall[rule.of]!]!) > 1e-9
      : rule.rows.some((row) => Math.abs(dual[row]!) > 1e-9) || (rule.bounds ?? []).some(({ column }) => Math.abs(reducedCosts[column]!) > 1e-9);
  return new Set(rules.filter(hasPrice));
};

/** The order of the filter decides which of several conflicts is named: what a desk can change least is tried first. */
const inOrder = (rules: readonly NamedRule[]): NamedRule[] => {
  const order: readonly NamedRule["kind"][] = ["coverage", "buffer", "pin", "timing", "lots", "cap", "limit", "inventory"];
  return [...rules].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
};
