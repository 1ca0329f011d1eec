import { mkdirSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { FromWorker, WorkerPort } from "../../src/adapters/solvers/worker-protocol";
import { generateWarmUpBook } from "../../src/adapters/solvers/warm-up-book";
import { createWorkerSolver } from "../../src/adapters/solvers/worker-solver";
import type { LinearModel } from "../../src/core/lp/linear-model";
import { bundleWorker } from "./bundle-worker";
import { generateAllocationModel } from "./allocation-model";

const outfile = path.resolve(".cache", "warm-worker", "silence.cjs");
/**
 * The worker's file as it is, with a heart: what the longest pause between two beats was is how long a message may wait. By the clock, and
 * in processor time, which other programs disturb less.
 */
const HEART = {
  before: `
const { parentPort } = require("node:worker_threads");
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on("message", (data) => globalThis.onmessage({ data }));`,
  after: `{
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
let last = [performance.now(), used()];
let pauses = [[], []];
setInterval(() => {
  const now = [performance.now(), used()];
  now.forEach((value, k) => pauses[k].push(value - last[k]));
  last = now;
}, 1);
const receive = globalThis.onmessage;
globalThis.onmessage = (event) => {
  if (event.data.kind === "solve") pauses = [[], []];
  receive(event);
};
const send = globalThis.postMessage;
globalThis.postMessage = (message, transfer) => {
  if (message.kind === "result") setTimeout(() => {
    send({ kind: "pauses", longest: pauses.map((list) => list.sort((a, b) => b - a).slice(0, 3)) });
    pauses = [[], []];
  }, 5);
  send(message, transfer);
};
}`,
};

const BOOKS: Readonly<Record<string, () => LinearModel>> = {
  "network 1000x30": () => generateAllocationModel({ assets: 1000, agreements: 30, seed: 1 }),
  "network 2000x100": () => generateAllocationModel({ assets: 2000, agreements: 100, seed: 1 }),
  "network 5000x200": () => generateAllocationModel({ assets: 5000, agreements: 200, seed: 1 }),
  "20 issuer rows 1000x30": () => generateAllocationModel({ assets: 1000, agreements: 30, seed: 1, issuerRows: 20 }),
  "20 issuer rows 2000x100": () => generateAllocationModel({ assets: 2000, agreements: 100, seed: 1, issuerRows: 20 }),
  "100 issuer rows 2000x100": () => generateAllocationModel({ assets: 2000, agreements: 100, seed: 1, issuerRows: 100 }),
  "shares everywhere 300x20": () => generateWarmUpBook({ assets: 300, agreements: 20, isFull: true }),
  "shares everywhere 600x80": () => generateWarmUpBook({ assets: 600, agreements: 80, isFull: true }),
  "shares everywhere 1000x100": () => generateWarmUpBook({ assets: 1000, agreements: 100, isFull: true }),
  "whole numbers 60x15": () => generateWarmUpBook({ assets: 60, agreements: 15, isFull: true, hasFixedCosts: true }),
};

interface Pauses {
  readonly kind: "pauses";
  readonly longest: readonly [clock: readonly number[], processor: readonly number[]];
}

/**
 * Measures in Node's worker threads how long a message to a warm worker may have to wait while it solves, and how long a stop takes from the
 * request to the answer when a pool looks after the worker: `worker-silence [names]`.
 */
async function main(): Promise<void> {
  mkdirSync(path.dirname(outfile), { recursive: true });
  await bundleWorker(outfile, HEART);
  const names = process.argv[2]?.split(",") ?? Object.keys(BOOKS);
  for (const name of names) {
    const model = BOOKS[name]!();
    const { words, seconds } = await solveInWorker(model);
    console.log(`${name.padEnd(26)} ${words}; stop answered after ${(await measureStops(model, seconds)).join(", ")} ms`);
  }
}

async function solveInWorker(model: LinearModel): Promise<{ words: string; seconds: number }> {
  const worker = new Worker(outfile);
  try {
    return await new Promise((resolve, reject) => {
      const timeSeconds = 5;
      let words = "";
      let seconds = 0;
      worker.on("error", reject);
      worker.on("message", (message: FromWorker | Pauses) => {
        if (message.kind === "ready") {
          if (message.stepsLeft > 0) worker.postMessage({ kind: "warm" });
          else worker.postMessage({ kind: "solve", id: 1, model, limits: { timeSeconds } });
        }
        if (message.kind === "result") {
          ({ seconds } = message.result);
          words = `${message.result.solver}, ${message.result.terminationStatus} in ${seconds.toFixed(2)} s`;
        }
        if (message.kind === "pauses") {
          const [clock, processor] = message.longest.map((list) => list.map((pause) => pause.toFixed(0)).join(", "));
          resolve({ words: `${words}; longest pauses ${clock} ms, ${processor} ms of the processor`, seconds });
        }
      });
      worker.postMessage({ kind: "begin" });
    });
  } finally {
    await worker.terminate();
  }
}

/** Asks for a stop at an eighth, three eighths, ... of the time that the solve takes; milliseconds until the answer. */
async function measureStops(model: LinearModel, seconds: number): Promise<string[]> {
  const solver = createWorkerSolver({ createWorker });
  await solver.solve(generateWarmUpBook({ assets: 20, agreements: 6, isFull: true }));
  const waits: string[] = [];
  for (const share of [1 / 8, 3 / 8, 5 / 8, 7 / 8]) {
    const stop = { requested: false };
    let asked = Infinity;
    setTimeout(
      () => {
        stop.requested = true;
        asked = performance.now();
      },
      share * seconds * 1000,
    );
    const { terminationStatus } = await solver.solve(model, { stop });
    waits.push(asked === Infinity ? `(${terminationStatus} before)` : (performance.now() - asked).toFixed(0));
  }
  solver.dispose();
  return waits;
}

function createWorker(): WorkerPort {
  const worker = new Worker(outfile);
  return {
    post: (message) => worker.postMessage(message),
    listen: (onMessage, onFailure) => {
      worker.on("message", (message: FromWorker | Pauses) => {
        if (message.kind !== "pauses") onMessage(message);
      });
      worker.on("error", (error: Error) => onFailure(error.message));
    },
    terminate: () => void worker.terminate(),
  };
}

void main();
