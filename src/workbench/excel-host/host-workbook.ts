import type { ICellData, ICommandService, Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import type { FWorkbook, FWorksheet } from "@univerjs/sheets/facade";
import type { Block } from "./address";
import type { Calculation } from "./calculation";
import type { CustomFunctionHost } from "./custom-functions/custom-function-host";
import type { EventHub } from "./event-hub";
import type { HostObject } from "./host-class";
import { HostError, itemNotFound } from "./host-error";
import type { References } from "./references";
import type { WorkbookState } from "./workbook-state";

/** Rows of one sheet that were written one block below the other. */
export interface WaitingWrite {
  readonly sheetId: string;
  readonly block: Block;
  readonly matrix: Record<number, Record<number, ICellData>>;
}

/** Everything that the classes of the object model need: Univer's workbook and what Excel knows beyond it. */
export interface HostWorkbook {
  readonly univer: FUniver;
  readonly injector: Injector;
  readonly commands: ICommandService;
  readonly calculation: Calculation;
  readonly references: References;
  readonly events: EventHub;
  readonly functions: CustomFunctionHost;
  readonly state: WorkbookState;
  readonly locale: string;
  /** A sheet as an object; asked for here, because the class of sheets builds on those of what sheets hold. */
  readonly worksheet: (sheetId: string) => HostObject;
  /** Blocks into which the array formulas of a sheet spill at present. */
  readonly spills: (sheetId: string) => readonly Block[];
  /** Values that wait to go to the grid in one command; see cells/cell-writer.ts. */
  waitingWrite: WaitingWrite | undefined;
  /** True while Univer activates a sheet that Excel would not, so that no event tells of it. */
  keepsActiveSheet: boolean;
}

/** The open workbook. @throws HostError when none is open */
export const openBook = (host: HostWorkbook): FWorkbook => {
  const book = host.univer.getActiveWorkbook();
  if (!book) throw new HostError("GeneralException", "No workbook is open.", 500);
  return book;
};

/** A sheet by id. @throws HostError ItemNotFound when it was deleted */
export const sheetOf = (host: HostWorkbook, sheetId: string): FWorksheet => {
  const sheet = openBook(host).getSheetBySheetId(sheetId);
  if (!sheet) throw itemNotFound(`worksheet ${sheetId}`);
  return sheet;
};

/** A sheet by name, in any case, as Excel compares them. */
export const sheetByName = (host: HostWorkbook, name: string): FWorksheet | undefined =>
  openBook(host)
    .getSheets()
    .find((sheet) => sheet.getSheetName().toLowerCase() === name.toLowerCase());
