import { buildNetwork } from "../../../../../src/core/lp/network/build-network";
import { nestRows } from "../../../../../src/core/lp/network/nest-rows";
import { denseModel } from "../../../../contract/solver/linear-cases";

const INF = Infinity;
const columns = [1, 2, 3].map((cost) => [cost, 0, INF] as const);

describe("nestRows", () => {
  it("finds a limit inside a cover, and an over-post cap around both", () => {
    const model = denseModel(columns, [
      [-INF, 100, [1, 1, 0]],
      [-INF, 50, [0.9, 0.8, 0]],
      [80, INF, [0.9, 0.8, 1]],
      [-INF, 90, [0.9, 0.8, 1]],
    ]);
    const { parent, multiple } = nestRows(model);
    expect([...parent]).toEqual([-1, 2, 3, -1]);
    expect([...multiple]).toEqual([0, 1, 1, 0]);
    expect(buildNetwork(model).kind).toBe("network");
  });
  it("accepts coefficients in another unit", () => {
    const model = denseModel(columns, [
      [-INF, 100, [1, 1, 1]],
      [-INF, 0.4, [0.009, 0.008, 0]],
      [80, INF, [0.9, 0.8, 1]],
    ]);
    const { parent, multiple } = nestRows(model);
    expect([...parent]).toEqual([-1, 2, -1]);
    expect(multiple[1]).toBeCloseTo(100, 9);
  });
  it("does not nest a limit on market value in a cover after haircuts", () => {
    const model = denseModel(columns, [
      [-INF, 100, [2, 1, 1]],
      [-INF, 50, [1, 1, 0]],
      [80, INF, [0.9, 0.8, 1]],
    ]);
    expect([...nestRows(model).parent]).toEqual([-1, -1, -1]);
    const form = buildNetwork(model);
    expect(form).toMatchObject({ kind: "other", reason: "columns are in more than two rows" });
  });
  it("hangs a class of one asset under the row that asks for something", () => {
    const model = denseModel(columns, [
      [-INF, 100, [1, 0, 0]],
      [-INF, 50, [0.9, 0, 0]],
      [80, INF, [0.9, 0.8, 1]],
    ]);
    expect(nestRows(model).parent[1]).toBe(2);
  });
});
