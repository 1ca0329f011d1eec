import type { SolveResult, TerminationStatus } from "../../core/lp/solver";
import { createWarmWorkers, type WarmWorker, type WarmWorkers } from "./warm-workers";
import { judge, messageOf, noteProgress, resultOf, type Job } from "./worker-job";
import type { FromWorker, WorkerPort } from "./worker-protocol";

/** How often requests to stop and the clock are looked at, milliseconds. */
const POLL = 10;
/** A solve that takes longer gets a spare worker beside it, one that waits longer a worker of its own, milliseconds. */
const LONG = 150;
/** Quiet time after the last answer before warming up goes on and workers that nobody needs are ended, milliseconds. */
const QUIET = 1000;
/** How long a worker's file may take to load, milliseconds. */
const LONGEST_START = 30_000;

export interface PoolSetup {
  readonly createWorker: () => WorkerPort;
  readonly wasmUrl: string | undefined;
  /** Largest number of solves at the same time. */
  readonly size: number;
}

/** Workers that solve jobs, and are kept warm. */
export interface WorkerPool {
  /** Solves a job as soon as a worker is free. */
  add(job: Job): void;
  warm(): void;
  cancel(): void;
  dispose(): void;
  /** Why no worker may start here; undefined as long as one may. */
  readonly barred: string | undefined;
}

/**
 * Creates a pool of workers. Nothing starts before the first `warm` or `add`.
 *
 * A worker that does not answer is ended; its job is answered with the best point that it had reported, and the spare takes over. Which
 * worker solves a job makes no difference to the answer: each solve starts from its model alone.
 */
export function createWorkerPool({ createWorker, wasmUrl, size }: PoolSetup): WorkerPool {
  let waiting: Job[] = [];

  const workers: WarmWorkers = createWarmWorkers({
    createWorker,
    wasmUrl,
    onMessage: (worker, message) => receive(worker, message),
    onLost: (worker, reason) => {
      // One that has never run has not touched the problem: another may.
      const isUntouched = worker.stepsLeft === undefined && workers.barred === undefined;
      if (worker.job && isUntouched) waiting.unshift(release(worker)!);
      answerFor(worker, "otherError", reason);
    },
    isPressing: () => waiting.length > 0 || busy().some(({ job }) => performance.now() - job!.startedAt < LONG),
  });
  const busy = (): WarmWorker[] => workers.all.filter(({ job }) => job);

  const receive = (worker: WarmWorker, message: Exclude<FromWorker, { kind: "ready" }>): void => {
    if (worker.job?.id !== message.id) return;
    if (message.kind === "progress") return noteProgress(worker.job, message.progress);
    release(worker)?.resolve(message.result);
    dispatch();
  };
  /** Answers for a worker that is gone. */
  const answerFor = (worker: WarmWorker, status: TerminationStatus, reason: string): void => {
    const job = release(worker);
    job?.resolve(status === "otherError" ? failureOf(job, workers.barred, reason) : resultOf(job, status, reason));
    dispatch();
  };

  /** Hands waiting jobs to free workers, and looks after all of them until nothing is left to do. */
  const dispatch = (): void => {
    while (waiting.length > 0 && busy().length < size) {
      const job = waiting[0]!;
      try {
        const worker = freeWorker(workers, performance.now() - job.startedAt);
        if (!worker) break;
        waiting.shift();
        hand(job, worker);
      } catch (error) {
        // A worker that could not be started may be started the second time; a problem that could not be sent never can.
        if (waiting[0] === job && workers.barred === undefined) continue;
        waiting = waiting.filter((other) => other !== job);
        job.resolve(failureOf(job, workers.barred, error instanceof Error ? error.message : String(error)));
      }
    }
    clock.run(busy().length > 0 || waiting.length > 0);
  };
  const look = (): void => {
    waiting = withoutStopped(waiting);
    for (const worker of busy()) {
      const verdict = judgeWorker(worker, performance.now());
      if (!verdict) continue;
      workers.end(worker, verdict[0] === "otherError" ? verdict[1] : undefined);
      answerFor(worker, ...verdict);
    }
    dispatch();
    workers.warmOn();
  };
  const clock = createClock(look, () => {
    workers.trim();
    if (workers.all.length > 0) workers.warmOn();
  });
  const cancel = (): void => {
    for (const job of waiting.splice(0)) job.resolve(resultOf(undefined, "interrupted", "cancelled"));
    for (const worker of busy()) {
      release(worker)?.resolve(resultOf(undefined, "interrupted", "cancelled"));
      workers.end(worker, undefined);
    }
  };

  return {
    add: (job) => {
      waiting.push(job);
      dispatch();
    },
    warm: workers.warmOn,
    cancel,
    dispose: () => {
      cancel();
      workers.dispose();
      clock.end();
    },
    get barred() {
      return workers.barred;
    },
  };
}

function withoutStopped(waiting: readonly Job[]): Job[] {
  const isStopped = ({ options }: Job): boolean => options.stop?.requested === true;
  for (const job of waiting.filter(isStopped)) job.resolve(resultOf(undefined, "interrupted", "stopped while waiting"));
  return waiting.filter((job) => !isStopped(job));
}

/** A worker for the next job: one that does nothing, else one that is warming up, else a new one if the job has waited long. */
function freeWorker(workers: WarmWorkers, waited: number): WarmWorker | undefined {
  const free = workers.all.filter(({ job }) => !job);
  const isNeeded = workers.all.length === 0 || waited > LONG;
  return free.find(({ isTakingStep }) => !isTakingStep) ?? free[0] ?? (isNeeded ? workers.start() : undefined);
}

/** Says why a worker must be ended: it answers neither a stop nor its time limit, or has never begun. */
function judgeWorker(worker: WarmWorker, now: number): [TerminationStatus, string] | undefined {
  const end = judge(worker.job!, now, (id) => worker.port.post({ kind: "stop", id }));
  if (end) return [end, "the worker was ended"];
  return worker.stepsLeft === undefined && now - worker.startedAt > LONGEST_START ? ["otherError", "the worker did not start"] : undefined;
}

function hand(job: Job, worker: WarmWorker): void {
  worker.port.post(messageOf(job));
  // Waiting for a worker is no solving time.
  job.startedAt = performance.now();
  worker.job = job;
}

/** Says that a job has no answer: for want of workers, or because of what happened to the one that had it. */
function failureOf(job: Job | undefined, barred: string | undefined, reason: string): SolveResult {
  return barred === undefined ? resultOf(job, "otherError", reason) : resultOf(undefined, "notSupported", `no worker may start: ${barred}`);
}

/** Takes the job from its worker. */
function release(worker: WarmWorker): Job | undefined {
  const { job } = worker;
  worker.job = undefined;
  return job;
}

/** Looks at intervals while something is to be done, and once when all has been quiet for a while. */
function createClock(look: () => void, atRest: () => void): { run(isBusy: boolean): void; end(): void } {
  let watch: ReturnType<typeof setInterval> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => {
    clearInterval(watch);
    clearTimeout(rest);
    watch = undefined;
  };
  return {
    run: (isBusy) => {
      if (isBusy && watch !== undefined) return;
      end();
      if (isBusy) watch = setInterval(look, POLL);
      else rest = setTimeout(atRest, QUIET);
    },
    end,
  };
}
