import type { Book } from "../collateral/book";
import type { AllocationLine, AllocationOutcome } from "../optimization/allocation-outcome";
import type { InputReferences } from "./input-references";
import { fxLookup, type RateOf } from "../optimization/fx-rates";
import { moneyFormat, roundedTo } from "./money-format";
import { recomputedValue } from "./recompute-formulas";
import { reportRows, type ReportCell, type ReportColumn, type ReportSheet } from "./report-sheet";

/** Columns of the Allocation sheet; the letters are used by formulas, so the order is fixed. */
const columns = (baseCurrency: string, money: string): readonly ReportColumn[] => [
  { header: "Agreement", kind: "text", format: "@", width: 180 },
  { header: "Asset", kind: "text", format: "@", width: 110 },
  { header: "Quantity", kind: "number", format: "#,##0.00######", width: 110 },
  { header: "Market value", kind: "number", format: money, width: 120 },
  { header: "Haircut", kind: "number", format: "0.00%", width: 70 },
  { header: "Collateral value", kind: "number", format: money, width: 120 },
  { header: `Cost per day (${baseCurrency})`, kind: "number", format: money, width: 150, isTotalled: true },
  { header: "Currency", kind: "text", format: "@", width: 70 },
  { header: "Location", kind: "text", format: "@", width: 130 },
  { header: "Account", kind: "text", format: "@", width: 130 },
  { header: "Price", kind: "number", format: "#,##0.00######", width: 110 },
  { header: "Price currency", kind: "text", format: "@", width: 110 },
  { header: "Quantity today", kind: "number", format: "#,##0.00######", width: 110 },
  { header: "Recomputed value", kind: "formula", format: money, width: 140 },
  { header: "Difference", kind: "formula", format: money, width: 100 },
];

/** Letters of the columns that other formulas read. */
export const allocationLetters = {
  agreement: "A",
  asset: "B",
  quantity: "C",
  collateralValue: "F",
  location: "I",
  account: "J",
  recomputed: "N",
} as const;

/** Last sheet row of the allocation list, 1-based; at least one row so that ranges are never upside down. */
export const allocationLastRow = (outcome: AllocationOutcome): number => reportRows.firstData + Math.max(1, outcome.lines.length) - 1;

/**
 * Reports every posted asset: agreement, asset, quantity, market value, haircut, collateral value, cost, and beside them native
 * formulas that value the line again from the input tables.
 */
export const reportAllocation = (outcome: AllocationOutcome, book: Book, refs: InputReferences, headline: string): ReportSheet => {
  const source = { outcome, book, refs, rateOf: fxLookup(book.fx, book.settings.baseCurrency) };
  return {
    name: "Allocation",
    title: "Allocation",
    note: headline,
    columns: columns(outcome.baseCurrency, moneyFormat(outcome)),
    rows: outcome.lines.map((line, index) => allocationRow(line, reportRows.firstData + index, source)),
    appends: false,
    isKeyed: true,
  };
};

interface RowSource {
  readonly outcome: AllocationOutcome;
  readonly book: Book;
  readonly refs: InputReferences;
  readonly rateOf: RateOf;
}

const allocationRow = (line: AllocationLine, row: number, { outcome, book, refs, rateOf }: RowSource): readonly ReportCell[] => {
  const letters = allocationLetters;
  const last = allocationLastRow(outcome);
  const range = (letter: string): string => `$${letter}$${reportRows.firstData}:$${letter}$${last}`;
  const shared = outcome.lines.filter((other) => other.agreementId === line.agreementId && other.assetId === line.assetId).length > 1;
  const quantity = `$${letters.quantity}${row}`;
  const cells = {
    assetId: `$${letters.asset}${row}`,
    location: `$${letters.location}${row}`,
    account: `$${letters.account}${row}`,
    quantity,
    poolQuantity: shared
      ? `SUMPRODUCT((${range(letters.agreement)}=$${letters.agreement}${row})*(${range(letters.asset)}=$${letters.asset}${row})*1,${range(letters.quantity)})`
      : quantity,
  };
  const formula = recomputedValue(line, cells, book, refs);
  const currency = outcome.coverage.find((call) => call.agreementId === line.agreementId)?.currency ?? "";
  const digits = roundedTo(rateOf(currency) ?? 1, outcome);
  return [
    line.agreementId,
    line.assetId,
    line.quantity,
    line.marketValue,
    line.haircut,
    line.collateralValue,
    line.costPerDay,
    currency,
    line.location,
    line.account,
    line.price,
    line.priceCurrency,
    line.quantityToday,
    // ROUND of a tiny negative number is -0 in some spreadsheets; adding 0 makes it a plain 0.
    // Without a formula the recomputed cell repeats nothing: a blank says honestly that the sheet cannot check this line.
    formula === undefined ? "" : { formula: `=${formula}` },
    formula === undefined ? "" : { formula: `=ROUND(${letters.recomputed}${row}-${letters.collateralValue}${row},${digits})+0` },
  ];
};
