import { createModelBuilder } from "../../../../src/core/lp/model-builder";

describe("createModelBuilder", () => {
  it("stores entries by column and row whatever order they came in", () => {
    const builder = createModelBuilder();
    const columns = [builder.addColumn({ cost: 1 }), builder.addColumn({ cost: 2, upper: 5, integer: true })];
    const rows = [builder.addRow({ lower: 3 }), builder.addRow({ upper: 4 })];
    builder.addEntry(rows[1]!, columns[1]!, 7);
    builder.addEntry(rows[0]!, columns[1]!, 6);
    builder.addEntry(rows[1]!, columns[0]!, 5);
    const model = builder.build();
    expect([...model.starts]).toEqual([0, 1, 3]);
    expect([...model.indices]).toEqual([1, 0, 1]);
    expect([...model.values]).toEqual([5, 6, 7]);
    expect([...model.integer!]).toEqual([0, 1]);
    expect([...model.columnUpper]).toEqual([Infinity, 5]);
    expect([...model.rowLower]).toEqual([3, -Infinity]);
  });

  it("has no integer vector for a linear model and drops zeros", () => {
    const builder = createModelBuilder();
    builder.addEntry(builder.addRow(), builder.addColumn(), 0);
    expect(builder.build().integer).toBeUndefined();
    expect(builder.build().values).toHaveLength(0);
  });

  it.each([
    ["a cost that is not a number", () => createModelBuilder().addColumn({ cost: NaN })],
    ["crossed column bounds", () => createModelBuilder().addColumn({ lower: 2, upper: 1 })],
    ["a bound that is not a number", () => createModelBuilder().addRow({ lower: NaN })],
    ["a lower bound of infinity", () => createModelBuilder().addColumn({ lower: Infinity })],
    ["an entry outside", () => createModelBuilder().addEntry(0, 0, 1)],
  ])("refuses %s", (_, build) => {
    expect(build).toThrow(expect.objectContaining({ code: "badInput" }));
  });

  it("refuses the same place twice", () => {
    const builder = createModelBuilder();
    builder.addColumn();
    builder.addRow();
    builder.addEntry(0, 0, 1);
    builder.addEntry(0, 0, 2);
    expect(() => builder.build()).toThrow("Entry (0, 0) was given twice.");
  });
});
