/**
 * The production build of the add-in: task pane, commands and custom functions in one shared runtime, and the solver's worker.
 *
 * functions.js is the base bundle: it holds webpack's runtime and every module that the functions need, and the other two entries
 * depend on it. So the shared runtime has each module once (one model cache), and functions.js also loads alone.
 */
const path = require("node:path");
const CopyWebpackPlugin = require("copy-webpack-plugin");
const HtmlWebpackPlugin = require("html-webpack-plugin");
const webpack = require("webpack");
const { FunctionsMetadataPlugin, functionsEntry } = require("./scripts/build/functions-metadata-plugin.cjs");
const { HelpPagesPlugin } = require("./scripts/build/help-pages-plugin.cjs");
const { StandaloneFunctionsPlugin } = require("./scripts/build/standalone-functions-plugin.cjs");
const { publicUrlOf, rewriteUrls } = require("./scripts/build/public-url.cjs");
const { version } = require("./package.json");

const root = __dirname;

const swc = {
  loader: "swc-loader",
  options: {
    jsc: { target: "es2022", parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } },
  },
};

module.exports = () => {
  const publicUrl = publicUrlOf(process.env.PUBLIC_URL);
  return {
    mode: "production",
    context: root,
    // No eval devtool: the content security policy forbids it.
    devtool: false,
    target: ["web", "es2022"],
    entry: {
      functions: functionsEntry(root),
      commands: { import: "./src/commands/commands.ts", dependOn: "functions" },
      taskpane: { import: "./src/taskpane/index.tsx", dependOn: ["functions", "commands"] },
    },
    output: {
      path: path.join(root, "dist"),
      clean: true,
      // Relative to the script that runs, so that the build works under a sub-path.
      publicPath: "auto",
      filename: ({ chunk }) => (chunk.name === "functions" ? "functions.js" : "[name].[contenthash:12].js"),
      chunkFilename: "[name].[contenthash:12].js",
      assetModuleFilename: "[name].[contenthash:12][ext]",
    },
    resolve: { extensions: [".tsx", ".ts", ".js", ".json"] },
    module: {
      rules: [
        { test: /\.tsx?$/, exclude: /node_modules/, use: swc },
        { test: /\.wasm$/, type: "asset/resource" },
      ],
    },
    // Chunks shared between pages and workers would only cost requests; the entries share through dependOn.
    // The page stays as written: the workbench changes two places in it and shows that nothing else differs.
    optimization: { runtimeChunk: false, splitChunks: false, moduleIds: "deterministic", minimize: { html: false, css: false } },
    performance: { hints: false },
    plugins: [
      // HiGHS asks for node:module and node:fs under Node only.
      new webpack.IgnorePlugin({ resourceRegExp: /^node:/ }),
      new webpack.DefinePlugin({ "process.env.COLL_VERSION": JSON.stringify(version) }),
      new FunctionsMetadataPlugin({ root, publicUrl }),
      new StandaloneFunctionsPlugin(),
      new HelpPagesPlugin({ root }),
      new HtmlWebpackPlugin({
        template: path.join(root, "src", "taskpane", "taskpane.html"),
        filename: "taskpane.html",
        chunks: ["functions", "commands", "taskpane"],
        chunksSortMode: "manual",
        inject: "body",
        scriptLoading: "blocking",
        // functions.js has a stable name, so its address in the page carries the hash instead.
        hash: true,
        minify: false,
      }),
      new CopyWebpackPlugin({
        patterns: [
          { from: "assets/*.png", to: "assets/[name][ext]" },
          { from: "manifest.xml", to: "manifest.xml", transform: (content) => rewriteUrls(content.toString("utf8"), publicUrl) },
        ],
      }),
    ],
  };
};
