import { isBlank, isErrorCell, showCell, type CellMatrix, type CellValue } from "../../basics/cell-value";
import { DomainError } from "../../basics/domain-error";
import type { HealthCollateral } from "../../margin/health-factor";
import { readNumberCell, toArgumentMatrix, type ArgumentCell, type RangeArgument } from "../argument-columns";
import { hasHeader, readArgumentTable, type ArgumentColumn } from "../argument-table";

const columns: readonly ArgumentColumn[] = [
  { name: "asset", kind: "text" },
  { name: "value", kind: "number", aliases: ["collateral", "marketValue"] },
  { name: "quantity", kind: "number" },
  { name: "price", kind: "number", refusesZero: true, minimum: 0, isExclusive: true },
  { name: "threshold", kind: "number", required: true, minimum: 0, maximum: 1, aliases: ["ratio", "liquidationThreshold", "lt"] },
];

/**
 * Reads collateral for a health factor: one number or a column of weighted values, two columns (value, threshold), or a table with a header
 * (value or quantity and price, threshold).
 *
 * @param threshold weight of values that have none of their own
 * @throws DomainError badInput with row and column
 */
export const readHealthCollateral = (argument: RangeArgument, threshold: number): readonly HealthCollateral[] => {
  const matrix = toArgumentMatrix(argument);
  if (hasHeader(matrix, columns)) {
    return readArgumentTable(matrix, "collateral", columns).map((row) => ({
      value: row.number("value") ?? row.neededNumber("quantity") * row.neededNumber("price"),
      threshold: row.neededNumber("threshold"),
    }));
  }
  const width = matrix[0]?.length ?? 0;
  if (width > 2) throw new DomainError("badInput", `Collateral has ${width} columns. Give value and threshold, or a header row.`);
  return withoutTrailingBlanks(matrix).map((cells, index) => {
    const where = matrix.length === 1 ? "" : ` row ${index + 1}`;
    const value = readNumberCell(placed(cells[0], index, matrix.length), { name: "Collateral" });
    if (width === 1) return { value, threshold };
    const own = cells[1];
    if (isBlank(own) || isErrorCell(own) || typeof own !== "number" || own < 0 || own > 1) {
      throw new DomainError("badInput", `Threshold${where} is ${showCell(own)}. Write a decimal from 0 to 1, such as 0.8.`);
    }
    return { value, threshold: own };
  });
};

/** Adds up a debt or margin given as one number or a column; blanks in the column are left out. @throws DomainError badInput */
export const readDebt = (argument: RangeArgument): number => {
  const rows = withoutTrailingBlanks(toArgumentMatrix(argument));
  return rows.reduce((sum, cells, index) => {
    return sum + readNumberCell(placed(cells[0], index, rows.length), { name: "Debt or margin", minimum: 0 });
  }, 0);
};

const withoutTrailingBlanks = (matrix: CellMatrix): CellMatrix => {
  let count = matrix.length;
  while (count > 1 && (matrix[count - 1] ?? []).every((cell) => isBlank(cell))) count -= 1;
  return matrix.slice(0, count);
};

const placed = (cell: CellValue, row: number, rows: number): ArgumentCell => ({
  cell,
  row,
  column: 0,
  ...(rows === 1 ? {} : { shape: { rows, columns: 1 } }),
});
