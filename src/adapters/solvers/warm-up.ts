import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveResult, Solver, StopSignal } from "../../core/lp/solver";
import { generateWarmUpBook, type WarmUpShape } from "./warm-up-book";

/** Longest time for one step, seconds; a problem that arrives meanwhile waits for no more than a slice of it. */
const LONGEST = 1;

/** What a desk changes between two questions. */
type Edit = (book: LinearModel) => LinearModel;

const riseOfCalls: Edit = (book) => ({ ...book, rowLower: book.rowLower.map((bound) => bound * 1.02) });
const EDITS: readonly Edit[] = [
  (book) => ({ ...book, rowLower: book.rowLower.map((bound, r) => (r % 3 === 0 ? bound * 1.03 : bound)) }),
  (book) => ({ ...book, rowUpper: book.rowUpper.map((bound, r) => (r % 11 === 0 ? bound * 0.97 : bound)) }),
  (book) => ({ ...book, values: shrinkRatios(book) }),
  (book) => ({ ...book, objective: book.objective.map((cost, c) => (c % 9 === 0 ? cost * 1.05 : cost)) }),
  (book) => ({ ...book, rowLower: book.rowLower.map((bound, r) => (r % 5 === 0 ? bound * 0.9 : bound)) }),
];

interface Part {
  readonly shape: WarmUpShape;
  readonly rounds: number;
  /** Asked one after the other, each from the last answer on; default: calls rise. */
  readonly edits?: readonly Edit[];
}

/** A desk's everyday book: a model for the general engine. */
const DESK: WarmUpShape = { assets: 18, agreements: 9, isFull: true };
const PLAN: readonly Part[] = [
  { shape: DESK, rounds: 4 },
  { shape: { ...DESK, assets: 12, agreements: 4, hasFixedCosts: true }, rounds: 1 },
  // Networks: small ones first, so that our own engine has seen all of its ways when its loops over all columns are compiled; then one
  // with so many columns and tiers that it takes the ways of large books, often enough for all of them to be compiled.
  { shape: { assets: 12, agreements: 4, hasTiers: true, isContested: true }, rounds: 4, edits: EDITS },
  { shape: { assets: 500, agreements: 40, hasTiers: true, isContested: true }, rounds: 6, edits: EDITS },
  // And with caps across agreements, for its extension with side rows; the last one again with as many columns as large books have.
  { shape: { assets: 30, agreements: 5, issuers: 4 }, rounds: 2 },
  { shape: { assets: 120, agreements: 8, hasTiers: true, issuers: 5 }, rounds: 2 },
  { shape: { assets: 300, agreements: 60, hasTiers: true, isContested: true, issuers: 8 }, rounds: 2 },
];

/** Has an engine load and compile what it needs, in short steps. */
export interface WarmUp {
  readonly stepsLeft: number;
  /** Takes the next step; one that is stopped counts as not taken. Never rejects: nobody asked for the answer. */
  step(engine: Solver, stop: StopSignal): Promise<void>;
}

/**
 * Plans the warming up of engines: made-up books, each from nothing, then among its cheapest answers, then after edits.
 *
 * The first solve of an engine takes 10 to 100 times as long as a later one, until its code is compiled well; the person should not be
 * the one to wait for that.
 */
export function createWarmUp(): WarmUp {
  const steps = PLAN.flatMap(({ shape, rounds, edits = [riseOfCalls] }) => {
    let book: LinearModel | undefined;
    const generate = (): LinearModel => (book ??= generateWarmUpBook(shape));
    return Array.from({ length: rounds }, (_, round) => stepsOf(generate, round, edits)).flat();
  });
  let taken = 0;
  return {
    get stepsLeft() {
      return steps.length - taken;
    },
    step: async (engine, stop) => {
      const next = steps[taken];
      if (next === undefined) return;
      await next(engine, stop).catch(() => undefined);
      if (!stop.requested) taken++;
    },
  };
}

type Step = (engine: Solver, stop: StopSignal) => Promise<void>;

function stepsOf(generate: () => LinearModel, round: number, edits: readonly Edit[]): Step[] {
  let asked: LinearModel | undefined;
  let answer: SolveResult | undefined;
  const limits = { timeSeconds: LONGEST };
  const first: Step = async (engine, stop) => {
    const book = generate();
    asked = { ...book, rowLower: book.rowLower.map((bound) => bound * (1 + 0.03 * round)) };
    answer = await engine.solve(asked, { stop, limits });
  };
  const among: Step = async (engine, stop) => {
    if (asked && answer) await engine.solve(cheapestOf(asked, answer), { stop, limits });
  };
  const after = edits.map((edit): Step => async (engine, stop) => {
    if (!asked || !answer) return;
    const start = asked.integer ? { primal: answer.primal } : answer.basis && { basis: answer.basis };
    asked = edit(asked);
    answer = await engine.solve(asked, { stop, limits, ...(start ? { start } : {}) });
  });
  return [first, among, ...after];
}

/** What covers is worth a little less, for some assets: all entries of a column but the one in its inventory. */
function shrinkRatios({ starts, indices, values }: LinearModel): Float64Array {
  const shrunk = values.slice();
  for (let c = 0; c + 1 < starts.length; c++) {
    const from = starts[c]!;
    if (indices[from]! % 20 !== 0) continue;
    for (let k = from + 1; k < starts[c + 1]!; k++) shrunk[k]! *= 0.97;
  }
  return shrunk;
}

/** The same book with its prices obeyed: what is left to choose is among equally cheap answers. */
function cheapestOf({ integer: _, ...model }: LinearModel, { primal, reducedCosts }: SolveResult): LinearModel {
  const isFixed = (column: number): boolean => Math.abs(reducedCosts[column] ?? 0) > 1e-6;
  return {
    ...model,
    columnLower: model.columnLower.map((bound, c) => (isFixed(c) ? primal[c]! : bound)),
    columnUpper: model.columnUpper.map((bound, c) => (isFixed(c) ? primal[c]! : bound)),
    objective: model.objective.map((_cost, c) => 1 + c / 1e5),
  };
}
