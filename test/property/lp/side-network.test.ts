import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createSideNetworkSolver } from "../../../src/adapters/solvers/side-network-solver";
import { addRandomSideRows } from "./add-side-rows";
import { findFault } from "./judge-engines";
import { FAMILIES, randomNetworkCase, seededRandom } from "./random-network";

const CASES = 400;
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
  }, 60_000);

  it("is as right from an earlier basis as from nothing", async () => {
    const faults: string[] = [];
    let warm = 0;
    for (let seed = 0; seed < 150; seed++) {
      const model = addRandomSideRows(randomNetworkCase(seed).model, seededRandom(seed + 5));
      const { basis } = await engine.solve(model);
      if (!basis) continue;
      warm++;
      const edited = { ...model, rowLower: model.rowLower.map((bound, r) => (bound > 0 && bound < model.rowUpper[r]! ? 0.97 * bound : bound)) };
      const answer = await engine.solve(edited, { start: { basis } });
      if (answer.terminationStatus === "numericalError") continue;
      const fault = findFault(edited, answer, await highs.solve(edited));
      if (fault) faults.push(`seed ${seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(warm).toBeGreaterThan(60);
  }, 60_000);
});
