/** The webpack side of functions-metadata: checks the families, writes the entry module and emits functions.json. */
const { mkdirSync, readFileSync, writeFileSync, existsSync } = require("node:fs");
const path = require("node:path");
const { Compilation, WebpackError, sources } = require("webpack");
const { associationModule, functionsJson, readFunctionsMetadata } = require("./functions-metadata.cjs");

const name = "FunctionsMetadataPlugin";

/** Path of the generated entry module. */
const functionsEntry = (root) => path.join(root, ".cache", "functions-entry.ts");

/** Writing an unchanged file again would make webpack build it again. */
const writeIfChanged = (file, text) => {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
};

class FunctionsMetadataPlugin {
  constructor(options) {
    this.options = options;
  }

  apply(compiler) {
    const { root, publicUrl } = this.options;
    let read;
    compiler.hooks.beforeCompile.tap(name, () => {
      read = readFunctionsMetadata(root);
      const entry = functionsEntry(root);
      writeIfChanged(entry, associationModule(read.associations, path.dirname(entry)));
    });
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      compilation.errors.push(...read.problems.map((problem) => new WebpackError(problem)));
      compilation.hooks.processAssets.tap({ name, stage: Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL }, () => {
        compilation.emitAsset("functions.json", new sources.RawSource(functionsJson(read.metadata, publicUrl)));
      });
    });
  }
}

module.exports = { FunctionsMetadataPlugin, functionsEntry };
