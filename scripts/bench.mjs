/**
 * npm run bench [name] [-- --option]: runs bench/**\/*.bench.ts and prints what they measure. Speed is never asserted in a test: machines differ.
 */
import { runTypescript } from "./build/run-typescript.mjs";

process.exitCode = await runTypescript({ folder: "bench", ending: ".bench.ts", words: process.argv.slice(2) });
