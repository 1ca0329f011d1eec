import { CommandType, type ICommandService, type IDisposable, type Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { BaseFunction, type BaseValueObject, FunctionType, IActiveDirtyManagerService, IFunctionService } from "@univerjs/preset-sheets-core";
import type { EventHub } from "../event-hub";
import type { BlankArgument } from "./argument-values";
import { type CallDesk, createCallDesk, type Place } from "./call-desk";
import type { Call } from "./call-register";
import { type FunctionMetadata, readFunctionsFile } from "./function-metadata";

/** Runs custom functions: Univer asks for a value, the add-in's runtime gives it, the cell is calculated again. */
export interface CustomFunctionHost {
  /** Makes the functions of functions.json callable as NAMESPACE.NAME. */
  readonly register: (functionsJson: unknown, namespace: string) => void;
  /** The add-in's runtime says that it listens; calls that waited, or were lost when the add-in was loaded anew, are sent. */
  readonly runtimeReady: () => void;
  /** Rows of SetInvocationArrayResults. */
  readonly acceptResults: (rows: readonly (readonly unknown[])[]) => void;
  /** The message of the error that a cell shows. @param sheet name or id */
  readonly cellError: (sheet: string, row: number, column: number) => string | undefined;
  /** The messages of a sheet's error cells, by "row column". @param sheet name or id */
  readonly errorsOn: (sheet: string) => ReadonlyMap<string, string>;
  /** Number of calls that have given nothing yet. */
  readonly pendingCalls: () => number;
  readonly dispose: () => void;
}

const REFRESH = "collateral-workbench.mutation.refresh-custom-functions";
const START = "formula.mutation.set-formula-calculation-start";
const NOTIFICATION = "formula.mutation.set-formula-calculation-notification";
const SET_VALUES = "sheet.mutation.set-range-values";
const SUCCESS = 3;

interface RefreshParams {
  readonly ranges: { unitId: string; sheetId: string; range: { startRow: number; startColumn: number; endRow: number; endColumn: number } }[];
}

interface Parts {
  readonly univer: FUniver;
  readonly injector: Injector;
  readonly commands: ICommandService;
  readonly events: EventHub;
  readonly blank: BlankArgument;
}

/** Connects Univer's engine with the add-in's runtime. */
export const createCustomFunctionHost = ({ univer, injector, commands, events, blank }: Parts): CustomFunctionHost => {
  const desk = createCallDesk(univer, events, blank);
  const functions = injector.get(IFunctionService);
  const registered = new Set<string>();
  const refresher = refreshCells(injector, commands);
  const watcher = followCalls(commands, desk);
  return {
    register: (functionsJson, namespace) => {
      const file = readFunctionsFile(functionsJson);
      for (const entry of file.functions) registered.add(registerFunction(functions, desk, entry, namespace, file.allowErrorForDataTypeAny === true));
      // Formulas that came before their functions show #NAME? until they are calculated again.
      if (univer.getActiveWorkbook()) univer.getFormula().executeCalculation();
    },
    runtimeReady: desk.runtimeReady,
    acceptResults: (rows) => refresher.refresh(desk.accept(rows)),
    cellError: (sheet, row, column) => errorMessages(univer, desk.calls.all(), sheet).get(`${row} ${column}`),
    errorsOn: (sheet) => errorMessages(univer, desk.calls.all(), sheet),
    pendingCalls: () => desk.calls.all().filter((call) => !call.result).length,
    dispose: () => {
      watcher.dispose();
      refresher.dispose();
      functions.unregisterExecutors(...registered);
    },
  };
};

/**
 * A mutation of our own, known to the engine as one that makes cells dirty. All cells of a batch of results go in one
 * command: a calculation started per cell never settled ten promises that came together.
 */
const refreshCells = (injector: Injector, commands: ICommandService): IDisposable & { readonly refresh: (changed: readonly Call[]) => void } => {
  const registration = commands.registerCommand({ id: REFRESH, type: CommandType.MUTATION, handler: () => true });
  const dirty = injector.get(IActiveDirtyManagerService);
  dirty.register(REFRESH, { commandId: REFRESH, getDirtyData: (command) => ({ dirtyRanges: (command.params as RefreshParams).ranges }) });
  return {
    refresh: (changed) => {
      if (changed.length === 0) return;
      const ranges = changed.map(({ unitId, sheetId, row, column }) => ({
        unitId,
        sheetId,
        range: { startRow: row, startColumn: column, endRow: row, endColumn: column },
      }));
      commands.syncExecuteCommand(REFRESH, { ranges } satisfies RefreshParams);
    },
    dispose: () => {
      registration.dispose();
      dirty.remove(REFRESH);
    },
  };
};

const followCalls = (commands: ICommandService, desk: CallDesk): IDisposable =>
  commands.onCommandExecuted((info, options) => {
    if (info.id === START) desk.calculationStarted();
    const state = (info.params as { functionsExecutedState?: number } | undefined)?.functionsExecutedState;
    if (info.id === NOTIFICATION && state === SUCCESS) desk.dropOver();
    const byEngine = (options as { fromFormula?: boolean } | undefined)?.fromFormula === true;
    if (info.id === SET_VALUES && !byEngine) desk.dropWithoutFormula();
  });

const registerFunction = (functions: IFunctionService, desk: CallDesk, entry: FunctionMetadata, namespace: string, allowErrors: boolean): string => {
  const name = `${namespace}.${entry.name}`.toUpperCase();
  functions.registerExecutors(new CustomFunctionExecutor(name, entry, (place, args) => desk.ask(place, entry, allowErrors, args)));
  functions.registerDescriptions({
    functionName: name,
    functionType: FunctionType.User,
    description: entry.description ?? "",
    abstract: entry.description ?? "",
    functionParameter: entry.parameters.map((parameter) => ({
      name: parameter.name,
      detail: parameter.description ?? "",
      example: "",
      require: parameter.optional ? 0 : 1,
      repeat: parameter.repeating ? 1 : 0,
    })),
  });
  functions.deleteFormulaAstCacheKey(name);
  return name;
};

/** A function of Univer's engine that never computes itself; it answers at once, with #GETTING_DATA until the value is there. */
class CustomFunctionExecutor extends BaseFunction {
  constructor(
    name: string,
    entry: FunctionMetadata,
    private readonly ask: (place: Place, args: readonly BaseValueObject[]) => BaseValueObject,
  ) {
    super(name);
    const { parameters } = entry;
    this.minParams = parameters.filter((parameter) => !parameter.optional && !parameter.repeating).length;
    this.maxParams = parameters.some((parameter) => parameter.repeating) ? 255 : parameters.length;
  }

  override calculate(...args: BaseValueObject[]): BaseValueObject {
    return this.ask({ unitId: this.unitId ?? "", sheetId: this.subUnitId ?? "", row: this.row, column: this.column }, args);
  }
}

const errorMessages = (univer: FUniver, calls: readonly Call[], sheet: string): ReadonlyMap<string, string> => {
  const book = univer.getActiveWorkbook();
  const sheetId = (book?.getSheetByName(sheet) ?? book?.getSheetBySheetId(sheet))?.getSheetId();
  const messages = new Map<string, string>();
  for (const call of calls) {
    if (call.sheetId !== sheetId) continue;
    call.result?.forEach((row, r) =>
      row.forEach((cell, c) => {
        if (typeof cell === "object" && cell.message !== "") messages.set(`${call.row + r} ${call.column + c}`, cell.message);
      }),
    );
  }
  return messages;
};
