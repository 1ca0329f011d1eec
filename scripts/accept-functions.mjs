/**
 * npm run functions:accept: writes the functions as they are now into the golden file test/golden/functions/functions.json.
 *
 * New ids and changed descriptions are accepted. What would break users' workbooks is refused; --before-release overrides that and is
 * for ids that no release has had yet.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { functionsJson, readFunctionsMetadata } = require("./build/functions-metadata.cjs");
const { findAdditions, findBreaks } = require("./build/functions-compatibility.cjs");
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const golden = path.join(root, "test", "golden", "functions", "functions.json");

const fail = (lines) => {
  console.error(lines.join("\n"));
  process.exitCode = 1;
};

const { metadata, problems } = readFunctionsMetadata(root);
const before = existsSync(golden) ? JSON.parse(readFileSync(golden, "utf8")) : { functions: [] };
const breaks = findBreaks(before, metadata);
if (problems.length > 0) fail(problems);
else if (breaks.length > 0 && !process.argv.includes("--before-release")) fail([...breaks, "Nothing was accepted."]);
else {
  mkdirSync(path.dirname(golden), { recursive: true });
  writeFileSync(golden, functionsJson(metadata));
  const added = findAdditions(before, metadata);
  console.log(`Accepted ${metadata.functions.length} functions${added.length > 0 ? `, new: ${added.join(", ")}` : ""}.`);
}
