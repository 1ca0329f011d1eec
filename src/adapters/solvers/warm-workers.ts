import type { Job } from "./worker-job";
import type { FromWorker, WorkerPort } from "./worker-protocol";

/** Workers kept while nothing is to be solved: one that answers and one that takes over when the first has to be ended. */
const KEPT = 2;
/** So many workers in a row that could not be loaded mean that there will be none. */
const ENOUGH_FAILURES = 2;

/** A worker of ours. */
export interface WarmWorker {
  readonly port: WorkerPort;
  /** performance.now() when it was started. */
  readonly startedAt: number;
  /** What it solves now. */
  job: Job | undefined;
  /** Steps of warming up that it still has; undefined until it has said that it runs. */
  stepsLeft: number | undefined;
  isTakingStep: boolean;
}

export interface WarmWorkersSetup {
  readonly createWorker: () => WorkerPort;
  readonly wasmUrl: string | undefined;
  onMessage(worker: WarmWorker, message: Exclude<FromWorker, { kind: "ready" }>): void;
  /** It could not be loaded or broke down. */
  onLost(worker: WarmWorker, reason: string): void;
  /** True while warming up would be in the way of an answer. */
  isPressing(): boolean;
}

/** Workers that are started, warmed up and ended here; what they solve is the pool's business. */
export interface WarmWorkers {
  readonly all: readonly WarmWorker[];
  /** Why no worker may start here; undefined as long as one may. */
  readonly barred: string | undefined;
  /** Starts a worker. @throws whatever the platform throws where workers are forbidden */
  start(): WarmWorker;
  /** Takes the next small step towards two warm workers, unless something is pressing; each step leads to the next. */
  warmOn(): void;
  /** Ends a worker. @param failure what is wrong with it; undefined where nothing is */
  end(worker: WarmWorker, failure: string | undefined): void;
  /** Ends those that nobody needs in quiet times. */
  trim(): void;
  dispose(): void;
}

/**
 * Creates the keeper of workers.
 *
 * Warming up is asked for step by step, one worker after the other, so that it is never in the way of an answer or of the page.
 */
export function createWarmWorkers(setup: WarmWorkersSetup): WarmWorkers {
  let all: WarmWorker[] = [];
  let failures = 0;
  let barred: string | undefined;

  const noteFailure = (reason: string): void => {
    failures++;
    if (failures >= ENOUGH_FAILURES) barred = reason;
  };
  const start = (): WarmWorker => {
    if (barred !== undefined) throw new Error(barred);
    const worker = { port: createPort(), startedAt: performance.now(), job: undefined, stepsLeft: undefined, isTakingStep: false };
    worker.port.listen(
      (message) => receive(worker, message),
      (reason) => {
        if (!all.includes(worker)) return;
        end(worker, reason);
        setup.onLost(worker, reason);
      },
    );
    worker.port.post({ kind: "begin", wasmUrl: setup.wasmUrl });
    all.push(worker);
    return worker;
  };
  const createPort = (): WorkerPort => {
    try {
      return setup.createWorker();
    } catch (error) {
      noteFailure(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  const receive = (worker: WarmWorker, message: FromWorker): void => {
    // A message of one that has been ended since may still be on its way.
    if (!all.includes(worker)) return;
    if (message.kind !== "ready") return setup.onMessage(worker, message);
    failures = 0;
    worker.stepsLeft = message.stepsLeft;
    worker.isTakingStep = false;
    warmOn();
  };
  const end = (worker: WarmWorker, failure: string | undefined): void => {
    all = all.filter((other) => other !== worker);
    worker.port.terminate();
    if (failure !== undefined && worker.stepsLeft === undefined) noteFailure(failure);
  };
  const warmOn = (): void => {
    if (barred !== undefined || setup.isPressing() || all.some(({ isTakingStep }) => isTakingStep)) return;
    const free = all.filter(({ job }) => !job);
    const cold = free.find(({ stepsLeft }) => stepsLeft !== 0);
    if (cold?.stepsLeft) {
      cold.isTakingStep = true;
      cold.port.post({ kind: "warm" });
    } else if (!cold && (all.length < KEPT || free.length === 0)) {
      try {
        start();
      } catch {
        // Nobody waits for this one; whoever needs a worker is told.
      }
    }
  };
  return {
    get all() {
      return all;
    },
    get barred() {
      return barred;
    },
    start,
    warmOn,
    end,
    trim: () => {
      for (const { port } of all.slice(KEPT)) port.terminate();
      all = all.slice(0, KEPT);
    },
    dispose: () => {
      for (const { port } of all) port.terminate();
      all = [];
    },
  };
}
