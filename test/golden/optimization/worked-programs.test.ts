import { createJavascriptLpSolver } from "../../../src/adapters/solvers/javascript-lp-solver";
import type { LinearModel } from "../../../src/core/lp/linear-model";
import { createModelBuilder } from "../../../src/core/lp/model-builder";
import { createBasisState } from "../../../src/core/lp/parametric/basis-state";
import { costRange } from "../../../src/core/lp/parametric/cost-range";
import { followChange } from "../../../src/core/lp/parametric/follow-change";
import { createTimelessSolver } from "../../support/timeless-solver";
import examples from "../../fixtures/worked-examples.json";

const example = (id: string): any => (examples as unknown as { examples: any[] }).examples.find((candidate) => candidate.id === id);
const solver = createTimelessSolver();

/** LP-03 as a minimum: Maximize x1 + 2 x2 + 4 x3 + x4. */
const lp03 = (): LinearModel => {
  const builder = createModelBuilder();
  const columns = [
    { cost: -1, upper: 40 },
    { cost: -2 },
    { cost: -4 },
    { cost: -1, lower: 2, upper: 3 },
  ].map((column) => builder.addColumn(column));
  const rows: readonly (readonly [{ readonly lower?: number; readonly upper?: number }, readonly number[]])[] = [
    [{ upper: 20 }, [-1, 1, 1, 10]],
    [{ upper: 30 }, [1, -4, 1, 0]],
    [{ lower: 0, upper: 0 }, [0, 1, 0, -0.5]],
  ];
  for (const [bounds, values] of rows) {
    const row = builder.addRow(bounds);
    values.forEach((value, at) => builder.addEntry(row, columns[at]!, value));
  }
  return builder.build();
};

describe("worked linear programs", () => {
  const { expected } = example("LP-03");

  test.each([
    ["the chosen engine", solver],
    ["javascript-lp-solver", createJavascriptLpSolver()],
  ])("LP-03: optimum of %s", async (_name, engine) => {
    const { terminationStatus, objective, primal } = await engine.solve(lp03());
    expect(terminationStatus).toBe("optimal");
    expect(-objective).toBeCloseTo(expected.objective, 6);
    expected.x.forEach((value: number, at: number) => expect(primal[at]).toBeCloseTo(value, 6));
  });

  test("LP-03: duals, reduced costs, and how far they hold", async () => {
    const model = lp03();
    const { dual, reducedCosts, basis } = await solver.solve(model);
    expected.row_duals_c1_c2.forEach((value: number, row: number) => expect(-dual[row]!).toBeCloseTo(value, 6));
    expect(-reducedCosts[3]!).toBeCloseTo(expected.reduced_cost_x4, 6);

    // With x4 = 2 and x2 = 1: x1 = (55 - b1) / 2, x3 = (13 + b1) / 2 by c1, and x1 = (b2 + 5) / 2, x3 = (b2 + 3) / 2 by c2.
    const state = createBasisState(model, basis!)!;
    const piece = (row: number, up: number): { slope: number; upTo: number } =>
      followChange(state, [{ variable: row, lower: 0, upper: up }], { left: 1e9 });
    const [c1, c2] = [4, 5];
    // b1 from 20 to 55 (x1 = 0) or -13 (x3 = 0); b2 from 30 to 75 (x1 = 40) or -3 (x3 = 0).
    expect(piece(c1, 1)).toMatchObject({ slope: expect.closeTo(-1.5, 9), upTo: expect.closeTo(35, 9) });
    expect(piece(c1, -1)).toMatchObject({ slope: expect.closeTo(1.5, 9), upTo: expect.closeTo(33, 9) });
    expect(piece(c2, 1)).toMatchObject({ slope: expect.closeTo(-2.5, 9), upTo: expect.closeTo(45, 9) });
    expect(piece(c2, -1)).toMatchObject({ slope: expect.closeTo(2.5, 9), upTo: expect.closeTo(33, 9) });
    // Least x4 above 2: x1 = 17.5 + 6.25 t reaches 40 before x3 = 16.5 - 4.25 t reaches 0.
    const least = followChange(state, [{ variable: 3, lower: 1, upper: 1 }], { left: 1e9 });
    expect(least).toMatchObject({ slope: expect.closeTo(8.75, 9), upTo: expect.closeTo(3.6, 9) });

    // Profit of x1 between -4 (dual of c2 = 0) and 2.4, of x3 from 33 / 17: there x4 would leave its bound, -15 + 6.25 c1 = 0 and 8.25 - 4.25 c3 = 0.
    const all = new Set([0, 1, 2, 3]);
    const range = (column: number, up: number): number | undefined => costRange(state, new Map([[column, -up]]), all, { left: 1e9 });
    expect(range(0, 1)).toBeCloseTo(1.4, 9);
    expect(range(0, -1)).toBeCloseTo(5, 9);
    expect(range(2, 1)).toBe(Infinity);
    expect(range(2, -1)).toBeCloseTo(4 - 33 / 17, 9);
  });

  test("OPT-04: two stages with CVaR of the shortfall, as the linear program of Rockafellar and Uryasev", async () => {
    const { inputs, expected: wanted } = example("OPT-04");
    const builder = createModelBuilder();
    const posted = builder.addColumn({ cost: inputs.unit_cost });
    const level = builder.addColumn({ cost: inputs.lambda, lower: -Infinity });
    for (const { p, requirement } of inputs.scenarios) {
      const short = builder.addColumn();
      const beyond = builder.addColumn({ cost: (inputs.lambda * p) / (1 - inputs.alpha) });
      const cover = builder.addRow({ lower: requirement });
      builder.addEntry(cover, posted, 1);
      builder.addEntry(cover, short, 1);
      // beyond >= short - level
      const tail = builder.addRow({ lower: 0 });
      builder.addEntry(tail, beyond, 1);
      builder.addEntry(tail, level, 1);
      builder.addEntry(tail, short, -1);
    }
    const { objective, primal } = await solver.solve(builder.build());
    expect(primal[posted]).toBeCloseTo(wanted.x, 6);
    expect(objective).toBeCloseTo(wanted.objective, 6);
    expect(objective - inputs.unit_cost * primal[posted]!).toBeCloseTo(wanted.cvar_shortfall, 6);
  });
});
