import { keepDraft, readDrafts, type TableDraft } from "../../../src/app/mapping-drafts";
import { createMemoryWorkbook } from "../../support/memory-workbook";

const key = "CollateralOptimizer.drafts";
const draft = (of: string, column = "assetId"): TableDraft => ({
  key: of,
  kind: "assets",
  columns: [{ header: "ISIN", column, isUnsure: false, isMeaningSaid: true, unit: "percent", decimalSign: "," }],
});

describe("mappings that are begun", () => {
  it("are kept in the workbook, one for each table, until they are thrown away", async () => {
    const workbook = createMemoryWorkbook([]);
    await keepDraft(workbook, "sheet a", draft("sheet a"));
    await keepDraft(workbook, "sheet b", { ...draft("sheet b"), kind: "" });
    await keepDraft(workbook, "sheet a", draft("sheet a", "location"));
    expect(await readDrafts(workbook)).toEqual([{ ...draft("sheet b"), kind: "" }, draft("sheet a", "location")]);
    await keepDraft(workbook, "sheet b", undefined);
    await keepDraft(workbook, "sheet c", undefined);
    expect(await readDrafts(workbook)).toEqual([draft("sheet a", "location")]);
    expect([...workbook.settings.keys()]).toEqual([key]);
  });

  it("are written one after the other, so that the last answer stands", async () => {
    const workbook = createMemoryWorkbook([]);
    const first = keepDraft(workbook, "sheet a", draft("sheet a"));
    const second = keepDraft(workbook, "sheet b", draft("sheet b"));
    const last = keepDraft(workbook, "sheet a", undefined);
    await Promise.all([first, second, last]);
    expect(await readDrafts(workbook)).toEqual([draft("sheet b")]);
  });

  it("are written again after a workbook that refused one", async () => {
    const workbook = createMemoryWorkbook([]);
    const { writeSetting } = workbook;
    Object.assign(workbook, { writeSetting: () => Promise.reject(new Error("read-only")) });
    await expect(keepDraft(workbook, "sheet a", draft("sheet a"))).rejects.toThrow("read-only");
    Object.assign(workbook, { writeSetting });
    await keepDraft(workbook, "sheet a", draft("sheet a"));
    expect(await readDrafts(workbook)).toEqual([draft("sheet a")]);
  });

  it.each(["", "{", "null", "7", '{"key":"a"}', '[{"key":"a","kind":"nonsense","columns":[]},{"key":"a","kind":"","columns":[{"header":"A"}]}]'])(
    "are none where the setting is spoilt: %s",
    async (text) => {
      const workbook = createMemoryWorkbook([]);
      workbook.settings.set(key, text);
      expect(await readDrafts(workbook)).toEqual([]);
    },
  );
});
