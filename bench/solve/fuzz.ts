import { createHighsSolver } from "../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../src/adapters/solvers/network-solver";
import { createSideNetworkSolver } from "../../src/adapters/solvers/side-network-solver";
import type { LinearModel } from "../../src/core/lp/linear-model";
import type { Basis, SolveResult, Solver } from "../../src/core/lp/solver";
import { addRandomSideRows } from "../../test/property/lp/add-side-rows";
import { basisOf, editForRestart, extendBasis } from "../../test/property/lp/edit-for-restart";
import { findFault } from "../../test/property/lp/judge-engines";
import { editModel } from "../../test/property/lp/edit-model";
import { randomNetworkCase, seededRandom } from "../../test/property/lp/random-network";

const network = createNetworkSolver();
const sideNetwork = createSideNetworkSolver();
const highs = createHighsSolver(createHighsLoader());
const statuses = new Map<string, number>();
let faults = 0;

/**
 * Solves `count` seeded models with our engines and with HiGHS and prints every fault; exits 1 when there is one. Each model is solved as
 * a network and with a few side rows, from nothing and again after an edit.
 */
async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const first = Number(process.argv[3] ?? 0);
  for (let seed = first; seed < first + count; seed++) {
    const { family, model } = randomNetworkCase(seed);
    const name = `seed ${seed}, ${family}`;
    const answer = await judge(name, family, network, model);
    if (answer.basis) await judge(`${name}, after an edit`, "", network, editModel(model, seededRandom(seed)), answer.basis);
    const random = seededRandom(seed + 5);
    const crossed = addRandomSideRows(model, random);
    const basis = basisOf(await judge(`${name}, with side rows`, "with side rows", sideNetwork, crossed));
    if (!basis) continue;
    const later = editForRestart(crossed, random);
    await judge(`${name}, with side rows, after an edit`, "with side rows, after an edit", sideNetwork, later, extendBasis(basis, later));
  }
  for (const [key, times] of [...statuses].sort()) console.log(`${String(times).padStart(6)}  ${key}`);
  console.log(`${count} cases, ${faults} faults`);
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Solves a model with one of our engines and with HiGHS, counts how they answer under `kind` and prints what is wrong. */
async function judge(name: string, kind: string, engine: Solver, model: LinearModel, basis?: Basis): Promise<SolveResult> {
  const answer = await engine.solve(model, basis ? { start: { basis } } : {});
  // With side rows the engine may refuse, and need not vouch for what it says: then another one is asked.
  const isOpen = answer.terminationStatus === "notSupported" || (engine === sideNetwork && answer.terminationStatus === "numericalError");
  const reference = isOpen ? undefined : await highs.solve(model);
  if (kind !== "") count(`${kind}: ${answer.terminationStatus}${reference ? ` / ${reference.terminationStatus}` : ""}`);
  const fault = reference && findFault(model, answer, reference);
  if (fault === undefined) return answer;
  faults++;
  console.log(`${name}, ${model.columnCount} columns, ${model.rowCount} rows: ${fault}`);
  return answer;
}

function count(key: string): void {
  statuses.set(key, (statuses.get(key) ?? 0) + 1);
}

void main();
