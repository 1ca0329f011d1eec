import type { Issue } from "../basics/issue";
import type { Book, RowOrigin } from "../collateral/book";
import { checkReferences } from "./check-references";
import type { IssueAt } from "./issue-at";
import { issueMaker } from "./issue-at";
import type { ReadRow, ReadTable } from "./read-table";
import type { TableKind } from "./column-catalogue";
import { doubtfulUnits } from "./check-units";

/**
 * Checks what needs more than one cell: repeated keys, references to rows that do not exist, currencies without a rate,
 * haircuts that look like valuation percentages, decimals that look like percentages.
 *
 * @returns issues with the cell of each
 */
export const checkBook = (book: Book, tables: readonly ReadTable[]): readonly Issue[] => {
  const at = issueMaker(tables);
  return [
    ...repeatedKeys(book, at),
    ...repeatedPairs(book, at),
    ...checkReferences(book, tables, at),
    ...missingRates(book, at),
    ...doubtfulHaircuts(book, tables, at),
    ...doubtfulUnits(book.settings, tables),
  ];
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
    else
      issues.push(
        at("fx", rate.origin, "currency", {
          code: "repeated-currency",
          message: `${rate.currency} has a rate already in row ${first.row}.`,
          fix: "Keep one row per currency.",
        }),
      );
  }
  return issues;
};

/** Of two rows for the same pair one would win by its place in the table. */
const repeatedPairs = (book: Book, at: IssueAt): readonly Issue[] => [
  ...repeatedIn(book.costs.map((row) => ({ origin: row.origin, names: [row.assetId, row.agreementId] }))).map(({ origin, names, first }) =>
    at("costs", origin, "assetId", {
      code: "repeated-cost",
      message: `The costs of ${names.join(" at ")} stand already in row ${first}.`,
      fix: "Join the two rows: each may fill several columns.",
    }),
  ),
  ...repeatedIn(book.transfers.map((row) => ({ origin: row.origin, names: [row.from, row.to] }))).map(({ origin, names, first }) =>
    at("transfers", origin, "from", {
      code: "repeated-transfer",
      message: `The route from ${names.join(" to ")} stands already in row ${first}.`,
      fix: "Keep one row per route.",
    }),
  ),
];

interface NamedRow {
  readonly origin: RowOrigin;
  readonly names: readonly string[];
}

const repeatedIn = (rows: readonly NamedRow[]): readonly (NamedRow & { readonly first: number })[] => {
  const seen = new Map<string, number>();
  return rows.flatMap((row) => {
    const key = row.names.map((name) => name.trim().toLowerCase()).join("|");
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row.origin.row);
    return first === undefined ? [] : [{ ...row, first }];
  });
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
    issues.push(
      at("fx", base.origin, "rate", {
        code: "base-rate",
        message: `The base currency ${base.currency} has the rate ${base.rate}.`,
        fix: "Its rate must be 1; rates are base currency per unit.",
      }),
    );
  }
  return issues;
};

/** 1 - 0.7 is a little more than 0.3. */
const rounding = 1e-9;

/** 0.97 against 0.03: the confusion that costs money. Detected over the column, asked, never guessed. */
const doubtfulHaircuts = (book: Book, tables: readonly ReadTable[], at: IssueAt): readonly Issue[] => {
  if ((book.settings as { confirmHaircuts?: boolean }).confirmHaircuts === true) return [];
  const table = tables.find((found) => found.kind === "eligibility");
  // A mapping has asked which of the two the numbers are.
  if (table?.table.mapped !== undefined) return [];
  const suspects: Issue[] = [];
  // How far a value is on the other's side: 0.97 as a haircut is 0.03 away from 1, 0.03 as a valuation percentage from 0.
  for (const [column, distance, other] of [
    ["haircut", (value: number) => 1 - value, "valuationPercentage"],
    ["valuationPercentage", (value: number) => value, "haircut"],
  ] as const) {
    const rows = (table?.rows ?? []).filter((row) => typeof row.values.get(column) === "number");
    const far = (row: ReadRow): number => distance(row.values.get(column) as number);
    const doubtful = rows.filter((row) => far(row) <= 0.3 + rounding);
    // Cash at 1, read as a haircut, is worth nothing: it speaks for the confusion, but not alone.
    const first = doubtful.find((row) => far(row) > rounding);
    const isFew = rows.length < 3;
    const isClear = isFew ? doubtful.length === rows.length && doubtful.some((row) => far(row) > rounding && far(row) <= 0.1 + rounding) : true;
    if (first === undefined || !isClear || doubtful.length * 2 <= rows.length) continue;
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
