import { findRange } from "../../../../src/core/tables/find-ranges";
import { recogniseTables, setsOf, tablesOfSet } from "../../../../src/core/tables/recognise-tables";
import type { SheetTable } from "../../../../src/core/tables/sheet-table";

const table = (name: string | undefined, headers: readonly string[]): SheetTable => ({
  ...(name === undefined ? {} : { name }),
  sheet: "S",
  rowIndex: 0,
  columnIndex: 0,
  values: [headers],
});

describe("recogniseTables", () => {
  it("knows our tables by name and keeps sets apart", () => {
    const found = recogniseTables([
      table("tblAssets2", ["x"]),
      table("tblAssets", ["x"]),
      table("tblFx", ["x"]),
      table("Sales", ["region", "amount"]),
    ]);
    expect(found.map(({ kind, set }) => `${kind}/${set}`)).toEqual(["assets/2", "assets/", "fx/"]);
    expect(setsOf(found)).toEqual(["", "2"]);
    expect(tablesOfSet(found, "2").get("assets")?.name).toBe("tblAssets2");
  });

  it("knows the user's own tables by their header row", () => {
    const found = recogniseTables([table("Inventory", ["Price", "Asset ID", "Quantity (units)", "Desk"]), table("Rates", ["Currency", "Rate"])]);
    expect(found.map(({ kind }) => kind)).toEqual(["assets", "fx"]);
  });
});

describe("findRange", () => {
  it("finds a header row below a title and stops at the first blank row", () => {
    const cells = [
      ["My inventory", "", "", ""],
      ["", "", "", ""],
      ["", "assetId", "quantity", "price"],
      ["", "BTC", 1, 97000],
      ["", "ETH", 2, 3500],
      ["", "", "", ""],
      ["", "note", "", ""],
    ];
    expect(findRange("Stock", cells, 1, 2)).toEqual({
      sheet: "Stock",
      rowIndex: 3,
      columnIndex: 3,
      values: [
        ["assetId", "quantity", "price"],
        ["BTC", 1, 97000],
        ["ETH", 2, 3500],
      ],
    });
  });

  it("leaves other sheets alone", () => {
    expect(
      findRange(
        "Notes",
        [
          ["To do", "When"],
          ["call", "today"],
        ],
        0,
        0,
      ),
    ).toBeUndefined();
  });
});
