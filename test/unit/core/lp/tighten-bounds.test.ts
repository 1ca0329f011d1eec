import { createModelBuilder } from "../../../../src/core/lp/model-builder";
import { extractSubModel, putBack } from "../../../../src/core/lp/sub-model";
import { tightenUpperBounds } from "../../../../src/core/lp/tighten-bounds";

/** Inventory 10; a call of 4 after a haircut of 20 % with at most 1 too much; a limit of 3 on the second line. */
const book = () => {
  const builder = createModelBuilder();
  const inventory = builder.addRow({ upper: 10 });
  const call = builder.addRow({ lower: 4, upper: 4 });
  const limit = builder.addRow({ upper: 3 });
  const first = builder.addColumn({ cost: 1 });
  const second = builder.addColumn({ cost: 2, lower: 0.5 });
  const excess = builder.addColumn({ upper: 1 });
  builder.addEntry(inventory, first, 1);
  builder.addEntry(call, first, 0.8);
  builder.addEntry(call, second, 1);
  builder.addEntry(call, excess, -1);
  builder.addEntry(limit, second, 1);
  return builder.build();
};

test("a column holds at most what its rows leave beside the least of the others", () => {
  const [first, second, excess] = tightenUpperBounds(book());
  // 0.8 x <= 4 + 1 - 0.5; y <= 3 by the limit, below the 5 that the call takes.
  expect(first).toBeCloseTo(4.5 / 0.8, 6);
  expect(second).toBeCloseTo(3, 6);
  expect(excess).toBe(1);
});

test("nothing is said of a column that no row limits", () => {
  const builder = createModelBuilder();
  const row = builder.addRow({ lower: 1 });
  builder.addEntry(row, builder.addColumn(), 1);
  expect([...tightenUpperBounds(builder.build())]).toEqual([Infinity]);
});

test("a sub-model has the rows of its columns, and what the others hold is taken off the bounds", () => {
  const model = book();
  const sub = extractSubModel(model, Int32Array.of(1), Float64Array.of(2, 1, 0));
  expect([...sub.model.rowLower]).toEqual([4 - 0.8 * 2, -Infinity]);
  expect([...sub.model.rowUpper]).toEqual([4 - 0.8 * 2, 3]);
  expect(sub.model.objectiveOffset).toBe(2);
  expect([...putBack(sub, Float64Array.of(2.4), Float64Array.of(2, 1, 0))]).toEqual([2, 2.4, 0]);
});
