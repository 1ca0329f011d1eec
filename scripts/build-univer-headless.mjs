/**
 * Bundles the parts of Univer that run without a browser into one CommonJS file, .cache/univer-headless.cjs.
 *
 * Jest would otherwise transform hundreds of ES modules (40 s measured); the bundle takes a few seconds once and is
 * kept until the version of Univer, or this file, changes. Run it by hand or let test/support/excel.ts do so.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, ".cache", "univer-headless.cjs");
const stamp = join(root, ".cache", "univer-headless.version");

/** Each namespace answers for one package that the host imports; the presets are reduced to their headless plugins. */
const entry = `
export * as core from "@univerjs/core";
export * as facade from "@univerjs/core/facade";
export * as engineFormula from "@univerjs/engine-formula";
export * as sheets from "@univerjs/sheets";
export * as sheetsFormula from "@univerjs/sheets-formula";
export * as sheetsNumfmt from "@univerjs/sheets-numfmt";
export * as sheetsTable from "@univerjs/sheets-table";
import "@univerjs/sheets/facade";
import "@univerjs/engine-formula/facade";
import "@univerjs/sheets-formula/facade";
import "@univerjs/sheets-numfmt/facade";
import "@univerjs/sheets-table/facade";
`;

function versionStamp() {
  const packageFile = join(root, "node_modules", "@univerjs", "core", "package.json");
  const { version } = JSON.parse(readFileSync(packageFile, "utf8"));
  const script = createHash("sha256")
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest("hex");
  return `${version} ${script}`;
}

const wanted = versionStamp();
const present = existsSync(target) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
if (!present) {
  mkdirSync(dirname(target), { recursive: true });
  // Several jest workers may build at once: each writes its own file and renames it, which is atomic.
  const temporary = `${target}.${process.pid}`;
  await build({
    stdin: { contents: entry, resolveDir: root, loader: "js" },
    outfile: temporary,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    legalComments: "none",
    logLevel: "error",
  });
  renameSync(temporary, target);
  writeFileSync(stamp, wanted);
}
