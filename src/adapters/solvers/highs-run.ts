import type { CallbackData, HighsCallbackMap, Model } from "highs";
import type { ScaledModel } from "../../core/lp/scale-model";
import type { LinearModel } from "../../core/lp/linear-model";
import type { SolveOptions, SolveProgress } from "../../core/lp/solver";
import { toPoint } from "./highs-model";
import type { Pace } from "./pace";

/** How a run of HiGHS ended, before it is read. */
export type HighsStatus =
  "optimal" | "infeasible" | "infeasibleOrUnbounded" | "unbounded" | "timeLimit" | "nodeLimit" | "iterationLimit" | "interrupted" | "numericalError";

export interface HighsRun {
  readonly status: HighsStatus;
  readonly code: number;
  readonly iterations: number;
}

export interface HighsContext {
  readonly native: Model;
  readonly model: LinearModel;
  readonly scaled: ScaledModel;
  readonly options: SolveOptions;
  /** Pivots before messages are let in for the first time; Infinity for a run in one go. */
  readonly firstSlice: number;
  readonly pace: Pace;
}

/** HiGHS takes no infinite option, seconds. */
const LONG = 1e9;
/** Its own limit where there is none, pivots. */
const NO_LIMIT = 2 ** 31 - 1;
/** Pivots of the longest slice. */
const LONGEST_SLICE = 2000;

const STATUS_BY_CODE: Readonly<Record<number, HighsStatus>> = {
  7: "optimal",
  8: "infeasible",
  9: "infeasibleOrUnbounded",
  10: "unbounded",
  13: "timeLimit",
  14: "iterationLimit",
  16: "nodeLimit",
  17: "interrupted",
};

/**
 * Runs HiGHS until it is done, stopped or out of time.
 *
 * It runs in one go, and looks at its deadline and at `stop` in HiGHS's callbacks. Where nobody else could end it, a linear
 * solve goes in slices, between which waiting messages are seen; a mixed-integer solve would start again after one. The basis
 * survives from one slice to the next, but not the weights of the rows nor what keeps the simplex method from standing still: with slices of
 * one length a large book takes ten times as long, so each is twice as long as the one before. They are counted in pivots, not in
 * seconds: where a slice ends decides which of several best vertices the next one finds.
 */
export async function runHighs(context: HighsContext): Promise<HighsRun> {
  const { native, options, pace } = context;
  const callbacks = createCallbacks(context);
  let slice = context.firstSlice;
  let iterations = 0;
  // HiGHS says nothing while it presolves.
  options.onProgress?.({ phase: "presolve", seconds: pace.seconds() });
  for (;;) {
    const left = pace.left();
    const end = pace.end();
    if (end) return { status: end, code: end === "interrupted" ? 17 : 13, iterations };
    native.options.set({ time_limit: Math.min(left, LONG), simplex_iteration_limit: Math.min(slice, NO_LIMIT) });
    native.zeroAllClocks();
    const said = runOnce(native, callbacks);
    iterations += Math.max(0, Number(native.info.get("simplex_iteration_count")));
    // What our callbacks end without a stop they end for the time.
    const code = said === 17 && pace.end() === "timeLimit" ? 13 : said;
    const status = STATUS_BY_CODE[code] ?? "numericalError";
    if (status !== "iterationLimit" || !Number.isFinite(slice)) {
      // What is asked of HiGHS afterwards, such as what is in conflict, is not cut.
      native.options.set({ simplex_iteration_limit: NO_LIMIT });
      return { status, code, iterations };
    }
    slice = Math.min(2 * slice, LONGEST_SLICE);
    await pace.pause("simplex", iterations);
  }
}

/** Runs once; a run that HiGHS itself calls failed counts as "unknown", so that it is tried again with other settings. */
function runOnce(native: Model, callbacks: HighsCallbackMap): number {
  try {
    return native.run(callbacks).modelStatus;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return 15;
  }
}

function createCallbacks(context: HighsContext): HighsCallbackMap {
  const { model, options } = context;
  let reportedAt = context.pace.startedAt;
  const report = (data: CallbackData, phase: string, isUrgent: boolean): void => {
    const now = performance.now();
    if (!options.onProgress || (!isUrgent && now - reportedAt < 100)) return;
    reportedAt = now;
    options.onProgress(toProgress(data, phase, context.pace.seconds(), context));
  };
  const interrupt = (event: { data: CallbackData; interrupt(): void }, phase: string): undefined => {
    report(event.data, phase, false);
    // HiGHS looks at its own clock less often than it calls back.
    if (context.pace.end()) event.interrupt();
    return undefined;
  };
  return {
    1: (event) => interrupt(event, "simplex"),
    2: (event) => interrupt(event, "interior point"),
    ...(model.integer
      ? {
          4: (event: { data: CallbackData }) => {
            report(event.data, "branch and cut", true);
            return undefined;
          },
          5: (event: { data: CallbackData }) => {
            report(event.data, "branch and cut", false);
            return undefined;
          },
          6: (event: { data: CallbackData; interrupt(): void }) => interrupt(event, "branch and cut"),
        }
      : {}),
  };
}

function toProgress(data: CallbackData, phase: string, seconds: number, { model, scaled }: HighsContext): SolveProgress {
  const value = phase === "branch and cut" ? data.mip_primal_bound : data.objective_function_value;
  const objective = unscaled(value, scaled);
  const bound = unscaled(data.mip_dual_bound, scaled);
  const gap = data.mip_gap;
  const iterations = Number(data.mip_total_lp_iterations ?? data.simplex_iteration_count ?? NaN);
  const isMip = phase === "branch and cut";
  return {
    phase,
    seconds,
    ...(objective === undefined ? {} : { objective }),
    ...(isMip && bound !== undefined ? { bound } : {}),
    ...(isMip && gap !== undefined && Number.isFinite(gap) ? { gap } : {}),
    ...(iterations >= 0 ? { iterations } : {}),
    ...(data.mip_solution && data.mip_solution.length === scaled.columnFactor.length ? { incumbent: toPoint(model, scaled, data.mip_solution) } : {}),
  };
}

function unscaled(value: number | undefined, scaled: ScaledModel): number | undefined {
  if (value === undefined || !Number.isFinite(value) || Math.abs(value) > 1e100) return undefined;
  return value / scaled.objectiveFactor + scaled.objectiveOffset;
}
