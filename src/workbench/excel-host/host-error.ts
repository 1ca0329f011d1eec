/**
 * Is an error that Excel itself would answer with: the real Office.js library turns code and message into a RichApi.Error.
 */
export class HostError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatusCode: number = 400,
  ) {
    super(message);
    this.name = "HostError";
  }
}

/** Refuses a member that the host does not have; a test or a user must never mistake silence for success. */
export const hostNotImplemented = (member: string): HostError => new HostError("NotImplemented", `HostNotImplemented <${member}>`, 501);

/** Says that a named item does not exist. */
export const itemNotFound = (what = ""): HostError =>
  new HostError("ItemNotFound", `The requested resource doesn't exist.${what && ` (${what})`}`, 404);

/** Says that an item of that name exists already. */
export const itemAlreadyExists = (what = ""): HostError =>
  new HostError("ItemAlreadyExists", `A resource with the same name or identifier already exists.${what && ` (${what})`}`, 409);

/** Says that an argument is missing, malformed or of the wrong size. */
export const invalidArgument = (why = ""): HostError =>
  new HostError("InvalidArgument", `The argument is invalid or missing or has an incorrect format.${why && ` (${why})`}`);

/** Says that a write hits a protected sheet. */
export const accessDenied = (what = ""): HostError =>
  new HostError("AccessDenied", `You cannot perform the requested operation.${what && ` (${what})`}`, 403);
