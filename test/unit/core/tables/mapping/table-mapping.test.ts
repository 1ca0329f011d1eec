import type { CellMatrix } from "../../../../../src/core/basics/cell-value";
import { inputReferences } from "../../../../../src/core/report/input-references";
import { profileColumns, questionsOf } from "../../../../../src/core/tables/mapping/column-profile";
import { proposeColumns, proposeKind } from "../../../../../src/core/tables/mapping/propose-mapping";
import { applyMappings, type TableMapping } from "../../../../../src/core/tables/mapping/table-mapping";
import { readTable } from "../../../../../src/core/tables/read-table";
import { recogniseTables, setsOf } from "../../../../../src/core/tables/recognise-tables";
import type { SheetTable } from "../../../../../src/core/tables/sheet-table";

const table = (sheet: string, values: CellMatrix, name?: string): SheetTable => ({
  ...(name === undefined ? {} : { name }),
  sheet,
  rowIndex: 2,
  columnIndex: 1,
  values,
});

const custody = table("Custody", [
  ["ISIN", "Bezeichnung", "Nominal", "Kurs", "Ccy"],
  ["DE0001102580", "Bund", "1.234.567,00", 0.98, "EUR"],
  ["US912828E107", "Treasury", "500.000,50", 0.99, "USD"],
]);

const custodyMapping: TableMapping = {
  sheet: "Custody",
  kind: "assets",
  columns: [
    { header: "ISIN", column: "assetId" },
    { header: "Bezeichnung", column: "" },
    { header: "Nominal", column: "quantity", decimalSign: "," },
    { header: "Kurs", column: "price" },
    { header: "Ccy", column: "priceCurrency" },
  ],
};

const schedule = table(
  "CSA",
  [
    ["CSA", "Asset class", "Haircut %"],
    ["CSA-1", "Cash", 0],
    ["CSA-1", "Bond", 2.675],
    ["CSA-1", "Coin", "8 %"],
  ],
  "Schedule",
);

const scheduleMapping = (column: string, unit: "decimal" | "percent"): TableMapping => ({
  table: "Schedule",
  sheet: "CSA",
  kind: "eligibility",
  columns: [
    { header: "CSA", column: "agreementId" },
    { header: "Asset class", column: "assetClass" },
    { header: "Haircut %", column, unit },
  ],
});

describe("a mapping", () => {
  it("reads a foreign table: headers, numbers with a comma, columns not used", () => {
    const { tables } = applyMappings([custody], [custodyMapping]);
    const read = readTable("assets", tables[0]!);
    expect(read.issues).toEqual([]);
    expect(read.value.rows.map((row) => Object.fromEntries(row.values))).toEqual([
      { assetId: "DE0001102580", quantity: 1234567, price: 0.98, priceCurrency: "EUR" },
      { assetId: "US912828E107", quantity: 500000.5, price: 0.99, priceCurrency: "USD" },
    ]);
    expect(recogniseTables(tables)).toMatchObject([{ kind: "assets", set: "" }]);
  });

  it("reads 8 as 8 % and a percent sign as what it says, without binary noise", () => {
    const { tables } = applyMappings([schedule], [scheduleMapping("haircut", "percent")]);
    expect(tables[0]!.values.map((row) => row[2])).toEqual(["haircut", 0, 0.02675, 0.08]);
    const decimals = applyMappings([schedule], [scheduleMapping("valuationPercentage", "decimal")]);
    expect(decimals.tables[0]!.values.map((row) => row[2])).toEqual(["valuationPercentage", 0, 2.675, 0.08]);
  });

  it("points at 0.08 in a column of percentages, which would value the asset almost in full", () => {
    const typed = { ...schedule, values: [...schedule.values, ["CSA-1", "Equity", 0.08], ["CSA-1", "Gold", 0.15], ["CSA-1", "Bill", 0.5]] };
    const { issues, tables } = applyMappings([typed], [scheduleMapping("haircut", "percent")]);
    expect(tables[0]!.values.at(-3)?.[2]).toBe(0.0008);
    expect(issues).toMatchObject([{ code: "tiny-percentage", severity: "warning", cell: { sheet: "CSA", address: "D7" } }]);
    expect(issues[0]?.message).toBe("Haircut % 0.08 is read as 0.08 %, and 1 more like it: the column holds percentages.");
    expect(issues[0]?.fix).toContain("type 8.");
    expect(applyMappings([typed], [scheduleMapping("haircut", "decimal")]).issues).toEqual([]);
  });

  it("leaves what no sign can read as it stands, so that the reader names the cell", () => {
    const odd = table("Custody", [custody.values[0]!, ["X", "", "12 pieces", 1, "EUR"]]);
    const read = readTable("assets", applyMappings([odd], [custodyMapping]).tables[0]!);
    expect(read.issues).toMatchObject([{ code: "not-a-number", cell: { sheet: "Custody", address: "D4" } }]);
  });

  it("holds for tomorrow's export on another sheet with the same headers, in any order", () => {
    const tomorrow = table("Custody 23", [
      ["Ccy", "ISIN", "Kurs", "Bezeichnung", "Nominal"],
      ["EUR", "DE1", 1, "x", "2,5"],
    ]);
    const { tables, issues } = applyMappings([tomorrow], [custodyMapping]);
    expect(issues).toEqual([]);
    expect(readTable("assets", tables[0]!).value.rows[0]?.values.get("quantity")).toBe(2.5);
  });

  it("stops with the table's place when a mapped column is gone, instead of reading less", () => {
    const changed = table("Custody", [
      ["ISIN", "Kurs"],
      ["DE1", 1],
    ]);
    const { tables, issues } = applyMappings([changed], [custodyMapping]);
    expect(tables[0]).toBe(changed);
    expect(issues).toMatchObject([{ code: "mapping-outdated", severity: "error", cell: { sheet: "Custody", address: "B3" } }]);
    expect(issues[0]?.message).toContain("Nominal, Ccy");
  });

  it("keeps mapped tables apart from tables of ours of the same kind", () => {
    const sample = table(
      "Assets",
      [
        ["assetId", "quantity", "price"],
        ["BTC", 1, 2],
      ],
      "tblAssets",
    );
    const recognised = recogniseTables(applyMappings([sample, custody], [custodyMapping]).tables);
    expect(recognised.map(({ kind, set }) => `${kind} ${set}`)).toEqual(["assets ", "assets own"]);
    expect(setsOf(recognised)).toEqual(["", "own"]);
    const own = table("Pins", [["agreementId", "assetId", "action"]], "tblPinsOwn");
    expect(recogniseTables([own])).toMatchObject([{ kind: "pins", set: "own" }]);
  });

  it("does not read a column of the user's by a name of ours that another column was mapped to", () => {
    const both = table("Custody", [
      ["ISIN", "Kurs", "price"],
      ["DE1", 1, 7],
    ]);
    const mapping: TableMapping = {
      ...custodyMapping,
      columns: [
        { header: "ISIN", column: "assetId" },
        { header: "Kurs", column: "price" },
      ],
    };
    expect(applyMappings([both], [mapping]).tables[0]!.values[0]).toEqual(["assetId", "price", ""]);
  });

  it("lets formulas refer to the sheet as it stands: by the user's header, a hundredth for percentages, none for texts", () => {
    const named = {
      ...schedule,
      values: [
        ["CSA", "Asset class", "Haircut"],
        ["CSA-1", "Bond", 8],
      ],
    };
    const mapping = {
      ...scheduleMapping("haircut", "percent"),
      columns: scheduleMapping("haircut", "percent").columns.map((c) => ({ ...c, header: c.header.replace(" %", "") })),
    };
    const read = readTable("eligibility", applyMappings([named], [mapping]).tables[0]!).value;
    const refs = inputReferences([read]);
    expect(refs.column("eligibility", "assetClass")).toBe("Schedule[Asset class]");
    expect(refs.column("eligibility", "haircut")).toBe("(Schedule[Haircut]/100)");
    expect(refs.cell("eligibility", "haircut", 1)).toBe("(CSA!$D$4/100)");
    const texts = readTable("assets", applyMappings([custody], [custodyMapping]).tables[0]!).value;
    expect(inputReferences([texts]).column("assets", "quantity")).toBeUndefined();
    expect(inputReferences([texts]).column("assets", "price")).toBe("Custody!$E$4:$E$5");
  });
});

describe("what is proposed and asked", () => {
  it("proposes the kind and the columns of a custodian's export", () => {
    const columns = profileColumns(custody);
    expect(proposeKind(columns)).toBe("assets");
    expect(proposeColumns("assets", columns).map(({ column, confidence }) => [column, confidence])).toEqual([
      ["assetId", "sure"],
      ["", "check"],
      ["quantity", "sure"],
      ["price", "sure"],
      ["priceCurrency", "sure"],
    ]);
  });

  it("proposes agreements for a list of calls and eligibility for a schedule", () => {
    const calls = table("Calls", [
      ["Call ID", "Cpty", "Call amount", "Ccy"],
      ["C1", "N", 1, "USD"],
    ]);
    expect(proposeKind(profileColumns(calls))).toBe("agreements");
    expect(proposeColumns("agreements", profileColumns(calls)).map(({ column }) => column)).toEqual([
      "agreementId",
      "counterparty",
      "requirement",
      "currency",
    ]);
    expect(proposeKind(profileColumns(schedule))).toBe("eligibility");
  });

  it("tells columns of one name apart", () => {
    expect(
      profileColumns(
        table("S", [
          ["Amount", "amount", ""],
          [1, 2, 3],
        ]),
      ).map(({ header }) => header),
    ).toEqual(["Amount", "amount (2)", ""]);
  });

  it("asks for the unit and for haircut or valuation percentage, and never where a percent sign says it all", () => {
    const [, , haircut] = profileColumns(schedule);
    expect(questionsOf("eligibility", "haircut", haircut!)).toEqual(["meaning", "unit"]);
    const signed = profileColumns(table("S", [["Haircut"], ["8 %"], ["2 %"]]))[0]!;
    expect(questionsOf("eligibility", "haircut", signed)).toEqual(["meaning"]);
    const unclear = profileColumns(table("S", [["Nominal"], ["1.234"]]))[0]!;
    expect(questionsOf("assets", "quantity", unclear)).toEqual(["decimalSign"]);
    expect(questionsOf("assets", "", unclear)).toEqual([]);
    expect(haircut).toMatchObject({ samples: ["0", "2.675", "8 %"], firstNumber: 2.675, numbers: 2, percentTexts: 1 });
  });

  it("asks for the unit of limits that may be shares, by a number that may be one, and not of amounts alone", () => {
    const [mixed, amounts] = profileColumns(
      table("S", [
        ["Cap", "Money"],
        [2_000_000, 2_000_000],
        [40, 5_000_000],
      ]),
    );
    expect(questionsOf("limits", "limit", mixed!)).toEqual(["unit"]);
    expect(mixed).toMatchObject({ firstNumber: 2_000_000, firstShare: 40 });
    expect(questionsOf("limits", "limit", amounts!)).toEqual([]);
    expect(questionsOf("limits", "orAmount", mixed!)).toEqual([]);
  });

  it("proposes what a misspelt header may mean, to be looked at", () => {
    const columns = profileColumns(
      table("S", [
        ["agreementId", "assetId", "haricut"],
        ["C", "X", 0.1],
      ]),
    );
    expect(proposeColumns("eligibility", columns)[2]).toEqual({ header: "haricut", column: "haircut", confidence: "check" });
  });
});
