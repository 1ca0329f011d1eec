/**
 * Why a calculation cannot proceed.
 *
 * `badInput` is the caller's mistake (Excel shows #VALUE!); every other code means that there is
 * no answer for a correct question (Excel shows #N/A).
 */
export type DomainErrorCode =
  | "badInput"
  | "tooLittleData"
  | "noPrice"
  | "notEligible"
  | "notFound"
  | "outsideDomain"
  | "infeasible"
  | "notConverged"
  | "tooLarge"
  | "switchedOff"
  | "internal";

/**
 * The one error class of core: a calculation that cannot proceed.
 *
 * The message is shown to the user as is: where + what + fix, at most 120 characters.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(code: DomainErrorCode, message: string, context: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "DomainError";
    this.code = code;
    this.context = context;
  }
}
