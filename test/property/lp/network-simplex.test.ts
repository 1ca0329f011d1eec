import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../src/adapters/solvers/network-solver";
import { findFault } from "./judge-engines";
import { FAMILIES, randomNetworkCase } from "./random-network";

const CASES = 1000;

describe("the network simplex beside HiGHS", () => {
  const highs = createHighsSolver(createHighsLoader(), Infinity);
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
