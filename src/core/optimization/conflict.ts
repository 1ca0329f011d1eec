import { inParallel } from "../basics/in-parallel";
import type { LinearModel } from "../lp/linear-model";
import type { SolveResult, Solver } from "../lp/solver";
import type { Conflict, CoverageLine } from "./allocation-outcome";
import type { NamedRule } from "./allocation-index";
import { coveredValues, type Quantities } from "./collateral-value";
import { bufferKey, type AllocationProblem } from "./problem-shape";
import { withColumnBounds, withoutRules } from "./relaxed-model";
import { repairsOf } from "./repairs";
import { groupRules, nameRules, rulesToChange } from "./rule-groups";
import type { RunTime } from "./run-clock";
import {
  askAbout,
  modelForQuestions,
  problemForQuestions,
  relaxedQuestion,
  startExplainer,
  type Left,
  type ShortfallQuestion,
  type Target,
} from "./shortfall-question";
import { missedMinimums, type MissedMinimum } from "./unmet-minimums";

/** Above this many short agreements and missed minimums the others are listed without an analysis. */
const mostAnalysed = 8;
/** Most solves spent on one of them. */
const mostSolves = 400;
/** Most sets of rules that are listed beside the first where they conflict by themselves. */
const mostFurther = 3;
/** Up to this many integers the search for causes keeps them, where lots and caps decide what fits. */
const mostIntegers = 300;

/** What explaining may cost: never more than is left of the run's time. */
export interface ExplainOptions extends RunTime {
  /** Seconds for all explanations together; default 5. */
  readonly explainSeconds?: number | undefined;
}

/** What the run left missing. */
export interface Missing {
  readonly coverage: readonly CoverageLine[];
  readonly missed: readonly MissedMinimum[];
  /** Units by pair before they were rounded to steps; default as rounded. */
  readonly exact?: Quantities;
}

/**
 * Says why agreements are short and minimums are missed: for each an irreducible set of named rules, and repairs that cure it alone.
 *
 * The set comes from a deletion filter over rules, not rows: take a rule away; if the agreement is still short, the rule is not needed for
 * the conflict. Rules without a price in the shortfall problem are taken away first, all at once.
 *
 * @source J. W. Chinneck, Feasibility and Infeasibility in Optimization, chapter 6 (deletion filter)
 */
export const explainShortfalls = async (
  problem: AllocationProblem,
  missing: Missing,
  solver: Solver,
  options: ExplainOptions = {},
): Promise<Conflict[]> => {
  const { coverage, missed } = missing;
  const bare = [...coverage.flatMap((line) => (line.isCovered ? [] : [ofCall(line)])), ...missed.map(ofMinimum)];
  if (bare.length === 0) return [];
  const left = leftBy(problem, missing);
  const engine = startExplainer(solver, options.explainSeconds ?? 5, options);
  if (engine.isOver()) return bare.map(({ conflict }) => (options.explainSeconds === 0 ? conflict : { ...conflict, untold: noCauses }));
  const asked = problemForQuestions(problem);
  const model = modelForQuestions(asked);
  const parallel = solver.capabilities.parallel ?? 1;
  // Each is a question of its own: they share the clock, not what they find.
  const causes = await inParallel(bare, parallel, async ({ conflict, target }, k): Promise<Explained> => {
    if (k >= mostAnalysed) return { conflict: { ...conflict, untold: `Rules in the way are looked for at the first ${mostAnalysed} only.` } };
    if (engine.isOver()) return { conflict: { ...conflict, untold: noCauses } };
    const question = askAbout(asked, target, left, engine, model);
    return question === undefined ? { conflict: unasked(problem, conflict) } : explainOne(await simplest(question), conflict);
  });
  // Reasons for all come before cures for one.
  return inParallel(causes, parallel, ({ conflict, repair }) => repair?.() ?? Promise.resolve(conflict));
};

/**
 * What the run left missing, before rounding where that is more: a quantity that is rounded up covers a trace more than the rules allow, and
 * what cannot be had must not stand against others.
 */
const leftBy = (problem: AllocationProblem, { coverage, missed, exact }: Missing): Left => {
  const covered = exact === undefined ? undefined : coveredValues(problem, exact);
  const worthOf = ({ unmet, worth }: MissedMinimum): number => (Number.isFinite(worth) ? unmet.missing * worth : 0);
  const unrounded = new Map(exact === undefined ? [] : missedMinimums(problem, exact).map((one) => [one.name, worthOf(one)]));
  return {
    calls: new Map(
      coverage.map((line, d): [string, number] => {
        const { rate, required } = problem.demands[d]!;
        return [line.agreementId, Math.max(line.shortfall * rate, line.isCovered || covered === undefined ? 0 : required - covered[d]!)];
      }),
    ),
    minimums: new Map(missed.map((one) => [one.name, Math.max(worthOf(one), unrounded.get(one.name) ?? 0)])),
  };
};

/** A conflict with its causes, and how its repairs are found. */
interface Explained {
  readonly conflict: Conflict;
  readonly repair?: () => Promise<Conflict>;
}

interface Bare {
  readonly conflict: Conflict;
  readonly target: Target;
}

const ofCall = (line: CoverageLine): Bare => ({
  target: { kind: "call", name: line.agreementId },
  conflict: {
    agreementId: line.agreementId,
    currency: line.currency,
    required: line.required,
    reachable: line.posted,
    shortfall: line.shortfall,
    rules: [],
    repairs: [],
  },
});

const ofMinimum = ({ unmet, name }: MissedMinimum): Bare => ({
  target: { kind: "minimum", name },
  conflict: {
    agreementId: unmet.agreementId,
    minimum: unmet.name,
    currency: unmet.unit,
    required: unmet.needed,
    reachable: unmet.reached,
    shortfall: unmet.missing,
    rules: [],
    repairs: [],
  },
});

/** A pin on what may not be posted there at all stands in no model: the reason is its eligibility. */
const unasked = (problem: AllocationProblem, conflict: Conflict): Conflict => {
  const pin = problem.pins.find((rule) => rule.name === conflict.minimum);
  if (pin === undefined) return conflict;
  const refused = problem.refused.find(
    (pair) => problem.demands[pair.demand]!.agreementId === pin.agreementId && problem.supplies[pair.supply]!.row.assetId === pin.assetId,
  );
  return {
    ...conflict,
    rules: [pin.name, `${pin.assetId} is not eligible at ${pin.agreementId}${refused === undefined ? "" : `: ${refused.reason}`}`],
    repairs: [
      {
        rule: pin.name,
        change: `drop the pin: ${pin.name}`,
        size: 0,
        agreementId: pin.agreementId,
        edits: [{ table: "tblPins", row: pin.row, column: "quantity", value: 0 }],
      },
    ],
  };
};

/** Where the linear relaxation is short already, lots and caps have nothing to do with it: prices then lead to the conflict at once. */
const simplest = async (question: ShortfallQuestion): Promise<ShortfallQuestion> => {
  const count = question.base.integer?.reduce((sum, flag) => sum + flag, 0) ?? 0;
  if (count <= mostIntegers) return question;
  const relaxed = relaxedQuestion(question);
  return (await relaxed.least(relaxed.base, relaxed.column)) > relaxed.tolerance ? relaxed : question;
};

const explainOne = async (question: ShortfallQuestion, bare: Conflict): Promise<Explained> => {
  const { problem, demand } = question;
  const name = demand < 0 ? (bare.minimum ?? "") : `cover ${problem.demands[demand]!.agreementId}`;
  const trivial = trivialCause(question);
  const explained = (conflict: Conflict, relevant: readonly NamedRule[]): Explained => ({
    conflict,
    repair: async () => ({ ...conflict, repairs: await repairsOf(question, relevant, bare), ...untoldRepairs(question) }),
  });
  if (trivial !== undefined) return explained({ ...bare, rules: [name, trivial] }, []);
  const relevant = await irreducible(question, []);
  // A filter that was cut short names rules that may have nothing to do with it: better none.
  if (question.engine.isOver()) return { conflict: { ...bare, untold: noCauses } };
  const namesOf = (rules: readonly NamedRule[]): string[] => [...new Set([name, ...nameRules(rules)])];
  const { sets, mayHaveMore } = await furtherSets(question, relevant);
  const further = sets.length === 0 ? {} : { further: sets.map(namesOf) };
  // Where a set conflicts without the others, no change of one rule cures.
  return explained(
    { ...bare, rules: namesOf(relevant), ...further, ...(mayHaveMore ? { mayHaveMore } : {}) },
    sets.length === 0 ? rulesToChange(relevant) : [],
  );
};

const noCauses = "The run ended before the rules in the way were found.";

const untoldRepairs = ({ engine }: ShortfallQuestion): Pick<Conflict, "untold"> =>
  engine.isOver() ? { untold: "The run ended before every repair was tried: there may be others, or smaller ones." } : {};

/**
 * Looks again without the rules that were found: sets of rules that conflict by themselves.
 *
 * Sets that share a rule with one that was found are not listed: they change with it.
 */
const furtherSets = async (
  question: ShortfallQuestion,
  first: readonly NamedRule[],
): Promise<{ readonly sets: readonly (readonly NamedRule[])[]; readonly mayHaveMore: boolean }> => {
  const sets: (readonly NamedRule[])[] = [];
  const gone = [...first];
  // What is owned is one fact: more inventory of a liquid asset is more for the buffer too.
  if (first.some(({ kind }) => kind === "inventory")) gone.push(...otherRules(question).filter(({ kind }) => kind === "hqla"));
  while (first.length > 0 && (await question.least(relaxedBy(question, new Set(gone)), question.column)) > question.tolerance) {
    if (sets.length === mostFurther) return { sets, mayHaveMore: true };
    const next = await irreducible(question, gone);
    if (question.engine.isOver()) return { sets, mayHaveMore: true };
    if (next.length === 0) break;
    sets.push(next);
    gone.push(...next);
  }
  return { sets, mayHaveMore: false };
};

/** The cause that needs no solver: nothing is eligible. What arrives too late is a rule of its own. */
const trivialCause = ({ problem, demand }: ShortfallQuestion): string | undefined => {
  if (demand < 0 || problem.pairs.some((pair) => pair.demand === demand)) return undefined;
  const refused = problem.refused.filter((pair) => pair.demand === demand);
  const reasons = [...new Set(refused.map((pair) => pair.reason))];
  return reasons.length === 1 ? `no eligible asset: ${reasons[0]}` : "no eligible asset";
};

/** Rules of the model other than the target itself. */
const otherRules = ({ model, demand, target }: ShortfallQuestion): NamedRule[] =>
  model.index.rules.filter((rule) => (target.kind === "call" ? !(rule.kind === "coverage" && rule.of === demand) : !isMinimum(rule, target.name)));

const isMinimum = (rule: NamedRule, name: string): boolean =>
  (rule.kind === "buffer" && name === bufferKey) || ((rule.kind === "limit" || rule.kind === "pin") && rule.name === name);

/** Taking away another agreement's cover means that it may fall short as well; the same for a minimum that gives way. */
const relaxedBy = (question: ShortfallQuestion, taken: ReadonlySet<NamedRule>): LinearModel => {
  const off = withoutIdleRows(question, taken);
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

/** What is owned of liquid assets is counted for the buffer alone: without one, its rows say nothing that inventory does not say. */
const withoutIdleRows = ({ model }: ShortfallQuestion, off: ReadonlySet<NamedRule>): ReadonlySet<NamedRule> =>
  [...off].some(({ kind }) => kind === "buffer") ? new Set([...off, ...model.index.rules.filter(({ kind }) => kind === "hqla")]) : off;

/** @param gone rules that are taken away from the start; the question is short without them */
const irreducible = async (question: ShortfallQuestion, gone: readonly NamedRule[]): Promise<NamedRule[]> => {
  const all = otherRules(question).filter((rule) => !gone.includes(rule));
  const { column } = question;
  const isShort = async (off: ReadonlySet<NamedRule>): Promise<boolean> =>
    (await question.least(relaxedBy(question, new Set([...gone, ...off])), column)) > question.tolerance;
  let solves = 0;
  const isSpent = (): boolean => solves >= mostSolves || question.engine.isOver();
  // Whole blocks first: most rules have nothing to do with the conflict, and one solve may clear hundreds of them.
  const filter = async (groups: readonly (readonly NamedRule[])[], off: Set<NamedRule>): Promise<NamedRule[]> => {
    const rules = groups.flat();
    if (rules.length === 0 || isSpent()) return rules;
    solves += 1;
    if (await isShort(new Set([...off, ...rules]))) {
      rules.forEach((rule) => off.add(rule));
      return [];
    }
    if (groups.length === 1) return rules;
    const middle = Math.ceil(groups.length / 2);
    const first = await filter(groups.slice(0, middle), off);
    return [...first, ...(await filter(groups.slice(middle), off))];
  };
  const priced = pricedRules(question, all, await question.ask(relaxedBy(question, new Set(gone)), column));
  // Without the rules that have no price the shortfall is the same: the dual answer stays valid. The filter checks it once more.
  const off = new Set(all.filter((rule) => !priced.has(rule)));
  if (off.size > 0 && !(await isShort(off))) return filter(groupRules(inOrder(all)), new Set());
  return filter(groupRules(inOrder([...priced])), off);
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
  const order: readonly NamedRule["kind"][] = [
    "coverage",
    "overPost",
    "hqla",
    "buffer",
    "pin",
    "timing",
    "route",
    "lots",
    "cap",
    "limit",
    "inventory",
  ];
  return [...rules].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
};
