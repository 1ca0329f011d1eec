/**
 * Builds what `npm start` serves, and only what is missing or stale:
 * the add-in (the production webpack build, in dist/) and the workbench page and server (esbuild, in .cache/workbench/).
 *
 * Run by itself it brings both up to date; start.mjs and the end-to-end tests call `buildWhatIsStale`.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(root, ".cache", "workbench");
const inRoot = (...parts) => join(root, ...parts);

/** The folders that the server serves. */
export const folders = {
  addIn: inRoot("dist"),
  page: join(cache, "page"),
  officeJs: inRoot("node_modules", "@microsoft", "office-js", "dist"),
};

const addInInputs = ["src", "assets", "docs", "scripts", "manifest.xml", "webpack.config.js", "package-lock.json"];
const addInOutputs = ["taskpane.html", "functions.js", "functions.json"].map((name) => join(folders.addIn, name));
const pageInputs = ["src/workbench", "scripts/build-workbench.mjs", "package-lock.json"];
const pageOutputs = [...["index.html", "page.js", "page.css", "frame-host.js"].map((name) => join(folders.page, name)), join(cache, "server.mjs")];

/** Lists files below a path with size and time, leaving out folders for which `skip` is true. */
function listFiles(path, skip = () => false, found = []) {
  if (!existsSync(path) || skip(path)) return found;
  const info = statSync(path);
  if (info.isFile()) found.push({ path, size: info.size, mtimeMs: info.mtimeMs });
  else for (const name of readdirSync(path).sort()) listFiles(join(path, name), skip, found);
  return found;
}

const filesOf = (inputs, skip) => inputs.flatMap((input) => listFiles(inRoot(input), skip));
const newest = (files) => Math.max(0, ...files.map((file) => file.mtimeMs));

/** Hashes names, sizes and times of the inputs: quick, and any edit or checkout changes it. */
function fingerprint(files) {
  const lines = files.map(({ path, size, mtimeMs }) => `${path} ${size} ${mtimeMs}`);
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

const isFresh = (stamp, wanted, outputs) => outputs.every(existsSync) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

function runNode(script) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { cwd: root, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${script} failed (exit code ${code}); its messages are above.`))));
  });
}

export async function buildAddIn(log) {
  const inputs = filesOf(addInInputs, (path) => path === inRoot("src", "workbench"));
  const wanted = fingerprint(inputs);
  const stamp = join(cache, "add-in.stamp");
  if (isFresh(stamp, wanted, addInOutputs)) return;
  // `npm run build` leaves no stamp; webpack writes nothing when a build fails, so a newer file means a newer build.
  if (addInOutputs.every(existsSync) && newest(listFiles(folders.addIn)) > newest(inputs)) return;
  log("Building the add-in (about a minute the first time) ...");
  await runNode(inRoot("scripts", "build.mjs"));
  writeFileSync(stamp, wanted);
}

export async function buildPage(log) {
  const wanted = fingerprint(filesOf(pageInputs));
  const stamp = join(cache, "page.stamp");
  if (isFresh(stamp, wanted, pageOutputs)) return;
  log("Building the workbench page ...");
  const { build } = await import("esbuild");
  const shared = { bundle: true, legalComments: "none", logLevel: "warning", absWorkingDir: root };
  const browser = { ...shared, target: "es2022", minify: true, define: { "process.env.NODE_ENV": '"production"' } };
  await Promise.all([
    build({ ...browser, format: "esm", entryPoints: { page: "src/workbench/page/page.ts" }, outdir: folders.page }),
    build({ ...browser, format: "iife", entryPoints: { "frame-host": "src/workbench/page/frame-host.ts" }, outdir: folders.page }),
    build({
      ...shared,
      platform: "node",
      target: "node20",
      format: "esm",
      entryPoints: ["src/workbench/server/workbench-server.ts"],
      outfile: join(cache, "server.mjs"),
    }),
  ]);
  copyFileSync(inRoot("src", "workbench", "page", "index.html"), join(folders.page, "index.html"));
  writeFileSync(stamp, wanted);
}

/** Brings dist/ and .cache/workbench/ up to date; resolves at once when they are. */
export async function buildWhatIsStale(log = console.log) {
  mkdirSync(folders.page, { recursive: true });
  await buildAddIn(log);
  await buildPage(log);
}

/** Loads the built server. */
export const loadServer = () => import(pathToFileURL(join(cache, "server.mjs")).href);

if (process.argv[1] && pathToFileURL(process.argv[1]).href === import.meta.url) {
  buildWhatIsStale().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
