import { createHighsSolver } from "../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { findFault } from "../../test/property/lp/judge-engines";
import { randomNetworkCase } from "../../test/property/lp/random-network";

/** Solves `count` seeded models with our engine and with HiGHS and prints every fault; exits 1 when there is one. */
async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const first = Number(process.argv[3] ?? 0);
  const ours = createNetworkSolver();
  const highs = createHighsSolver(createHighsLoader(), Infinity);
  const statuses = new Map<string, number>();
  let faults = 0;
  for (let seed = first; seed < first + count; seed++) {
    const { family, model } = randomNetworkCase(seed);
    const answer = await ours.solve(model);
    const reference = await highs.solve(model);
    const key = `${family}: ${answer.terminationStatus} / ${reference.terminationStatus}`;
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
    const fault = findFault(model, answer, reference);
    if (fault === undefined) continue;
    faults++;
    console.log(`seed ${seed}, ${family}, ${model.columnCount} columns, ${model.rowCount} rows: ${fault}`);
  }
  for (const [key, times] of [...statuses].sort()) console.log(`${String(times).padStart(6)}  ${key}`);
  console.log(`${count} cases, ${faults} faults`);
  process.exitCode = faults > 0 ? 1 : 0;
}

void main();
