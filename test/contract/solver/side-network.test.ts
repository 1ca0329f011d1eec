import { generateAllocationModel } from "../../../bench/solve/allocation-model";
import { createSideNetworkSolver } from "../../../src/adapters/solvers/side-network-solver";
import { createModelBuilder } from "../../../src/core/lp/model-builder";

/** Two assets, two agreements and a cap on what both post together, which crosses the inventories. */
function cappedBook(cap: number) {
  const builder = createModelBuilder();
  const inventory = [100, 100].map((upper) => builder.addRow({ upper }));
  const cover = [60, 50].map((lower) => builder.addRow({ lower }));
  const capRow = builder.addRow({ upper: cap });
  const cost = [1, 2];
  inventory.forEach((asset, i) =>
    cover.forEach((agreement, j) => {
      const column = builder.addColumn({ cost: cost[i]! });
      builder.addEntry(asset, column, 1);
      builder.addEntry(agreement, column, 1);
      // The cheap asset counts half against the cap, the dear one a quarter, and that only at the first agreement.
      if (i === 0 || j === 0) builder.addEntry(capRow, column, i === 0 ? 0.5 : 0.25);
    }),
  );
  return { model: builder.build(), capRow };
}

/** A generated book whose caps across agreements leave `share` of what is owned; what is not covered costs many times the dearest delivery. */
function bookWithShortfall(share: number) {
  const [assets, agreements, issuerRows] = [200, 12, 8];
  const book = generateAllocationModel({ assets, agreements, seed: 3, issuerRows });
  const firstCap = book.rowCount - issuerRows;
  const entries = book.indices.length;
  const add = <T extends Int32Array | Float64Array>(made: T, values: T): T => (made.set(values), made);
  const columnCount = book.columnCount + agreements;
  const starts = add(new Int32Array(columnCount + 1), book.starts);
  const indices = add(new Int32Array(entries + agreements), book.indices);
  for (let j = 0; j < agreements; j++) {
    indices[entries + j] = assets + j;
    starts[book.columnCount + j + 1] = entries + j + 1;
  }
  const rowUpper = book.rowUpper.map((bound, r) => (r >= firstCap ? (bound / 0.65) * share : bound));
  const values = add(new Float64Array(entries + agreements).fill(1), book.values);
  const objective = add(new Float64Array(columnCount).fill(1000), book.objective);
  const columnUpper = add(new Float64Array(columnCount).fill(Infinity), book.columnUpper);
  return { ...book, columnCount, starts, indices, values, objective, columnLower: new Float64Array(columnCount), columnUpper, rowUpper };
}

/** A stage of a run as it reached the engine, with the basis that it was given for a start. */
function nearlyGainlessCycle() {
  const builder = createModelBuilder();
  const rows = [
    ...[4.166666666666667, 0.014184397163120567, 0.07092198581560284, 0.2349290780141844].map((upper) => builder.addRow({ upper })),
    ...[0.824468085106383, 1].map((call) => builder.addRow({ lower: call, upper: call })),
    builder.addRow({ lower: 0, upper: 0 }),
    builder.addRow({ lower: 0, upper: 0 }),
    ...[-Infinity, 0].flatMap(() => [builder.addRow({ lower: 0, upper: 0 }), builder.addRow({ upper: 0 })]),
  ];
  const add = (upper: number, entries: readonly (readonly [row: number, value: number])[], cost = 0): void => {
    const column = builder.addColumn({ cost, upper });
    for (const [row, value] of entries) builder.addEntry(rows[row]!, column, value);
  };
  const owned = [0.7978723404255319, 0.1773049645390071];
  add(owned[0]!, [[6, 1]]);
  add(Infinity, [
    [0, 1],
    [6, 1],
  ]);
  add(owned[1]!, [[7, 1]]);
  add(Infinity, [
    [0, 1],
    [7, 1],
  ]);
  add(0.8244680859408512, [[4, 1]]);
  add(0, [[4, -1]]);
  add(Infinity, [[5, 1]], 1);
  add(0, [[5, -1]]);
  const slabs = [0.44326241134751776, 1.3297872340425532, Infinity];
  [0.8200000000000001, 0.52, 0.22000000000000008].forEach((ratio, t) =>
    add(slabs[t]!, [
      [4, ratio],
      [6, -1],
      [8, ratio],
      [9, ratio],
    ]),
  );
  [0.9, 0.6, 0.30000000000000004].forEach((ratio, t) =>
    add(slabs[t]!, [
      [5, ratio],
      [7, -1],
      [10, ratio],
      [11, ratio],
    ]),
  );
  add(Infinity, [
    [8, -1],
    [9, -0.8],
  ]);
  add(Infinity, [
    [10, -1],
    [11, -0.9998046875],
  ]);
  const prices = Float64Array.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2559.0000000001455, -2560.0000000001455]);
  const columns = Int32Array.from([0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1]);
  const basicRows = Int32Array.from([1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 2]);
  return { model: builder.build(), basis: { columns, rows: basicRows, prices } };
}

describe("createSideNetworkSolver", () => {
  it("solves a book with a cap across agreements, with the price of the cap", async () => {
    // 110 needed in all. Without the cap: 100 cheap + 10 dear = 120, which takes 50 of the cap. With 40: 80 cheap and
    // 30 dear at the second agreement: 140. One more of the cap makes 2 cheap of 2 dear: -2.
    const { model, capRow } = cappedBook(40);
    const result = await createSideNetworkSolver().solve(model);
    expect(result).toMatchObject({ terminationStatus: "optimal", primalStatus: "feasiblePoint", dualStatus: "feasiblePoint" });
    expect(result.objective).toBeCloseTo(140, 9);
    expect(result.dual[capRow]).toBeCloseTo(-2, 9);
    expect(result.basis?.rows[capRow]).toBe(2);
  });
  it("starts again from a basis and its prices, whatever it has solved before", async () => {
    const book = generateAllocationModel({ assets: 40, agreements: 6, seed: 3, issuerRows: 4 });
    const solver = createSideNetworkSolver();
    const { basis } = await solver.solve(book);
    const called = { ...book, rowLower: book.rowLower.map((bound) => bound * 1.01) };
    const start = { basis: basis! };
    await solver.solve(cappedBook(40).model);
    const known = await solver.solve(called, { start });
    const fresh = await createSideNetworkSolver().solve(called, { start });
    expect(known.terminationStatus).toBe("optimal");
    expect([...known.primal]).toEqual([...fresh.primal]);
    expect(known.iterations).toBe(fresh.iterations);
    expect(known.iterations).toBeLessThan((await solver.solve(called)).iterations);
  });
  it("gives a cap that does not bind no price", async () => {
    const { model, capRow } = cappedBook(60);
    const result = await createSideNetworkSolver().solve(model);
    expect(result.objective).toBeCloseTo(120, 9);
    expect(result.dual[capRow]).toBe(0);
    expect(result.basis?.rows[capRow]).toBe(1);
  });
  it("proves that a cap cannot be kept", async () => {
    // All 100 dear: 50 at the second agreement, 50 at the first, and 10 cheap: 50 x 0.25 + 10 x 0.5 = 17.5 at least.
    const result = await createSideNetworkSolver().solve(cappedBook(17).model);
    expect(result).toMatchObject({ terminationStatus: "infeasible", dualStatus: "infeasibilityCertificate" });
  });
  it("takes pivots of the same order for caps that leave needs open as for caps that can be kept", async () => {
    const solver = createSideNetworkSolver();
    const kept = await solver.solve(bookWithShortfall(0.65));
    const broken = await solver.solve(bookWithShortfall(0.4));
    expect([kept.terminationStatus, broken.terminationStatus]).toEqual(["optimal", "optimal"]);
    expect(kept.objective).toBeLessThan(1000);
    expect(broken.objective).toBeGreaterThan(100_000);
    // Fifteen times as many where the caps' prices climb by widened penalties.
    expect(broken.iterations).toBeLessThan(4 * kept.iterations);
  });
  it("gives the same answer to an edited book whether it has taken such a book apart before or not", async () => {
    const book = generateAllocationModel({ assets: 40, agreements: 6, seed: 3, issuerRows: 4 });
    const solver = createSideNetworkSolver();
    await solver.solve(book);
    for (const edited of [
      { ...book, rowUpper: book.rowUpper.map((bound) => bound * 1.01) },
      { ...book, values: book.values.map((value) => (value === 1 ? 1 : value * 1.01)) },
    ]) {
      const known = await solver.solve(edited);
      const fresh = await createSideNetworkSolver().solve(edited);
      expect(known.terminationStatus).toBe("optimal");
      expect([...known.primal]).toEqual([...fresh.primal]);
      expect([...known.dual]).toEqual([...fresh.dual]);
    }
  });
  it("refuses whole numbers and plain networks", async () => {
    const { model } = cappedBook(40);
    const whole = { ...model, integer: new Uint8Array(model.columnCount).fill(1) };
    expect(await createSideNetworkSolver().solve(whole)).toMatchObject({ terminationStatus: "notSupported", rawStatus: "it has whole numbers" });
  });
  it("ends when its time is over before it has begun", async () => {
    const result = await createSideNetworkSolver().solve(cappedBook(40).model, { limits: { timeSeconds: 0 } });
    expect(result).toMatchObject({ terminationStatus: "timeLimit", primalStatus: "noSolution" });
  });
  it("ends where a tier's cycle gives back all but a trace and prices are thousands of costs apart", async () => {
    // Two calls met from three slabs each, with limits on shares of what is posted; the last basis makes two slabs of the
    // second take turns, each seeming to save what is only noise, for ever unless something ends it.
    const { model, basis } = nearlyGainlessCycle();
    const result = await createSideNetworkSolver().solve(model, { start: { basis } });
    // As HiGHS says: the second call is short of all that it asks.
    expect(result).toMatchObject({ terminationStatus: "optimal", primalStatus: "feasiblePoint", dualStatus: "feasiblePoint" });
    expect(result.objective).toBeCloseTo(1, 9);
  });
});
