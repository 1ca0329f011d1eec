import { sampleBook } from "../../../../src/app/sample/sample-book";
import { historyDays } from "../../../../src/app/sample/price-history";
import { calculateRequirements } from "../../../../src/core/optimization/requirements";
import { buildAllocationProblem } from "../../../../src/core/optimization/allocation-problem";
import { columnCatalogue, tableNameOf, type TableKind } from "../../../../src/core/tables/column-catalogue";
import { parseBook } from "../../../../src/core/tables/parse-book";
import type { SheetTable } from "../../../../src/core/tables/sheet-table";

const tables = sampleBook();

const sheetTables = (): ReadonlyMap<TableKind, SheetTable> =>
  new Map(
    tables.map((table) => [
      table.kind as TableKind,
      {
        name: table.table,
        sheet: table.sheet,
        rowIndex: 4,
        columnIndex: 0,
        values: [table.columns, ...table.rows.map((row) => row.map((cell) => cell ?? ""))],
      },
    ]),
  );

const readBook = () => {
  const { value, issues } = parseBook(sheetTables(), "2026-11-20T12:00:00.000Z");
  const requirements = calculateRequirements(value.book);
  const problem = buildAllocationProblem(value.book, { requirements: requirements.value });
  return {
    book: value.book,
    requirements: requirements.value,
    problem: problem.value,
    issues: [...issues, ...requirements.issues, ...problem.issues],
  };
};

const table = (kind: string) => tables.find((one) => one.kind === kind)!;
const column = (kind: string, name: string) => table(kind).rows.map((row) => row[table(kind).columns.indexOf(name)]);

describe("the sample book", () => {
  it("names its tables and columns as the catalogue does", () => {
    for (const one of tables) {
      expect(one.table).toBe(tableNameOf(one.kind as TableKind));
      const known = columnCatalogue[one.kind as TableKind].map((rule) => rule.name);
      if (one.kind === "prices") continue;
      expect(one.columns.filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  it("has rectangular tables, unique names, and text columns and formats for columns that exist", () => {
    expect(new Set(tables.map((one) => one.sheet)).size).toBe(tables.length);
    for (const one of tables) {
      expect(new Set(one.columns).size).toBe(one.columns.length);
      expect(one.rows.every((row) => row.length === one.columns.length)).toBe(true);
      expect([...one.textColumns, ...Object.keys(one.numberFormats ?? {})].filter((name) => !one.columns.includes(name))).toEqual([]);
    }
  });

  it("is as wide as promised and says that its numbers are made up", () => {
    expect(table("assets").rows.length).toBeGreaterThanOrEqual(20);
    expect(table("agreements").rows.length).toBeGreaterThanOrEqual(8);
    expect(table("prices").rows.length).toBe(historyDays);
    expect(historyDays).toBeGreaterThanOrEqual(500);
    expect(tables.filter((one) => !/illustrative/i.test(one.note) || !one.note.includes("2026-11-20")).map((one) => one.table)).toEqual([]);
    expect(column("assets", "assetId").filter((id) => id === "BTC")).toHaveLength(2);
  });

  it("gives at least six requirements and computes one from a CSA and one from a venue", () => {
    const methods = column("agreements", "marginMethod");
    expect(methods.filter((method) => method === "given").length).toBeGreaterThanOrEqual(6);
    expect(methods.filter((method) => method === "csa")).toHaveLength(1);
    expect(methods.filter((method) => method === "venue")).toHaveLength(1);
  });

  it("is read without a problem", () => {
    expect(readBook().issues).toEqual([]);
  });

  it("computes the requirements that its terms say", () => {
    const { requirements } = readBook();
    // 6,437,500 + 500,000 - 1,000,000 = 5,937,500; 4,500,000 is held; 1,437,500 rounded up to 1,450,000 is delivered.
    expect(requirements.get("CSA-NORTHGATE-VM")?.requirement).toBe(5950000);
    // max(5.2m, 2 x 2.9m) plus the loss of 350,000.
    expect(requirements.get("VENUE-BYBITLIKE")?.requirement).toBe(6150000);
  });

  it("states the exposure that its trades add up to", () => {
    const values = table("positions").rows.filter((_, row) => column("positions", "agreementId")[row] === "CSA-NORTHGATE-VM");
    const at = table("positions").columns.indexOf("marketValue");
    expect(values.reduce((sum, row) => sum + Number(row[at]), 0)).toBe(-6437500);
  });

  it("posts today only what it owns", () => {
    const { problem } = readBook();
    expect(problem.supplies.filter((supply) => supply.postedToday > supply.available).map((supply) => supply.key)).toEqual([]);
  });

  it("leaves every call within reach of the assets that are eligible for it", () => {
    const { problem } = readBook();
    const reach = problem.demands.map((_, demand) =>
      problem.pairs
        .filter((pair) => pair.demand === demand && pair.pool < 0)
        .reduce((sum, pair) => sum + pair.valueRatio * problem.supplies[pair.supply]!.available * problem.supplies[pair.supply]!.unitValue, 0),
    );
    expect(problem.demands.filter((demand, index) => reach[index]! < demand.required).map((demand) => demand.agreementId)).toEqual([]);
  });

  it("ends its history at the prices of the assets, on the sample's day", () => {
    const prices = table("prices");
    const last = prices.rows[prices.rows.length - 1]!;
    expect(last[0]).toBe(46346); // 2026-11-20
    expect(last[prices.columns.indexOf("BTC")]).toBe(column("assets", "price")[0]);
    expect(prices.rows.flat().every((cell) => typeof cell === "number" && cell > 0)).toBe(true);
  });

  it("is the same each time", () => {
    expect(sampleBook()).toEqual(tables);
  });
});
