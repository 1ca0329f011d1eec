import type { TableEdit } from "./allocation-outcome";
import { checkedPoint } from "./keep-incumbent";
import type { AllocationProblem } from "./problem-shape";
import { safely } from "./repair-numbers";
import { askAbout, withOrderOf, type ShortfallQuestion } from "./shortfall-question";
import { filledInOrder, slabsOutOfOrder } from "./slab-order";
import { withEdits } from "./table-edits";
import { withYielding } from "./yielding-rules";

/** Books with more eligible pairs take too long to be built again for every repair. */
const mostPairs = 2000;
/** Cents below which nothing is missing: half of what counts as covered. */
const nothing = 0.5;
/** The same for "a little less would do as well". */
const nothingAtAll = 0.05;
const mostSteps = 60;
/** Solves of one question, each with more slabs kept in order. */
const mostReorders = 5;

/** A change of one number in the tables. */
export interface NumberRepair {
  /** The number now. */
  readonly from: number;
  /** As far as it may go. */
  readonly to: number;
  /** What the model says would do; undefined where it cannot say. */
  readonly guess: number | undefined;
  /** Smallest step in which it is written. */
  readonly step: number;
  /** Base currency per 1 of the number; Infinity where it counts something else. */
  readonly worth: number;
  readonly edits: (value: number) => readonly TableEdit[];
}

/** Tells whether changed tables cure what is missing; the rest keeps what it has. */
export const cures = async (question: ShortfallQuestion, edits: readonly TableEdit[], isStrict = false): Promise<boolean> => {
  const { source, yielding } = question.problem;
  const changed = source.rebuild(withEdits(source.book, edits));
  if (changed === undefined) return false;
  let problem = withOrderOf(withYielding(changed, stillYielding(question.problem, yielding, edits)), question.problem);
  for (let count = 0; count < mostReorders; count++) {
    const asked = askAbout(problem, question.target, question.left, question.engine);
    // A minimum that the change takes away is not missed any more.
    if (asked === undefined) return question.target.kind === "minimum";
    const { index } = asked.model;
    const result = await asked.ask(asked.base, asked.column);
    if (result.primal.length === 0 || result.terminationStatus === "infeasible") return false;
    const least = Math.max(0, result.primal[asked.column]!) * index.scale;
    const { cent } = question.problem;
    if (least > (isStrict ? Math.max(nothingAtAll * cent, 2e-9 * index.scale) : nothing * cent)) return false;
    // A slab of low value that is filled before a better one hides what is too much: no posting is worth so little.
    const wrong = slabsOutOfOrder(problem, index, result.primal).filter((pool) => !problem.orderedPools.has(pool));
    if (wrong.length === 0 || checkedPoint(asked.base, filledInOrder(problem, index, result.primal, wrong)) !== undefined) return true;
    problem = { ...problem, orderedPools: new Set([...problem.orderedPools, ...wrong]) };
  }
  return false;
};

/** A maximum that gave way to what is locked holds again where its own row is changed: to be tried, not taken for granted. */
const stillYielding = ({ limits }: AllocationProblem, yielding: ReadonlySet<string>, edits: readonly TableEdit[]): string[] => {
  const rows = new Set(edits.flatMap(({ table, row }) => (table === "tblLimits" ? [row] : [])));
  const held = new Set(limits.flatMap((limit) => (limit.direction === "max" && rows.has(limit.row) ? [limit.name] : [])));
  return [...yielding].filter((name) => !held.has(name));
};

/** True where a repair can be tried on the tables before it is stated. */
export const canTry = (question: ShortfallQuestion): boolean => question.problem.pairs.length <= mostPairs;

/**
 * Finds the nearest number that cures, rounded to the safe side, and tries it on the tables.
 *
 * @returns undefined where no number up to the end cures
 */
export const nearestCure = async (question: ShortfallQuestion, repair: NumberRepair): Promise<number | undefined> => {
  const { from, to, guess, step } = repair;
  const direction = to > from ? "up" : "down";
  const stated = guess === undefined ? undefined : bounded(safely(guess, step, direction), from, to);
  if (!canTry(question)) return stated;
  const works = (value: number, isStrict = true): Promise<boolean> => cures(question, repair.edits(value), isStrict);
  let [bad, good] = [from, to];
  if (stated !== undefined && (await works(stated, false))) {
    // A little less: what counts as covered.
    const less = Math.max(step, question.problem.cent / repair.worth);
    const before = bounded(direction === "up" ? stated - less : stated + less, from, to);
    if (before === from || !(await works(before))) return stated;
    // A row may stand for several limits: all of them move with its number.
    good = before;
  } else if (!(await works(to, false))) return undefined;
  for (let k = 0; k < mostSteps && Math.abs(good - bad) > step * 1.5 && !question.engine.isOver(); k++) {
    const middle = bounded(safely((bad + good) / 2, step, direction), from, to);
    if (middle === bad || middle === good) break;
    if (await works(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

const bounded = (value: number, from: number, to: number): number => Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
