import { checkTable } from "../core/tables/check-table";
import { answerExcel } from "./excel-error";

/**
 * Lists the problems of a table: row, column, problem, fix, severity. Says "No problems in N rows" when there are none.
 * @customfunction CHECK
 * @helpurl https://localhost:3000/help/check.html
 * @param {any[][]} table The table with its header row, such as tblAssets[#All].
 * @param {string} kind What it holds: assets, agreements, eligibility, limits, tiers, holdings, positions, fx, costs, pins, transfers or settings.
 * @returns {any[][]} A header and one row for each problem, or one sentence.
 */
export function check(table: any[][], kind: string): any[][] {
  return answerExcel(() => {
    const { rows, problems } = checkTable(table, kind);
    if (problems.length === 0) return [[`No problems in ${rows} ${rows === 1 ? "row" : "rows"}`]];
    return [
      ["Row", "Column", "Problem", "Fix", "Severity"],
      ...problems.map((found) => [found.row, found.column, found.problem, found.fix, found.severity]),
    ];
  });
}
