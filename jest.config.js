/** One project per kind of test, so that `npx jest --selectProjects unit` runs just that kind. */
const swc = {
  "^.+\\.m?(t|j)sx?$": [
    "@swc/jest",
    {
      jsc: {
        target: "es2022",
        parser: { syntax: "typescript", tsx: true },
        transform: { react: { runtime: "automatic" } },
      },
      module: { type: "commonjs" },
    },
  ],
};
const kind = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.{ts,tsx}`],
  transform: swc,
  // hucre exists as ES modules only, which jest's CommonJS cannot load as they are.
  transformIgnorePatterns: ["/node_modules/(?!hucre/)"],
  testEnvironment: "node",
  // jsdom asks for the browser's ES modules, which jest cannot require.
  testEnvironmentOptions: { customExportConditions: ["node", "require", "default"] },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.cache/"],
  ...extra,
});

module.exports = {
  // No test measures time; this limit only ends one that hangs, and no file has one of its own.
  testTimeout: 600_000,
  projects: [kind("unit"), kind("contract"), kind("property"), kind("golden"), kind("integration"), kind("end-to-end")],
};
