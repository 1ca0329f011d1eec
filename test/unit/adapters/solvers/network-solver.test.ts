import { createNetworkSolver } from "../../../../src/adapters/solvers/network-solver";
import { generateWarmUpBook } from "../../../../src/adapters/solvers/warm-up-book";
import { checkDual } from "../../../../src/core/lp/check-dual";
import { checkPrimal } from "../../../../src/core/lp/check-primal";
import type { LinearModel } from "../../../../src/core/lp/linear-model";
import type { SolveResult } from "../../../../src/core/lp/solver";

/** About 20,000 columns: only a part of them is active, as in every large book. */
const book = generateWarmUpBook({ assets: 800, agreements: 50 });
const dearer: LinearModel = { ...book, rowLower: book.rowLower.map((bound, r) => (r % 7 === 0 ? bound * 1.05 : bound)) };

function expectOptimal(model: LinearModel, result: SolveResult): void {
  expect(result.terminationStatus).toBe("optimal");
  const primal = checkPrimal(model, result.primal);
  expect(primal.relativeRowViolation).toBeLessThan(1e-12);
  expect(primal.boundViolation).toBe(0);
  expect(result.objective).toBeCloseTo(primal.objective, 6);
  const dual = checkDual(model, result);
  expect(dual.dualInfeasibility).toBeLessThan(1e-12);
  expect(dual.relativeGap).toBeLessThan(1e-12);
  expect(Math.max(...dual.reducedCosts.map((d, c) => Math.abs(d - result.reducedCosts[c]!)))).toBeLessThan(1e-9);
}

describe("the network engine on one book after the other", () => {
  it("is optimal from nothing, after an edit and back again, and the same as an engine without a past", async () => {
    const engine = createNetworkSolver();
    const first = await engine.solve(book);
    expectOptimal(book, first);
    const edited = await engine.solve(dearer, { start: { basis: first.basis! } });
    expectOptimal(dearer, edited);
    expect(edited.iterations).toBeLessThan(first.iterations / 2);
    const alike = await createNetworkSolver().solve(dearer, { start: { basis: first.basis! } });
    expect(edited.primal).toEqual(alike.primal);
    expect(edited.dual).toEqual(alike.dual);
    expect(edited.iterations).toBe(alike.iterations);
    // From a basis that is not that of its last answer, and as a copy as a worker gets it.
    const back = await engine.solve(structuredClone(book), { start: { basis: structuredClone(first.basis!) } });
    expectOptimal(book, back);
    expect(back.iterations).toBe(0);
    const anew = await engine.solve(dearer);
    const fresh = await createNetworkSolver().solve(dearer);
    expect(anew.objective).toBe(fresh.objective);
    expect(anew.primal).toEqual(fresh.primal);
    expect(anew.iterations).toBe(fresh.iterations);
  });
  it("keeps no vector of a result that may be handed over", async () => {
    const engine = createNetworkSolver();
    const first = await engine.solve(book);
    structuredClone([first.primal, first.dual, first.reducedCosts], {
      transfer: [first.primal.buffer, first.dual.buffer, first.reducedCosts.buffer],
    });
    expectOptimal(dearer, await engine.solve(dearer, { start: { basis: first.basis! } }));
  });
  it("answers two books at a time", async () => {
    const engine = createNetworkSolver();
    const small = generateWarmUpBook({ assets: 30, agreements: 4 });
    const [large, little, again] = await Promise.all([engine.solve(book), engine.solve(small), engine.solve(dearer)]);
    expectOptimal(book, large);
    expectOptimal(small, little);
    expectOptimal(dearer, again);
  });
});
