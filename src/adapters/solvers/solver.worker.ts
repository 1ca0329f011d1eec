import { createSolver } from "./choose-solver";
import { createEngines } from "./create-engines";
import { createHighsLoader } from "./load-highs";
import { serveSolver } from "./worker-server";
import type { FromWorker, ToWorker } from "./worker-protocol";

/** The part of a dedicated worker's global scope that is used; the DOM types know only a window's. */
interface WorkerScope {
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const receive = serveSolver(
  (message, transfer) => scope.postMessage(message, transfer),
  (wasmUrl) => createSolver(createEngines(createHighsLoader(wasmUrl))),
);
scope.onmessage = (event) => receive(event.data);
