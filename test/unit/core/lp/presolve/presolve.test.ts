import { checkDual } from "../../../../../src/core/lp/check-dual";
import { createModelBuilder } from "../../../../../src/core/lp/model-builder";
import { forceRows } from "../../../../../src/core/lp/presolve/force-rows";
import { estimateSavings, presolve } from "../../../../../src/core/lp/presolve/presolve";

/** Two assets alike, 30 and 10 of them, and a dear third one, for calls of 27 and 18 at a haircut of 10 %. */
function twinAssets() {
  const builder = createModelBuilder();
  const owned = [30, 10, 100].map((upper) => builder.addRow({ upper }));
  const calls = [27, 18].map((lower) => builder.addRow({ lower }));
  [1, 1, 3].forEach((cost, i) =>
    calls.forEach((call) => {
      const column = builder.addColumn({ cost });
      builder.addEntry(owned[i]!, column, 1);
      builder.addEntry(call, column, 0.9);
    }),
  );
  return builder.build();
}

describe("presolve", () => {
  it("merges assets that are alike and gives each its part and the same price back", () => {
    const model = twinAssets();
    const reduction = presolve(model)!;
    expect(reduction.what).toContain("2 rows alike merged into 1");
    expect([reduction.model.columnCount, reduction.model.rowCount]).toEqual([4, 4]);
    // 30 and 20 are needed: all 40 of the twins and 10 of the dear one. One more twin saves 3 - 1 = 2.
    const pair = reduction.undo({ primal: Float64Array.of(30, 10, 0, 10), dual: Float64Array.of(-2, 0, 3 / 0.9, 3 / 0.9) });
    expect([...pair.primal]).toEqual([30, 0, 0, 10, 0, 10]);
    expect([...pair.dual]).toEqual([-2, -2, 0, 3 / 0.9, 3 / 0.9]);
    expect(checkDual(model, pair).relativeGap).toBeLessThan(1e-15);
  });
  it("turns a call that only its shortfall can cover into a bound, with the shortfall's cost as its price", () => {
    const builder = createModelBuilder();
    const unreachable = builder.addRow({ lower: 7 });
    const call = builder.addRow({ lower: 4 });
    const shortfall = builder.addColumn({ cost: 100 });
    builder.addEntry(unreachable, shortfall, 2);
    [1, 2].forEach((cost) => builder.addEntry(call, builder.addColumn({ cost, upper: 3 }), 1));
    const reduction = presolve(builder.build())!;
    // 3.5 of shortfall are known; 3 + 1 of the two others are left to an engine.
    const pair = reduction.undo({ primal: Float64Array.of(3, 1), dual: Float64Array.of(2) });
    expect([...pair.primal]).toEqual([3.5, 3, 1]);
    expect([...pair.dual]).toEqual([50, 2]);
  });
  it("drops the dearer of two ways to the same place, but not one that is better in another respect", () => {
    const ways = (value: number) => {
      const builder = createModelBuilder();
      const owned = builder.addRow({ upper: 10 });
      const call = builder.addRow({ lower: 3 });
      const other = builder.addRow({ lower: 1 });
      for (const [cost, gives] of [
        [1, 1],
        [2, value],
      ] as const) {
        const column = builder.addColumn({ cost });
        builder.addEntry(owned, column, 1);
        builder.addEntry(call, column, gives);
      }
      const rest = builder.addColumn({ cost: 5 });
      builder.addEntry(owned, rest, 1);
      builder.addEntry(other, rest, 1);
      return builder.build();
    };
    expect(presolve(ways(0.9))?.what).toContain("1 dominated columns");
    expect(presolve(ways(1.1))?.what ?? "").not.toContain("dominated");
  });
  it("fixes what a limit of zero and a call for all that there is leave no choice, and prices both", () => {
    const builder = createModelBuilder();
    const limit = builder.addRow({ upper: 0 });
    const all = builder.addRow({ lower: 9 });
    const call = builder.addRow({ lower: 6 });
    // Two that the limit forbids, the cheapest there are; two of which all 5 and all 4 are called for; one for the rest of the call.
    for (const cost of [1, 2]) {
      const column = builder.addColumn({ cost, upper: 8 });
      builder.addEntry(limit, column, 2);
      builder.addEntry(call, column, 1);
    }
    for (const upper of [5, 4]) builder.addEntry(all, builder.addColumn({ cost: 3, upper }), 1);
    const rest = builder.addColumn({ cost: 7, upper: 10 });
    builder.addEntry(call, rest, 1);
    const other = builder.addColumn({ cost: 8, upper: 10 });
    builder.addEntry(call, other, 1);
    const model = builder.build();
    const reduction = forceRows(model)!;
    expect(reduction.what).toBe("4 columns forced by 2 rows");
    expect([reduction.model.columnCount, reduction.model.rowCount]).toEqual([2, 1]);
    const pair = reduction.undo({ primal: Float64Array.of(6, 0), dual: Float64Array.of(7) });
    expect([...pair.primal]).toEqual([0, 0, 5, 4, 6, 0]);
    // A unit of the limit would let half a unit of the first in, which saves 7 - 1; one less called for of the dear pair saves 3.
    expect([...pair.dual]).toEqual([-3, 3, 7]);
    expect(checkDual(model, pair)).toMatchObject({ gap: 0, dualInfeasibility: 0 });
  });
  it("leaves rows that pull a column to different ends to an engine", () => {
    const builder = createModelBuilder();
    const column = builder.addColumn({ cost: 1, upper: 5 });
    builder.addEntry(builder.addRow({ upper: 0 }), column, 1);
    builder.addEntry(builder.addRow({ lower: 5 }), column, 1);
    expect(forceRows(builder.build())).toBeUndefined();
  });
  it("leaves models with whole numbers and rows that cannot be kept alone", () => {
    const builder = createModelBuilder();
    builder.addEntry(builder.addRow({ lower: 5 }), builder.addColumn({ upper: 4 }), 1);
    expect(presolve(builder.build())).toBeUndefined();
    const model = twinAssets();
    expect(presolve({ ...model, integer: new Uint8Array(model.columnCount).fill(1) })).toBeUndefined();
  });
});

describe("estimateSavings", () => {
  it("sees rows whose sums are the same", () => {
    // Two of the six columns would go with the twin.
    expect(estimateSavings(twinAssets())).toBeCloseTo(1 / 3, 12);
  });
  it("sees columns that limits of zero hold, but not those of a share that is at most zero", () => {
    const builder = createModelBuilder();
    const [limit, share] = [builder.addRow({ upper: 0 }), builder.addRow({ upper: 0 })];
    const [first, second, third] = [1, 2, 3].map((cost) => builder.addColumn({ cost, upper: 5 }));
    builder.addEntry(limit, first!, 0.9);
    builder.addEntry(limit, second!, 0.8);
    builder.addEntry(share, second!, 1);
    builder.addEntry(share, third!, -0.3);
    expect(estimateSavings(builder.build())).toBeCloseTo(2 / 3, 12);
  });
});
