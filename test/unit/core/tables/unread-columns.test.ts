import { isMisspelt } from "../../../../src/core/tables/mapping/is-misspelt";
import type { TableKind } from "../../../../src/core/tables/column-catalogue";
import { readTable } from "../../../../src/core/tables/read-table";

const needed: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  assets: ["assetId", "quantity", "price"],
  agreements: ["agreementId", "currency", "requirement"],
  eligibility: ["agreementId", "assetId"],
  counterparties: ["counterparty", "pd"],
};

const issuesOf = (kind: TableKind, ...headers: readonly string[]): readonly string[] =>
  readTable(kind, { name: `tbl${kind}`, sheet: "S", rowIndex: 4, columnIndex: 1, values: [[...(needed[kind] ?? []), ...headers]] })
    .issues.filter(({ code }) => code === "unread-column")
    .map(({ message, cell, severity }) => `${severity} ${cell?.address}: ${message}`);

describe("columns that are not read", () => {
  it.each([
    ["eligibility", "haricut", "haircut", "D5"],
    ["eligibility", "Fx Haircutt", "fxHaircut", "D5"],
    ["assets", "lokcup", "lockedUntil", "E5"],
    ["assets", "Lock-up until", "lockedUntil", "E5"],
    ["assets", "currency", "priceCurrency", "E5"],
    ["agreements", "Prioritty", "priority", "E5"],
    ["agreements", "MTA", "minimumTransferAmount", "E5"],
  ] as const)("are named in %s where %s looks like %s", (kind, header, column, address) => {
    expect(issuesOf(kind, header)).toEqual([`warning ${address}: Column "${header}" of tbl${kind} is not read. Is it ${column}?`]);
  });

  it("are the user's own where nothing of ours is like them, or where ours is there", () => {
    expect(issuesOf("assets", "Trader", "Comment", "name", "prices")).toEqual([]);
    expect(issuesOf("agreements", "priority", "Prioritty")).toEqual([]);
    expect(issuesOf("counterparties", "grde", "leverage")).toEqual([]);
  });

  it("are asked about once where two look like the same column", () => {
    expect(issuesOf("eligibility", "haircuts", "haircutt")).toEqual(['warning D5: Column "haircuts" of tbleligibility is not read. Is it haircut?']);
  });
});

describe("isMisspelt", () => {
  it.each([
    ["haricut", "haircut", true],
    ["haircut", "haircut", false],
    ["harcuit", "haircut", false],
    ["fundngrat", "fundingrate", true],
    ["fundngra", "fundingrate", false],
    ["rat", "rate", false],
    ["late", "rate", true],
  ])("%s for %s: %s", (given, word, expected) => {
    expect(isMisspelt(given, word)).toBe(expected);
  });
});
