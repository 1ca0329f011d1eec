import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LinearModel } from "../../src/core/lp/linear-model";
import { writeMps } from "./write-mps";
import type { Measurement } from "./one-engine";

/** How a native engine is called and where its log says what it did; times without reading the file. */
interface Native {
  readonly command: string;
  readonly args: (file: string) => string[];
  readonly seconds: RegExp;
  readonly objective: RegExp;
}

const CLP_LOG = { seconds: /iterations time ([\d.]+)/, objective: /Optimal objective ([-\d.e+]+)/ };
const NATIVES: Readonly<Record<string, Native>> = {
  // Times are of the processor, without reading. The primal mode chooses its crash (idiot) and sprint by itself, the
  // automatic one (ClpSolve::automatic) between primal and dual; the last is the fastest mode found on these books.
  "clp-auto": { command: "clp", args: (file) => [file, "-either"], ...CLP_LOG },
  "clp-dual": { command: "clp", args: (file) => [file, "-dualsimplex"], ...CLP_LOG },
  "clp-crash": { command: "clp", args: (file) => [file, "-presolve", "off", "-crash", "on", "-dualsimplex"], ...CLP_LOG },
  "clp-primal": { command: "clp", args: (file) => [file, "-primalsimplex"], ...CLP_LOG },
  "clp-barrier": { command: "clp", args: (file) => [file, "-barrier"], ...CLP_LOG },
  glpsol: {
    command: "glpsol",
    args: (file) => ["--freemps", file],
    seconds: /Time used:\s+([\d.]+)/,
    objective: /obj =\s+([-\d.e+]+)\s+inf =\s+\S+\s*\(0\)\s*$/m,
  },
  "highs-native": {
    command: "highs",
    args: (file) => [file],
    seconds: /(?:HiGHS run time|Total time)\s*:\s+([\d.]+)/,
    objective: /Objective value\s*:\s+([-\d.e+]+)/,
  },
};

/** Runs a native engine when `engine` names one; the status says `not installed` where its command is not found. */
export async function runNative(engine: string, model: LinearModel): Promise<Omit<Measurement, "columns" | "rows"> | undefined> {
  const native = NATIVES[engine];
  if (!native) return undefined;
  const nothing = {
    engine,
    objective: NaN,
    firstSeconds: NaN,
    bestSeconds: NaN,
    firstCpuSeconds: NaN,
    cpuSeconds: NaN,
    iterations: NaN,
    violation: NaN,
    gap: NaN,
    megabytes: NaN,
  };
  const folder = mkdtempSync(join(tmpdir(), "bench-solve-"));
  const file = join(folder, "model.mps");
  writeMps(model, file);
  const run = spawnSync(native.command, native.args(file), { encoding: "utf8", maxBuffer: 1 << 28, timeout: 570_000 });
  rmSync(folder, { recursive: true });
  if (run.error && "code" in run.error && run.error.code === "ENOENT") return { ...nothing, status: "not installed" };
  if (run.error) return { ...nothing, status: "out of time" };
  const seconds = Number(native.seconds.exec(run.stdout)?.[1] ?? NaN);
  const objective = native.objective.exec(run.stdout);
  return {
    ...nothing,
    status: "optimal",
    objective: Number(objective?.[1] ?? NaN) / 1e4,
    firstSeconds: seconds,
    bestSeconds: seconds,
    firstCpuSeconds: seconds,
    cpuSeconds: seconds,
  };
}
