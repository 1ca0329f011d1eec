import { readArgumentTable, readDate, type ArgumentColumn } from "../../../../src/core/tables/argument-table";

const columns: readonly ArgumentColumn[] = [
  { name: "assetId", kind: "text", required: true },
  { name: "price", kind: "number", required: true, refusesZero: true, minimum: 0, isExclusive: true },
  { name: "haircut", kind: "haircut" },
  { name: "strike", kind: "number", minimum: 0, isExclusive: true },
  { name: "mode", kind: "choice", choices: ["cross", "isolated"] },
  { name: "isOpen", kind: "yesNo" },
  { name: "expiry", kind: "date" },
];
const read = (...rows: any[][]): ReturnType<typeof readArgumentTable> => readArgumentTable(rows, "assets", columns);

describe("readArgumentTable", () => {
  it("takes columns in any order, with units in brackets, and leaves others alone", () => {
    const [row] = read(["Note", "PRICE (USD)", "Asset Id"], ["x", 5, "BTC"]);
    expect([row?.text("assetId"), row?.number("price"), row?.has("haircut")]).toEqual(["BTC", 5, false]);
  });

  it("skips rows without entries, blank or 0, and counts from the header", () => {
    const rows = read(["assetId", "price"], ["", null], ["BTC", 5], [0, 0]);
    expect(rows.map((row) => row.at)).toEqual(["assets row 2"]);
  });

  it("reads a 0 as blank where only a blank can be meant", () => {
    const [row] = read(["assetId", "price", "strike", "mode", "expiry"], ["BTC", 5, 0, 0, 0]);
    expect([row?.has("strike"), row?.has("mode"), row?.has("expiry")]).toEqual([false, false, false]);
  });

  it("reads none, yes, choices and dates", () => {
    const [row] = read(["assetId", "price", "haircut", "mode", "isOpen", "expiry"], ["BTC", 5, "None", "Isolated", "Yes", 45658]);
    expect([row?.number("haircut"), row?.text("mode"), row?.number("isOpen"), row?.number("expiry")]).toEqual([
      0,
      "isolated",
      1,
      Date.UTC(2025, 0, 1),
    ]);
  });

  it.each([
    ["a missing column", [["assetId"], ["BTC"]], "assets has no column price. Add it to the header row."],
    [
      "a repeated column",
      [
        ["assetId", "price", "Price"],
        ["BTC", 1, 2],
      ],
      "assets has two columns price. Keep one.",
    ],
    [
      "a blank cell",
      [
        ["assetId", "price"],
        ["BTC", ""],
      ],
      "assets row 1: price is blank. Fill it.",
    ],
    [
      "a 0 price",
      [
        ["assetId", "price"],
        ["BTC", 0],
      ],
      "assets row 1: price is blank or 0. Fill it.",
    ],
    [
      "a 0 haircut",
      [
        ["assetId", "price", "haircut"],
        ["BTC", 1, 0],
      ],
      "assets row 1: haircut is blank or 0. Type none if no haircut applies.",
    ],
    [
      "percent",
      [
        ["assetId", "price", "haircut"],
        ["BTC", 1, 8],
      ],
      "assets row 1: haircut 8 is above 1. Write 0.08 or 8%.",
    ],
    [
      "text",
      [
        ["assetId", "price"],
        ["BTC", "5 USD"],
      ],
      'assets row 1: price is "5 USD", not a number. Write a number.',
    ],
    [
      "an error",
      [
        ["assetId", "price"],
        ["BTC", { code: "#REF!" }],
      ],
      "assets row 1: price is #REF!. Fix that cell.",
    ],
    [
      "an unknown choice",
      [
        ["assetId", "price", "mode"],
        ["BTC", 1, "both"],
      ],
      'assets row 1: mode "both" is unknown. Use cross, isolated.',
    ],
    [
      "an unknown yes",
      [
        ["assetId", "price", "isOpen"],
        ["BTC", 1, "maybe"],
      ],
      'assets row 1: isOpen is "maybe". Write yes or no.',
    ],
    ["no rows", [["assetId", "price"]], "assets has no rows. Select the header row and the rows below it."],
  ])("refuses %s", (_what, rows, message) => {
    expect(() => readArgumentTable(rows as any[][], "assets", columns)).toThrow(message);
  });
});

describe("readDate", () => {
  it("takes serials, ISO dates and times, all UTC", () => {
    expect(readDate(46348, "x", "asOf")).toBe(Date.UTC(2026, 10, 22));
    expect(readDate("46348", "x", "asOf")).toBe(Date.UTC(2026, 10, 22));
    expect(readDate("2026-11-22", "x", "asOf")).toBe(Date.UTC(2026, 10, 22));
    expect(readDate("2026-11-22T06:30Z", "x", "asOf")).toBe(Date.UTC(2026, 10, 22, 6, 30));
    expect(readDate(46348.25, "x", "asOf")).toBe(Date.UTC(2026, 10, 22, 6));
  });

  it.each(["22.11.2026", "2026-02-30", "11/22/2026", true, 5])("refuses %p", (text) => {
    expect(() => readDate(text, "options", "asOf")).toThrow(/options: asOf .* is not a date/);
  });
});
