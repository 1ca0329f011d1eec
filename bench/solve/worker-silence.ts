import { mkdirSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { FromWorker } from "../../src/adapters/solvers/worker-protocol";
import { generateWarmUpBook } from "../../src/adapters/solvers/warm-up-book";
import type { LinearModel } from "../../src/core/lp/linear-model";
import { bundleWorker } from "./bundle-worker";
import { generateAllocationModel } from "./allocation-model";

const outfile = path.resolve(".cache", "warm-worker", "silence.cjs");
/** The worker's file as it is, with a heart: what the longest pause between two beats was is how long a message may wait. */
const HEART = {
  before: `
const { parentPort } = require("node:worker_threads");
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on("message", (data) => globalThis.onmessage({ data }));`,
  after: `{
let last = performance.now();
let pauses = [];
setInterval(() => { const now = performance.now(); pauses.push(now - last); last = now; }, 1);
const send = globalThis.postMessage;
globalThis.postMessage = (message, transfer) => {
  if (message.kind === "result") setTimeout(() => {
    send({ kind: "pauses", longest: pauses.sort((a, b) => b - a).slice(0, 3) });
    pauses = [];
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
  "shares everywhere 300x20": () => generateWarmUpBook({ assets: 300, agreements: 20, isFull: true }),
  "shares everywhere 600x80": () => generateWarmUpBook({ assets: 600, agreements: 80, isFull: true }),
  "shares everywhere 1000x100": () => generateWarmUpBook({ assets: 1000, agreements: 100, isFull: true }),
};

/** Measures how long a message to the worker may have to wait while it solves, in Node's worker threads: `worker-silence [names]`. */
async function main(): Promise<void> {
  mkdirSync(path.dirname(outfile), { recursive: true });
  await bundleWorker(outfile, HEART);
  const names = process.argv[2]?.split(",") ?? Object.keys(BOOKS);
  for (const name of names) await measure(name, BOOKS[name]!());
}

async function measure(name: string, model: LinearModel): Promise<void> {
  const worker = new Worker(outfile);
  const solve = (id: number, asked: LinearModel): Promise<string> =>
    new Promise((resolve, reject) => {
      let words = "";
      worker.removeAllListeners("message");
      worker.on("error", reject);
      worker.on("message", (message: FromWorker | { readonly kind: "pauses"; readonly longest: readonly number[] }) => {
        if (message.kind === "result" && message.id === id) {
          const { solver, terminationStatus, seconds } = message.result;
          words = `${solver}, ${terminationStatus} in ${seconds.toFixed(2)} s`;
        }
        if (message.kind === "pauses") resolve(`${words}; longest pauses ${message.longest.map((pause) => pause.toFixed(0)).join(", ")} ms`);
      });
      worker.postMessage({ kind: "solve", id, model: asked });
    });
  worker.postMessage({ kind: "begin" });
  await solve(1, generateWarmUpBook({ assets: 20, agreements: 6, isFull: true }));
  console.log(`${name.padEnd(28)} ${await solve(2, model)}`);
  await worker.terminate();
}

void main();
