import type { FromWorker } from "../../src/adapters/solvers/worker-protocol";
import { measureSampleRuns, type SampleRun, type StartTimedWorker, type TimedFromWorker } from "./sample-run";

/** The page's side of warm-worker in a browser. */
const start: StartTimedWorker = (onTimed) => {
  const worker = new Worker("worker.js");
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onFailure) => {
      worker.onmessage = ({ data }: MessageEvent<TimedFromWorker>) => (data.kind === "timed" ? onTimed(data) : onMessage(data as FromWorker));
      worker.onerror = (event) => onFailure(event.message);
    },
    terminate: () => worker.terminate(),
  };
};

const measure = (isWarm: boolean): Promise<SampleRun[]> => measureSampleRuns(start, new URL("highs.wasm", location.href).href, isWarm, 3);
Object.assign(globalThis, { measure });
