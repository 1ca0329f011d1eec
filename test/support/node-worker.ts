import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerPort } from "../../src/adapters/solvers/worker-protocol";

const root = path.resolve(__dirname, "..", "..");
const bundle = path.join(root, ".cache", "solver-worker", "solver.worker.cjs");

/** What a dedicated worker has in a browser: postMessage and onmessage on its global object. */
const SCOPE = `
const { parentPort } = require("node:worker_threads");
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on("message", (data) => globalThis.onmessage({ data }));
`;

/** Bundles the add-in's solver worker for Node, in a process of its own: jest's globals are not those that esbuild wants. */
export async function buildNodeWorker(): Promise<void> {
  const options = {
    entryPoints: [path.join(root, "src", "adapters", "solvers", "solver.worker.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    logLevel: "error",
  };
  const program = `import { build } from "esbuild"; await build(${JSON.stringify(options)});`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], { cwd: root });
}

/** The add-in's worker with a clock that runs too fast or too slow. @param speed seconds that it sees pass in one */
const workerByClock = (speed: number): string => `
const now = performance.now.bind(performance);
performance.now = () => ${speed} * now();
${workerProgram()}`;

/**
 * The add-in's worker with a clock that runs twenty times too fast: its slices and its reports are as much shorter, so that even a
 * machine of many times the usual speed needs several of them for a long model.
 */
export const hastyWorker = (): string => workerByClock(20);

/** The add-in's worker with a clock that hardly moves: it solves a small model in one slice, however busy the machine is. */
export const unhurriedWorker = (): string => workerByClock(0.001);

/**
 * The hasty worker, which gives itself the message "stop" at its first progress: the message waits before the engine goes on,
 * however late another thread would have sent it.
 */
export const selfStoppingWorker = (): string => `
const { port1, port2 } = new MessageChannel();
port2.on("message", (data) => globalThis.onmessage({ data }));
const post = globalThis.postMessage;
globalThis.postMessage = (message, transfer) => {
  post(message, transfer);
  if (message.kind === "progress") port1.postMessage({ kind: "stop", id: message.id });
};
${hastyWorker()}`;

const workerProgram = (): string => `require(${JSON.stringify(bundle)});`;

/** A worker in a thread of its own, and how it ended. */
export interface NodeWorker extends WorkerPort {
  /** Resolves when the thread is gone. */
  readonly ended: Promise<void>;
  /** True when it was ended from outside. */
  readonly wasTerminated: () => boolean;
}

/** Starts the add-in's solver worker in a thread of Node. @param body another program in its place */
export function startNodeWorker(body = workerProgram()): NodeWorker {
  const worker = new Worker(SCOPE + body, { eval: true, stdout: true, stderr: true });
  let isTerminated = false;
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onFailure) => {
      worker.on("message", (message: FromWorker) => onMessage(message));
      worker.on("error", (error: Error) => onFailure(error.message));
    },
    terminate: () => {
      isTerminated = true;
      void worker.terminate();
    },
    ended: new Promise((resolve) => worker.once("exit", () => resolve())),
    wasTerminated: () => isTerminated,
  };
}
