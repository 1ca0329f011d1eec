/**
 * The ladder of the layout (docs/decisions/layout.md) as import rules. A rule is broken only by changing it here, with its reason.
 */

/** A folder of core may import only itself, the folders named, and nothing outside core (packages have rules of their own). */
const coreMay = (folder, others, why, to = {}) => ({
  name: `core-${folder}`,
  comment: why,
  severity: "error",
  from: { path: `^src/core/${folder}/` },
  to: { path: "^src/", pathNot: `^src/core/(${[folder, ...others].join("|")})/`, ...to },
});

const everythingBelowOptimization = ["basics", "collateral", "regulation", "margin", "risk", "lp"];

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "A cycle means that two files are one; what each is for can then no longer be said. Types may point back: they are gone at run time.",
      severity: "error",
      // Excel's object model is a graph: a sheet has tables, a table has its sheet. The host's classes mirror it.
      from: { pathNot: "^src/workbench/excel-host/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-unresolved",
      comment: "An import that resolves to nothing fails at run time, in the user's Excel.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-dev-package-in-product",
      comment: "What ships must be a dependency; React and Fluent are bundled from devDependencies on purpose, the workbench never ships.",
      severity: "error",
      from: { path: "^src/(core|app|runtime|adapters|functions|commands)/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "core-is-pure",
      comment: "core runs in a page, a worker, Node and a test alike: no adapters, no packages but the statistics kernel of risk.",
      severity: "error",
      from: { path: "^src/core/" },
      to: { dependencyTypes: ["npm", "npm-dev", "core"], pathNot: "node_modules/simple-statistics" },
    },
    {
      name: "statistics-in-risk-only",
      comment: "simple-statistics has known holes (quantiles with NaN); only risk, which guards them, may use it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/core/risk/" },
      to: { path: "node_modules/simple-statistics" },
    },
    coreMay("basics", [], "basics is the ground: it depends on nothing."),
    coreMay("collateral", ["basics"], "Domain nouns know money and dates, not rules or solvers."),
    coreMay("regulation", ["basics", "collateral"], "Dated tables are looked up by collateral's nouns."),
    coreMay("margin", ["basics", "collateral", "regulation"], "Requirements come from terms and regulation, never from an optimizer."),
    coreMay("risk", ["basics"], "Risk is statistics on numbers: it must not know collateral."),
    coreMay("lp", ["basics"], "The solver port and our own solver know columns and rows, not assets."),
    coreMay("optimization", everythingBelowOptimization, "The model is built from the domain; nothing of it may know tables or reports."),
    coreMay("tables", ["basics", "collateral"], "Reading cells stops at domain objects; of what is above, types only.", {
      dependencyTypesNot: ["type-only"],
    }),
    {
      name: "optimization-not-into-risk-internals",
      comment: "The optimizer takes numbers from risk by its public functions only.",
      severity: "error",
      from: { path: "^src/core/optimization/" },
      to: { path: "^src/core/risk/internal/" },
    },
    {
      name: "internal-stays-internal",
      comment: "A folder's private parts are for that folder.",
      severity: "error",
      from: { path: "^src/(core|adapters)/([^/]+)/" },
      to: { path: "/internal/", pathNot: "^src/$1/$2/" },
    },
    {
      name: "internal-of-the-shell-stays-internal",
      comment: "The same for the folders that stand directly below src.",
      severity: "error",
      from: { path: "^src/(app|runtime|functions|commands|taskpane|workbench)/" },
      to: { path: "/internal/", pathNot: "^src/$1/" },
    },
    {
      name: "core-is-below-all",
      comment: "core never imports what uses it.",
      severity: "error",
      from: { path: "^src/core/" },
      to: { path: "^src/(?!core/)" },
    },
    {
      name: "app-knows-core-only",
      comment: "Use cases reach the workbook, the solvers and the clock through ports of their own, so that they run without Excel.",
      severity: "error",
      from: { path: "^src/app/" },
      to: { path: "^src/(?!app/|core/)" },
    },
    {
      name: "app-is-without-packages",
      comment: "A package in a use case would be a second way around the ports.",
      severity: "error",
      from: { path: "^src/app/" },
      to: { dependencyTypes: ["npm", "npm-dev", "core"] },
    },
    {
      name: "adapters-know-app-and-core",
      comment: "Adapters fulfil ports; they never know who wired them.",
      severity: "error",
      from: { path: "^src/adapters/([^/]+)/" },
      to: { path: "^src/(?!app/|core/|adapters/$1/)" },
    },
    {
      name: "packages-of-engines-in-solvers-only",
      comment: "An engine is replaced by changing one adapter.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/adapters/solvers/" },
      to: { path: "node_modules/(highs|javascript-lp-solver)/" },
    },
    {
      name: "runtime-wires",
      comment: "The composition root knows app, core and adapters, and nothing that is shown.",
      severity: "error",
      from: { path: "^src/runtime/" },
      to: { path: "^src/(?!app/|core/|adapters/|runtime/)" },
    },
    {
      name: "functions-are-thin",
      comment: "A custom function turns cells into a call of core or app; adapters come through runtime.",
      severity: "error",
      from: { path: "^src/functions/" },
      to: { path: "^src/(?!app/|core/|runtime/|functions/)" },
    },
    {
      name: "commands-call-runtime",
      comment: "A ribbon button is one call of the composition root.",
      severity: "error",
      from: { path: "^src/commands/" },
      to: { path: "^src/(?!runtime/|commands/|app/collateral-app)" },
    },
    {
      name: "taskpane-shows",
      comment: "The pane calls use cases and shows their answers; the workbook is reached through them only.",
      severity: "error",
      from: { path: "^src/taskpane/" },
      to: { path: "^src/(?!app/|core/|runtime/|taskpane/)" },
    },
    {
      name: "workbench-stands-alone",
      comment: "The workbench runs the unmodified add-in; nothing of it may reach what ships.",
      severity: "error",
      from: { path: "^src/(?!workbench/)" },
      to: { path: "^src/workbench/" },
    },
    {
      name: "workbench-has-no-second-path",
      comment: "The workbench sees the built add-in and its metadata, never its modules: there is one code path to the workbook.",
      severity: "error",
      from: { path: "^src/workbench/" },
      to: { path: "^src/(?!workbench/)" },
    },
    {
      name: "react-in-pages-only",
      comment: "React and Fluent must stay off the start path of the functions.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(taskpane|workbench)/" },
      to: { path: "node_modules/(react|react-dom|@fluentui)/" },
    },
    {
      name: "univer-in-workbench-only",
      comment: "The add-in bundle holds none of Univer.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/workbench/" },
      to: { path: "node_modules/(@univerjs|hucre)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"] },
  },
};
