import { checkPrimal, isPrimalFeasible } from "../../core/lp/check-primal";
import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { SolveOptions, SolveProgress, SolveResult, Solver, TerminationStatus } from "../../core/lp/solver";
import type { FromWorker, WorkerPort } from "./worker-protocol";

const NAME = "solver worker";
/** How often a request to stop and the clock are looked at, milliseconds. */
const POLL = 25;
/** How long a worker may take to answer a stop before it is ended, milliseconds. Branch and cut cannot be asked. */
const PATIENCE = 400;

export interface WorkerSolver extends Solver {
  /** Starts a worker and has it load and compile its engines, so that the first answer comes at once. */
  warm(): void;
  /** Ends every solve under way at once; their results say `interrupted`, without a point. */
  cancel(): void;
  /** Ends all workers for good. */
  dispose(): void;
}

export interface WorkerSolverSetup {
  readonly createWorker: () => WorkerPort;
  readonly wasmUrl?: string;
  /** Largest number of workers for solves that run at the same time; default 1. */
  readonly poolSize?: number;
}

interface Job {
  readonly id: number;
  readonly model: LinearModel;
  readonly options: SolveOptions;
  readonly startedAt: number;
  stopSentAt: number | undefined;
  incumbent: Float64Array | undefined;
  lastProgress: SolveProgress | undefined;
  readonly resolve: (result: SolveResult) => void;
}

interface Slot {
  readonly port: WorkerPort;
  job: Job | undefined;
}

/**
 * Creates a solver that computes in workers, so that the page stays alive and everything can be stopped.
 *
 * Stop asks the worker; one that does not answer soon is ended, and the best point it had reported is the answer.
 * One spare worker is kept warm, so that ending one costs nothing.
 */
export function createWorkerSolver(setup: WorkerSolverSetup): WorkerSolver {
  const pool = createPool(setup);
  return {
    name: NAME,
    capabilities: {
      duals: true,
      integers: true,
      needsWebAssembly: false,
      basis: true,
      maxColumns: Infinity,
      precision: 1e-7,
    },
    solve: (model, options = {}) => pool.solve(model, options),
    warm: pool.warm,
    cancel: pool.cancel,
    dispose: pool.dispose,
  };
}

function createPool({ createWorker, wasmUrl, poolSize = 1 }: WorkerSolverSetup) {
  let slots: Slot[] = [];
  let waiting: Job[] = [];
  let lastId = 0;
  let watch: ReturnType<typeof setInterval> | undefined;

  const start = (): Slot => {
    const slot: Slot = { port: createWorker(), job: undefined };
    slot.port.listen(
      (message) => receive(slot, message),
      (reason) => drop(slot, resultOf(slot.job, "otherError", reason)),
    );
    slot.port.post({ kind: "warm", wasmUrl });
    slots.push(slot);
    return slot;
  };
  const receive = (slot: Slot, message: FromWorker): void => {
    const { job } = slot;
    if (!job || message.kind === "ready" || message.id !== job.id) return;
    if (message.kind === "progress") {
      job.incumbent = message.progress.incumbent ?? job.incumbent;
      job.lastProgress = message.progress;
      job.options.onProgress?.(message.progress);
      return;
    }
    slot.job = undefined;
    job.resolve(message.result);
    dispatch();
  };
  /** Ends a worker and answers its job; whoever waits goes to the spare. */
  const drop = (slot: Slot, answer: SolveResult): void => {
    const { job } = slot;
    slots = slots.filter((other) => other !== slot);
    slot.port.terminate();
    slot.job = undefined;
    job?.resolve(answer);
    dispatch();
  };
  const dispatch = (): void => {
    while (waiting.length > 0 && slots.filter((slot) => slot.job).length < poolSize) {
      const job = waiting.shift()!;
      try {
        const slot = slots.find((candidate) => !candidate.job) ?? start();
        slot.job = job;
        const { id, model, options } = job;
        slot.port.post({ kind: "solve", id, model, limits: options.limits, start: options.start });
        keepSpare();
      } catch (error) {
        job.resolve(resultOf(job, "otherError", error instanceof Error ? error.message : String(error)));
      }
    }
    const isBusy = slots.some((slot) => slot.job) || waiting.length > 0;
    if (isBusy) watch ??= setInterval(look, POLL);
    else if (watch !== undefined) {
      clearInterval(watch);
      watch = undefined;
    }
  };
  const keepSpare = (): void => {
    if (slots.every((slot) => slot.job)) start();
  };
  const look = (): void => {
    const now = performance.now();
    for (const job of waiting.filter(({ options }) => options.stop?.requested)) {
      waiting = waiting.filter((other) => other !== job);
      job.resolve(resultOf(job, "interrupted", "stopped while waiting"));
    }
    for (const slot of slots.filter((candidate) => candidate.job)) {
      const end = judge(slot.job!, now, (id) => slot.port.post({ kind: "stop", id }));
      if (end) drop(slot, resultOf(slot.job, end, "the worker was ended"));
    }
  };
  const cancel = (): void => {
    const abandoned = [...waiting];
    waiting = [];
    for (const job of abandoned) job.resolve(resultOf(undefined, "interrupted", "cancelled"));
    for (const slot of slots.filter((candidate) => candidate.job)) {
      drop(slot, resultOf(undefined, "interrupted", "cancelled"));
    }
  };
  return {
    solve: (model: LinearModel, options: SolveOptions) =>
      new Promise<SolveResult>((resolve) => {
        lastId++;
        waiting.push({
          id: lastId,
          model,
          options,
          startedAt: performance.now(),
          stopSentAt: undefined,
          incumbent: undefined,
          lastProgress: undefined,
          resolve,
        });
        dispatch();
      }),
    warm: () => {
      if (slots.length === 0) start();
    },
    cancel,
    dispose: () => {
      cancel();
      for (const slot of slots) slot.port.terminate();
      slots = [];
    },
  };
}

/** Passes a stop on, and says whether the worker has had long enough. */
function judge(job: Job, now: number, sendStop: (id: number) => void): TerminationStatus | undefined {
  if (job.options.stop?.requested && job.stopSentAt === undefined) {
    job.stopSentAt = now;
    sendStop(job.id);
  }
  if (job.stopSentAt !== undefined && now - job.stopSentAt > PATIENCE) return "interrupted";
  const limit = (job.options.limits?.timeSeconds ?? Infinity) * 1000;
  return now - job.startedAt > limit + 5 * PATIENCE ? "timeLimit" : undefined;
}

/** Builds the answer for a job whose worker is gone, from the best point that it had reported. */
function resultOf(job: Job | undefined, status: TerminationStatus, rawStatus: string): SolveResult {
  const seconds = job ? (performance.now() - job.startedAt) / 1000 : 0;
  const record = { solver: NAME, seconds, iterations: job?.lastProgress?.iterations ?? 0, rawStatus };
  const bare = { ...resultWithoutPoint(status, record), bound: job?.lastProgress?.bound ?? -Infinity };
  if (!job?.incumbent) return bare;
  const check = checkPrimal(job.model, job.incumbent);
  if (!isPrimalFeasible(check)) return bare;
  return { ...bare, primalStatus: "feasiblePoint", objective: check.objective, primal: job.incumbent };
}
