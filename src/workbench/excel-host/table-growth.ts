import type { FUniver } from "@univerjs/core/facade";
import type {} from "@univerjs/sheets-table/facade";
import { type Block, columnCountOf } from "./address";

/** A cell's event in Univer's grid; without a browser there are none. */
interface EditEnded {
  readonly row: number;
  readonly column: number;
  readonly isConfirm: boolean;
  readonly worksheet: { readonly getSheetId: () => string };
}

/**
 * Takes rows into a table that a user has just typed directly below it, as Excel does. Rows that are partly in use
 * beside what was typed stay outside.
 *
 * @param typed the cells that were entered
 */
export const growTableOver = async (univer: FUniver, sheetId: string, typed: Block): Promise<void> => {
  const book = univer.getActiveWorkbook();
  const sheet = book?.getSheetBySheetId(sheetId);
  const table = book
    ?.getTableList()
    .find(
      ({ range, subUnitId }) =>
        subUnitId === sheetId && range.endRow + 1 === typed.startRow && range.startColumn <= typed.startColumn && range.endColumn >= typed.endColumn,
    );
  if (!sheet || !table) return;
  const { range } = table;
  const isFilled = (row: number, column: number): boolean => {
    const cell = sheet.getSheet().getCellRaw(row, column);
    return Boolean(cell?.f || cell?.si || (cell?.v !== undefined && cell.v !== null && cell.v !== ""));
  };
  let filled = 0;
  for (let row = typed.startRow; row <= typed.endRow; row += 1) {
    for (let column = range.startColumn; column <= range.endColumn; column += 1) {
      const inTyped = column >= typed.startColumn && column <= typed.endColumn;
      if (!isFilled(row, column)) continue;
      if (!inTyped) return;
      filled += 1;
    }
  }
  if (filled === 0 || columnCountOf(typed) === 0) return;
  await sheet.setTableRange(table.id, { ...range, endRow: typed.endRow });
};

/** Does so for what is typed into the grid. @returns how to stop */
export const followTyping = (univer: FUniver): (() => void) => {
  const name = (univer.Event as unknown as Readonly<Record<string, string | undefined>>).SheetEditEnded;
  if (!name) return () => undefined;
  const subscription = univer.addEvent(
    name as never,
    ((edit: EditEnded) => {
      if (!edit.isConfirm) return;
      const cell = { startRow: edit.row, endRow: edit.row, startColumn: edit.column, endColumn: edit.column };
      // The editor closes before its value is in the cell.
      setTimeout(() => void growTableOver(univer, edit.worksheet.getSheetId(), cell), 50);
    }) as never,
  );
  return () => subscription.dispose();
};
