import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { createCrashBasis } from "../../../../../src/core/lp/network/crash-basis";
import { createNetworkSimplex } from "../../../../../src/core/lp/network/network-simplex";
import { createFinish, readReducedCosts } from "../../../../../src/core/lp/network/read-network";
import { computeReducedCosts } from "../../../../../src/core/lp/solve-result";
import { randomNetworkCase } from "../../../../property/lp/random-network";

describe("readReducedCosts", () => {
  it("reads off two entries an arc what the duals leave of every column's cost, nested rows, mirrored and free columns included", () => {
    let compared = 0;
    for (let seed = 0; seed < 150; seed++) {
      const { model } = randomNetworkCase(seed);
      const form = buildNetwork(model);
      if (form.kind !== "network") throw new Error("not a network");
      const { network, index } = form;
      const finish = createFinish(model, network, index);
      const simplex = createNetworkSimplex(network, createCrashBasis(network), false, undefined, undefined, finish);
      if (simplex.step(100_000) !== "optimal") continue;
      const read = readReducedCosts(index, finish);
      const sizes = computeReducedCosts(
        { ...model, objective: model.objective.map((cost) => -Math.abs(cost)), values: model.values.map(Math.abs) },
        finish.dual.map(Math.abs),
      );
      computeReducedCosts(model, finish.dual).forEach((expected, c) => {
        expect(Math.abs(read[c]! - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(sizes[c]!));
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(1000);
  });
});
