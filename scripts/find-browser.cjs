/**
 * Finds the browser for the end-to-end tests and the screenshots: CHROME_PATH, else an installed Chromium, Chrome or Edge.
 * As root on Debian it can install Chromium; everywhere else it says which one command to run.
 * CommonJS because jest requires it (test/support); Node scripts import find-browser.mjs.
 */
const { execFileSync, spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const path = require("node:path");

const onPath = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
  "msedge",
  "chrome",
];

const macPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const windowsPaths = () =>
  [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA]
    .filter((root) => root !== undefined && root !== "")
    .flatMap((root) => [
      path.join(root, "Google", "Chrome", "Application", "chrome.exe"),
      path.join(root, "Chromium", "Application", "chrome.exe"),
      path.join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);

const pathFolders = () => (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");

const searchPath = () => {
  const extension = process.platform === "win32" ? ".exe" : "";
  return onPath.flatMap((name) => pathFolders().map((folder) => path.join(folder, name + extension)));
};

/** The one command that a user of this machine runs to get a browser. */
const installCommand = () => {
  if (process.platform === "darwin") return "brew install --cask chromium";
  if (process.platform === "win32") return "winget install Microsoft.Edge";
  return "sudo apt-get install -y chromium";
};

/**
 * Finds a browser.
 *
 * @returns path of the executable, or undefined when there is none
 * @throws Error when CHROME_PATH names a file that does not exist: a wrong setting is never ignored
 */
const findBrowser = () => {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH is ${chosen}, which does not exist. Correct it or unset it.`);
    return chosen;
  }
  const places = { darwin: macPaths, win32: windowsPaths() }[process.platform] ?? [];
  return [...searchPath(), ...places].find((file) => existsSync(file));
};

/** Chromium refuses its sandbox to root only. */
const browserArguments = () => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

const hasCommand = (name) => spawnSync(name, ["--version"], { stdio: "ignore" }).error === undefined;

/**
 * Finds a browser, installing Debian's Chromium when running as root on Debian.
 *
 * @returns path of the executable
 * @throws Error with the one command to run
 */
const ensureBrowser = () => {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.platform === "linux" && process.getuid?.() === 0 && hasCommand("apt-get")) {
    console.log("No browser found: installing chromium with apt-get.");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    try {
      execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env: environment });
      execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { stdio: "inherit", env: environment });
    } catch {
      throw new Error(`Chromium could not be installed. Run: ${installCommand()}`);
    }
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error(`No Chromium, Chrome or Edge found for the end-to-end tests. Run: ${installCommand()}   (or set CHROME_PATH)`);
};

module.exports = { findBrowser, ensureBrowser, browserArguments, installCommand };
