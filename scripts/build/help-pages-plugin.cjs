/** The webpack side of help-pages: emits help/*.html. */
const { Compilation, sources } = require("webpack");
const { renderHelp } = require("./help-pages.cjs");

const name = "HelpPagesPlugin";

class HelpPagesPlugin {
  constructor(options) {
    this.options = options;
  }

  apply(compiler) {
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      compilation.hooks.processAssets.tap({ name, stage: Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL }, () => {
        for (const { target, text } of renderHelp(this.options.root)) compilation.emitAsset(`help/${target}`, new sources.RawSource(text));
      });
    });
  }
}

module.exports = { HelpPagesPlugin };
