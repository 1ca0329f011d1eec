/**
 * Lint rules. The import ladder is dependency-cruiser's business (.dependency-cruiser.cjs), the layout of the text prettier's.
 * A rule is here because it has caught, or would have caught, a mistake that hurts a user.
 */
import officeAddins from "eslint-plugin-office-addins";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const typescript = ["**/*.ts", "**/*.tsx"];
const scripts = ["**/*.mjs", "**/*.cjs", "**/*.js"];

/** What is wrong in any JavaScript. */
const plainRules = {
  eqeqeq: "error",
  "no-var": "error",
  "prefer-const": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-debugger": "error",
  "no-dupe-keys": "error",
  "no-dupe-else-if": "error",
  "no-duplicate-case": "error",
  "no-fallthrough": "error",
  "no-self-compare": "error",
  "no-self-assign": "error",
  "no-unreachable": "error",
  "no-unsafe-finally": "error",
  "no-sparse-arrays": "error",
  "no-cond-assign": "error",
  "no-constant-condition": ["error", { checkLoops: false }],
  "no-empty": ["error", { allowEmptyCatch: false }],
  "no-prototype-builtins": "error",
  "use-isnan": "error",
  "valid-typeof": "error",
  "array-callback-return": "error",
  "no-template-curly-in-string": "error",
};

/** Rules that need types: a forgotten await is a result that is never written. */
const typedRules = {
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false, arguments: false } }],
  "@typescript-eslint/no-for-in-array": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/prefer-promise-reject-errors": "error",
  "@typescript-eslint/restrict-plus-operands": "error",
  "@typescript-eslint/require-array-sort-compare": ["error", { ignoreStringArrays: true }],
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
};

const typescriptRules = {
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/ban-ts-comment": "error",
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/no-unused-vars": [
    "error",
    { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all", caughtErrorsIgnorePattern: "^_" },
  ],
  "@typescript-eslint/no-empty-object-type": "error",
  "@typescript-eslint/no-unsafe-function-type": "error",
  "@typescript-eslint/no-wrapper-object-types": "error",
  "@typescript-eslint/no-duplicate-enum-values": "error",
  "@typescript-eslint/no-misused-new": "error",
  "@typescript-eslint/no-require-imports": "error",
  "@typescript-eslint/no-namespace": "error",
  "@typescript-eslint/prefer-as-const": "error",
  "@typescript-eslint/consistent-type-assertions": "error",
};

const officeRules = {
  "office-addins/call-sync-after-load": "error",
  "office-addins/call-sync-before-read": "error",
  "office-addins/load-object-before-read": "error",
  "office-addins/no-context-sync-in-loop": "error",
  "office-addins/no-empty-load": "error",
  "office-addins/no-navigational-load": "error",
  "office-addins/no-office-initialize": "error",
  "office-addins/test-for-null-using-isNullObject": "error",
};

const excelRun = {
  selector: "MemberExpression[object.name='Excel'][property.name='run']",
  message: "Excel.run belongs to src/adapters/excel: there is one path to the workbook.",
};
const officeGlobals = ["Excel", "Office", "OfficeExtension", "OfficeRuntime"].map((name) => ({
  name,
  message: "Only src/adapters/excel and the entries of the pane and the commands may name Office.",
}));
const impure = [
  "window",
  "document",
  "self",
  "navigator",
  "localStorage",
  "fetch",
  "setTimeout",
  "setInterval",
  "performance",
  "console",
  "process",
].map((name) => ({ name, message: "core and app are pure: pass what they need as an argument or a port." }));
const impureCalls = [
  { object: "Math", property: "random", message: "Pass a seeded generator: the same input gives the same answer." },
  { object: "Date", property: "now", message: "Pass the time: the same input gives the same answer." },
];
const wallClock = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: "Pass the time: the same input gives the same answer.",
};

export default tseslint.config(
  {
    ignores: ["**/*.d.cts", "**/*.d.mts", "node_modules/**", "dist/**", ".cache/**", "coverage/**", "test-results/**", "src/workbench/**/vendor/**"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: [...typescript, ...scripts], rules: plainRules },
  {
    files: typescript,
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: { ...typescriptRules, ...typedRules, "no-restricted-syntax": ["error", excelRun] },
  },
  {
    name: "sizes",
    files: ["src/**/*.ts", "src/**/*.tsx"],
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    name: "documented functions repeat their long descriptions, and the sample is a table of data",
    files: ["src/functions/**/*.ts", "src/app/sample/**/*.ts"],
    rules: { "max-lines": "off", "max-lines-per-function": "off" },
  },
  {
    name: "factories whose short inner functions share one closure",
    files: [
      "src/adapters/solvers/worker-solver.ts",
      "src/core/risk/random-source.ts",
      "src/workbench/excel-host/custom-functions/custom-function-host.ts",
    ],
    rules: { "max-lines-per-function": "off" },
  },
  {
    name: "core is pure",
    files: ["src/core/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...officeGlobals, ...impure],
      "no-restricted-properties": ["error", ...impureCalls],
      "no-restricted-syntax": ["error", excelRun, wallClock],
    },
  },
  {
    name: "Office is named in its adapter and in the entries only",
    files: [
      "src/app/**/*.ts",
      "src/runtime/**/*.ts",
      "src/functions/**/*.ts",
      "src/taskpane/**/*.{ts,tsx}",
      "src/adapters/solvers/**/*.ts",
      "src/adapters/feeds/**/*.ts",
    ],
    ignores: ["src/taskpane/index.tsx"],
    rules: { "no-restricted-globals": ["error", ...officeGlobals] },
  },
  {
    name: "the one path to the workbook",
    files: ["src/adapters/excel/**/*.ts"],
    plugins: { "office-addins": officeAddins },
    rules: { ...officeRules, "no-restricted-syntax": "off" },
  },
  {
    name: "Microsoft's metadata generator takes plain types only",
    files: ["src/functions/*.ts"],
    // CustomFunctions.Error is Excel's own and no subclass of Error in its types.
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/only-throw-error": "off",
    },
  },
  {
    name: "kernels and column readers index arrays whose bounds their loops know",
    files: ["src/core/{lp,risk,optimization,tables}/**/*.ts", "src/adapters/solvers/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    name: "pages",
    files: ["src/taskpane/**/*.{ts,tsx}", "src/workbench/page/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    name: "tests may assert that something is there, call functions as Excel does, and load the real Office.js",
    files: ["test/**/*.ts", "test/**/*.tsx", "bench/**/*.ts"],
    rules: {
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-require-imports": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/require-array-sort-compare": "off",
      "no-eval": "off",
      "no-restricted-syntax": "off",
    },
  },
  {
    name: "scripts run under Node, some as CommonJS",
    files: ["**/*.cjs"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
