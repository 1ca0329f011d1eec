import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { browserArguments, findBrowser } from "../../scripts/find-browser.cjs";
import { bundleWorker } from "./bundle-worker";
import { measureSampleRuns, type SampleRun, type StartTimedWorker, type TimedFromWorker } from "./sample-run";

const cache = path.resolve(".cache", "warm-worker");
/** Around the worker's file as it is: each answer is followed by the time since its problem arrived. */
const TIMING = `{
const scope = globalThis;
const send = scope.postMessage.bind(scope), receive = scope.onmessage;
const arrived = new Map();
scope.onmessage = (event) => {
  if (event.data.kind === "solve") arrived.set(event.data.id, performance.now());
  receive(event);
};
scope.postMessage = (message, transfer) => {
  send(message, transfer);
  if (message.kind === "result") send({ kind: "timed", milliseconds: performance.now() - arrived.get(message.id) });
};
}`;
const NODE_SCOPE = `
const { parentPort } = require("node:worker_threads");
globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
parentPort.on("message", (data) => globalThis.onmessage({ data }));`;

/** Measures how long a sample book takes on a cold and on a warm worker: in Node's worker threads and in Chromium. */
async function main(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const [repeats = "3", only] = process.argv.slice(2);
  const kinds = only === undefined ? [false, true] : [only === "warm"];
  for (const isWarm of kinds) {
    for (let k = 0; k < Number(repeats); k++) print(`node, ${isWarm ? "warm" : "cold"}`, await measureInNode(isWarm));
  }
  for (const isWarm of kinds) {
    for (let k = 0; k < Number(repeats); k++) print(`Chromium, ${isWarm ? "warm" : "cold"}`, await measureInChromium(isWarm));
  }
}

async function measureInNode(isWarm: boolean): Promise<SampleRun[]> {
  const outfile = path.join(cache, "worker.cjs");
  await bundleWorker(outfile, { before: NODE_SCOPE, after: TIMING });
  const start: StartTimedWorker = (onTimed) => {
    const worker = new Worker(outfile);
    return {
      post: (message) => worker.postMessage(message),
      listen: (onMessage, onFailure) => {
        worker.on("message", (message: TimedFromWorker) => (message.kind === "timed" ? onTimed(message) : onMessage(message)));
        worker.on("error", (error: Error) => onFailure(error.message));
      },
      terminate: () => void worker.terminate(),
    };
  };
  return measureSampleRuns(start, undefined, isWarm, 3);
}

async function measureInChromium(isWarm: boolean): Promise<SampleRun[]> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error("no Chromium, Chrome or Edge found");
  const shared = { bundle: true, format: "iife", platform: "browser", minify: true, logLevel: "error" } as const;
  await build({
    ...shared,
    external: ["node:*"],
    entryPoints: ["src/adapters/solvers/solver.worker.ts"],
    footer: { js: TIMING },
    outfile: path.join(cache, "worker.js"),
  });
  await build({ ...shared, external: ["node:*"], entryPoints: ["bench/solve/sample-run-page.ts"], outfile: path.join(cache, "page.js") });
  const browser = await chromium.launch({ executablePath, args: browserArguments() });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.route("http://localhost:1/**", (route) => route.fulfill(answer(new URL(route.request().url()).pathname)));
    await page.goto("http://localhost:1/");
    return await page.evaluate((warm) => (window as unknown as { measure: (isWarm: boolean) => Promise<SampleRun[]> }).measure(warm), isWarm);
  } finally {
    await browser.close();
  }
}

function answer(name: string): { contentType: string; body: Buffer | string } {
  if (name.endsWith(".js")) return { contentType: "text/javascript", body: readFileSync(path.join(cache, name)) };
  if (name.endsWith(".wasm")) return { contentType: "application/wasm", body: readFileSync("node_modules/highs/build/highs.wasm") };
  return { contentType: "text/html", body: '<!doctype html><script src="page.js"></script>' };
}

function print(where: string, runs: readonly SampleRun[]): void {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  for (const [index, { worker, answers, allocation, curve }] of runs.entries()) {
    const own = worker.slice(0, answers);
    console.log(
      `${where.padEnd(16)} run ${index + 1}: in the worker ${sum(own).toFixed(1)} ms (${own.map((value) => value.toFixed(1)).join(" + ")}), ` +
        `whole allocation ${allocation.toFixed(0)} ms, curve ${curve.toFixed(0)} ms in ${worker.length - answers} solves`,
    );
  }
}

void main();
