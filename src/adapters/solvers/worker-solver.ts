import type { SolveResult, Solver } from "../../core/lp/solver";
import { createJob, WORKER_SOLVER } from "./worker-job";
import { createWorkerPool } from "./worker-pool";
import type { WorkerPort } from "./worker-protocol";

export interface WorkerSolver extends Solver {
  /** Starts a worker and has it load and compile its engines, so that the first answer comes at once. */
  warm(): void;
  /** Why no worker may start here; undefined as long as one may. */
  readonly barred: string | undefined;
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

/**
 * Creates a solver that computes in workers, so that the page stays alive and everything can be stopped.
 *
 * Stop asks the worker; one that does not answer soon is ended, and the best point it had reported is the answer.
 * One spare worker is kept warm, so that ending one costs nothing. Where no worker may start, it says `notSupported`.
 */
export function createWorkerSolver({ createWorker, wasmUrl, poolSize = 1 }: WorkerSolverSetup): WorkerSolver {
  const pool = createWorkerPool({ createWorker, wasmUrl, size: poolSize });
  let lastId = 0;
  return {
    name: WORKER_SOLVER,
    capabilities: {
      duals: true,
      integers: true,
      needsWebAssembly: false,
      // A worker that does not listen is ended, and the best point that it had reported is kept.
      interruptible: true,
      basis: true,
      maxColumns: Infinity,
      precision: 1e-7,
      get parallel() {
        return pool.barred === undefined ? poolSize : 1;
      },
    },
    solve: (model, options = {}) => {
      lastId++;
      return new Promise<SolveResult>((resolve) => pool.add(createJob(lastId, model, options, resolve)));
    },
    get barred() {
      return pool.barred;
    },
    warm: pool.warm,
    cancel: pool.cancel,
    dispose: pool.dispose,
  };
}
