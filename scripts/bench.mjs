/**
 * npm run bench -- <name> [arguments]: runs one program of bench/ and prints what it measures; without a name it lists them.
 * Speed is never asserted in a test: machines differ.
 */
import { programsIn, runTypescript } from "./build/run-typescript.mjs";

const [name, ...words] = process.argv.slice(2);
const programs = programsIn("bench");
const found = name === undefined ? undefined : programs.find((file) => file === `bench/${name}.ts`);
if (found === undefined) {
  console.log(
    `${name === undefined ? "Choose one" : `There is no bench/${name}.ts. Choose one`}:\n${programs.map((file) => `  npm run bench -- ${file.slice("bench/".length, -".ts".length)}`).join("\n")}`,
  );
  process.exitCode = name === undefined ? 0 : 1;
} else process.exitCode = await runTypescript(found, words);
