import { createHighsSolver } from "../../../src/adapters/solvers/highs-solver";
import { createHighsLoader } from "../../../src/adapters/solvers/load-highs";
import { createNetworkSolver } from "../../../src/adapters/solvers/network-solver";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import { createModelBuilder } from "../../../src/core/lp/model-builder";
import { createBasisState, type BasisState } from "../../../src/core/lp/parametric/basis-state";
import { costRange } from "../../../src/core/lp/parametric/cost-range";
import { followChange } from "../../../src/core/lp/parametric/follow-change";
import { polishBasis } from "../../../src/core/lp/parametric/polish-basis";
import type { Solver } from "../../../src/core/lp/solver";
import { seededRandom } from "./random-network";

const highs = createHighsSolver(createHighsLoader());
const network = createNetworkSolver();

/**
 * A small book: inventory rows first, then coverage. Whole numbers make degenerate and tied answers frequent.
 *
 * @param withShares adds limits of a share of what is posted, so that the model is no network
 */
const book = (seed: number, withShares: boolean): LinearModel => {
  const random = seededRandom(seed);
  const whole = (most: number): number => 1 + Math.floor(most * random());
  const builder = createModelBuilder();
  const isRound = seed % 2 === 0;
  const inventory = [0, 1, 2, 3, 4].map(() => builder.addRow({ upper: isRound ? whole(4) : 4 * random() }));
  const cover = [0, 1, 2].map(() => {
    const amount = isRound ? whole(3) : 0.2 + 2.5 * random();
    return builder.addRow({ lower: amount, upper: amount });
  });
  for (const row of cover) {
    const share = withShares ? builder.addRow({ upper: 0 }) : -1;
    // Nested in the coverage row, so that an engine for networks may rest it at a bound of 0 that the model does not state.
    const nested = withShares ? -1 : builder.addRow({ upper: isRound ? whole(2) : 2 * random() });
    inventory.forEach((line, i) => {
      if (random() < 0.2) return;
      const column = builder.addColumn({ cost: isRound ? whole(5) : 5 * random(), upper: random() < 0.3 ? whole(2) : Infinity });
      builder.addEntry(line, column, 1);
      const value = isRound ? [1, 0.5][whole(2) - 1]! : 0.5 + 0.5 * random();
      builder.addEntry(row, column, value);
      if (nested >= 0 && i < 2) builder.addEntry(nested, column, value);
      if (share >= 0) builder.addEntry(share, column, i === 0 ? 0.5 : -0.5);
    });
    builder.addEntry(row, builder.addColumn({ cost: 40 }), 1);
    builder.addEntry(row, builder.addColumn({ cost: 0.5, upper: 0.3 }), -1);
  }
  return builder.build();
};

const moved = (model: LinearModel, row: number, by: number): LinearModel => ({
  ...model,
  rowLower: model.rowLower.map((bound, r) => (r === row ? bound + by : bound)),
  rowUpper: model.rowUpper.map((bound, r) => (r === row ? bound + by : bound)),
});

const leastCost = async (model: LinearModel): Promise<number> => {
  const result = await highs.solve(model);
  return result.terminationStatus === "optimal" ? result.objective : Infinity;
};

const stateOf = async (model: LinearModel, engine: Solver): Promise<BasisState> => {
  const { basis } = await engine.solve(model);
  const state = basis && createBasisState(model, basis);
  const polished = state && polishBasis(state, budget());
  if (polished === undefined) throw new Error("no basis to start from");
  return polished;
};

const budget = (): { left: number } => ({ left: 1e9 });

describe.each([
  ["network simplex", network, false],
  ["HiGHS", highs, true],
] as const)("ranging from a basis of %s", (_, engine, withShares) => {
  test("right-hand sides: the slope holds inside its range and not beyond, in both directions", async () => {
    let pairs = 0;
    let bends = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const model = book(seed, withShares);
      const state = await stateOf(model, engine);
      const cost = await leastCost(model);
      for (let row = 0; row < 8; row++) {
        const slopes: number[] = [];
        for (const sign of [1, -1]) {
          const change = { variable: model.columnCount + row, lower: sign, upper: sign };
          const piece = followChange(state, [change], budget());
          expect(piece.then).not.toBe("unknown");
          if (piece.slope === Infinity) continue;
          slopes.push(sign * piece.slope);
          const far = Number.isFinite(piece.upTo) ? piece.upTo : 5;
          for (const share of [0.37, 0.999]) {
            expect(await leastCost(moved(model, row, sign * far * share))).toBeCloseTo(cost + piece.slope * far * share, 6);
          }
          if (piece.then === "bend") {
            bends++;
            expect(await leastCost(moved(model, row, sign * (far + 0.05)))).toBeGreaterThan(cost + piece.slope * (far + 0.05) + 1e-7);
          }
          if (piece.then === "none") expect(await leastCost(moved(model, row, sign * (far + 0.01)))).toBe(Infinity);
        }
        if (slopes.length === 2 && Math.abs(slopes[0]! - slopes[1]!) > 1e-6) pairs++;
      }
    }
    // The books must hold both: ranges that end, and points where one more is not worth what one less is.
    expect(bends).toBeGreaterThan(50);
    expect(pairs).toBeGreaterThan(10);
  });

  test("an unused column comes in when it is cheaper by more than it says, not by less", async () => {
    let tried = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const model = book(seed, withShares);
      const state = await stateOf(model, engine);
      const { primal, objective } = await engine.solve(model);
      for (let column = 0; column < model.columnCount; column++) {
        if (primal[column]! > 1e-9 || model.columnUpper[column]! <= 0) continue;
        const { slope } = followChange(state, [{ variable: column, lower: 1, upper: 0 }], budget(), { furthest: model.columnUpper[column]! });
        if (!Number.isFinite(slope) || slope < 1e-3) continue;
        tried++;
        const cheaper = (by: number): LinearModel => ({ ...model, objective: model.objective.map((c, k) => (k === column ? c - by : c)) });
        expect(await leastCost(cheaper(slope * 0.999))).toBeCloseTo(objective, 7);
        expect(await leastCost(cheaper(slope * 1.01))).toBeLessThan(objective - 1e-9);
      }
    }
    expect(tried).toBeGreaterThan(75);
  });

  test("costs: the point stays the best inside the range and not beyond", async () => {
    let ended = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const model = book(seed, withShares);
      const state = await stateOf(model, engine);
      const watched = new Set(Array.from({ length: model.columnCount }, (_, c) => c));
      for (let column = 0; column < model.columnCount; column++) {
        const amount = state.value[column]!;
        if (amount <= 1e-6) continue;
        for (const sign of [1, -1]) {
          const range = costRange(state, new Map([[column, sign]]), watched, budget());
          if (range === undefined) throw new Error("too much work for so small a model");
          const changed = (by: number): LinearModel => ({
            ...model,
            objective: model.objective.map((c, k) => (k === column ? c + sign * by : c)),
          });
          const kept = (by: number): number => model.objective.reduce((sum, c, k) => sum + c * state.value[k]!, 0) + sign * by * amount;
          const inside = Number.isFinite(range) ? range : 10;
          expect(await leastCost(changed(inside))).toBeCloseTo(kept(inside), 6);
          if (!Number.isFinite(range)) continue;
          ended++;
          expect(await leastCost(changed(range + 0.1))).toBeLessThan(kept(range + 0.1) - 1e-8);
        }
      }
    }
    expect(ended).toBeGreaterThan(50);
  });
});
