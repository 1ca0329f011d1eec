/**
 * npm run fuzz [name] [-- --seed=1 --rounds=200]: runs test/fuzz/**\/*.fuzz.ts, which try random inputs until told to stop.
 * A failure prints its seed; the case found then becomes a test with that seed.
 */
import { runTypescript } from "./build/run-typescript.mjs";

process.exitCode = await runTypescript({ folder: "test/fuzz", ending: ".fuzz.ts", words: process.argv.slice(2) });
