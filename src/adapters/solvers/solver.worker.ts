import { createSolver } from "./choose-solver";
import { createHighsSolver } from "./highs-solver";
import { createJavascriptLpSolver } from "./javascript-lp-solver";
import { createHighsLoader } from "./load-highs";
import { createNetworkSolver } from "./network-solver";
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
  (wasmUrl) =>
    createSolver([createNetworkSolver(), createHighsSolver(createHighsLoader(wasmUrl)), createJavascriptLpSolver()]),
);
scope.onmessage = (event) => receive(event.data);
