import type { Injector } from "@univerjs/core";
import type { FUniver } from "@univerjs/core/facade";
import { readCells, type CellValue } from "../excel-host/cells/cell-reader";
import { parseBlock, splitAddress } from "../excel-host/address";
import type { HostWorkbook } from "../excel-host/host-workbook";
import { enterAsUser } from "../excel-host/user-entry";
import { openWorkbook } from "./create-grid";
import { gridRange } from "./grid-range";

/** Cells as a test from outside sees them; all four have the shape of the range. */
export interface CellsRead {
  /** As Office.js gives them: "" for blank, errors as text, dates as serial numbers. */
  readonly values: CellValue[][];
  /** The formula with "=", else the value. */
  readonly formulas: CellValue[][];
  /** As shown. */
  readonly text: string[][];
  /** The message behind a custom function's error, else "". */
  readonly errors: string[][];
}

/** `window.workbench`: what tests from outside use, since the grid is a canvas. The add-in never does. */
export interface OutsideApi {
  /** Settles when the grid is up, the add-in has loaded and its functions are registered; opening a workbook renews it. */
  readonly ready: Promise<void>;
  /** Names of the sheets in their order. */
  readonly sheets: () => string[];
  /** Reads `Allocation!A1:H20` or `'Run log'!A1` once calculation has settled. */
  readonly read: (address: string) => Promise<CellsRead>;
  /** Types values or formulas from the top left cell of an address on; settles after calculation. */
  readonly write: (address: string, rows: unknown) => Promise<void>;
}

/** The workbook that is open at the time of a call. */
export interface OpenSession {
  readonly api: FUniver;
  readonly injector: Injector;
  readonly calculated: () => Promise<void>;
  readonly cellError: (sheet: string, row: number, column: number) => string | undefined;
}

function readNow(session: OpenSession, address: string): CellsRead {
  const { sheet, block } = gridRange(session.api, address);
  // The cell reader of the host asks for the workbook and the injector only.
  const cells = readCells({ univer: session.api, injector: session.injector } as HostWorkbook, sheet.getSheetId());
  const map = <T>(read: (row: number, column: number) => T): T[][] =>
    Array.from({ length: block.endRow - block.startRow + 1 }, (_, row) =>
      Array.from({ length: block.endColumn - block.startColumn + 1 }, (__, column) => read(block.startRow + row, block.startColumn + column)),
    );
  return {
    values: map(cells.value),
    formulas: map(cells.formula),
    text: map(cells.text),
    errors: map((row, column) => session.cellError(sheet.getSheetName(), row, column) ?? ""),
  };
}

function checkedRows(address: string, rows: unknown): readonly (readonly unknown[])[] {
  const table = Array.isArray(rows) ? (rows.every(Array.isArray) ? (rows as unknown[][]) : [rows as unknown[]]) : [[rows]];
  const width = table[0]?.length ?? 0;
  if (width === 0 || table.some((row) => row.length !== width)) throw new Error("Rows must be a rectangle of values such as [[1, 2], [3, 4]]");
  const block = parseBlock(splitAddress(address).local);
  if (!block) throw new Error(`"${address}" is no cell address such as Sheet1!A1:C5`);
  const height = block.endRow - block.startRow + 1;
  const isOneCell = height === 1 && block.endColumn === block.startColumn;
  if (!isOneCell && (height !== table.length || block.endColumn - block.startColumn + 1 !== width)) {
    throw new Error(`${address} does not have the shape of the rows (${table.length} x ${width})`);
  }
  return table;
}

/**
 * Makes `window.workbench`.
 *
 * @param ready gives the promise of the workbook that is open, or being opened
 */
export function createOutsideApi(ready: () => Promise<void>, session: () => OpenSession): OutsideApi {
  return {
    get ready() {
      return ready();
    },
    sheets: () =>
      openWorkbook(session().api)
        .getSheets()
        .map((sheet) => sheet.getSheetName()),
    read: async (address) => {
      await ready();
      // A calculation that does not end must not hide what the sheet shows, such as #BUSY!.
      await session()
        .calculated()
        .catch(() => undefined);
      return readNow(session(), address);
    },
    write: async (address, rows) => {
      await ready();
      gridRange(session().api, address);
      enterAsUser(session().api, address, checkedRows(address, rows));
      await session().calculated();
    },
  };
}
