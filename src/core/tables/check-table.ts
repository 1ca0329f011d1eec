import type { CellMatrix } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import type { Issue } from "../basics/issue";
import { withBlankZeros } from "./arguments/book-argument";
import { tableKinds, type TableKind } from "./column-catalogue";
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
const zeroIsBlank = new Set(["haircut", "price", "rate", "limit"]);

/**
 * Checks a table that a custom function received, header row first, as the pane would check it on the sheet.
 *
 * Excel may hand a blank cell over as 0, so zeros are read as the other functions read them: a 0 in a haircut, price, rate or limit counts as
 * blank (type none for no haircut), and so does one in a text, date or choice.
 *
 * @param matrix the table with its header row, such as tblAssets[#All]
 * @param kind what it holds: assets, agreements, eligibility ... or tblAssets
 * @throws DomainError badInput for an unknown kind or a range without header and rows
 */
export const checkTable = (matrix: CellMatrix, kind: string): TableCheck => {
  const wanted = String(kind ?? "")
    .trim()
    .toLowerCase()
    .replace(/^tbl/, "");
  const found = tableKinds.find((candidate) => candidate.toLowerCase() === wanted);
  if (found === undefined)
    throw new DomainError("badInput", `Kind "${kind ?? ""}" is unknown. Use assets, agreements, eligibility, limits, tiers, holdings ...`);
  if (matrix.length < 2) throw new DomainError("badInput", "The table has no data rows. Include the header row, such as tblAssets[#All].");
  const values = withBlankZeros(found, matrix, false);
  const table = { name: found, sheet: "table", rowIndex: 0, columnIndex: 0, values };
  const read = readTable(found, table).value;
  const own = parseBook(new Map([[found, table]]), judgedAt).issues.filter((issue) => !crossTable.has(issue.code));
  const problems = [...own.map((issue) => toProblem(issue, read, matrix)), ...worthlessRows(found, matrix, read)];
  return { rows: read.rowsPresent, problems: problems.sort((a, b) => a.row - b.row) };
};

/** A function in a cell has no clock; dates are judged by the pane. */
const judgedAt = "1970-01-01T00:00:00.000Z";

/** Problems that only more than one table can show are the pane's business. */
const crossTable = new Set(["as-of-now", "missing-table", "unknown-agreement", "unknown-asset", "unknown-tier-table", "missing-rate"]);

const toProblem = (issue: Issue, read: ReadTable, matrix: CellMatrix): TableProblem => {
  const [, column = "", row = "0"] = /\[(.+?)\] row (\d+)/.exec(issue.at ?? "") ?? [];
  const index = read.columns.get(column) ?? -1;
  const header = column === "" ? "" : String(read.table.values[0]?.[index] ?? column);
  const said = { row: Number(row), column: header, problem: issue.message, fix: issue.fix ?? "", severity: issue.severity };
  // A function cannot tell whether the 0 was typed.
  if (!zeroIsBlank.has(column) || matrix[Number(row)]?.[index] !== 0) return said;
  const fix = column === "haircut" ? "Type none if no haircut applies." : said.fix;
  return { ...said, problem: said.problem.replace(/ is blank\.$/, " is blank or 0."), fix };
};

/** A valuation percentage of 0 with no other terms beside it is worth nothing; a blank one was forgotten. */
const worthlessRows = (kind: TableKind, matrix: CellMatrix, read: ReadTable): readonly TableProblem[] => {
  const column = "valuationPercentage";
  const index = read.columns.get(column);
  if (kind !== "eligibility" || index === undefined) return [];
  return matrix.slice(1).flatMap((cells, at): readonly TableProblem[] =>
    // Beside other terms, and in rows that were never filled, the 0 has been read as blank.
    cells[index] === 0 && read.table.values[at + 1]?.[index] === 0
      ? [
          {
            row: at + 1,
            column: String(matrix[0]?.[index] ?? column),
            problem: `${column} is blank or 0.`,
            fix: "Type a decimal above 0; a haircut of 1 if it is worth nothing.",
            severity: "error",
          },
        ]
      : [],
  );
};
