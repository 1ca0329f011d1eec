import { headlineOf } from "../../../../src/app/headline";
import { reportAnalysis } from "../../../../src/core/report/analysis-report";
import { reportCoverage } from "../../../../src/core/report/coverage-report";
import { reportRunLog } from "../../../../src/core/report/run-log-report";
import { runBook, smallBook } from "../../../support/small-book";

/** A minimum of 50 of gold where there are 30. */
const book = smallBook({
  assets: [
    { assetId: "GOLD", quantity: 30 },
    { assetId: "CASH", quantity: 1000 },
  ],
  agreements: [{ agreementId: "A", requirement: 100 }],
  eligibility: [{ agreementId: "A", assetClass: "*", haircut: 0 }],
  limits: [{ scopeId: "A", group: "GOLD", direction: "min", limit: 50, limitBasis: "amount" }],
});
const name = "GOLD minimum at A (tblLimits row 1)";

describe("a minimum that is not met is shown", () => {
  test("in the headline beside the calls, which are covered", async () => {
    expect(headlineOf((await runBook(book)).outcome)).toMatch(/^Covered 1 of 1 calls, 1 minimum not met\. Cost/);
  });

  test("below the agreements on the Coverage sheet, in its unit and outside the chart", async () => {
    const sheet = reportCoverage((await runBook(book)).outcome, book, "Allocation", "");
    expect(sheet.rows.map((row) => row[5])).toEqual(["Covered", "Not met"]);
    expect(sheet.rows[1]!.slice(0, 6)).toEqual([name, 50, 30, -20, "USD", "Not met"]);
    expect(sheet.rows[1]).toHaveLength(sheet.columns.length);
    expect(sheet.rows[1]!.slice(12)).toEqual(["", "", ""]);
  });

  test("in the Run log with needed, reached and missing, beside the check of the declaration", async () => {
    const { outcome, report } = await runBook(book);
    const facts = { runId: "r", finishedAt: "2026-01-01T00:00:00Z", inputHash: "h", version: "0", headline: "", status: "Optimal", warnings: [] };
    const rows = reportRunLog(outcome, report, facts).rows;
    expect(rows.find((row) => row[4] === `Not met: ${name}`)!.slice(5)).toEqual(["Not met", "", "", "needed 50, reached 30, missing 20 USD"]);
    expect(rows.find((row) => row[4] === "Check: Minimums not met")!.slice(5, 6)).toEqual(["OK"]);
  });

  test("on the Analysis sheet with the rules in conflict and every cure", async () => {
    const rows = reportAnalysis((await runBook(book)).outcome, "", 365).rows;
    const at = rows.findIndex((row) => row[0] === "Not met");
    expect(rows[at]!.slice(1, 4)).toEqual([name, 20, "USD"]);
    expect(rows[at]!.at(-1)).toContain(`In conflict: ${name}; GOLD inventory`);
    const repairs = rows.slice(at + 1, at + 3).map((row) => row.join(" ").toLowerCase());
    expect(repairs).toEqual([expect.stringContaining("add 20 gold"), expect.stringContaining(`lower the ${name} from 50 to 30 usd`.toLowerCase())]);
  });
});
