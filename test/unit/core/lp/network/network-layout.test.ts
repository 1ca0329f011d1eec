import { createNetworkSolver } from "../../../../../src/adapters/solvers/network-solver";
import { createModelBuilder } from "../../../../../src/core/lp/model-builder";
import { layOutNetwork, NO_ENTRY } from "../../../../../src/core/lp/network/network-layout";

/**
 * A call of 10 covered by what stays posted (worth 0.9, limited to 6 together with the delivery of the same class) and by cash.
 * What stays draws on no inventory: its column is in the limit and in the call only, and the limit is nested in the call.
 */
const keptUnderLimit = () => {
  const builder = createModelBuilder();
  const inventory = builder.addRow({ upper: 100 });
  const cover = builder.addRow({ lower: 10, upper: 10 });
  const limit = builder.addRow({ upper: 6 });
  const keep = builder.addColumn({ cost: 1, upper: 5 });
  const deliver = builder.addColumn({ cost: 2 });
  const cash = builder.addColumn({ cost: 3 });
  for (const column of [keep, deliver]) {
    builder.addEntry(cover, column, 0.9);
    builder.addEntry(limit, column, 1);
  }
  builder.addEntry(inventory, deliver, 1);
  builder.addEntry(inventory, cash, 1);
  builder.addEntry(cover, cash, 1);
  return { model: builder.build(), keep };
};

describe("columns of two rows, one nested in the other", () => {
  it("are counted once, through the inner row", () => {
    const { model, keep } = keptUnderLimit();
    const layout = layOutNetwork(model);
    expect(layout.crowdedRows).toEqual([]);
    expect(layout.nesting.parent[2]).toBe(1);
    expect([layout.tailEntry[keep], layout.headEntry[keep]]).toEqual([1, NO_ENTRY]);
  });

  it("give an answer that keeps the call", async () => {
    const { primal, objective } = await createNetworkSolver().solve(keptUnderLimit().model);
    // 5 kept and 1 delivered fill the limit and cover 5.4; cash covers the other 4.6.
    expect([...primal].map((x) => Number(x.toFixed(9)))).toEqual([5, 1, 4.6]);
    expect(objective).toBeCloseTo(5 + 2 + 3 * 4.6, 9);
  });
});
