/**
 * npm run validate: checks manifest.xml (or the file named) without the network: our own rules first, then Microsoft's manifest
 * parser through office-addin-manifest-converter as a second opinion, then what office-addin-manifest reads from it.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { associatedActions, checkManifest, pngSize } = require("./build/check-manifest.cjs");
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const file = path.resolve(process.argv[2] ?? path.join(root, "manifest.xml"));

const ownProblems = () => {
  const commands = path.join(root, "src", "commands");
  const sources = readdirSync(commands).map((name) => readFileSync(path.join(commands, name), "utf8"));
  const pngSizeOf = (name) => {
    const icon = path.join(root, "assets", name);
    return existsSync(icon) ? pngSize(readFileSync(icon)) : undefined;
  };
  return checkManifest(readFileSync(file, "utf8"), { pngSizeOf, associated: sources.flatMap(associatedActions) });
};

/** The converter exits well but writes nothing when Microsoft's parser rejects the file. */
const converterProblems = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "manifest-"));
  const said = [];
  const log = console.log;
  const error = console.error;
  console.log = console.error = (...words) => said.push(words.join(" "));
  try {
    const { convert } = require("office-addin-manifest-converter/lib/main.js");
    await convert(file, folder);
    const written = readdirSync(folder).find((name) => name.endsWith(".json"));
    if (written === undefined) return [`Microsoft's manifest parser rejects the file. ${said.join(" ")}`];
    const json = JSON.parse(readFileSync(path.join(folder, written), "utf8"));
    return Array.isArray(json.extensions) && json.extensions.length > 0 ? [] : ["Microsoft's converter finds no extension in the manifest."];
  } catch (problem) {
    return [`Microsoft's manifest parser fails: ${problem.message}`];
  } finally {
    console.log = log;
    console.error = error;
    rmSync(folder, { recursive: true, force: true });
  }
};

const readInfo = async () => {
  const { OfficeAddinManifest } = require("office-addin-manifest");
  return OfficeAddinManifest.readManifestFile(file);
};

const main = async () => {
  const problems = [...ownProblems(), ...(await converterProblems())];
  for (const problem of problems) console.error(`${path.relative(root, file)}: ${problem}`);
  if (problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  const info = await readInfo();
  console.log(`${path.relative(root, file)} is valid: ${info.displayName} ${info.version}, ${info.id}.`);
};

await main();
