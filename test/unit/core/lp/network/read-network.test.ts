import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { createCrashBasis } from "../../../../../src/core/lp/network/crash-basis";
import { createNetworkSimplex } from "../../../../../src/core/lp/network/network-simplex";
import {
  createFinish,
  moveToBasis,
  readColumns,
  readReducedCosts,
  readRowBasis,
  startFromBasis,
} from "../../../../../src/core/lp/network/read-network";
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
      const simplex = createNetworkSimplex(network, createCrashBasis(network), false, undefined, finish);
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

describe("moveToBasis", () => {
  it("comes from the states of one basis to those of another as a start from nothing does, mirrored columns and nested rows included", () => {
    let moved = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { model } = randomNetworkCase(seed);
      const form = buildNetwork(model);
      if (form.kind !== "network") throw new Error("not a network");
      const { network, index } = form;
      // The negative part of a free column has no place in a basis of columns: such networks are built anew instead.
      if (index.negativePart.size > 0) continue;
      const bases = [1, -1].map((sign) => {
        const simplex = createNetworkSimplex({ ...network, cost: network.cost.map((cost) => sign * cost) }, createCrashBasis(network));
        const status = simplex.step(100_000);
        const { state, forest } = simplex;
        const basis = { columns: readColumns(model, index, forest, state).basis, rows: readRowBasis(model, network, index, state) };
        return { status, state: state.slice(), basis };
      });
      const [from, to] = bases;
      if (from!.status !== "optimal" || to!.status !== "optimal") continue;
      const { state } = from!;
      moveToBasis(model, network, index, state, from!.basis, to!.basis);
      expect(state).toEqual(startFromBasis(model, network, index, to!.basis));
      moved += to!.basis.columns.reduce((sum, at, c) => sum + (at === from!.basis.columns[c] ? 0 : 1), 0);
    }
    expect(moved).toBeGreaterThan(100);
  });
});
