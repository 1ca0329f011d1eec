/** The ESM door to find-browser.cjs, for Node scripts. */
import finder from "./find-browser.cjs";

export const { findBrowser, ensureBrowser, browserArguments, installCommand } = finder;
