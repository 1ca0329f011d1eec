import type { Book } from "../collateral/book";
import type { AllocationOutcome, CoverageLine, ExceededLimit, UnmetMinimum } from "../optimization/allocation-outcome";
import { fxLookup, type RateOf } from "../optimization/fx-rates";
import { allocationLastRow, allocationLetters } from "./allocation-report";
import { moneyFormat, roundedTo } from "./money-format";
import { isPlainText } from "./recompute-formulas";
import { reportRows, type ReportCell, type ReportSheet } from "./report-sheet";
import { quoteSheet } from "../tables/sheet-table";

const statusColumn = 5;
const covered = "Covered";

/**
 * Reports each agreement: required, posted, excess or shortfall, and the posted value summed again by a native formula over the
 * recomputed column of the Allocation sheet. Hard minimums that are not met follow, each in its own unit.
 *
 * @param allocationSheet the actual name of the Allocation sheet (it has a suffix when the user has taken the name)
 */
export const reportCoverage = (outcome: AllocationOutcome, book: Book, allocationSheet: string, headline: string): ReportSheet => {
  const rateOf = fxLookup(book.fx, book.settings.baseCurrency);
  const calls = outcome.coverage.map((call, index) => callRow(call, reportRows.firstData + index, outcome, rateOf, allocationSheet));
  const limits = [...(outcome.unmet ?? []).map(unmetRow), ...(outcome.exceeded ?? []).map(exceededRow)];
  const rows = [...calls, ...limits];
  const money = moneyFormat(outcome);
  return {
    name: "Coverage",
    title: "Coverage by agreement",
    note: headline,
    columns: [
      // The name of a limit is a sentence.
      limits.length === 0
        ? { header: "Agreement", kind: "text", format: "@", width: 180 }
        : { header: "Agreement", kind: "text", format: "@", width: 340, isWidened: true },
      { header: "Required", kind: "number", format: money, width: 120 },
      { header: "Posted", kind: "number", format: money, width: 120 },
      { header: "Excess or shortfall", kind: "number", format: money, width: 150 },
      { header: "Currency", kind: "text", format: "@", width: 70 },
      (outcome.exceeded ?? []).length === 0
        ? { header: "Status", kind: "text", format: "@", width: 90 }
        : { header: "Status", kind: "text", format: "@", width: 250, isWidened: true },
      { header: "Counterparty", kind: "text", format: "@", width: 220 },
      { header: "Margin type", kind: "text", format: "@", width: 90 },
      { header: "Recomputed posted", kind: "formula", format: money, width: 150 },
      { header: "Difference", kind: "formula", format: money, width: 100 },
      { header: "Recomputed excess", kind: "formula", format: money, width: 150 },
      { header: "Marginal cost (per year)", kind: "number", format: "0.00%", width: 170 },
      { header: "Call", kind: "text", format: "@", width: 180 },
      { header: `Required (${outcome.baseCurrency})`, kind: "number", format: money, width: 150, isTotalled: true },
      { header: `Posted (${outcome.baseCurrency})`, kind: "number", format: money, width: 150, isTotalled: true },
    ],
    rows,
    appends: false,
    isKeyed: true,
    alerts: { column: statusColumn, rows: rows.flatMap((row, at) => (row[statusColumn] === covered ? [] : [at])) },
    // The chart is in one currency: beside a call in BTC, one in EUR would look like a tower.
    chart: { title: `Required and posted by agreement (${outcome.baseCurrency})`, type: "columnClustered", categories: 12, series: [13, 14] },
  };
};

const callRow = (call: CoverageLine, row: number, outcome: AllocationOutcome, rateOf: RateOf, allocationSheet: string): readonly ReportCell[] => {
  const last = allocationLastRow(outcome);
  const rate = rateOf(call.currency) ?? 1;
  const digits = roundedTo(rate, outcome);
  const range = (letter: string): string => `${quoteSheet(allocationSheet)}!$${letter}$${reportRows.firstData}:$${letter}$${last}`;
  return [
    call.agreementId,
    call.required,
    call.posted,
    call.isCovered ? Math.max(0, call.posted - call.required) : call.posted - call.required,
    call.currency,
    call.isCovered ? covered : "Short",
    call.counterparty,
    call.marginType,
    { formula: `=${sumOfAgreement(call.agreementId, range(allocationLetters.agreement), `$A${row}`, range(allocationLetters.recomputed))}` },
    { formula: `=ROUND(I${row}-C${row},${digits})+0` },
    { formula: `=ROUND(I${row}-B${row},${digits})+0` },
    call.marginalCost ?? "",
    call.agreementId,
    call.required * rate,
    call.posted * rate,
  ];
};

/**
 * Adds the recomputed values of one agreement. SUMIFS leaves out errors in the lines of others, so that a missing price shows only where it is
 * used; an id that SUMIFS would take for a pattern or a number is compared as it is.
 */
const sumOfAgreement = (id: string, ids: string, cell: string, values: string): string =>
  isPlainText(id) ? `SUMIFS(${values},${ids},"="&${cell})` : `SUMPRODUCT((${ids}=${cell})*1,${values})`;

const unmetRow = (one: UnmetMinimum): readonly ReportCell[] =>
  ruleRow([one.name, one.needed, one.reached, -one.missing, one.unit, "Not met", "", "minimum"]);

/** A maximum that what cannot be recalled yet exceeds: allowed, posted, and by how much. */
const exceededRow = (one: ExceededLimit): readonly ReportCell[] =>
  ruleRow([one.name, one.allowed, one.posted, one.excess, one.unit, "Exceeded by what cannot be recalled yet", "", "maximum"]);

/** Without amounts in the columns of the chart: a limit is no call. */
const ruleRow = (cells: readonly ReportCell[]): readonly ReportCell[] => [...cells, "", "", "", "", "", "", ""];
