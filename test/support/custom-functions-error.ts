/**
 * The error class of Excel's custom-function runtime, for tests that call a function's body directly. The runtime itself is exercised on the
 * real Office.js in the integration tests.
 */
export class ExcelCellError extends Error {
  readonly code: string;

  constructor(code: string, message?: string) {
    super(message ?? "");
    this.code = code;
  }
}

/** Puts the error class where the runtime has it. */
export const installExcelErrors = (): void => {
  Object.assign(globalThis, {
    CustomFunctions: { Error: ExcelCellError, ErrorCode: { invalidValue: "#VALUE!", notAvailable: "#N/A" } },
  });
};

/** Runs a function that must fail as a whole and gives its error back. */
export const failureOf = (run: () => unknown): ExcelCellError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ExcelCellError) return error;
    throw error;
  }
  throw new Error("The function answered instead of refusing.");
};
