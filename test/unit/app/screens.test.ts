import { analyseRisk } from "../../../src/app/analyse-risk";
import { acceptTiers, previewTiers } from "../../../src/app/exchange-rules";
import { readBook } from "../../../src/app/read-book";
import { sampleBook } from "../../../src/app/sample/sample-book";
import { createDeskMachine } from "../../support/desk-machine";
import { createMemoryWorkbook, toSheetTable } from "../../support/memory-workbook";

const machine = createDeskMachine();
const workbookOf = () => createMemoryWorkbook(sampleBook().map(toSheetTable));

describe("analyseRisk", () => {
  it("shows VaR and ES by method, back-tested against what was known the day before", async () => {
    const screen = await analyseRisk(workbookOf(), { series: "BTC" });
    expect(screen.problem).toBeUndefined();
    expect(screen.chosen).toBe("BTC");
    const historical = screen.methods.find((row) => row.method === "historical");
    expect(historical?.valueAtRisk).toBeGreaterThan(0);
    expect(historical?.expectedShortfall).toBeGreaterThan(0);
    expect(historical?.valueAtRiskFormula).toBe('=COLL.VALUEATRISK(COLL.RETURNS(tblPrices[BTC]),0.99,"historical")');
    expect(screen.days).toHaveLength(screen.observations);
    expect(screen.days.slice(0, screen.window).every((day) => day.valueAtRisk === undefined)).toBe(true);
    expect(screen.days.filter((day) => day.isException).every((day) => day.value < -(day.valueAtRisk ?? 0))).toBe(true);
    expect(screen.verdicts.map((verdict) => verdict.test)).toContain("kupiec");
  });

  it("says what to do when there are no prices", async () => {
    expect((await analyseRisk(createMemoryWorkbook([]), {})).problem).toMatch(/No table tblPrices/);
  });

  it("names the cell of a bad price instead of leaving it out", async () => {
    const workbook = workbookOf();
    workbook.tables = workbook.tables.map((table) =>
      table.name === "tblPrices"
        ? { ...table, values: table.values.map((row, r) => (r === 3 ? row.map((cell, c) => (c === 1 ? "n/a" : cell)) : row)) }
        : table,
    );
    expect((await analyseRisk(workbook, {})).problem).toMatch(/is text, not a number.*Prices!B8/);
  });
});

describe("exchange rules", () => {
  const text = "asset\tupTo\tratio\nBTC\t5\t0.9\nBTC\t\t0.5";

  it("shows the difference, appends on acceptance, and applies the rows from their UTC moment only", async () => {
    const workbook = workbookOf();
    const tierTable = String(workbook.tables.find((table) => table.name === "tblTiers")?.values[1]?.[0]);
    const paste = { text, tierTable, validFrom: "2026-11-23T06:00Z", source: "pasted" };
    const preview = await previewTiers(workbook, machine, paste);
    expect(preview.changes.find((change) => change.assetId === "BTC")?.after).toBe("0-5: 90 %, above 5: 50 %");
    expect(preview.shape).toBe("pasted table, bounds in coins");
    expect(preview.validFrom).toBe("2026-11-23T06:00:00.000Z");
    const before = workbook.tables.find((table) => table.name === "tblTiers")?.values.length ?? 0;
    expect(await acceptTiers(workbook, machine, paste)).toBe("Added 2 rows to tblTiers. They count from 2026-11-23 06:00 UTC.");
    expect(workbook.tables.find((table) => table.name === "tblTiers")?.values).toHaveLength(before + 2);
  });

  it("ends an asset that a whole list leaves out from that moment, and writes over nothing", async () => {
    const workbook = workbookOf();
    const cells = (): readonly (readonly unknown[])[] => workbook.tables.find((table) => table.name === "tblTiers")?.values ?? [];
    const tierTable = String(cells()[1]?.[0]);
    const before = cells();
    const paste = { text: "asset,upTo,ratio\nNEW,,0.9", tierTable, validFrom: "2026-11-23T06:00Z", source: "pasted", endsMissing: true };
    const preview = await previewTiers(workbook, machine, paste);
    const dropped = preview.changes.filter((change) => change.change === "ended").map(({ assetId }) => assetId);
    expect(dropped.length).toBeGreaterThan(0);
    expect(await acceptTiers(workbook, machine, paste)).toContain(`${dropped.length} dropped`);
    expect(cells().slice(0, before.length)).toEqual(before);
    const ratiosAt = async (asOf: string): Promise<readonly number[]> =>
      (await readBook(workbook, asOf)).parsed.book.tiers
        .filter((row) => row.tierTable === tierTable && dropped.includes(row.assetId))
        .map((row) => row.ratio);
    workbook.tables = workbook.tables.filter((table) => table.name !== "tblSettings");
    expect(Math.max(...(await ratiosAt("2026-11-23T05:59Z")))).toBeGreaterThan(0);
    expect(new Set(await ratiosAt("2026-11-23T06:00Z"))).toEqual(new Set([0]));
  });

  it("refuses a time that is none", async () => {
    await expect(previewTiers(workbookOf(), machine, { text, tierTable: "X", validFrom: "tomorrow", source: "" })).rejects.toThrow(
      /2026-11-23T06:00Z/,
    );
  });
});
