import { chromium, type Browser } from "playwright-core";
import { browserArguments, findBrowser, installCommand } from "../../scripts/find-browser.cjs";

/** Keeps Chromium from looking up its maker's hosts, which a closed network refuses again and again. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the browser for the end-to-end tests: CHROME_PATH, else an installed Chromium, Chrome or Edge.
 *
 * @throws Error with the one command to run when there is none; a test that needs a browser is never skipped
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error(`No Chromium, Chrome or Edge found for the end-to-end tests. Run: ${installCommand()}   (or set CHROME_PATH)`);
  }
  return chromium.launch({ executablePath, args: [...QUIET, ...browserArguments()] });
}
