/**
 * Lets functions.js load where there is no page. webpack's automatic public path throws at load when it finds no script element;
 * the functions need no address before a worker or a WebAssembly file is asked for, so there it falls back to a relative one.
 */
const { Compilation, sources } = require("webpack");

const name = "StandaloneFunctionsPlugin";
const throwing = 'if (!scriptUrl) throw new Error("Automatic publicPath is not supported in this browser");';

class StandaloneFunctionsPlugin {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      compilation.hooks.processAssets.tap({ name, stage: Compilation.PROCESS_ASSETS_STAGE_ADDITIONS }, () => {
        const text = compilation.getAsset("functions.js")?.source.source().toString() ?? "";
        // Without worker or asset in the graph there is no public path at all.
        if (!text.includes("Automatic publicPath")) return;
        if (!text.includes(throwing)) throw new Error("webpack changed its automatic public path; adapt StandaloneFunctionsPlugin.");
        compilation.updateAsset("functions.js", new sources.RawSource(text.replace(throwing, 'if (!scriptUrl) scriptUrl = "";')));
      });
    });
  }
}

module.exports = { StandaloneFunctionsPlugin };
