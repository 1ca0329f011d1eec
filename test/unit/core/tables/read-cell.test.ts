import { columnCatalogue } from "../../../../src/core/tables/column-catalogue";
import { readCell } from "../../../../src/core/tables/read-cell";

const deadline = columnCatalogue.agreements.find(({ name }) => name === "deadline")!;

describe("a date in a table", () => {
  it.each([
    [46348.25, "2026-11-22T06:00:00.000Z"],
    ["2026-11-22", "2026-11-22T00:00:00.000Z"],
    ["2026-11-22 17:00 UTC", "2026-11-22T17:00:00.000Z"],
    ["2026-11-22T17:00:30Z", "2026-11-22T17:00:30.000Z"],
    // 17:00 in Frankfurt and in New York, in winter.
    ["2026-11-22T17:00+01:00", "2026-11-22T16:00:00.000Z"],
    ["2026-11-22 17:00 -05:00", "2026-11-22T22:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ])("%p is %s", (cell, time) => {
    expect(readCell(deadline, cell)).toEqual({ value: time });
  });

  it.each(["22.11.2026", "11/22/2026", "2026-02-30", "2026-02-29T16:00Z", "2026-11-22T25:00Z", "2026-11-22 17:00 CET", 0])(
    "%p is refused",
    (cell) => {
      expect(readCell(deadline, cell).problem?.code).toBe("not-a-date");
    },
  );
});
