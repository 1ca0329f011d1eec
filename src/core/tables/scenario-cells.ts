import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../basics/cell-value";
import { DomainError } from "../basics/domain-error";
import { asMatrix, refuseCell, serialToText } from "./return-column";

/** Numbers by scenario (row) and asset (column). */
export interface ScenarioCells {
  readonly scenarios: number;
  readonly assets: number;
  /** Entry scenario * assets + asset. */
  readonly values: Float64Array;
  /** From a header row of texts. */
  readonly assetNames: readonly string[] | undefined;
  /** From a first column of texts or dates. */
  readonly scenarioNames: readonly string[] | undefined;
  /** Row of the range (1-based) of each scenario. */
  readonly rows: readonly number[];
  /** Rows left out because a cell was blank or a skipped error. */
  readonly dropped: number;
  /** Serial dates of dates=first. */
  readonly times: readonly number[] | undefined;
}

/** How to read it. */
export interface ScenarioCellsOptions {
  readonly name: string;
  /** What a blank number means: leave the row out, or 0. */
  readonly blanks: "drop" | "zero";
  readonly errors?: "stop" | "skip";
  readonly hasDates?: boolean;
  /** Known number of assets; 0 = any. A lone row or column is then turned to fit. */
  readonly assets?: number;
}

const isName = (cell: CellValue): boolean => typeof cell === "string" && !isBlank(cell) && !isErrorCell(cell);

const isMissingError = (cell: CellValue): boolean => isErrorCell(cell) && /n\/a|notavailable/i.test(showCell(cell));

/** A header row is one whose cells after the first are all names; the first may be blank or a name. */
const hasHeader = (matrix: CellMatrix): boolean => {
  const first = matrix[0] ?? [];
  const rest = first.length > 1 ? first.slice(1) : first;
  return matrix.length > 1 && rest.length > 0 && rest.every(isName);
};

const readRow = (cells: readonly CellValue[], target: Float64Array, at: number, row: number, options: ScenarioCellsOptions): boolean => {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (typeof cell === "number" && Number.isFinite(cell)) target[at + i] = cell;
    else if (isBlank(cell)) {
      if (options.blanks === "drop") return false;
      target[at + i] = 0;
    } else if (options.errors === "skip" && isMissingError(cell)) return false;
    else refuseCell(cell, options.name, row);
  }
  return true;
};

const shaped = (argument: unknown, assets: number): CellMatrix => {
  const matrix = asMatrix(argument);
  const width = matrix[0]?.length ?? 0;
  // One asset given across the sheet is one scenario per cell.
  if (assets === 1 && matrix.length === 1 && width > 1) return matrix[0]!.map((cell) => [cell]);
  return matrix;
};

/**
 * Reads a range of scenarios x assets: an optional header row of asset names, an optional first column of names or dates.
 *
 * @throws DomainError badInput for a wrong width or a cell that is not a number, notFound for #N/A
 */
export const readScenarioCells = (argument: unknown, options: ScenarioCellsOptions): ScenarioCells => {
  const matrix = shaped(argument, options.assets ?? 0);
  const withHeader = hasHeader(matrix);
  const body = withHeader ? matrix.slice(1) : matrix;
  const width = matrix[0]?.length ?? 0;
  const withNames = options.hasDates === true || (width > 1 && body.length > 0 && body.every((row) => isName(row[0])));
  const assets = width - (withNames ? 1 : 0);
  if (assets < 1) throw new DomainError("badInput", `${options.name} has no column of numbers. Give one column per asset.`);
  if (options.assets !== undefined && options.assets !== 0 && assets !== options.assets) {
    throw new DomainError(
      "badInput",
      `${options.name} has ${assets} asset columns, exposures has ${options.assets} cells. Give one column per exposure.`,
    );
  }
  const values = new Float64Array(body.length * assets);
  const rows: number[] = [];
  const names: string[] = [];
  const times: number[] = [];
  body.forEach((row, k) => {
    const rowNumber = k + 1 + (withHeader ? 1 : 0);
    if (!readRow(withNames ? row.slice(1) : row, values, rows.length * assets, rowNumber, options)) return;
    rows.push(rowNumber);
    if (!withNames) return;
    const label = row[0];
    names.push(typeof label === "number" && options.hasDates ? serialToText(label) : showCell(label).replace(/"/g, ""));
    if (typeof label === "number") times.push(label);
  });
  return {
    scenarios: rows.length,
    assets,
    values: values.subarray(0, rows.length * assets),
    assetNames: withHeader ? (withNames ? matrix[0]!.slice(1) : matrix[0]!).map((cell) => showCell(cell).replace(/"/g, "")) : undefined,
    scenarioNames: withNames ? names : undefined,
    rows,
    dropped: body.length - rows.length,
    times: times.length === rows.length && times.length > 0 ? times : undefined,
  };
};

/** Reads exposures: one row or one column of numbers, none of them blank. @throws DomainError badInput */
export const readExposures = (argument: unknown): Float64Array => {
  const matrix = asMatrix(argument);
  if (matrix.length > 1 && (matrix[0]?.length ?? 0) > 1)
    throw new DomainError("badInput", "exposures must be one row or one column. Give one number per asset.");
  const cells = matrix.length === 1 ? matrix[0]! : matrix.map((row) => row[0]);
  return Float64Array.from(cells, (cell, i) => {
    if (typeof cell === "number" && Number.isFinite(cell)) return cell;
    if (isBlank(cell)) throw new DomainError("badInput", `exposures entry ${i + 1} is blank. Type 0 where nothing is held.`);
    return refuseCell(cell, "exposures", i + 1);
  });
};
