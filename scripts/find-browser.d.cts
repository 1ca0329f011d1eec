/** Finds CHROME_PATH, else an installed Chromium, Chrome or Edge; undefined when there is none. */
export const findBrowser: () => string | undefined;
/** As findBrowser, installing Debian's Chromium when running as root on Debian; throws with the one command to run. */
export const ensureBrowser: () => string;
/** `--no-sandbox` for root only. */
export const browserArguments: () => string[];
/** The one command that a user of this machine runs to get a browser. */
export const installCommand: () => string;
