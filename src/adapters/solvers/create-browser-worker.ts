import type { FromWorker, WorkerPort } from "./worker-protocol";

/**
 * Starts the solver worker of the built add-in.
 *
 * The only file with import.meta: the bundler finds the worker and the WebAssembly here, and jest, which runs
 * CommonJS, never loads it.
 */
export function createBrowserWorker(): WorkerPort {
  const worker = new Worker(new URL("./solver.worker.ts", import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onFailure) => {
      worker.onmessage = (event: MessageEvent<FromWorker>) => onMessage(event.data);
      worker.onerror = (event) => onFailure(event.message || "the solver worker could not be loaded");
      worker.onmessageerror = () => onFailure("a message of the solver worker could not be read");
    },
    terminate: () => worker.terminate(),
  };
}

/** Gives the address of HiGHS's WebAssembly as the bundler has placed it. */
export function locateHighsWasm(): string {
  return new URL("highs/runtime", import.meta.url).href;
}
