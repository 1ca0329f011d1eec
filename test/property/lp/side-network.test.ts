import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createSideNetworkSolver } from "../../../src/adapters/solvers/side-network-solver";
import { addRandomSideRows } from "./add-side-rows";
import { addCycles, basisOf, editForRestart, extendBasis } from "./edit-for-restart";
import { findFault } from "./judge-engines";
import { FAMILIES, randomNetworkCase, seededRandom } from "./random-network";

const CASES = 400;
const WARM_CASES = 400;
/** Answers that the engine may refuse to vouch for, so that another one is asked: rows of wildly different units. */
const MOST_UNDECIDED = CASES / 200;

describe("the network simplex with side rows beside HiGHS", () => {
  const highs = createHighsSolver(createHighsLoader(), Infinity);
  const engine = createSideNetworkSolver();
  it("is optimal for the whole model or infeasible with a proof, duals included", async () => {
    const faults: string[] = [];
    const undecided: string[] = [];
    const families = new Set<string>();
    for (let seed = 0; seed < CASES; seed++) {
      const { family, model: network } = randomNetworkCase(seed);
      const model = addRandomSideRows(network, seededRandom(seed + 5));
      const answer = await engine.solve(model);
      if (answer.terminationStatus === "notSupported") continue;
      if (answer.terminationStatus === "numericalError") {
        undecided.push(`seed ${seed}: ${answer.rawStatus}`);
        continue;
      }
      families.add(family);
      const fault = findFault(model, answer, await highs.solve(model));
      if (fault) faults.push(`seed ${seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(undecided.length).toBeLessThanOrEqual(MOST_UNDECIDED);
    expect(families.size).toBe(FAMILIES.length);
  });

  it("ends, and is as right, from any basis as from nothing: its own and those of HiGHS, before edits that leave them far from fitting", async () => {
    const faults: string[] = [];
    const undecided: string[] = [];
    let warm = 0;
    for (let seed = 0; seed < WARM_CASES; seed++) {
      const random = seededRandom(3 * seed + 11);
      const network = randomNetworkCase(seed).model;
      // Every other one with cycles that give back all but a trace of what goes round them.
      const model = addRandomSideRows(seed % 2 === 0 ? network : addCycles(network, random), random);
      for (const basis of [await engine.solve(model), await highs.solve(model)].map(basisOf)) {
        if (!basis) continue;
        const edited = editForRestart(model, random);
        const answer = await engine.solve(edited, { start: { basis: extendBasis(basis, edited) } });
        if (answer.terminationStatus === "notSupported") continue;
        warm++;
        if (answer.terminationStatus === "numericalError") {
          undecided.push(`seed ${seed}: ${answer.rawStatus}`);
          continue;
        }
        const fault = findFault(edited, answer, await highs.solve(edited));
        if (fault) faults.push(`seed ${seed}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(undecided.length).toBeLessThanOrEqual(warm / 100);
    expect(warm).toBeGreaterThan(300);
  });
});
