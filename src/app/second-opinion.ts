import { compareAnswers, type AnswerComparison } from "../core/lp/compare-answers";
import type { LinearModel } from "../core/lp/linear-model";
import type { SolveResult, Solver, StopSignal } from "../core/lp/solver";
import type { Book } from "../core/collateral/book";

/** Books up to this many pairs, assets x agreements, are cross-checked: the second engine is done with them in a few seconds. */
const mostPairs = 25_000;
/** Relative difference of the objectives up to which two engines agree. */
const agreement = 1e-9;
/** Longest time for the second engine, seconds; nobody waits for it. */
const patience = 20;

/** What a second engine says of a run's cheapest cost, after the answer was written. */
export interface SecondOpinion {
  /** agrees: to 1e-9 of the money moved; differs: see which proof is better; none: no engine had an opinion. */
  readonly verdict: "agrees" | "differs" | "none";
  readonly engine?: string;
  /** Relative, decimal. */
  readonly difference?: number;
  /** Whole sentence for the pane and the log. */
  readonly text: string;
}

/** The linear program whose answer is checked: with whole numbers, the one that remains when they are settled. */
export interface CheckedProgram {
  readonly model: LinearModel;
  readonly result: SolveResult;
}

/** Tells whether a book is small enough for a second engine to answer soon. */
export const isCrossChecked = ({ assets, agreements }: Pick<Book, "assets" | "agreements">): boolean =>
  assets.length * agreements.length <= mostPairs;

/** What is said of a book for which no second engine is asked. */
export const notAsked = ({ assets, agreements }: Pick<Book, "assets" | "agreements">): SecondOpinion => ({
  verdict: "none",
  text: `No second engine was asked: ${assets.length} assets x ${agreements.length} agreements are more than the ${mostPairs} pairs that it checks.`,
});

const noOpinion: SecondOpinion = { verdict: "none", text: "No second engine: none of another kind could solve this book here." };

/**
 * Has an engine of another kind solve the same linear program and compares the costs.
 *
 * @param solver the run's own; it honours `unlike`
 * @param stop when requested, there is no opinion: something else is more urgent
 */
export const askSecondEngine = async (solver: Solver, { model, result }: CheckedProgram, stop: StopSignal): Promise<SecondOpinion> => {
  const options = { stop, unlike: result.solver, limits: { timeSeconds: patience } };
  const second = await solver.solve(model, options).catch(() => undefined);
  if (second === undefined || second.solver === result.solver) return noOpinion;
  if (second.terminationStatus === "infeasible" || second.terminationStatus === "unbounded") {
    // What was written has passed every rule, so that the second engine is wrong; all the same somebody must hear of it.
    const text = `Second engine disagrees: ${second.solver} calls the book ${second.terminationStatus}, but the answer keeps every rule.`;
    return { verdict: "differs", engine: second.solver, text };
  }
  if (second.terminationStatus !== "optimal" || second.primal.length !== model.columnCount) return noOpinion;
  return opinionOf(second.solver, compareAnswers(model, result, second));
};

const opinionOf = (engine: string, comparison: AnswerComparison): SecondOpinion => {
  const { difference } = comparison;
  const shown = difference === 0 ? "0" : difference.toExponential(0);
  if (difference <= agreement) return { verdict: "agrees", engine, difference, text: `Second engine agrees: ${engine}, difference ${shown}.` };
  return {
    verdict: "differs",
    engine,
    difference,
    text: `Second engine disagrees: ${engine}, difference ${shown} of the cost. ${whoIsRight(comparison)}`,
  };
};

/** The smaller proved gap is right. */
const whoIsRight = ({ firstGap, secondGap }: AnswerComparison): string => {
  if (firstGap === Infinity && secondGap === Infinity) return "Neither proves its answer: please report this with the run's inputs.";
  const gap = (value: number): string => (value === Infinity ? "none" : value.toExponential(0));
  const proofs = `proved gaps ${gap(firstGap)} and ${gap(secondGap)}`;
  return firstGap <= secondGap
    ? `The written answer has the better proof (${proofs}) and stands.`
    : `The second engine has the better proof (${proofs}): a cheaper answer may exist. Please report this with the run's inputs.`;
};
