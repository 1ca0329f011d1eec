/**
 * npm run bench -- risk/speed: the risk kernels against numpy, scipy and R where they are installed, in one run, medians of processor time, as ratios.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { estimateRisk } from "../../src/core/risk/estimate-risk";
import { fitGarch } from "../../src/core/risk/garch";
import { historicalPair, historicalValueAtRisk } from "../../src/core/risk/historical-risk";
import { fitParetoByLikelihood } from "../../src/core/risk/pareto-fit";
import { INCLUSIVE } from "../../src/core/risk/quantile";
import { createRandomSource } from "../../src/core/risk/random-source";
import { historicalBook } from "../../src/core/risk/portfolio/historical-book";
import { profitAndLoss } from "../../src/core/risk/portfolio/scenario-matrix";
import { choleskyFactor, simulateProfits } from "../../src/core/risk/portfolio/simulate-portfolio";
import { readReturnColumn } from "../../src/core/tables/return-column";

/** Processor time, not the clock's: on a shared machine the clock measures the neighbours too. */
const medianMilliseconds = (run: () => unknown, repeats: number): number => {
  run();
  run();
  const times = Array.from({ length: repeats }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((a, b) => a - b);
  return times[Math.floor(repeats / 2)]!;
};

const random = createRandomSource(1);
const normals = (count: number, scale: number): Float64Array => {
  const values = new Float64Array(count);
  random.fillNormals(values);
  return values.map((value) => value * scale);
};

/** A GARCH(1,1) series, so that the fit has something to find. */
const garchSeries = (count: number): Float64Array => {
  let variance = 1;
  let last = 0;
  return Float64Array.from({ length: count }, () => {
    variance = 0.05 + 0.1 * last * last + 0.85 * variance;
    last = Math.sqrt(variance) * random.normal();
    return last;
  });
};

const million = normals(1_000_000, 0.01);
const cells: unknown[][] = Array.from(million, (value) => [value]);
const matrix = { scenarios: 2000, assets: 500, values: normals(1_000_000, 0.01) };
const exposures = Float64Array.from({ length: 500 }, () => 1e6 * random.uniform());
const garch = garchSeries(2000);
const excesses = Float64Array.from({ length: 500 }, () => (Math.pow(random.uniform(), -0.2) - 1) / 0.2);

const base = Array.from({ length: 100 }, () => normals(100, 1));
const covariance = base.map((row, i) =>
  base.map((other, j) => (row.reduce((sum, value, k) => sum + value * other[k]!, 0) / 100 + (i === j ? 1 : 0)) * 1e-4),
);
const simulation = {
  exposures: exposures.slice(0, 100),
  means: new Float64Array(100),
  factor: choleskyFactor(covariance),
  paths: 100_000,
  seed: 1,
  revaluation: "log" as const,
};
const tenMillion = new Float64Array(10_000_000);

const ours = (): Record<string, number> => ({
  "a VaR+ES of 1e6": medianMilliseconds(() => historicalPair(million, 0.025, INCLUSIVE), 15),
  "a' read 1e6 cells": medianMilliseconds(() => readReturnColumn(cells, { name: "returns" }), 9),
  "a'' cells to VaR, end to end": medianMilliseconds(
    () => estimateRisk(readReturnColumn(cells, { name: "returns" }).values, { measure: "valueAtRisk", method: "historical", confidence: 0.975 }),
    9,
  ),
  "b component ES 500x2000": medianMilliseconds(() => {
    const profits = profitAndLoss(matrix, exposures);
    return historicalBook("expectedShortfall", matrix, exposures, profits, 0.025, INCLUSIVE, 1).decompose();
  }, 41),
  "c Monte Carlo 100x100k": medianMilliseconds(() => historicalValueAtRisk(simulateProfits(simulation), 0.01, INCLUSIVE), 3),
  "c'' 1e7 normals": medianMilliseconds(() => random.fillNormals(tenMillion), 3),
  "d GARCH 2000": medianMilliseconds(() => fitGarch(garch, { dist: "normal" }), 15),
  "e GPD 500": medianMilliseconds(() => fitParetoByLikelihood(excesses), 15),
});

const input = `${JSON.stringify([...garch])}\n${JSON.stringify([...excesses])}\n`;

const python = (): Record<string, number> => {
  const run = spawnSync("python3", [path.join("bench", "risk", "peers.py")], {
    input,
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" },
  });
  return run.status === 0 ? (JSON.parse(run.stdout) as Record<string, number>) : {};
};

const r = (): Record<string, number> => {
  const run = spawnSync("Rscript", [path.join("bench", "risk", "peers.R")], { input, encoding: "utf8" });
  if (run.status !== 0) return {};
  return Object.fromEntries(
    run.stdout
      .trim()
      .split("\n")
      .map((line) => line.split("\t"))
      .map(([task, time]) => [task!, Number(time)]),
  );
};

const main = (): void => {
  const own = ours();
  const peers = { ...python(), ...r() };
  for (const [task, time] of Object.entries(own)) {
    console.log(`${task.padEnd(32)} ${time.toFixed(2).padStart(9)} ms`);
    const letter = task.split(" ")[0];
    for (const [peer, peerTime] of Object.entries(peers).filter(([name]) => name.split(" ")[0] === letter)) {
      console.log(`    against ${peer.padEnd(40)} ${peerTime.toFixed(2).padStart(9)} ms   ours / theirs ${(time / peerTime).toFixed(3)}`);
    }
  }
  if (Object.keys(peers).length === 0) console.log("Neither numpy nor R was found; only our own times are shown.");
};

main();
