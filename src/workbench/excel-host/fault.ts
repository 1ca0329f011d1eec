import { HostError } from "./host-error";

/** An error that a test wants Excel to answer with. */
export interface Fault {
  /** An Office.js code such as AccessDenied, or 5004, which is Excel's number for a cell being edited. */
  readonly code: string | number;
  readonly message?: string;
  readonly httpStatusCode?: number;
}

/** What a fault hook sees: the request as a whole (no member), then each member that is called or set. */
export interface FaultRequest {
  readonly member?: string;
  readonly body?: unknown;
}

/** Numbers of the transport and the codes that Office.js makes of them. */
const codeOfNumber: Readonly<Record<number, string>> = {
  5004: "InvalidOperationInCellEditMode",
  5012: "InvalidSession",
  5102: "ActivityLimitReached",
  5103: "RequestPayloadSizeLimitExceeded",
  5104: "ResponsePayloadSizeLimitExceeded",
  7000: "AccessDenied",
};

export interface Faults {
  readonly inject: (fault: Fault, member?: string) => void;
  readonly onRequest: (body: unknown) => void;
  readonly onAction: (member: string) => void;
}

/** Makes the place where tests put faults. Each injected fault strikes once. */
export const createFaults = (hook: ((request: FaultRequest) => Fault | undefined) | undefined): Faults => {
  const waiting: { readonly fault: Fault; readonly member?: string }[] = [];
  const strike = (fault: Fault): never => {
    const code = typeof fault.code === "number" ? (codeOfNumber[fault.code] ?? String(fault.code)) : fault.code;
    throw new HostError(code, fault.message ?? `Injected fault ${code}.`, fault.httpStatusCode ?? 400);
  };
  const take = (member: string | undefined): Fault | undefined => {
    const index = waiting.findIndex((entry) => entry.member === member);
    return index < 0 ? undefined : waiting.splice(index, 1)[0]?.fault;
  };
  const check = (request: FaultRequest): void => {
    const fault = take(request.member) ?? hook?.(request);
    if (fault) strike(fault);
  };
  return {
    inject: (fault, member) => void waiting.push({ fault, ...(member !== undefined && { member }) }),
    onRequest: (body) => check({ body }),
    onAction: (member) => check({ member }),
  };
};
