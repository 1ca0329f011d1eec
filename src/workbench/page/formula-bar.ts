import { bringIntoView } from "../excel-host/bring-into-view";
import { blockAddress } from "../excel-host/address";
import { cellEntry, generalFormat } from "../excel-host/cells/cell-entry";
import { openWorkbook, type Grid } from "./create-grid";
import { editText } from "./edit-text";
import { cellsOf, gridRange, type GridRange } from "./grid-range";

/** The name box and the formula bar. */
export interface FormulaBar {
  /** Shows the active cell of a grid from now on. */
  readonly follow: (grid: Grid) => void;
}

/** What the bar needs from the rest of the page. */
export interface FormulaBarOptions {
  /** The grid that is open; another workbook has another one. */
  readonly grid: () => Grid;
  /** Gives the keyboard back to the grid. */
  readonly focusGrid: () => void;
  /** Tells the user why an entry was refused. */
  readonly tell: (message: string) => void;
}

/** Finds what the name box was asked for: an address, a table or a defined name. */
function destination(grid: Grid, text: string): GridRange {
  const workbook = openWorkbook(grid.api);
  const table = workbook.getTableList().find((one) => one.name.toLowerCase() === text.toLowerCase());
  if (table) {
    const sheet = workbook.getSheetBySheetId(table.subUnitId);
    // As in Excel, a table's name means its body.
    if (sheet) return { sheet, block: { ...table.range, startRow: Math.min(table.range.startRow + 1, table.range.endRow) } };
  }
  const name = workbook.getDefinedNames().find((one) => one.getName().toLowerCase() === text.toLowerCase());
  return gridRange(grid.api, name ? name.getFormulaOrRefString().replace(/^=/, "") : text);
}

/** Selects a range, bringing its sheet to the front and the range into view. */
export function goTo(grid: Grid, target: GridRange): void {
  openWorkbook(grid.api).setActiveSheet(target.sheet);
  const range = cellsOf(target);
  range.activate();
  bringIntoView(target.sheet, target.block);
}

interface BarElements {
  readonly nameBox: HTMLInputElement;
  readonly bar: HTMLTextAreaElement;
}

function activeCell(grid: Grid): ReturnType<ReturnType<typeof openWorkbook>["getActiveCell"]> {
  return openWorkbook(grid.api).getActiveCell();
}

function numberFormatOf(cell: NonNullable<ReturnType<typeof activeCell>>): string {
  return cell.getNumberFormat() || generalFormat;
}

function wireNameBox({ nameBox }: BarElements, options: FormulaBarOptions, refresh: () => void): void {
  nameBox.addEventListener("focus", () => nameBox.select());
  nameBox.addEventListener("blur", refresh);
  nameBox.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      options.focusGrid();
      return;
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    try {
      goTo(options.grid(), destination(options.grid(), nameBox.value.trim()));
      options.focusGrid();
    } catch (error) {
      options.tell(`${error instanceof Error ? error.message : String(error)}. Type an address such as B3 or Sheet1!B3, a table or a name.`);
      nameBox.select();
    }
  });
}

/** The steps that end an entry, and where the selection goes. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = { Enter: [1, 0], Tab: [0, 1] };

function wireBar({ bar }: BarElements, options: FormulaBarOptions, refresh: () => void): { isEditing: () => boolean } {
  // The cell is remembered when editing starts: the selection may move before the entry is committed.
  let edited: ReturnType<typeof activeCell> = null;
  const fit = (): void => {
    bar.style.height = "";
    if (edited) bar.style.height = `${Math.min(bar.scrollHeight, 160)}px`;
  };
  const end = (): void => {
    edited = null;
    fit();
    refresh();
  };
  const commit = (): void => {
    const cell = edited;
    if (!cell) return;
    const before = editText(cell.getCellData(), numberFormatOf(cell));
    if (bar.value !== before) cell.setValue(cellEntry(bar.value, numberFormatOf(cell)));
    end();
  };
  bar.addEventListener("focus", () => {
    edited = activeCell(options.grid());
    fit();
  });
  bar.addEventListener("input", () => {
    edited ??= activeCell(options.grid());
    fit();
  });
  bar.addEventListener("blur", commit);
  bar.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      end();
      options.focusGrid();
      return;
    }
    const move = MOVES[event.key];
    if (!move || event.isComposing) return;
    event.preventDefault();
    if (event.altKey) {
      bar.setRangeText("\n", bar.selectionStart, bar.selectionEnd, "end");
      fit();
      return;
    }
    const sign = event.shiftKey ? -1 : 1;
    const cell = edited;
    commit();
    const sheet = openWorkbook(options.grid().api).getActiveSheet();
    const row = (cell?.getRow() ?? 0) + sign * move[0];
    const column = (cell?.getColumn() ?? 0) + sign * move[1];
    if (row >= 0 && column >= 0 && row < sheet.getMaxRows() && column < sheet.getMaxColumns()) sheet.getRange(row, column).activate();
    options.focusGrid();
  });
  return { isEditing: () => edited !== null };
}

/**
 * Wires the elements "Name Box" and "Formula Bar" of the page to the grid.
 *
 * They are plain inputs, not Univer's canvas editor, so that screen readers and tests from outside can use them.
 */
export function createFormulaBar(options: FormulaBarOptions): FormulaBar {
  const elements: BarElements = {
    nameBox: document.getElementById("name-box") as HTMLInputElement,
    bar: document.getElementById("formula-bar") as HTMLTextAreaElement,
  };
  const state = { isEditing: () => false };
  let typedInCell = false;
  const refresh = (): void => {
    const cell = activeCell(options.grid());
    if (!cell) return;
    const block = { startRow: cell.getRow(), endRow: cell.getRow(), startColumn: cell.getColumn(), endColumn: cell.getColumn() };
    if (document.activeElement !== elements.nameBox) elements.nameBox.value = blockAddress(block);
    if (!state.isEditing() && !typedInCell) elements.bar.value = editText(cell.getCellData(), numberFormatOf(cell));
  };
  wireNameBox(elements, options, refresh);
  Object.assign(state, wireBar(elements, options, refresh));

  let pending = false;
  const refreshSoon = (): void => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      refresh();
    });
  };
  return {
    follow: (grid) => {
      grid.api.onCommandExecuted(refreshSoon);
      // What is typed into the cell itself is seen here too, as in Excel.
      grid.api.addEvent(grid.api.Event.SheetEditChanging, ({ value }) => {
        if (!state.isEditing()) elements.bar.value = value.toPlainText().replace(/[\r\n]+$/, "");
        typedInCell = true;
      });
      grid.api.addEvent(grid.api.Event.SheetEditEnded, () => {
        typedInCell = false;
        refreshSoon();
      });
      refresh();
    },
  };
}
