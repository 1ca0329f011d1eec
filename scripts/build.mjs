/**
 * npm run build: writes the production add-in to dist/.
 *
 * PUBLIC_URL is the https address of the web server, with or without a path; without it the build is for https://localhost:3000/.
 * A build for a PUBLIC_URL in which the name localhost survives fails, since Excel would look for the add-in on the user's machine.
 */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import webpack from "webpack";

const require = createRequire(import.meta.url);
const { publicUrlOf } = require("./build/public-url.cjs");
const { developmentUrl } = require("./build/functions-metadata.cjs");
const { filesBelow, findLocalhost } = require("./build/find-localhost.cjs");
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, "dist");

const runWebpack = (configuration) =>
  new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats)));
  });

const main = async () => {
  const publicUrl = publicUrlOf(process.env.PUBLIC_URL);
  const started = Date.now();
  // The workbench takes dist/ for fresh by this stamp; a build for another address is none that it may serve.
  if (publicUrl !== developmentUrl) rmSync(path.join(root, ".cache", "workbench", "add-in.stamp"), { force: true });
  const stats = await runWebpack(require("../webpack.config.js")());
  if (stats.hasErrors() || stats.hasWarnings()) console.error(stats.toString({ all: false, errors: true, warnings: true, colors: false }));
  if (stats.hasErrors()) throw new Error("The build has errors.");
  const files = filesBelow(folder);
  const leftovers = publicUrl === developmentUrl ? [] : findLocalhost(folder);
  if (leftovers.length > 0) throw new Error(`localhost survives in a build for ${publicUrl}:\n  ${leftovers.join("\n  ")}`);
  const kilobytes = (name) => Math.round(readFileSync(path.join(folder, name)).length / 1024);
  console.log(
    `Built ${files.length} files in dist/ for ${publicUrl} in ${((Date.now() - started) / 1000).toFixed(1)} s (functions.js ${kilobytes("functions.js")} kB).`,
  );
};

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
