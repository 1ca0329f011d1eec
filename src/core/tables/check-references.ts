import type { CellMatrix } from "../basics/cell-value";
import type { Issue } from "../basics/issue";
import type { Book, RowOrigin } from "../collateral/book";
import type { TableKind } from "./column-catalogue";
import type { IssueAt } from "./issue-at";
import type { ReadTable } from "./read-table";

/** Ids as they stand in a column, broken rows included: a row with a bad price is still there, so its id is not unknown. */
const idsIn = (tables: readonly ReadTable[], kind: TableKind, columns: readonly string[]): ReadonlySet<string> => {
  const table = tables.find((found) => found.kind === kind);
  const rows = table?.table.values.slice(1) ?? [];
  const cell = (row: CellMatrix[number], column: string): string => String(row[table?.columns.get(column) ?? -1] ?? "").trim();
  return new Set(
    rows.map((row) =>
      columns
        .map((column) => cell(row, column))
        .join("|")
        .toLowerCase(),
    ),
  );
};

/** Ids that exist, lower case, and the place where issues are made. */
interface Known {
  readonly agreements: ReadonlySet<string>;
  readonly assets: ReadonlySet<string>;
  /** assetId|location|account */
  readonly keys: ReadonlySet<string>;
  readonly tierTables: ReadonlySet<string>;
  /** Some agreement ids, for the fix. */
  readonly examples: string;
  readonly at: IssueAt;
}

/** Checks references between tables: agreements, assets, tier tables. An effect that is lost is a warning, a wrong answer an error. */
export const checkReferences = (book: Book, tables: readonly ReadTable[], at: IssueAt): readonly Issue[] => {
  const known: Known = {
    agreements: idsIn(tables, "agreements", ["agreementId"]),
    assets: idsIn(tables, "assets", ["assetId"]),
    keys: idsIn(tables, "assets", ["assetId", "location", "account"]),
    tierTables: idsIn(tables, "tiers", ["tierTable"]),
    examples: book.agreements
      .map((agreement) => agreement.agreementId)
      .slice(0, 6)
      .join(", "),
    at,
  };
  return [
    ...book.eligibility.flatMap((row) => [
      ...unknownAgreement("eligibility", row, known, true),
      ...assetWithoutEffect("eligibility", row, known, "rule"),
      ...unknownTierTable(row, known),
    ]),
    ...book.holdings.flatMap((row) => [...unknownAgreement("holdings", row, known), ...unknownHolding(row, known)]),
    ...book.costs.flatMap((row) => [...unknownAgreement("costs", row, known, true), ...assetWithoutEffect("costs", row, known, "cost")]),
    ...book.positions.flatMap((row) => unknownAgreement("positions", row, known)),
    ...book.pins.flatMap((row) => unknownAgreement("pins", row, known)),
    ...book.limits.flatMap((row) => unknownScope(row, known)),
  ];
};

const unknownAgreement = (
  kind: TableKind,
  row: { readonly origin: RowOrigin; readonly agreementId: string },
  known: Known,
  wildcard = false,
): readonly Issue[] => {
  if ((wildcard && row.agreementId === "*") || known.agreements.has(row.agreementId.toLowerCase())) return [];
  const message = `Agreement ${row.agreementId} is not in tblAgreements.`;
  const fix = `Correct the id${known.examples === "" ? "" : ` (known: ${known.examples} ...)`} or add the agreement.`;
  return [known.at(kind, row.origin, "agreementId", { code: "unknown-agreement", message, fix })];
};

const assetWithoutEffect = (
  kind: TableKind,
  row: { readonly origin: RowOrigin; readonly assetId?: string },
  known: Known,
  what: string,
): readonly Issue[] => {
  if (row.assetId === undefined || row.assetId === "*" || known.assets.has(row.assetId.toLowerCase())) return [];
  const message = `Asset ${row.assetId} is not in tblAssets, so this ${what} has no effect.`;
  return [
    known.at(kind, row.origin, "assetId", { code: "unknown-asset", severity: "warning", message, fix: "Correct the id, or leave it for later." }),
  ];
};

const unknownTierTable = (row: Book["eligibility"][number], known: Known): readonly Issue[] => {
  if (row.tierTable === undefined || known.tierTables.has(row.tierTable.toLowerCase())) return [];
  const message = `Tier table ${row.tierTable} is not in tblTiers.`;
  return [
    known.at("eligibility", row.origin, "tierTable", { code: "unknown-tier-table", message, fix: "Correct the name or add its rows to tblTiers." }),
  ];
};

const unknownHolding = (row: Book["holdings"][number], known: Known): readonly Issue[] => {
  if (row.direction !== "posted" || row.quantity <= 0 || known.keys.has(`${row.assetId}|${row.location}|${row.account}`.toLowerCase())) return [];
  const where = [row.location, row.account].filter((part) => part !== "").join(", ");
  const message = `${row.assetId}${where === "" ? "" : ` at ${where}`} is posted but is no row of tblAssets.`;
  const fix = "Add the asset to tblAssets (its quantity includes what is posted), or correct assetId, location and account.";
  return [known.at("holdings", row.origin, "assetId", { code: "unknown-asset", message, fix })];
};

const unknownScope = (row: Book["limits"][number], known: Known): readonly Issue[] => {
  const isSpecial = ["EACH", "ALL", "*"].includes(row.scopeId.toUpperCase());
  if (row.scope !== "agreement" || isSpecial || known.agreements.has(row.scopeId.toLowerCase())) return [];
  const message = `Agreement ${row.scopeId} of the limit is not in tblAgreements.`;
  return [known.at("limits", row.origin, "scopeId", { code: "unknown-agreement", message, fix: "Correct the id, or use EACH or ALL." })];
};
