import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { SolveOptions, SolveProgress, SolveResult, TerminationStatus } from "../../core/lp/solver";
import type { ToWorker } from "./worker-protocol";

/** Name of the solver that computes in workers. */
export const WORKER_SOLVER = "solver worker";
/**
 * How long a worker may take to answer a stop before it is ended, milliseconds: with the pool's looks before and after it less than 0.1 s. Our own
 * engines hear it between two slices; HiGHS runs in one go, and ending its worker loses nothing but time to warm another.
 */
const PATIENCE = 50;
/** How much later than its time limit a worker may answer before it is ended, milliseconds: reading an answer takes a while. */
const LATENESS = 1200;

/** A problem that waits for a worker or is being solved by one. */
export interface Job {
  readonly id: number;
  readonly model: LinearModel;
  readonly options: SolveOptions;
  /** When it was handed to a worker; waiting for one is no solving time. Milliseconds. */
  startedAt: number;
  stopSentAt: number | undefined;
  incumbent: Float64Array | undefined;
  lastProgress: SolveProgress | undefined;
  readonly resolve: (result: SolveResult) => void;
}

/** Makes a job of a call of `solve`. */
export const createJob = (id: number, model: LinearModel, options: SolveOptions, resolve: Job["resolve"]): Job => ({
  id,
  model,
  options,
  startedAt: performance.now(),
  stopSentAt: undefined,
  incumbent: undefined,
  lastProgress: undefined,
  resolve,
});

/** Tells a worker what to solve. */
export const messageOf = ({ id, model, options }: Job): ToWorker => ({
  kind: "solve",
  id,
  model,
  limits: options.limits,
  start: options.start,
  unlike: options.unlike,
});

/** Keeps the best point so far, and passes the progress on. */
export function noteProgress(job: Job, progress: SolveProgress): void {
  job.incumbent = progress.incumbent ?? job.incumbent;
  job.lastProgress = progress;
  job.options.onProgress?.(progress);
}

/** Passes a stop on, and says whether the worker has had long enough and must be ended. */
export function judge(job: Job, now: number, sendStop: (id: number) => void): TerminationStatus | undefined {
  if (job.options.stop?.requested && job.stopSentAt === undefined) {
    job.stopSentAt = now;
    sendStop(job.id);
  }
  if (job.stopSentAt !== undefined && now - job.stopSentAt > PATIENCE) return "interrupted";
  const limit = (job.options.limits?.timeSeconds ?? Infinity) * 1000;
  return now - job.startedAt > limit + LATENESS ? "timeLimit" : undefined;
}

/** Builds the answer for a job whose worker is gone, from the best point that it had reported. */
export function resultOf(job: Job | undefined, status: TerminationStatus, rawStatus: string): SolveResult {
  const seconds = job ? (performance.now() - job.startedAt) / 1000 : 0;
  const record = { solver: WORKER_SOLVER, seconds, iterations: job?.lastProgress?.iterations ?? 0, rawStatus };
  const bare = { ...resultWithoutPoint(status, record), bound: job?.lastProgress?.bound ?? -Infinity };
  if (!job?.incumbent) return bare;
  const check = checkPrimal(job.model, job.incumbent);
  if (!isPrimalFeasible(check)) return bare;
  return { ...bare, primalStatus: "feasiblePoint", objective: check.objective, primal: job.incumbent };
}
