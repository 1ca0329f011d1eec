/** Bundles TypeScript files with esbuild and runs each with node, one after the other. For benchmarks and fuzzing, which are no tests. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

const filesBelow = (folder, ending) =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => (entry.isDirectory() ? filesBelow(path.join(folder, entry.name), ending) : [path.join(folder, entry.name)]))
        .filter((file) => file.endsWith(ending))
        .sort();

/**
 * Runs every file below a folder that has the ending.
 *
 * @param options { folder below the project, ending such as .bench.ts, words: names to choose by and arguments starting with -- for the files }
 * @returns 0 when all ran well
 */
export const runTypescript = async ({ folder, ending, words }) => {
  const names = words.filter((word) => !word.startsWith("--"));
  const options = words.filter((word) => word.startsWith("--"));
  const all = filesBelow(path.join(root, folder), ending);
  const chosen = names.length === 0 ? all : all.filter((file) => names.some((name) => path.relative(root, file).includes(name)));
  if (chosen.length === 0) {
    console.error(
      `No ${folder}/**/*${ending} fits ${names.join(", ") || "(there is none)"}. There are: ${all.map((file) => path.relative(root, file)).join(", ") || "none"}.`,
    );
    return 1;
  }
  const cache = path.join(root, ".cache", "run");
  mkdirSync(cache, { recursive: true });
  let worst = 0;
  for (const file of chosen) {
    const bundle = path.join(cache, `${path.basename(file, ".ts")}.cjs`);
    console.log(`\n${path.relative(root, file)}`);
    await build({ entryPoints: [file], bundle: true, platform: "node", format: "cjs", packages: "external", outfile: bundle, logLevel: "error" });
    const { status } = spawnSync(process.execPath, [bundle, ...options], { cwd: root, stdio: "inherit" });
    worst = Math.max(worst, status ?? 1);
  }
  return worst;
};
