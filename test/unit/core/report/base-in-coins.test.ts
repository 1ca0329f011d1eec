import { headlineOf } from "../../../../src/app/headline";
import { reportAllocation } from "../../../../src/core/report/allocation-report";
import { reportAnalysis } from "../../../../src/core/report/analysis-report";
import { reportCoverage } from "../../../../src/core/report/coverage-report";
import { formatsOf, type ReportCell, type ReportSheet } from "../../../../src/core/report/report-sheet";
import { runBook, smallBook } from "../../../support/small-book";

const coinBook = (baseCurrency: "BTC" | "USD") =>
  smallBook({
    assets: [{ assetId: "BTC", quantity: 0.995, priceCurrency: "BTC", denominationCurrency: "BTC", fundingRate: 0.01 }],
    agreements: [{ agreementId: "V", currency: "BTC", requirement: 1 }],
    eligibility: [{ agreementId: "V", assetId: "BTC", haircut: 0 }],
    fx: baseCurrency === "BTC" ? { USD: 1 / 64_000 } : { BTC: 64_000 },
    settings: { baseCurrency },
  });

const formulaAt = (sheet: ReportSheet, header: string): ReportCell | undefined =>
  sheet.rows[0]![sheet.columns.findIndex((column) => column.header === header)];

/** What a sheet gives of the inputs does not matter here. */
const refs = { column: (table: string, column: string) => `${table}[${column}]` } as never;

test("money of a base currency in coins is shown and compared to as many decimals as a cent of it has", async () => {
  const book = coinBook("BTC");
  const { outcome } = await runBook(book);
  const coverage = reportCoverage(outcome, book, "Allocation", "");
  // 0.01 USD = 0.00000015625 BTC: seven decimals.
  const money = "#,##0.00#####;[Red]-#,##0.00#####;0.00";
  expect(formatsOf(coverage)[0]!.slice(1, 4)).toEqual([money, money, money]);
  expect(formulaAt(coverage, "Difference")).toEqual({ formula: "=ROUND(I6-C6,8)+0" });
  const allocation = reportAllocation(outcome, book, refs, "");
  expect(allocation.columns.find(({ header }) => header === "Cost per day (BTC)")!.format).toBe(money);
  const words = reportAnalysis(outcome, "", 365)
    .rows.find(([section]) => section === "Shortfall")!
    .at(-1);
  expect(words).toContain("Required 1, reachable 0.995.");
  // 0.995 BTC at 1 % a year: 0.00995 / 365 a day.
  expect(headlineOf(outcome)).toMatch(/^Covered 0 of 1 calls\. V is short 0\.005 BTC\. Cost 0\.0000273 BTC\/day\./);
});

test("money of a base currency in dollars keeps its two decimals", async () => {
  const book = coinBook("USD");
  const { outcome } = await runBook(book);
  expect(outcome.baseCent).toBeUndefined();
  const coverage = reportCoverage(outcome, book, "Allocation", "");
  expect(formatsOf(coverage)[0]!.at(-1)).toBe("#,##0.00;[Red]-#,##0.00;0.00");
  expect(formulaAt(coverage, "Difference")).toEqual({ formula: "=ROUND(I6-C6,8)+0" });
});
