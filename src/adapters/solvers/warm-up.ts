import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveResult, Solver, StopSignal } from "../../core/lp/solver";
import { generateWarmUpBook, type WarmUpShape } from "./warm-up-book";

/** Longest time for one step, seconds; a problem that arrives meanwhile waits for no more than a slice of it. */
const LONGEST = 1;

/** A desk's everyday book: a model for the general engine. */
const DESK: WarmUpShape = { assets: 18, agreements: 9, isFull: true };
const PLAN: readonly { readonly shape: WarmUpShape; readonly rounds: number }[] = [
  { shape: DESK, rounds: 4 },
  { shape: { ...DESK, assets: 12, agreements: 4, hasFixedCosts: true }, rounds: 1 },
  // Networks: small ones first, so that our own engine has seen all of its ways when its loops over all columns are compiled; then one
  // with so many columns and tiers that it takes the ways of large books, often enough for all of them to be compiled.
  { shape: { assets: 12, agreements: 4 }, rounds: 4 },
  { shape: { assets: 800, agreements: 40, hasTiers: true }, rounds: 4 },
  // And with caps across agreements, for its extension with side rows.
  { shape: { assets: 30, agreements: 5, issuers: 4 }, rounds: 2 },
  { shape: { assets: 120, agreements: 8, hasTiers: true, issuers: 5 }, rounds: 2 },
];

/** Has an engine load and compile what it needs, in short steps. */
export interface WarmUp {
  readonly stepsLeft: number;
  /** Takes the next step; one that is stopped counts as not taken. Never rejects: nobody asked for the answer. */
  step(engine: Solver, stop: StopSignal): Promise<void>;
}

/**
 * Plans the warming up of engines: made-up books, each from nothing, then among its cheapest answers, then after its calls have grown.
 *
 * The first solve of an engine takes 10 to 100 times as long as a later one, until its code is compiled well; the person should not be
 * the one to wait for that.
 */
export function createWarmUp(): WarmUp {
  const steps = PLAN.flatMap(({ shape, rounds }) => {
    let book: LinearModel | undefined;
    const generate = (): LinearModel => (book ??= generateWarmUpBook(shape));
    return Array.from({ length: rounds }, (_, round) => stepsOf(generate, round)).flat();
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

function stepsOf(generate: () => LinearModel, round: number): Step[] {
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
  const again: Step = async (engine, stop) => {
    if (!asked || !answer) return;
    const start = asked.integer ? { primal: answer.primal } : answer.basis && { basis: answer.basis };
    const rowLower = asked.rowLower.map((bound) => bound * 1.02);
    await engine.solve({ ...asked, rowLower }, { stop, limits, ...(start ? { start } : {}) });
    asked = answer = undefined;
  };
  return [first, among, again];
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
