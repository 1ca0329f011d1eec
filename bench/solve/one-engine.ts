import { createColumnGenerationSolver } from "../../src/adapters/solvers/column-generation-solver";
import { createHighsSolver } from "../../src/adapters/solvers/highs-solver";
import { createJavascriptLpSolver } from "../../src/adapters/solvers/javascript-lp-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { createWarmUp } from "../../src/adapters/solvers/warm-up";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { createSideNetworkSolver } from "../../src/adapters/solvers/side-network-solver";
import { checkDual } from "../../src/core/lp/check-dual";
import { checkPrimal } from "../../src/core/lp/check-primal";
import type { LinearModel } from "../../src/core/lp/linear-model";
import type { SolveResult, Solver } from "../../src/core/lp/solver";
import { generateAllocationModel } from "./allocation-model";
import { runNative } from "./native-engine";

/** What one engine did with one book, as a line of JSON. */
export interface Measurement {
  readonly engine: string;
  readonly columns: number;
  readonly rows: number;
  readonly status: string;
  readonly objective: number;
  readonly firstSeconds: number;
  readonly bestSeconds: number;
  /** Processor time of the process, compiling and collecting included: of the first solve, and the least of all. */
  readonly firstCpuSeconds: number;
  readonly cpuSeconds: number;
  readonly iterations: number;
  readonly violation: number;
  readonly gap: number;
  /** Largest resident size of the process, megabytes, model and generator included. */
  readonly megabytes: number;
}

const highs = (): Solver => createHighsSolver(createHighsLoader());
const ENGINES: Readonly<Record<string, () => Solver>> = {
  network: createNetworkSolver,
  highs,
  jslp: createJavascriptLpSolver,
  "side-network": createSideNetworkSolver,
  "column-generation": () => createColumnGenerationSolver(createNetworkSolver(), highs(), 0),
};

/** Between the warming up and the first book, milliseconds: a worker is warm long before its first book arrives, and compiled by then. */
const IDLE = 1000;

/** Runs one engine on one book in this process: `one-engine <engine> <assets>x<agreements> <issuer rows> <repeats> <edit> <warm|cold>`. */
async function main(): Promise<void> {
  const [engine = "", size = "", issuers = "0", repeats = "3", edit = "", warmth = "warm"] = process.argv.slice(2);
  const [assets = 0, agreements = 0] = size.split("x").map(Number);
  const model = generateAllocationModel({ assets, agreements, seed: 1, issuerRows: Number(issuers) });
  const native = await runNative(engine, model);
  if (native) return print({ ...native, columns: model.columnCount, rows: model.rowCount });
  const solver = ENGINES[engine]!();
  if (warmth === "warm") await warm(solver);
  const base = edit ? await solver.solve(model) : undefined;
  const task = edit ? editBook(model, edit, assets) : model;
  const start = base?.basis ? { start: { basis: base.basis } } : {};
  const cpu: number[] = [];
  const seconds: number[] = [];
  let first: SolveResult | undefined;
  for (let k = 0; k < Number(repeats); k++) {
    const before = process.cpuUsage();
    const result = await solver.solve(task, start);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1e6);
    seconds.push(result.seconds);
    first ??= result;
  }
  const ok = first?.terminationStatus === "optimal";
  print({
    engine,
    columns: model.columnCount,
    rows: model.rowCount,
    status: first!.terminationStatus,
    objective: first!.objective,
    firstSeconds: first!.seconds,
    bestSeconds: Math.min(...seconds),
    firstCpuSeconds: cpu[0]!,
    cpuSeconds: Math.min(...cpu),
    iterations: first!.iterations,
    violation: ok ? checkPrimal(task, first!.primal).relativeRowViolation : NaN,
    gap: ok && first!.dualStatus === "feasiblePoint" ? checkDual(task, first!).relativeGap : NaN,
    megabytes: process.resourceUsage().maxRSS / 1024,
  });
}

/** Loads and compiles as the worker does before the first problem arrives, on made-up books of another kind. */
async function warm(solver: Solver): Promise<void> {
  const warmUp = createWarmUp();
  while (warmUp.stepsLeft > 0) await warmUp.step(solver, { requested: false });
  await new Promise((resolve) => setTimeout(resolve, IDLE));
}

/** A margin call of +5 % at three agreements, a price fall of 2 % or a haircut shock of 3 % on every 50th asset. */
function editBook(model: LinearModel, edit: string, assets: number): LinearModel {
  if (edit === "call") {
    return { ...model, rowLower: model.rowLower.map((v, r) => ([1, 2, 4].includes(r - assets) ? v * 1.05 : v)) };
  }
  if (edit === "price") return { ...model, rowUpper: model.rowUpper.map((v, r) => (r < assets && r % 50 === 0 ? v * 0.98 : v)) };
  const values = model.values.slice();
  for (let c = 0; c < model.columnCount; c++) {
    if (model.indices[model.starts[c]!]! % 50 !== 3) continue;
    for (let k = model.starts[c]! + 1; k < model.starts[c + 1]!; k++) values[k]! *= 0.97;
  }
  return { ...model, values };
}

function print(measurement: Measurement): void {
  console.log(JSON.stringify(measurement));
}

void main();
