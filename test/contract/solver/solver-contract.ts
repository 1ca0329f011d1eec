import { checkDual } from "../../../src/core/lp/check-dual";
import { checkPrimal } from "../../../src/core/lp/check-primal";
import { createModelBuilder } from "../../../src/core/lp/model-builder";
import type { Solver, SolveResult } from "../../../src/core/lp/solver";
import { INTEGER_CASES, LINEAR_CASES, type KnownCase } from "./linear-cases";

/** What an engine does not claim: cases that it may refuse, but must not answer wrongly. */
export interface Declared {
  /** Names of cases that the engine may pass over with notSupported or numericalError. */
  readonly mayRefuse?: readonly string[];
  /** True for an engine that takes only models whose columns have at most two entries. */
  readonly networksOnly?: boolean;
}

/** Runs the one suite of the Solver port on an engine, for everything that its capabilities declare. */
export function describeSolver(name: string, create: () => Solver, declared: Declared = {}): void {
  describe(`${name} as a Solver`, () => {
    const solver = create();
    const { capabilities } = solver;
    for (const known of LINEAR_CASES) {
      it(`solves ${known.name}`, async () => {
        expectAnswer(known, await solver.solve(known.model), solver, declared);
      });
    }
    for (const known of INTEGER_CASES) {
      it(`${capabilities.integers ? "solves" : "refuses"} ${known.name}`, async () => {
        const result = await solver.solve(known.model);
        if (capabilities.integers) expectAnswer(known, result, solver, declared);
        else expect(result.terminationStatus).toBe("notSupported");
      });
    }
    it("leaves the model as it was", async () => {
      const { model } = LINEAR_CASES[1]!;
      const before = JSON.stringify(model, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)].map(String) : value));
      await solver.solve(model);
      const after = JSON.stringify(model, (_, value: unknown) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)].map(String) : value));
      expect(after).toBe(before);
    });
    it("gives the same answer twice", async () => {
      const { model } = LINEAR_CASES[1]!;
      const first = await solver.solve(model);
      const second = await solver.solve(model);
      expect([...second.primal]).toEqual([...first.primal]);
    });
    it("adds the objective's constant", async () => {
      const builder = createModelBuilder();
      builder.addColumn({ cost: 2 });
      builder.addOffset(7);
      builder.addEntry(builder.addRow({ lower: 3 }), 0, 1);
      expect((await solver.solve(builder.build())).objective).toBeCloseTo(13, 9);
    });
    if (capabilities.basis) {
      it("accepts its own basis as a start", async () => {
        const { model } = LINEAR_CASES[1]!;
        const first = await solver.solve(model);
        expect(first.basis).toBeDefined();
        const second = await solver.solve(model, { start: { basis: first.basis! } });
        expect(second.terminationStatus).toBe("optimal");
        expect(second.objective).toBeCloseTo(220, 9);
      });
      it("starts from a basis as one that has solved nothing before, to the last bit", async () => {
        const { model } = LINEAR_CASES[1]!;
        const first = await solver.solve(model);
        const asked = { ...model, rowLower: model.rowLower.map((bound) => bound * 1.01) };
        const start = { basis: first.basis! };
        const known = await solver.solve(asked, { start });
        const fresh = await create().solve(asked, { start });
        expect([...known.primal]).toEqual([...fresh.primal]);
        expect([...known.dual]).toEqual([...fresh.dual]);
      });
    }
  });
}

function expectAnswer(known: KnownCase, result: SolveResult, solver: Solver, declared: Declared): void {
  const mayRefuse = declared.mayRefuse?.includes(known.name) || (declared.networksOnly && !known.isNetwork);
  if (mayRefuse && ["notSupported", "numericalError"].includes(result.terminationStatus)) return;
  expect({ status: result.terminationStatus, raw: result.rawStatus }).toEqual({ status: known.status, raw: result.rawStatus });
  if (known.status !== "optimal") return;
  const tolerance = solver.capabilities.precision * 10;
  expectNear(result.objective, known.objective!, tolerance);
  expect(result.primalStatus).toBe("feasiblePoint");
  const check = checkPrimal(known.model, result.primal);
  expect(check.relativeRowViolation).toBeLessThanOrEqual(tolerance);
  expect(check.relativeBoundViolation).toBeLessThanOrEqual(tolerance);
  expectNear(check.objective, result.objective, 1e-12);
  known.primal?.forEach((value, c) => expectNear(result.primal[c]!, value, tolerance));
  if (!solver.capabilities.duals || known.model.integer || result.dualStatus === "noSolution") return;
  const dual = checkDual(known.model, result);
  expect(dual.dualInfeasibility).toBeLessThanOrEqual(1e-9);
  expect(dual.relativeGap).toBeLessThanOrEqual(1e-9);
  known.dual?.forEach((value, r) => expectNear(result.dual[r]!, value, 1e-9));
  dual.reducedCosts.forEach((value, c) => expectNear(result.reducedCosts[c]!, value, 1e-9));
}

function expectNear(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(Math.abs(expected), 1e-9));
}
