/**
 * npm run fuzz [-- count first-seed]: compares our own engine with HiGHS on random models until count is reached.
 * A fault prints its seed and ends with exit code 1; the case then becomes a test with that seed.
 */
import { runTypescript } from "./build/run-typescript.mjs";

process.exitCode = await runTypescript("bench/solve/fuzz.ts", process.argv.slice(2));
