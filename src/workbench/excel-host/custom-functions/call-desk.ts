import type { FUniver } from "@univerjs/core/facade";
import { type BaseValueObject, ErrorValueObject } from "@univerjs/preset-sheets-core";
import { blockAddress, blockOf, quoteSheetName } from "../address";
import type { EventHub } from "../event-hub";
import { pushCategory } from "../wire";
import { argumentValues, type BlankArgument, pendingError } from "./argument-values";
import { type Call, type CallRegister, cellKey, createCallRegister } from "./call-register";
import { callFlags, type FunctionMetadata } from "./function-metadata";
import { readResultRow, toValueObject } from "./function-result";

const INVOKE = 1000;
const CANCEL = 1001;

/** The cell that calls. */
export interface Place {
  readonly unitId: string;
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

/** Takes calls from cells to the add-in's runtime and its results back. */
export interface CallDesk {
  readonly calls: CallRegister;
  /** The value of a call if it is there, otherwise #GETTING_DATA; a new call is sent. */
  readonly ask: (place: Place, entry: FunctionMetadata, allowErrors: boolean, args: readonly BaseValueObject[]) => BaseValueObject;
  readonly runtimeReady: () => void;
  /** Keeps results. @returns the calls that have changed */
  readonly accept: (rows: readonly (readonly unknown[])[]) => readonly Call[];
  readonly calculationStarted: () => void;
  /** Calls whose cell has been calculated anew without them, or holds no formula any more, are over. */
  readonly dropOver: () => void;
  /** Calls of cells that were cleared are over at once. */
  readonly dropWithoutFormula: () => void;
}

/** Makes a desk without calls. */
export const createCallDesk = (univer: FUniver, events: EventHub, blank: BlankArgument): CallDesk => {
  const calls = createCallRegister();
  let isReady = false;
  let lastId = 0;
  let calculation = 0;

  const push = (type: number, message: unknown) =>
    events.push({ category: pushCategory.customFunction, type, target: "", message: JSON.stringify(message) });
  const send = (call: Call) => push(INVOKE, [call.id, call.functionId, call.values, call.address, call.flags]);
  const cancel = (call: Call) => {
    if (isReady && (call.flags & 1) !== 0) push(CANCEL, { invocationId: call.id });
  };

  const ask: CallDesk["ask"] = (place, entry, allowErrors, args) => {
    const read = argumentValues(args, entry, allowErrors, blank);
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
      ...place,
      id: lastId,
      functionId: entry.id,
      values: read.values,
      flags: callFlags(entry, allowErrors),
      address: addressOf(univer, place),
      streaming: entry.options?.stream === true,
      usedIn: calculation,
    };
    calls.add(cell, key, call);
    if (isReady) send(call);
    return ErrorValueObject.create(pendingError);
  };

  return {
    calls,
    ask,
    runtimeReady: () => {
      isReady = true;
      calls
        .all()
        .filter((call) => !call.result || call.streaming)
        .forEach(send);
    },
    accept: (rows) =>
      rows.flatMap((row) => {
        const { id, cells } = readResultRow(row);
        const call = calls.byId(id);
        if (!call) return [];
        call.result = cells;
        return [call];
      }),
    calculationStarted: () => void (calculation += 1),
    dropOver: () => {
      const asked = new Set(
        calls
          .all()
          .filter((call) => call.usedIn === calculation)
          .map((call) => cellKey(call.unitId, call.sheetId, call.row, call.column)),
      );
      calls.removeIf((call, cell) => (call.usedIn < calculation && asked.has(cell)) || !hasFormula(univer, call)).forEach(cancel);
    },
    dropWithoutFormula: () => calls.removeIf((call) => !hasFormula(univer, call)).forEach(cancel),
  };
};

const hasFormula = (univer: FUniver, call: Call): boolean => {
  const cell = univer.getUniverSheet(call.unitId)?.getSheetBySheetId(call.sheetId)?.getSheet().getCellRaw(call.row, call.column);
  return Boolean(cell?.f || cell?.si);
};

const addressOf = (univer: FUniver, { sheetId, row, column }: Place): string => {
  const name = univer.getActiveWorkbook()?.getSheetBySheetId(sheetId)?.getSheetName() ?? "";
  return `${quoteSheetName(name)}!${blockAddress(blockOf(row, column, 1, 1))}`;
};
