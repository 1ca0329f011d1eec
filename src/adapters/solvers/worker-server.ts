import type { Solver, SolveResult } from "../../core/lp/solver";
import type { LinearModel } from "../../core/lp/linear-model";
import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { FromWorker, ToWorker } from "./worker-protocol";

/**
 * Answers solve requests inside a worker, one after the other.
 *
 * Engines that work in slices let "stop" in between two slices. Numbers go back without a copy.
 *
 * @param post sends a message to the page
 * @param createEngine makes the solver once the page has said where the WebAssembly is
 * @returns the listener for messages from the page
 */
export function serveSolver(
  post: (message: FromWorker, transfer: ArrayBuffer[]) => void,
  createEngine: (wasmUrl: string | undefined) => Solver,
): (message: ToWorker) => void {
  let engine: Solver | undefined;
  let turn: Promise<void> = Promise.resolve();
  const stops = new Map<number, { requested: boolean }>();
  const inTurn = (task: () => Promise<void>): void => {
    turn = turn.then(task, task);
  };
  return (message) => {
    if (message.kind === "stop") {
      const stop = stops.get(message.id);
      if (stop) stop.requested = true;
    } else if (message.kind === "warm") {
      engine = createEngine(message.wasmUrl);
      inTurn(async () => {
        // The first solve is several times slower than the next ones; the user should not be the one to wait for it.
        await engine?.solve(SMALL_MODEL).catch(() => undefined);
        post({ kind: "ready" }, []);
      });
    } else {
      const { id, model, limits, start } = message;
      const stop = { requested: false };
      stops.set(id, stop);
      inTurn(async () => {
        engine ??= createEngine(undefined);
        const result = await engine
          .solve(model, {
            stop,
            onProgress: (progress) => post({ kind: "progress", id, progress }, []),
            ...(limits ? { limits } : {}),
            ...(start ? { start } : {}),
          })
          .catch((error: unknown) => failed(error));
        stops.delete(id);
        post({ kind: "result", id, result }, buffersOf(result));
      });
    }
  };
}

/** min x + 2y, x + y >= 1, x <= 0.5: enough to have every engine loaded and compiled. */
const SMALL_MODEL: LinearModel = {
  columnCount: 2,
  rowCount: 1,
  objective: Float64Array.of(1, 2),
  objectiveOffset: 0,
  columnLower: Float64Array.of(0, 0),
  columnUpper: Float64Array.of(0.5, Infinity),
  rowLower: Float64Array.of(1),
  rowUpper: Float64Array.of(Infinity),
  starts: Int32Array.of(0, 1, 2),
  indices: Int32Array.of(0, 0),
  values: Float64Array.of(1, 1),
};

function failed(error: unknown): SolveResult {
  const rawStatus = error instanceof Error ? error.message : String(error);
  return resultWithoutPoint("otherError", { solver: "worker", seconds: 0, iterations: 0, rawStatus });
}

/** Lists the buffers of a result that may be handed over; one that two vectors share, or empty ones, only once or never. */
function buffersOf(result: SolveResult): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const vector of [result.primal, result.dual, result.reducedCosts]) {
    if (vector.length > 0 && vector.buffer instanceof ArrayBuffer && vector.byteLength === vector.buffer.byteLength) {
      buffers.add(vector.buffer);
    }
  }
  return [...buffers];
}
