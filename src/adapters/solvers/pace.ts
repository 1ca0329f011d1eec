import type { SolveOptions } from "../../core/lp/solver";

/** How long an engine computes before waiting messages have their turn, milliseconds. */
const LONGEST = 40;

/** Seconds for a part that is begun when the time is up: enough to say so. */
const LEAST = 0.001;

/** Why a solve must end before it is done. */
export type EarlyEnd = "interrupted" | "timeLimit";

/** The clock of a solve in an event loop that others wait for. */
export interface Pace {
  /** performance.now() at the start, milliseconds. */
  readonly startedAt: number;
  /** Since the start. */
  seconds(): number;
  /** Until the time limit; Infinity without one. */
  left(): number;
  /** The options with the time that is left, for a solve that is part of this one. */
  leave(options: SolveOptions): SolveOptions;
  /** Says whether the solve must end. A stop is heard only after a pause has let its message in. */
  end(): EarlyEnd | undefined;
  /**
   * To be awaited between two pieces of work: lets waiting messages and timers have their turn where the last one was long ago, and
   * reports what is being done.
   *
   * @param doing phase to report
   */
  pause(doing: string, iterations?: number): Promise<EarlyEnd | undefined>;
  /** Has a computation take its steps, with pauses between them; what a step yields are the iterations so far. */
  follow<T>(steps: Iterator<number | undefined, T>, doing: string): Promise<T | EarlyEnd>;
}

/** Lets messages and timers that are waiting have their turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Starts the clock of a solve.
 *
 * @param startedAt performance.now() at the start where that was earlier, milliseconds
 */
export function createPace({ limits, onProgress, stop }: SolveOptions, startedAt = performance.now()): Pace {
  const deadline = startedAt + (limits?.timeSeconds ?? Infinity) * 1000;
  let last = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const left = (): number => (limits?.timeSeconds ?? Infinity) - seconds();
  const leave: Pace["leave"] = (options) =>
    limits?.timeSeconds === undefined ? options : { ...options, limits: { ...options.limits, timeSeconds: Math.max(LEAST, left()) } };
  const end = (): EarlyEnd | undefined => (stop?.requested ? "interrupted" : performance.now() >= deadline ? "timeLimit" : undefined);
  const pause: Pace["pause"] = async (doing, iterations) => {
    if (performance.now() - last >= LONGEST) {
      onProgress?.({ phase: doing, seconds: seconds(), ...(iterations === undefined ? {} : { iterations }) });
      await nextTurn();
      last = performance.now();
    }
    return end();
  };
  const follow: Pace["follow"] = async (steps, doing) => {
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      const now = performance.now();
      // Short steps are not worth a promise each.
      if (now < deadline && now - last < LONGEST) continue;
      const ended = await pause(doing, step.value);
      if (ended) return ended;
    }
  };
  return { startedAt, seconds, left, leave, end, pause, follow };
}
