import { isBlank, isErrorCell, showCell, type CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import type { Scorecard } from "../../margin/credit/credit-score";
import { toArgumentMatrix, type RangeArgument } from "../argument-columns";
import { normaliseHeader } from "../column-catalogue";

const interceptNames: ReadonlySet<string> = new Set(["intercept", "constant", "bias"]);

const numberOf = (cell: CellValue, at: string): number => {
  if (typeof cell !== "number" || isErrorCell(cell) || !Number.isFinite(cell))
    throw new DomainError("badInput", `${at} is ${showCell(cell)}. Write a number.`.slice(0, 120));
  return cell;
};

/** Reads the weights of a scorecard: two columns attribute and weight, with or without a header; `intercept` is the constant. @throws DomainError badInput */
export const readScorecard = (argument: RangeArgument): Scorecard => {
  const matrix = toArgumentMatrix(argument);
  if ((matrix[0]?.length ?? 0) !== 2)
    throw new DomainError("badInput", `weights have ${matrix[0]?.length ?? 0} columns. Give two: attribute and weight.`);
  let intercept: number | undefined;
  const weights: { attribute: string; weight: number }[] = [];
  matrix.forEach(([name, weight], index) => {
    if ((isBlank(name) || name === 0) && (isBlank(weight) || weight === 0)) return;
    if (index === 0 && typeof weight === "string" && !isErrorCell(weight)) return;
    if (typeof name !== "string" || isErrorCell(name) || isBlank(name))
      throw new DomainError("badInput", `weights row ${index + 1}: attribute is ${showCell(name)}. Write its name.`);
    const value = numberOf(weight, `weights row ${index + 1}: the weight of ${name.trim()}`);
    const key = normaliseHeader(name);
    const isTwice = interceptNames.has(key) ? intercept !== undefined : weights.some((row) => normaliseHeader(row.attribute) === key);
    if (isTwice) throw new DomainError("badInput", `weights row ${index + 1}: ${name.trim()} stands twice. Keep one.`);
    if (interceptNames.has(key)) intercept = value;
    else weights.push({ attribute: name.trim(), weight: value });
  });
  if (weights.length === 0) throw new DomainError("badInput", "weights are empty. Give rows of attribute and weight.");
  return { intercept: intercept ?? 0, weights };
};

/** One counterparty's attributes by name. */
export interface AttributeRow {
  readonly row: number;
  /** Value of an attribute; undefined where there is no such column or row. @throws DomainError badInput where the cell is not a number */
  readonly valueOf: (attribute: string) => number | undefined;
}

/**
 * Reads attributes: a table with a header row (one counterparty per row), or two columns name and value (one counterparty).
 *
 * @throws DomainError badInput
 */
export const readAttributes = (argument: RangeArgument): readonly AttributeRow[] => {
  const matrix = toArgumentMatrix(argument);
  const header = (matrix[0] ?? []).map(normaliseHeader);
  const isList = (matrix[0]?.length ?? 0) === 2 && (typeof matrix[0]?.[1] === "number" || header[1] === "value");
  if (isList)
    return [
      {
        row: 1,
        valueOf: (attribute) =>
          inList(
            matrix.map((row) => [row[0], row[1]] as const),
            attribute,
          ),
      },
    ];
  return matrix
    .slice(1)
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => !isBlank(cell)))
    .map(({ cells, row }) => ({
      row,
      valueOf: (attribute: string) => {
        const place = header.indexOf(normaliseHeader(attribute));
        return place < 0 ? undefined : numberOf(cells[place], `attributes row ${row}: ${attribute}`);
      },
    }));
};

const inList = (rows: readonly (readonly [CellValue, CellValue])[], attribute: string): number | undefined => {
  const key = normaliseHeader(attribute);
  const index = rows.findIndex(([name]) => normaliseHeader(name) === key);
  return index < 0 ? undefined : numberOf(rows[index]?.[1], `attributes row ${index + 1}: ${attribute}`);
};
