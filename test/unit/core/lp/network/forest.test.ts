import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { createCrashBasis } from "../../../../../src/core/lp/network/crash-basis";
import { buildForest } from "../../../../../src/core/lp/network/build-forest";
import type { Forest } from "../../../../../src/core/lp/network/forest";
import { AT_UPPER, BASIC, type Network } from "../../../../../src/core/lp/network/network";
import { createNetworkSimplex, type NetworkSimplex } from "../../../../../src/core/lp/network/network-simplex";
import { refreshForest } from "../../../../../src/core/lp/network/refresh-forest";
import { randomNetworkCase } from "../../../../property/lp/random-network";

/** Runs the simplex of many seeded networks pivot by pivot. */
function forEachPivot(seeds: number, visit: (network: Network, simplex: NetworkSimplex, seed: number) => void): void {
  for (let seed = 0; seed < seeds; seed++) {
    const form = buildNetwork(randomNetworkCase(seed).model);
    if (form.kind !== "network") throw new Error("not a network");
    const simplex = createNetworkSimplex(form.network, createCrashBasis(form.network));
    while (simplex.step(1) === "running") visit(form.network, simplex, seed);
  }
}

function roots({ parent }: Forest): number[] {
  return [...parent.keys()].filter((n) => parent[n]! < 0);
}

describe("the forest between any two pivots", () => {
  it("owns every basic arc exactly once and nothing else", () => {
    forEachPivot(60, (_, { forest, state }) => {
      const owned = [...forest.arc].sort((a, b) => a - b);
      const basic = [...state.keys()].filter((e) => state[e] === BASIC);
      expect(owned).toEqual(basic);
    });
  });
  it("threads every tree in preorder, subtrees as runs of their size", () => {
    forEachPivot(60, (network, { forest }) => {
      const seen = new Set<number>();
      for (const root of roots(forest)) {
        for (let n = root; n >= 0; n = forest.next[n]!) {
          expect(n === root || seen.has(forest.parent[n]!)).toBe(true);
          seen.add(n);
        }
      }
      expect(seen.size).toBe(network.nodeCount);
      for (let n = 0; n < network.nodeCount; n++) {
        let below = 0;
        for (let m = 0; m < network.nodeCount; m++) {
          for (let k = m; k >= 0; k = forest.parent[k]!) if (k === n) below++;
        }
        expect(forest.size[n]).toBe(below);
      }
    });
  });
  it("knows what every arc of a tree counts at both of its ends, however often it has been turned round", () => {
    forEachPivot(20, (network, { forest, phase }) => {
      for (let n = 0; n < network.nodeCount; n++) {
        if (forest.parent[n]! < 0) continue;
        const arc = forest.arc[n]!;
        const isTail = network.tail[arc] === n;
        const here = isTail ? network.tailCoefficient[arc]! : network.headCoefficient[arc]!;
        const there = isTail ? network.headCoefficient[arc]! : network.tailCoefficient[arc]!;
        expect(forest.factor[n]! * here).toBeCloseTo(1, 10);
        expect((forest.ratio[n]! * here) / there).toBeCloseTo(-1, 10);
        const cost = phase === "feasibility" ? 0 : network.cost[arc]!;
        expect(Math.abs(forest.constant[n]! * here - cost)).toBeLessThanOrEqual(1e-10 * Math.abs(cost));
      }
    });
  });
  it("has the potentials of one built from nothing once its numbers are computed anew, also at other costs", () => {
    let compared = 0;
    forEachPivot(60, (network, { forest, state, phase }) => {
      if (phase !== "penalty" || compared > 3000) return;
      const cost = network.cost.map((value, e) => value * (1 + (e % 3)) + (e >= network.realArcCount ? 100 : 0));
      const other = { ...network, cost };
      const copy = Object.fromEntries(Object.entries(forest).map(([name, part]) => [name, part.slice()])) as unknown as Forest;
      const built = buildForest(other, state.slice(), forest.arc);
      if (!refreshForest(other, copy)) return;
      built.potential.forEach((expected, n) => {
        expect(Math.abs(copy.potential[n]! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
        compared++;
      });
    });
    expect(compared).toBeGreaterThan(1000);
  });
  it("prices every basic arc of the final basis at zero and balances every node", () => {
    for (let seed = 0; seed < 100; seed++) {
      const form = buildNetwork(randomNetworkCase(seed).model);
      if (form.kind !== "network") throw new Error("not a network");
      const { network } = form;
      const simplex = createNetworkSimplex(network, createCrashBasis(network));
      while (simplex.step(1) === "running");
      const { forest, state } = simplex;
      const balance = Float64Array.of(...network.supply, 0);
      const use = (e: number, flow: number): void => {
        balance[network.tail[e]!]! -= network.tailCoefficient[e]! * flow;
        balance[network.head[e]!]! -= network.headCoefficient[e]! * flow;
      };
      forest.arc.forEach((e, n) => use(e, forest.flow[n]!));
      state.forEach((s, e) => s === AT_UPPER && use(e, network.capacity[e]!));
      for (let n = 0; n < network.nodeCount; n++) expect(Math.abs(balance[n]!)).toBeLessThan(1e-9);
      if (simplex.phase === "feasibility") continue;
      forest.arc.forEach((e) => {
        const tail = network.tailCoefficient[e]! * forest.potential[network.tail[e]!]!;
        const head = network.headCoefficient[e]! * forest.potential[network.head[e]!]!;
        expect(Math.abs(network.cost[e]! - tail - head)).toBeLessThan(1e-9 * (1 + Math.abs(tail) + Math.abs(head)));
      });
    }
  });
});
