import { placeOfEdit } from "../../../src/app/place-of-edit";
import { readChoices, writeChoices } from "../../../src/app/workbook-choices";
import { createMemoryWorkbook } from "../../support/memory-workbook";

const key = "CollateralOptimizer.choices";

describe("what a workbook remembers", () => {
  it("is kept in its own settings and read back", async () => {
    const workbook = createMemoryWorkbook([]);
    expect(await readChoices(workbook)).toEqual({ mappings: [], pins: [] });
    await writeChoices(workbook, (before) => ({ ...before, set: "2", pins: ["x"] }));
    expect(await readChoices(workbook)).toEqual({ set: "2", mappings: [], pins: ["x"] });
    expect([...workbook.settings.keys()]).toEqual([key]);
  });

  it.each([
    "",
    "{",
    "null",
    "7",
    '{"mappings":5,"set":1,"pins":[2]}',
    '{"mappings":[{"kind":"nonsense","sheet":"S","columns":[]},{"kind":"assets"}]}',
  ])("gives none where the setting is spoilt: %s", async (text) => {
    const workbook = createMemoryWorkbook([]);
    workbook.settings.set(key, text);
    expect(await readChoices(workbook)).toEqual({ mappings: [], pins: [] });
  });

  it("leaves a mapping out that holds what no mapping can", async () => {
    const workbook = createMemoryWorkbook([]);
    const good = { sheet: "S", kind: "assets", columns: [{ header: "A", column: "assetId" }] };
    const bad = { sheet: "S", kind: "assets", columns: [{ header: "A", column: "haircut", unit: "guess" }] };
    workbook.settings.set(key, JSON.stringify({ mappings: [bad, good] }));
    expect((await readChoices(workbook)).mappings).toEqual([good]);
  });
});

describe("the place of a repair", () => {
  const tables = [
    { name: "tblLimits2", kind: "limits", sheet: "Limits", address: "AB5:AH10", rows: 5, rowsRead: 5, rowsSkipped: 0, columns: { limit: 2 } },
    { name: "tblSettings", kind: "settings", sheet: "Settings", address: "A5:B9", rows: 4, rowsRead: 4, rowsSkipped: 0 },
  ];

  it.each([
    [{ table: "tblLimits", row: 3, column: "limit", value: 1 }, "Limits!AD8"],
    [{ table: "tblLimits", row: 0, column: "limit", value: 1 }, "Limits!AD11"],
    [{ table: "tblSettings", row: 0, column: "liquidityBuffer", value: 1 }, "Settings!A5:B9"],
  ])("of %j is %s", (edit, place) => {
    const found = placeOfEdit(edit, tables);
    expect(`${found?.sheet}!${found?.address}`).toBe(place);
  });

  it("is unknown where the workbook has no such table", () => {
    expect(placeOfEdit({ table: "tblPins", row: 1, column: "quantity", value: 0 }, tables)).toBeUndefined();
  });
});
