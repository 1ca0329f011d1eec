import { ICommandService, type Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { FormulaDataModel } from "@univerjs/preset-sheets-core";
import { followCalculation } from "./calculation";
import { type ChartRecord, chartRecords } from "./chart-records";
import { workbookClass } from "./classes/workbook-class";
import { worksheetClass } from "./classes/worksheet-class";
import type { BlankArgument } from "./custom-functions/argument-values";
import { createCustomFunctionHost } from "./custom-functions/custom-function-host";
import { type DocumentState, documentState, restoreDocumentState } from "./document-state";
import { createEventHub } from "./event-hub";
import { createFaults, type Fault, type FaultRequest } from "./fault";
import { HostError } from "./host-error";
import type { HostWorkbook } from "./host-workbook";
import { type RangeReading, readRange } from "./range-reading";
import { createReferences } from "./references";
import { processRequest } from "./request-processor";
import { defaultSets } from "./requirement-sets";
import { serviceRoot } from "./service-classes";
import { enterAsUser } from "./user-entry";
import { followTyping } from "./table-growth";
import { pushCategory, type PushEntry, type WireRequest } from "./wire";
import { followWorkbook } from "./workbook-events";
import { createWorkbookState } from "./workbook-state";
import type { Block } from "./address";

/** Choices for a host; all have defaults. */
export interface ExcelHostOptions {
  /** Requirement sets that this "Excel" has, e.g. { ExcelApi: "1.12" }; merged over the defaults. */
  readonly sets?: Readonly<Record<string, string | number>>;
  readonly locale?: string;
  /** Namespace of custom functions when registerFunctions gives none. */
  readonly namespace?: string;
  /** What a function gets for a blank cell of type any: builds of Excel differ. */
  readonly blankArgument?: BlankArgument;
  /** Milliseconds after which a request stops waiting for calculation. */
  readonly calculationTimeout?: number;
  /** Bytes of a request, and of a response, that are refused. */
  readonly payloadLimit?: number;
  /** Asked before each request and each action; a fault that it returns is answered instead. */
  readonly fault?: (request: FaultRequest) => Fault | undefined;
}

/** A chart collection for whoever draws and saves it. */
export interface ChartRecords {
  readonly list: () => readonly ChartRecord[];
  readonly onChange: (listener: () => void) => () => void;
}

/** Excel as the real Office.js library sees it, over a Univer workbook. */
export interface ExcelHost {
  /** Answers one message of context.sync(). */
  readonly process: (body: unknown, flags: number) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly onPush: (listener: (entry: PushEntry) => void) => () => void;
  /** Presses a ribbon button: the function associated with the id in the add-in runs. */
  readonly invokeAction: (actionId: string, args?: unknown) => void;
  readonly registerFunctions: (functionsJson: unknown, namespace?: string) => void;
  /** The message behind the error that a custom function left in a cell. @param sheet name or id */
  readonly cellError: (sheet: string, row: number, column: number) => string | undefined;
  readonly charts: () => ChartRecords;
  /** What a range shows, as a person sees it; not a way for the add-in. @param address with its sheet, e.g. Sheet1!A1:B2 */
  readonly read: (address: string) => RangeReading;
  /** Enters values or formulas as the user's keyboard would. @param address top left cell with its sheet */
  readonly enter: (address: string, rows: unknown) => void;
  /** What Excel saves beside the cells (settings, marks of sheets, protection, charts ...) as plain data. */
  readonly documentState: () => DocumentState;
  /** Puts such data back onto the workbook after opening it. */
  readonly restoreDocumentState: (state: unknown) => void;
  /** Answers the next request, or the next action of that name (Class.Member), with an error. */
  readonly injectFault: (fault: Fault, member?: string) => void;
  /** Ranges that the add-in tracks and has not untracked. */
  readonly referenceCount: () => number;
  /** Waits until Univer has calculated and custom functions have answered. */
  readonly calculated: () => Promise<void>;
  readonly sets: Readonly<Record<string, string | number>>;
  readonly locale: string;
  readonly dispose: () => void;
}

const fiveMegabytes = 5 * 1024 * 1024;

/** Univer keeps its injector to itself; this is the one place that reaches for it. */
const injectorOf = (univer: FUniver): Injector => (univer as unknown as { readonly _injector: Injector })._injector;

/**
 * Makes the host of a Univer instance whose workbook is open.
 *
 * @example createExcelHost(univerAPI, { sets: { ExcelApi: "1.12" } })
 */
export const createExcelHost = (univer: FUniver, options: ExcelHostOptions = {}): ExcelHost => {
  const injector = injectorOf(univer);
  const commands = injector.get(ICommandService);
  const state = createWorkbookState();
  const events = createEventHub(() => state.enableEvents);
  const calculation = followCalculation(injector, commands, options.calculationTimeout ?? 60_000);
  const functions = createCustomFunctionHost({ univer, injector, commands, events, blank: options.blankArgument ?? "" });
  const locale = options.locale ?? "en-US";
  const host: HostWorkbook = {
    univer,
    injector,
    commands,
    calculation,
    references: createReferences(),
    events,
    functions,
    state,
    locale,
    worksheet: (sheetId) => worksheetClass.of({ sheetId }),
    spills: (sheetId) => spillsOf(univer, injector, sheetId),
    waitingWrite: undefined,
    keepsActiveSheet: false,
  };
  const faults = createFaults(options.fault);
  const limit = options.payloadLimit ?? fiveMegabytes;
  let running = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const stopTyping = followTyping(univer);
  const watcher = followWorkbook(host, () => running > 0);
  const workbook = workbookClass.of({});

  const run = async (body: unknown): Promise<{ status: number; body: unknown }> => {
    running += 1;
    try {
      if (byteSize(body) > limit) throw new HostError("RequestPayloadSizeLimitExceeded", "The request payload size has exceeded the limit.", 413);
      faults.onRequest(body);
      const answer = await processRequest(body as WireRequest, host, (name) => (name === "" ? workbook : serviceRoot(name, host)), faults.onAction);
      if (byteSize(answer) > limit) throw new HostError("ResponsePayloadSizeLimitExceeded", "The response payload size has exceeded the limit.", 413);
      return { status: 200, body: answer };
    } catch (error) {
      return refusal(error);
    } finally {
      running -= 1;
    }
  };

  return {
    // One request at a time, in order, as Excel does.
    process: (body) => {
      const answer = queue.then(() => run(body));
      queue = answer;
      return answer;
    },
    onPush: events.onPush,
    invokeAction: (actionId, args) =>
      events.push({ category: pushCategory.action, type: 1000, target: "", message: JSON.stringify([actionId, JSON.stringify(args ?? {})]) }),
    registerFunctions: (functionsJson, namespace) => functions.register(functionsJson, namespace ?? options.namespace ?? "COLL"),
    cellError: functions.cellError,
    charts: () => ({
      list: () => chartRecords(host),
      onChange: (listener) => {
        state.chartListeners.add(listener);
        return () => void state.chartListeners.delete(listener);
      },
    }),
    read: (address) => readRange(host, address),
    enter: (address, rows) => enterAsUser(univer, address, rows),
    documentState: () => documentState(host),
    restoreDocumentState: (saved) => restoreDocumentState(host, saved),
    injectFault: faults.inject,
    referenceCount: () => host.references.count(),
    calculated: () => whenCalculated(host, options.calculationTimeout ?? 60_000),
    sets: { ...defaultSets, ...options.sets },
    locale,
    dispose: () => {
      stopTyping();
      watcher.dispose();
      functions.dispose();
      calculation.dispose();
    },
  };
};

const byteSize = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value) ?? "").length;

const refusal = (error: unknown): { status: number; body: unknown } => {
  const failure = error instanceof HostError ? error : new HostError("GeneralException", String(error), 500);
  return {
    status: failure.httpStatusCode,
    body: { Results: [], Error: { Code: failure.code, Message: failure.message, ActionIndex: -1, HttpStatusCode: failure.httpStatusCode } },
  };
};

/** Streams answer at once and go on; they count as answered from their first value. */
const whenCalculated = async (host: HostWorkbook, timeout: number): Promise<void> => {
  const end = Date.now() + timeout;
  do {
    await host.calculation.settled();
    if (host.functions.pendingCalls() === 0 && !host.calculation.isBusy()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (Date.now() < end);
  throw new HostError("GeneralException", `${host.functions.pendingCalls()} custom functions have not answered within ${timeout} ms.`, 500);
};

const spillsOf = (univer: FUniver, injector: Injector, sheetId: string): readonly Block[] => {
  const unitId = univer.getActiveWorkbook()?.getId() ?? "";
  const rows = (injector.get(FormulaDataModel).getArrayFormulaRange()?.[unitId]?.[sheetId] ?? {}) as Record<
    string,
    Record<string, Block | undefined> | undefined
  >;
  return Object.values(rows).flatMap((row) =>
    Object.values(row ?? {})
      .filter((block): block is Block => block !== undefined && block !== null)
      .filter((block) => block.startRow !== block.endRow || block.startColumn !== block.endColumn),
  );
};
