import type { SheetTable } from "../../src/core/tables/sheet-table";

const table = (kind: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]): SheetTable => ({
  name: `tbl${kind}`,
  sheet: kind,
  rowIndex: 4,
  columnIndex: 0,
  values: [[...columns], ...rows.map((row) => [...row])],
});

/** Lots of many sizes and fixed costs: answers are found soon, and no search proves the best one within the ten minutes that it has. */
export const endlessBook = (): SheetTable[] => {
  let state = 11;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
  const agreements = Array.from({ length: 8 }, (_, j) => `A${j}`);
  const assets = Array.from({ length: 40 }, (_, i) => {
    const lot = [7, 11, 13, 17, 19][i % 5]!;
    return [`X${i}`, lot * (20 + Math.floor(60 * random())), 5 + Math.floor(900 * random()) / 10, "USD", Math.floor(300 * random()) / 1e4, lot];
  });
  return [
    table("Assets", ["assetId", "quantity", "price", "priceCurrency", "fundingRate", "lotSize"], assets),
    table(
      "Agreements",
      ["agreementId", "currency", "requirement"],
      agreements.map((id) => [id, "USD", 60_000 + Math.floor(60_000 * random())]),
    ),
    table(
      "Eligibility",
      ["agreementId", "assetId", "haircut"],
      agreements.flatMap((id) => assets.map(([assetId]) => [id, String(assetId), Math.floor(30 * random()) / 100])),
    ),
    table("Fx", ["currency", "rate"], [["USD", 1]]),
    table("Costs", ["assetId", "agreementId", "deliverFixed"], [["*", "*", 40]]),
    table(
      "Settings",
      ["key", "value"],
      [
        ["baseCurrency", "USD"],
        ["timeLimitSeconds", 600],
      ],
    ),
  ];
};

/** The same desk on a day without lots and fixed costs: one linear program. */
export const plainBook = (): SheetTable[] =>
  endlessBook()
    .filter(({ name }) => name !== "tblCosts")
    .map((one) => (one.name === "tblAssets" ? { ...one, values: one.values.map((row) => row.slice(0, 5)) } : one));
