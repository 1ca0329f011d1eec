import type { CellMatrix } from "../../../../src/core/basics/cell-value";
import type { TableKind } from "../../../../src/core/tables/column-catalogue";
import { applyMappings, type TableMapping } from "../../../../src/core/tables/mapping/table-mapping";
import { parseBook } from "../../../../src/core/tables/parse-book";
import type { SheetTable } from "../../../../src/core/tables/sheet-table";

const table = (kind: TableKind, values: CellMatrix): SheetTable => ({ name: `tbl${kind}`, sheet: kind, rowIndex: 4, columnIndex: 0, values });

const asked = ({ issues }: ReturnType<typeof parseBook>): readonly (readonly string[])[] =>
  issues.filter(({ code }) => code.endsWith("percent-or-decimal")).map(({ code, severity, at = "", fix = "" }) => [code, severity, at, fix]);

const assets = (...rates: readonly (number | string)[]): SheetTable =>
  table("assets", [["assetId", "quantity", "price", "fundingRate"], ...rates.map((rate, k) => [`X${k}`, 1, 1, rate])]);

const parse = (...tables: readonly (readonly [TableKind, SheetTable])[]): ReturnType<typeof parseBook> =>
  parseBook(new Map(tables), "2026-11-23T00:00:00.000Z");

describe("numbers that may be percentages", () => {
  it("asks once for a column of rates above 100 %, with both readings, and stops the run", () => {
    expect(asked(parse(["assets", assets(0.02, 3, 5, "")]))).toEqual([
      [
        "percent-or-decimal",
        "error",
        "tblassets[fundingRate] row 2 (assets!D7)",
        'If 3 % is meant, type 0.03 or 3%. If 300 % is meant, say so by "Say what they mean" on the Data tab.',
      ],
    ]);
    expect(asked(parse(["assets", assets(0.02, 1, -3)]))).toEqual([]);
  });

  it("is silent where the settings confirm them", () => {
    const settings = table("settings", [
      ["key", "value"],
      ["confirmUnits", "yes"],
    ]);
    expect(asked(parse(["assets", assets(3)], ["settings", settings]))).toEqual([]);
  });

  it("lets a volatility of 120 % pass and asks about 60", () => {
    const header = ["agreementId", "instrument", "contractType", "underlying", "quantity", "entryPrice", "markPrice", "volatility"];
    const position = (volatility: number): SheetTable => table("positions", [header, ["V", "C", "option", "BTC", 1, 1, 1, volatility]]);
    expect(asked(parse(["positions", position(1.2)]))).toEqual([]);
    expect(asked(parse(["positions", position(60)]))).toHaveLength(1);
  });

  it("points at limits that are shares above 100 % and could be meant, never at amounts", () => {
    const header = ["scope", "scopeId", "limitType", "group", "limitBasis", "limit", "valueBasis"];
    const limit = (basis: string, value: number): CellMatrix[number] => ["agreement", "EACH", "asset", "EACH", basis, value, "market"];
    const limits = table("limits", [header, limit("amount", 40), limit("requirement", 2), limit("requirement", 0.5), limit("averageDailyVolume", 8)]);
    expect(asked(parse(["limits", limits]))).toEqual([
      [
        "limit-percent-or-decimal",
        "warning",
        "tbllimits[limit] row 2 (limits!F7)",
        'If 2 % is meant, type 0.02 or 2%. If 200 % is meant, say so by "Say what they mean" on the Data tab.',
      ],
    ]);
  });
});

describe("a mapping of limits", () => {
  const source: SheetTable = {
    sheet: "Caps",
    rowIndex: 0,
    columnIndex: 0,
    values: [
      ["Scope", "Scope Id", "Limit type", "Of", "Basis", "Cap", "Measured"],
      ["agreement", "C1", "asset", "BTC", "requirement", 8, "market"],
      ["agreement", "C1", "asset", "ETH", "Average Daily Volume", 40, "market"],
      ["book", "ALL", "asset", "SOL", "amount", 500, "market"],
      ["agreement", "C1", "asset", "SOL", "posted", "2,5", "market"],
      ["agreement", "C1", "asset", "XRP", "posted", 0.08, "market"],
    ],
  };
  const mapping = (unit: "decimal" | "percent"): TableMapping => ({
    sheet: "Caps",
    kind: "limits",
    columns: [
      { header: "Scope", column: "scope" },
      { header: "Scope Id", column: "scopeId" },
      { header: "Limit type", column: "limitType" },
      { header: "Of", column: "group" },
      { header: "Basis", column: "limitBasis" },
      { header: "Cap", column: "limit", unit, decimalSign: "," },
      { header: "Measured", column: "valueBasis" },
    ],
  });
  const capsOf = (unit: "decimal" | "percent"): readonly unknown[] =>
    applyMappings([source], [mapping(unit)])
      .tables[0]!.values.slice(1)
      .map((row) => row[5]);

  it("reads shares as was said and leaves amounts of money alone", () => {
    expect(capsOf("percent")).toEqual([0.08, 0.4, 500, 0.025, 0.0008]);
    expect(capsOf("decimal")).toEqual([8, 40, 500, 2.5, 0.08]);
  });

  it("points at 0.08 among percentages, and asks nothing more of a column that was answered", () => {
    const { tables, issues } = applyMappings([source], [mapping("percent")]);
    expect(issues.map(({ code, cell }) => [code, cell?.address])).toEqual([["tiny-percentage", "F6"]]);
    expect(asked(parse(["limits", tables[0]!]))).toEqual([]);
  });
});
