import { DomainError, type DomainErrorCode } from "../core/basics/domain-error";

/** Only these two Excel errors can carry a message, so only these two are ever thrown on purpose. */
type ExcelErrorName = "invalidValue" | "notAvailable";

const excelErrorOf: Record<DomainErrorCode, ExcelErrorName> = {
  badInput: "invalidValue",
  tooLittleData: "notAvailable",
  noPrice: "notAvailable",
  notEligible: "notAvailable",
  notFound: "notAvailable",
  outsideDomain: "notAvailable",
  infeasible: "notAvailable",
  notConverged: "notAvailable",
  tooLarge: "notAvailable",
  switchedOff: "notAvailable",
  internal: "notAvailable",
};

/** Turns a DomainError (or anything thrown) into the CustomFunctions.Error that Excel shows with its message. */
export const toExcelError = (error: unknown): CustomFunctions.Error => {
  const code: DomainErrorCode = error instanceof DomainError ? error.code : "internal";
  const message = error instanceof Error ? error.message : String(error);
  return new CustomFunctions.Error(CustomFunctions.ErrorCode[excelErrorOf[code]], message.slice(0, 250));
};

/**
 * Runs a function body for Excel: errors carry messages, numbers that are not finite never reach a cell as 0, null never shows as 0.
 *
 * @param body returns a rectangle of cells; entries may be DomainErrors, which become error cells
 * @returns the rectangle, ready for Excel
 */
export const answerExcel = (body: () => readonly (readonly unknown[])[]): any[][] => {
  try {
    return body().map((row) => row.map(toExcelCell));
  } catch (error) {
    throw error instanceof CustomFunctions.Error ? error : toExcelError(error);
  }
};

const toExcelCell = (cell: unknown): unknown => {
  if (cell instanceof Error) return cell instanceof CustomFunctions.Error ? cell : toExcelError(cell);
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number" && !Number.isFinite(cell)) {
    return toExcelError(new DomainError("outsideDomain", "The result is not a finite number. Check the inputs for very large values."));
  }
  return cell;
};
