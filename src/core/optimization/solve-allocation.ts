import { DomainError } from "../basics/domain-error";
import type { Solver } from "../lp/solver";
import type { AllocationOutcome, Conflict } from "./allocation-outcome";
import { contradictionOf } from "./contradiction";
import { explainShortfalls, type ExplainOptions, type Missing } from "./conflict";
import { buildAllocationModel, type AllocationModel } from "./build-allocation-model";
import { nameFullCaps } from "./full-caps";
import { withPoint, type CheckedPoint } from "./keep-incumbent";
import { interpretAllocation } from "./interpret-allocation";
import { quantitiesOfPoint } from "./point-of-quantities";
import type { AllocationProblem } from "./problem-shape";
import { roundQuantities } from "./round-quantities";
import { priceAnswer, settleTies, type PricedAnswer } from "./settle-ties";
import { countSeconds, timeLeft, withinTime, type TimedSolver } from "./run-clock";
import { slabsOutOfOrder } from "./slab-order";
import { spendAllowance, type SettledAnswer } from "./spend-allowance";
import { solveStages, type StagedResult, type StageOptions } from "./solve-stages";
import { missedMinimums } from "./unmet-minimums";
import { withoutMinimums, withYielding, yieldingRules } from "./yielding-rules";

/** What a run allows and reports; all optional. */
export type SolveAllocationOptions = StageOptions &
  Pick<ExplainOptions, "explainSeconds"> & {
    /** False where only the allocation and its cost matter: no sensitivities are worked out. Default true. */
    readonly hasPrices?: boolean;
    /** Hears the linear program behind the answer and its result, for whoever wants to check it in another way. */
    readonly onPriced?: (priced: PricedAnswer) => void;
  };

/**
 * Solves an allocation problem and says what the answer means.
 *
 * Where calls cannot be met, the least weighted shortfall is part of the answer; where hard minimums cannot all hold, they give way to calls and
 * are missed by as little as possible.
 *
 * @param problem from buildAllocationProblem, without errors among its issues
 * @param solver any engine
 * @throws DomainError infeasible when maximums, locks and forbidden pairs contradict each other; notConverged when the engine found no point
 */
export const solveAllocation = (problem: AllocationProblem, engine: Solver, given: SolveAllocationOptions = {}): Promise<AllocationOutcome> => {
  // One clock for everything, however often the book is solved anew.
  const { solver, clock } = given.clock === undefined ? countSeconds(engine) : { solver: engine, clock: given.clock };
  return solveOnClock(problem, solver, { timeSeconds: problem.settings.timeLimitSeconds, ...given, clock });
};

const solveOnClock = async (problem: AllocationProblem, solver: Solver, options: SolveAllocationOptions): Promise<AllocationOutcome> => {
  const model = buildAllocationModel(problem);
  const solved = await solveStages(problem, model, solver, options).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "infeasible") return undefined;
    throw error;
  });
  if (solved === undefined) {
    const yielding = await yieldingRules(problem, solver, options);
    // A minimum gives way: only what still contradicts itself without any of them stops the run.
    if (yielding === undefined) throw await contradictionOf(withoutMinimums(problem), solver, options);
    if (yielding.size === 0) throw await contradictionOf(problem, solver, options);
    return solveOnClock(withYielding(problem, yielding), solver, options);
  }
  const timed = withinTime(solver, options, "answer");
  const first = await priceAnswer(solved, timed);
  const nearest = await settleTies(model, solved, first, timed);
  const answer = await spendAllowance(problem, { model, solved: reproducedBy(solved, timed), priced: first, settled: nearest }, timed, options);
  const { settled } = answer;
  const wrongIn = (primal: Float64Array): number[] => slabsOutOfOrder(problem, model.index, primal).filter((pool) => !problem.orderedPools.has(pool));
  const outOfOrder = [solved.primal, nearest, settled].flatMap(wrongIn);
  const found = { problem, answer, solver, options, timed };
  if (outOfOrder.length === 0) return tell(found);
  // Slabs are put in order by whole numbers. The best that was shown stands where a search that is stopped finds nothing better.
  const own = solved.shown === undefined ? undefined : { ...found, answer: asShown(model, solved, solved.shown) };
  if (own !== undefined && isOver(options)) return tell(own);
  const ordered = { ...problem, orderedPools: new Set([...problem.orderedPools, ...outOfOrder]) };
  const again = await solveOnClock(ordered, solver, options);
  if (own === undefined || again.solve.isOptimal) return again;
  const standing = await tell({ ...own, options: { ...options, explainSeconds: 0 } });
  return isWorse(again, standing) ? tell(own) : again;
};

const asShown = (model: AllocationModel, solved: StagedResult, shown: CheckedPoint): SettledAnswer => ({
  model,
  solved: { ...solved, primal: shown.primal, cost: withPoint(solved.cost, shown), isProved: false, isReproducible: false },
  priced: undefined,
  settled: shown.primal,
});

const isOver = (options: SolveAllocationOptions): boolean => options.stop?.requested === true || timeLeft(options, "search") <= 0;

/** More is short, or as much at a higher cost. */
const isWorse = (one: AllocationOutcome, other: AllocationOutcome): boolean => {
  const short = ({ coverage }: AllocationOutcome): number => coverage.filter((line) => !line.isCovered).length;
  return short(one) > short(other) || (short(one) === short(other) && one.solve.objective > other.solve.objective);
};

/** What a run has found, and what it takes to say what it means. */
interface Found {
  readonly problem: AllocationProblem;
  readonly answer: SettledAnswer;
  readonly solver: Solver;
  readonly options: SolveAllocationOptions;
  readonly timed: TimedSolver;
}

const tell = async ({ problem, answer, solver, options, timed }: Found): Promise<AllocationOutcome> => {
  const { priced, settled } = answer;
  if (priced !== undefined) options.onPriced?.(priced);
  const exact = quantitiesOfPoint(problem, answer.model.index, settled);
  const quantities = roundQuantities(problem, exact);
  const outcome = interpretAllocation(problem, answer.model, answer.solved, quantities, settled, options.hasPrices === false ? undefined : priced);
  const missing = { coverage: outcome.coverage, missed: missedMinimums(problem, quantities), exact };
  const conflicts = await explain(problem, outcome, missing, solver, options);
  return { ...outcome, conflicts, ...untoldBy(options, timed, answer) };
};

/** Says what was left out for want of time. */
const untoldBy = (options: SolveAllocationOptions, timed: TimedSolver, { priced, solved }: SettledAnswer): Pick<AllocationOutcome, "untold"> => {
  const isEarly = timed.wasCut() || !solved.isReproducible;
  if (!isEarly || options.hasPrices === false) return {};
  const hasPrices = priced !== undefined && priced.result.dual.length > 0;
  const untold = [
    ...(hasPrices ? [] : ["Marginal values and ranges: the run ended before the prices of its answer were found."]),
    ...(solved.isProved && timed.wasCut()
      ? ["The choice among equally cheap answers: the run ended before the one nearest to today was found."]
      : []),
  ];
  return untold.length === 0 ? {} : { untold };
};

/** Ties that could not be settled in time are settled otherwise elsewhere. */
const reproducedBy = (solved: StagedResult, timed: TimedSolver): StagedResult => (timed.wasCut() ? { ...solved, isReproducible: false } : solved);

/** With more pairs than this a model with a switch for each movement is out of reach of the search for causes. */
const mostCappedPairs = 10_000;

const explain = async (
  problem: AllocationProblem,
  outcome: AllocationOutcome,
  missing: Missing,
  solver: Solver,
  options: SolveAllocationOptions,
): Promise<readonly Conflict[]> => {
  const timed = withinTime(solver, options, "words");
  if (options.explainSeconds !== 0 && problem.caps.length > 0 && problem.pairs.length > mostCappedPairs) {
    const bare = await explainShortfalls(problem, missing, solver, { explainSeconds: 0 });
    const named = await nameFullCaps(problem, outcome, bare, timed, options);
    if (named.every(({ rules }) => rules.length > 0)) return named;
  }
  const explained = await explainShortfalls(problem, missing, solver, options);
  return options.explainSeconds === 0 ? explained : nameFullCaps(problem, outcome, explained, timed, options);
};
