import type { LinearModel } from "../../../../../src/core/lp/linear-model";
import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { AT_LOWER, AT_UPPER, BASIC, FIXED } from "../../../../../src/core/lp/network/network";
import { updateNetwork, type PreparedNetwork } from "../../../../../src/core/lp/network/update-network";
import { denseModel } from "../../../../contract/solver/linear-cases";

const INF = Infinity;

/** Two assets for two calls, a limit nested in the second call, a column that starts at 2 and one counted from above. */
const book = denseModel(
  [
    [1, 0, 10],
    [2, 2, 12],
    [3, 0, 9],
    [4, -INF, 5],
  ],
  [
    [-INF, 16, [1, 1, 0, 0]],
    [-INF, 20, [0, 0, 1, 1]],
    [6, INF, [0.9, 0, 0.5, 0]],
    [7, INF, [0, 0.8, 0, 0.7]],
    [-INF, 4, [0, 0.8, 0, 0]],
  ],
);

function prepare(model: LinearModel, state?: Uint8Array): PreparedNetwork {
  const form = buildNetwork(model);
  if (form.kind !== "network") throw new Error(form.reason);
  return { model, network: form.network, index: form.index, layout: form.layout, state };
}

function changed(vector: Float64Array, place: number, value: number): Float64Array {
  const copy = vector.slice();
  copy[place] = value;
  return copy;
}

/** The entry of column 1 in rows 3 and 4, where it has the same value. */
function withHaircut(model: LinearModel, value: number): LinearModel {
  const values = model.values.slice();
  for (let k = model.starts[1]!; k < model.starts[2]!; k++) if (model.indices[k]! >= 3) values[k] = value;
  return { ...model, values };
}

describe("updateNetwork", () => {
  it.each<[string, LinearModel]>([
    ["a call", { ...book, rowLower: changed(book.rowLower, 2, 6.5) }],
    ["an inventory", { ...book, rowUpper: changed(book.rowUpper, 0, 15) }],
    ["a limit", { ...book, rowUpper: changed(book.rowUpper, 4, 3.5) }],
    ["a cost", { ...book, objective: changed(book.objective, 2, 3.3) }],
    ["a width", { ...book, columnUpper: changed(book.columnUpper, 0, 8) }],
    ["where a column starts", { ...book, columnLower: changed(book.columnLower, 1, 1.5) }],
    ["a column's bound from above", { ...book, columnUpper: changed(book.columnUpper, 3, 4.9) }],
    ["a haircut", withHaircut(book, 0.75)],
    ["nothing", { ...book, values: book.values.slice(), indices: book.indices.slice() }],
  ])("comes out as a network built anew after a change of %s", (_, edited) => {
    const updated = updateNetwork(prepare(book), edited);
    const fresh = prepare(edited);
    expect(updated?.network).toEqual(fresh.network);
    expect(updated?.index).toEqual(fresh.index);
    expect(updated?.layout).toEqual(fresh.layout);
  });
  it.each<[string, LinearModel]>([
    ["other entries", denseModel([[1, 0, 10]], [[0, 5, [1]]])],
    ["a row that becomes an equality", { ...book, rowLower: changed(book.rowLower, 0, 16) }],
    ["a column that gets a lower bound", { ...book, columnLower: changed(book.columnLower, 3, 0) }],
    ["a value that no longer fits the nested row", { ...book, values: changed(book.values, book.starts[1]! + 1, 0.7) }],
    ["amounts of another size", { ...book, rowUpper: book.rowUpper.map((v) => v * 1e4), rowLower: book.rowLower.map((v) => v * 1e4) }],
    ["all costs changed", { ...book, objective: book.objective.map((v) => v * 1e-6) }],
    ["whole numbers", { ...book, integer: Uint8Array.of(1, 0, 0, 0) }],
  ])("refuses %s", (_, edited) => {
    expect(updateNetwork(prepare(book), edited)).toBeUndefined();
  });
  it("moves arcs from where their new capacity does not let them be", () => {
    const size = prepare(book).network;
    const state = new Uint8Array(size.realArcCount + size.nodeCount);
    state[0] = AT_UPPER;
    state[2] = BASIC;
    const narrow = { ...book, columnUpper: changed(changed(book.columnUpper, 0, 0), 2, 0) };
    const closed = updateNetwork(prepare(book, state), narrow);
    expect([closed?.state?.[0], closed?.state?.[2]]).toEqual([FIXED, BASIC]);
    expect(updateNetwork(closed!, { ...narrow, columnUpper: changed(narrow.columnUpper, 0, 3) })?.state?.[0]).toBe(AT_LOWER);
  });
});
