/**
 * Compares the engines side by side and prints ratios: `node bench/solve/compare.mjs [sizes] [engines] [issuer rows]`.
 *
 * Every engine and size runs in a process of its own, one after the other. Native engines take part where they are
 * installed (Debian: coinor-clp, glpk-utils). Quote the ratios of one run, never the times of two.
 */
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const bundle = join(root, ".cache", "bench-solve.cjs");
buildSync({
  entryPoints: [join(root, "bench", "solve", "one-engine.ts")],
  bundle: true,
  platform: "node",
  format: "cjs",
  external: ["highs"],
  outfile: bundle,
});

const [
  sizes = "20x5,100x10,300x20,1000x30,2000x100",
  engines = "network,highs,jslp,clp-auto,clp-crash,clp-primal,glpsol,highs-native",
  issuers = "0",
] = process.argv.slice(2);

function run(engine, size, repeats, edit, warmth) {
  const child = spawnSync(process.execPath, [bundle, engine, size, issuers, repeats, edit, warmth], {
    encoding: "utf8",
    timeout: 590_000,
    cwd: root,
  });
  const line = child.stdout?.trim().split("\n").at(-1);
  return line?.startsWith("{") ? JSON.parse(line) : { engine, status: child.error ? "out of time" : "failed", bestSeconds: NaN };
}

/** Once in a process in which nothing is compiled yet, and several times in one that is warm as the product's workers are. */
function measure(engine, size, repeats, edit = "") {
  const warm = run(engine, size, repeats, edit, "warm");
  const isNative = engine.includes("-") && warm.firstSeconds === warm.bestSeconds;
  const cold = isNative || engine === "glpsol" || warm.status !== "optimal" ? warm : run(engine, size, "1", edit, "cold");
  return { ...warm, coldCpuSeconds: cold.firstCpuSeconds };
}

/** Slow engines are asked less often; native ones repeat nothing. */
const repeatsOf = (engine, size) => (engine === "jslp" || (engine === "highs" && size === "5000x200") ? "1" : "5");
const cells = (values, widths) => values.map((value, k) => String(value).padStart(widths[k])).join("  ");
const widths = [21, 14, 8, 8, 8, 8, 8, 6, 6, 6, 9, 9, 8, 5];
const number = (value, digits = 3) => (value === null || value === undefined || !Number.isFinite(value) ? "-" : value.toPrecision(digits));
/** JSON has no NaN: what an engine does not report arrives as null and stays out. */
const scale = (value, factor, plus = 0) => (value === null || value === undefined ? null : value * factor + plus);
console.log(
  `load ${loadavg()
    .map((load) => load.toFixed(2))
    .join(
      " ",
    )}; first and best of five on engines warmed up as in a worker: milliseconds as the engine reports them, and of the processor; cold: the first in a process that has compiled nothing; x: processor time as a multiple of the first engine's`,
);
for (const size of sizes.split(",")) {
  console.log(`\n${size}`);
  console.log(
    cells(
      [
        "engine",
        "status",
        "first ms",
        "best ms",
        "cold cpu",
        "1st cpu",
        "best cpu",
        "cold x",
        "1st x",
        "best x",
        "objective",
        "violation",
        "gap",
        "MB",
      ],
      widths,
    ),
  );
  let reference;
  const rows = engines.split(",").map((engine) => measure(engine, size, repeatsOf(engine, size)));
  const edited = issuers === "0" ? "network" : "side-network";
  const edits = engines.split(",").includes(edited)
    ? ["call", "price", "haircut"].map((edit) => ({ ...measure(edited, size, "5", edit), engine: `${edited}, ${edit}` }))
    : [];
  for (const row of [...rows, ...edits]) {
    reference ??= row;
    console.log(
      cells(
        [
          row.engine,
          row.status,
          number(scale(row.firstSeconds, 1000)),
          number(scale(row.bestSeconds, 1000)),
          number(scale(row.coldCpuSeconds, 1000)),
          number(scale(row.firstCpuSeconds, 1000)),
          number(scale(row.cpuSeconds, 1000)),
          number(scale(row.coldCpuSeconds, 1 / reference.coldCpuSeconds), 2),
          number(scale(row.firstCpuSeconds, 1 / reference.firstCpuSeconds), 2),
          number(scale(row.cpuSeconds, 1 / reference.cpuSeconds), 2),
          number(row.engine.includes(",") ? null : scale(row.objective, 1 / reference.objective, -1), 2),
          number(row.violation, 2),
          number(row.gap, 2),
          number(row.megabytes, 3),
        ],
        widths,
      ),
    );
  }
}
