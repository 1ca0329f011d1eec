import { DomainError } from "../basics/domain-error";
import { asMatrix, readReturnColumn } from "./return-column";

/** One argument of several that belong together row by row. */
export interface AlignedArgument {
  readonly cells: unknown;
  readonly name: string;
}

/** Columns of equal length without blanks. */
export interface AlignedColumns {
  readonly columns: readonly Float64Array[];
  /** Row of the range (1-based) of each kept row. */
  readonly rows: readonly number[];
  /** Rows left out because one of the cells was blank (or a skipped error). */
  readonly dropped: number;
}

const heightOf = (cells: unknown): number => {
  const matrix = asMatrix(cells);
  return matrix.length === 1 ? (matrix[0]?.length ?? 0) : matrix.length;
};

/**
 * Reads columns that belong together; a row with a blank in any of them is left out of all. A single number stands for the whole column.
 *
 * @throws DomainError badInput when heights differ or a cell is not a number
 */
export const readAlignedColumns = (given: readonly AlignedArgument[], errors: "stop" | "skip" = "stop"): AlignedColumns => {
  const first = given[0]!;
  const height = heightOf(first.cells);
  const columns = given.map(({ cells, name }) => {
    const own = heightOf(cells);
    if (own !== height && own !== 1)
      throw new DomainError("badInput", `${name} has ${own} cells, ${first.name} has ${height}. Give ranges of the same height.`);
    const read = readReturnColumn(cells, { name, errors });
    const values = new Float64Array(height).fill(NaN);
    if (own === 1 && height !== 1) values.fill(read.values[0] ?? NaN);
    else read.rows.forEach((row, i) => (values[row - 1] = read.values[i]!));
    return values;
  });
  const rows: number[] = [];
  for (let i = 0; i < height; i++) if (columns.every((values) => !Number.isNaN(values[i]!))) rows.push(i + 1);
  if (rows.length === 0)
    throw new DomainError(
      "tooLittleData",
      `${given.map(({ name }) => name).join(" and ")} have no row where all are filled. Check the ranges.`.slice(0, 120),
    );
  return { columns: columns.map((values) => Float64Array.from(rows, (row) => values[row - 1]!)), rows, dropped: height - rows.length };
};
