import { createHighsSolver } from "../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { findFault } from "../../test/property/lp/judge-engines";
import { editModel } from "../../test/property/lp/edit-model";
import { randomNetworkCase, seededRandom } from "../../test/property/lp/random-network";

/** Solves `count` seeded models with our engine and with HiGHS and prints every fault; exits 1 when there is one. */
async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const first = Number(process.argv[3] ?? 0);
  const ours = createNetworkSolver();
  const highs = createHighsSolver(createHighsLoader());
  const statuses = new Map<string, number>();
  let faults = 0;
  for (let seed = first; seed < first + count; seed++) {
    const { family, model } = randomNetworkCase(seed);
    const answer = await ours.solve(model);
    const reference = await highs.solve(model);
    const key = `${family}: ${answer.terminationStatus} / ${reference.terminationStatus}`;
    statuses.set(key, (statuses.get(key) ?? 0) + 1);
    const report = (fault: string | undefined, what: string): void => {
      if (fault === undefined) return;
      faults++;
      console.log(`seed ${seed}, ${family}, ${model.columnCount} columns, ${model.rowCount} rows, ${what}: ${fault}`);
    };
    report(findFault(model, answer, reference), "from nothing");
    if (!answer.basis) continue;
    const edited = editModel(model, seededRandom(seed));
    const again = await ours.solve(edited, { start: { basis: answer.basis } });
    report(findFault(edited, again, await highs.solve(edited)), "after an edit");
  }
  for (const [key, times] of [...statuses].sort()) console.log(`${String(times).padStart(6)}  ${key}`);
  console.log(`${count} cases, ${faults} faults`);
  process.exitCode = faults > 0 ? 1 : 0;
}

void main();
