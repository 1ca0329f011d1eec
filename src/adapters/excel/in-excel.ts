import { WorkbookError } from "../../app/ports";

/** What a person can do about an error of Excel's; codes as Office.js names them. */
const advice: Readonly<Record<string, string>> = {
  AccessDenied: "A sheet or the workbook is protected. Unprotect it and try again.",
  InvalidOperationInCellEditMode: "Excel is editing a cell. Press Enter or Esc and try again.",
  RequestPayloadSizeLimitExceeded: "The data is too large for one request. Split the tables.",
  ResponsePayloadSizeLimitExceeded: "The data is too large for one request. Split the tables.",
  ActivityLimitReached: "Excel is busy. Wait a moment and try again.",
  ApiNotFound: "This Excel is too old for the add-in: Excel 2021 or Microsoft 365 is needed.",
  InactiveWorkbook: "Another workbook is active. Click into this one and try again.",
};

/**
 * Runs a batch against the workbook. While the user edits a cell the batch waits instead of failing.
 *
 * @param doing what is tried, for the message: `read the tables`
 * @throws WorkbookError with Excel's code and what to do about it
 */
export const inExcel = async <T>(doing: string, batch: (context: Excel.RequestContext) => Promise<T>): Promise<T> => {
  try {
    return await Excel.run({ delayForCellEdit: true }, batch);
  } catch (error) {
    throw toWorkbookError(doing, error);
  }
};

const toWorkbookError = (doing: string, error: unknown): WorkbookError => {
  if (error instanceof WorkbookError) return error;
  const code = (error as { code?: unknown }).code;
  const known = typeof code === "string" ? advice[code] : undefined;
  const words = known ?? (error instanceof Error ? error.message : String(error));
  return new WorkbookError(typeof code === "string" ? code : "Unknown", `Could not ${doing}. ${words}`);
};
