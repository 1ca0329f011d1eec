import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../src/adapters/solvers/network-solver";
import { findFault } from "./judge-engines";
import { editModel } from "./edit-model";
import { FAMILIES, randomNetworkCase, seededRandom } from "./random-network";

const CASES = 1000;

describe("the network simplex beside HiGHS", () => {
  const highs = createHighsSolver(createHighsLoader());
  const network = createNetworkSolver();
  it.each(FAMILIES.map((family, k) => [family, k] as const))(
    "is right on a hundred %s models",
    async (_, offset) => {
      const faults: string[] = [];
      for (let seed = offset; seed < CASES; seed += FAMILIES.length) {
        const { model } = randomNetworkCase(seed);
        const fault = findFault(model, await network.solve(model), await highs.solve(model));
        if (fault) faults.push(`seed ${seed}: ${fault}`);
      }
      expect(faults).toEqual([]);
    },
    60_000,
  );
});

describe("the network simplex after an edit", () => {
  const network = createNetworkSolver();
  it("is as right from the old basis as from nothing", async () => {
    const faults: string[] = [];
    for (let seed = 0; seed < CASES; seed++) {
      const { model } = randomNetworkCase(seed);
      const { basis } = await network.solve(model);
      if (!basis) continue;
      const edited = editModel(model, seededRandom(seed));
      const fault = findFault(edited, await network.solve(edited, { start: { basis } }), await network.solve(edited));
      if (fault) faults.push(`seed ${seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });
});
