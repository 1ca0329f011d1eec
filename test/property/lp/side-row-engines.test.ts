import { createColumnGenerationSolver } from "../../../src/adapters/solvers/column-generation-solver";
import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../src/adapters/solvers/network-solver";
import { createRestrictedMipSolver } from "../../../src/adapters/solvers/restricted-mip-solver";
import { checkPrimal, isPrimalFeasible } from "../../../src/core/lp/check-primal";
import { createModelBuilder } from "../../../src/core/lp/model-builder";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import { findFault } from "./judge-engines";
import { seededRandom } from "./random-network";

const highs = createHighsSolver(createHighsLoader());

interface Options {
  /** Share of what is owned that an issuer's assets may be posted for, after haircut; undefined for no such rows. */
  readonly issuerShare?: number;
  /** True for a fixed charge and a least amount on every posting. */
  readonly withSwitches?: boolean;
}

/** A book of 15 assets and 4 agreements, with rows that are no network. */
function book(seed: number, { issuerShare, withSwitches }: Options): LinearModel {
  const random = seededRandom(seed);
  const builder = createModelBuilder();
  const owned = Array.from({ length: 15 }, () => 20 + 80 * random());
  const inventory = owned.map((units) => builder.addRow({ upper: units }));
  const cover = Array.from({ length: 4 }, () => builder.addRow({ lower: 60 + 90 * random() }));
  const issuers = [0, 1, 2].map((k) =>
    issuerShare === undefined ? -1 : builder.addRow({ upper: issuerShare * owned.filter((_, i) => i % 3 === k).reduce((a, b) => a + b, 0) }),
  );
  owned.forEach((units, i) => {
    cover.forEach((row) => {
      if (random() < 0.3) return;
      const value = 1 - 0.4 * random();
      const column = builder.addColumn({ cost: 0.001 + 0.03 * random(), upper: units });
      builder.addEntry(inventory[i]!, column, 1);
      builder.addEntry(row, column, value);
      if (issuers[i % 3]! >= 0) builder.addEntry(issuers[i % 3]!, column, value);
      if (!withSwitches) return;
      const onOff = builder.addColumn({ cost: 0.05 * random(), upper: 1, integer: true });
      const most = builder.addRow({ upper: 0 });
      builder.addEntry(most, column, 1);
      builder.addEntry(most, onOff, -units);
      const least = builder.addRow({ lower: 0 });
      builder.addEntry(least, column, 1);
      builder.addEntry(least, onOff, -10);
    });
  });
  cover.forEach((row) => builder.addEntry(row, builder.addColumn({ cost: 5 }), 1));
  return builder.build();
}

describe("column generation beside HiGHS", () => {
  const engine = createColumnGenerationSolver(createNetworkSolver(), highs, 0);
  it("is optimal for the whole model, duals included", async () => {
    const faults: string[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const model = book(seed, { issuerShare: 0.2 + 0.01 * seed });
      const answer = await engine.solve(model);
      const fault = findFault(model, answer, await highs.solve(model));
      if (fault) faults.push(`seed ${seed}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });
  it("leaves a pure network to the network engine", async () => {
    expect(await engine.solve(book(1, {}))).toMatchObject({ terminationStatus: "notSupported" });
  });
});

describe("the restricted start for whole numbers beside HiGHS", () => {
  const engine = createRestrictedMipSolver([createNetworkSolver(), highs], highs, 0);
  it("reaches the same optimum, with a bound that holds for the whole model", async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const model = book(seed, { withSwitches: true });
      const limits = { relativeGap: 1e-4 };
      const answer = await engine.solve(model, { limits });
      const reference = await highs.solve(model, { limits });
      expect(answer.terminationStatus).toBe("optimal");
      expect(isPrimalFeasible(checkPrimal(model, answer.primal))).toBe(true);
      expect(answer.bound).toBeLessThanOrEqual(reference.objective * (1 + 1e-9));
      expect(Math.abs(answer.objective - reference.objective)).toBeLessThanOrEqual(2e-4 * reference.objective);
    }
  });
});
