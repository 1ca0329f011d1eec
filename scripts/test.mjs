/**
 * npm test: every check of the project, cheapest first, with one line each and the output of what failed.
 *
 * The last line is "N passed, N failed": jest's tests plus one for every other stage. Exit code 1 when anything failed.
 *   node scripts/test.mjs --only types,unit     only these stages
 *   node scripts/test.mjs --list                the names of the stages
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "./find-browser.mjs";

const require = createRequire(import.meta.url);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const cache = path.join(root, ".cache");
const jestReport = (kind) => path.join(cache, `jest-${kind}.json`);

/** The JavaScript file of a package's command: running it with node works the same on Windows, where .bin holds .cmd files. */
const cli = (name, command = name) => {
  const file = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(file, "utf8"));
  return path.join(path.dirname(file), typeof bin === "string" ? bin : bin[command]);
};
/** dependency-cruiser does not export its package.json. */
const inModules = (...parts) => path.join(root, "node_modules", ...parts);

const node = (name, script, ...words) => ({ name, words: [script, ...words] });
const jest = (kind) => ({
  name: kind,
  isJest: true,
  // Fewer workers than cores would idle; more would thrash the two cores that CI has. The slow kinds start servers, so one after the other.
  words: [
    path.join(root, "scripts", "run-jest.mjs"),
    "--selectProjects",
    kind,
    "--passWithNoTests",
    "--json",
    `--outputFile=${jestReport(kind)}`,
    ...(kind === "end-to-end" || kind === "integration" ? ["--runInBand"] : ["--maxWorkers=2"]),
  ],
});

const stages = [
  node("types", cli("typescript", "tsc"), "--noEmit", "-p", "tsconfig.json"),
  node("types of core", cli("typescript", "tsc"), "--noEmit", "-p", "src/core/tsconfig.json"),
  node("boundaries", inModules("dependency-cruiser", "bin", "dependency-cruise.mjs"), "src", "--config", ".dependency-cruiser.cjs"),
  node("lint", inModules("eslint", "bin", "eslint.js"), ".", "--max-warnings", "0"),
  node("format", inModules("prettier", "bin", "prettier.cjs"), "--check", ".", "--log-level", "warn"),
  node("manifest", path.join(root, "scripts", "validate-manifest.mjs")),
  // The production build, and the workbench page for the end-to-end tests; built once for all of them.
  node("build", path.join(root, "scripts", "build-workbench.mjs")),
  jest("unit"),
  jest("contract"),
  jest("property"),
  jest("golden"),
  jest("integration"),
  { ...jest("end-to-end"), needsBrowser: true },
];

/** No stage takes as long on any machine: one that does hangs. Minutes. */
const LONGEST_STAGE = 90;

const run = (words) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd: root, env: { ...process.env, FORCE_COLOR: "0" }, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    child.stdout.on("data", (piece) => output.push(piece));
    child.stderr.on("data", (piece) => output.push(piece));
    const limit = setTimeout(() => {
      output.push(Buffer.from(`\nEnded because it had not finished after ${LONGEST_STAGE} minutes.\n`));
      child.kill("SIGKILL");
    }, LONGEST_STAGE * 60_000);
    const end = (code, text) => {
      clearTimeout(limit);
      resolve({ code, output: text });
    };
    child.on("error", (error) => end(1, String(error)));
    child.on("close", (code) => end(code ?? 1, Buffer.concat(output).toString("utf8")));
  });

/** jest counts tests; a suite that does not even load is one failure. */
const countJest = (kind) => {
  try {
    const report = JSON.parse(readFileSync(jestReport(kind), "utf8"));
    const broken = report.testResults.filter(
      (suite) => suite.status === "failed" && suite.assertionResults.every((test) => test.status !== "failed"),
    ).length;
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken };
  } catch {
    return undefined;
  }
};

/** What jest prints for suites that passed only hides what failed. */
const shorten = (output, isJest) => {
  const text = isJest ? output.replace(/^PASS .*$\n?/gm, "") : output;
  const limit = 12000;
  return text.length > limit ? `${text.slice(0, limit)}\n... (${text.length - limit} characters more; run this stage alone)` : text;
};

const runStage = async (stage) => {
  const started = Date.now();
  if (stage.isJest) rmSync(jestReport(stage.name), { force: true });
  if (stage.needsBrowser) {
    try {
      process.env.CHROME_PATH = ensureBrowser();
    } catch (error) {
      return { passed: 0, failed: 1, output: error.message, seconds: 0 };
    }
  }
  const { code, output } = await run(stage.words);
  const counted = stage.isJest ? countJest(stage.name) : undefined;
  const passed = counted?.passed ?? (code === 0 ? 1 : 0);
  // A stage that ends badly never counts as passed, whatever its report says.
  const failed = Math.max(counted?.failed ?? 0, code === 0 ? 0 : 1);
  return { passed, failed, output, seconds: (Date.now() - started) / 1000 };
};

const chosenStages = () => {
  const at = process.argv.indexOf("--only");
  if (at < 0) return stages;
  const names = (process.argv[at + 1] ?? "").split(",");
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`Unknown stage ${unknown.join(", ")}. The stages are: ${stages.map((stage) => stage.name).join(", ")}.`);
  return stages.filter((stage) => names.includes(stage.name));
};

const main = async () => {
  if (process.argv.includes("--list")) {
    console.log(stages.map((stage) => stage.name).join("\n"));
    return;
  }
  mkdirSync(cache, { recursive: true });
  let passed = 0;
  let failed = 0;
  const bad = [];
  for (const stage of chosenStages()) {
    const result = await runStage(stage);
    passed += result.passed;
    failed += result.failed;
    const leak = /^LEFT OPEN .*$/m.exec(result.output)?.[0];
    const count = stage.isJest ? ` (${result.passed} passed, ${result.failed} failed)` : "";
    console.log(`${result.failed === 0 ? "ok    " : "FAILED"} ${stage.name}${count} ${result.seconds.toFixed(1)} s`);
    if (leak !== undefined) console.log(`       ${leak}`);
    if (result.failed > 0) {
      bad.push(stage.name);
      console.log(shorten(result.output, stage.isJest));
    }
  }
  if (bad.length > 0) console.log(`Failed: ${bad.join(", ")}`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
};

await main();
