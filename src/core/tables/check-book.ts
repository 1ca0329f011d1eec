import type { CellMatrix } from "../basics/cell-value";
import type { Issue } from "../basics/issue";
import type { Book, RowOrigin } from "../collateral/book";
import type { ReadTable } from "./read-table";
import type { TableKind } from "./column-catalogue";

export type IssueAt = (kind: TableKind, origin: RowOrigin, column: string, problem: Pick<Issue, "code" | "message"> & Partial<Issue>) => Issue;

/**
 * Checks what needs more than one cell: repeated keys, references to rows that do not exist, currencies without a rate,
 * tier tables with gaps, haircuts that look like valuation percentages.
 *
 * @returns issues with the cell of each
 */
export const checkBook = (book: Book, tables: readonly ReadTable[]): readonly Issue[] => {
  const at = issueMaker(tables);
  return [
    ...repeatedKeys(book, at),
    ...unknownReferences(book, tables, at),
    ...missingRates(book, at),
    ...doubtfulHaircuts(book, tables, at),
  ];
};

/** Finds the row's own issue maker again, so that messages name the real cell. */
export const issueMaker = (tables: readonly ReadTable[]): IssueAt => {
  const rows = new Map(tables.flatMap((table) => table.rows.map((row) => [`${table.kind}|${row.origin.row}`, row] as const)));
  return (kind, origin, column, problem) => {
    const row = rows.get(`${kind}|${origin.row}`);
    return row === undefined ? { severity: "error", ...problem } : row.issue(column, problem);
  };
};

const repeatedKeys = (book: Book, at: IssueAt): readonly Issue[] => {
  const issues: Issue[] = [];
  const seenAssets = new Map<string, RowOrigin>();
  for (const asset of book.assets) {
    const first = seenAssets.get(asset.key.toLowerCase());
    if (first === undefined) seenAssets.set(asset.key.toLowerCase(), asset.origin);
    else {
      const where = [asset.location, asset.account].filter((part) => part !== "").join(", ");
      issues.push(
        at("assets", asset.origin, "assetId", {
          code: "repeated-asset",
          message: `${asset.assetId}${where === "" ? "" : ` at ${where}`} stands already in row ${first.row}.`,
          fix: "Join the two rows, or give them different locations or accounts.",
        }),
      );
    }
  }
  const seenAgreements = new Map<string, RowOrigin>();
  for (const agreement of book.agreements) {
    const first = seenAgreements.get(agreement.agreementId.toLowerCase());
    if (first === undefined) seenAgreements.set(agreement.agreementId.toLowerCase(), agreement.origin);
    else {
      issues.push(
        at("agreements", agreement.origin, "agreementId", {
          code: "repeated-agreement",
          message: `${agreement.agreementId} stands already in row ${first.row}.`,
          fix: "Give each agreement its own id (for example CSA-1-VM and CSA-1-IM).",
        }),
      );
    }
  }
  const seenRates = new Map<string, RowOrigin>();
  for (const rate of book.fx) {
    const first = seenRates.get(rate.currency.toUpperCase());
    if (first === undefined) seenRates.set(rate.currency.toUpperCase(), rate.origin);
    else issues.push(at("fx", rate.origin, "currency", { code: "repeated-currency", message: `${rate.currency} has a rate already in row ${first.row}.`, fix: "Keep one row per currency." }));
  }
  return issues;
};

/** Ids as they stand in a column, broken rows included: a row with a bad price is still there, so its id is not unknown. */
const idsIn = (tables: readonly ReadTable[], kind: TableKind, columns: readonly string[]): ReadonlySet<string> => {
  const table = tables.find((found) => found.kind === kind);
  const rows = table?.table.values.slice(1) ?? [];
  const cell = (row: CellMatrix[number], column: string): string => String(row[table?.columns.get(column) ?? -1] ?? "").trim();
  return new Set(rows.map((row) => columns.map((column) => cell(row, column)).join("|").toLowerCase()));
};

const unknownReferences = (book: Book, tables: readonly ReadTable[], at: IssueAt): readonly Issue[] => {
  const agreements = idsIn(tables, "agreements", ["agreementId"]);
  const assets = idsIn(tables, "assets", ["assetId"]);
  const keys = idsIn(tables, "assets", ["assetId", "location", "account"]);
  const tierTables = new Set(book.tiers.map((tier) => tier.tierTable.toLowerCase()));
  const known = book.agreements.map((agreement) => agreement.agreementId).slice(0, 6).join(", ");
  const issues: Issue[] = [];
  const agreementOf = (kind: TableKind, row: { origin: RowOrigin; agreementId: string }, wildcard: boolean): void => {
    if ((wildcard && row.agreementId === "*") || agreements.has(row.agreementId.toLowerCase())) return;
    issues.push(
      at(kind, row.origin, "agreementId", {
        code: "unknown-agreement",
        message: `Agreement ${row.agreementId} is not in tblAgreements.`,
        fix: `Correct the id${known === "" ? "" : ` (known: ${known} ...)`} or add the agreement.`,
      }),
    );
  };
  for (const row of book.eligibility) {
    agreementOf("eligibility", row, true);
    if (row.assetId !== undefined && !assets.has(row.assetId.toLowerCase())) {
      issues.push(at("eligibility", row.origin, "assetId", { code: "unknown-asset", severity: "warning", message: `Asset ${row.assetId} is not in tblAssets, so this rule has no effect.`, fix: "Correct the id, or leave it for later." }));
    }
    if (row.tierTable !== undefined && !tierTables.has(row.tierTable.toLowerCase())) {
      issues.push(at("eligibility", row.origin, "tierTable", { code: "unknown-tier-table", message: `Tier table ${row.tierTable} is not in tblTiers.`, fix: "Correct the name or add its rows to tblTiers." }));
    }
  }
  for (const row of book.holdings) {
    agreementOf("holdings", row, false);
    const isKnown = keys.has(`${row.assetId}|${row.location}|${row.account}`.toLowerCase());
    if (row.direction === "posted" && row.quantity > 0 && !isKnown) {
      const where = [row.location, row.account].filter((part) => part !== "").join(", ");
      issues.push(
        at("holdings", row.origin, "assetId", {
          code: "unknown-asset",
          message: `${row.assetId}${where === "" ? "" : ` at ${where}`} is posted but is no row of tblAssets.`,
          fix: "Add the asset to tblAssets (its quantity includes what is posted), or correct assetId, location and account.",
        }),
      );
    }
  }
  for (const row of book.costs) {
    agreementOf("costs", row, true);
    if (row.assetId !== "*" && !assets.has(row.assetId.toLowerCase())) {
      issues.push(at("costs", row.origin, "assetId", { code: "unknown-asset", severity: "warning", message: `Asset ${row.assetId} is not in tblAssets, so this cost has no effect.`, fix: "Correct the id, or leave it for later." }));
    }
  }
  for (const row of book.positions) agreementOf("positions", row, false);
  for (const row of book.pins) agreementOf("pins", row, false);
  for (const limit of book.limits) {
    const isSpecial = ["EACH", "ALL", "*"].includes(limit.scopeId.toUpperCase());
    if (limit.scope === "agreement" && !isSpecial && !agreements.has(limit.scopeId.toLowerCase())) {
      issues.push(at("limits", limit.origin, "scopeId", { code: "unknown-agreement", message: `Agreement ${limit.scopeId} of the limit is not in tblAgreements.`, fix: "Correct the id, or use EACH or ALL." }));
    }
  }
  return issues;
};

const missingRates = (book: Book, at: IssueAt): readonly Issue[] => {
  const rates = new Set([book.settings.baseCurrency, ...book.fx.map((rate) => rate.currency.toUpperCase())]);
  const issues: Issue[] = [];
  const named = new Set<string>();
  const need = (kind: TableKind, origin: RowOrigin, column: string, currency: string | undefined): void => {
    if (currency === undefined || currency === "" || rates.has(currency.toUpperCase()) || named.has(currency.toUpperCase())) return;
    named.add(currency.toUpperCase());
    issues.push(
      at(kind, origin, column, {
        code: "missing-rate",
        message: `There is no FX rate for ${currency.toUpperCase()}.`,
        fix: `Add ${currency.toUpperCase()} to tblFx: ${book.settings.baseCurrency} per 1 ${currency.toUpperCase()}.`,
      }),
    );
  };
  for (const asset of book.assets) need("assets", asset.origin, "priceCurrency", asset.priceCurrency);
  for (const agreement of book.agreements) need("agreements", agreement.origin, "currency", agreement.currency);
  for (const limit of book.limits) need("limits", limit.origin, "currency", limit.currency);
  for (const tier of book.tiers) need("tiers", tier.origin, "tierCurrency", tier.tierCurrency);
  const base = book.fx.find((rate) => rate.currency.toUpperCase() === book.settings.baseCurrency);
  if (base !== undefined && base.rate !== 1) {
    issues.push(at("fx", base.origin, "rate", { code: "base-rate", message: `The base currency ${base.currency} has the rate ${base.rate}.`, fix: "Its rate must be 1; rates are base currency per unit." }));
  }
  return issues;
};

/** 0.97 against 0.03: the confusion that costs money. Detected over the column, asked, never guessed. */
const doubtfulHaircuts = (book: Book, tables: readonly ReadTable[], at: IssueAt): readonly Issue[] => {
  if ((book.settings as { confirmHaircuts?: boolean }).confirmHaircuts === true) return [];
  const table = tables.find((found) => found.kind === "eligibility");
  const suspects: Issue[] = [];
  for (const [column, isDoubtful, other] of [
    ["haircut", (value: number) => value >= 0.7 && value < 1, "valuationPercentage"],
    ["valuationPercentage", (value: number) => value > 0 && value <= 0.3, "haircut"],
  ] as const) {
    const rows = (table?.rows ?? []).filter((row) => typeof row.values.get(column) === "number");
    const doubtful = rows.filter((row) => isDoubtful(row.values.get(column) as number));
    const first = doubtful[0];
    if (first === undefined || rows.length < 3 || doubtful.length * 2 <= rows.length) continue;
    suspects.push(
      at("eligibility", first.origin, column, {
        code: "haircut-or-valuation",
        message: `${doubtful.length} of ${rows.length} values of ${column} look like ${other === "haircut" ? "haircuts" : "valuation percentages"} (${String(first.values.get(column))}).`,
        fix: `Rename the column to ${other} if they are; otherwise add confirmHaircuts = yes to tblSettings.`,
      }),
    );
  }
  return suspects;
};
