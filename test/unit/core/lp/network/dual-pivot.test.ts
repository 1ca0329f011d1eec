import { generateWarmUpBook } from "../../../../../src/adapters/solvers/warm-up-book";
import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { createCrashBasis } from "../../../../../src/core/lp/network/crash-basis";
import { createNetworkSimplex } from "../../../../../src/core/lp/network/network-simplex";

describe("dual pivots after supplies have changed", () => {
  it("end at the optimum: primal pivots have nothing left to do", () => {
    let pivots = 0;
    for (let agreements = 3; agreements < 15; agreements++) {
      const form = buildNetwork(generateWarmUpBook({ assets: 50, agreements, hasTiers: true }));
      if (form.kind !== "network") throw new Error("not a network");
      const { network } = form;
      const first = createNetworkSimplex(network, createCrashBasis(network));
      expect(first.step(100_000)).toBe("optimal");
      network.supply.forEach((amount, n) => (network.supply[n] = amount * (1 + ((n * 7) % 5) / 50)));
      const again = createNetworkSimplex(network, first.state.slice(), true);
      while (again.phase === "dual") again.step(1);
      expect(again.phase).toBe("final");
      pivots += again.pivots;
      const before = again.pivots;
      expect(again.step(100_000)).toBe("optimal");
      expect(again.pivots).toBe(before);
    }
    expect(pivots).toBeGreaterThan(100);
  });
});
