import { createModelBuilder } from "../../../../../src/core/lp/model-builder";
import { layOutNetwork } from "../../../../../src/core/lp/network/network-layout";
import { splitSideRows } from "../../../../../src/core/lp/side-rows";

/** A cover row and two limits inside it; the middle one of three columns is in both limits. */
function overlappingLimits() {
  const builder = createModelBuilder();
  const [first, middle, last] = [1, 2, 3].map((cost) => builder.addColumn({ cost }));
  const cover = builder.addRow({ lower: 10 });
  const left = builder.addRow({ upper: 6 });
  const right = builder.addRow({ upper: 6 });
  for (const column of [first!, middle!, last!]) builder.addEntry(cover, column, 1);
  for (const column of [first!, middle!]) builder.addEntry(left, column, 1);
  for (const column of [middle!, last!]) builder.addEntry(right, column, 1);
  return { model: builder.build(), left, right };
}

describe("layOutNetwork", () => {
  it("does not count a column twice through two limits that overlap in it", () => {
    const { model } = overlappingLimits();
    expect([...layOutNetwork(model).crowdedColumns]).toEqual([1]);
  });
});

describe("splitSideRows", () => {
  it("takes one of two overlapping limits out", () => {
    const { model, left, right } = overlappingLimits();
    const split = splitSideRows(model);
    expect([left, right]).toContain(split?.sideRows[0]);
    expect(split?.sideRows).toHaveLength(1);
    expect(split?.layout).toEqual(layOutNetwork(split!.network));
  });
});
