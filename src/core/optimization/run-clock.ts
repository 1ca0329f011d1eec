import type { SolveOptions, SolveResult, Solver } from "../lp/solver";

/**
 * What the time of a run is used for, in the order in which it ends: searching ends at the limit; making an answer of what was found may take
 * a little longer, and then the words about it.
 */
export type TimeUse = "search" | "answer" | "words";

/** The limit of a run and its clock. */
export interface RunTime {
  readonly stop?: SolveOptions["stop"];
  /** Seconds for the whole run's searching. */
  readonly timeSeconds?: number;
  /** Seconds since the run began, by the clock on the wall; without it the engines' own seconds are added up. */
  readonly clock?: () => number;
}

/** How long after the limit each use ends: a share of the limit, and seconds. */
const grace: Readonly<Record<TimeUse, readonly [number, number]>> = { search: [0, 0], answer: [0.1, 0.3], words: [0.15, 0.5] };
/** A solve that is asked for at all gets so much, seconds. */
const least = 0.05;
/** What a solve that the answer needs may still take once a person has stopped the run, seconds. */
const afterStop = 0.8;

/** Seconds left for a use; Infinity without a limit, below 0 when the time is up. */
export const timeLeft = ({ timeSeconds, clock }: RunTime, use: TimeUse): number =>
  timeSeconds === undefined ? Infinity : timeSeconds * (1 + grace[use][0]) + grace[use][1] - (clock?.() ?? 0);

/** Adds up what an engine takes, for runs without a clock of their own. */
export const countSeconds = (solver: Solver): { readonly solver: Solver; readonly clock: () => number } => {
  let seconds = 0;
  return {
    clock: () => seconds,
    solver: {
      name: solver.name,
      capabilities: solver.capabilities,
      solve: async (model, options) => {
        const result = await solver.solve(model, options);
        seconds += result.seconds;
        return result;
      },
    },
  };
};

/** An engine that keeps to the time of a run. */
export interface TimedSolver extends Solver {
  /** True once a solve was cut short by the time or by a person: what it would have said is missing. */
  readonly wasCut: () => boolean;
}

/** Whether a solve was ended by the time or by a person before it was done. */
export const isCut = ({ terminationStatus }: SolveResult): boolean => terminationStatus === "timeLimit" || terminationStatus === "interrupted";

/**
 * Bounds every solve by what is left of the run's time for a use, and ends it when a person stops the run. What is asked for after that still
 * gets a moment: it belongs to the answer.
 */
export const withinTime = (solver: Solver, time: RunTime, use: TimeUse): TimedSolver => {
  let wasCut = false;
  return {
    name: solver.name,
    capabilities: solver.capabilities,
    wasCut: () => wasCut,
    solve: async (model, { stop: asked, ...options } = {}) => {
      const isStopped = time.stop?.requested === true;
      const seconds = Math.min(options.limits?.timeSeconds ?? Infinity, Math.max(least, timeLeft(time, use)), isStopped ? afterStop : Infinity);
      const stop = isStopped ? undefined : (asked ?? time.stop);
      const result = await solver.solve(model, {
        ...options,
        ...(stop === undefined ? {} : { stop }),
        ...(Number.isFinite(seconds) ? { limits: { ...options.limits, timeSeconds: seconds } } : {}),
      });
      wasCut ||= isCut(result);
      return result;
    },
  };
};
