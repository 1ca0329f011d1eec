import { CommandType, type ICommandService, type IDisposable, type Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { BaseFunction, type BaseValueObject, ErrorValueObject, FunctionType, IActiveDirtyManagerService, IFunctionService } from "@univerjs/preset-sheets-core";
import { blockAddress, blockOf, quoteSheetName } from "../address";
import type { EventHub } from "../event-hub";
import { pushCategory } from "../wire";
import { argumentValues, type BlankArgument, pendingError } from "./argument-values";
import { type Call, cellKey, createCallRegister } from "./call-register";
import { callFlags, type FunctionMetadata, readFunctionsFile } from "./function-metadata";
import { readResultRow, toValueObject } from "./function-result";

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
  /** Number of calls that have given nothing yet. */
  readonly pendingCalls: () => number;
  readonly dispose: () => void;
}

const REFRESH = "collateral-workbench.mutation.refresh-custom-functions";
const START = "formula.mutation.set-formula-calculation-start";
const NOTIFICATION = "formula.mutation.set-formula-calculation-notification";
const INVOKE = 1000;
const CANCEL = 1001;

interface Parts {
  readonly univer: FUniver;
  readonly injector: Injector;
  readonly commands: ICommandService;
  readonly events: EventHub;
  readonly blank: BlankArgument;
}

/** Connects Univer's engine with the add-in's runtime. */
export const createCustomFunctionHost = (parts: Parts): CustomFunctionHost => {
  const { univer, injector, commands, events } = parts;
  const calls = createCallRegister();
  const functions = injector.get(IFunctionService);
  const registered = new Set<string>();
  const disposables: IDisposable[] = [];
  let isReady = false;
  let lastId = 0;
  let calculation = 0;

  const send = (call: Call) =>
    events.push({
      category: pushCategory.customFunction,
      type: INVOKE,
      target: "",
      message: JSON.stringify([call.id, call.functionId, call.values, call.address, call.flags]),
    });
  const cancel = (call: Call) => {
    if (isReady && (call.flags & 1) !== 0) {
      events.push({ category: pushCategory.customFunction, type: CANCEL, target: "", message: JSON.stringify({ invocationId: call.id }) });
    }
  };

  const ask = (place: Place, entry: FunctionMetadata, allowErrors: boolean, args: readonly BaseValueObject[]): BaseValueObject => {
    const read = argumentValues(args, entry, allowErrors, parts.blank);
    if ("error" in read) return read.error;
    const cell = cellKey(place.unitId, place.sheetId, place.row, place.column);
    const key = `${entry.id} ${JSON.stringify(read.values)}`;
    const known = calls.find(cell, key);
    if (known) {
      known.usedIn = calculation;
      return known.result ? toValueObject(known.result, place) : ErrorValueObject.create(pendingError);
    }
    lastId += 1;
    const call: Call = {
      id: lastId, functionId: entry.id, ...place, values: read.values, flags: callFlags(entry, allowErrors),
      address: addressOf(univer, place), streaming: entry.options?.stream === true, usedIn: calculation,
    };
    calls.add(cell, key, call);
    if (isReady) send(call);
    return ErrorValueObject.create(pendingError);
  };

  /** Our own mutation, known to the engine as one that makes cells dirty: all cells of a batch go in one command. */
  disposables.push(commands.registerCommand({ id: REFRESH, type: CommandType.MUTATION, handler: () => true }));
  const dirty = injector.get(IActiveDirtyManagerService);
  dirty.register(REFRESH, { commandId: REFRESH, getDirtyData: (command) => ({ dirtyRanges: (command.params as RefreshParams).ranges }) });

  const refresh = (changed: readonly Call[]): void => {
    if (changed.length === 0) return;
    const ranges = changed.map(({ unitId, sheetId, row, column }) => ({ unitId, sheetId, range: { startRow: row, startColumn: column, endRow: row, endColumn: column } }));
    commands.syncExecuteCommand(REFRESH, { ranges } satisfies RefreshParams);
  };

  /** Calls whose cell has been calculated anew without them, or holds no formula any more, are over. */
  const dropOver = (): void => {
    const asked = new Set(calls.all().filter((call) => call.usedIn === calculation).map((call) => cellKey(call.unitId, call.sheetId, call.row, call.column)));
    calls.removeIf((call, cell) => (call.usedIn < calculation && asked.has(cell)) || !hasFormula(univer, call)).forEach(cancel);
  };
  disposables.push(
    commands.onCommandExecuted((info, options) => {
      if (info.id === START) calculation += 1;
      const state = (info.params as { functionsExecutedState?: number } | undefined)?.functionsExecutedState;
      if (info.id === NOTIFICATION && state === SUCCESS) dropOver();
      const byEngine = (options as { fromFormula?: boolean } | undefined)?.fromFormula === true;
      if (info.id === SET_VALUES && !byEngine) calls.removeIf((call) => !hasFormula(univer, call)).forEach(cancel);
    }),
  );

  const registerOne = (entry: FunctionMetadata, namespace: string, allowErrors: boolean): void => {
    const name = `${namespace}.${entry.name}`.toUpperCase();
    functions.registerExecutors(new CustomFunctionExecutor(name, entry, (place, args) => ask(place, entry, allowErrors, args)));
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
    registered.add(name);
  };

  return {
    register: (functionsJson, namespace) => {
      const file = readFunctionsFile(functionsJson);
      file.functions.forEach((entry) => registerOne(entry, namespace, file.allowErrorForDataTypeAny === true));
      // Formulas that came before their functions show #NAME? until they are calculated again.
      if (univer.getActiveWorkbook()) univer.getFormula().executeCalculation();
    },
    runtimeReady: () => {
      isReady = true;
      calls.all().filter((call) => !call.result || call.streaming).forEach(send);
    },
    acceptResults: (rows) => {
      const changed: Call[] = [];
      for (const row of rows) {
        const { id, cells } = readResultRow(row);
        const call = calls.byId(id);
        if (!call) continue;
        call.result = cells;
        changed.push(call);
      }
      refresh(changed);
    },
    cellError: (sheet, row, column) => errorMessage(univer, calls.all(), sheet, row, column),
    pendingCalls: () => calls.all().filter((call) => !call.result).length,
    dispose: () => {
      disposables.forEach((disposable) => disposable.dispose());
      dirty.remove(REFRESH);
      functions.unregisterExecutors(...registered);
    },
  };
};

const SET_VALUES = "sheet.mutation.set-range-values";
const SUCCESS = 3;

interface RefreshParams {
  readonly ranges: { unitId: string; sheetId: string; range: { startRow: number; startColumn: number; endRow: number; endColumn: number } }[];
}

/** The cell that calls. */
interface Place {
  readonly unitId: string;
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

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

const hasFormula = (univer: FUniver, call: Call): boolean => {
  const cell = univer.getUniverSheet(call.unitId)?.getSheetBySheetId(call.sheetId)?.getSheet().getCellRaw(call.row, call.column);
  return Boolean(cell?.f || cell?.si);
};

const addressOf = (univer: FUniver, { sheetId, row, column }: Place): string => {
  const name = univer.getActiveWorkbook()?.getSheetBySheetId(sheetId)?.getSheetName() ?? "";
  return `${quoteSheetName(name)}!${blockAddress(blockOf(row, column, 1, 1))}`;
};

const errorMessage = (univer: FUniver, calls: readonly Call[], sheet: string, row: number, column: number): string | undefined => {
  const book = univer.getActiveWorkbook();
  const sheetId = (book?.getSheetByName(sheet) ?? book?.getSheetBySheetId(sheet))?.getSheetId();
  const covering = calls.filter((call) => call.sheetId === sheetId && row >= call.row && column >= call.column);
  for (const call of covering) {
    const cell = call.result?.[row - call.row]?.[column - call.column];
    if (typeof cell === "object" && cell.message !== "") return cell.message;
  }
  return undefined;
};
