/** Bundles a TypeScript file with esbuild and runs it with node. For benchmarks and fuzzing, which are no tests. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Files below a folder that run something: their last statement calls main. */
export const programsIn = (folder) =>
  !existsSync(path.join(root, folder))
    ? []
    : readdirSync(path.join(root, folder), { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? programsIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]))
        .filter((file) => file.endsWith(".ts") && /\bmain\(\)[^{]*;?\s*$/.test(readFileSync(path.join(root, file), "utf8")))
        .sort();

/**
 * Runs one file.
 *
 * @param file path below the project
 * @param words arguments of the program
 * @returns its exit code
 */
export const runTypescript = async (file, words) => {
  const cache = path.join(root, ".cache", "run");
  mkdirSync(cache, { recursive: true });
  const bundle = path.join(cache, `${file.replaceAll("/", "-").replace(/\.ts$/, "")}.cjs`);
  await build({
    entryPoints: [path.join(root, file)],
    bundle: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    outfile: bundle,
    logLevel: "error",
  });
  return spawnSync(process.execPath, [bundle, ...words], { cwd: root, stdio: "inherit" }).status ?? 1;
};
