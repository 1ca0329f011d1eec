import { resultWithoutPoint } from "../../core/lp/solve-result";
import type { Solver, SolveResult } from "../../core/lp/solver";
import { nextTurn } from "./pace";
import { createWarmUp } from "./warm-up";
import type { FromWorker, ToWorker } from "./worker-protocol";

/** Columns of a model that takes long enough to read for messages to have come meanwhile. */
const LARGE = 300_000;

/**
 * Answers solve requests inside a worker, one after the other.
 *
 * Engines that work in slices let "stop" in between two slices. Numbers go back without a copy. A step of warming up ends at its next
 * slice when a problem arrives.
 *
 * @param post sends a message to the page
 * @param createEngine makes the solver once the page has said where the WebAssembly is
 * @returns the listener for messages from the page
 */
export function serveSolver(
  post: (message: FromWorker, transfer: ArrayBuffer[]) => void,
  createEngine: (wasmUrl: string | undefined) => Solver,
): (message: ToWorker) => void {
  const warmUp = createWarmUp();
  let engine: Solver | undefined;
  let turn: Promise<void> = Promise.resolve();
  let warming = { requested: false };
  const stops = new Map<number, { requested: boolean }>();
  const inTurn = (task: () => Promise<void>): void => {
    turn = turn.then(task, task);
  };
  const takeWarmUpStep = async (): Promise<void> => {
    warming = { requested: false };
    // A problem that came meanwhile is what the page wants to have answered.
    if (stops.size === 0) await warmUp.step((engine ??= createEngine(undefined)), warming);
    post({ kind: "ready", stepsLeft: warmUp.stepsLeft }, []);
  };
  const answer = async ({ id, model, limits, start, unlike }: Extract<ToWorker, { kind: "solve" }>): Promise<void> => {
    engine ??= createEngine(undefined);
    if (model.columnCount >= LARGE) await nextTurn();
    const result = await engine
      .solve(model, {
        stop: stops.get(id)!,
        onProgress: (progress) => post({ kind: "progress", id, progress }, []),
        ...(limits ? { limits } : {}),
        ...(start ? { start } : {}),
        ...(unlike === undefined ? {} : { unlike }),
      })
      .catch((error: unknown) => failed(error));
    stops.delete(id);
    post({ kind: "result", id, result }, buffersOf(result));
  };
  return (message) => {
    switch (message.kind) {
      case "begin":
        engine = createEngine(message.wasmUrl);
        return post({ kind: "ready", stepsLeft: warmUp.stepsLeft }, []);
      case "warm":
        return inTurn(takeWarmUpStep);
      case "solve":
        stops.set(message.id, { requested: false });
        warming.requested = true;
        return inTurn(() => answer(message));
      case "stop": {
        const stop = stops.get(message.id);
        if (stop) stop.requested = true;
      }
    }
  };
}

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
