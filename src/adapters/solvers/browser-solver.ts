import type { Solver } from "../../core/lp/solver";
import { createBrowserWorker, locateHighsWasm } from "./create-browser-worker";
import { createHighsLoader } from "./load-highs";
import { createPageSolver } from "./page-solver";
import { createWorkerSolver, type WorkerSolver } from "./worker-solver";

/** Solver of the add-in: engines in workers, and in the page where no worker may start. */
export type BrowserSolver = Solver & Pick<WorkerSolver, "warm" | "cancel" | "dispose">;

/** Most workers for solves at the same time: each holds some tens of megabytes, and Excel watches an add-in's memory. */
const MOST_WORKERS = 3;

/** Creates the solver of the add-in. Nothing starts before the first `warm` or `solve`. */
export function createBrowserSolver(): BrowserSolver {
  const wasmUrl = locateHighsWasm();
  // One processor is left to the page and to Excel.
  const poolSize = Math.max(1, Math.min(MOST_WORKERS, (navigator.hardwareConcurrency || 2) - 1));
  const worker = createWorkerSolver({ createWorker: createBrowserWorker, wasmUrl, poolSize });
  const solver = createPageSolver(worker, createHighsLoader(wasmUrl));
  return { ...solver, warm: worker.warm, cancel: worker.cancel, dispose: worker.dispose };
}
