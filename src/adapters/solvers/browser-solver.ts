import type { Solver } from "../../core/lp/solver";
import { createSolver } from "./choose-solver";
import { createBrowserWorker, locateHighsWasm } from "./create-browser-worker";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import { createNetworkSolver } from "./network-solver";
import { createWorkerSolver, type WorkerSolver } from "./worker-solver";

/** Solver of the add-in: engines in a worker, and the plain JavaScript ones in the page where no worker may start. */
export type BrowserSolver = Solver & Pick<WorkerSolver, "warm" | "cancel" | "dispose">;

/** Creates the solver of the add-in. Nothing starts before the first `warm` or `solve`. */
export function createBrowserSolver(): BrowserSolver {
  const worker = createWorkerSolver({ createWorker: createBrowserWorker, wasmUrl: locateHighsWasm() });
  const solver = createSolver([worker, createNetworkSolver(), createJavascriptLpSolver()], { secondOpinion: false });
  return { ...solver, warm: worker.warm, cancel: worker.cancel, dispose: worker.dispose };
}
