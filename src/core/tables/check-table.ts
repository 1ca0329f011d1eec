import { isBlank, type CellMatrix } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import type { Issue } from "../basics/issue";
import { columnCatalogue, tableKinds, type TableKind } from "./column-catalogue";
import { parseBook } from "./parse-book";
import { readTable, type ReadTable } from "./read-table";

/** One problem of a table that was handed to a function: the row counts data rows from 1; 0 is the header. */
export interface TableProblem {
  readonly row: number;
  readonly column: string;
  readonly problem: string;
  readonly fix: string;
  readonly severity: string;
}

export interface TableCheck {
  readonly rows: number;
  readonly problems: readonly TableProblem[];
}

/** Columns where a blank that arrives as 0 would change a value silently. */
const zeroIsBlank = new Set(["haircut", "price", "rate", "limit", "valuationPercentage", "priceAtVenue"]);

/**
 * Checks a table that a custom function received, header row first, as the pane would check it on the sheet.
 *
 * Excel may hand a blank cell over as 0, so a 0 in a haircut, price, rate or limit counts as blank here: type none for no haircut.
 *
 * @param matrix the table with its header row, such as tblAssets[#All]
 * @param kind what it holds: assets, agreements, eligibility ... or tblAssets
 * @throws DomainError badInput for an unknown kind or a range without header and rows
 */
export const checkTable = (matrix: CellMatrix, kind: string): TableCheck => {
  const wanted = kind.trim().toLowerCase().replace(/^tbl/, "");
  const found = tableKinds.find((candidate) => candidate.toLowerCase() === wanted);
  if (found === undefined)
    throw new DomainError("badInput", `Kind "${kind}" is unknown. Use assets, agreements, eligibility, limits, tiers, holdings ...`);
  if (matrix.length < 2) throw new DomainError("badInput", "The table has no data rows. Include the header row, such as tblAssets[#All].");
  const table = { name: found, sheet: "table", rowIndex: 0, columnIndex: 0, values: matrix };
  const read = readTable(found, table).value;
  const own = parseBook(new Map([[found, table]]), judgedAt).issues.filter((issue) => !crossTable.has(issue.code));
  const zeros = zeroProblems(found, matrix, read);
  const problems = [...own.map((issue) => toProblem(issue, read)), ...zeros];
  return { rows: read.rowsPresent, problems: problems.sort((a, b) => a.row - b.row) };
};

/** A function in a cell has no clock; dates are judged by the pane. */
const judgedAt = "1970-01-01T00:00:00.000Z";

/** Problems that only more than one table can show are the pane's business. */
const crossTable = new Set(["as-of-now", "missing-table", "unknown-agreement", "unknown-asset", "unknown-tier-table", "missing-rate"]);

const toProblem = (issue: Issue, read: ReadTable): TableProblem => {
  const [, column = "", row = "0"] = /\[(.+?)\] row (\d+)/.exec(issue.at ?? "") ?? [];
  const header = column === "" ? "" : String(read.table.values[0]?.[read.columns.get(column) ?? -1] ?? column);
  return { row: Number(row), column: header, problem: issue.message, fix: issue.fix ?? "", severity: issue.severity };
};

const zeroProblems = (kind: TableKind, matrix: CellMatrix, read: ReadTable): readonly TableProblem[] =>
  columnCatalogue[kind]
    .filter((column) => zeroIsBlank.has(column.name) && read.columns.has(column.name))
    .flatMap((column) => {
      const index = read.columns.get(column.name) ?? 0;
      return matrix.slice(1).flatMap((cells, at): readonly TableProblem[] => {
        // Columns with a lower bound above 0 have reported the 0 already.
        if (cells.every(isBlank) || cells[index] !== 0 || column.isExclusive === true) return [];
        const isHaircut = column.kind === "haircut";
        return [
          {
            row: at + 1,
            column: String(matrix[0]?.[index] ?? column.name),
            problem: `${column.name} is blank or 0.`,
            fix: isHaircut ? "Type none if no haircut applies." : `Type ${column.unit}.`,
            severity: "error",
          },
        ];
      });
    });
